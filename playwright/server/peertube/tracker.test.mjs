// The local instance's swarms: their names by generation, and a tracker that knows its own only.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import WebSocket from 'ws'
import { startServer } from '../server.mjs'
import { GENERATIONS, identity, md5, sha1, v1 } from './infohash.mjs'
import { recorded } from './samples.mjs'

let server, instance, clock
before(async () => {
  clock = { now: 1_800_000_000_000 }
  server = await startServer({ instance: true, trackerInterval: 120, clock: () => clock.now })
  instance = server.instance
})
after(() => server.close())
beforeEach(() => {
  instance.tracker.forgive()
  instance.switches.generation = 'v1'
  instance.switches.listed = undefined
})

const ascii = hex => Buffer.from(hex, 'hex').toString('latin1')

/** A socket with what it heard; `failed` says why it did not open. */
function connect(address = server.trackerUrl, headers = {}) {
  return new Promise(resolve => {
    const socket = new WebSocket(address, { headers })
    const heard = []
    const closed = new Promise(resolve => socket.on('close', resolve))
    socket.on('message', data => heard.push(JSON.parse(String(data))))
    socket.on('open', () => resolve({ socket, heard, closed }))
    socket.on('error', error => resolve({ failed: error.message }))
  })
}

function announce(socket, infoHash) {
  socket.send(JSON.stringify({ action: 'announce', event: 'started', info_hash: ascii(infoHash), peer_id: '-WW0006-probe0000001', numwant: 5, uploaded: 0, downloaded: 0, offers: [] }))
}

const soon = async question => {
  for (let i = 0; i < 100 && !question(); i++) await new Promise(resolve => setTimeout(resolve, 10))
}

test('the names of every generation are those of the known vectors', () => {
  const probe = recorded('wire/tracker-probe.txt')
  const [, playlistUrl] = /^playlistUrl (\S+)/m.exec(probe)
  for (const index of [0, 1, 2]) assert.ok(probe.includes(`+V${index}") = ${v1(playlistUrl, index)}`), `V${index}`)
  const master = 'https://example.com/hls/master.m3u8'
  assert.equal(ascii(md5(`v2-${master}-main-0`)), 'wziFoizJPqsH8SnxvNiC')
  const known = identity({ bitrate: 4521000, codecs: 'mp4a.40.2,avc1.64002a', width: 1920, height: 1080, frameRate: '29.970', videoRange: 'SDR' })
  assert.equal(known, 'mskAojmI+F5YyLLvSP3sdMO5nII=')
  assert.equal(ascii(sha1(`v2-${master}-main-${known}`)), 'aEnMPupzZeID9k+gkk5Y')
  assert.equal(ascii(sha1('v2-https://origin.example/vod/master.m3u8-main-0')), 'TbHrTOCzZf7Mma9uajs3')
  assert.equal(ascii(sha1('pt-v-2-9c9de5e8-0a1e-484a-b099-e80766180a6d-main-default-720')), 'HKWr8snx7H9yEQU7JdU+')
})

test('each generation publishes a list of its own, and the tracker takes what is on it', async () => {
  const videos = ['vod', 'split', 'live'].map(key => instance.catalog.videos.get(key))
  const seen = new Set()
  for (const generation of GENERATIONS) {
    instance.switches.generation = generation
    for (const video of videos) {
      const hashes = instance.listed(video)
      assert.ok(hashes.length >= 2, `${generation} of ${video.key}: ${hashes.length}`)
      for (const hash of hashes) assert.ok(!seen.has(hash), 'no two generations share a name')
      hashes.forEach(hash => seen.add(hash))
      const { socket, heard } = await connect()
      for (const hash of hashes) announce(socket, hash)
      await soon(() => heard.length === hashes.length)
      assert.ok(heard.every(message => message.interval === 120 && !message['failure reason']), JSON.stringify(heard))
      socket.close()
    }
  }
  assert.equal(instance.tracker.blocks, 0)
})

test('an unknown swarm is refused in the recorded words, and its viewer at the door for three minutes', async () => {
  const unknown = '76272dc4faf660733711f58c736830d27159fb55'
  const from = { 'x-forwarded-for': '198.51.100.38' }
  const { socket, heard, closed } = await connect(server.trackerUrl, from)
  announce(socket, unknown)
  await closed
  const line = recorded('wire/tracker-probe.txt').split('\n').find(line => line.startsWith('[bad] <- text'))
  assert.deepEqual(heard, [JSON.parse(line.slice('[bad] <- text '.length))])
  assert.match((await connect(server.trackerUrl, from)).failed, /403/)
  const other = await connect(server.trackerUrl, { 'x-forwarded-for': '198.51.100.39' })
  other.socket.close()
  clock.now += 3 * 60_000 - 1
  assert.match((await connect(server.trackerUrl, from)).failed, /403/)
  clock.now += 1
  const again = await connect(server.trackerUrl, from)
  again.socket.close()
  assert.deepEqual([instance.tracker.blocks, instance.tracker.refusals, instance.tracker.unknown], [1, 2, [unknown]])
})

test('what would be right for another generation, or one file too far, is unknown', async () => {
  const vod = instance.catalog.videos.get('vod')
  const [{ playlistUrl, files }] = instance.tell(vod).streamingPlaylists
  const blocked = async hash => {
    const before = instance.tracker.blocks
    const { socket, closed } = await connect(server.trackerUrl, { 'x-forwarded-for': `198.51.100.${before + 1}` })
    announce(socket, hash)
    await closed
    return instance.tracker.blocks === before + 1
  }
  assert.ok(await blocked(v1(playlistUrl, files.length)))
  for (const generation of ['a', 'b', 'c']) assert.ok(await blocked(instance.infoHashes(vod, generation)[0]), generation)
  instance.switches.generation = 'wrong'
  for (const generation of GENERATIONS) assert.ok(await blocked(instance.infoHashes(vod, generation)[0]), generation)
  assert.deepEqual(instance.listed(vod), instance.infoHashes(vod, 'wrong'))
  instance.switches.listed = 'none'
  assert.deepEqual(instance.listed(vod), [])
})

test('the path is compared exactly', async () => {
  for (const more of ['?a=b', '/', '/more']) assert.ok((await connect(server.trackerUrl + more)).failed, more)
  assert.match(recorded('wire/tracker-probe.txt'), /\[query\] error socket hang up/)
})
