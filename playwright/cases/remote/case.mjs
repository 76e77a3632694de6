// Another screen: what it is given, what stops here meanwhile, and where playback goes on. The screen itself is played by the
// test, for there is none here: what it would say is said to the real video, which plays the real source.
import assert from 'node:assert/strict'

export default {
  about: 'cast and AirPlay: a playlist beside a managed media source; the source goes over with its position, peers and fetching end, and come back',
  seconds: 35,
  // A browser that has no native player for playlists shows an error in place of the other screen's picture.
  expects: [/\.m3u8|MEDIA_ERR|not supported/i],
  async run(world) {
    if (world.has.managed) return airPlay(world)
    if (world.has.hls) return remotePlayback(world)
    return without(world)
  },
}

const playing = (world, attributes = {}) => world.viewer({ autoplay: undefined, preload: 'auto', p2p: 'off', lang: 'en', ...attributes })
const isThere = tab => tab.ask(() => page.element.shadowRoot.querySelectorAll('.bar .screen').length)

/** The Remote Playback API, with a screen that is there, refuses, connects and goes. */
async function remotePlayback(world) {
  const tab = await playing(world, { cast: '' })
  await tab.ask(() => {
    const { prototype } = RemotePlayback
    prototype.watchAvailability = function (available) {
      globalThis.available = available
      return Promise.resolve(1)
    }
    globalThis.answers = []
    prototype.prompt = function () {
      globalThis.asked = this
      return answers.shift() === 'yes' ? Promise.resolve() : Promise.reject(new DOMException('dismissed', 'NotAllowedError'))
    }
  })
  await tab.ask(() => page.element.play())
  await tab.until(() => globalThis.available && page.element.currentTime > 0.5, { what: 'it plays, and another screen is looked for' })
  assert.equal(await isThere(tab), 0)
  await tab.ask(() => available(true))
  await tab.until(() => page.element.shadowRoot.querySelector('.bar .screen')?.getAttribute('aria-pressed') === 'false', { what: 'a button' })
  await tab.until(() => page.element.shadowRoot.querySelector('.bar .screen').getAttribute('aria-label') === 'Play on another screen', { what: 'its name' })

  // Thought better of it.
  await tab.click('sprat-player >> .screen')
  await tab.until(() => globalThis.asked === page.video.remote && page.video.src.startsWith('blob:') && page.element.currentTime > 0.5 && !page.element.paused, { what: 'it goes on here' })

  await tab.ask(() => { page.element.currentTime = 20; answers.push('yes') })
  await tab.until(() => page.element.currentTime > 20.3 && !page.element.seeking, { what: 'further on' })
  await tab.click('sprat-player >> .screen')
  await tab.ask(() => page.video.remote.dispatchEvent(new Event('connect')))
  await tab.until(() => page.video.currentSrc.endsWith('master.m3u8') && page.video.currentTime > 20.5, { what: 'the source itself, from there' })
  await tab.until(() => page.element.shadowRoot.querySelector('.remote')?.textContent === 'Playing on another screen', { what: 'it is said' })
  assert.equal((await tab.ask(() => page.counts())).players, 0, 'the engine has let go')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('.screen').getAttribute('aria-pressed')), 'true')
  await tab.ask(() => page.video.remote.dispatchEvent(new Event('disconnect')))
  await tab.until(() => page.video.src.startsWith('blob:') && page.element.currentTime > 20.5 && !page.element.paused, { what: 'back, where it was' })
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelectorAll('.remote').length), 0)
  assert.equal((await tab.ask(() => page.counts())).players, 1)
  await tab.ask(() => available(false))
  await tab.until(() => !page.element.shadowRoot.querySelector('.bar .screen'), { what: 'no button' })
  await tab.close()

  // Not where the page forbids it, nor where it does not ask: a policy might forbid what a browser has to be given.
  for (const how of [{ cast: '', disableremoteplayback: '' }, {}]) {
    const forbidden = await playing(world, how)
    await forbidden.ask(() => { RemotePlayback.prototype.watchAvailability = () => { globalThis.watched = true; return Promise.resolve(1) } })
    await forbidden.ask(() => page.element.play())
    await forbidden.until(() => page.element.currentTime > 0.5, { what: 'it plays' })
    assert.equal(await forbidden.ask(() => globalThis.watched ?? 'no'), 'no', JSON.stringify(how))
    await forbidden.close()
  }
}

/** A managed media source with the playlist beside it; what WebKit says of AirPlay is said by us. */
async function airPlay(world) {
  const tab = await playing(world)
  await tab.until(() => page.video, { what: 'a video' })
  await tab.ask(() => {
    HTMLVideoElement.prototype.webkitShowPlaybackTargetPicker = () => { globalThis.picked = true }
    return page.element.play()
  })
  await tab.until(() => page.element.currentTime > 0.5, { what: 'it plays' })
  const sources = await tab.ask(() => [...page.video.querySelectorAll('source')].map(({ src }) => src))
  assert.equal(sources.length, 2)
  assert.match(sources[0], /^blob:/)
  assert.match(sources[1], /\/media\/vod\/master\.m3u8$/)
  assert.notEqual(await tab.ask(() => page.video.disableRemotePlayback ?? false), true)
  await tab.ask(() => page.video.dispatchEvent(Object.assign(new Event('webkitplaybacktargetavailabilitychanged'), { availability: 'available' })))
  await tab.until(() => page.element.shadowRoot.querySelector('.bar .screen'), { what: 'a button' })
  await tab.click('sprat-player >> .screen')
  assert.equal(await tab.ask(() => picked), true)
  const wireless = is => tab.ask(is => {
    Object.defineProperty(page.video, 'webkitCurrentPlaybackTargetIsWireless', { configurable: true, value: is })
    page.video.dispatchEvent(new Event('webkitcurrentplaybacktargetiswirelesschanged'))
  }, is)
  await wireless(true)
  await tab.until(() => page.element.shadowRoot.querySelector('.remote') && page.counts().players === 0, { what: 'the engine has let go' })
  await wireless(false)
  await tab.until(() => page.counts().players === 1 && page.video.currentSrc.startsWith('blob:') && page.element.currentTime > 0.3, { what: 'back, where it was' })
  // Other sources take the place of these, and none is left over.
  await tab.ask(() => { page.element.src = '/media/split/master.m3u8' })
  await tab.ask(() => page.element.play())
  await tab.until(() => page.element.currentTime > 0.3 && page.video.querySelectorAll('source').length === 2, { what: 'another film' })
  assert.match(await tab.ask(() => page.video.querySelectorAll('source')[1].src), /split\/master/)
  await tab.close()

  const forbidden = await playing(world, { disableremoteplayback: '' })
  await forbidden.ask(() => page.element.play())
  await forbidden.until(() => page.element.currentTime > 0.5, { what: 'it plays' })
  assert.equal(await forbidden.ask(() => page.video.querySelectorAll('source').length), 0, 'nothing beside it where the page forbids that')
}

/** A browser that knows of no other screens. */
async function without(world) {
  const tab = await playing(world)
  await tab.ask(() => page.element.play())
  await tab.until(() => page.element.currentTime > 1, { what: 'it plays' })
  assert.equal(await isThere(tab), 0)
}
