// One playlist whose codec changes, and which has sound only later: the SourceBuffer changes its type where the
// browser can do that (WebKitGTK cannot), and a new media source takes over where it cannot or tracks are gained.
import assert from 'node:assert/strict'

export default {
  about: 'H.264, then VP9, then H.264 with sound: plays through to the end, and back again',
  seconds: 35,
  async run(world) {
    const tab = await world.viewer({ src: 'cases/codec-switch/index.m3u8', tag: 'sprat-video' })
    await tab.until(() => page.video?.currentTime > 0.5, { what: 'it plays' })
    for (const place of [5, 9]) await tab.until(place => page.video.currentTime > place, { argument: place, within: 15_000, what: `${place} s are reached` })
    await tab.until(() => page.video.ended, { within: 15_000, what: 'the end is reached' })
    const { heard, witness } = await tab.ask(() => page.state())
    assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
    for (const place of [1, 5]) {
      await tab.ask(place => { page.element.currentTime = place; return page.element.play().catch(() => {}) }, place)
      await tab.until(place => !page.video.seeking && page.video.currentTime > place + 0.5 && page.video.currentTime < place + 6, { argument: place, within: 8000, what: `playing after a seek back to ${place} s` })
    }
    assert.deepEqual(await tab.ask(() => page.errors()), [])
    world.note(`${witness.played} s seen, ${witness.stalls} stalls of ${witness.stalledMs} ms`)
  },
}
