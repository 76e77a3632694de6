// The local instance answers as the recorded one did: REST, files, oEmbed, ActivityPub. `node --test playwright/server/`
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { startServer } from '../server.mjs'
import { etag } from './answers.mjs'
import { head, isRecorded, moved, recorded, wire } from './samples.mjs'

const HEADERS = join(import.meta.dirname, '../../../tests/fixtures/peertube/headers')
/** Of a head: what a player or its browser goes by. The others say when, how often or by whom. */
const COMPARED = ['access-control-allow-origin', 'access-control-allow-credentials', 'access-control-expose-headers', 'access-control-allow-headers',
  'access-control-allow-methods', 'x-frame-options', 'content-type', 'cache-control', 'accept-ranges', 'vary']

let server, instance, videos
before(async () => {
  server = await startServer({ instance: true })
  instance = server.instance
  videos = instance.catalog.videos
})
after(() => server.close())
beforeEach(() => instance.limiter.clear())

const get = (path, headers) => fetch(new URL(path, server.url), { headers })
const post = (path, body, headers) => fetch(new URL(path, server.url), { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
const owner = () => ({ authorization: `Bearer ${instance.switches.bearer}` })
const sesame = { 'x-peertube-video-password': 'sesame' }
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex')

function sameHead(response, name) {
  const { status, fields } = head(name)
  assert.equal(response.status, status, name)
  for (const field of COMPARED) assert.equal(response.headers.get(field), fields[field] ?? null, `${name}: ${field}`)
}

test('the recorded texts are what was on the wire: each has the length and the SHA-1 that its etag tells', () => {
  let checked = 0
  for (const file of readdirSync(HEADERS)) {
    const name = file.replace(/\.txt$/, '')
    const sample = name.replace('_', '/')
    const { fields } = head(name)
    if (!isRecorded(sample) || !sample.endsWith('.json') || sample.endsWith('sha256.json')) continue
    const text = recorded(sample)
    // What was made illegible is as it is.
    if (!text || text.includes('REDACTED') || !fields.etag) continue
    assert.equal(etag(Buffer.from(wire(sample))), fields.etag, sample)
    checked += 1
  }
  assert.ok(checked > 40, `${checked} of them`)
})

test('every recorded answer of the API comes back byte for byte but for the origin, with its head', async () => {
  const folders = { 'vod-muxed-60s': 'vod', 'vod-split-60s': 'split', private: 'private', live: 'live', password: 'password' }
  const paths = { 'video.json': '', 'captions.json': '/captions', 'chapters.json': '/chapters', 'storyboards.json': '/storyboards', 'description.json': '/description', 'source.json': '/source', 'file-metadata.json': '/metadata/7' }
  let compared = 0
  for (const [folder, key] of Object.entries(folders)) {
    for (const [file, path] of Object.entries(paths)) {
      const name = `${folder}/${file}`
      if (!isRecorded(name)) continue
      const response = await get(`api/v1/videos/${videos.get(key).uuid}${path}`, key === 'private' ? owner() : key === 'password' ? sesame : {})
      sameHead(response, name.replace('/', '_'))
      assert.equal(await response.text(), moved(wire(name), instance.origin), name)
      instance.limiter.clear()
      compared += 1
    }
  }
  assert.ok(compared >= 25, `${compared}`)
  const others = {
    'config.json': 'config',
    'videos-list.json': 'videos',
    'video-short-uuid.json': `videos/${videos.get('vod').shortUUID}`,
    'video-not-found.json': 'videos/00000000-0000-4000-8000-000000000000',
    'video-bad-id.json': 'videos/nope!',
    'private/anonymous.json': `videos/${videos.get('private').uuid}`,
    'password/no-password.json': `videos/${videos.get('password').uuid}`,
    'live/live-anonymous.json': `videos/live/${videos.get('live').uuid}`,
    'live-once-during/live-anonymous.json': `videos/live/${videos.get('once').uuid}`,
    'playlist/list-all.json': 'video-playlists',
    'playlist/privacies.json': 'video-playlists/privacies',
    'playlist/playlist.json': `video-playlists/${instance.catalog.playlists.get('recorded').uuid}`,
    'playlist/playlist-short.json': `video-playlists/${instance.catalog.playlists.get('recorded').shortUUID}`,
    'playlist/videos.json': `video-playlists/${instance.catalog.playlists.get('recorded').uuid}/videos?start=0&count=100`,
    'playlist/videos-count-too-big.json': `video-playlists/${instance.catalog.playlists.get('recorded').uuid}/videos?start=0&count=101`,
  }
  for (const [name, path] of Object.entries(others)) {
    const response = await get(`api/v1/${path}`)
    sameHead(response, name.replace('/', '_'))
    assert.equal(await response.text(), moved(wire(name), instance.origin), name)
  }
  const wrong = await get(`api/v1/videos/${videos.get('password').uuid}`, { 'x-peertube-video-password': 'open' })
  sameHead(wrong, 'password_wrong-password.json')
  assert.equal(await wrong.text(), wire('password/wrong-password.json'))
})

test('a video is found by its number, its UUID and its short UUID alike', async () => {
  for (const [key, { id, uuid, shortUUID }] of videos) {
    if (['private', 'internal', 'password', 'blocked'].includes(key)) continue
    instance.limiter.clear()
    const texts = await Promise.all([id, uuid, shortUUID].map(async id => (await get(`api/v1/videos/${id}`)).text()))
    assert.equal(new Set(texts).size, 1, key)
    assert.equal(JSON.parse(texts[0]).uuid, uuid)
  }
  assert.equal((await get(`api/v1/videos/${videos.get('blocked').uuid}`)).status, 404)
})

/** Names, shapes and order of a playlist, without its figures. */
const shape = text => text.replace(/=\d+(x\d+)?/g, '=#').replace(/"avc1[^"]*"/g, '"#"').replace(/\d+@\d+/g, '#').replace(/#EXTINF:[\d.]+/g, '#EXTINF:#')

test('stored playlists have the lines of the recorded ones, and the digests are of what is served', async () => {
  let checked = 0
  for (const [folder, key] of [['vod-muxed-60s', 'vod'], ['vod-split-60s', 'split']]) {
    const video = await (await get(`api/v1/videos/${videos.get(key).uuid}`)).json()
    const [{ playlistUrl, segmentsSha256Url, files }] = video.streamingPlaylists
    const master = await get(playlistUrl)
    sameHead(master, `${folder}_master.m3u8`)
    assert.equal(shape(await master.text()), shape(recorded(`${folder}/master.m3u8`)))
    for (const { fileUrl, hasVideo } of files) {
      const name = fileUrl.slice(fileUrl.lastIndexOf('/') + 1).replace('-fragmented.mp4', '.m3u8')
      const list = await get(new URL(name, playlistUrl))
      sameHead(list, `${folder}_${name}`)
      const lines = text => new Set(shape(text).split('\n'))
      const text = await list.text()
      assert.deepEqual(lines(text), lines(recorded(`${folder}/${name}`)), name)
      const seconds = [...text.matchAll(/EXTINF:([\d.]+)/g)].reduce((sum, [, duration]) => sum + Number(duration), 0)
      assert.ok(Math.abs(seconds - video.duration) < 0.1, `${name} lasts ${seconds} s`)
      assert.ok(hasVideo || !text.includes('EXTINF:4.000000'), 'sound is cut between its own frames')
    }
    const digests = await (await get(segmentsSha256Url)).json()
    for (const [file, ranges] of Object.entries(digests)) {
      for (const [range, hex] of Object.entries(ranges)) {
        const part = await get(new URL(file, playlistUrl), { range: `bytes=${range}` })
        assert.equal(part.status, 206)
        assert.equal(sha256(Buffer.from(await part.arrayBuffer())), hex, `${file} ${range}`)
        checked += 1
      }
    }
  }
  assert.equal(checked, 2 * 15 + 3 * 15)
})

test('a password opens a video and its files; a token opens the files alone, and playlists carry it', async () => {
  const { uuid } = videos.get('private')
  const video = await (await get(`api/v1/videos/${uuid}`, owner())).json()
  const [{ playlistUrl }] = video.streamingPlaylists
  const bare = await get(playlistUrl)
  sameHead(bare, 'private_master-no-token.json')
  assert.equal(await bare.text(), wire('private/master-no-token.json'))
  assert.equal((await post(`api/v1/videos/${uuid}/token`, '')).status, 401)
  const { files: { token } } = await (await post(`api/v1/videos/${uuid}/token`, '', owner())).json()
  const master = await get(`${playlistUrl}?videoFileToken=${token}&reinjectVideoFileToken=true`)
  sameHead(master, 'private_master.m3u8')
  const listed = (await master.text()).replaceAll(token, 'REDACTED-UUID')
  assert.equal(shape(listed), shape(recorded('private/master.m3u8')))
  const [, variant] = /^(\S+\.m3u8)/m.exec(listed)
  const media = await (await get(new URL(`${variant}?videoFileToken=${token}&reinjectVideoFileToken=true`, playlistUrl))).text()
  const recordedLines = new Set(shape(recorded(`private/${variant}`)).split('\n'))
  assert.deepEqual(new Set(shape(media.replaceAll(token, 'REDACTED-UUID')).split('\n')), recordedLines)
  assert.equal((await get(`${playlistUrl}?videoFileToken=${token.replace(/^./, 'x')}`)).status, 403)

  const locked = await (await get(`api/v1/videos/${videos.get('password').uuid}`, sesame)).json()
  const address = locked.streamingPlaylists[0].playlistUrl
  assert.equal((await get(address)).status, 403)
  assert.equal((await get(address, sesame)).status, 200)
  const { files } = await (await post(`api/v1/videos/${locked.uuid}/token`, '', sesame)).json()
  assert.equal((await get(`${address}?videoFileToken=${files.token}`)).status, 200)
  assert.equal((await get(`${address}?videoFileToken=${token}`)).status, 403, 'another video’s token opens nothing')
})

test('other sites may ask for ranges and post JSON, and frame the embed pages only', async () => {
  const { uuid } = videos.get('vod')
  const preflight = (path, method, headers) => fetch(new URL(path, server.url), { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example', 'access-control-request-method': method, 'access-control-request-headers': headers } })
  sameHead(await preflight(`api/v1/videos/${uuid}`, 'GET', 'content-type'), 'vod-muxed-60s_api-preflight.txt')
  sameHead(await preflight(`api/v1/videos/${uuid}/views`, 'POST', 'content-type'), 'views_preflight.txt')
  const file = instance.tell(videos.get('vod')).streamingPlaylists[0].files[0].fileUrl
  sameHead(await preflight(file, 'GET', 'range'), 'vod-muxed-60s_segment-preflight.txt')
  sameHead(await get(file, { range: 'bytes=0-1023' }), 'vod-muxed-60s_range-206.bin')
  sameHead(await get(`lazy-static/video-captions/${uuid}-en.vtt`), 'vod-muxed-60s_caption-en.vtt')
  for (const key of ['vod', 'recorded']) {
    const page = await get(instance.embed(key))
    // The site may not be built where this runs.
    if (page.status === 200) assert.equal(page.headers.get('x-frame-options'), null)
  }
  assert.equal((await get(instance.watch('vod'))).headers.get('x-frame-options'), 'DENY')
})

test('views and metrics are answered as recorded, and kept as they came', async () => {
  const { uuid } = videos.get('vod')
  const said = recorded('wire/vod-muxed.a.jsonl').split('\n').filter(line => line.includes('/views') && line.includes('"post"')).map(line => JSON.parse(line).post)
  assert.ok(said.length >= 3)
  for (const text of said) sameHead(await post(`api/v1/videos/${uuid}/views`, text), 'views_watching.json')
  assert.deepEqual(instance.heard.views.map(({ text }) => text), said)
  const bad = await post(`api/v1/videos/${uuid}/views`, JSON.stringify({ currentTime: -1 }))
  sameHead(bad, 'views_bad.json')
  assert.equal(await bad.text(), wire('views/bad.json'))
  assert.equal((await post(`api/v1/videos/${uuid}/views`, JSON.stringify({ currentTime: 61 }))).status, 400)
  assert.equal((await post(`api/v1/videos/${videos.get('live').uuid}/views`, JSON.stringify({ currentTime: 9000 }))).status, 204)
  sameHead(await post('api/v1/metrics/playback', '{"playerMode":"p2p-media-loader"}'), 'metrics-playback.json')
  assert.equal(instance.heard.metrics[0].body.playerMode, 'p2p-media-loader')
})

test('oEmbed says what it said under a name with a dot', async () => {
  const ask = query => get(`services/oembed?${new URLSearchParams(query)}`)
  const [video, playlist] = [instance.watch('vod'), instance.watch('recorded')]
  for (const [name, query] of [
    ['video', { format: 'json', url: video }],
    ['playlist', { format: 'json', url: `${playlist}?playlistPosition=2` }],
    ['video-limits', { format: 'json', maxwidth: 320, maxheight: 200, url: `${video}?start=12s&autoplay=1&p2p=0` }],
    ['embed-url-rejected', { format: 'json', url: instance.embed('vod') }],
    ['xml-rejected', { format: 'xml', url: video }],
  ]) {
    const response = await ask(query)
    assert.equal(await response.text(), moved(wire(`oembed/dotted-host-${name}.json`), instance.origin), name)
  }
})

test('the ActivityPub object alone leads to the stream, its digests, swarms, captions, chapters and storyboard', async () => {
  const accept = { accept: 'application/activity+json' }
  const response = await get(instance.watch('split'), accept)
  assert.match(response.headers.get('content-type'), /^application\/activity\+json/)
  const object = await response.json()
  const stream = object.url.find(({ mediaType }) => mediaType === 'application/x-mpegURL')
  const { playlistUrl, segmentsSha256Url } = instance.tell(videos.get('split')).streamingPlaylists[0]
  assert.equal(stream.href, playlistUrl)
  assert.equal(stream.tag.find(({ name }) => name === 'sha256').href, segmentsSha256Url)
  const hashes = stream.tag.filter(({ type }) => type === 'Infohash').map(({ name }) => name)
  assert.equal(hashes.length, 3, 'one for each file')
  assert.ok(hashes.every(hash => /^[0-9a-f]{40}$/.test(hash)))
  assert.deepEqual(object.url.filter(({ rel }) => rel?.includes('tracker')).map(({ href, rel }) => [rel[1], href]),
    [['http', `${instance.origin}/tracker/announce`], ['websocket', server.trackerUrl]])
  const muxed = await (await get(`videos/watch/${videos.get('vod').uuid}`, accept)).json()
  assert.equal(muxed.subtitleLanguage.length, 2)
  for (const { url } of [...muxed.subtitleLanguage, muxed.preview[0].url[0].href && { url: muxed.preview[0].url[0].href }]) assert.equal((await get(url)).status, 200)
  const { hasPart } = await (await get(muxed.hasParts, accept)).json()
  assert.deepEqual(hasPart.map(({ startOffset, endOffset }) => [startOffset, endOffset]), [[0, 20], [20, 45], [45, 60]])
  assert.equal((await get(instance.watch('private'), accept)).status, 404)
  const list = await (await get(instance.watch('mixed'), accept)).json()
  const page = await (await get(list.first, accept)).json()
  assert.deepEqual(page.orderedItems.map(({ position }) => position), [1, 3, 6])
})

test('playlists come in pages, and elements that cannot be shown have no video', async () => {
  const page = async (key, start, count) => (await get(`api/v1/video-playlists/${instance.catalog.playlists.get(key).id}/videos?start=${start}&count=${count}`)).json()
  const { data } = await page('mixed', 0, 100)
  assert.deepEqual(data.map(({ type, video }) => [type, video === null]), [[0, false], [1, true], [0, false], [2, true], [3, true], [0, false]])
  const last = await page('long', 200, 100)
  assert.deepEqual([last.total, last.data.length, last.data.at(-1).position], [250, 50, 250])
  assert.deepEqual((await page('endless', 999_950, 100)).data.length, 50)
})
