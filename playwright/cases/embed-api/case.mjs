// PeerTube's own client library, as published, drives the embed page: every method and every event, in a table; the
// handshake whichever side is there first; another scope; what is wrong answered as an error.
import assert from 'node:assert/strict'

const VIDEO = '/embed.html?src=/media/vod/master.m3u8&api=1&muted=1&p2p=off'
const CAPTIONED = '/embed.html?src=/captioned/vod/master.m3u8&api=1&muted=1&p2p=off&scope=cinema'
const PLAYLIST = '/playlist.html?src=/cases/iframes/list.json&api=1&muted=1&p2p=off'
/** What the library has for itself. */
const LOCAL = ['constructor', 'destroy', 'addEventListener', 'removeEventListener', 'ready', 'constructChannel', 'prepareToBeReady', 'sendMessage']

export default {
  about: 'the published @peertube/embed-api drives the embed page: every method and event; handshake in both orders; scope; errors',
  browsers: ['chromium', 'firefox'],
  // Of the embed that answers to another site only.
  expects: [/target origin provided/],
  seconds: 30,
  async run(world) {
    const tab = await world.page('cases/embed-api/index.html', { name: 'host', ready: 'host' })
    const rows = []
    const row = async (what, claim) => {
      let failure
      try {
        await claim()
      } catch (error) {
        failure = error.message.split('\n', 1)[0]
      }
      rows.push([what, failure])
    }
    await video(tab, row)
    await captioned(tab, row)
    await playlist(tab, row)
    await limits(tab, row)

    const methods = (await tab.ask(() => host.methods())).filter(name => !LOCAL.includes(name))
    const untried = methods.filter(name => !rows.some(([what]) => what.startsWith(`${name}(`)))
    world.note(['', ...rows.map(([what, failure]) => `     ${failure ? 'FAIL' : 'pass'}  ${what}${failure ? `: ${failure}` : ''}`)].join('\n'))
    assert.deepEqual(rows.filter(([, failure]) => failure), [], 'methods and events that fail')
    assert.deepEqual(untried, [], 'methods of the library that nobody tried')
  },
}

