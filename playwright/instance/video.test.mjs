// What a PeerTube answered about each of its videos, read as an element needs it; and what a liar may answer, read as nothing
// worse than absent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instance, json } from './instance.mjs'

const { readVideo, readExtras, unplayable, readConfig } = instance
const AT = 'http://localhost:9000'
const HLS = `${AT}/static/streaming-playlists/hls`
const SOCKET = 'ws://localhost:9000/tracker/socket'
const read = name => readVideo(json(name), AT)

test('a film with its sound inside', () => {
  const uuid = 'c61a3e85-acc7-4841-9847-08d60a585641'
  assert.deepEqual(read('vod-muxed-60s/video.json'), {
    origin: AT,
    id: 1,
    uuid,
    title: 'Muxed 60 s (720p + 360p)',
    channel: 'Main root channel',
    poster: `${AT}/lazy-static/previews/cb44ff91-99a5-453a-8543-c3ca16542867.jpg`,
    duration: 60,
    aspectRatio: 1.7778,
    published: Date.parse('2026-11-23T00:34:41.346Z'),
    live: false,
    state: 'published',
    privacy: 'public',
    source: { kind: 'hls', url: `${HLS}/${uuid}/a65f9864-83fd-43d0-9533-8206c53a05a4-master.m3u8` },
    integrity: `${HLS}/${uuid}/910732ef-30b5-45f8-a25f-6c06b30e2471-segments-sha256.json`,
    trackers: [SOCKET],
    peersAllowed: true,
    redundancies: [],
    schedules: [],
    embedAnywhere: true,
    watchUrl: `${AT}/w/${uuid}`,
    activityUrl: `${AT}/videos/watch/${uuid}`,
  })
  // Asked for by its short UUID, it is the same.
  assert.deepEqual(read('video-short-uuid.json'), read('vod-muxed-60s/video.json'))
})

test('a film whose sound is apart', () => {
  const { uuid, title, duration, source, integrity, trackers, peersAllowed } = read('vod-split-60s/video.json')
  assert.deepEqual([uuid, title, duration, trackers, peersAllowed], ['abcde194-da7b-4a7f-a377-64bc79d39ac1', 'Split audio 60 s', 60, [SOCKET], true])
  assert.match(source.url, /^http:\/\/localhost:9000\/static\/streaming-playlists\/hls\/abcde194-.*-master\.m3u8$/)
  assert.match(integrity, /-segments-sha256\.json$/)
})

test('a permanent live while it is sent, and after', () => {
  const live = read('live/video.json')
  assert.deepEqual([live.id, live.live, live.state, live.duration], [7, true, 'published', undefined])
  assert.deepEqual(live.source, { kind: 'hls', url: `${HLS}/4429840d-1566-4833-8338-97f8bf09d318/master.m3u8` })
  assert.equal(unplayable(live), undefined)
  const after = read('live-ended/video.json')
  assert.equal(after.state, 'waiting')
  assert.deepEqual(after.source, live.source, 'its address stays, and what lies there is old')
  assert.equal(unplayable(after).name, 'live-waiting')
})

test('a live that is sent once, and the film that it became', () => {
  const during = read('live-once-during/video.json')
  assert.deepEqual([during.live, during.state, during.duration], [true, 'published', undefined])
  const replay = read('live-once-replay/video.json')
  assert.equal(replay.uuid, during.uuid)
  assert.deepEqual([replay.live, replay.state, replay.trackers], [false, 'published', [SOCKET]])
  assert.ok(replay.duration > 10 && replay.source.url !== during.source.url)
})

