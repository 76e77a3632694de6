// Lists of what a site does not show: the forms in which they come, and what is barred by them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instance } from './instance.mjs'

const { namesIn, ownersOf, setBlocks, shared, heedBlocks } = instance

test('one name a line, the first column of a CSV, a JSON array, a mute list', () => {
  assert.deepEqual(namesIn('# ours\nbad.example\n@somebody@tube.example\n').filter(Boolean), ['bad.example', '@somebody@tube.example'])
  assert.deepEqual(namesIn('#domain,#severity,#reject_media\nbad.example,suspend,true\nworse.example,silence,false\n').filter(Boolean), ['bad.example', 'worse.example'])
  assert.deepEqual(namesIn('["bad.example", 7, null, "x@y.example"]'), ['bad.example', 'x@y.example'])
  assert.deepEqual(namesIn('{"data":[{"value":"bad.example"},{"value":"x@y.example","action":"add"},{"value":"bad.example","action":"remove"},{"action":"add"}]}'), ['x@y.example'])
  assert.deepEqual(namesIn('{"data": 1}'), [])
  assert.throws(() => namesIn('{"data": '))
})

test('a host is barred with what is below it and all of its accounts, an account alone', async () => {
  setBlocks(['Bad.example', '*.stars.example', '@Somebody@tube.example', 'https://whole.example/about', ''])
  const { bars } = await shared.blocks
  for (const name of ['bad.example', 'BAD.example', 'https://bad.example/w/1', 'https://bad.example:9000/w/1', 'https://deep.in.bad.example/', 'x@bad.example', 'x.y@sub.bad.example', 'a.stars.example', 'somebody@tube.example', 'acct:somebody@tube.example', 'https://whole.example/w/2'])
    assert.equal(bars(['https://good.example/', name]), name, name)
  for (const name of ['good.example', 'notbad.example', 'bad.example.org', 'https://tube.example/w/1', 'else@tube.example', 'example', '', 'bad', 'https://good.example/?bad.example'])
    assert.equal(bars([name]), undefined, name)
  await assert.rejects(heedBlocks(['https://bad.example/w/1']), ({ fault }) => fault.name === 'not-shown-here')
  await heedBlocks(['https://good.example/w/1'])
  setBlocks(['good.example'])
  await assert.rejects(heedBlocks(['https://good.example/w/1']), 'more is more')
  await assert.rejects(heedBlocks(['https://bad.example/w/1']), 'and what was before stays')
})

test('whose a video is', () => {
  assert.deepEqual(ownersOf({ account: { name: 'root', host: 'tube.example' }, channel: { name: 'news', host: 'tube.example' } }), ['root@tube.example', 'news@tube.example'])
  assert.deepEqual(ownersOf({ attributedTo: ['https://a.example/accounts/x', { type: 'Group', id: 'https://a.example/video-channels/y' }, 7, { id: 'nonsense' }] }), ['x@a.example', 'y@a.example'])
  assert.deepEqual(ownersOf(null), [])
})
