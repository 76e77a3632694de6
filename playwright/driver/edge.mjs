// Watches a player at the edge of a low-latency live whose media time has a wall clock: how old the frames on screen
// are, whether anything stood still, and how it came, by what the origin was asked for.
import { setTimeout as sleep } from 'node:timers/promises'

/** What the first frame cost is caught up with by then; judged is what comes after. */
const SETTLING_S = 8

/**
 * @param {import('./world.mjs').World} world
 * @param {object} live
 * @param {string} live.src
 * @param {number} live.began     ms since 1970 at media time 0
 * @param {object[]} live.log     what the origin was asked for
 * @param {number} live.seconds   to be judged
 */
export async function watchEdge(world, { src, began, log, seconds }) {
  const tab = await world.viewer({ src, 'latency-mode': 'low' }, { before: [`(${observe})(${began})`] })
  await tab.until(() => page.video?.currentTime > 0 && page.video.readyState > 2, { what: 'the live plays' })
  const playing = await tab.ask(() => performance.now() / 1000)
  await sleep(SETTLING_S * 1000)
  const early = await tab.ask(() => ({ latencies: globalThis.latency.frames.splice(0), own: globalThis.latency.own.splice(0), stalls: page.state().witness.stalls }))
  await sleep(seconds * 1000)
  const { witness, stats } = await tab.ask(() => page.state())
  const { frames, own, rates } = await tab.ask(() => globalThis.latency)
  return {
    tab, witness, stats, rates, playing,
    first: early.latencies.length ? Math.max(...early.latencies) : NaN,
    early: early.stalls,
    frames: spread(frames),
    own: spread(own),
    asked: account(log),
  }
}

/** Of what an origin was asked for: parts, those asked for before they were there, whole segments, reloads. */
export function account(log) {
  const asked = pattern => log.filter(({ name, query }) => pattern.test(`${name}?${query}`))
  const media = log.filter(({ name }) => !name.endsWith('.m3u8') && !/init/.test(name))
  const parts = media.filter(({ name }) => /part\d|\.\d+\.m4s/.test(name))
  const reloads = asked(/_HLS_msn=/)
  return {
    parts: parts.length,
    hinted: parts.filter(({ waited }) => waited > 0).length,
    whole: media.length - parts.length,
    reloads: reloads.length,
    held: reloads.filter(({ waited }) => waited > 0).length,
    updates: asked(/_HLS_skip=/).length,
    refused: log.filter(({ found }) => !found).length,
  }
}

/** One line of it. */
export function told({ frames, own, first, playing, witness, rates, stats, asked }) {
  const seconds = value => `${value.toFixed(2)} s`
  return `frames ${seconds(frames.median)} old, p95 ${seconds(frames.p95)}, ${seconds(first)} at first; by the player ${seconds(own.median)}, p95 ${seconds(own.p95)} of ${stats.targetLatency?.toFixed(2)} s; ` +
    `playing after ${seconds(playing)}, ${witness.stalls} stalls, rates ${rates.join(' ')}; ${asked.parts} parts, ${asked.hinted} of them asked for before they were there, ${asked.whole} whole segments; ` +
    `${asked.reloads} reloads, ${asked.held} of them held, ${asked.updates} for updates; ${asked.refused} refused`
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = share => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN
  return { median: at(0.5), p95: at(0.95), count: sorted.length }
}

/**
 * In the page: how old each frame on screen is, a few times a second, and how far behind the player takes itself to be.
 * The offset of what was appended last tells the media's own time.
 */
function observe(began) {
  const seen = (globalThis.latency = { frames: [], own: [], rates: [] })
  let offset, watched
  const append = SourceBuffer.prototype.appendBuffer
  SourceBuffer.prototype.appendBuffer = function (data) {
    offset = this.timestampOffset
    return append.call(this, data)
  }
  const frame = (_, { mediaTime }) => {
    const now = Date.now()
    const video = watched
    video.requestVideoFrameCallback(frame)
    if (video.paused || video.seeking || offset === undefined || now - (seen.at ?? 0) < 200) return
    seen.at = now
    seen.frames.push((now - began) / 1000 - (mediaTime - offset))
  }
  setInterval(() => {
    const video = globalThis.page?.video
    if (!video) return
    if (video !== watched) {
      watched = video
      video.requestVideoFrameCallback(frame)
    }
    const { latency } = globalThis.page.element.stats
    if (latency != null) seen.own.push(latency)
    if (!video.paused && !seen.rates.includes(video.playbackRate)) seen.rates.push(video.playbackRate)
  }, 250)
}
