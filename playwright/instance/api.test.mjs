// An instance is asked within its limits, as long as it takes and no longer; what it answers is JSON or a fault with a culprit.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World, answer, instance, json } from './instance.mjs'

const { Api } = instance
const URL_ = 'https://tube.example/api/v1/videos/12'
const problem = (name, status, headers) => answer(json(name), status, headers)

/** What comes of one question, with as much time as it wants. */
async function asked(answers, request, patience = 300_000) {
  const world = new World()
  world.answers = answers
  let result
  new Api(world).ask(URL_, request).then(json => (result = { json }), error => (result = { fault: error.fault ?? error }))
  await world.advance(patience)
  return { ...result, world }
}

test('a JSON answer is taken as it is', async () => {
  assert.deepEqual((await asked([answer({ uuid: 'x' })])).json, { uuid: 'x' })
})

test('a problem document says whose fault it is and what happens next', async () => {
  for (const [body, status, name, code] of [
    ['password/no-password.json', 403, 'password-needed', 4],
    ['password/wrong-password.json', 403, 'password-wrong', 4],
    ['private/anonymous.json', 401, 'sign-in-needed', 4],
    ['private/master-no-token.json', 403, 'forbidden', 4],
    ['video-not-found.json', 404, 'video-missing', 4],
    ['live-once-replay/live-anonymous.json', 404, 'video-missing', 4],
    ['video-bad-id.json', 400, 'address-refused', 4],
    ['playlist/videos-count-too-big.json', 400, 'address-refused', 4],
  ]) {
    const { fault, world } = await asked([problem(body, status)])
    assert.deepEqual([fault.culprit, fault.name, fault.code], ['origin', name, code], body)
    assert.ok(fault.message.length > 0 && fault.tried.length > 0)
    assert.equal(world.asked.length, 1, 'asking again would not help')
  }
  assert.equal((await asked([answer('', 410)])).fault.name, 'video-gone')
  assert.equal((await asked([answer({ detail: 'Gone' }, 410)], { what: 'playlist' })).fault.name, 'playlist-gone')
  assert.equal((await asked([answer({ code: 'does_not_respect_follow_constraints', detail: 'No' }, 403)])).fault.name, 'not-followed')
  assert.equal((await asked([answer('<h1>Not found</h1>', 404)])).fault.name, 'no-instance')
})

test('a server that fails, or a network that does, is asked three times, ever later', async () => {
  for (const failure of [() => answer('', 502), () => new TypeError('network')]) {
    const { json, world } = await asked([failure(), failure(), answer({ ok: 1 })])
    assert.deepEqual(json, { ok: 1 })
    assert.deepEqual(world.asked.map(({ at }) => at), [0, 1000, 3000])
  }
  const { fault, world } = await asked([1, 2, 3, 4].map(() => new TypeError('network')))
  assert.deepEqual([fault.name, fault.code, world.asked.length], ['instance-unreachable', 2, 3])
  assert.equal((await asked([1, 2, 3, 4].map(() => answer('', 503)))).fault.name, 'instance-failing')
})

test('an instance that does not answer is let go after a while', async () => {
  const { fault, world } = await asked([])
  assert.equal(fault.name, 'instance-slow')
  assert.deepEqual(world.asked.map(({ at }) => at), [0, 16_000, 33_000])
})

test('Retry-After is waited for, in seconds or as a date, and not beyond half a minute', async () => {
  const limited = value => answer('', 429, { 'retry-after': value })
  const { json, world } = await asked([limited('7'), answer({ ok: 1 })])
  assert.deepEqual(json, { ok: 1 })
  assert.deepEqual(world.asked.map(({ at }) => at), [0, 7000])
  const dated = await asked([limited(new Date(Date.now() + 5_500).toUTCString()), answer({ ok: 1 })])
  assert.ok(dated.world.asked[1].at > 3000 && dated.world.asked[1].at < 6000, `${dated.world.asked[1].at}`)
  const long = await asked([limited('86400'), answer({ ok: 1 })])
  assert.equal(long.fault.name, 'too-many-requests')
  assert.equal(long.world.asked.length, 1, 'an instance that says a day is not asked again')
})

test('while an instance asks for a pause nobody on the page asks it, and others are asked as ever', async () => {
  const world = new World()
  world.answers = url => (url.includes('/first') && world.time === 0 ? answer('', 429, { 'retry-after': '9' }) : answer({}))
  const api = new Api(world)
  const urls = ['https://tube.example/first', 'https://tube.example/second', 'https://other.example/third']
  const first = api.ask(urls[0])
  await world.advance(1000)
  const [second, third] = [api.ask(urls[1]), api.ask(urls[2])]
  await world.advance(20_000)
  await Promise.all([first, second, third])
  assert.deepEqual(world.asked.map(({ url, at }) => [url.at(-1), at]), [['t', 0], ['d', 1000], ['t', 9000], ['d', 9000]])
})

test('thirty embeds that all play at once stay below fifty calls in any ten seconds, and all get theirs', async () => {
  const world = new World()
  world.answers = () => answer({})
  const api = new Api(world)
  const embeds = Array.from({ length: 30 }, (_, n) => Promise.all(['', '/captions', '/chapters', '/storyboards', '/token']
    .map(path => api.ask(`https://tube.example/api/v1/videos/${n + 1}${path}`, path === '' ? { urgency: 'now' } : {}))))
  await world.advance(60_000)
  await Promise.all(embeds)
  const at = world.asked.map(({ at }) => at)
  assert.equal(at.length, 150)
  for (const from of at) assert.ok(at.filter(time => time >= from && time < from + 10_000).length <= 40, `from ${from} ms`)
  // Eight embeds were at it when the window was full; then the others' videos go before everybody's captions.
  assert.deepEqual(world.asked.filter(({ at }) => at === 10_000).slice(0, 22).map(({ url }) => /\/\d+$/.test(url)), Array(22).fill(true))
})

test('what nobody waits for is left out rather than kept for later', async () => {
  const world = new World()
  world.answers = () => answer('', 204)
  const api = new Api(world)
  for (let n = 0; n < 100; n++) api.tell('https://tube.example/api/v1/videos/1/views', { currentTime: n })
  await world.advance(60_000)
  assert.equal(world.asked.length, 40)
  assert.deepEqual(JSON.parse(world.asked[3].init.body), { currentTime: 3 })
  assert.equal(world.asked[3].init.method, 'POST')
  assert.equal(world.asked[3].init.headers['content-type'], 'application/json')
})

test('an answer without an end is let go, and so is one that is no JSON', async () => {
  let sent = 0
  const endless = () => new Response(new ReadableStream({ pull: controller => { sent += 65_536; controller.enqueue(new Uint8Array(65_536).fill(32)) } }))
  assert.equal((await asked([endless()])).fault.name, 'instance-unreadable')
  assert.ok(sent < 6_000_000, `${sent} bytes were read`)
  assert.equal((await asked([answer('<html>a portal of a hotel</html>')])).fault.name, 'instance-unreadable')
})

test('an element that goes takes its question along', async () => {
  const world = new World()
  const abort = new AbortController()
  let error
  new Api(world).ask(URL_, { signal: abort.signal }).catch(e => (error = e))
  await world.advance(10)
  assert.equal(world.asked[0].init.signal.aborted, false)
  abort.abort()
  await world.advance(10)
  assert.equal(world.asked[0].init.signal.aborted, true)
  assert.equal(error.name, 'AbortError')
  await world.advance(60_000)
  assert.equal(world.asked.length, 1)
})
