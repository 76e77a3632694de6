// A list remembers how far its viewer has come in each item: it shows it, goes on there, begins anew what was seen to its end, and
// does so after a reload; with `loop="all"` it goes round. Not where the page says no; and without storage for as long as the page lives.
import assert from 'node:assert/strict'

const LIST = { tag: 'sprat-playlist', p2p: 'off', muted: '', preload: 'auto', src: '/cases/iframes/list.json' }
/** As Firefox and Chromium behave in a frame whose storage is blocked. */
const BLOCKED = `Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })`

export default {
  about: 'how far a viewer has come in each item of a list is shown, kept and gone on from; not with remember="off"',
  seconds: 40,
  // WebKitGTK has no script that runs before the page.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const open = (attributes, how) => world.page(`inside/viewer.html?${new URLSearchParams({ ...LIST, ...attributes })}`, { ready: 'page', ...how })
    const tab = await open({}, { name: 'remembers' })
    await watch(tab, 0, 12)
    await shows(tab, [0.5, undefined, undefined])
    assert.match(await tab.ask(() => page.element.shadowRoot.querySelector('li button').innerText), /watched 50\s%/)
    await watch(tab, 1, 23)
    await tab.until(() => page.element.shadowRoot.querySelector('li:nth-of-type(2) progress')?.value === 1, { what: 'the second was seen' })
    await tab.ask(() => { page.element.select(0) })
    await tab.until(() => page.element.player.currentTime >= 11 && page.element.player.currentTime < 13, { what: 'it goes on at 12 s' })

    await tab.ask(() => {
      globalThis.before = true
      location.reload()
    })
    await tab.until(() => !globalThis.before && globalThis.page?.element?.items?.length === 3, { what: 'once more' })
    const [first, second] = await shown(tab)
    assert.ok(Math.abs(first - 0.5) < 0.1 && second === 1, `${first}, ${second}`)
    await tab.until(() => page.element.player.currentTime >= 11 && page.element.player.currentTime < 14, { what: 'it goes on after a reload' })
    await tab.ask(() => { page.element.select(1) })
    await tab.until(() => page.element.player.readyState > 1 && page.element.player.duration > 20 && page.element.currentIndex === 1 && page.element.player.currentTime < 1, { what: 'what was seen begins anew' })
    // The third is a part of a film: its tenth is two seconds.
    await watch(tab, 2, 30)
    await world.until(async () => (await shown(tab))[2] === 0.5, { what: 'the third' })
    world.note(`shown ${await shown(tab)}`)

    await tab.ask(() => { page.element.setAttribute('loop', 'all'); page.element.next() })
    assert.equal(await tab.ask(() => page.element.currentIndex), 0, 'the first follows the last')
    await tab.ask(() => { page.element.previous() })
    assert.equal(await tab.ask(() => page.element.currentIndex), 2)
    assert.equal(await tab.ask(() => page.element.player.loop), false)

    await tab.ask(() => { page.element.setAttribute('start', '5'); page.element.setAttribute('src', '/cases/iframes/list.json?again') })
    await tab.until(() => page.element.player.readyState > 1 && Math.abs(page.element.player.currentTime - 5) < 1, { what: 'the page says where to begin' })

    const off = await open({ remember: 'off' }, { name: 'does not' })
    await watch(off, 0, 12)
    await shows(off, [undefined, undefined, undefined])

    const blocked = await open({}, { name: 'storage blocked', before: [BLOCKED] })
    await watch(blocked, 0, 12)
    await shows(blocked, [0.5, undefined, undefined])
  },
}

/** Looks at an item, up to a second of it, and pauses. */
async function watch(tab, index, second) {
  await tab.ask(index => { page.element.select(index) }, index)
  await tab.until(index => page.element.currentIndex === index && page.element.player.readyState > 1 && !page.element.player.seeking, { argument: index, what: `item ${index + 1}` })
  await tab.ask(second => { page.element.player.pause(); page.element.player.currentTime = second }, second)
  await tab.until(second => !page.element.player.seeking && Math.abs(page.element.player.currentTime - second) < 0.1 && page.element.player.readyState > 1, { argument: second, what: `at ${second} s` })
}

/** What each row shows of itself, by hundredths. */
function shown(tab) {
  return tab.ask(() => [...page.element.shadowRoot.querySelectorAll('li')].map(row => row.querySelector('progress')?.value).map(value => value && Math.round(value * 100) / 100))
    .then(values => values.map(value => value ?? undefined))
}

async function shows(tab, expected) {
  // The event that it is noted by comes a moment after the seek.
  await new Promise(resolve => setTimeout(resolve, 300))
  assert.deepEqual(await shown(tab), expected)
}
