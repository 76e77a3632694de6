// What a viewer does with a list: shuffles it, goes round, finds something, opens it as a drawer, walks along a shelf; and what a
// page does: links into it, has it play elsewhere on the page.
import assert from 'node:assert/strict'

const COUNT = 12
const TITLES = ['Éclair', 'Dusk', 'Ebb']
const items = Array.from({ length: COUNT }, (_, i) => ({
  title: `${TITLES[i % 3]} ${i + 1}`, channel: i % 2 ? 'Pond' : 'Tube', src: '/media/vod/master.m3u8', duration: 60, ...(i === 4 && { unavailable: true }),
}))
const LIST = { tag: 'sprat-playlist', p2p: 'off', muted: '', preload: 'none', src: '/twelve.json', remember: 'off' }

export default {
  about: 'playlists: shuffled with a way back, round, searched, linked into, as drawer and shelf, driving a player elsewhere, next and previous',
  seconds: 90,
  // Every step asks the next film to play before it is there, of which WebKitGTK hangs in some (see `driver/webkit.mjs`); rows, keys and
  // what comes next are looked at there by other cases.
  browsers: ['chromium', 'firefox'],
  server: { pages: { '/twelve.json': JSON.stringify({ title: 'Twelve', items }) } },
  async run(world) {
    const open = async (how, hash = '') => {
      const tab = await world.page(`inside/viewer.html?${new URLSearchParams({ ...LIST, ...how })}${hash}`, { ready: 'page' })
      await tab.until(() => page.element.items?.length > 0 && page.element.currentIndex >= 0, { what: 'the list' })
      return tab
    }
    for (const part of [shuffles, isWalked, links, isDrawer, isShelf, drives]) {
      await part(world, open)
      world.note(part.name)
    }
  },
}

const indexOf = tab => tab.ask(() => page.element.currentIndex)
const press = (tab, selector) => tab.click(`sprat-playlist >> ${selector}`)

async function shuffles(world, open) {
  const orders = []
  for (let time = 0; time < 2; time++) {
    const tab = await open({ shuffle: '7' })
    await tab.until(() => page.element.shadowRoot.querySelector('.shuffle')?.getAttribute('aria-pressed') === 'true', { what: 'a drawn order' })
    const order = await tab.ask(() => {
      const order = [page.element.currentIndex]
      while (page.element.next()) order.push(page.element.currentIndex)
      return order
    })
    assert.deepEqual([...order].sort((a, b) => a - b), [...items.keys()].filter(i => i !== 4), 'each that can be played, once')
    const back = await tab.ask(() => {
      const order = [page.element.currentIndex]
      while (page.element.previous()) order.push(page.element.currentIndex)
      return order
    })
    assert.deepEqual(back, [...order].reverse(), 'what was played before leads back')
    // One that is picked out of turn does not lose the place.
    await tab.ask(index => { page.element.select(index) }, order[5])
    await tab.ask(() => { page.element.previous() })
    assert.equal(await indexOf(tab), order[0])
    await tab.ask(() => { page.element.next(); page.element.next() })
    assert.equal(await indexOf(tab), order[1])
    orders.push(order)
    await press(tab, '.shuffle')
    await tab.until(() => !page.element.hasAttribute('shuffle'), { what: 'as it stands' })
    await tab.ask(() => { page.element.select(2); page.element.next() })
    assert.equal(await indexOf(tab), 3)
    await tab.ask(() => { page.element.next() })
    assert.equal(await indexOf(tab), 5, 'over what is not available')
    await press(tab, '.round')
    await tab.ask(() => { page.element.select(11); page.element.next() })
    assert.equal(await indexOf(tab), 0, 'the first follows the last')
    await tab.close()
  }
  assert.deepEqual(orders[0], orders[1], 'a seed draws one order')
  assert.notDeepEqual(orders[0], [...orders[0]].sort((a, b) => a - b))
  world.note(`drawn: ${orders[0].join(' ')}`)
}

/** By keys and the player's own buttons. */
async function isWalked(world, open) {
  const tab = await open({})
  const rows = () => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('li .title')].map(({ textContent }) => textContent))
  assert.equal((await rows()).length, COUNT)
  await press(tab, '.find')
  await tab.until(() => page.element.shadowRoot.activeElement?.matches('.finder'), { what: 'a field' })
  for (const key of 'ECL') await tab.press(key)
  await world.until(async () => (await rows()).join() === 'Éclair 1,Éclair 4,Éclair 7,Éclair 10', { what: 'whatever the case and the accents' })
  assert.match(await tab.ask(() => page.element.shadowRoot.querySelector('[role=status]').textContent), /4 videos found/)
  await tab.press('ArrowDown')
  await tab.press('ArrowDown')
  await tab.press('Enter')
  await world.until(async () => (await indexOf(tab)) === 3, { what: 'the second that was found' })
  await press(tab, '.find')
  await world.until(async () => (await rows()).length === COUNT, { what: 'all again' })
  await press(tab, '.find')
  await tab.until(() => page.element.shadowRoot.activeElement?.matches('.finder'), { what: 'the field again' })
  await tab.press('z')
  await world.until(async () => (await rows()).length === 0, { what: 'none' })
  assert.match(await tab.ask(() => page.element.shadowRoot.querySelector('[role=status]').textContent), /0 videos found/)
  await tab.press('Escape')
  await tab.until(() => page.element.shadowRoot.activeElement?.matches('.find'), { what: 'the keyboard is where it was' })

  await tab.click('sprat-player >> .beside:nth-of-type(3)')
  assert.equal(await indexOf(tab), 5, 'the button for what is next, over what is not available')
  await tab.ask(() => page.element.player.shadowRoot.querySelector('.frame').focus())
  const key = (key, code) => tab.ask(([key, code]) => {
    page.element.player.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey: true, bubbles: true, composed: true, cancelable: true }))
  }, [key, code])
  await key('N', 'KeyN')
  assert.equal(await indexOf(tab), 6)
  await key('З', 'KeyP')
  assert.equal(await indexOf(tab), 5, 'by where the key is, where there are no Latin letters')
  await tab.close()
}

