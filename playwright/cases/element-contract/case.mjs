// The contract of HTMLMediaElement, as media interfaces rely on it, of each element that has it: the same lines for all,
// in a table. <sprat-embed> keeps it for what plays in its iframe.
import assert from 'node:assert/strict'

const TAGS = ['sprat-video', 'sprat-player', 'sprat-embed']
const VOD = '/media/vod/master.m3u8'

/** What every media element has, and of which type (HTML §4.8.11). */
const MEMBERS = {
  ...{ src: 'string', currentSrc: 'string', preload: 'string', networkState: 'number', readyState: 'number', seeking: 'boolean', currentTime: 'number' },
  ...{ duration: 'number', paused: 'boolean', ended: 'boolean', autoplay: 'boolean', loop: 'boolean', muted: 'boolean', defaultMuted: 'boolean', volume: 'number' },
  ...{ playbackRate: 'number', defaultPlaybackRate: 'number', preservesPitch: 'boolean', videoWidth: 'number', videoHeight: 'number', buffered: 'object' },
  ...{ played: 'object', seekable: 'object', textTracks: 'object', audioTracks: 'object', videoRenditions: 'object', error: 'object', stats: 'object' },
  ...{ streamType: 'string', targetLiveWindow: 'number', liveEdgeStart: 'number', engineVersion: 'string' },
  ...{ play: 'function', pause: 'function', load: 'function', canPlayType: 'function', goLive: 'function', grantConsent: 'function', revokeConsent: 'function' },
}

export default {
  about: 'sprat-video, sprat-player and sprat-embed keep the contract of a media element, line by line',
  browsers: ['chromium', 'firefox'],
  // Of the source that is not there.
  expects: [/404/, /error playlist/],
  seconds: 80,
  async run(world) {
    const rows = []
    for (const tag of TAGS) await one(world, tag, rows)
    assert.deepEqual(rows.filter(({ failure }) => failure), [], 'lines of the contract that are broken')
  },
}

function table(rows) {
  const lines = [...new Set(rows.map(({ what }) => what))]
  const width = TAGS[0].length + 2
  const sign = (what, tag) => {
    const found = rows.find(row => row.what === what && row.tag === tag)
    return (!found ? '' : found.failure ? 'FAIL' : 'pass').padEnd(width)
  }
  return ['', `     ${TAGS.map(tag => tag.padEnd(width)).join(' ')}`, ...lines.map(what => `     ${TAGS.map(tag => sign(what, tag)).join(' ')} ${what}`)].join('\n')
}

