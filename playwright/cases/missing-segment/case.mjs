// A segment that nobody has is skipped by name; everything else plays, whether one plays on into the hole or seeks.
import assert from 'node:assert/strict'

export default {
  about: 'a segment that no variant has is skipped with a warning; played into, sought into, and at the very start',
  seconds: 50,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  server: { longs: { holed: { clip: 'vod', segments: 8 } } },
  expects: [/Failed to load resource/],
  async run(world) {
    for (const lost of [2, 0]) {
      world.server.faults.set([{ match: `/long/holed/(240|360)-00000${lost}`, status: 404, body: '' }])
      const tab = await world.viewer({ src: 'long/holed/master.m3u8' }, { name: `without ${lost}` })
      const begun = await tab.until(() => page.video?.currentTime > 1 && page.video.readyState > 2, { within: 30_000, what: 'playing' })
      await tab.until(() => page.video.currentTime > 13.5, { within: 40_000, what: 'it plays past the hole' })
      const { heard, witness } = await tab.ask(() => page.state())
      const requests = world.server.stats.requests(new RegExp(`holed/.*-00000${lost}`))
      const began = Date.now()
      await tab.ask(to => { page.video.currentTime = to }, lost * 4 + 1)
      await tab.until(to => page.video.currentTime > to, { argument: lost * 4 + 4.2, what: 'sought into the hole, it plays behind it' })
      world.note(`without segment ${lost}: begun after ${begun} ms, ${requests} requests for it, ${witness.stalls} stalls; sought into, playing after ${Date.now() - began} ms`)
      assert.ok(Date.now() - began < 3500, 'slow')
      assert.ok(requests <= 8, `${requests}`)
      assert.ok(heard.some(({ type, name }) => type === 'warning' && name === 'segment-unavailable'), JSON.stringify(heard))
      assert.deepEqual(await tab.ask(() => page.errors()), [])
      await tab.close()
      world.server.stats.reset()
    }
  },
}
