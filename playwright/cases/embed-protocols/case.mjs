// The published player.js drives the embed page, every method and event; so does our own protocol, spoken by hand: what
// is told, what can be set and called, and what cannot. In tables.
import assert from 'node:assert/strict'

const VIDEO = '/embed.html?src=/media/vod/master.m3u8&api=1&muted=1&p2p=off&preload=auto'
const PLAYLIST = '/playlist.html?src=/cases/iframes/list.json&api=1&muted=1&p2p=off'

export default {
  about: 'the published player.js, and our own channel, drive the embed page: every method and event, in tables',
  browsers: ['chromium', 'firefox'],
  seconds: 80,
  async run(world) {
    const tab = await world.page('cases/embed-protocols/index.html', { name: 'host', ready: 'host' })
    const rows = []
    const row = async (what, claim) => {
      let failure
      try {
        await claim()
      } catch (error) {
        failure = error.message.split('\n').slice(0, 4).join(' ')
      }
      rows.push([what, failure])
    }
    await playerJs(tab, row)
    await channel(tab, row)
    await playlist(tab, row)
    await sandboxed(tab, row)
    world.note(['', ...rows.map(([what, failure]) => `     ${failure ? 'FAIL' : 'pass'}  ${what}${failure ? `: ${failure}` : ''}`)].join('\n'))
    assert.deepEqual(rows.filter(([, failure]) => failure), [], 'what fails')
  },
}

async function playerJs(tab, row) {
  await tab.ask(address => host.playerJs(address), VIDEO)
  const get = name => tab.ask(name => host.get(name), name)
  const call = (name, value) => tab.ask(([name, value]) => void host.player[name](value), [name, value])
  const heard = event => tab.until(event => host.heard[event].length > 0, { argument: event, what: event })
  const says = async (name, value) => tab.until(async ([name, value]) => (await host.get(name)) === value, { argument: [name, value], what: `${name} ${value}` })

  await row('player.js: event ready', () => heard('ready'))
  await row('player.js: ready names methods and events', async () => {
    assert.equal(await tab.ask(() => host.player.supports('method', ['play', 'getLoop', 'addEventListener']) && host.player.supports('event', ['timeupdate', 'progress', 'seeked'])), true)
  })
  await row('player.js: getPaused true', async () => assert.equal(await get('getPaused'), true))
  await row('player.js: getDuration', async () => assert.equal(Math.round(await get('getDuration')), 60))
  await row('player.js: play, event play', async () => {
    await call('play')
    await heard('play')
    await says('getPaused', false)
  })
  await row('player.js: event timeupdate {seconds, duration}', async () => {
    await tab.until(() => host.heard.timeupdate.some(value => value.seconds > 0.3 && Math.round(value.duration) === 60), { what: 'time' })
  })
  await row('player.js: event progress {seconds, duration}', async () => {
    await tab.until(() => host.heard.progress.some(value => value.seconds > 1 && Math.round(value.duration) === 60), { what: 'progress' })
  })
  await row('player.js: getCurrentTime', async () => assert.ok(await get('getCurrentTime') > 0.3))
  await row('player.js: pause, event pause', async () => {
    await call('pause')
    await heard('pause')
    await says('getPaused', true)
  })
  await row('player.js: setCurrentTime, event seeked', async () => {
    await call('setCurrentTime', 30)
    await heard('seeked')
    assert.ok(Math.abs(await get('getCurrentTime') - 30) < 0.1)
  })
  await row('player.js: getMuted, unmute, mute', async () => {
    await says('getMuted', true)
    await call('unmute')
    await says('getMuted', false)
    await call('mute')
    await says('getMuted', true)
  })
  await row('player.js: setVolume, getVolume in percent', async () => {
    await call('setVolume', 40)
    await says('getVolume', 40)
  })
  await row('player.js: setLoop, getLoop', async () => {
    await call('setLoop', true)
    await says('getLoop', true)
    await call('setLoop', false)
    await says('getLoop', false)
  })
  await row('player.js: event ended', async () => {
    await call('setCurrentTime', 58.5)
    await call('play')
    await heard('ended')
  })
  await row('player.js: removeEventListener', async () => {
    await tab.ask(() => host.player.off('seeked'))
    await tab.ask(() => (host.heard.seeked.length = 0))
    await call('setCurrentTime', 10)
    await tab.until(async () => Math.abs((await host.get('getCurrentTime')) - 10) < 0.1)
    assert.deepEqual(await tab.ask(() => host.heard.seeked), [])
  })
  await row('player.js: event error: a method that there is none of', async () => {
    await tab.ask(() => host.player.send({ method: 'explode' }))
    await heard('error')
    assert.equal(await tab.ask(() => host.heard.error[0].code), 2)
  })
  await tab.ask(() => host.remove())
}

