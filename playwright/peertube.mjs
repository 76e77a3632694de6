// Does the player work on a PeerTube instance? Asks one whose address and playable ids are given, plays them in Chromium on
// a page of another site, and prints a table. `cargo xtask peertube` has the site built first.
//
//   node playwright/peertube.mjs URL [--vod ID] [--split ID] [--live ID] [--password ID=WORD] [--playlist ID]
//
// URL: an instance, or a video of one, which is then the VOD. `local`: the local instance, with all of its own.
//
// Succeeds when no row failed. What was not asked for is said to be.
import { join } from 'node:path'
import * as asked from './acceptance/asked.mjs'
import * as watched from './acceptance/watched.mjs'
import { launch } from './driver/chromium.mjs'
import { startServer } from './server/server.mjs'

const KINDS = ['vod', 'split', 'live', 'password', 'playlist']
const rows = []

const { url, ids } = readOptions(process.argv.slice(2))
const local = url === 'local' ? await startServer({ instance: true }) : undefined
const instance = local?.instance
const { origin, given } = local ? { origin: instance.origin, given: localIds(instance) } : addressOf(url, ids)
// Another site: another origin, with the built pages.
const site = await startServer({ mounts: { '/acceptance/': join(import.meta.dirname, 'acceptance') } })
const browser = await launch()
try {
  await accept()
} finally {
  await browser.close()
  await site.close()
  await local?.close()
}
const count = verdict => rows.filter(row => row.verdict === verdict).length
console.log(`\n${origin}: ${count('ok')} ok, ${count('failed')} failed, ${count('not asked')} not asked`)
process.exitCode = count('failed') > 0 || count('ok') === 0 ? 1 : 0

async function accept() {
  const base = site.url
  await row('instance', 'version', async () => {
    const { version, name } = await asked.version(origin)
    return `PeerTube ${version}${name ? `, “${name}”` : ''}`
  })
  for (const kind of ['vod', 'split', 'live']) if (has(kind)) await film(kind, given[kind], base)
  if (has('password')) await locked(given.password, base)
  if (has('playlist')) {
    await row('playlist', 'all pages', async () => {
      const { json } = await asked.ask(`${origin}/api/v1/video-playlists/${given.playlist}/videos?start=0&count=1`)
      return watched.list(browser, base, `${origin}/w/p/${given.playlist}`, json().total)
    })
  }
  await row('nothing', '404', () => watched.missing(browser, base, origin))
  if (instance) {
    // Only here can a live be told when to begin.
    await row('live', 'waits, then plays', () => watched.waited(browser, base, instance.watch('live'), instance.lives.live))
    await row('tracker', 'blocks', () => {
      if (instance.tracker.blocks > 0) throw new Error(`${instance.tracker.blocks}: ${instance.tracker.unknown}`)
      return '0'
    })
  }
}

async function film(kind, id, base) {
  const address = `${origin}/w/${id}`
  const known = {}
  await row(kind, 'REST', async () => {
    known.video = await asked.video(origin, id)
    const beside = name => asked.ask(`${origin}/api/v1/videos/${id}/${name}`).then(({ json }) => json())
    known.captions = (await beside('captions')).data.length
    known.chapters = (await beside('chapters')).chapters.length
    return `state ${known.video.state.id}, ${known.video.streamingPlaylists.length} stream, ${known.captions} captions, ${known.chapters} chapters`
  })
  if (!known.video) return
  await row(kind, 'digests', async () => `${await asked.digests(known.video)} renditions' first segments are what they say`)
  await row(kind, 'info hashes', async () => {
    const { listed, matched } = await asked.swarms(known.video)
    known.listed = listed
    if (listed.length === 0) return 'none published: HTTP only'
    return `${listed.length} published, ${matched.length > 0 ? `of generation ${matched.join(', ')}` : 'of no generation that is known here: HTTP only'}`
  })
  await row(kind, 'not started', () => watched.waiting(browser, base, address, origin))
  const { listed, captions, chapters } = known
  const live = known.video.isLive
  await watched.playing(browser, base, address, origin, (name, run) => row(kind, name, run), { listed, captions, chapters, seeks: !live })
}

async function locked(given, base) {
  const [id, ...word] = given.split('=')
  await watched.playing(browser, base, `${origin}/w/${id}`, origin, (name, run) => row('password', name, run), { password: word.join('='), listed: [] })
}

function has(kind) {
  if (given[kind] === undefined) print({ what: kind, name: '', verdict: 'not asked', detail: `no --${kind}` })
  return given[kind] !== undefined
}

async function row(what, name, run) {
  try {
    print({ what, name, verdict: 'ok', detail: await run() })
  } catch (error) {
    print({ what, name, verdict: 'failed', detail: String(error.message ?? error).replace(/\s+/g, ' ').slice(0, 300) })
  }
}

function print(line) {
  rows.push(line)
  console.log([line.verdict.padEnd(9), line.what.padEnd(9), line.name.padEnd(19), line.detail].join(' '))
}

function localIds({ catalog, switches }) {
  const { shortUUID } = catalog.playlists.get('long')
  const id = key => catalog.videos.get(key).shortUUID
  return { vod: id('vod'), split: id('split'), live: id('live'), password: `${id('password')}=${switches.password}`, playlist: shortUUID }
}

/** The origin, and the video that the address itself names. */
function addressOf(text, given) {
  const { origin, pathname } = new URL(text.includes('://') ? text : `https://${text}`)
  const id = /^\/(?:w|videos\/(?:watch|embed))\/([^/]+)$/.exec(pathname)?.[1]
  return { origin, given: { ...(id && { vod: id }), ...given } }
}

function readOptions(words) {
  const [url, ...rest] = words
  const ids = {}
  for (let i = 0; i < rest.length; i += 2) {
    const kind = rest[i].replace(/^--/, '')
    if (!KINDS.includes(kind) || rest[i + 1] === undefined) usage()
    ids[kind] = rest[i + 1]
  }
  if (!url || url.startsWith('--')) usage()
  return { url, ids }
}

function usage() {
  console.error('node playwright/peertube.mjs URL|local [--vod ID] [--split ID] [--live ID] [--password ID=WORD] [--playlist ID]')
  process.exit(2)
}
