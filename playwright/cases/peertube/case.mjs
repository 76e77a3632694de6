// `peertube` names a video of an instance, and the element does the rest: one request until it is played, then what it
// needs besides, and the next; a word for those that want one.
import assert from 'node:assert/strict'

export default {
  about: 'videos of a PeerTube instance, by their addresses',
  seconds: 35,
  // An instance is asked alike in every browser; WebKitGTK has no peers, and hangs in some starts at another place than zero.
  browsers: ['chromium', 'firefox'],
  expects: [/status of 403/],
  server: { instance: { metrics: true, p2p: false } },
  async run(world) {
    const { instance, stats } = world.server
    const tab = await world.page('cases/peertube/index.html', { ready: 'put' })
    const put = (tag, attributes) => tab.ask(([tag, attributes]) => put(tag, attributes), [tag, attributes])
    const plays = (what, from = 0) => tab.until(from => element.currentTime > from + 0.3 && !(element.player ?? element).paused, { argument: from, what })
    const calls = () => Object.entries(stats.snapshot().paths).filter(([path]) => /^\/?api\/v1\//.test(path)).map(([path, { requests }]) => [path.replace(/.*\/api\/v1\/|^api\/v1\//, ''), requests])
    const { uuid } = instance.catalog.videos.get('vod')

    // Not yet playing: its title, its picture, where it lies; one call.
    await put('sprat-player', { peertube: `${instance.watch('vod')}?start=2`, preload: 'metadata', p2p: 'off' })
    await tab.until(() => element.readyState >= 1, { what: 'the film is there' })
    assert.equal(await tab.ask(() => element.getAttribute('media-title')), 'Muxed 60 s (720p + 360p)')
    assert.match(await tab.ask(() => element.media.nativeEl.poster), /lazy-static\/previews/)
    assert.match(await tab.ask(() => element.currentSrc), /-master\.m3u8$/)
    assert.deepEqual(await tab.ask(() => [element.instanceVideo.uuid, element.media.instanceVideo.uuid]), [uuid, uuid])
    assert.deepEqual(calls().map(([, requests]) => requests), [1], JSON.stringify(calls()))
    assert.equal(instance.heard.views.length, 0)

    // Played: what it did not need for its first frame, and what the instance hears.
    await tab.ask(() => void element.play())
    await plays('the film from where it was to start', 2)
    await tab.until(() => last('instanceextras'), { what: 'captions, chapters and storyboards' })
    const extras = await tab.ask(() => element.instanceExtras)
    assert.deepEqual(extras.chapters.map(({ title }) => title), ['Opening', 'Middle', 'End'])
    assert.deepEqual([extras.captions.length, extras.storyboards.length], [2, 1])
    assert.deepEqual(await tab.ask(() => [...element.textTracks].map(({ kind, language, label }) => [kind, language, label])), [['subtitles', 'en', 'English'], ['subtitles', 'fr', 'French']])
    await tab.ask(() => { element.textTracks[0].mode = 'showing' })
    await tab.until(() => element.textTracks[0].cues?.length > 0, { what: 'cues of the caption' })
    await world.until(() => instance.heard.views.length > 0, { what: 'the instance hears of it' })
    const [view] = instance.heard.views
    assert.equal(view.body.currentTime, 2)
    assert.match(view.body.sessionId, /^[A-Za-z0-9]{32}$/)
    await tab.ask(() => { element.currentTime = 30 })
    await world.until(() => instance.heard.views.some(({ body }) => body.viewEvent === 'seek' && body.currentTime === 30), { what: 'and of a seek' })

    // Another address in its place: nothing of the first stays.
    await tab.ask(address => { element.setAttribute('peertube', address); void element.play() }, instance.watch('split'))
    await tab.until(uuid => element.instanceVideo?.uuid === uuid, { argument: instance.catalog.videos.get('split').uuid, what: 'the next video' })
    await plays('the next video')
    assert.deepEqual(await tab.ask(() => [element.textTracks.length, element.getAttribute('media-title')]), [0, 'Split audio 60 s'])

    // A word that it asks for.
    await put('sprat-player', { peertube: instance.watch('password'), preload: 'metadata', dnt: '' })
    await tab.until(() => last('passwordrequired')?.detail.name === 'password-needed' && element.shadowRoot.querySelector('input[type=password]'), { what: 'the question' })
    await tab.ask(() => element.setVideoPassword('wrong'))
    await tab.until(() => last('passwordrequired').detail.name === 'password-wrong', { what: 'the refusal' })
    const seen = instance.heard.views.length
    await tab.ask(() => { element.setVideoPassword('sesame'); void element.play() })
    await plays('what the word opens')
    assert.equal(await tab.ask(() => element.media.getAttribute('p2p')), 'off', 'and shares with nobody')
    await tab.until(() => last('instanceextras'), { what: 'its captions' })
    assert.equal(instance.heard.views.length, seen, 'who asks not to be followed is not')

    for (const [key, kind] of [['webvideo', /\.mp4$/], ['live', /master\.m3u8$/]]) {
      await put('sprat-player', { peertube: instance.watch(key), autoplay: '', p2p: 'off' })
      await plays(key)
      assert.match(await tab.ask(() => element.currentSrc), kind)
    }

    await waits(world)

    // It wants playback measured, and is told of the last.
    await world.until(() => instance.heard.metrics.length > 0, { within: 40_000, what: 'metrics' })
    const { body } = instance.heard.metrics.at(-1)
    assert.deepEqual([body.playerMode, body.p2pEnabled, body.videoId, body.downloadedBytesP2P, body.errors], ['p2p-media-loader', false, instance.catalog.videos.get('live').id, 0, 0])
    assert.ok(body.downloadedBytesHTTP > 10_000 && body.resolution > 0, JSON.stringify(body))

    assert.equal(instance.limiter.refused, 0, 'calls that were answered with 429')
    world.note(`${calls().reduce((sum, [, n]) => sum + n, 0)} API calls, ${instance.heard.views.length} views`)
  },
}

/** Asked to play while its instance is still being asked, in a browser that is given the playlist beside its media source. */
async function waits(world) {
  const tab = await world.page('cases/peertube/index.html', { name: 'managed', ready: 'put', before: ['globalThis.ManagedMediaSource = MediaSource'] })
  await tab.ask(async peertube => {
    put('sprat-player', { peertube, p2p: 'off' })
    await customElements.whenDefined('sprat-player')
    element.play().then(() => { globalThis.kept = true }, () => {})
  }, world.server.instance.watch('vod'))
  await tab.until(() => element.currentTime > 0.3 && globalThis.kept, { what: 'what was asked before there was a source' })
  assert.equal(await tab.ask(() => element.media.nativeEl.querySelectorAll('source').length), 2)
  await tab.close()
}
