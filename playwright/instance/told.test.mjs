// What an instance hears, word for word as its own player says it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instance, sample } from './instance.mjs'

const { Views, Metrics, sessionOf } = instance

/** Bodies that PeerTube's own player sent, as they were recorded. */
const recorded = sample('wire/live.a.jsonl').split('\n').filter(line => line.includes('/views"') && line.includes('"post"')).map(line => JSON.parse(line).post)

function watched(video = { duration: 60, live: false }) {
  const bodies = []
  const views = new Views(video, 'llt55lHL9MjF9PNz8rbXxta6oW0tESlF', body => bodies.push(body))
  return { views, bodies }
}

test('a view and a seek have the bodies that the instance is used to', () => {
  const { views, bodies } = watched({ live: true })
  views.watching(0.4, 0)
  views.sought(16.7, 1000)
  const [start, seek] = recorded.map(post => JSON.parse(post))
  assert.deepEqual(seek, { currentTime: 16, viewEvent: 'seek', sessionId: start.sessionId })
  assert.deepEqual(bodies.map(body => JSON.stringify({ ...body, sessionId: start.sessionId })), [JSON.stringify({ ...start, currentTime: 0 }), recorded[1]])
})

test('it is said at the start and then every interval of playing, which the instance chooses within reason', () => {
  const { views, bodies } = watched()
  const play = (from, to) => {
    for (let ms = from; ms < to; ms += 250) views.watching(ms / 1000, ms)
  }
  play(0, 16_000)
  assert.deepEqual(bodies.map(({ currentTime }) => currentTime), [0, 5, 10, 15])
  views.interval = 10
  play(16_000, 20_000)
  assert.deepEqual(bodies.slice(4).map(({ currentTime }) => currentTime), [16, 17, 18, 19])
  views.interval = undefined
  views.interval = 1e9
  play(20_000, 80_000)
  assert.deepEqual(bodies.slice(8).map(({ currentTime }) => currentTime), [60])
})

test('no time is said that the instance would refuse', () => {
  const { views, bodies } = watched()
  for (const [n, time] of [-1, 61.5, NaN, Infinity, 59.99].entries()) views.watching(time, n * 10_000)
  assert.deepEqual(bodies.map(({ currentTime }) => currentTime), [0, 60, 0, 0, 59])
  const live = watched({ live: true })
  live.views.watching(90_000.5, 0)
  assert.equal(live.bodies[0].currentTime, 90_000)
})

test('a seek before anything was watched is no seek', () => {
  const { views, bodies } = watched()
  views.sought(30, 0)
  assert.deepEqual(bodies, [])
})

test('a session lasts as long as the tab, or as the page where there is no storage', () => {
  const kept = new Map()
  const storage = { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) }
  const session = sessionOf(() => storage)
  assert.match(session, /^[A-Za-z0-9]{32}$/)
  assert.deepEqual([...kept], [['peertube-videojs-session-id', session]])
  kept.set('peertube-videojs-session-id', 'a'.repeat(32))
  assert.equal(sessionOf(() => storage), 'a'.repeat(32))
  kept.set('peertube-videojs-session-id', '<script>')
  assert.equal(sessionOf(() => storage), session, 'what is no session is replaced')
  assert.equal(sessionOf(() => { throw new Error('sandboxed') }), session)
})

test('metrics count from one telling to the next', () => {
  const metrics = new Metrics(7)
  const stats = { httpBytes: 1000, p2pBytes: 500, uploadedBytes: 200, peers: 2, stalls: 1 }
  metrics.failed()
  metrics.switched()
  assert.deepEqual(metrics.take({ hls: true, p2p: true, stats, resolution: 720, fps: 30 }), {
    playerMode: 'p2p-media-loader', resolution: 720, fps: 30, p2pEnabled: true, p2pPeers: 2, resolutionChanges: 1, errors: 1,
    bufferStalled: 1, downloadedBytesP2P: 500, downloadedBytesHTTP: 1000, uploadedBytesP2P: 200, videoId: 7,
  })
  const later = metrics.take({ hls: true, p2p: true, stats: { ...stats, httpBytes: 1700, stalls: 1 } })
  assert.deepEqual([later.downloadedBytesHTTP, later.downloadedBytesP2P, later.bufferStalled, later.errors, later.resolution], [700, 0, 0, 0, undefined])
  // Another source begins at nothing.
  assert.equal(metrics.take({ hls: false, p2p: false, stats: { ...stats, httpBytes: 10 } }).downloadedBytesHTTP, 0)
})
