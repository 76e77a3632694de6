// What a video becomes: heard of where the instance says it, asked for where it does not; never so often that a crowd of
// viewers would be a burden, and never all at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World, instance } from './instance.mjs'

const { States, ClientLog } = instance
const LIVE = { id: 7, live: true, state: 'waiting', schedules: [], source: undefined }
const SOURCE = { kind: 'hls', url: 'https://tube.example/master.m3u8' }

/** A live as an instance tells it, and what was done about it. */
function followed(state, { listens = true, starving = true, ...more } = {}) {
  const world = new World()
  const told = { ...LIVE, state, ...more }
  const asked = []
  const around = {
    ask: async () => {
      asked.push(world.time)
      return [{ ...told }]
    },
    starves: () => starving,
    viewers: () => {},
  }
  const ended = new AbortController()
  let line
  if (listens) around.listen = async listener => ((line = listener), () => { line = undefined })
  const states = new States(around, world, ended.signal)
  let next
  const wait = () => void states.next([{ ...told }]).then(([video]) => (next = video), error => (next = error))
  return { world, told, asked, states, wait, ended, line: () => line, next: () => next }
}

test('where nothing is said, a live that is waited for is asked about ever more seldom, and is there when it has begun', async () => {
  const { world, told, asked, wait, next } = followed('waiting', { listens: false })
  wait()
  await world.advance(600_000)
  const pauses = asked.map((at, i) => at - (asked[i - 1] ?? 0))
  assert.deepEqual(pauses.slice(0, 5), [10_000, 15_000, 22_500, 33_750, 50_625])
  assert.ok(pauses.slice(5).every(pause => pause === 60_000), String(pauses))
  told.state = 'published'
  told.source = SOURCE
  await world.advance(60_000)
  assert.equal(next().state, 'published')
})

test('what is said is believed: that it is over without a question, that it is there with one', async () => {
  const { world, told, asked, wait, line, next } = followed('published')
  wait()
  await world.advance(0)
  line().opened()
  await world.advance(1_000)
  assert.equal(asked.length, 1, 'what was said before it was heard')
  line().state(5)
  await world.advance(0)
  assert.deepEqual([next().state, asked.length], ['ended', 1])
  Object.assign(told, { state: 'ended' })
  wait()
  told.state = 'published'
  line().state(1)
  await world.advance(2_000)
  assert.deepEqual([next().state, asked.length], ['published', 2])
})

test('who listens does not ask, and who is cut off asks again, later', async () => {
  const { world, asked, wait, line } = followed('waiting')
  wait()
  await world.advance(0)
  line().opened()
  await world.advance(3_600_000)
  assert.equal(asked.length, 1)
  line().lost()
  await world.advance(1_000)
  assert.equal(asked.length, 1, 'not at once: all are cut off at the same time')
  await world.advance(60_000)
  assert.ok(asked.length >= 2)
})

test('a live on air is asked about only when it stands still or fails', async () => {
  const plays = followed('published', { listens: false, starving: false })
  plays.wait()
  await plays.world.advance(3_600_000)
  assert.equal(plays.asked.length, 0)
  plays.states.doubt()
  await plays.world.advance(0)
  assert.equal(plays.asked.length, 1)
  const stands = followed('published', { listens: false })
  stands.wait()
  await stands.world.advance(60_000)
  assert.ok(stands.asked.length >= 2 && stands.asked.length <= 5, String(stands.asked))
})

test('what its instance ends is over, whatever is still said of it', async () => {
  const { world, wait, line, states, next } = followed('published')
  wait()
  await world.advance(0)
  line().forceEnd()
  assert.equal(states.heard, true)
  await world.advance(0)
  assert.equal(next().state, 'ended')
})

test('who leaves is heard of no more, even while the line is being opened', async () => {
  const { world, wait, ended, line, next } = followed('waiting')
  wait()
  ended.abort()
  await world.advance(1_000)
  assert.equal(line(), undefined)
  assert.equal(next().name, 'AbortError')
})

test('a live that is announced is asked about when its hour has come', async () => {
  const { world, asked, wait } = followed('waiting', { listens: false, schedules: [Date.now() + 4_000] })
  wait()
  await world.advance(5_100)
  assert.equal(asked.length, 1)
  assert.ok(asked[0] >= 4_000, String(asked))
})

test('errors are told in PeerTube\'s shape: each once, few in all, without the address of other sites, and not after a refusal', async () => {
  const told = []
  const log = (origin, page, post = async body => told.push(body)) => new ClientLog({ origin, uuid: 'u-1' }, page, '1.2.3', post)
  const fault = name => ({ culprit: 'origin', code: 2, name, message: `${name} happened.`, tried: '' })
  const there = 'https://tube.example'
  const own = log(there, { origin: there, pathname: '/videos/embed/u-1' })
  for (const name of ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g']) await own.failed(fault(name))
  assert.equal(told.length, 5)
  assert.deepEqual(Object.keys(told[0]), ['message', 'url', 'level', 'meta'])
  assert.deepEqual([told[0].message, told[0].url, told[0].level], ['a: a happened.', `${there}/videos/embed/u-1`, 'error'])
  assert.deepEqual(JSON.parse(told[0].meta), { player: 'sprat 1.2.3', video: 'u-1', culprit: 'origin', code: 2 })
  await log('https://other.example', { origin: 'https://blog.example', pathname: '/secret' }).failed(fault('a'))
  assert.equal(told[5].url, 'https://blog.example')
  let posts = 0
  const deaf = log('https://deaf.example', { origin: 'https://blog.example', pathname: '/' }, async () => { posts += 1; throw new Error('403') })
  for (const name of ['a', 'b', 'c']) await deaf.failed(fault(name))
  assert.equal(posts, 1)
})