async function video(tab, row) {
  await tab.ask(address => host.open('video', address), VIDEO)
  const frame = await tab.frame('/media/vod/')
  const call = (method, ...args) => tab.ask(([method, args]) => host.call('video', method, ...args), [method, args])
  const value = async (method, ...args) => {
    const { value, error } = await call(method, ...args)
    assert.equal(error, undefined, `${method} ended in ${error}`)
    return value
  }
  const heard = event => tab.ask(event => host.heard('video')[event], event)
  const state = () => frame.ask(() => {
    const player = document.querySelector('sprat-player')
    const { paused, currentTime, volume, playbackRate, videoRenditions } = player
    return { paused, currentTime, volume, playbackRate, selected: videoRenditions.selectedIndex }
  })
  const until = (claim, what) => tab.until(([claim]) => new Function(`return (${claim})`)(), { argument: [claim], what })

  await row('handshake, the client first: ready', () => tab.until(() => host.isReady('video'), { what: 'ready' }))
  await row('event ready', async () => assert.equal(await tab.ask(address => host.ready(address), VIDEO), true))
  await row('isReady() true', async () => assert.equal((await tab.ask(() => host.raw('video', 'peertube', 'isReady'))).value, true))
  await row('event playbackStatusUpdate: unstarted', async () => {
    await until("host.heard('video').playbackStatusUpdate.length > 1", 'two of them')
    const [{ position, volume, duration, playbackState }] = await heard('playbackStatusUpdate')
    assert.deepEqual([position, volume, Math.round(duration), playbackState], [0, 1, 60, 'unstarted'])
  })
  await row('isPlaying() false', async () => assert.equal(await value('isPlaying'), false))
  await row('play() plays', async () => {
    await value('play')
    await frame.until(() => document.querySelector('sprat-player').currentTime > 0.5, { what: 'playing' })
  })
  await row('isPlaying() true', async () => assert.equal(await value('isPlaying'), true))
  await row('event play', async () => until("host.heard('video').play.length > 0", 'play'))
  await row('event playbackStatusChange: playing', async () => assert.equal((await heard('playbackStatusChange')).at(0), 'playing'))
  await row('event playbackStatusUpdate: playing, where playback is', async () => {
    await until("(last => last.playbackState === 'playing' && last.position > 0.3)(host.heard('video').playbackStatusUpdate.at(-1))", 'playing')
  })
  await row('getCurrentTime() goes on', async () => {
    const before = await value('getCurrentTime')
    await frame.until(before => document.querySelector('sprat-player').currentTime > before + 0.5, { argument: before })
    assert.ok(await value('getCurrentTime') > before)
  })
  await row('event playbackStatusUpdate: every 500 ms', async () => {
    await until("host.times('video').length > 8", 'eight of them')
    const times = await tab.ask(() => host.times('video'))
    const mean = (times.at(-1) - times[0]) / (times.length - 1)
    assert.ok(Math.abs(mean - 500) < 120, `${Math.round(mean)} ms apart`)
  })
  await row('pause() pauses', async () => {
    await value('pause')
    assert.equal((await state()).paused, true)
  })
  await row('event pause', async () => until("host.heard('video').pause.length > 0", 'pause'))
  await row('event playbackStatusChange: paused', async () => assert.equal((await heard('playbackStatusChange')).at(-1), 'paused'))
  await row('event playbackStatusUpdate: paused', async () => until("host.heard('video').playbackStatusUpdate.at(-1).playbackState === 'paused'", 'paused'))
  await row('seek(30) goes there', async () => {
    await value('seek', 30)
    await until("Math.abs(host.heard('video').playbackStatusUpdate.at(-1).position - 30) < 0.1", 'the position is told')
    assert.ok(Math.abs((await state()).currentTime - 30) < 0.1)
  })
  await row('setVolume(0.5) sets it', async () => {
    await value('setVolume', 0.5)
    assert.equal((await state()).volume, 0.5)
  })
  await row('getVolume() 0.5', async () => assert.equal(await value('getVolume'), 0.5))
  await row('event volumeChange: 0.5', async () => until("host.heard('video').volumeChange.at(-1) === 0.5", '0.5'))
  await row('getResolutions() all of them, and Auto', async () => {
    assert.deepEqual(await value('getResolutions'), [
      { id: 1, label: '360p', active: false, width: 640, height: 360 },
      { id: 0, label: '240p', active: false, width: 426, height: 240 },
      { id: -1, label: 'Auto', active: true },
    ])
  })
  await row('setResolution(0) chooses 240p', async () => {
    await value('setResolution', 0)
    assert.equal((await state()).selected, 0)
  })
  await row('event resolutionUpdate: 240p', async () => until("host.heard('video').resolutionUpdate.at(-1)?.find(({ active }) => active)?.id === 0", '240p'))
  await row('setResolution(-1) leaves it to the player', async () => {
    await value('setResolution', -1)
    assert.equal((await state()).selected, -1)
  })
  await row('getPlaybackRates() 0.25 to 2', async () => assert.deepEqual(await value('getPlaybackRates'), [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]))
  await row('setPlaybackRate(1.5) sets it', async () => {
    await value('setPlaybackRate', 1.5)
    assert.equal((await state()).playbackRate, 1.5)
  })
  await row('getPlaybackRate() 1.5', async () => assert.equal(await value('getPlaybackRate'), 1.5))
  await row('getImageDataUrl() a JPEG of the picture', async () => {
    const url = await value('getImageDataUrl')
    assert.match(url, /^data:image\/jpeg;base64,/)
    const size = await tab.ask(async url => {
      const image = Object.assign(new Image(), { src: url })
      await image.decode()
      return [image.naturalWidth, image.naturalHeight]
    }, url)
    assert.ok(size[0] === 426 || size[0] === 640, `${size}`)
  })
  await row('setVideoPassword(…) is taken', async () => value('setVideoPassword', 'sesame'))
  await row('event playbackStatusChange: ended', async () => {
    await value('seek', 58.5)
    await value('play')
    await until("host.heard('video').playbackStatusChange.at(-1) === 'ended'", 'ended')
    await until("host.heard('video').playbackStatusUpdate.at(-1).playbackState === 'ended'", 'ended')
  })
  await row('an unknown method: method_not_found', async () => assert.equal((await tab.ask(() => host.raw('video', 'peertube', 'toString'))).error, 'method_not_found'))
  await row('seek("x"): an error by its name', async () => assert.equal((await tab.ask(() => host.raw('video', 'peertube', 'seek', 'x'))).error, 'TypeError'))
  await row('playNextVideo() of one video: an error', async () => assert.equal((await call('playNextVideo')).error, 'NotSupportedError'))
  await tab.ask(() => host.remove('video'))
}

