// The local origin keeps its promises: ranges, faults, counts, digests, seamless loops. `node --test playwright/server`
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import WebSocket from 'ws'
import { decodeTimes } from './fmp4.mjs'
import { replay } from './replay.mjs'
import { startServer } from './server.mjs'

const FILE = 'media/vod/240-fragmented.mp4'
let server, clock

before(async () => {
  clock = { now: 1_700_000_000_000 }
  server = await startServer({
    lives: { still: { clip: 'split', window: 4, clock: () => clock.now } },
    longs: { filled: { clip: 'files', segments: 3, rate: 1_000_000, gaps: [1] } },
  })
})
after(() => server.close())
beforeEach(() => {
  server.faults.clear()
  server.stats.reset()
  server.tracker.mode = 'ok'
})

const get = (path, range) => fetch(server.url + path, range && { headers: { range } })
const bytes = async response => Buffer.from(await response.arrayBuffer())
const sha256 = data => createHash('sha256').update(data).digest('hex')

test('an id under an instance\'s embed addresses is an iframe page, and what the page loads lies beside it', async () => {
  const read = async path => {
    const response = await get(path)
    return [response.status, await response.text()]
  }
  assert.deepEqual(await read('videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?start=3'), await read('embed.html'))
  assert.deepEqual(await read('video-playlists/embed/7'), await read('playlist.html'))
  assert.deepEqual(await read('videos/embed/styles/embed.css'), await read('styles/embed.css'))
  assert.equal((await get('videos/embed/no.js')).status, 404)
})

test('a range is answered with 206, one past the end with 416, none with 200', async () => {
  const whole = await bytes(await get(FILE))
  const part = await get(FILE, 'bytes=10-19')
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), `bytes 10-19/${whole.length}`)
  assert.deepEqual(await bytes(part), whole.subarray(10, 20))
  assert.deepEqual(await bytes(await get(FILE, 'bytes=-5')), whole.subarray(-5))
  assert.deepEqual(await bytes(await get(FILE, `bytes=${whole.length - 3}-`)), whole.subarray(-3))
  assert.equal((await get(FILE, `bytes=${whole.length}-`)).status, 416)
})

