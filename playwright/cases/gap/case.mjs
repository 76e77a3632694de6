// Segments that the publisher announces as gaps (RFC 8216bis §4.4.4.7): not asked for, jumped over, and when the first
// one is none, the start is behind it.
import assert from 'node:assert/strict'

export default {
  about: 'announced gaps are jumped over and never asked for; the start is behind the first',
  seconds: 40,
  server: { longs: { first: { clip: 'vod', segments: 8, gaps: [0, 1, 4] } } },
  // WebKitGTK 2.50 hangs or fails in about one start of six at another place than zero.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const tab = await world.viewer({ src: 'long/first/master.m3u8' })
    const begun = await tab.until(() => page.video?.currentTime > 8.2 && page.video.readyState > 2, { what: 'playing behind the first gaps' })
    await tab.until(() => page.video.currentTime > 21, { within: 40_000, what: 'playing behind the second gap' })
    const jumped = await tab.ask(() => page.state())
    await tab.ask(() => { page.video.currentTime = 17 })
    const sought = await tab.until(() => page.video.currentTime > 20.1 && !page.video.seeking, { what: 'sought into a gap, it plays behind it' })
    await tab.ask(() => { page.video.currentTime = 1 })
    const back = await tab.until(() => page.video.currentTime > 8 && page.video.currentTime < 16 && !page.video.seeking, { what: 'sought before the first, it plays behind it' })
    world.note(`begun after ${begun} ms, stalls ${jumped.witness.stalls}, out of gaps after ${sought} and ${back} ms`)
    const asked = world.server.stats.requests(/first\/.*-00000[014]\.m4s/)
    assert.equal(asked, 0, 'gaps were asked for')
    assert.ok(jumped.witness.stalls <= 1, `stalls at ${jumped.witness.places}`)
    assert.ok(Math.max(sought, back) < 3000)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
