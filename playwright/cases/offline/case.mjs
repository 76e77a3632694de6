// The network goes away in the middle, for longer than the buffer lasts, and comes back: playback goes on by itself.
// Once the device says that it is offline; once it does not, and the origin just does not answer.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** What is buffered by then lasts for about ten seconds: half a minute is never reached on this link. */
const RATE = 26_000
const AWAY_S = 30
const LIVE = 'live/loop/master.m3u8'

export default {
  about: '30 s without a network, told and untold, in a film and in a live: it goes on by itself, at the edge',
  seconds: 110,
  // Only Chromium's driver can take a page off the network.
  browsers: ['chromium'],
  expects: [/Failed to load resource/, /net::ERR/],
  async run(world) {
    await Promise.all([film(world, true), live(world)])
    await film(world, false)
  },
}

async function film(world, told) {
  const slow = { match: '^/media/vod/.*fragmented', rateBytesPerSec: RATE }
  world.server.faults.set([slow])
  const tab = await world.viewer({}, { name: told ? 'told' : 'untold' })
  await tab.until(() => page.video?.currentTime > 5, { within: 40_000, what: '5 s played' })
  const away = on => told ? tab.offline(on) : world.server.faults.set(on ? [{ match: '^/media', drop: true }] : [slow])
  await away(true)
  await sleep(AWAY_S * 1000)
  const { time, buffered, heard } = await tab.ask(() => page.state())
  const requests = world.server.stats.requests(/fragmented/)
  await away(false)
  const back = await tab.until(at => page.video.currentTime > at + 5, { argument: time, within: 40_000, what: 'it goes on' })
  const { witness } = await tab.ask(() => page.state())
  world.note(`${tab.name}: dry at ${time.toFixed(1)} s (${JSON.stringify(buffered.flat().map(Math.round))}), 5 s more ${(back / 1000).toFixed(1)} s after, ${requests} requests`)
  const warned = heard.filter(({ type }) => type === 'warning').map(({ name }) => name)
  assert.ok(warned.includes(told ? 'offline' : 'origin-unreachable'), `${warned}`)
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  assert.ok(back < 25_000, `${back} ms until 5 s more were played`)
  assert.ok(witness.stalls <= 3, `stalls at ${witness.places}`)
  await tab.close()
}

async function live(world) {
  const tab = await world.viewer({ src: LIVE }, { name: 'live' })
  await tab.until(() => page.video?.currentTime > 0 && page.video.readyState > 2, { what: 'the live plays' })
  await sleep(5000)
  const from = await tab.ask(() => page.video.currentTime)
  await tab.offline(true)
  // Beyond the window: where it was is not there any more.
  await sleep((AWAY_S + 20) * 1000)
  await tab.offline(false)
  // Where it should be by now, but for what a reload and a segment may take.
  const now = from + AWAY_S + 20
  const back = await tab.until(now => page.video.currentTime > now - 8 && page.video.readyState > 2, { argument: now, within: 20_000, what: 'it is live again' })
  const { time } = await tab.ask(() => page.state())
  await tab.until(at => page.video.currentTime > at + 3, { argument: time, what: 'it plays' })
  world.note(`live: again after ${(back / 1000).toFixed(1)} s after`)
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  await tab.close()
}
