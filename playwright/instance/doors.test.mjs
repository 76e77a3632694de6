// Who may see a video: a password, a sign-in, a token for its files; and that none of them goes where it does not belong.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { World, answer, instance, json } from './instance.mjs'

const { Api, Doors, readVideo } = instance
const AT = 'http://localhost:9000'
const ASKED = `${AT}/api/v1/videos/4`

function opened(answers, password) {
  const world = new World()
  world.answers = answers
  return { world, doors: new Doors({ origin: AT }, new Api(world), password) }
}

async function come(world, promise) {
  let result
  promise.then(value => (result = { value }), error => (result = { fault: error.fault ?? error }))
  await world.advance(60_000)
  return result
}

/** As on the instance's own pages, with what PeerTube keeps there. */
function signIn(entries, origin = AT) {
  globalThis.location = { origin }
  globalThis.localStorage = { getItem: key => entries[key] ?? null }
}
afterEach(() => {
  delete globalThis.location
  delete globalThis.localStorage
})

test('the recorded password video: asked with its word, opened with a token, in every address of its own', async () => {
  const { world, doors } = opened((url, { headers }) =>
    headers?.['x-peertube-video-password'] !== 'sesame' ? answer(json('password/no-password.json'), 403) : answer(json(url.endsWith('/token') ? 'password/token.json' : 'password/video.json')), 'sesame')
  const { value } = await come(world, doors.ask(ASKED))
  const video = readVideo(value, AT)
  const { source, integrity } = (await come(world, doors.open(video, new AbortController().signal))).value
  const [token] = world.asked.slice(1)
  assert.deepEqual([token.url, token.init.method, token.init.body], [`${AT}/api/v1/videos/${video.uuid}/token`, 'POST', undefined])
  assert.equal(source.url, `${video.source.url}?videoFileToken=REDACTED-UUID&reinjectVideoFileToken=true`)
  assert.equal(integrity, `${video.integrity}?videoFileToken=REDACTED-UUID`)
  assert.equal(doors.address('https://elsewhere.example/captions.vtt'), 'https://elsewhere.example/captions.vtt', 'no token for others')
})

test('a token is replaced before it has run out, sooner where nobody sees it; a clock that is wrong is not believed', async () => {
  const clock = Date.now
  const from = Date.now()
  try {
    const lasting = async expires => {
      Date.now = () => from
      const { world, doors } = opened([answer({ files: { token: 'one', expires } }), answer({ files: { token: 'two', expires } })], 'sesame')
      const video = readVideo(json('password/video.json'), AT)
      const open = async () => (await come(world, doors.open(video, new AbortController().signal))).value.source.url
      await open()
      return { doors, open, after: ms => { Date.now = () => from + ms } }
    }
    const hour = 3_600_000
    for (const expires of [new Date(from + 8 * hour).toISOString(), new Date(from - hour).toISOString(), new Date(from + 1000 * hour).toISOString(), 7, undefined]) {
      const { doors, open, after } = await lasting(expires)
      after(5 * hour)
      assert.deepEqual([doors.ages(true), doors.ages(false)], [false, false], String(expires))
      after(6 * hour)
      assert.deepEqual([doors.ages(true), doors.ages(false)], [true, false])
      after(7.5 * hour)
      assert.deepEqual([doors.ages(true), doors.ages(false)], [true, true])
      assert.match(await open(), /videoFileToken=two/)
    }
    const { doors } = await lasting(new Date(from + 20_000).toISOString())
    assert.equal(doors.patience, 1000)
  } finally {
    Date.now = clock
  }
})

test('a public video is opened without a request', async () => {
  const { world, doors } = opened([])
  const video = readVideo(json('vod-muxed-60s/video.json'), AT)
  assert.deepEqual((await come(world, doors.open(video, new AbortController().signal))).value, video)
  assert.equal(world.asked.length, 0)
})

test('any password can be sent as a header takes it: Latin-1 as it is, what no header holds as bytes to be refused', async () => {
  const sent = async password => {
    const { world, doors } = opened([answer({})], password)
    await come(world, doors.ask(ASKED))
    const header = world.asked[0].init.headers['x-peertube-video-password']
    new Headers({ header })
    return header
  }
  assert.equal(await sent('open sesame!'), 'open sesame!')
  assert.equal(await sent('Sésame'), 'Sésame')
  assert.equal(Buffer.from(await sent('開け'), 'latin1').toString(), '開け')
  assert.equal(await sent('a\r\nhost: evil'), 'ahost: evil')
  assert.equal((await sent('x'.repeat(100_000))).length, 1000)
})

test('who is signed in on the instance is so here, on its own pages alone', async () => {
  const tokens = { access_token: 'secret', token_type: 'Bearer' }
  const header = async () => {
    const { world, doors } = opened([answer({})])
    await come(world, doors.ask(ASKED))
    return world.asked[0].init.headers?.authorization
  }
  signIn(tokens)
  assert.equal(await header(), 'Bearer secret')
  for (const odd of [{}, { ...tokens, token_type: 'mac' }, { ...tokens, access_token: 'a b\r\nc' }]) {
    signIn(odd)
    assert.equal(await header(), undefined)
  }
  signIn(tokens, 'https://blog.example')
  assert.equal(await header(), undefined, 'another site\'s storage is its own')
  globalThis.location = { origin: AT }
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: () => { throw new Error('sandboxed') } })
  assert.equal(await header(), undefined)
})

test('what a viewer has signed in with follows no redirect', async () => {
  signIn({ access_token: 'secret', token_type: 'Bearer' })
  const { world, doors } = opened([answer({})])
  await come(world, doors.ask(ASKED))
  assert.equal(world.asked[0].init.redirect, 'error')
})

test('a sign-in that has run out is as none', async () => {
  signIn({ access_token: 'old', token_type: 'Bearer' })
  const { world, doors } = opened((_, { headers }) => (headers?.authorization ? answer({ code: 'invalid_token', detail: 'Invalid token' }, 401) : answer({ uuid: 'x' })))
  assert.deepEqual((await come(world, doors.ask(ASKED))).value, { uuid: 'x' })
  assert.deepEqual(world.asked.map(({ init }) => init.headers?.authorization), ['Bearer old', undefined])
})
