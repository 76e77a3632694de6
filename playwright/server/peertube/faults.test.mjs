// The local instance in every kind of trouble that a player has to survive: each switch does what it says, and undoes it.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startServer } from '../server.mjs'
import { MARKUP } from './lies.mjs'
import { DEFAULTS } from './switches.mjs'

let server, instance, clock
before(async () => {
  clock = { now: 1_800_000_000_000 }
  server = await startServer({ instance: true, clock: () => clock.now })
  instance = server.instance
})
after(() => server.close())
beforeEach(() => {
  Object.assign(instance.switches, DEFAULTS)
  instance.limiter.clear()
})

const get = (path, headers) => fetch(new URL(path, server.url), { headers })
const video = async (key = 'vod') => (await get(`api/v1/videos/${instance.catalog.videos.get(key).uuid}`)).json()

test('the 51st call in ten seconds is refused with the time to wait, and the next ten seconds are new', async () => {
  const statuses = []
  for (let i = 0; i < 51; i++) statuses.push((await get('api/v1/config')).status)
  assert.deepEqual([statuses.filter(status => status === 200).length, statuses.at(-1)], [50, 429])
  clock.now += 3000
  const refused = await get('api/v1/config', { origin: 'https://elsewhere.example' })
  assert.equal(refused.headers.get('retry-after'), '7')
  assert.equal(refused.headers.get('access-control-expose-headers'), 'Retry-After')
  assert.equal((await get('api/v1/config', { 'x-forwarded-for': '198.51.100.7' })).status, 200, 'another address has calls of its own')
  assert.equal((await get(instance.tell(instance.catalog.videos.get('vod')).streamingPlaylists[0].playlistUrl)).status, 200, 'files are not counted')
  assert.equal((await get(instance.watch('vod'), { accept: 'application/activity+json' })).status, 200, 'nor is this')
  assert.equal(instance.limiter.refused, 2)
  clock.now += 7000
  assert.equal((await get('api/v1/config')).status, 200)
})

test('an instance that is down answers nothing, and a slow one late', async () => {
  instance.switches.down = true
  await assert.rejects(get('api/v1/config'))
  await assert.rejects(get(instance.watch('vod')))
  assert.equal((await get('media/vod/master.m3u8')).status, 200, 'the rest of the origin is there')
  Object.assign(instance.switches, { down: false, slowMs: 300 })
  const began = Date.now()
  await get('api/v1/config')
  assert.ok(Date.now() - began >= 290)
})

test('half an instance: no tracker, one at another port, no digests', async () => {
  instance.switches.tracker = 'none'
  assert.deepEqual((await video()).trackerUrls, [])
  assert.equal((await (await get('api/v1/config')).json()).tracker.enabled, false)
  instance.switches.tracker = 'elsewhere'
  assert.deepEqual((await video()).trackerUrls, ['http://127.0.0.1:9/tracker/announce', 'ws://127.0.0.1:9/tracker/socket'])
  const [{ segmentsSha256Url }] = (await video()).streamingPlaylists
  instance.switches.digests = false
  assert.equal((await video()).streamingPlaylists[0].segmentsSha256Url, null)
  assert.equal((await get(segmentsSha256Url)).status, 404)
})

test('a later version says what it added, and an earlier one does not', async () => {
  const { uuid } = instance.catalog.videos.get('vod')
  const allowed = () => get(`api/v1/videos/${uuid}/embed-privacy/allowed?domain=friends.example`)
  assert.equal((await allowed()).status, 404)
  Object.assign(instance.switches, { version: '8.2.0', domains: ['friends.example'], schedules: ['2026-12-01T20:00:00.000Z'] })
  assert.deepEqual(await (await allowed()).json(), { domainAllowed: true, userBypassAllowed: false })
  const told = await video()
  assert.equal(told.thumbnails[0].fileUrl, instance.origin + told.thumbnailPath)
  assert.match(told.trackerUrls[0], /^ws:/)
  const captions = await (await get(`api/v1/videos/${uuid}/captions`)).json()
  assert.ok(captions.data.every(({ fileUrl, captionPath }) => fileUrl.startsWith(instance.origin) && captionPath === undefined))
  assert.deepEqual((await video('live')).liveSchedules, [{ startAt: '2026-12-01T20:00:00.000Z' }])
  const object = await (await get(instance.watch('vod'), { accept: 'application/activity+json' })).json()
  assert.ok(Array.isArray(object.hasParts))
})

test('lies: other schemes, other hosts, markup in every name, and a million of everything', async () => {
  instance.switches.lies = 'scheme'
  assert.match((await video()).streamingPlaylists[0].playlistUrl, /^javascript:/)
  instance.switches.lies = 'foreign'
  assert.match((await video()).streamingPlaylists[0].playlistUrl, /^http:\/\/127\.0\.0\.1:9\//)
  instance.switches.lies = 'html'
  assert.equal((await video()).channel.displayName, MARKUP)
  const [escaped] = /title="[^"]*"/.exec((await (await get(`services/oembed?url=${instance.watch('vod')}`)).json()).html)
  assert.ok(!escaped.includes('<'), 'our own pages escape it')
  assert.ok(!(await (await get(instance.watch('vod'))).text()).includes('<script>'), 'here too')
  instance.switches.lies = 'million'
  assert.equal((await video()).trackerUrls.length, 100_000)
})

test('a redundancy server has the same files, until it lies or is gone', async () => {
  const [{ redundancies, files, playlistUrl }] = (await video('redundant')).streamingPlaylists
  const name = files[0].fileUrl.slice(files[0].fileUrl.lastIndexOf('/'))
  const [own, copy] = [new URL(name.slice(1), playlistUrl), redundancies[0].baseUrl + name]
  const bytes = async url => Buffer.from(await (await get(url)).arrayBuffer())
  const right = await bytes(own)
  assert.ok(right.equals(await bytes(copy)))
  instance.switches.redundancy = 'altered'
  const wrong = await bytes(copy)
  assert.ok(wrong.length === right.length && !wrong.equals(right))
  instance.switches.redundancy = 'gone'
  assert.equal((await get(copy)).status, 404)
})

test('a video from elsewhere has its files and trackers there', async () => {
  instance.switches.remote = 'https://tube.example'
  const told = await video('remote')
  assert.match(told.streamingPlaylists[0].playlistUrl, /^https:\/\/tube\.example\//)
  assert.deepEqual(told.trackerUrls, ['https://tube.example/tracker/announce', 'wss://tube.example/tracker/socket'])
  assert.equal(told.account.host, 'tube.example')
  assert.equal(told.isLocal, false)
})

test('a video without a stream has plain files, and one that is not ready has nothing', async () => {
  const plain = await video('webvideo')
  assert.equal(plain.streamingPlaylists.length, 0)
  for (const { fileUrl } of plain.files) assert.equal((await get(fileUrl, { range: 'bytes=0-99' })).status, 206)
  const { state, streamingPlaylists } = await video('transcoding')
  assert.deepEqual([state.id, streamingPlaylists], [2, []])
})
