// Notes are written with keys alone, seen in the player as viewers will, undone and done again, exported and imported in each format,
// and are there when the author comes back. What means harm does none while it is written, either.
import assert from 'node:assert/strict'
import { HOSTILE } from '../annotations/hostile.mjs'
import { exported, focus, focused, imported, listed, open, press, ready, said, shown, shows, tabTo, type } from './hands.mjs'

export default {
  about: 'the page where notes are written: three notes by keyboard, each format out and in again, undo, hostile text, storage',
  seconds: 90,
  // Under the strict policy DOMPurify, which names what is left out, may not make a policy of trusted types, and says so.
  expects: [/dompurify|TrustedTypePolicy|TrustedHTML|Content-Security-Policy: .*(Trusted Types|injection sink)/i],
  server: { instance: { p2p: false, privateTracker: false } },
  async run(world) {
    const tab = await open(world)
    await written(tab)
    await undone(world, tab)
    await away(world, tab)
    await problems(tab)
    await kept(tab)
    await hostile(world, tab)
    await tab.close()
    await ofAnInstance(world)
    await nothingKept(world)
    await strict(world)
  },
}

const PLACES = ['top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom', 'bottom-right']
const STEPS = 60
const LIST = ['0:05 – 0:10 | Use a < b, & not the rest | top right', '0:10 – 0:14.5 | Which is it? | top left, stops', '0:15 – | A bold end | middle']

async function written(tab) {
  // In the player, a key.
  await tabTo(tab, 'sprat-player')
  await tab.press('ArrowRight')
  await tab.until(() => document.querySelector('sprat-player').currentTime === 5, { what: 'five seconds on' })
  await tab.press('n')
  assert.equal(await focused(tab), 'html', 'the text is written next')
  await said(tab, 'A note at 0:05')
  await type(tab, 'Use a < b, & not the rest')
  await shows(tab, 'Use a &lt; b, &amp; not the rest')

  // In the list, the same key.
  await tab.ask(() => { document.querySelector('sprat-player').currentTime = 10 })
  await focus(tab, '#list button')
  await tab.press('n')
  await type(tab, 'Which is it?')
  await tabTo(tab, '[name=end]')
  await press(tab, 'End', ...Array(4).fill('Backspace'))
  await type(tab, 'soon')
  await tab.press('Tab')
  await said(tab, 'Seconds, as in 12.5')
  assert.equal(await tab.ask(() => document.querySelector('[name=end]').ariaInvalid), 'true')
  await tab.ask(() => { document.querySelector('[name=end]').focus(); document.querySelector('[name=end]').select() })
  await type(tab, '14.5')
  await tab.press('Tab')
  assert.equal(await tab.ask(() => document.querySelector('[name=end]').value), '0:14.5')
  assert.equal(await tab.ask(() => document.querySelector('[name=end]').ariaInvalid), 'false')
  await tabTo(tab, '[name=align]')
  await press(tab, 'ArrowUp', 'ArrowUp')
  await tabTo(tab, '[name=pause]')
  await tab.press('Space')
  await shows(tab, 'top-left')

  // The button, and HTML.
  await tab.ask(() => { document.querySelector('sprat-player').currentTime = 15 })
  await focus(tab, '#add')
  await tab.press('Enter')
  assert.equal(await focused(tab), 'html')
  await focus(tab, '[name=kind]:checked')
  await tab.press('ArrowDown')
  await tabTo(tab, '[name=html]')
  await type(tab, '<p>A <b>bold</b> end</p><script>x</script>')
  await tab.until(() => document.querySelector('#html-problem').textContent.includes('<script>'), { what: 'what is left out is named' })
  await tab.ask(() => { const field = document.querySelector('[name=html]'); field.setSelectionRange(field.value.indexOf('<script>'), field.value.length) })
  await tab.press('Backspace')
  assert.equal(await tab.ask(() => document.querySelector('#html-problem').textContent), '')
  await tabTo(tab, '[name=end]')
  await tab.ask(() => document.querySelector('[name=end]').select())
  await press(tab, 'Backspace', 'Tab')
  await tabTo(tab, '[name=align]')
  await press(tab, ...Array(4).fill('ArrowDown'))
  await shows(tab, 'note center')
  await shows(tab, '<b>bold</b>')
  assert.deepEqual(await listed(tab), LIST)
}