test('a low-latency live lists its parts, holds what is asked for until it is there, and leaves out what is known', async () => {
  const list = async query => (await get(`lowlatency/edge/360.m3u8${query}`)).text()
  const first = await list('')
  const [, hint] = /PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(first)
  const [, number, index] = /-0*(\d+)\.(\d+)\.m4s/.exec(hint)
  const asked = Date.now()
  const part = await bytes(await get(`lowlatency/edge/${hint}`))
  assert.ok(Date.now() - asked < 450, 'a hint comes within a part')
  assert.equal(part.toString('latin1', 4, 8), 'moof')
  const update = await list(`?_HLS_msn=${number}&_HLS_part=${Number(index) + 1}&_HLS_skip=YES`)
  assert.ok(Date.now() - asked > 350 && Date.now() - asked < 900, `held for ${Date.now() - asked} ms`)
  assert.match(update, /#EXT-X-SKIP:SKIPPED-SEGMENTS=\d/)
  assert.ok(update.includes(`URI="${hint}"`), 'the part that was hinted at is listed')
  const parts = [...first.matchAll(/PART:DURATION=([\d.]+),URI="360-0*(\d+)\.\d+\.m4s"/g)]
  const [, , segment] = parts[0]
  const whole = await bytes(await get(`lowlatency/edge/360-${segment.padStart(6, '0')}.m4s`))
  const pieces = await Promise.all(parts.filter(([, , of]) => of === segment).map(async (_, i) =>
    bytes(await get(`lowlatency/edge/360-${segment.padStart(6, '0')}.${i}.m4s`))))
  assert.deepEqual(decodeTimes(pieces[0]), decodeTimes(whole))
  assert.deepEqual(Buffer.concat(pieces), whole, 'a segment is its parts')
  const digests = await (await get('lowlatency/edge/segments-sha256.json')).json()
  const key = `360-${segment.padStart(6, '0')}`
  assert.equal(digests[`${key}.m4s`], sha256(whole))
  assert.deepEqual(pieces.map((_, i) => digests[`${key}.${i}.m4s?parts`]), pieces.map(sha256))
  assert.equal(parts.filter(([, , of]) => of === segment).reduce((sum, [, duration]) => sum + Number(duration), 0).toFixed(3), '4.000')
})

test('a recorded origin is replayed: every list as it was, requests held, repeated without a seam, refused as it would', async () => {
  const folder = join(import.meta.dirname, 'recordings/gohlslib')
  let now = 0
  const origin = replay(folder, { clock: () => now })
  const undated = text => text.replace(/#EXT-X-PROGRAM-DATE-TIME.*\n/g, '').replace(/#EXT-X-PRELOAD-HINT.*\n/, '')
  let compared = 0
  for (const { url, end_ms: at, file } of JSON.parse(readFileSync(join(folder, 'requests.json'), 'utf8'))) {
    const [, segment] = /_HLS_msn=(\d+)/.exec(url)?.map(Number) ?? []
    // What was listed before was never asked for, and is not here; what is newer is a turn of its own.
    if (!(segment > origin.run.from + 1 && segment < origin.run.to)) continue
    const open = undated(readFileSync(join(folder, file), 'utf8')).split('#EXTINF').slice(-2).join()
    assert.ok(undated(origin.at(url.split('?')[0], at)).split('#EXTINF').slice(-2).join() === open, `${url} at ${at}`)
    compared += 1
  }
  assert.ok(compared > 40, `${compared}`)

  const list = async (query = '') => String(await origin.file('video1_stream.m3u8', new URLSearchParams(query)))
  now = 10 * 60_000
  const [, first] = /MEDIA-SEQUENCE:(\d+)/.exec(await list()).map(Number)
  const update = await list(`_HLS_msn=${first + 5}&_HLS_part=0&_HLS_skip=YES`)
  assert.match(update, /SKIPPED-SEGMENTS=\d+/)
  assert.deepEqual(await origin.file('video1_stream.m3u8', new URLSearchParams(`_HLS_msn=${first + 40}`)), { status: 400 })
  assert.equal(await origin.file('99~video1_part40.mp4'), undefined)
  const names = [...(await list()).matchAll(/^(?!#)(.+)$/gm)].map(([name]) => name)
  const times = []
  for (const name of names) times.push(Number([...decodeTimes(await origin.file(name)).values()][0]) / 90_000)
  assert.deepEqual(times.map(time => Math.round(time - times[0])), times.map((_, i) => 2 * i))
  const [, hint] = /PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(await list())
  const began = Date.now()
  const coming = origin.file(hint)
  now += 400
  assert.ok((await coming).length > 10_000 && Date.now() - began < 450, 'a hint is held until it is there')
})

test('nothing outside the site can be read', async () => {
  for (const path of ['media/%2e%2e/package.json', 'media/..%2f..%2fCargo.toml']) assert.equal((await get(path)).status, 404)
})

test('every digest of every clip is the SHA-256 of what the origin serves', async () => {
  let checked = 0
  for (const clip of ['media/vod', 'media/split', 'media/files', 'live/still']) {
    const digests = await (await get(`${clip}/segments-sha256.json`)).json()
    for (const [file, value] of Object.entries(digests)) {
      for (const [range, hex] of typeof value === 'string' ? [[undefined, value]] : Object.entries(value)) {
        assert.equal(sha256(await bytes(await get(`${clip}/${file}`, range && `bytes=${range}`))), hex, `${clip}/${file} ${range}`)
        checked += 1
      }
    }
  }
  // The split clip has a seventh audio segment, of one AAC frame: real publishers have such ends too.
  assert.equal(checked, 2 * 15 + (6 + 7) + 12 + 2 * 4)
})

test('an aborted download counts the bytes that left, not the file', async () => {
  server.faults.set([{ match: 'vod/240', rateBytesPerSec: 100_000 }])
  const abort = new AbortController()
  const response = await fetch(server.url + FILE, { signal: abort.signal })
  await response.body.getReader().read()
  abort.abort()
  while (server.stats.requests() === 0) await new Promise(resolve => setTimeout(resolve, 10))
  const { paths } = server.stats.snapshot()
  assert.equal(paths[`/${FILE}`].aborted, 1)
  assert.ok(paths[`/${FILE}`].bytes >= 16_384 && paths[`/${FILE}`].bytes < 200_000, `${paths[`/${FILE}`].bytes} bytes`)
})

test('a fault changes exactly the answers it was told to', async () => {
  const original = await bytes(await get(FILE, 'bytes=0-99'))
  const ask = async rule => {
    server.faults.set([{ match: 'vod/240', ...rule }])
    const response = await get(FILE, 'bytes=0-99')
    return { status: response.status, body: await bytes(response).catch(() => 'cut off') }
  }
  assert.deepEqual(await ask({ skip: 1, status: 503 }), { status: 206, body: original })
  assert.deepEqual(await ask({ times: 0, status: 503 }), { status: 206, body: original })
  assert.deepEqual(await ask({ status: 503, body: 'busy' }), { status: 503, body: Buffer.from('busy') })
  assert.deepEqual(await ask({ truncateAt: 10, honest: true }), { status: 206, body: original.subarray(0, 10) })
  assert.deepEqual(await ask({ truncateAt: 10 }), { status: 206, body: 'cut off' })
  const altered = (await ask({ alterByteAt: -1 })).body
  assert.deepEqual(altered.subarray(0, 99), original.subarray(0, 99))
  assert.equal(altered[99], original[99] ^ 0xff)
  await assert.rejects(ask({ drop: true }))
  assert.deepEqual(server.faults.applied(), [1])
})

test('the live window slides, its dates and timestamps run on over the seam, and old segments go', async () => {
  const numbers = async () => [...(await (await get('live/still/360.m3u8')).text()).matchAll(/360-(\d{6})\.m4s/g)].map(m => Number(m[1]))
  assert.deepEqual(await numbers(), [0, 1, 2, 3])
  clock.now += 40_000
  assert.deepEqual(await numbers(), [10, 11, 12, 13])
  const ends = []
  for (const number of await numbers()) {
    const segment = await bytes(await get(`live/still/360-${String(number).padStart(6, '0')}.m4s`))
    ends.push([...decodeTimes(segment).values()].map(time => Number(time) / 12800)[0])
  }
  assert.deepEqual(ends.map(time => time - ends[0]), [0, 4, 8, 12])
  assert.equal((await get('live/still/360-000000.m4s')).status, 404)
  assert.equal((await get('live/still/360-000014.m4s')).status, 404)
})

test('the long VOD has 600 segments with digests', async () => {
  const playlist = await (await get('long/files/240.m3u8')).text()
  assert.equal(playlist.match(/#EXTINF/g).length, 600)
  assert.ok(playlist.endsWith('#EXT-X-ENDLIST\n'))
  const digests = await (await get('long/files/segments-sha256.json')).json()
  assert.equal(sha256(await bytes(await get('long/files/240-000599.m4s'))), digests['240-000599.m4s'])
})

test('the digests of a film that is filled up are of what leaves, and of nothing that does not', async () => {
  const digests = await (await get('long/filled/segments-sha256.json')).json()
  assert.deepEqual(Object.keys(digests), ['240-000000.m4s', '240-000002.m4s'])
  const body = await bytes(await get('long/filled/240-000002.m4s'))
  assert.equal(body.length, 250_000)
  assert.equal(sha256(body), digests['240-000002.m4s'])
})

test('the tracker introduces two peers, and fails in the ways it is told to', async () => {
  const announce = socket => socket.send(JSON.stringify({
    action: 'announce', event: 'started', info_hash: 'a'.repeat(20), peer_id: `-SP0001-${Math.random().toFixed(10).slice(2)}00`,
    numwant: 1, uploaded: 0, downloaded: 0, left: 1, offers: [{ offer: { type: 'offer', sdp: 'v=0' }, offer_id: 'b'.repeat(20) }],
  }))
  const open = () => new Promise((resolve, reject) => {
    const socket = new WebSocket(server.trackerUrl)
    socket.on('open', () => resolve(socket)).on('error', reject)
  })
  const message = socket => new Promise(resolve => socket.once('message', data => resolve(String(data))))

  const [one, two] = [await open(), await open()]
  const answered = message(one)
  announce(one)
  assert.equal(JSON.parse(await answered).interval, 30)
  const offered = message(one)
  announce(two)
  assert.equal(JSON.parse(await offered).offer.sdp, 'v=0')
  assert.equal(Object.values(server.tracker.snapshot().swarms)[0].length, 2)

  server.tracker.disconnect()
  server.tracker.mode = 'garbage'
  const fooled = await open()
  const nonsense = message(fooled)
  announce(fooled)
  assert.equal(await nonsense, '}{')
  server.tracker.mode = 'refuse'
  await assert.rejects(open())
})