async function channel(tab, row) {
  await tab.ask(address => host.channel(address), VIDEO)
  const call = (...args) => tab.ask(args => host.call(...args), args)
  const state = name => tab.ask(name => host.link.state[name] ?? null, name)
  const told = (name, claim) => tab.until(([name, claim]) => new Function('value', `return ${claim}`)(host.link.state[name]), { argument: [name, claim], what: `${name}: ${claim}` })
  const event = type => tab.until(type => host.link.events.includes(type), { argument: type, what: type })

  await row('channel: the frame says that it is there, and is given a port', async () => {
    await tab.until(() => host.link.port, { what: 'a state' })
    assert.deepEqual(await tab.ask(() => host.link.here), { sprat: 'here', version: 1 })
  })
  await row('channel: the whole state at first', async () => {
    await told('duration', 'Math.round(value) === 60')
    await told('videoRenditions', 'value.length === 2')
    assert.deepEqual([await state('paused'), await state('volume'), await state('streamType'), await state('playlist')], [true, 1, 'on-demand', null])
  })
  await row('channel: play is answered; events play, playing, timeupdate', async () => {
    assert.deepEqual(await call('play'), {})
    for (const type of ['play', 'playing', 'timeupdate']) await event(type)
    await told('paused', 'value === false')
  })
  await row('channel: statistics', async () => {
    await event('statschange')
    await told('stats', 'value.httpBytes > 0 && value.sharing === "off"')
  })
  await row('channel: set currentTime, volume, muted, playbackRate, loop', async () => {
    await tab.ask(() => Object.entries({ currentTime: 20, volume: 0.25, muted: true, playbackRate: 2, loop: true }).forEach(([name, value]) => host.set(name, value)))
    await told('volume', 'value === 0.25')
    await told('playbackRate', 'value === 2')
    await told('currentTime', 'value >= 20')
    await event('seeked')
  })
  await row('channel: pause', async () => {
    await call('pause')
    await told('paused', 'value === true')
  })
  await row('channel: selectRendition, and back', async () => {
    await call('selectRendition', 1)
    await told('selectedRendition', 'value === 1')
    await call('selectRendition', -1)
    await told('selectedRendition', 'value === -1')
  })
  await row('channel: getImageDataUrl', async () => assert.match((await call('getImageDataUrl')).value, /^data:image\/jpeg/))
  await row('channel: what is not on the list is refused by name', async () => {
    assert.equal((await call('constructor')).error?.name, 'NotSupportedError')
    const id = await tab.ask(() => host.set('src', 'https://elsewhere.example/'))
    await tab.until(id => host.link.answers.has(id), { argument: id, what: 'an answer' })
    assert.equal(await tab.ask(id => host.link.answers.get(id).error.name, id), 'NotSupportedError')
    assert.match(await state('currentSrc'), /vod/)
  })
  await row('channel: a value of another type is refused', async () => {
    const id = await tab.ask(() => host.set('volume', 'loud'))
    await tab.until(id => host.link.answers.has(id), { argument: id, what: 'an answer' })
    assert.equal(await tab.ask(id => host.link.answers.get(id).error.name, id), 'TypeError')
  })
  await tab.ask(() => host.remove())
}

async function playlist(tab, row) {
  await tab.ask(address => host.channel(address, { eager: true }), PLAYLIST)
  await row('channel: offered before the frame asks; a playlist: its items', async () => {
    await tab.until(() => host.link.state.playlist?.items.length === 3, { what: 'the list' })
    assert.equal(await tab.ask(() => host.link.state.playlist.items[1].title), 'Dusk')
  })
  await row('channel: next, select, previous; event itemchange', async () => {
    await tab.ask(() => host.call('next'))
    await tab.until(() => host.link.state.playlist.index === 1 && host.link.events.includes('itemchange'), { what: 'the second' })
    assert.deepEqual(await tab.ask(() => host.call('select', 2)), { value: true })
    assert.deepEqual(await tab.ask(() => host.call('select', 7)), { value: false })
    await tab.ask(() => host.call('previous'))
    await tab.until(() => host.link.state.playlist.index === 1, { what: 'the second again' })
  })
  await tab.ask(() => host.remove())
}

/** An element of ours around a frame that may do nothing but run scripts. */
async function sandboxed(tab, row) {
  await row('sprat-embed: a frame of an opaque origin is driven all the same', async () => {
    await tab.ask(address => {
      const element = (globalThis.embed = document.createElement('sprat-embed'))
      Object.assign(element, { muted: true })
      element.setAttribute('sandbox', 'allow-scripts')
      element.setAttribute('src', address)
      document.body.append(element)
    }, VIDEO.replace('&api=1', ''))
    await tab.until(() => embed.readyState > 0, { what: 'the film is known' })
    await tab.ask(() => embed.play())
    await tab.until(() => embed.currentTime > 0.5, { what: 'it plays' })
  })
  await tab.ask(() => host.remove())
}