test('videos that not everybody may see are shared with nobody', () => {
  const password = read('password/video.json')
  assert.deepEqual([password.privacy, password.peersAllowed, password.duration], ['password', false, 20])
  const secret = read('private/video.json')
  assert.deepEqual([secret.privacy, secret.peersAllowed], ['private', false])
  assert.match(secret.source.url, /\/hls\/private\//)
  const film = json('vod-muxed-60s/video.json')
  for (const [id, name, allowed] of [[1, 'public', true], [2, 'unlisted', true], [3, 'private', false], [4, 'internal', false], [5, 'password', false], [99, 'private', false]]) {
    const { privacy, peersAllowed } = readVideo({ ...film, privacy: { id } }, AT)
    assert.deepEqual([privacy, peersAllowed], [name, allowed])
  }
})

test('what a refusal says is no video', () => {
  for (const name of ['video-not-found.json', 'video-bad-id.json', 'password/no-password.json', 'private/anonymous.json', 'config.json', 'playlist/playlist.json', 'playlist/videos.json', 'vod-muxed-60s/captions.json']) {
    const video = read(name)
    // A playlist has a UUID, too; it has nothing to play.
    assert.ok(video === undefined || (video.source === undefined && unplayable(video)), name)
  }
})

test('a video without HLS is the file that fits best', () => {
  const file = (width, extra) => ({ fileUrl: `${AT}/static/web-videos/${width}.mp4`, width, height: (width * 9) / 16, hasVideo: true, ...extra })
  const film = { ...json('vod-muxed-60s/video.json'), streamingPlaylists: [], files: [file(1920), file(1280), file(640), { fileUrl: `${AT}/sound.mp4`, width: 0, hasVideo: false }] }
  const source = (video, width) => readVideo(video, AT, width).source
  assert.deepEqual(source(film, 800), { kind: 'file', url: `${AT}/static/web-videos/1280.mp4` })
  assert.deepEqual(source(film, 4000), { kind: 'file', url: `${AT}/static/web-videos/1920.mp4` })
  const { integrity } = readVideo(film, AT)
  assert.equal(integrity, undefined, 'digests are those of segments')
  const both = readVideo({ ...film, streamingPlaylists: json('vod-muxed-60s/video.json').streamingPlaylists }, AT, 800)
  assert.deepEqual([both.source.kind, both.file.url], ['hls', `${AT}/static/web-videos/1280.mp4`])
  const old = { ...film, files: [720, 360].map(id => ({ fileUrl: `${AT}/${id}.mp4`, resolution: { id, label: `${id}p` } })) }
  assert.deepEqual(source(old, 500), { kind: 'file', url: `${AT}/360.mp4` })
})

test('what newer versions say is taken where it is', () => {
  const film = json('vod-muxed-60s/video.json')
  const video = readVideo({
    ...film,
    isLocal: false,
    url: 'https://origin.example/videos/watch/c61a3e85-acc7-4841-9847-08d60a585641',
    thumbnails: [{ width: 280, height: 157, fileUrl: '/small.jpg' }, { width: 850, height: 480, fileUrl: 'https://cdn.example/middle.jpg' }, { width: 1920, height: 1080, fileUrl: '/large.jpg' }],
    nsfw: true, nsfwFlags: 3, nsfwSummary: 'Loud <b>and</b> bright',
    liveSchedules: [{ startAt: '2026-12-02T20:00:00.000Z' }, { startAt: '2026-12-01T20:00:00.000Z' }],
    embedPrivacyPolicy: { id: 2, label: 'Allowlist' },
    streamingPlaylists: [{ ...film.streamingPlaylists[0], redundancies: [{ baseUrl: 'https://mirror.example/static/redundancy/hls/x' }, { baseUrl: 'ftp://mirror.example/' }] }],
  }, AT, 800)
  assert.equal(video.poster, 'https://cdn.example/middle.jpg')
  assert.deepEqual(video.nsfw, { violent: true, explicit: true, summary: 'Loud <b>and</b> bright' })
  assert.deepEqual(video.schedules, [Date.UTC(2026, 11, 1, 20), Date.UTC(2026, 11, 2, 20)])
  assert.deepEqual([video.embedAnywhere, video.remoteHost, video.activityUrl], [false, 'origin.example', 'https://origin.example/videos/watch/c61a3e85-acc7-4841-9847-08d60a585641'])
  assert.deepEqual(video.redundancies, ['https://mirror.example/static/redundancy/hls/x'])
})

test('each state plays or says why it does not', () => {
  const film = json('vod-muxed-60s/video.json')
  const why = (change, expected) => assert.equal(unplayable(readVideo({ ...film, ...change }, AT))?.name, expected, JSON.stringify(change))
  const nothing = { streamingPlaylists: [], files: [] }
  why({}, undefined)
  why({ state: { id: 2 } }, undefined)
  why({ state: { id: 2 }, ...nothing }, 'video-transcoding')
  why({ state: { id: 4 } }, 'live-waiting')
  why({ state: { id: 5 } }, 'live-ended')
  why({ state: { id: 6 } }, undefined)
  why({ state: { id: 7 } }, 'video-unavailable')
  why({ blacklisted: true, blacklistedReason: 'spam' }, 'video-blocked')
  why(nothing, 'nothing-playable')
})

test('captions, chapters and storyboards as they were answered', () => {
  const of = (folder, name) => json(`${folder}/${name}.json`)
  const extras = folder => readExtras(of(folder, 'captions'), of(folder, 'chapters'), of(folder, 'storyboards'), AT)
  assert.deepEqual(extras('vod-muxed-60s'), {
    captions: [
      { language: 'en', label: 'English', automatic: false, url: `${AT}/lazy-static/video-captions/35416699-ccbd-43ed-855d-45fe062179c6-en.vtt` },
      { language: 'fr', label: 'French', automatic: false, url: `${AT}/lazy-static/video-captions/a75c8bac-80ae-4de3-a9eb-049a01f09365-fr.vtt` },
    ],
    chapters: [{ start: 0, title: 'Opening' }, { start: 20, title: 'Middle' }, { start: 45, title: 'End' }],
    storyboards: [{ url: `${AT}/lazy-static/storyboards/a1629091-9a2e-4059-81d9-d59a0190ee63.jpg`, columns: 10, rows: 6, width: 192, height: 108, interval: 1 }],
  })
  assert.deepEqual(extras('live'), { captions: [], chapters: [], storyboards: [] })
  assert.deepEqual(extras('live-once-during'), { captions: [], chapters: [], storyboards: [] })
  for (const [folder, rows] of [['vod-split-60s', 6], ['live-once-replay', 4], ['private', 2]]) {
    assert.deepEqual(extras(folder).storyboards.map(({ columns, rows }) => [columns, rows]), [[10, rows]], folder)
  }
})

test('what an instance says of itself', () => {
  assert.deepEqual(readConfig(json('config.json')), { watchingInterval: { users: 5000, anonymous: 5000 }, tracker: true, sharesByDefault: true, sensitive: 'display', scripts: [] })
  assert.deepEqual(readConfig(undefined), { watchingInterval: {}, tracker: true, sharesByDefault: false, sensitive: 'blur', scripts: [] })
  assert.equal(readConfig({ openTelemetry: { metrics: { enabled: true, playbackStatsInterval: 15_000 } } }).metricsInterval, 15_000)
  assert.equal(readConfig({ openTelemetry: { metrics: { enabled: true, playbackStatsInterval: 1 } } }).metricsInterval, 5_000)
  assert.equal(readConfig({ tracker: { enabled: false } }).tracker, false)
  for (const [defaultNSFWPolicy, sensitive] of [['display', 'display'], ['warn', 'warn'], ['blur', 'blur'], ['do_not_list', 'blur'], ['<b>', 'blur'], [{}, 'blur']])
    assert.equal(readConfig({ instance: { defaultNSFWPolicy } }).sensitive, sensitive)
})

test('the scripts that plugins have for embeds, and no address that lies elsewhere', () => {
  const plugin = (more = {}, script = {}) => ({ name: 'badge', npmName: 'peertube-plugin-badge', version: '1.2.0', clientScripts: { x: { script: 'dist/embed.js', scopes: ['common', 'embed'], ...script } }, ...more })
  const scripts = (...registered) => readConfig({ plugin: { registered } }).scripts
  assert.deepEqual(scripts(plugin()), [{ name: 'badge', npmName: 'peertube-plugin-badge', version: '1.2.0', path: 'dist/embed.js' }])
  assert.equal(scripts(plugin({ version: '1.0.0-beta.1+5' }), plugin({}, { script: './embed.mjs' })).length, 2)
  for (const scopes of [['video-watch'], [], null, 'watch', {}, ['EMBED']]) assert.deepEqual(scripts(plugin({}, { scopes })), [], JSON.stringify(scopes))
  const evil = ['', '.', '..', '../x', 'a/../b', 'a/..', '/x', '//x.org/y', 'https://x.org/y.js', 'a\\b', '%2e%2e/x', 'a?b', 'a#b', 'a b', 'x\n', 7, null, {}, 'a'.repeat(1000)]
  for (const value of evil) {
    for (const field of ['name', 'npmName', 'version']) assert.deepEqual(scripts(plugin({ [field]: value })), [], `${field} ${value}`)
    assert.deepEqual(scripts(plugin({}, { script: value })), [], `script ${value}`)
    assert.deepEqual(scripts(value, plugin({ clientScripts: value })), [])
  }
  assert.equal(scripts(...Array(500).fill(plugin())).length, 20)
})

test('addresses of foreign schemes are as good as absent', () => {
  const film = json('vod-muxed-60s/video.json')
  for (const evil of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'blob:https://x/y', 'ftp://x/y', 'https://user:secret@x/y', `https://x/${'y'.repeat(5000)}`, 'http://', 7, {}, [], null]) {
    const video = readVideo({
      ...film, url: evil, previewPath: evil, thumbnailPath: evil, thumbnails: [{ fileUrl: evil }], trackerUrls: [evil, SOCKET, 'http://x/announce', 'ws://another.example/tracker/socket'],
      files: [{ fileUrl: evil }], streamingPlaylists: [{ type: 1, playlistUrl: evil, segmentsSha256Url: evil, redundancies: [{ baseUrl: evil }] }],
    }, AT)
    assert.deepEqual([video.source, video.integrity, video.poster, video.trackers, video.redundancies, video.activityUrl],
      [undefined, undefined, undefined, [SOCKET], [], video.watchUrl], String(evil))
    const { captions, storyboards } = readExtras({ data: [{ language: { id: 'en' }, fileUrl: evil }] }, {}, { storyboards: [{ storyboardPath: evil, totalWidth: 10, totalHeight: 10, spriteWidth: 1, spriteHeight: 1, spriteDuration: 1 }] }, AT)
    assert.deepEqual([captions, storyboards], [[], []])
  }
})

