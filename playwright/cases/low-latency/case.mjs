// A low-latency live for a minute: how far behind the wall clock the picture is, whether it stands still, and whether
// it came by parts that were asked for before they were there.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** Latency is that of the last minute; what the first frame cost is caught up with before. */
const SECONDS = 60
const SETTLING_S = 8
const SRC = 'lowlatency/edge/master.m3u8'
const BOUND_S = 1.5

export default {
  alone: true,
  about: `a low-latency live plays ${SECONDS} s at most ${BOUND_S} s behind the wall clock, with 0 stalls`,
  seconds: SETTLING_S + SECONDS + 10,
  // WebKitGTK's driver runs no script before the page's own.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const { began, log } = world.server.lowLatencies.edge
    const tab = await world.viewer({ src: SRC, 'latency-mode': 'low' }, { before: [`(${observe})(${began})`] })
    await tab.until(() => page.video?.currentTime > 0 && page.video.readyState > 2, { what: 'the live plays' })
    const first = await tab.ask(() => performance.now())
    await sleep(SETTLING_S * 1000)
    const early = await tab.ask(() => globalThis.latency.latencies.splice(0))
    await sleep(SECONDS * 1000)
    const { witness, stats } = await tab.ask(() => page.state())
    const { latencies, rates } = await tab.ask(() => globalThis.latency)
    latencies.sort((a, b) => a - b)
    const [median, p95] = [0.5, 0.95].map(share => latencies[Math.floor((latencies.length - 1) * share)])
    const asked = pattern => log.filter(({ name, query }) => pattern.test(`${name}?${query}`))
    const parts = asked(/\.\d+\.m4s/)
    const hints = parts.filter(({ waited }) => waited > 0)
    const whole = asked(/-\d{6}\.m4s/)
    const updates = asked(/_HLS_skip=YES/)
    world.note(`latency at first ${Math.max(...early).toFixed(2)} s, then ${median.toFixed(2)} s, p95 ${p95.toFixed(2)} s, ours ${stats.latency?.toFixed(2)} of ${stats.targetLatency} s; playing after ${(first / 1000).toFixed(1)} s, ` +
      `${witness.stalls} stalls, rates ${rates.join(' ')}; ${parts.length} parts, ${hints.length} of them held, ${whole.length} whole segments, ${updates.length} updates`)
    assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
    assert.ok(witness.played > SECONDS - 5, `${witness.played} s seen`)
    assert.ok(median <= BOUND_S && p95 <= BOUND_S, `${median}, ${p95}`)
    assert.ok(hints.length > parts.length * 0.6, 'parts are asked for before they are there')
    assert.ok(updates.length > SECONDS * 2, 'updates leave out what is known')
    assert.ok(parts.every(({ found }) => found), 'nothing is asked for that is not there')
    assert.ok(rates.every(rate => rate >= 0.95 && rate <= 1.05), `${rates}`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}

/** In the page: four times a second, how old the picture is. The offset of what was appended last tells its own time. */
function observe(began) {
  const seen = (globalThis.latency = { latencies: [], rates: [] })
  let offset
  const append = SourceBuffer.prototype.appendBuffer
  SourceBuffer.prototype.appendBuffer = function (data) {
    offset = this.timestampOffset
    return append.call(this, data)
  }
  setInterval(() => {
    const video = globalThis.page?.video
    if (!video || video.paused || video.readyState < 2 || !video.currentTime || video.seeking || offset === undefined) return
    seen.latencies.push((Date.now() - began) / 1000 - (video.currentTime - offset))
    if (!seen.rates.includes(video.playbackRate)) seen.rates.push(video.playbackRate)
  }, 250)
}
