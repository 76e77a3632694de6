// What there is around a video that plays: the system's media controls, a screen that stays on, and what a viewer chose before, with
// storage and without.
import assert from 'node:assert/strict'

/** Before the page: what it tells the system. */
const RECORDED = `
  globalThis.told = { actions: {}, locks: 0, released: 0, position: undefined }
  if (navigator.mediaSession) {
    const { setActionHandler, setPositionState } = MediaSession.prototype
    MediaSession.prototype.setActionHandler = function (action, act) { setActionHandler.call(this, action, act); told.actions[action] = act }
    MediaSession.prototype.setPositionState = function (state) { setPositionState.call(this, state); told.position = state }
  }
  const sentinel = () => Object.assign(new EventTarget(), { released: false, async release() { this.released = true; told.released += 1 } })
  Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { async request(type) { told.locks += 1; told.type = type; return sentinel() } } })
`
/** As Firefox and Chromium behave in a frame whose storage is blocked. */
const BLOCKED = `Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })`

export default {
  about: 'media session, wake lock, and remembered quality, speed, captions, volume: with storage, without, and not unasked',
  seconds: 40,
  // WebKitGTK has no script that runs before the page.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    await system(world)
    await remembers(world)
  },
}

async function system(world) {
  const tab = await world.viewer({ autoplay: '', muted: '', p2p: 'off', 'media-title': 'A film', poster: '/media/vod/poster.jpg' }, { before: [RECORDED] })
  await tab.until(() => page.video?.currentTime > 0.3 && told.actions.seekto && told.position, { what: 'the system is told' })
  assert.deepEqual(await tab.ask(() => {
    const { title, artwork } = navigator.mediaSession.metadata
    return [title, artwork[0].src.endsWith('/media/vod/poster.jpg'), navigator.mediaSession.playbackState, Math.round(told.position.duration)]
  }), ['A film', true, 'playing', 60])
  assert.deepEqual(await tab.ask(() => Object.entries(told.actions).filter(([, act]) => act).map(([action]) => action).filter(action => action.endsWith('track'))), [], 'nothing before or after it')
  await tab.until(() => told.locks === 1 && told.type === 'screen' && told.released === 0, { what: 'the screen stays on' })
  await tab.ask(() => { told.actions.pause() })
  await tab.until(() => page.element.paused && told.released === 1 && navigator.mediaSession.playbackState === 'paused', { what: 'paused, and the screen may go off' })
  await tab.ask(() => { told.actions.seekto({ seekTime: 30 }) })
  await tab.until(() => Math.abs(page.element.currentTime - 30) < 0.5, { what: 'its middle' })
  await tab.ask(() => { told.actions.seekforward({}) })
  await tab.until(() => Math.abs(page.element.currentTime - 40) < 0.5, { what: 'ten seconds on' })
  await tab.ask(() => { told.actions.seekbackward({ seekOffset: 5 }) })
  await tab.until(() => Math.abs(page.element.currentTime - 35) < 0.5, { what: 'five seconds back' })
  await tab.ask(() => { told.actions.play() })
  await tab.until(() => !page.element.paused && told.locks === 2, { what: 'plays' })
  await tab.ask(() => { page.element.removeAttribute('src') })
  await tab.until(() => navigator.mediaSession.metadata === null && told.released === 2, { what: 'nothing plays' })
  await tab.close()

  const list = await world.page('inside/viewer.html?tag=sprat-playlist&p2p=off&muted=&autoplay=&src=/cases/iframes/list.json&remember=off', { ready: 'page', before: [RECORDED] })
  await list.until(() => page.element.player?.currentTime > 0.2 && Boolean(told.actions.nexttrack), { what: 'the list plays' })
  await list.ask(() => { told.actions.nexttrack() })
  await list.until(() => page.element.currentIndex === 1, { what: 'the next' })
  await list.ask(() => { told.actions.previoustrack() })
  await list.until(() => page.element.currentIndex === 0, { what: 'the one before' })
  await list.close()
}

async function remembers(world) {
  const open = async (how = {}, options = {}) => {
    const tab = await world.viewer({ autoplay: undefined, preload: 'auto', muted: '', p2p: 'off', remember: '', ...how }, options)
    await known(tab)
    return tab
  }
  const known = async tab => {
    await tab.ask(() => page.element.append(Object.assign(document.createElement('track'), { kind: 'captions', src: '/media/vod/captions-en.vtt', srclang: 'en', label: 'English' })))
    await tab.until(() => page.video?.readyState > 1 && page.element.videoRenditions.length === 2, { what: 'a picture' })
  }
  const chosen = tab => tab.ask(() => ({
    rate: page.element.playbackRate,
    quality: [...page.element.videoRenditions][page.element.videoRenditions.selectedIndex]?.height ?? 0,
    captions: [...page.element.textTracks].filter(({ mode }) => mode !== 'disabled').length,
  }))
  const choose = async tab => {
    await tab.ask(() => {
      page.element.playbackRate = 1.5
      page.element.videoRenditions.selectedIndex = [...page.element.videoRenditions].findIndex(({ height }) => height === 240)
      page.element.shadowRoot.querySelector('.frame').dispatchEvent(new KeyboardEvent('keydown', { key: 'c', code: 'KeyC', bubbles: true }))
    })
    await world.until(async () => JSON.stringify(await chosen(tab)) === '{"rate":1.5,"quality":240,"captions":1}', { what: 'it is chosen' })
  }
  const tab = await open({}, { name: 'remembers' })
  assert.deepEqual(await chosen(tab), { rate: 1, quality: 0, captions: 0 })
  await choose(tab)
  await tab.ask(() => {
    globalThis.before = true
    location.reload()
  })
  await tab.until(() => !globalThis.before && globalThis.page?.element, { what: 'once more' })
  await known(tab)
  await world.until(async () => JSON.stringify(await chosen(tab)) === '{"rate":1.5,"quality":240,"captions":1}', { what: 'as it was chosen' })
  await tab.ask(() => { page.element.videoRenditions.selectedIndex = -1; page.element.playbackRate = 1 })
  await tab.close()

  const off = await open({ remember: undefined }, { name: 'does not' })
  await choose(off)
  assert.deepEqual(await off.ask(() => ['rate', 'quality', 'captions'].map(key => localStorage.getItem(`sprat:${key}`))), [null, null, null], 'nothing is kept where the page does not ask for it')
  await off.close()

  const blocked = await open({}, { name: 'storage blocked', before: [BLOCKED] })
  await choose(blocked)
  await blocked.ask(() => { page.element.src = '/media/vod/master.m3u8?again' })
  await blocked.until(() => page.element.currentSrc.endsWith('?again') && page.video?.readyState > 1 && page.element.playbackRate === 1.5 && page.element.videoRenditions.selectedIndex >= 0, { what: 'for as long as the page lives' })
}
