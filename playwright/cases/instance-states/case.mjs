// What a video of an instance becomes, on a page that stays open: a live that is asked for where nothing is said of it, one
// that is over and becomes a video, one that its instance ends, a film that is being prepared; and what is in none of these
// cases said to be the server's fault.
import assert from 'node:assert/strict'

export default {
  about: 'lives that are polled for, that end, become a video, are ended; a film that is being prepared; with dnt, nothing is listened to',
  seconds: 120,
  browsers: ['chromium', 'firefox'],
  // A WebSocket that is refused is said so by the browser.
  expects: [/WebSocket|socket\.io|can.t establish a connection/i],
  server: { instance: { p2p: false, rate: { calls: 1000, seconds: 10 } } },
  async run(world) {
    const { instance, stats } = world.server
    const { live, once, small } = instance.lives
    const open = async (key, attributes) => {
      const tab = await world.page('cases/instance-sessions/index.html', { ready: 'put', name: key })
      await tab.ask(attributes => put(attributes), { peertube: instance.watch(key), p2p: 'off', style: 'width: 480px', ...attributes })
      return tab
    }
    const says = (tab, title, within = 20_000) => tab.until(title => notice('h2') === title, { argument: title, what: title, within })
    const plays = (tab, what, within = 20_000) => tab.until(() => element.readyState > 2 && !element.paused && element.currentTime > 0 && !notice(), { what, within })
    const asked = key => stats.requests(new RegExp(`api/v1/videos/(${instance.catalog.videos.get(key).shortUUID}|${instance.catalog.videos.get(key).uuid})$`))
    const connections = () => stats.requests(/socket\.io/)

    // With `dnt`, the instance is asked and told of nothing; so it is where it has no socket.
    live.wait()
    instance.switches.sockets = false
    const [shy, deaf] = [await open('live', { autoplay: '', dnt: '' }), await open('live', { autoplay: '' })]
    await Promise.all([says(shy, 'This live has not begun yet'), says(deaf, 'This live has not begun yet')])
    const before = asked('live')
    live.publish({ behind: 12 })
    const polled = await Promise.all([plays(shy, 'with dnt, by asking', 40_000), plays(deaf, 'without a socket, by asking', 40_000)])
    world.note(`by polling after ${polled.join(' and ')} ms, ${asked('live') - before} requests`)
    assert.ok(asked('live') - before <= 6)
    await deaf.close()
    // A live on air that stands still is asked about; that it is over is seen without a socket, too.
    live.stop()
    const stood = await says(shy, 'This live is not on air now', 60_000)
    world.note(`seen to be over, by polling, after ${stood} ms`)
    assert.equal(instance.heard.views.filter(({ video }) => video === instance.catalog.videos.get('live').uuid).length > 0, true, 'of the one without dnt')
    await shy.close()
    instance.switches.sockets = true

    // With dnt nothing is subscribed where there is a socket, either.
    const quiet = await open('small', { autoplay: '', dnt: '' })
    const ended = await open('small', { autoplay: '' })
    await Promise.all([plays(quiet, 'a live with dnt'), plays(ended, 'a live')])
    await world.until(() => instance.sockets.watched.length > 0, { what: 'one listens' })
    assert.equal(instance.sockets.watched.length, 1)
    await quiet.close()
    // Ended by its instance: not shown to its end.
    small.forceEnd()
    const forced = await says(ended, 'This live is not on air now', 8_000)
    world.note(`ended by force after ${forced} ms`)
    await ended.close()
    await world.until(() => instance.sockets.watched.length === 0, { what: 'who leaves does not listen' })

    // Over, then a video at the same address: it is there, and does not begin by itself.
    once.wait()
    const replay = await open('once', { preload: 'auto' })
    await says(replay, 'This live has not begun yet')
    await world.until(() => instance.sockets.watched.length > 0, { what: 'it listens' })
    once.publish({ behind: 12 })
    await replay.until(() => element.readyState > 0 && !notice(), { what: 'it is on air' })
    await replay.ask(() => element.play())
    await plays(replay, 'it plays')
    once.stop()
    await says(replay, 'This live has ended', 40_000)
    once.replay()
    await replay.until(() => element.readyState > 0 && !notice() && element.duration > 5 && Number.isFinite(element.duration), { what: 'the video that it has become', within: 20_000 })
    assert.deepEqual(await replay.ask(() => [element.paused, element.streamType]), [true, 'on-demand'])
    await replay.ask(() => element.play())
    await plays(replay, 'and it plays')
    assert.equal(await replay.ask(() => heard.filter(({ type }) => type === 'error').length), 0)
    await replay.close()

    // Nothing that lasts is an error of the server, and what is being prepared is waited for.
    const preparing = await open('transcoding')
    await says(preparing, 'This video is being prepared')
    assert.deepEqual(await preparing.ask(() => [element.error, notice('[role=status]')]), [null, 'This video is being prepared'])
    assert.equal(await preparing.ask(() => element.shadowRoot.querySelector('[role=alert]')), null)
    world.note(`${connections()} requests to socket.io by other means than WebSocket`)
    assert.equal(connections(), 0)
  },
}
