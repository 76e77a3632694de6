// A browser that buffers 12 MB, which is 16 s of this film: it plays on, seeks, and nothing is fetched again for want
// of room.
import assert from 'node:assert/strict'

/** Bits per second; the engine would have half a minute ahead. */
const RATE = 6_000_000
const LIMIT_MS = 3000

export default {
  about: 'a buffer of 12 MB at 6 Mbit/s: a minute with seeks without a stall, no segment fetched more than twice',
  seconds: 75,
  // Only Chromium can be told how much it buffers.
  browsers: ['chromium'],
  server: { longs: { heavy: { clip: 'vod', segments: 30, rate: RATE } } },
  async run(world) {
    const flags = ['--mse-video-buffer-size-limit-mb=12', '--mse-audio-buffer-size-limit-mb=2']
    const tab = await world.viewer({ src: 'long/heavy/master.m3u8' }, { flags })
    await tab.until(() => page.video?.currentTime > 20, { within: 40_000, what: '20 s played' })
    const ahead = await tab.ask(() => page.video.buffered.end(page.video.buffered.length - 1) - page.video.currentTime)
    assert.ok(ahead < 25, `${ahead} s ahead: nothing was short`)
    const { witness: before } = await tab.ask(() => page.state())
    const seeks = []
    for (const to of [70, 12, 95, 60, 64, 40]) {
      const began = Date.now()
      await tab.ask(to => { page.video.currentTime = to }, to)
      await tab.until(to => !page.video.seeking && page.video.currentTime > to + 0.1, { argument: to, within: 10_000, what: `playing at ${to} s` })
      seeks.push(Date.now() - began)
    }
    await tab.until(() => page.video.currentTime > 60, { within: 40_000, what: '20 s played after the seeks' })
    const { witness, buffered } = await tab.ask(() => page.state())
    const fetched = world.server.stats.snapshot().paths
    const most = Object.entries(fetched).filter(([path]) => path.endsWith('.m4s')).map(([path, { requests }]) => [requests, path]).sort().at(-1)
    world.note(`${ahead.toFixed(1)} s ahead, slowest of ${seeks.length} seeks ${Math.max(...seeks)} ms, most fetched: ${most}, stalls ${before.stalls} + ${witness.stalls - before.stalls}`)
    assert.equal(witness.stalls, 0, `stalls at ${witness.places}, ${JSON.stringify(buffered)}`)
    assert.ok(Math.max(...seeks) <= LIMIT_MS, `${seeks}`)
    assert.ok(most[0] <= 2, `${most}`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