/** Many steps back, and forth; the focus stays. */
async function undone(world, tab) {
  const place = expected => tab.until(expected => document.querySelector('[name=align]:checked').value === expected, { argument: expected, what: `the place is ${expected}` })
  // To the last and back to the first, again and again: not every browser goes from one to the other.
  const round = [4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3]
  const at = i => PLACES[round[i % round.length]]
  await focus(tab, '[name=align]:checked')
  for (let i = 1; i <= STEPS; i++) {
    await tab.press(PLACES.indexOf(at(i)) > PLACES.indexOf(at(i - 1)) ? 'ArrowDown' : 'ArrowUp')
    await place(at(i))
  }
  await focus(tab, '#undo')
  for (let i = STEPS - 1; i >= 0; i--) {
    await tab.press('Enter')
    await place(at(i))
  }
  assert.equal(await focused(tab), 'undo', 'the focus stays')
  await said(tab, 'Undone: the place of the note at 0:15.')
  assert.deepEqual(await listed(tab), LIST)
  await focus(tab, '#redo')
  for (let i = 1; i <= STEPS; i++) {
    await tab.press('Enter')
    await place(at(i))
  }
  assert.equal(await tab.ask(() => document.querySelector('#redo').disabled), true)
  await focus(tab, '#undo')
  for (let i = STEPS - 1; i >= 0; i--) {
    await tab.press('Enter')
    await place(at(i))
  }
  assert.deepEqual(await listed(tab), LIST)
  // Deleted, by key, and back.
  await focus(tab, '#list [tabindex="0"]')
  await press(tab, 'Home', 'Delete')
  assert.deepEqual(await listed(tab), LIST.slice(1))
  assert.ok(await tab.ask(() => document.activeElement.closest('#list') !== null), 'the focus is on the next note')
  if (world.kind === 'webkit') {
    await focus(tab, '#undo')
    await tab.press('Enter')
  } else await tab.press('Control+z')
  assert.deepEqual(await listed(tab), LIST)
  world.note(`${STEPS} steps back and forth`)
}

/** Out in each format, and in again: the same. */
async function away(world, tab) {
  const json = await exported(tab, 'json')
  assert.deepEqual(json.losses, [])
  const notes = JSON.parse(json.text).annotations
  assert.deepEqual(notes, [
    { start: 5, end: 10, align: 'top-right', pause: false, html: 'Use a &lt; b, &amp; not the rest' },
    { start: 10, end: 14.5, align: 'top-left', pause: true, html: 'Which is it?' },
    { start: 15, align: 'center', pause: false, html: '<p>A <b>bold</b> end</p>' },
  ])
  const text = await exported(tab, 'text')
  assert.ok(text.losses.some(loss => /0:10: playback stops in Sprat/.test(loss)) && text.losses.some(loss => /0:15: in the middle/.test(loss)) && text.losses.some(loss => /whole seconds/.test(loss)), text.losses.join('\n'))
  const vtt = await exported(tab, 'vtt')
  assert.deepEqual(vtt.losses, ['The note at 0:15 has no end, and a cue needs one: it is written as 1:00, that of the video.'])
  await tab.ask(() => {
    globalThis.saved = []
    HTMLAnchorElement.prototype.click = function () { saved.push(fetch(this.href).then(answer => answer.text()).then(text => [this.download, text])) }
  })
  for (const { writing, text: out } of [json, text, vtt]) {
    await exported(tab, writing)
    await focus(tab, '[name=download]')
    await tab.press('Enter')
    const [name, file] = await tab.ask(() => saved.at(-1))
    assert.deepEqual([name, file], [{ json: 'notes.json', text: 'notes.txt', vtt: 'notes.vtt' }[writing], out])
    await imported(tab, 'WEBVTT')
    assert.deepEqual(await listed(tab), [])
    await imported(tab, out)
    await said(tab, '3 notes imported')
    const expected = writing === 'vtt' ? notes.map((note, i) => (i === 2 ? { ...note, end: 60 } : note)) : notes
    assert.deepEqual(JSON.parse((await exported(tab, 'json')).text).annotations, expected, writing)
    // As a file, beside those that are there.
    await tab.ask(([name, text]) => {
      const given = new DataTransfer()
      given.items.add(new File([text], name))
      const field = document.querySelector('[name=file]')
      field.files = given.files
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }, [name, out])
    await said(tab, `${name}: 3 notes`)
    await focus(tab, '[name=beside]')
    await tab.press('Enter')
    assert.equal((await listed(tab)).length, 6)
    await focus(tab, '#undo')
    for (let i = 0; i < 3; i++) await tab.press('Enter')
    assert.deepEqual(await listed(tab), LIST, 'and as it was')
  }
  world.note('3 formats out and in')
}

