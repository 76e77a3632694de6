// Notes over the picture: the same of three writings, what is no note, and that what is written is read again as it was.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'

const root = join(import.meta.dirname, '../..')
const { outputFiles: [bundle] } = await esbuild.build({ entryPoints: [join(root, 'www/src/plugins/annotations/format.ts')], bundle: true, format: 'esm', target: 'es2022', write: false })
const { ALIGNS, readNotes, writeJson, writeText, writeVtt } = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)
const fixture = name => readFileSync(join(root, 'tests/fixtures/annotations', name), 'utf8')

const NOTES = [
  { start: 2, end: 6, align: 'top-left', pause: false, html: '<p>Hello <b>world</b>, <a href="https://example.org/more">more</a></p>' },
  { start: 5, end: 9, align: 'top-right', pause: false, html: 'Plain, at the usual place' },
  { start: 12, align: 'bottom', pause: true, html: '<p>Which is <i>it</i>?</p>' },
]

test('three writings say the same', () => {
  assert.deepEqual(readNotes(fixture('notes.txt')), NOTES)
  assert.deepEqual(readNotes(fixture('notes.txt').replaceAll('\n', '\r\n')), NOTES, 'with the ends of lines that forms send')
  assert.deepEqual(readNotes(fixture('notes.json')), NOTES)
  // A cue has an end.
  assert.deepEqual(readNotes(fixture('notes.vtt')), NOTES.map(note => ({ end: 60, ...note })).map(({ start, end, ...rest }) => ({ start, end, ...rest })))
})

test('as the annotation plugin of PeerTube takes it: either time may be missing, not both, and blocks that are none are passed over', () => {
  assert.deepEqual(readNotes(' --> 4\nFrom the beginning\n\n-->\nNever\n\nno times\nat all\n\n7 --> 3\nBackwards\n\n8 --> \noptions: align=nowhere\nTo the end').map(({ start, end, align, html }) => [start, end, align, html]), [
    [0, 4, 'top-right', 'From the beginning'],
    [8, undefined, 'top-right', 'To the end'],
  ])
})

test('what is in none of the writings is nothing, and what is no note is none', () => {
  for (const text of ['{', 'hello', '{"a":1}', '[1', '"text"']) assert.equal(readNotes(text), undefined, text)
  assert.deepEqual(readNotes(''), [])
  assert.deepEqual(readNotes('WEBVTT\n\nnothing'), [])
  assert.deepEqual(readNotes(JSON.stringify([null, 1, 'a', {}, { start: -1, html: 'a' }, { start: 1 }, { start: 1, end: 1, html: 'a' }, { start: 'x', html: 'a' }, { start: 1, html: {} }])), [])
  assert.equal(readNotes(JSON.stringify({ annotations: Array.from({ length: 10_000 }, (_, start) => ({ start, html: 'a' })) })).length, 500)
  assert.equal(readNotes(JSON.stringify([{ start: 0, html: 'a'.repeat(1e6) }]))[0].html.length, 10_000)
  assert.deepEqual(readNotes(JSON.stringify([{ start: 1, text: '<b>&' }]))[0].html, '&lt;b&gt;&amp;')
  const began = performance.now()
  readNotes('1 --> 2\n'.repeat(50_000))
  readNotes(`WEBVTT\n\n${'0'.repeat(200_000)}:`)
  assert.ok(performance.now() - began < 2000, 'in time that grows with its length')
})

test('what is written is read again as it was', () => {
  const notes = [...NOTES, ...ALIGNS.map((align, i) => ({ start: 20 + i, end: 21.25 + i, align, pause: i % 2 === 0, html: `At the ${align} <em>é &amp; 字</em>\nin two lines` }))]
  assert.deepEqual(readNotes(writeText(notes)), notes)
  assert.deepEqual(readNotes(writeJson(notes)), notes)
  assert.deepEqual(readNotes(writeVtt(notes, 60)), notes.map(({ start, end = 60, ...rest }) => ({ start, end, ...rest })))
  assert.deepEqual(readNotes(writeText([])), [])
})

test('whoever writes them is told what is wrong, and in which line', () => {
  const told = text => {
    const heard = []
    readNotes(text, (fault, at) => heard.push(`${at} ${fault}`))
    return heard
  }
  for (const name of ['notes.txt', 'notes.json', 'notes.vtt']) assert.deepEqual(told(fixture(name)), [], name)
  assert.deepEqual(told('\n\n2 --> 6\noptions: align=nowhere pause=maybe colour=red\nText\n\nno times\n\n7 --> 3\nBackwards\n\n9 -->\n\nx --> 5\na\n\n5 --> y\nb'), [
    '4 option', '4 align', '4 pause', '7 times', '9 backwards', '12 empty', '14 start', '17 end',
  ])
  assert.deepEqual(told('hello'), ['1 times'])
  assert.deepEqual(told('WEBVTT\n\nNOTE no note\n\nname\n00:01.000 --> 00:02.000 line:0\n{ "html": \n\n1 --> 2\nText\n\n00:03.000 --> 00:02.000\n{ "html": "a", "align": "up" }'), [
    '6 settings', '7 json', '9 times', '12 backwards', '13 align',
  ])
  assert.deepEqual(told('[{ "start": 1, "text": "a" }, { "start": "soon", "html": "" }, 3]'), ['2 start', '2 empty', '3 start', '3 empty'])
  assert.deepEqual(told(`5 --> 6\n${'a'.repeat(10_001)}`), ['1 long'])
  assert.deepEqual(told(JSON.stringify(Array.from({ length: 501 }, (_, start) => ({ start, html: 'a' })))), ['501 many'])
  assert.deepEqual(told('1 -->\na\n\n'.repeat(501)), ['501 many'])
})

test('an arrow in a note is none of the file', () => {
  const notes = [{ start: 1, end: 2, align: 'top', pause: false, html: '<p>a --&gt; b --> c</p>' }]
  assert.equal(writeVtt(notes, 60).split('\n').filter(line => line.includes('-->')).length, 1)
  assert.deepEqual(readNotes(writeVtt(notes, 60)), notes)
})
