// What the page where notes are written is made of: steps that can be taken back, plain text, what a format cannot carry, where a
// text is wrong. The page itself is the case `annotate`.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'

const source = join(import.meta.dirname, '../../www/src/annotate')
const contents = ['history', 'plain', 'reading', 'times', 'work', 'writing'].map(name => `export * from './${name}.ts'\n`).join('')
const { outputFiles: [bundle] } = await esbuild.build({ stdin: { contents, resolveDir: source, loader: 'ts' }, bundle: true, format: 'esm', target: 'es2022', write: false })
const { History, Work, clockOf, fromPlain, read, toPlain, write } = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)

test('two hundred steps are kept, and what is typed in one go is one', () => {
  const history = new History(0)
  for (let i = 1; i <= 300; i++) history.commit(i, `step ${i}`, i)
  assert.equal(history.undo(), 'step 300')
  let steps = 1
  while (history.undo()) steps += 1
  assert.deepEqual([steps, history.now, history.canUndo], [200, 100, false])
  assert.equal(history.redo(), 'step 101')
  history.commit(-1, 'another', 0)
  assert.equal(history.canRedo, false, 'another way, and the old one is gone')

  const typed = new History('')
  typed.commit('a', 'the text', 0, 'text 1')
  typed.commit('ab', 'the text', 900, 'text 1')
  typed.commit('abc', 'the text', 2000, 'text 1')
  typed.commit('abcd', 'the text', 2100, 'text 2')
  assert.deepEqual([typed.undo() && typed.now, typed.undo() && typed.now, typed.undo() && typed.now, typed.undo()], ['abc', 'ab', '', undefined])
  typed.redo()
  typed.commit('abX', 'the text', 2150, 'text 1')
  assert.equal(typed.undo() && typed.now, 'ab', 'nothing goes on in a step that was taken back')
})

test('a plain text is read as it was written, and HTML with more in it is none', () => {
  for (const text of ['', 'a < b & c > d', 'two\nlines\n\nand more\n', ' &amp; ', '<br>', 'ünï “x”']) assert.equal(toPlain(fromPlain(text)), text)
  for (const html of ['<b>a</b>', 'a & b', 'a<br>b', 'two\nlines', '&nbsp;', 'a > b']) assert.equal(toPlain(html), undefined, html)
})

test('notes are in the order of time, the one that was deleted leaves the next open, and a list has an end', () => {
  let changes = 0
  const work = new Work(() => (changes += 1))
  work.add(9.1234, 60)
  work.add(3, 60)
  assert.deepEqual(work.drafts.map(({ start, end }) => [start, end]), [[3, 8], [9.123, 14.123]])
  assert.deepEqual(work.notes, [], 'without a text it is none')
  work.change(work.open.id, { html: 'a' }, 'the text', true)
  work.change(work.open.id, { html: 'a' }, 'the text', true)
  assert.equal(changes, 3, 'what changes nothing is no step')
  work.remove(work.open.id)
  assert.equal(work.open.start, 9.123)
  work.add(58, 60)
  assert.equal(work.open.end, undefined, 'not beyond the end of the video')
  assert.equal(work.take(Array.from({ length: 510 }, (_, start) => ({ start, align: 'top', pause: false, html: 'a' })), false, 'all'), 10)
  assert.equal(work.add(1, 60), false)
})

test('what a format cannot carry is said, and nothing else', () => {
  const note = more => ({ id: 1, start: 1, end: 2, align: 'top', pause: false, html: 'a', ...more })
  const losses = (drafts, writing, duration = 60) => write(drafts, writing, duration).losses
  for (const writing of ['text', 'vtt', 'json']) assert.deepEqual(losses([note()], writing), [], writing)
  assert.match(losses([note({ html: ' ' })], 'json')[0], /^The note at 0:01 has no text yet, and is left out\.$/)
  assert.match(losses([note({ end: undefined }), note({ start: 5, end: undefined })], 'vtt')[0], /^The notes at 0:01, 0:05 have no end.* 1:00, that of the video/)
  assert.match(write([note({ end: undefined })], 'vtt', Infinity).text, /99:59:59\.999/)
  assert.deepEqual(losses([note({ html: 'a\n\nb', pause: true, align: 'center', end: 2.5 })], 'text').map(loss => /: (\w+ \w+)/.exec(loss.replace('The note at 0:01', 'x'))[1]), ['empty lines', 'playback stops', 'in the', 'between two'])
  assert.match(losses([note({ start: 1.00049 })], 'vtt')[0], /^The note at 0:01.*: not the same when it is read again/, 'what nobody thought of, too')
  assert.match(losses([note({ html: 'a'.repeat(10_001) })], 'json')[0], /first 10000 characters/)
})

test('a text that cannot be read is named by its line, however it is wrong', () => {
  const lines = text => read(text).problems.map(({ line }) => line)
  assert.deepEqual(lines('1 --> 2\na\n\nb'), [4])
  assert.deepEqual(lines('[\n\n{ "start": 1,\n "text": "a" },\n{ "start": 2 }\n]'), [5])
  assert.deepEqual(lines('{"annotations": [\n{ "start": 1, "text": "a" },\n{ "start": "?", "text": "b" }]}'), [3])
  assert.deepEqual(lines('[\n{ "start": 1, }\n]'), [2])
  assert.deepEqual(lines(' '.repeat(500_001) + 'a'), [1])
  assert.deepEqual(lines('['.repeat(400_000)), [1])
  assert.deepEqual(lines('[{ "start": 1, "text": "a", "x": ' + '['.repeat(100_000) + ']'.repeat(100_000) + ' }, 5]').length, 2)
  assert.deepEqual(read('\ufeff1 --> 2\r\na\r\n').notes.length, 1)
  assert.ok(read('nothing\n\n'.repeat(5000)).problems.length === 5000)
})

test('times are written so that they are read again', () => {
  assert.deepEqual([0, 12, 12.4, 62.05, 3723.001].map(clockOf), ['0:00', '0:12', '0:12.4', '1:02.05', '1:02:03.001'])
})