async function problems(tab) {
  await imported(tab, '2 --> 6\noptions: align=nowhere\nText\n\nhello\n\n9 --> 3\nBackwards')
  assert.equal(await focused(tab), 'import-problems', 'what is wrong has the focus')
  const lines = await tab.ask(() => [...document.querySelectorAll('#import-problems li')].map(({ textContent }) => textContent))
  assert.deepEqual(lines.map(line => line.replace(/(expected [\w ]{10}).*/s, '$1')), ['Line 2: expected a place th', 'Line 5: expected the times ', 'Line 7: expected an end tha'])
  assert.deepEqual(await listed(tab), LIST, 'nothing was taken')
  await tabTo(tab, '[name=anyway]')
  assert.equal(await tab.ask(() => document.activeElement.textContent), 'Take the 1 note that can be read')
  await tab.press('Enter')
  assert.deepEqual(await listed(tab), ['0:02 – 0:06 | Text | top right'])
  await focus(tab, '#undo')
  await tab.press('Enter')
  const first = async text => {
    await imported(tab, text)
    return tab.ask(() => document.querySelector('#import-problems li').textContent)
  }
  assert.match(await first('{\n "annotations": [\n  { "start": 1,\n  "text": }\n] }'), /^Line 4: expected JSON/)
  assert.match(await first('[\n { "start": 1, "text": "a" },\n { "start": "x", "text": "b" }\n]'), /^Line 3: expected a start/)
  assert.match(await first('{ "a": 1 }'), /^Line 1: expected an array/)
  assert.match(await first('WEBVTT\n\n00:01.000 --> 00:02.000\n{ "html": '), /^Line 4: expected a JSON object/)
  assert.match(await first(' '), /^Line 1: expected notes/)
  assert.deepEqual(await listed(tab), LIST)
}

/** There when the author comes back. */
async function kept(tab) {
  await tab.ask(() => {
    globalThis.before = true
    location.reload()
  })
  await tab.until(() => !globalThis.before && document.querySelector('#list button'), { what: 'the page once more' })
  await ready(tab)
  assert.deepEqual(await listed(tab), LIST)
  await said(tab, 'Your notes for this video: 3.')
  await focus(tab, '#list button')
  await press(tab, 'End')
  await shows(tab, '<b>bold</b>')
}

async function hostile(world, tab) {
  await tab.ask(() => {
    globalThis.fetched = []
    new PerformanceObserver(list => fetched.push(...list.getEntries().map(({ name }) => name))).observe({ type: 'resource', buffered: true })
  })
  await imported(tab, JSON.stringify(HOSTILE.map((html, i) => ({ start: i, end: i + 1, html }))))
  const count = HOSTILE.length
  assert.equal((await listed(tab)).length, count)
  await focus(tab, '#list button')
  await tab.press('Home')
  for (let i = 0; i < count; i++) {
    await tab.until(i => document.querySelector('#note-title').textContent.endsWith(`0:${String(i).padStart(2, '0')}`) && !document.querySelector('sprat-player').seeking, { argument: i, what: `number ${i} is open` })
    for (const note of await shown(tab)) assert.ok(!/<(script|style|link|iframe|object|form|svg|video|meta|base)|\son\w+=|javascript:|style=/i.test(note), `${HOSTILE[i]}: ${note}`)
    await tab.press('ArrowDown')
  }
  const strangers = await tab.ask(() => [...document.querySelectorAll('main *')].filter(({ localName }) => /^(script|iframe|object|embed|img|style|video|x-evil)$/.test(localName)).map(({ outerHTML }) => outerHTML))
  assert.deepEqual(strangers, [], 'on the page itself it is text')
  for (const writing of ['text', 'vtt', 'json']) await exported(tab, writing)
  await new Promise(resolve => setTimeout(resolve, 300))
  assert.equal(await tab.ask(() => typeof globalThis.shown), 'undefined', 'nothing has run')
  assert.deepEqual(await tab.ask(() => fetched.filter(name => name.includes('evil'))), [], 'nobody was told')
  world.note(`${count} hostile notes`)
}