async function captioned(tab, row) {
  await row('handshake, the embed first; scope=cinema: ready', async () => {
    await tab.ask(address => host.open('captioned', address, { late: true, scope: 'cinema' }), CAPTIONED)
    await tab.until(() => host.isReady('captioned'), { what: 'ready' })
  })
  const call = async (method, ...args) => (await tab.ask(([method, args]) => host.call('captioned', method, ...args), [method, args])).value
  const showing = async () => (await call('getCaptions')).filter(({ mode }) => mode === 'showing').map(({ id }) => id)
  await row('getCaptions() all of them', async () => {
    assert.deepEqual((await call('getCaptions')).map(({ id, label, mode }) => [id, label, mode]), [
      ['en', 'English', 'disabled'], ['de', 'Deutsch', 'disabled'], ['fr', 'Français', 'disabled'], ['it', 'Italiano', 'disabled'], ['es', 'Español', 'disabled'],
    ])
  })
  await row("setCaption('de') shows German, and nothing else", async () => {
    await call('setCaption', 'de')
    await tab.until(async () => (await host.call('captioned', 'getCaptions')).value.find(({ mode }) => mode === 'showing')?.id === 'de', { what: 'German' })
    await call('setCaption', 'en')
    // Until whoever draws them has heard of it.
    await new Promise(resolve => setTimeout(resolve, 300))
    assert.deepEqual(await showing(), ['en'])
  })
  await row("setCaption('') shows none", async () => {
    await call('setCaption', '')
    await new Promise(resolve => setTimeout(resolve, 300))
    assert.deepEqual(await showing(), [])
  })
  await tab.ask(() => host.remove('captioned'))
}

async function playlist(tab, row) {
  await tab.ask(address => host.open('playlist', address), PLAYLIST)
  const call = async (method, ...args) => (await tab.ask(([method, args]) => host.call('playlist', method, ...args), [method, args])).value
  await row('a playlist: ready', () => tab.until(() => host.isReady('playlist'), { what: 'ready' }))
  await row('getCurrentPosition() 1', async () => assert.equal(await call('getCurrentPosition'), 1))
  await row('playNextVideo() plays the second', async () => {
    await call('playNextVideo')
    assert.equal(await call('getCurrentPosition'), 2)
    await tab.until(() => host.heard('playlist').playbackStatusUpdate.at(-1)?.playbackState === 'playing', { what: 'it plays' })
  })
  await row('playPreviousVideo() plays the first', async () => {
    await call('playPreviousVideo')
    assert.equal(await call('getCurrentPosition'), 1)
  })
  await tab.ask(() => host.remove('playlist'))
}

/** Who is not asked for does not answer: without `api=1`, under another scope, to another origin. */
async function limits(tab, row) {
  const silent = async (name, address, scope) => {
    await tab.ask(([name, address, scope]) => host.open(name, address, { scope }), [name, address, scope])
    const frame = await tab.frame(address)
    await frame.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'the film is known' })
    await new Promise(resolve => setTimeout(resolve, 800))
    assert.equal(await tab.ask(name => host.isReady(name), name), false)
    await tab.ask(name => host.remove(name), name)
  }
  await row('without api=1: silence', () => silent('off', VIDEO.replace('&api=1', '')))
  await row('another scope: silence', () => silent('scope', `${VIDEO}&scope=a`, 'b'))
  await row('origin= of somebody else: silence', () => silent('origin', `${VIDEO}&origin=https://elsewhere.example`))
}