test('names are text of bounded length, whatever they hold', () => {
  const film = json('vod-muxed-60s/video.json')
  const { title, channel } = readVideo({ ...film, name: '<img src=x onerror=alert(1)>\u202egnp.exe\u0000', channel: { displayName: '😀'.repeat(10_000) } }, AT)
  assert.equal(title, '<img src=x onerror=alert(1)> gnp.exe', 'text that nobody reads as HTML')
  assert.equal(channel, '😀'.repeat(120), 'cut between characters')
})

test('fields of wrong types are as good as absent, and no answer is worse than none', () => {
  const film = json('vod-muxed-60s/video.json')
  const odd = [null, undefined, true, 0, -1, 1e308, NaN, '', 'x', [], [[]], {}, { id: {} }, [null, 1, 'x', {}, []]]
  for (const value of odd) {
    assert.equal(readVideo(value, AT), undefined)
    assert.deepEqual(readExtras(value, value, value, AT), { captions: [], chapters: [], storyboards: [] })
    readConfig(value)
    for (const field of Object.keys(film)) {
      const video = readVideo({ ...film, [field]: value }, AT)
      if (field === 'uuid') assert.equal(video, undefined)
      else assert.equal(typeof video.title, 'string', field)
    }
    for (const field of Object.keys(film.streamingPlaylists[0])) readVideo({ ...film, streamingPlaylists: [{ ...film.streamingPlaylists[0], [field]: value }] }, AT)
  }
  assert.deepEqual(readExtras({}, { chapters: [{ timecode: 9, title: 'b' }, { timecode: -1, title: 'x' }, { timecode: '3' }, { timecode: 2 }] }, {}, AT).chapters, [{ start: 2, title: '' }, { start: 9, title: 'b' }])
})

test('lists of a million are read to their bound', () => {
  const million = value => Array(1_000_000).fill(value)
  const film = json('vod-muxed-60s/video.json')
  const lies = { ...film, trackerUrls: million(SOCKET), files: million(film.streamingPlaylists[0].files[0]), thumbnails: million({ fileUrl: '/x.jpg' }), streamingPlaylists: million(film.streamingPlaylists[0]), liveSchedules: million({ startAt: '2026-12-01' }) }
  const more = [{ data: million({ language: { id: 'en' }, captionPath: '/x.vtt' }) }, { chapters: million({ timecode: 1, title: 'x' }) }, { storyboards: million({}) }]
  const before = process.cpuUsage()
  const video = readVideo(lies, AT)
  const extras = readExtras(...more, AT)
  const { user } = process.cpuUsage(before)
  assert.deepEqual([video.trackers.length, video.schedules.length, extras.captions.length, extras.chapters.length], [8, 20, 200, 1000])
  assert.ok(user < 500_000, `${user / 1000} ms`)
})
