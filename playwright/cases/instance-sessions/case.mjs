// A permanent live goes off air and comes back under the same names, counted from 0 again, with other bytes. Who watched
// before plays the second broadcast, on the page that was open; what has the name of something known is fetched all the same.
import assert from 'node:assert/strict'

export default {
  about: 'the second session of a permanent live: the same names, its own bytes, no reload',
  seconds: 60,
  browsers: ['chromium', 'firefox'],
  server: { instance: { rate: { calls: 10_000, seconds: 10 } } },
  async run(world) {
    const { instance, stats } = world.server
    const { live } = instance.lives
    const tab = await world.page('cases/peertube/index.html', { ready: 'put' })
    await tab.ask(address => put('sprat-player', { peertube: address, autoplay: '', p2p: 'off', style: 'width: 320px' }), instance.watch('live'))
    const plays = what => tab.until(() => element.readyState > 2 && !element.paused && element.currentTime > 0, { what, within: 40_000 })
    await plays('the first session')
    await tab.ask(() => { globalThis.opened = true })
    live.stop()
    await new Promise(resolve => setTimeout(resolve, 6000))
    stats.reset()
    live.publish({ behind: 20 })
    await world.until(() => stats.requests(/hls\/[^/]+\/[12]-00000\d\.ts/) > 0, { what: 'segments of the second session are fetched, by names that were fetched before', within: 40_000 })
    await plays('the second session')
    const from = await tab.ask(() => element.currentTime)
    await tab.until(from => Math.abs(element.currentTime - from) > 4, { argument: from, what: 'it plays on', within: 20_000 })
    assert.ok(await tab.ask(() => globalThis.opened), 'the page was not loaded anew')
    assert.equal(live.sessions, 2)
    world.note(`${stats.requests(/\.ts$/)} segments of the second session`)
  },
}
