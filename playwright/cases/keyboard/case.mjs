// The keyboard alone: nothing happens while the focus is elsewhere, every key does its work while it is in the
// player, and the playlist is one stop for Tab with arrows inside.
import assert from 'node:assert/strict'

export default {
  about: 'player and playlist by keyboard: every key, only with the focus inside, by place where letters are not Latin, not when switched off',
  seconds: 20,
  async run(world) {
    await player(world)
    await playlist(world)
  },
}

async function player(world) {
  const tab = await world.viewer({ autoplay: undefined, preload: 'auto' })
  await tab.ask(() => {
    const track = Object.assign(document.createElement('track'), { kind: 'captions', src: '/media/vod/captions-en.vtt', srclang: 'en', label: 'English' })
    page.element.append(track)
  })
  await tab.until(() => page.video?.readyState >= 2, { what: 'the first picture' })
  const state = () => tab.ask(() => ({
    paused: page.video.paused, time: page.video.currentTime, muted: page.video.muted, volume: page.video.volume,
    captions: [...page.element.textTracks].filter(({ mode }) => mode !== 'disabled').length,
    fullscreen: document.fullscreenElement === page.element,
    rate: page.video.playbackRate, popup: page.element.shadowRoot.querySelector('#popup')?.className ?? '', wide: globalThis.wide ?? 0,
  }))

  for (const key of ['Space', 'm', 'c', 'f', 'ArrowRight']) await tab.press(key)
  const untouched = await state()
  assert.deepEqual(untouched, { paused: true, time: 0, muted: true, volume: 1, captions: 0, fullscreen: false, rate: 1, popup: '', wide: 0 }, 'keys outside the player')

  // Tab leads to the play button first of all.
  for (let i = 0; i < 6 && !(await focused(tab)).includes('range'); i++) await tab.press('Tab')
  assert.match(await focused(tab), /range/, 'Tab reaches the time range')
  const done = []
  const press = async (key, changed, what) => {
    const before = await state()
    await tab.press(key)
    await world.until(async () => changed(await state(), before), { within: 5000, what: `${key}: ${what}` }).catch(async error => { throw new Error(`${error.message} ${JSON.stringify([before, await state(), await focused(tab)])}`) })
    done.push(key)
  }
  await press('Space', now => !now.paused, 'plays')
  await press('Space', now => now.paused, 'pauses')
  await press('k', now => !now.paused, 'plays')
  await press('k', now => now.paused, 'pauses')
  await press('ArrowRight', (now, before) => Math.abs(now.time - before.time - 5) < 0.5, 'five seconds on')
  await press('ArrowLeft', (now, before) => Math.abs(now.time - before.time + 5) < 0.5, 'five seconds back')
  await press('m', now => !now.muted, 'sound')
  await press('ArrowDown', (now, before) => now.volume < before.volume, 'quieter')
  await press('ArrowUp', (now, before) => now.volume > before.volume, 'louder')
  await press('m', now => now.muted, 'no sound')
  await press('c', now => now.captions === 1, 'captions')
  await press('c', now => now.captions === 0, 'no captions')
  await press('f', now => now.fullscreen, 'full screen')
  await press('f', now => !now.fullscreen, 'no full screen')
  await press('5', now => Math.abs(now.time - 30) < 1, 'the middle')
  await press('Home', now => now.time < 0.1, 'the beginning')
  await press('End', now => now.time > 59, 'the end')
  await press('0', now => now.time < 0.1, 'the beginning')
  await press('9', now => Math.abs(now.time - 54) < 1, 'nine tenths')
  await press('j', (now, before) => Math.abs(before.time - now.time - 10) < 0.5, 'ten seconds back')
  await press('l', (now, before) => Math.abs(now.time - before.time - 10) < 0.5, 'ten seconds on')
  await press(',', (now, before) => before.time - now.time > 0.01 && before.time - now.time < 0.1, 'one picture back')
  await press('.', (now, before) => now.time - before.time > 0.01 && now.time - before.time < 0.1, 'one picture on')
  await press('>', now => now.rate === 1.25, 'faster')
  await press('<', now => now.rate === 1, 'slower')
  await press('?', now => now.popup.includes('keys'), 'the list of keys')
  await press('Escape', now => now.popup === '', 'closed')
  await tab.ask(() => addEventListener('theatre', () => { globalThis.wide = (globalThis.wide ?? 0) + 1 }))
  await press('t', now => now.wide === 1, 'the page makes room')
  // By where a key is, where there are no Latin letters.
  await tab.ask(() => page.element.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'е', code: 'KeyT', bubbles: true, composed: true, cancelable: true })))
  await tab.until(() => globalThis.wide === 2, { what: 'KeyT' })
  // With other keys they are the browser's, and switched off they are nobody's.
  for (const how of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }]) {
    await tab.ask(how => page.element.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 't', code: 'KeyT', bubbles: true, composed: true, ...how })), how)
  }
  await tab.ask(() => page.element.setAttribute('keyboard', 'off'))
  await tab.press('t')
  await tab.press('m')
  assert.deepEqual(await tab.ask(() => [globalThis.wide, page.video.muted]), [2, true])
  world.note(`player: ${done.join(' ')}`)
}

async function playlist(world) {
  const tab = await world.page('inside/viewer.html?tag=sprat-playlist&p2p=off&muted=&src=/cases/iframes/list.json', { name: 'playlist', ready: 'page' })
  await tab.until(() => page.element.items?.length === 3, { what: 'the list' })
  await tab.until(() => page.video?.readyState >= 1, { what: 'its first item' })
  for (let i = 0; i < 30 && !/^button.*Depth/.test(await focused(tab)); i++) await tab.press('Tab')
  assert.match(await focused(tab), /Depth/, 'Tab reaches the list')
  await tab.press('ArrowDown')
  assert.match(await focused(tab), /Dusk/, 'an arrow moves the focus')
  assert.equal(await tab.ask(() => page.element.currentIndex), 0, 'and not the choice')
  await tab.press('End')
  assert.match(await focused(tab), /Life/)
  for (const title of [/Depth/, /Dusk/, /Depth/]) {
    await tab.press('d')
    assert.match(await focused(tab), title, 'a letter leads to the next title that begins with it')
  }
  await new Promise(resolve => setTimeout(resolve, 1000))
  await tab.ask(() => {
    for (const key of 'du') page.element.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  })
  assert.match(await focused(tab), /Dusk/, 'and letters in a row to the one that begins with them')
  await tab.press('Home')
  await tab.press('ArrowDown')
  await tab.press('Enter')
  await tab.until(() => page.element.currentIndex === 1 && page.video.currentTime > 0.3, { what: 'Enter plays the second item' })
  assert.match(await focused(tab), /Dusk/, 'the focus stays')
  await tab.press('Tab')
  assert.ok(!/Depth|Dusk|Life/.test(await focused(tab)), 'the list is one stop')
  world.note('playlist: ArrowDown End d du Home Enter')
}

/** The element that has the focus, however deep: its name, type, and label. */
function focused(tab) {
  return tab.ask(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element ? `${element.localName} ${element.getAttribute('type') ?? ''} ${element.getAttribute('aria-label') ?? ''} ${element.textContent.replace(/\s+/g, ' ').trim()}` : ''
  })
}
