// The local instance's lives: their states, how those are told, and what is in their files.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import WebSocket from 'ws'
import { startServer } from '../server.mjs'
import { moved, recorded, wire } from './samples.mjs'

let server, instance, clock
before(async () => {
  clock = { now: 1_800_000_000_000 }
  server = await startServer({ instance: { rate: { calls: 1000, seconds: 10 } }, clock: () => clock.now })
  instance = server.instance
})
after(() => server.close())

const get = path => fetch(new URL(path, server.url))
const tell = async key => (await get(`api/v1/videos/${instance.catalog.videos.get(key).uuid}`)).json()
const file = (key, name) => get(`static/streaming-playlists/hls/${instance.catalog.videos.get(key).uuid}/${name}`)
const names = text => [...text.matchAll(/^\d-(\d{6})\.ts$/gm)].map(([, number]) => Number(number))
const shape = text => text.replace(/=[\d.]+(x\d+)?/g, '=#').replace(/"avc1[^"]*"/g, '"#"').replace(/EXTINF:[\d.]+/g, 'EXTINF:#').replace(/TIME:[-\d:.TZ+]+/g, 'TIME:#').replace(/-\d{6}/g, '-#')

test('a running live is as recorded: two pictures and a sound apart, in MPEG-TS, with dates and digests', async () => {
  assert.equal(await (await get(`api/v1/videos/${instance.catalog.videos.get('live').uuid}`)).text(), moved(wire('live/video.json'), instance.origin))
  assert.equal(shape(await (await file('live', 'master.m3u8')).text()), shape(recorded('live/master.m3u8')))
  const digests = await (await file('live', 'segments-sha256.json')).json()
  for (const list of ['0.m3u8', '1.m3u8', '2.m3u8']) {
    const text = await (await file('live', list)).text()
    assert.deepEqual(new Set(shape(text).split('\n')), new Set(shape(recorded(`live/${list}`)).split('\n')), list)
    for (const number of names(text)) {
      const name = `${list[0]}-${String(number).padStart(6, '0')}.ts`
      const bytes = Buffer.from(await (await file('live', name)).arrayBuffer())
      assert.equal(createHash('sha256').update(bytes).digest('hex'), digests[name])
      assert.ok(bytes.length % 188 === 0 && bytes.every((byte, at) => at % 188 !== 0 || byte === 0x47), 'packets')
    }
  }
})

test('the window grows to 15 segments, then slides; what has left it is gone', async () => {
  const window = async () => names(await (await file('live', '1.m3u8')).text())
  assert.deepEqual(await window(), [0, 1, 2])
  clock.now += 48_000
  assert.equal((await window()).length, 15)
  clock.now += 20_000
  assert.deepEqual([(await window())[0], (await window()).at(-1)], [5, 19])
  assert.equal((await file('live', '1-000004.ts')).status, 404)
  assert.equal((await file('live', '1-000020.ts')).status, 404)
  assert.equal(Object.keys(await (await file('live', 'segments-sha256.json')).json()).length, 45)
  instance.lives.live.digestLag = 2
  assert.equal(Object.keys(await (await file('live', 'segments-sha256.json')).json()).length, 39)
  instance.lives.live.digestLag = 0
})

test('a permanent live that stops says so, keeps its files without an end mark, and begins again under the same names with other bytes', async () => {
  const { live } = instance.lives
  live.publish({ behind: 12 })
  const bytes = async () => Buffer.from(await (await file('live', '1-000000.ts')).arrayBuffer())
  const first = await bytes()
  live.stop()
  const ended = await tell('live')
  assert.deepEqual(ended, JSON.parse(moved(wire('live-ended/video.json'), instance.origin)))
  clock.now += 60_000
  const lingering = await (await file('live', '1.m3u8')).text()
  assert.deepEqual(names(lingering), [0, 1, 2])
  assert.ok(!lingering.includes('ENDLIST'))
  live.publish({ behind: 8 })
  assert.deepEqual(names(await (await file('live', '1.m3u8')).text()), [0, 1])
  const second = await bytes()
  assert.ok(!second.equals(first), 'other bytes under the same name')
  assert.equal((await tell('live')).state.id, 1)
})

test('a live that was never on air has nothing to play; one that is over becomes a video of the same UUID with names of its own', async () => {
  const { once } = instance.lives
  once.wait()
  const waiting = await tell('once')
  assert.deepEqual([waiting.state.id, waiting.streamingPlaylists], [4, []])
  once.publish()
  assert.equal(JSON.stringify(await tell('once')), moved(wire('live-once-during/video.json'), instance.origin))
  once.stop()
  assert.equal((await tell('once')).state.id, 5)
  once.replay()
  const replay = await tell('once')
  assert.equal(JSON.stringify(replay), moved(wire('live-once-replay/video.json'), instance.origin))
  assert.equal((await get(`api/v1/videos/live/${replay.uuid}`)).status, 404)
  const master = await (await get(replay.streamingPlaylists[0].playlistUrl)).text()
  assert.match(master, /AUDIO="audio"/)
  assert.equal((await file('once', 'master.m3u8')).status, 404, 'the broadcast’s own names are gone')
  once.wait()
})

test('socket.io tells who subscribed, in the recorded words, and no one else', async () => {
  const { id } = instance.catalog.videos.get('live')
  const heard = []
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`)
  socket.on('message', data => heard.push(String(data)))
  await new Promise(resolve => socket.on('open', resolve))
  const sent = recorded('wire/live.a.jsonl').split('\n').filter(line => line.includes('"post":"4')).map(line => JSON.parse(line).post)
  assert.deepEqual(sent, ['40/live-videos,', `42/live-videos,["subscribe",{"videoId":${id}}]`])
  sent.forEach(packet => socket.send(packet))
  await until(() => instance.sockets.watched.includes(id) && heard.length >= 2)
  assert.match(heard[0], /^0\{"sid":/)
  assert.match(heard[1], /^40\/live-videos,\{"sid":/)
  instance.lives.small.stop()
  instance.lives.live.stop()
  instance.lives.live.forceEnd()
  instance.sockets.tell(id, 'views-change', { viewers: 2 })
  await until(() => heard.length >= 6)
  const [viewers] = recorded('wire/live.a.jsonl').split('\n').filter(line => line.includes('views-change')).map(line => JSON.parse(line).payload)
  assert.deepEqual(heard.slice(2), ['42/live-videos,["state-change",{"state":4}]', '42/live-videos,["state-change",{"state":4}]', '42/live-videos,["force-end"]', viewers])
  socket.close()
  instance.switches.sockets = false
  await assert.rejects(new Promise((resolve, reject) => new WebSocket(`${server.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`).on('open', resolve).on('error', reject)))
  instance.switches.sockets = true
})

async function until(question) {
  for (let i = 0; i < 200 && !question(); i++) await new Promise(resolve => setTimeout(resolve, 10))
  assert.ok(question(), String(question))
}
