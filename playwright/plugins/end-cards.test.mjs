// Cards at the end of a film: what is a card and what is none, when each appears, what petitions and events say, and the file that
// calendars are given.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'
import { words } from '../locales/locales.mjs'

const root = join(import.meta.dirname, '../..')
const modules = ['format', 'answers', 'calendar', 'words', 'shown']
const { outputFiles: [bundle] } = await esbuild.build({
  stdin: { contents: modules.map(name => `export * from './${name}.ts'\n`).join(''), resolveDir: join(root, 'www/src/plugins/end-cards'), loader: 'ts' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
})
const { WORDS, appears, away, calendar, read, readCards } = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)
const fixture = name => readFileSync(join(root, 'tests/fixtures/end-cards', name), 'utf8')

const BASE = 'https://films.example/cards/cards.json'
const cards = list => readCards(JSON.stringify(list), BASE)
/** Without what is not there. */
const plain = value => JSON.parse(JSON.stringify(value))

test('five kinds are read, their addresses made absolute', () => {
  const found = plain(readCards(fixture('cards.json'), BASE))
  assert.deepEqual(found.map(({ kind, title, url, place, asks }) => [kind, title, url, place, asks]), [
    ['link', 'How the river was saved', 'https://example.org/report', undefined, false],
    ['video', 'The next part', 'https://example.org/next', 'bottom-right', false],
    ['petition', 'Save the river', 'https://petition.example/petition/org/river/save-it/', undefined, true],
    ['event', 'A walk', 'https://events.example/events/39026210-0c69-4238-b3cc-986f33f98ed0', 'top-right', true],
    ['countdown', 'Questions, live', 'https://example.org/live', undefined, false],
  ])
  const [link, video, petition, event] = found
  assert.deepEqual([link.image, link.alt, link.text], ['https://films.example/cards/river.svg', 'A river', 'A report, with maps'])
  assert.deepEqual([video.src, video.endCards], ['https://films.example/cards/next/master.m3u8', 'https://films.example/cards/next.json'])
  assert.deepEqual([petition.facts.signatures, petition.facts.goal], [1000, 2000])
  assert.deepEqual([event.facts.start, event.facts.end, event.facts.location], [Date.UTC(2031, 4, 2, 16), Date.UTC(2031, 4, 2, 18, 30), 'The bridge'])
  assert.deepEqual(cards(JSON.parse(fixture('cards.json')).cards), readCards(fixture('cards.json'), BASE), 'a bare list, too')
})

test('a card appears at its time, or so long before the end, as soon as that is known', () => {
  const at = found => found.map(card => appears(card, 60))
  assert.deepEqual(at(readCards(fixture('cards.json'), BASE)), [30, 65, 45, 45, 59.7])
  const [usual, beyond] = cards([{ kind: 'link', url: '/a' }, { kind: 'link', url: '/a', fromEnd: 1e6 }])
  assert.deepEqual([appears(usual, 600), appears(usual, 8), appears(beyond, 60)], [580, 6, 0])
  for (const unknown of [NaN, Infinity, 0]) assert.equal(appears(usual, unknown), Infinity)
})

test('what is no card is none, and what a stranger writes has an end', () => {
  for (const text of ['', '{', 'null', '"a"', '{"cards":1}', '{"a":[]}']) assert.equal(readCards(text, BASE), undefined, text)
  assert.deepEqual(cards([]), [])
  const nothing = [null, 1, 'a', [], {}, { kind: 'link' }, { kind: 'link', title: 'a' }, { kind: 'LINK', url: '/a' }, { kind: 'toString', url: '/a' }, { kind: 'video', title: 'a' }]
  assert.deepEqual(cards(nothing), [])
  for (const url of ['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,a', 'blob:https://a/b', 'file:///a', 'ftp://a/b', 'mailto:a@b.example', 'http://', {}, ['https://a.example'], 5]) {
    assert.deepEqual(cards([{ kind: 'video', title: 'a', url, src: url, peertube: url }]), [], JSON.stringify(url))
    const [card] = cards([{ kind: 'link', url: '/a', image: url, endCards: url }])
    assert.deepEqual([card.image, card.endCards], [undefined, undefined])
  }
  assert.deepEqual(cards([{ kind: 'countdown', title: 'a', start: 'tomorrow' }, { kind: 'countdown', title: 'a', start: 5 }, { kind: 'countdown', title: 'a' }]), [])
  const [card] = cards([{ kind: 'petition', url: '/a', title: `\u0000 a \n\t b${'c'.repeat(1e5)}`, signatures: -1, goal: 1e300, fromEnd: -5, at: 'never', place: 'over the bar', location: {} }])
  assert.equal(card.title.length <= 200 && card.title.startsWith('a b'), true)
  assert.deepEqual(plain([card.facts, card.at, card.fromEnd, card.place]), [{ location: '' }, null, null, null])
  assert.equal(cards([{ kind: 'link', url: 'https://example.org/a' }])[0].title, 'example.org')
  assert.equal(cards(Array.from({ length: 1000 }, () => ({ kind: 'link', url: '/a' }))).length, 50)
  assert.equal(cards([{ kind: 'event', url: '/a', fetch: false }])[0].asks, false)
})

test('a petition is read as Pytition writes it', () => {
  const petition = JSON.parse(fixture('petition.json'))
  assert.deepEqual(plain(read(petition)), { title: 'Let the river be a river', signatures: 1234, goal: 2000 })
  assert.deepEqual(plain(read({ ...petition, target: null })), { title: 'Let the river be a river', signatures: 1234 })
  for (const other of [undefined, null, [], 'a', {}, { title: 'a' }, { title: {}, signatures: 5 }, { title: 'a', signatures: '5' }, { title: 'a', signatures: 1.5 }]) {
    assert.equal(read(other), undefined, JSON.stringify(other))
  }
})

