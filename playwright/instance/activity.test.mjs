// The ActivityPub object, alone and beside REST. No server was recorded giving one: these are written from the fields that
// PeerTube federates, with the addresses of the recorded film.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instance } from './instance.mjs'

const { readActivity, readPublished, readActivityExtras, chaptersAddress } = instance
const AT = 'https://tube.example'
const UUID = 'c61a3e85-acc7-4841-9847-08d60a585641'
const HASHES = ['9b4ddc76abc4cccc0010ccd3d685350ba1b92d69', 'cb88f6aec08f8360c2c433423b0a5be16f74b801']
const VIDEO = {
  '@context': ['https://www.w3.org/ns/activitystreams'],
  type: 'Video',
  id: `${AT}/videos/watch/${UUID}`,
  uuid: UUID,
  name: 'Muxed 60 s',
  duration: 'PT1M0.5S',
  aspectRatio: 1.7778,
  state: 1,
  sensitive: false,
  isLiveBroadcast: false,
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  cc: [`${AT}/accounts/root/followers`],
  attributedTo: [{ type: 'Person', id: `${AT}/accounts/root` }, { type: 'Group', id: `${AT}/video-channels/root_channel` }],
  icon: [{ type: 'Image', url: `${AT}/small.jpg`, width: 280 }, { type: 'Image', url: `${AT}/large.jpg`, width: 850 }],
  subtitleLanguage: [
    { identifier: 'en', name: 'English', url: `${AT}/en.vtt` },
    { identifier: 'fr', name: 'French', automaticallyGenerated: true, url: [{ type: 'Link', mediaType: 'application/x-mpegURL', href: `${AT}/fr.m3u8` }, { type: 'Link', mediaType: 'text/vtt', href: `${AT}/fr.vtt` }] },
  ],
  hasParts: [{ name: 'Middle', startOffset: 20, endOffset: 45 }, { name: 'Opening', startOffset: 0, endOffset: 20 }],
  preview: [{ type: 'Image', rel: ['storyboard'], url: [{ mediaType: 'image/jpeg', href: `${AT}/board.jpg`, width: 1920, height: 648, tileWidth: 192, tileHeight: 108, tileDuration: 'PT1S' }] }],
  url: [
    { type: 'Link', mediaType: 'text/html', href: `${AT}/videos/watch/${UUID}` },
    {
      type: 'Link', mediaType: 'application/x-mpegURL', href: `${AT}/master.m3u8`,
      tag: [
        ...HASHES.map(name => ({ type: 'Infohash', name })),
        { type: 'Link', name: 'sha256', mediaType: 'application/json', href: `${AT}/sha256.json` },
        { type: 'Link', mediaType: 'video/mp4', href: `${AT}/720.mp4`, height: 720 },
        { type: 'Link', mediaType: 'application/x-bittorrent', href: `${AT}/720.torrent` },
      ],
    },
    { type: 'Link', name: 'tracker-http', rel: ['tracker', 'http'], href: `${AT}/tracker/announce` },
    { type: 'Link', name: 'tracker-websocket', rel: ['tracker', 'websocket'], href: 'wss://tube.example/tracker/socket' },
  ],
}

test('a video is read from its object alone', () => {
  assert.deepEqual(readActivity(VIDEO, AT, 300), {
    origin: AT, uuid: UUID, title: 'Muxed 60 s', channel: 'root_channel', live: false, state: 'published', privacy: 'public',
    trackers: ['wss://tube.example/tracker/socket'], peersAllowed: true, redundancies: [], schedules: [], embedAnywhere: true,
    watchUrl: VIDEO.id, activityUrl: VIDEO.id, source: { kind: 'hls', url: `${AT}/master.m3u8` }, integrity: `${AT}/sha256.json`,
    poster: `${AT}/large.jpg`, duration: 60.5, aspectRatio: 1.7778,
  })
  assert.equal(readActivity(VIDEO, 'https://follower.example').remoteHost, 'tube.example')
  const [page, hls, announce, socket] = VIDEO.url
  const another = { ...socket, href: 'wss://victim.example/tracker/socket' }
  assert.deepEqual(readActivity({ ...VIDEO, url: [page, hls, announce, another] }, AT).trackers, [], 'of another instance')
  assert.equal(readActivity({ ...VIDEO, to: [], cc: ['as:Public'] }, AT).privacy, 'unlisted')
})

