// Many notes at once, in small frames and large ones, in both directions of writing: none lies over another or over a control, what
// does not fit is reached by keyboard, a question is seen.
import assert from 'node:assert/strict'

const ALIGNS = ['top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom', 'bottom-right']
const SIZES = [[320, 180], [640, 360], [900, 506]]
const SIX = ALIGNS.filter((_, i) => i < 3 || i > 5).map((align, i) => ({ start: 1, end: 50, align, html: `Note <b>number ${i}</b> with some more text` }))
const LISTS = {
  six: SIX,
  nine: ALIGNS.map(align => ({ start: 1, end: 50, align, html: `<p>${align}</p>`.repeat(4) })),
  stack: Array.from({ length: 6 }, (_, i) => ({ start: 1, end: 50, align: 'right', html: `<a href="https://example.org/">Number ${i}</a>` })),
  crowd: Array.from({ length: 60 }, (_, i) => ({ start: i / 100, end: i < 55 ? 50 : 3, align: ALIGNS[i % 9], html: `Number ${i}` })),
  asked: [...SIX, { start: 2, align: 'bottom-right', pause: true, html: 'A question that is asked in a few more words than those' }],
}
/** Of so many no more are shown. */
const MOST_AT_ONCE = 12

export default {
  about: 'annotations, six and sixty at once, at 320, 640 and 900 px: none over another or over a control, bounded, scrolled by keyboard',
  seconds: 60,
  server: { pages: Object.fromEntries(Object.entries(LISTS).map(([name, notes]) => [`/${name}.json`, JSON.stringify(notes)])) },
  async run(world) {
    for (const name of ['six', 'nine', 'stack', 'crowd']) {
      const tab = await open(world, name)
      await at(tab, 2)
      await apart(world, tab, name)
      if (name === 'stack') await scrolled(tab)
      if (name === 'crowd') await bounded(tab)
      await tab.close()
    }
    await asked(world)
  },
}

async function open(world, name, how = {}) {
  const tab = await world.viewer({ autoplay: undefined, preload: 'auto', annotations: `/${name}.json`, ...how }, { name })
  await tab.until(() => page.video?.readyState > 1 && page.element.shadowRoot.querySelector('.plugin-annotations'), { what: 'a picture' })
  return tab
}

async function at(tab, time) {
  await tab.ask(time => { page.element.currentTime = time }, time)
  await tab.until(() => !page.element.seeking && page.element.shadowRoot.querySelector('.note'), { what: `notes at ${time} s` })
}

async function apart(world, tab, name) {
  let looked = 0
  for (const [width, height] of SIZES) {
    for (const dir of ['ltr', 'rtl']) {
      await tab.ask(look, { width, height, dir })
      await tab.until(dir => page.element.shadowRoot.querySelector('.frame').dir === dir, { argument: dir, what: dir })
      const { boxes, controls } = await tab.ask(drawn)
      assert.equal(boxes.length, Math.min(MOST_AT_ONCE, LISTS[name].length))
      assert.ok(controls.length > 4, 'there are controls')
      const least = name === 'stack' && height < 330 ? 3 : 5
      assert.ok(boxes.filter(isSeen).length >= least, `${name} at ${width}: ${least} are seen`)
      const seen = boxes.filter(isThere)
      for (const [i, box] of seen.entries()) {
        assert.ok(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height, `${name} at ${width}: within the picture`)
        for (const other of [...seen.slice(i + 1), ...controls]) assert.ok(!meets(box, other), `${name} at ${width}, ${dir}: over each other ${JSON.stringify([box, other])}`)
      }
      looked += 1
    }
  }
  world.note(`${name}: ${looked} looks`)
}

/** What does not fit is reached by keyboard, and the keys that scroll are its own there. */
async function scrolled(tab) {
  await tab.ask(look, { width: 320, height: 180, dir: 'ltr' })
  await tab.until(() => page.element.shadowRoot.querySelector('.place.right[tabindex="0"]'), { what: 'a stop for the keyboard' })
  await tab.ask(() => { page.element.volume = 0.5; page.element.shadowRoot.querySelector('.place.right').focus() })
  await tab.press('ArrowDown')
  await tab.until(() => page.element.shadowRoot.querySelector('.place.right').scrollTop > 0, { what: 'it scrolls' })
  assert.equal(await tab.ask(() => page.element.volume), 0.5)
  await tab.ask(look, { width: 900, height: 506, dir: 'ltr' })
  await tab.until(() => !page.element.shadowRoot.querySelector('.plugin-annotations [tabindex]'), { what: 'none where there is room' })
}

/** The last that began; as those leave, the ones before come back. */
async function bounded(tab) {
  const texts = () => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.note')].map(note => note.textContent).sort())
  const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => `Number ${from + i}`).sort()
  assert.deepEqual(await texts(), numbers(48, 59))
  await at(tab, 4)
  await tab.until(() => ![...page.element.shadowRoot.querySelectorAll('.note')].some(note => note.textContent === 'Number 59'), { what: 'some leave' })
  assert.deepEqual(await texts(), numbers(43, 54))
}

async function asked(world) {
  const tab = await open(world, 'asked', { style: 'width: 320px; height: 180px' })
  await at(tab, 1.5)
  await tab.ask(() => page.element.play())
  await tab.until(() => page.element.paused && page.element.shadowRoot.querySelector('.note button'), { what: 'a question' })
  const { boxes, controls } = await tab.ask(drawn)
  assert.equal(boxes.filter(isThere).length, 1, 'has the small picture to itself')
  for (const control of controls) assert.ok(!meets(boxes.find(isThere), control), `and covers no ${control.what}`)
  await tab.click('sprat-player >> .note button')
  await tab.until(() => page.element.currentTime > 2.2 && !page.element.paused, { what: 'it goes on' })
  assert.equal((await tab.ask(drawn)).boxes.filter(isThere).length, 7, 'and the others are there again')
}

const isThere = ({ right, left, bottom, top }) => right > left && bottom > top
const isSeen = ({ right, left, bottom, top }) => right - left > 20 && bottom - top > 12
const meets = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1

// The rest runs in the page.

function look({ width, height, dir }) {
  Object.assign(page.element.style, { width: `${width}px`, height: `${height}px` })
  Object.assign(document.documentElement, { dir, lang: dir === 'rtl' ? 'ar' : 'en' })
}

/** What of notes and controls is to be seen, in pixels of the picture. */
function drawn() {
  const root = page.element.shadowRoot
  const from = root.querySelector('.frame').getBoundingClientRect()
  const box = (element, within = from) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return {
      what: element.className || element.textContent,
      left: Math.max(left, within.left) - from.left,
      top: Math.max(top, within.top) - from.top,
      right: Math.min(right, within.right) - from.left,
      bottom: Math.min(bottom, within.bottom) - from.top,
    }
  }
  return {
    boxes: [...root.querySelectorAll('.note')].map(note => box(note, note.parentElement.getBoundingClientRect())),
    controls: [...root.querySelectorAll('.bar button, .timeline, .start')].map(control => box(control)).filter(({ left, right }) => right > left),
  }
}
