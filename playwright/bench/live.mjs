// `cargo xtask bench live`: a real live for some minutes. ffmpeg broadcasts pictures that say when they were taken, nginx
// makes HLS of it, Sprat plays it; told are stalls, the age of the frames on screen, and whether memory stays flat.
//
//   node playwright/bench/live.mjs [--minutes N] [--publish RTMP-URL --play PLAYLIST-URL]
//
// With an address to publish to and one to play from it watches another server than ours. Succeeds with 0 stalls and a
// memory that does not grow.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { launch } from '../driver/chromium.mjs'
import { startServer } from '../server/server.mjs'
import { broadcast, readClock } from './broadcast.mjs'
import { quantile, table } from './figures.mjs'
import { startNginx } from './nginx.mjs'

const inside = join(import.meta.dirname, '../driver/inside')
const out = join(import.meta.dirname, '../../target/bench')
/** The server has something to play by then. */
const PATIENCE_MS = 30_000
/** Who joins in the first seconds of a live finds less than a buffer needs; that is not what is watched here. */
const SEGMENTS = 5
/** By how much memory may be more in the end than it was when the first buffers were full, in MB. */
const GROWTH_MB = 4

const words = process.argv.slice(2)
const option = name => words[words.indexOf(name) + 1 || words.length]
const minutes = Number(option('--minutes') ?? 10)

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
const closing = []
process.once('exit', () => closing.forEach(({ process }) => process?.kill('SIGTERM')))
try {
  process.exitCode = await run() ? 0 : 1
} finally {
  for (const it of closing.reverse()) await (it.close?.() ?? it.process.kill('SIGTERM'))
}

async function run() {
  const origin = option('--play') ? { publish: option('--publish'), play: option('--play') } : keep(await startNginx())
  const show = keep(broadcast({ to: ['-f', 'flv', origin.publish] }))
  await listed(origin.play)
  const server = keep(await startServer({ mounts: { '/inside/': inside } }))
  const browser = keep(await launch())
  const page = await (await browser.newContext({ viewport: { width: 960, height: 600 } })).newPage()
  const complaints = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(String(error)))
  const requests = { playlists: 0, held: 0, parts: 0, segments: 0, refused: [] }
  page.on('response', response => count(requests, response))
  await page.addInitScript({ content: `(${readClock})(${JSON.stringify(show.clock)})` })
  const query = new URLSearchParams({ src: origin.play, tag: 'sprat-video', p2p: 'off', muted: '', autoplay: '', playsinline: '' })
  await page.goto(`${server.url}inside/viewer.html?${query}`)
  const debug = await page.context().newCDPSession(page)
  await page.waitForFunction(() => globalThis.page?.video?.currentTime > 0 && globalThis.page.video.readyState > 2, undefined, { timeout: PATIENCE_MS })

  const rows = []
  for (let minute = 1; minute <= minutes; minute++) {
    await sleep(60_000)
    const ages = await page.evaluate(() => globalThis.ages.splice(0))
    const { witness, stats } = await page.evaluate(() => globalThis.page.state())
    rows.push({
      minute,
      'age p50': quantile(ages, 0.5), 'age p95': quantile(ages, 0.95),
      latency: stats.latency, target: stats.targetLatency, stalls: witness.stalls, played: witness.played,
      ...(await memory(page, debug)),
    })
    console.log(table(rows).split('\n').slice(minute === 1 ? 0 : -1).join('\n'))
  }
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'live.json'), JSON.stringify({ rows, requests }, null, 2))
  const grown = growth(rows)
  const { stalls, played } = rows.at(-1)
  console.log(`${stalls} stalls in ${played} s; memory ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MB since minute ${rows[Math.min(1, rows.length - 1)].minute}; requests ${JSON.stringify(requests)}`)
  complaints.forEach(line => console.log(`console: ${line}`))
  return stalls === 0 && grown <= GROWTH_MB && complaints.length === 0 && played > minutes * 60 - 10
}

function keep(it) {
  closing.push(it)
  return it
}

async function listed(playlist) {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(250)) {
    const text = await fetch(playlist).then(answer => answer.ok ? answer.text() : '').catch(() => '')
    if (text.match(/#EXTINF/g)?.length >= SEGMENTS || text.includes('#EXT-X-STREAM-INF')) return
  }
  throw new Error(`nothing is listed at ${playlist}`)
}

function count(requests, response) {
  const url = new URL(response.url())
  if (response.status() >= 400) requests.refused.push(`${response.status()} ${url.pathname}${url.search}`)
  if (url.pathname.endsWith('.m3u8')) requests[url.searchParams.has('_HLS_msn') ? 'held' : 'playlists'] += 1
  else if (/part/.test(url.pathname)) requests.parts += 1
  else if (/\.(ts|m4s|mp4)$/.test(url.pathname) && !/init/.test(url.pathname)) requests.segments += 1
}

/** In MB, what is left when everything unused has gone; of what is behind ArrayBuffers, wasm memories are a part. */
async function memory(page, debug) {
  await page.evaluate(() => globalThis.appended.forget())
  await debug.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await debug.send('Runtime.getHeapUsage')
  return { 'heap MB': usedSize / 1e6, 'buffers MB': backingStorageSize / 1e6 }
}

/** The sum of both, from the second minute to the last: the first fills buffers. */
function growth(rows) {
  const sum = row => row['heap MB'] + row['buffers MB']
  return sum(rows.at(-1)) - sum(rows[Math.min(1, rows.length - 1)])
}