test('its swarms are those that it lists, and none but of the video that was asked for', () => {
  assert.deepEqual(readPublished(VIDEO, UUID), { infoHashes: HASHES, smallLatency: false })
  assert.equal(readPublished(VIDEO, '00000000-0000-4000-8000-000000000000'), undefined)
  assert.equal(readPublished({ ...VIDEO, type: 'Note' }, UUID), undefined)
  const [page, hls, ...rest] = VIDEO.url
  const tagged = tag => readPublished({ ...VIDEO, url: [page, { ...hls, tag }, ...rest] }, UUID).infoHashes
  assert.deepEqual(tagged({ type: 'Infohash', name: HASHES[0].toUpperCase() }), [HASHES[0]])
  assert.deepEqual(tagged([7, null, 'x', '0'.repeat(41), '', 'g'.repeat(40), HASHES[1], HASHES[1]].map(name => ({ type: 'Infohash', name }))), [HASHES[1]])
  assert.equal(tagged(Array.from({ length: 100_000 }, (_, n) => ({ type: 'Infohash', name: n.toString(16).padStart(40, '0') }))).length, 100)
})

test('a live too close to its edge shares nothing', () => {
  const live = { ...VIDEO, isLiveBroadcast: true, latencyMode: 3, duration: 'PT0S' }
  assert.equal(readPublished(live, UUID).smallLatency, true)
  assert.deepEqual([readActivity(live, AT).peersAllowed, readActivity(live, AT).duration], [false, undefined])
  assert.equal(readPublished({ ...live, latencyMode: 1 }, UUID).smallLatency, false)
})

test('captions, chapters and storyboards stand in it', () => {
  assert.deepEqual(readActivityExtras(VIDEO, AT), {
    captions: [
      { language: 'en', label: 'English', automatic: false, url: `${AT}/en.vtt` },
      { language: 'fr', label: 'French', automatic: true, url: `${AT}/fr.vtt` },
    ],
    chapters: [{ start: 0, title: 'Opening' }, { start: 20, title: 'Middle' }],
    storyboards: [{ url: `${AT}/board.jpg`, columns: 10, rows: 6, width: 192, height: 108, interval: 1 }],
  })
  // Chapters may lie elsewhere.
  const apart = { ...VIDEO, hasParts: `${VIDEO.id}/chapters` }
  assert.equal(chaptersAddress(apart, AT), apart.hasParts)
  assert.equal(chaptersAddress(VIDEO, AT), undefined)
  assert.deepEqual(readActivityExtras(apart, AT, { hasPart: [{ name: 'Only', startOffset: 3 }] }).chapters, [{ start: 3, title: 'Only' }])
  assert.deepEqual(readActivityExtras({ ...VIDEO, hasParts: `${AT}/chapters`, preview: 3, subtitleLanguage: 'en' }, AT), { captions: [], chapters: [], storyboards: [] })
})

test('a video without HLS is the file that fits best', () => {
  const files = [1080, 480].map(height => ({ type: 'Link', mediaType: 'video/mp4', href: `${AT}/${height}.mp4`, height, width: (height * 16) / 9 }))
  const metadata = { type: 'Link', mediaType: 'video/mp4', rel: ['metadata', 'video/mp4'], href: `${AT}/metadata.json`, width: 900 }
  const video = readActivity({ ...VIDEO, url: [metadata, ...files] }, AT, 800)
  assert.deepEqual([video.source, video.integrity], [{ kind: 'file', url: `${AT}/480.mp4` }, undefined])
})

test('what is no video, or a liar\'s, is nothing worse than nothing', () => {
  for (const odd of [null, 7, 'x', [], {}, { type: 'Video' }, { type: 'Person', uuid: UUID, id: VIDEO.id }]) assert.equal(readActivity(odd, AT), undefined)
  for (const value of [null, 1e308, 'javascript:alert(1)', [], [null], {}, Array(100_000).fill({ href: 'javascript:x', mediaType: 'application/x-mpegURL' })]) {
    for (const field of Object.keys(VIDEO)) {
      const video = readActivity({ ...VIDEO, [field]: value }, AT)
      if (video) assert.doesNotMatch(JSON.stringify(video.source ?? ''), /javascript/)
      readPublished({ ...VIDEO, [field]: value }, UUID)
      readActivityExtras({ ...VIDEO, [field]: value }, AT)
    }
  }
})