async function one(world, tag, rows) {
  const tab = await world.page(`cases/element-contract/index.html?tag=${tag}`, { name: tag, ready: 'contract' })
  const row = async (what, claim) => {
    let failure
    try {
      await claim()
    } catch (error) {
      failure = String(error.message).split('\n').slice(0, 8).join(' ')
    }
    rows.push({ tag, what, failure })
    // Told even if there is no end.
    world.figures = [table(rows)]
  }
  const heard = type => tab.until(type => contract.heard.includes(type), { argument: type, what: type })
  const read = name => tab.ask(name => contract.element[name], name)
  const is = async (name, value) => assert.deepEqual(await read(name), value, name)

  await tab.ask(path => contract.begin(path), VOD)
  await tab.until(() => 'readyState' in contract.element, { what: 'it is defined' })
  await row('has every member of a media element', async () => {
    const types = await tab.ask(names => names.map(name => typeof contract.element[name]), Object.keys(MEMBERS))
    const wrong = Object.entries(MEMBERS).filter(([, type], i) => types[i] !== type).map(([name, type]) => `${name} is no ${type}`)
    assert.deepEqual(wrong, [])
    assert.deepEqual(await tab.ask(() => [contract.element.HAVE_METADATA, contract.element.HAVE_ENOUGH_DATA, contract.element instanceof HTMLElement]), [1, 4, true])
  })
  await row('what was set before it was defined holds: src, muted', async () => {
    await is('muted', true)
    assert.deepEqual(await tab.ask(() => Object.keys(contract.element).filter(name => ['src', 'muted'].includes(name))), [], 'left as properties of its own')
  })
  await row('loads: durationchange, loadedmetadata, loadeddata, canplay', async () => {
    for (const type of ['durationchange', 'loadedmetadata', 'loadeddata', 'canplay']) await heard(type)
    assert.ok(Math.abs(await read('duration') - 60) < 0.5)
    assert.deepEqual([await read('paused'), await read('ended'), await read('currentTime')], [true, false, 0])
    assert.match(await read('currentSrc'), /master\.m3u8/)
    assert.ok(await read('videoWidth') > 0 && await read('readyState') >= 2)
  })
  await row('attributes and properties are one: loop, autoplay, poster, defaultMuted', async () => {
    assert.deepEqual(await tab.ask(() => {
      const { element } = contract
      element.loop = true
      element.defaultMuted = true
      element.poster = '/media/vod/poster.jpg'
      const seen = [element.hasAttribute('loop'), element.hasAttribute('muted'), element.getAttribute('poster'), element.autoplay]
      element.removeAttribute('loop')
      return [...seen, Boolean(element.loop)]
    }), [true, true, '/media/vod/poster.jpg', false, false])
  })
  await row('play() says so at once, and its promise is kept: play, playing, timeupdate', async () => {
    assert.equal(await tab.ask(async () => {
      const playing = contract.element.play()
      const { paused } = contract.element
      await playing
      return paused
    }), false)
    for (const type of ['play', 'playing', 'timeupdate']) await heard(type)
    await tab.until(() => contract.element.currentTime > 0.5, { what: 'time goes on' })
  })
  await row('tells what it has loaded', async () => {
    await tab.until(() => contract.element.buffered.length > 0 && contract.element.buffered.end(0) > 1 && contract.element.seekable.end(0) > 59, { what: 'ranges' })
    assert.equal(await tab.ask(() => contract.thrown(() => contract.element.buffered.start(99))), 'IndexSizeError')
  })
  await row('pause() says so at once: pause', async () => {
    assert.equal(await tab.ask(() => (contract.element.pause(), contract.element.paused)), true)
    await heard('pause')
  })
  await row('currentTime = 30 is read back at once: seeking, seeked', async () => {
    assert.equal(await tab.ask(() => (contract.element.currentTime = 30, contract.element.currentTime)), 30)
    for (const type of ['seeking', 'seeked']) await heard(type)
    await tab.until(() => !contract.element.seeking && Math.abs(contract.element.currentTime - 30) < 0.1, { what: 'it is there' })
  })
  await row('volume and muted are read back at once: volumechange', async () => {
    assert.deepEqual(await tab.ask(() => {
      contract.heard.length = 0
      contract.element.volume = 0.5
      contract.element.muted = false
      return [contract.element.volume, contract.element.muted]
    }), [0.5, false])
    await heard('volumechange')
    await is('volume', 0.5)
  })
  await row('what cannot be is refused: volume = 2, currentTime = NaN', async () => {
    assert.deepEqual(await tab.ask(() => [contract.thrown(() => (contract.element.volume = 2)), contract.thrown(() => (contract.element.currentTime = NaN))]), ['IndexSizeError', 'TypeError'])
  })
  await row('playbackRate = 1.5: ratechange', async () => {
    assert.equal(await tab.ask(() => (contract.element.playbackRate = 1.5, contract.element.playbackRate)), 1.5)
    await heard('ratechange')
  })
  await row('renditions: two, and one chosen stays chosen', async () => {
    await tab.until(() => contract.element.videoRenditions.length === 2, { what: 'two of them' })
    assert.deepEqual(await tab.ask(() => [...contract.element.videoRenditions].map(({ height }) => height).sort()), [240, 360])
    await tab.ask(() => {
      contract.element.videoRenditions.addEventListener('change', () => contract.heard.push('choice'))
      contract.element.videoRenditions.selectedIndex = 0
    })
    await heard('choice')
    assert.equal(await tab.ask(() => contract.element.videoRenditions.selectedIndex), 0)
  })
  await row('statistics: bytes that came', async () => {
    await heard('statschange').catch(() => {})
    assert.ok((await read('stats')).httpBytes > 0)
  })
  await row('the end: ended, and paused', async () => {
    await tab.ask(async () => {
      contract.element.muted = true
      contract.element.currentTime = 58.5
      await contract.element.play()
    })
    await heard('ended')
    await is('ended', true)
    assert.ok(Math.abs(await read('currentTime') - await read('duration')) < 0.3)
  })
  await row('another source: emptied, and all begins anew', async () => {
    await tab.ask(() => {
      contract.heard.length = 0
      contract.element.src = contract.sourceOf('/media/files/master.m3u8')
    })
    await heard('emptied')
    await heard('loadedmetadata')
    await tab.until(() => Math.abs(contract.element.duration - 24) < 0.5, { what: 'its length' })
    await is('ended', false)
  })
  await row('a source that is not there: error', async () => {
    await tab.ask(() => (contract.element.src = contract.sourceOf('/media/nowhere/master.m3u8')))
    await heard('error')
    const { code, message } = await tab.ask(() => ({ code: contract.element.error.code, message: contract.element.error.message }))
    assert.ok(code >= 2 && message)
  })
  await tab.close()
}
