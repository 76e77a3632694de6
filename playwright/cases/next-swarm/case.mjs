// What comes next on a list is met before it begins: late in what plays, and only where its viewer shares.
import assert from 'node:assert/strict'
import { FILES } from '../../driver/world.mjs'

const LIST = { tag: 'sprat-playlist', muted: '', autoplay: '', preload: 'auto', src: '/cases/next-swarm/list.json', remember: 'off', advance: '1', style: 'width: 900px' }

export default {
  about: 'the swarm of the next item is joined late in the present one: met before it begins, then taken from; not without sharing',
  seconds: 40,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const open = how => world.page(`inside/viewer.html?${new URLSearchParams({ ...LIST, trackers: world.server.trackerUrl, ...how })}`, { ready: 'page' })
    const unseen = tab => tab.ask(() => page.element.player.shadowRoot.querySelectorAll('.ahead').length)

    const other = await world.viewer({ src: FILES, p2p: 'on' }, { name: 'one who is there' })
    await other.until(() => page.video.buffered.length === 1 && page.video.buffered.end(0) > 23, { what: 'it has the next item, whole' })
    await other.ask(() => page.video.pause())
    const tab = await open({ p2p: 'on' })
    await tab.until(() => page.element.player.currentTime > 1, { what: 'the first item plays' })
    assert.ok(await tab.ask(() => page.element.player.currentTime < 4), 'far from its end')
    assert.deepEqual([await unseen(tab), await other.ask(() => page.element.stats.peers)], [0, 0], 'nothing is joined yet')
    await other.until(() => page.element.stats.peers === 1, { within: 20_000, what: 'they meet' })
    const [index, left] = await tab.ask(() => [page.element.currentIndex, page.element.player.duration - page.element.player.currentTime])
    assert.equal(index, 0, 'before the first item is over')

    // Who turns back does not want it yet.
    await tab.ask(() => { page.element.player.currentTime = 0 })
    await tab.until(() => page.element.player.shadowRoot.querySelectorAll('.ahead').length === 0, { what: 'it goes when its viewer turns back' })
    await other.until(() => page.element.stats.peers === 0, { what: 'they part' })
    await tab.ask(() => { page.element.player.currentTime = 14 })
    await other.until(() => page.element.stats.peers === 1, { what: 'and meet again' })
    const before = world.server.stats.bytes(/files\/.*\.(mp4|m4s)$/)
    await tab.until(() => page.element.currentIndex === 1 && page.element.player.currentTime > 3, { within: 25_000, what: 'the second item plays' })
    await tab.until(() => page.element.player.stats.p2pBytes > 0, { what: 'and comes from who was met' })
    const { p2pBytes, httpBytes, firstFrameMs, stalls } = await tab.ask(() => page.element.player.stats)
    const share = p2pBytes / (p2pBytes + httpBytes)
    world.note(`met ${left.toFixed(0)} s before the end; first frame of the next ${firstFrameMs} ms, ${Math.round(share * 100)} % from who was met, ${stalls} stalls`)
    assert.equal(await unseen(tab), 0, 'what prepared it is gone')
    assert.equal(stalls, 0)
    assert.ok(share > 0.5, `${p2pBytes} of ${p2pBytes + httpBytes}`)
    assert.ok(world.server.stats.bytes(/files\/.*\.(mp4|m4s)$/) - before <= httpBytes, 'nothing is fetched twice')
    await tab.close()

    for (const how of [{ p2p: 'off' }, { p2p: 'ask' }, { p2p: 'on', advance: 'off' }]) {
      const alone = await open(how)
      await alone.until(() => page.element.player.readyState > 2 && page.element.player.duration > 20, { what: 'it plays' })
      await alone.ask(() => { page.element.player.currentTime = 16 })
      await alone.until(() => page.element.player.currentTime > 17.5, { what: 'near its end' })
      assert.equal(await unseen(alone), 0, `${JSON.stringify(how)}: nothing is prepared`)
      // An answer counts at once.
      if (how.p2p === 'ask') {
        await alone.ask(() => page.element.player.media.grantConsent())
        await alone.until(() => page.element.player.shadowRoot.querySelectorAll('.ahead').length === 1, { what: 'who agrees is prepared for' })
      }
      await alone.close()
    }
  },
}
