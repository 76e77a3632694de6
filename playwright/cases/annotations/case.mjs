// Notes over the picture, from three writings and from an instance: where and when they are shown, questions that stop playback, a
// switch; and HTML that means harm.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { HOSTILE } from './hostile.mjs'

const NOTES = join(import.meta.dirname, '../../../tests/fixtures/annotations')
const ALIGNS = ['top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom', 'bottom-right']
const places = ALIGNS.map(align => ({ start: 0, end: 50, align, html: `<b>${align}</b>` }))

export default {
  about: 'annotations: PeerTube\'s text, WebVTT, JSON, an instance\'s own; places, times, questions, a switch; hostile HTML runs nothing and fetches nothing',
  seconds: 90,
  expects: [/Refused to|violates the following|TrustedHTML|Content-Security-Policy|evil\.example/],
  server: {
    mounts: { '/notes/': NOTES },
    pages: {
      '/places.json': JSON.stringify(places),
      '/hostile.json': JSON.stringify(HOSTILE.map((html, i) => ({ start: i, end: i + 1, html }))),
      '/broken.json': '{ "annotations": 1',
    },
    instance: { p2p: false, privateTracker: false },
  },
  async run(world) {
    await shown(world)
    await questions(world)
    await sanitised(world)
    await ofAnInstance(world)
  },
}

const open = async (world, annotations, how = {}, options = {}) => {
  const tab = await world.viewer({ autoplay: undefined, preload: 'auto', muted: '', p2p: 'off', annotations, ...how }, options)
  await tab.until(() => page.video?.readyState > 1, { what: 'a picture' })
  return tab
}
const notes = tab => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.note')].map(({ className, innerHTML }) => [className, innerHTML]))

async function shown(world) {
  for (const name of ['notes.txt', 'notes.json', 'notes.vtt']) {
    const tab = await open(world, `/notes/${name}`)
    const at = async (time, expected) => {
      await tab.ask(time => { page.element.currentTime = time }, time)
      await world.until(async () => (await notes(tab)).length === expected.length && !(await tab.ask(() => page.element.seeking)), { what: `${name}: ${expected.length} at ${time} s` })
      const found = await notes(tab)
      for (const [i, [align, what]] of expected.entries()) {
        assert.equal(found[i][0], `note ${align}`)
        assert.match(found[i][1], what)
      }
    }
    await at(3, [['top-left', /^<p>Hello <b>world<\/b>, <a (?=.*href="https:\/\/example\.org\/more")(?=.*target="_blank")(?=.*rel="noopener noreferrer nofollow").*>more<\/a><\/p>$/]])
    await at(5.5, [['top-left', /Hello/], ['top-right', /^Plain, at the usual place$/]])
    await at(7, [['top-right', /Plain/]])
    await at(10, [])
    await at(20, [['bottom', /<i>it<\/i>/]])
    await tab.close()
  }
  const tab = await open(world, '/places.json', { style: 'width: 900px' })
  await world.until(async () => (await notes(tab)).length === ALIGNS.length, { what: 'a note at each place' })
  const where = await tab.ask(() => {
    const { left, top, width, height } = page.element.getBoundingClientRect()
    return [...page.element.shadowRoot.querySelectorAll('.note')].map(note => {
      const box = note.getBoundingClientRect()
      return [note.textContent, Math.floor((3 * ((box.left + box.right) / 2 - left)) / width), Math.floor((3 * ((box.top + box.bottom) / 2 - top)) / height), box.bottom < top + height - 60]
    })
  })
  assert.deepEqual(where, ALIGNS.map((align, i) => [align, i % 3, Math.floor(i / 3), true]), 'in its ninth of the picture, above the controls')
  // They leave with the player and come with it, whatever other plugins there are.
  await tab.ask(async () => {
    const { registerPlugin } = await import('/sprat.js')
    await registerPlugin({ name: 'other', setup() {} })
    const { element } = page
    element.remove()
    document.body.append(element)
  })
  await world.until(async () => (await notes(tab)).length === ALIGNS.length, { what: 'once more' })
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelectorAll('.plugin-annotations').length), 1)
  // Off, it stays off.
  await tab.ask(async () => {
    const root = page.element.shadowRoot
    root.querySelector('.button.settings').click()
    const entry = () => [...root.querySelectorAll('#popup button')].find(({ textContent }) => textContent.includes('Notes'))
    while (!entry()) await new Promise(resolve => setTimeout(resolve, 20))
    entry().click()
  })
  await world.until(async () => (await notes(tab)).length === 0, { what: 'none' })
  await tab.ask(() => {
    globalThis.before = true
    location.reload()
  })
  await tab.until(() => !globalThis.before && globalThis.page?.video?.readyState > 1, { what: 'once more' })
  await tab.until(() => page.element.shadowRoot.querySelector('.plugin-annotations'), { what: 'the plugin is there' })
  assert.deepEqual(await notes(tab), [])
  await tab.ask(() => localStorage.clear())
  await tab.close()

  const broken = await open(world, '/broken.json')
  await broken.ask(() => page.element.play())
  await broken.until(() => page.element.currentTime > 0.3 && page.element.error == null, { what: 'plays without them' })
  await broken.close()
}