test('an event is read as Mobilizon writes it, and wrapped, and with a place in other forms', () => {
  const event = JSON.parse(fixture('event.json'))
  const found = {
    title: 'A walk along the river; bring boots, please',
    start: Date.UTC(2031, 4, 2, 16),
    end: Date.UTC(2031, 4, 2, 18, 30),
    location: 'The old bridge, 1 Quai du Pont, Lyon',
    uid: '39026210-0c69-4238-b3cc-986f33f98ed0',
    cancelled: false,
  }
  assert.deepEqual(read(event), found)
  assert.deepEqual(read({ type: 'Create', object: event }), found)
  assert.deepEqual(read({ ...event, type: ['Event', 'sc:Event'], location: [event.location] }), found)
  assert.equal(read({ ...event, status: 'CANCELLED' }).cancelled, true)
  const places = [[{ name: 'Colosseo' }, 'Colosseo'], [{ name: 'A', address: '1 B Street' }, 'A, 1 B Street'], [null, ''], ['Somewhere', ''], [{ name: 5, address: [] }, '']]
  for (const [location, expected] of places) assert.equal(read({ ...event, location }).location, expected, JSON.stringify(location))
  for (const other of [undefined, null, [], {}, { ...event, type: 'Note' }, { ...event, name: '' }, { ...event, startTime: undefined }, { ...event, startTime: '2031-05-02T18:00:00' }, { ...event, startTime: '2031-02-02' }, { ...event, startTime: '99999-01-01T00:00:00Z' }, { type: 'Create', object: 'https://a.example' }]) {
    assert.equal(read(other), undefined, JSON.stringify(other))
  }
})

test('a calendar is given what RFC 5545 asks for', () => {
  const entry = { ...read(JSON.parse(fixture('event.json'))), url: 'https://events.example/events/1' }
  assert.equal(calendar(entry, Date.UTC(2031, 0, 2, 3, 4, 5, 678)), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sprat//End cards//EN',
    'BEGIN:VEVENT',
    'UID:39026210-0c69-4238-b3cc-986f33f98ed0',
    'DTSTAMP:20310102T030405Z',
    'DTSTART:20310502T160000Z',
    'DTEND:20310502T183000Z',
    'SUMMARY:A walk along the river\\; bring boots\\, please',
    'LOCATION:The old bridge\\, 1 Quai du Pont\\, Lyon',
    'URL:https://events.example/events/1',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'))
})

test('nothing that is said in an event says something else to a calendar', () => {
  const title = 'a\\b;c,d\r\nATTACH:https://evil.example\nX:\u0007\u0000y'
  const text = calendar({ title, start: 0, end: -1, location: `${title}\rZ` }, 0)
  const lines = text.replace(/\r\n /g, '').split('\r\n')
  assert.deepEqual(lines.map(line => line.split(':')[0]), ['BEGIN', 'VERSION', 'PRODID', 'BEGIN', 'UID', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'LOCATION', 'END', 'END', ''])
  assert.equal(lines[7], 'SUMMARY:a\\\\b\\;c\\,d\\nATTACH:https://evil.example\\nX:y')
  assert.ok(!/[^\r]\n|\r[^\n]|[^\r\n\x20-\x7e]/.test(text))
})

test('lines of a calendar are 75 octets at most, and are whole again when unfolded', () => {
  for (const letter of ['a', 'é', '字', '🐟', 'a🐟é字', ',']) {
    const title = letter.repeat(150)
    const text = calendar({ title, start: Date.UTC(2031, 0, 1) }, 0)
    for (const line of text.split('\r\n')) {
      assert.ok(Buffer.byteLength(line) <= 75, line)
      assert.ok(!line.includes('\ufffd') && Buffer.from(line).toString() === line, 'no character is cut')
    }
    assert.ok(text.replace(/\r\n /g, '').includes(`SUMMARY:${title.replaceAll(',', '\\,')}\r\n`))
  }
})

test('how long it is until then is a clock, and days where it is far; of what was, how long ago', () => {
  const hour = 3_600_000
  const said = [[1, 'en', '00:00:01'], [90_500, 'en', '00:01:31'], [26 * hour, 'en', '26:00:00'], [72 * hour, 'en', 'in 3 days'], [0, 'en', 'now'], [-90_000, 'en', '1 hour ago'], [-5 * hour, 'en', '5 hours ago'], [-24 * 10 * hour, 'en', '10 days ago'], [72 * hour, 'de', 'in 3 Tagen'], [0, 'fr', 'maintenant']]
  for (const [milliseconds, lang, expected] of said) assert.equal(away(milliseconds, lang), expected)
  assert.match(away(90_500, 'fa'), /^۰۰:۰۱:۳۱$/)
})

test('the words are there in each language of the interface', () => {
  assert.deepEqual(Object.keys(WORDS).sort(), [...words.LOCALES].sort())
  for (const [lang, table] of Object.entries(WORDS)) {
    assert.equal(table.lang, lang)
    for (const [id, word] of Object.entries(table)) {
      assert.ok(word.trim() === word && word.length > 0, `${lang}: ${id}`)
      const isSame = word === WORDS.en[id]
      assert.ok(lang === 'en' || !isSame || (lang === 'fr' && id === 'signatures'), `${lang}: ${id} is English`)
    }
  }
})
