// One loopback server: the static origin, the endless live, the long VOD and the tracker, on one port.
// The demo, the browser tests and the benchmarks share it. See README.md beside this file for the switches.
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { captioned } from './captioned.mjs'
import { loadClip } from './clip.mjs'
import { Faults } from './faults.mjs'
import { live } from './live.mjs'
import { long } from './long.mjs'
import { lowLatency } from './lowlatency.mjs'
import { origin } from './origin.mjs'
import { Instance } from './peertube.mjs'
import { replay } from './replay.mjs'
import { Stats } from './stats.mjs'
import { Tracker } from './tracker.mjs'
import { pictures, transport } from './transport.mjs'

const repository = join(import.meta.dirname, '../..')

/** The streams that exist without being asked for: `/live/<name>/master.m3u8`, `/long/…` and `/lowlatency/…`. */
const LIVES = { loop: { clip: 'vod' }, split: { clip: 'split' }, short: { clip: 'files' } }
const LOW_LATENCIES = { edge: { clip: 'split' }, back: { clip: 'split', holdBack: 5 } }
const LONGS = { files: { clip: 'files', segments: 600 } }

/**
 * @param {object} [options]
 * @param {number} [options.port]                     0: any free port
 * @param {string} [options.host]
 * @param {Record<string, string>} [options.mounts]   URL prefix → folder, tried before the site itself
 * @param {Record<string, import('./live.mjs').LiveOptions>} [options.lives]   added to `loop`, `split`, `short`
 * @param {Record<string, import('./long.mjs').LongOptions>} [options.longs]   added to `files`
 * @param {Record<string, string>} [options.recordings]   name → folder of a recorded low-latency origin
 * @param {Record<string, string>} [options.pages]    URL path → HTML, tried before everything else
 * @param {boolean} [options.compress]                scripts, wasm and pages by brotli, as a host on the web would
 * @param {number} [options.trackerInterval]          seconds between announces, told to the clients
 * @param {boolean | Partial<import('./peertube/switches.mjs').Switches>} [options.instance]   answers as PeerTube does, too; its tracker
 *   takes the place of the other
 * @param {string} [options.behind]                   the origin at which a server in front has the instance
 * @param {() => number} [options.clock]              of the instance, in milliseconds; a test may pass its own
 * @param {string} [options.prelude]                  a script that runs first in every HTML page
 */
export async function startServer({ port = 0, host = '127.0.0.1', mounts = {}, lives = {}, longs = {}, recordings = {}, pages = {}, compress = false, trackerInterval = 30, prelude, instance: wanted = false, behind, clock } = {}) {
  const stats = new Stats()
  const faults = new Faults()
  const clip = memoise(name => loadClip(resolve(repository, 'www/media', name)))
  const site = join(repository, 'target/site')
  const instance = wanted ? new Instance({ switches: wanted === true ? {} : wanted, clip, site, interval: trackerInterval, clock }) : undefined
  const tracker = instance?.tracker ?? new Tracker({ interval: trackerInterval })
  const liveStreams = mapValues({ ...LIVES, ...lives }, options => live(clip(options.clip), options))
  const lowLatencies = mapValues(LOW_LATENCIES, options => lowLatency(clip(options.clip), options))
  const captionedStreams = { vod: captioned(clip('vod')), live: captioned(clip('vod'), live(clip('vod'), {})), ts: transport(join(repository, 'tests/remux/video-only.ts')), pictures: pictures(join(repository, 'tests/text')) }
  const longStreams = mapValues({ ...LONGS, ...longs }, options => long(clip(options.clip), options))

  const replays = mapValues(recordings, folder => replay(folder))

  const http = createServer(origin({
    stats,
    faults,
    tracker,
    streams: { live: liveStreams, long: longStreams, lowlatency: lowLatencies, captioned: captionedStreams, recorded: replays },
    pages,
    compress,
    prelude,
    mounts: { ...mounts, '/media/': join(repository, 'www/media'), '/': site },
    instance,
  }))
  http.on('upgrade', (request, socket, head) => (instance ?? tracker).upgrade(request, socket, head))
  await new Promise((resolve, reject) => http.once('error', reject).listen(port, host, resolve))

  const address = `${host}:${http.address().port}`
  instance?.open(behind ?? `http://${address}`)
  return {
    url: `http://${address}/`,
    trackerUrl: `ws://${address}/tracker/socket`,
    stats,
    faults,
    tracker,
    instance,
    lives: liveStreams,
    lowLatencies,
    replays,
    async close() {
      ;(instance ?? tracker).close()
      http.closeAllConnections()
      await new Promise(resolve => http.close(resolve))
    },
  }
}

function memoise(load) {
  const loaded = new Map()
  return name => {
    if (!loaded.has(name)) loaded.set(name, load(name))
    return loaded.get(name)
  }
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