async function questions(world) {
  const tab = await open(world, '/notes/notes.txt')
  await tab.ask(() => { page.element.currentTime = 11.4 })
  await tab.until(() => !page.element.seeking, { what: 'shortly before' })
  await tab.ask(() => { page.element.shadowRoot.querySelector('.frame').focus(); return page.element.play() })
  await tab.until(() => page.element.paused && page.element.shadowRoot.activeElement?.matches('.note button'), { what: 'it waits, and the keyboard is at the answer' })
  const at = await tab.ask(() => page.element.currentTime)
  assert.ok(at >= 12 && at < 12.5, `at ${at}`)
  assert.equal(await tab.ask(() => page.element.shadowRoot.activeElement.textContent), 'Go on')
  await tab.press('Enter')
  await tab.until(() => page.element.currentTime > 13, { what: 'it goes on' })
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelectorAll('.note button').length), 0)
  await tab.ask(() => { page.element.currentTime = 11.6 })
  await tab.until(() => page.element.paused && page.element.currentTime >= 12, { what: 'whoever goes back is asked again' })
  await tab.ask(() => page.element.play())
  await tab.until(() => page.element.currentTime > 13, { what: 'any other way to go on will do' })
  await tab.close()
}

/** The browser's own where it has one, and DOMPurify where it does not. WebKitGTK has none, and there is nothing to take from it. */
async function sanitised(world) {
  const paths = world.kind === 'webkit' ? [{}] : [{}, { before: ['delete Element.prototype.setHTML'], name: 'without its own' }]
  const seen = []
  for (const how of paths) {
    seen.push(await hostile(world, how))
    await policed(world, how)
  }
  // DOMPurify takes away an attribute that looks like markup, too.
  const alike = left => left.filter(([html]) => !html.startsWith('<noscript>'))
  for (const one of seen) assert.deepEqual(alike(one), alike(seen[0]), 'the same is left of each')
}

async function hostile(world, how) {
  const tab = await open(world, '/hostile.json', {}, how)
  await tab.ask(() => {
    globalThis.fetched = []
    new PerformanceObserver(list => fetched.push(...list.getEntries().map(({ name }) => name))).observe({ type: 'resource', buffered: true })
  })
  const left = []
  for (let i = 0; i < HOSTILE.length; i++) {
    await tab.ask(time => { page.element.currentTime = time }, i + 0.5)
    // Of some nothing is left, but the note is there.
    await tab.until(() => !page.element.seeking && page.element.shadowRoot.querySelectorAll('.note').length === 1, { what: `number ${i}` })
    const found = await tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.note *')].flatMap(({ localName, attributes }) => [localName, ...[...attributes].map(({ name, value }) => `${name}=${value}`).sort()]))
    for (const word of found) {
      assert.ok(!/^(script|style|link|iframe|object|embed|form|input|button|svg|math|video|meta|base|template|details|x-evil|sprat-player)$/.test(word), `${HOSTILE[i]}: ${word}`)
      assert.ok(!/^(on\w+|style|class|id|slot|srcset|tabindex|autofocus|role|(data|aria)-\w+)=/.test(word), `${HOSTILE[i]}: ${word}`)
      assert.ok(!/^(href|src)=(?!https?:)/.test(word), `${HOSTILE[i]}: ${word}`)
    }
    left.push([HOSTILE[i], ...found, await tab.ask(() => page.element.shadowRoot.querySelector('.note').textContent)])
  }
  await new Promise(resolve => setTimeout(resolve, 300))
  assert.equal(await tab.ask(() => typeof shown), 'undefined', 'nothing has run')
  assert.deepEqual(await tab.ask(() => fetched.filter(name => name.includes('evil'))), [], 'nobody was told')
  const isNative = await tab.ask(() => 'setHTML' in Element.prototype)
  assert.equal(await tab.ask(() => fetched.some(name => name.includes('/purify-'))), !isNative, 'DOMPurify is fetched where the browser has nothing of its own')
  world.note(`${HOSTILE.length} hostile notes ${isNative ? 'by the browser' : 'by DOMPurify'}`)
  await tab.close()
  return left
}

/** Under a policy of trusted types the browser's own works; without it notes are text. */
async function policed(world, how) {
  const tab = await open(world, '/notes/notes.txt', {}, { ...how, csp: 'strict' })
  await tab.ask(() => { page.element.currentTime = 3 })
  await tab.until(() => /Hello\s+world/.test(page.element.shadowRoot.querySelector('.note')?.textContent ?? ''), { what: 'under a strict policy, too' })
  const { isNative, hasPolicies, bold } = await tab.ask(() => ({ isNative: 'setHTML' in Element.prototype, hasPolicies: 'trustedTypes' in globalThis, bold: page.element.shadowRoot.querySelector('.note b')?.textContent ?? null }))
  assert.equal(bold, isNative || !hasPolicies ? 'world' : null)
  await tab.close()
}

async function ofAnInstance(world) {
  const { instance } = world.server
  instance.switches.annotations = '1 --> \noptions: align=bottom-left\n<p>Of the <b>instance</b></p>'
  const tab = await world.page(`${instance.embed('vod')}?muted=1&p2p=0`, { name: 'instance' })
  await tab.until(() => document.querySelector('sprat-player')?.readyState > 1, { what: 'a picture' })
  await tab.ask(() => { document.querySelector('sprat-player').currentTime = 3 })
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.note.bottom-left')?.textContent === 'Of the instance', { what: 'what the instance keeps is shown on its iframe page' })
}