/** A video by its address on an instance, and the notes that it has there. */
async function ofAnInstance(world) {
  const { instance } = world.server
  instance.switches.annotations = '1 -->\noptions: align=bottom-left\n<p>Of the <b>instance</b></p>'
  const address = `${new URL(world.server.url).origin}/w/${instance.catalog.videos.get('vod').uuid}`
  const tab = await open(world, `?${new URLSearchParams({ address })}`, 'of an instance')
  await tab.until(() => !document.querySelector('[name=kept]').hidden, { what: 'what the instance has is offered' })
  assert.deepEqual(await listed(tab), [], 'and not taken unasked')
  await focus(tab, '[name=kept]')
  await tab.press('Enter')
  await said(tab, 'The notes of the instance: 1 note.')
  await tabTo(tab, '[name=replace]')
  await tab.press('Enter')
  await tab.ask(() => { document.querySelector('sprat-player').currentTime = 2 })
  await shows(tab, 'Of the <b>instance</b>')
  assert.deepEqual(await listed(tab), ['0:01 – | Of the instance | bottom left'])
  await tab.close()
}

/** A frame without an origin has no storage: it works, and says that it keeps nothing. */
async function nothingKept(world) {
  const tab = await world.page('cases/annotate/frame.html', { name: 'nothing kept' })
  const frame = await tab.frame('/annotate.html')
  await world.until(() => frame.ask(() => document.readyState === 'complete' && document.querySelector('#add')?.disabled === false).catch(() => false), { what: 'the page' })
  await frame.ask(() => document.querySelector('#add').click())
  await frame.until(() => document.querySelector('#said').textContent.includes('keeps nothing'), { what: 'it is said' })
  assert.equal(await frame.ask(() => document.querySelector('#unkept').hidden), false)
  assert.equal(await frame.ask(() => document.querySelectorAll('#list button').length), 1)
  await frame.ask(() => {
    const open = address => { document.querySelector('#source input').value = address; document.querySelector('#source button').click() }
    open('/media/split/master.m3u8')
    open('/media/vod/master.m3u8')
  })
  assert.equal(await frame.ask(() => document.querySelectorAll('#list button').length), 1, 'for as long as the page lives it is kept')
  await tab.close()
}

async function strict(world) {
  const tab = await open(world, '?csp=strict', 'strict')
  await tab.ask(() => { document.querySelector('sprat-player').currentTime = 1 })
  await focus(tab, '#add')
  await tab.press('Enter')
  await type(tab, 'Plain')
  await shows(tab, 'Plain')
  // An address that is none, and one on an instance that is not there: said, and the notes are those of that video.
  await focus(tab, '#source input')
  await tab.ask(() => document.querySelector('#source input').select())
  await type(tab, 'data:x')
  await tab.press('Enter')
  await said(tab, 'This is no address')
  assert.equal(await tab.ask(() => document.activeElement.name), 'address')
  assert.equal((await listed(tab)).length, 1)
  await tab.ask(() => {
    document.querySelector('#source input').value = `${location.origin}/w/${'1'.repeat(22)}`
    document.querySelector('#source button').click()
  })
  assert.deepEqual(await tab.ask(() => [document.querySelector('sprat-player').getAttribute('peertube'), document.querySelector('sprat-player').hasAttribute('src')]), [`${new URL(world.server.url).origin}/w/${'1'.repeat(22)}`, false])
  assert.deepEqual(await listed(tab), [])
}
