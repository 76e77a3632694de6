// A viewer who uses the incumbent: hls.js with the published p2p-media-loader, its defaults but for what the address
// says. `?src=`, `?tracker=`, `?core=` (JSON, merged into its configuration).
import Hls from 'hls.js'
import { HlsJsP2PEngine } from 'p2p-media-loader-hlsjs'

const given = new URLSearchParams(location.search)
const video = document.querySelector('video')
const score = { http: 0, p2p: 0, p2pBytes: 0, uploadedBytes: 0, peers: 0, validated: 0, refused: 0, errors: [], peerIds: [] }

/** As a publisher's page would: the list of digests decides what a neighbour's bytes are worth. */
const digests = await (await fetch(new URL('segments-sha256.json', new URL(given.get('src'), location.origin)))).json()
async function validateP2PSegment(url, range, data) {
  const listed = digests[new URL(url).pathname.split('/').at(-1)]
  const expected = typeof listed === 'string' ? listed : listed?.[`${range?.start}-${range?.end}`]
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
  const same = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('') === expected
  score[same ? 'validated' : 'refused'] += 1
  return same
}

const HlsWithP2P = HlsJsP2PEngine.injectMixin(Hls)
const hls = new HlsWithP2P({
  p2p: {
    core: {
      announceTrackers: [given.get('tracker')],
      rtcConfig: { iceServers: [] },
      validateP2PSegment,
      ...JSON.parse(given.get('core') ?? '{}'),
    },
    onHlsJsCreated(created) {
      const listen = (type, heard) => created.p2pEngine.addEventListener(type, heard)
      listen('onSegmentLoaded', ({ downloadSource, bytesLength }) => {
        score[downloadSource] += 1
        if (downloadSource === 'p2p') score.p2pBytes += bytesLength
      })
      listen('onChunkUploaded', bytes => { score.uploadedBytes += bytes })
      listen('onPeerConnect', ({ peerId }) => {
        score.peers += 1
        score.peerIds.push(peerId)
      })
      listen('onPeerClose', () => { score.peers -= 1 })
      listen('onTrackerError', ({ error }) => score.errors.push(String(error)))
    },
  },
})
hls.on(Hls.Events.ERROR, (_, { fatal, details }) => { if (fatal) score.errors.push(details) })
hls.loadSource(new URL(given.get('src'), location.origin).href)
hls.attachMedia(video)
video.play()

globalThis.incumbent = { hls, video, score }
globalThis.witness.watch(() => video)