async function links(_, open) {
  const tab = await open({ 'deep-link': '', preload: 'auto' }, '#chapter&item=3&t=20')
  assert.equal(await indexOf(tab), 2)
  await tab.until(() => page.element.player.readyState > 1 && Math.abs(page.element.player.currentTime - 20) < 1, { what: 'its second 20' })
  assert.equal(await tab.ask(() => location.hash), '#chapter&item=3&t=20', 'untouched')
  await tab.ask(() => { page.element.next() })
  assert.equal(await tab.ask(() => location.hash), '#chapter=&item=4')
  await tab.ask(() => { location.hash = '#item=2&t=0:30' })
  await tab.until(() => page.element.currentIndex === 1 && Math.abs(page.element.player.currentTime - 30) < 2, { what: 'the page went elsewhere' })
  await tab.ask(() => { location.hash = '#item=5' })
  await tab.ask(() => { location.hash = '#item=99' })
  await new Promise(resolve => setTimeout(resolve, 200))
  assert.equal(await indexOf(tab), 1, 'what is not there, or cannot be played, is nowhere to go')
  await tab.close()
  const without = await open({}, '#item=3')
  assert.equal(await indexOf(without), 0, 'only where the page says so')
  await without.close()
}

async function isDrawer(_, open) {
  const tab = await open({ layout: 'drawer', style: 'width: 560px' })
  const isOpen = () => tab.ask(() => !page.element.shadowRoot.querySelector('section').hidden)
  assert.equal(await isOpen(), false)
  await press(tab, '.opener')
  await tab.until(() => page.element.shadowRoot.activeElement?.matches('li button'), { what: 'the keyboard is in the list' })
  await tab.press('Escape')
  await tab.until(() => page.element.shadowRoot.activeElement?.matches('.opener'), { what: 'and back' })
  assert.equal(await isOpen(), false)
  await press(tab, '.opener')
  await press(tab, 'li:nth-of-type(2) button')
  assert.equal(await indexOf(tab), 1)
  assert.equal(await isOpen(), false, 'what was chosen is to be seen')
  await tab.close()
}

async function isShelf(_, open) {
  const tab = await open({ layout: 'shelf', style: 'width: 560px' })
  await tab.until(() => getComputedStyle(page.element.shadowRoot.querySelector('ol')).display === 'flex', { what: 'a shelf' })
  await tab.ask(() => page.element.shadowRoot.querySelector('li button').focus())
  for (let i = 0; i < 3; i++) await tab.press('ArrowRight')
  await tab.until(() => page.element.shadowRoot.activeElement?.closest('li')?.dataset.index === '3', { what: 'three on' })
  assert.ok(await tab.ask(() => page.element.shadowRoot.querySelector('ol').scrollLeft > 0), 'in view')
  await tab.press('ArrowLeft')
  await tab.until(() => page.element.shadowRoot.activeElement?.closest('li')?.dataset.index === '2', { what: 'one back' })
  await tab.close()
}

/** A player that stands elsewhere, and that the page may exchange. */
async function drives(world) {
  const tab = await world.page('inside/viewer.html?p2p=off&muted=&preload=none', { ready: 'page' })
  await tab.ask(async () => {
    page.element.id = 'there'
    const list = Object.assign(document.createElement('sprat-playlist'), { id: 'list' })
    list.setAttribute('for', 'there')
    list.setAttribute('src', '/twelve.json')
    document.body.append(list)
  })
  await tab.until(() => document.querySelector('#list')?.currentIndex === 0, { what: 'the list' })
  assert.deepEqual(await tab.ask(() => [document.querySelectorAll('sprat-player').length, page.element.getAttribute('media-title'), document.querySelector('#list').player === page.element]), [1, 'Éclair 1', true])
  await tab.click('sprat-playlist >> li:nth-of-type(2) button')
  assert.equal(await tab.ask(() => page.element.getAttribute('media-title')), 'Dusk 2')
  await tab.click('sprat-player >> .play + .beside')
  assert.equal(await tab.ask(() => document.querySelector('#list').currentIndex), 2)
  await tab.ask(() => document.querySelector('#list').remove())
  await tab.until(() => page.element.shadowRoot.querySelector('.beside') === null, { what: 'what the list added goes with it' })
}
