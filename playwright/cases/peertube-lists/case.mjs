// What an instance has besides films: playlists, lives that have not begun, and what it does not show. And the question about
// sharing, which waits for its answer.
import assert from 'node:assert/strict'

export default {
  about: 'playlists, waiting lives and refusals of a PeerTube instance; sharing is asked about where there are swarms',
  seconds: 45,
  // An instance is asked alike in every browser; WebKitGTK has no peers, and hangs in some starts at another place than zero.
  browsers: ['chromium', 'firefox'],
  expects: [/status of 40[14]/],
  server: { instance: { p2p: false } },
  async run(world) {
    const { instance } = world.server
    const tab = await world.page('cases/peertube/index.html', { ready: 'put' })
    const put = (tag, attributes) => tab.ask(([tag, attributes]) => put(tag, attributes), [tag, attributes])

    // Whether to share is asked once it is known that there is somebody to share with, and that the instance would.
    if (world.has.rtc) {
      await put('sprat-player', { peertube: instance.watch('bars'), autoplay: '' })
      await tab.until(() => last('consentrequired'), { what: 'the question' })
      const order = await tab.ask(() => heard.map(({ type }) => type))
      assert.ok(order.indexOf('playing') < order.indexOf('consentrequired'), order.join())
      instance.switches.listed = 'none'
      await put('sprat-player', { peertube: instance.watch('split'), autoplay: '' })
      await tab.until(() => element.media.infoHashes?.length === 0 && element.currentTime > 1, { what: 'that it lists none' })
      assert.equal(await tab.ask(() => last('consentrequired')), undefined)
      instance.switches.listed = undefined
    }

    // A live that has not begun, and begins.
    instance.lives.live.wait()
    await put('sprat-player', { peertube: instance.watch('live'), autoplay: '', p2p: 'off' })
    await tab.until(() => element.shadowRoot?.querySelector('.standing') && !element.error, { what: 'that it has not begun' })
    instance.lives.live.publish({ behind: 12 })
    await tab.until(() => element.currentTime > 0.3 && !element.shadowRoot.querySelector('.standing'), { within: 40_000, what: 'it begins by itself' })

    // What there is not.
    for (const [address, name] of [
      [`${instance.origin}/w/${'1'.repeat(22)}`, 'video-missing'], [instance.watch('private'), 'sign-in-needed'], [instance.watch('recorded'), 'instance-address'],
      ['https://tube.example/about', 'instance-address'],
    ]) {
      await put('sprat-player', { peertube: address })
      await tab.until(name => element.error?.name === name, { argument: name, what: `${address}: ${name}` })
    }

    // A playlist: the second begins and ends within its video, the last may not be seen.
    await put('sprat-playlist', { peertube: `${instance.watch('recorded')}?playlistPosition=2`, autoplay: '', p2p: 'off' })
    await tab.until(() => element.items?.length === 4, { what: 'the list' })
    await tab.until(() => element.player.currentTime > 5.3, { what: 'its second from where it starts' })
    assert.equal(await tab.ask(() => element.currentIndex), 1)
    assert.deepEqual(await tab.ask(() => element.items.map(({ peertube }) => Boolean(peertube))), [true, true, true, false])
    await tab.ask(() => { element.player.currentTime = 24 })
    await tab.until(() => element.currentIndex === 2 && element.player.currentTime > 0.3 && element.player.currentTime < 20, { what: 'the third after the second\'s end' })
    assert.equal(instance.limiter.refused, 0, 'calls that were answered with 429')
  },
}
