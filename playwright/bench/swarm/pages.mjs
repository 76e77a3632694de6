// The pages of the crowds: the same stream in the same bare page under the same observer, each player set up as its own
// documentation says, and the incumbent on a live as PeerTube sets it up too, for its own defaults share nothing there.

const page = (head, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A viewer</title>
<script src="/inside/witness.js"></script><script src="/bench/observer.js"></script>${head}</head><body>${body}</body></html>`

const TRACKER = 'const tracker = `ws://${location.host}/tracker/socket`'

const LOADERS = {
  '2.2.2': { hlsjs: '/npm/p2p-media-loader-hlsjs-a/dist/p2p-media-loader-hlsjs.es.min.js', core: '/npm/p2p-media-loader-core/dist/p2p-media-loader-core.es.min.js' },
  '2.3.1': {
    hlsjs: '/npm/p2p-media-loader-hlsjs-b/dist/p2p-media-loader-hlsjs.es.min.js',
    core: '/npm/p2p-media-loader-hlsjs-b/node_modules/p2p-media-loader-core/dist/p2p-media-loader-core.es.min.js',
  },
}
const HLS = { script: '/npm/hls.js/dist/hls.min.js', module: '/npm/hls.js/dist/hls.min.mjs' }

/** What the pages load beside Sprat. */
export const SCRIPTS = [...Object.values(HLS), ...Object.values(LOADERS).flatMap(Object.values)]

/** What each kind of viewer is, by its name in tables. `naming` and `mode` are for Sprat, `live` for the incumbent. */
const PLAYERS = {
  'sprat': (src, { naming, mode }) => page(
    '<script type="module" src="/sprat.js"></script>',
    `<script type="module">${TRACKER}
    const element = document.createElement('sprat-video')
    const attributes = {
      src: '${src}', integrity: '${digestsOf(src)}', trackers: tracker, p2p: 'on', muted: '', autoplay: '', playsinline: '',
      ...${JSON.stringify({ naming, 'latency-mode': mode })},
    }
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    const warnings = []
    for (const type of ['warning', 'error']) element.addEventListener(type, ({ detail }) => detail && warnings.push(detail.name))
    document.body.append(element)
    await customElements.whenDefined('sprat-video')
    observer.own = () => ({ ...element.stats, warnings })
    observer.watch(() => element.nativeEl)</script>`,
  ),
  'p2p-media-loader 2.3.1': (src, how) => incumbent(src, how, LOADERS['2.3.1']),
  'p2p-media-loader 2.2.2': (src, how) => incumbent(src, how, LOADERS['2.2.2']),
  'hls.js': (src, { live }) => page(
    `<script src="${HLS.script}"></script>`,
    `<video muted autoplay playsinline></video>
    <script>
    const video = document.querySelector('video')
    const hls = new Hls(${JSON.stringify(live ? PEERTUBE_LIVE.hls : {})})
    hls.loadSource('${src}')
    hls.attachMedia(video)
    observer.watch(() => video)</script>`,
  ),
}

/** A live of PeerTube's default latency: five segments behind the edge, the last 4 s before playing over HTTP. */
const PEERTUBE_LIVE = { hls: { liveSyncDurationCount: 5 }, core: { highDemandTimeWindow: 4 } }

function incumbent(src, { live }, { hlsjs, core: engine }) {
  const imports = { 'hls.js': HLS.module, 'p2p-media-loader-hlsjs': hlsjs, 'p2p-media-loader-core': engine }
  const { hls, core } = live ? PEERTUBE_LIVE : { hls: {}, core: {} }
  return page(
    `<script type="importmap">${JSON.stringify({ imports })}</script>`,
    `<video muted autoplay playsinline></video>
    <script type="module">${TRACKER}
    import Hls from 'hls.js'
    import { HlsJsP2PEngine } from 'p2p-media-loader-hlsjs'
    const video = document.querySelector('video')
    const own = { httpSegments: 0, p2pSegments: 0, httpBytes: 0, p2pBytes: 0, uploadedBytes: 0, peers: 0, refused: 0, errors: [] }
    // The list is fetched when a neighbour's bytes have to be judged, and again where it lags.
    let list = {}
    const digestOf = async name => {
      for (let tries = 0; !list[name] && tries < 10; tries++) {
        if (tries > 0) await new Promise(resolve => setTimeout(resolve, 500))
        list = await (await fetch('${digestsOf(src)}')).json()
      }
      return list[name]
    }
    const validateP2PSegment = async (url, range, data) => {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
      const same = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('') === await digestOf(new URL(url).pathname.split('/').at(-1))
      if (!same) own.refused += 1
      return same
    }
    const HlsWithP2P = HlsJsP2PEngine.injectMixin(Hls)
    const hls = new HlsWithP2P({
      ...${JSON.stringify(hls)},
      p2p: {
        core: { announceTrackers: [tracker], rtcConfig: { iceServers: [] }, validateP2PSegment, ...${JSON.stringify(core)} },
        onHlsJsCreated({ p2pEngine }) {
          p2pEngine.addEventListener('onSegmentLoaded', ({ downloadSource, bytesLength }) => {
            own[downloadSource + 'Segments'] += 1
            own[downloadSource + 'Bytes'] += bytesLength
          })
          p2pEngine.addEventListener('onChunkUploaded', bytes => { own.uploadedBytes += bytes })
          p2pEngine.addEventListener('onPeerConnect', () => { own.peers += 1 })
          p2pEngine.addEventListener('onPeerClose', () => { own.peers -= 1 })
        },
      },
    })
    hls.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && own.errors.push(details))
    observer.own = () => own
    hls.loadSource(new URL('${src}', location.href).href)
    hls.attachMedia(video)
    observer.watch(() => video)</script>`,
  )
}

function digestsOf(src) {
  return src.replace('master.m3u8', 'segments-sha256.json')
}

/** The page of one viewer. @param {{ kind: string, naming?: string, mode?: string, live?: boolean }} how */
export function pageOf({ kind, ...how }, src) {
  return PLAYERS[kind](src, how)
}
