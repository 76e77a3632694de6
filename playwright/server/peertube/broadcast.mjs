// A live in PeerTube's shape: MPEG-TS under fixed names, sound apart, a window that grows to 15 segments and then slides,
// no end mark. A permanent live begins again under the same names, from 0, with other bytes; what was there lingers
// until then. Nothing is stored: a segment is made when it is asked for.
import { createHash } from 'node:crypto'
import { atZero, attributesOf } from './media.mjs'
import { transportSegment } from './mpegts.mjs'
import { samplesOf, tracksOf } from './tracks.mjs'

export const WAITING = { id: 4, label: 'Waiting for livestream' }
export const PUBLISHED = { id: 1, label: 'Published' }
export const ENDED = { id: 5, label: 'Livestream ended' }

const WINDOW = 15
/** How far on in the clip each session begins: a whole number of its seamless turns would give the same bytes again. */
const STEP = 4
export class Broadcast {
  /** @type {{id: number, label: string}} */
  state = WAITING
  /** How often it went on air. */
  sessions = 0
  /** Whether it has become a video. */
  replayed = false
  /** Segments by which the digests trail the playlist. */
  digestLag = 0
  #clip
  #clock
  #began
  #stopped
  #listeners = new Set()
  #made = new Map()
  #permanent

  /** @param {import('../clip.mjs').Clip} clip @param {{permanent: boolean, clock?: () => number}} how */
  constructor(clip, { permanent, clock = Date.now }) {
    this.#clip = clip
    this.#permanent = permanent
    this.#clock = clock
  }

  /** As if it had never been on air. */
  wait() {
    this.sessions = 0
    this.replayed = false
    this.#become(WAITING)
  }

  /** On air, with so many seconds behind it. */
  publish({ behind = 12 } = {}) {
    this.sessions += 1
    this.#made.clear()
    this.#began = this.#clock() - behind * 1000
    this.#stopped = undefined
    this.#become(PUBLISHED)
  }

  /** Off air: a permanent live waits again, another one is over. */
  stop() {
    this.#stopped ??= this.#clock()
    this.#become(this.#permanent ? WAITING : ENDED)
  }

  /** A live that is over has become a video. */
  replay() {
    this.replayed = true
    this.#become(PUBLISHED)
  }

  /** Ended by the instance. */
  forceEnd() {
    this.stop()
    for (const listener of this.#listeners) listener('force-end')
  }

  /** @param {(event: 'state-change' | 'force-end', detail?: object) => void} listener */
  listen(listener) {
    this.#listeners.add(listener)
  }

  /** The file of that name, if it is there now. */
  file(name) {
    if (!this.sessions) return undefined
    if (name === 'master.m3u8') return Buffer.from(this.#master())
    if (name === 'segments-sha256.json') return Buffer.from(JSON.stringify(this.#digests()))
    const [, index, number] = /^([012])(?:-(\d{6}))?\.(?:m3u8|ts)$/.exec(name) ?? []
    if (index === undefined) return undefined
    if (number === undefined) return this.#edge() > 0 && name.endsWith('.m3u8') ? Buffer.from(this.#playlist(Number(index))) : undefined
    return name.endsWith('.ts') && this.#numbers().includes(Number(number)) ? this.#segment(Number(index), Number(number)).bytes : undefined
  }

  /** What a segment of this session was made of: 0 is the sound, then the pictures, the best first. */
  samples(index, number) {
    const { source, track } = this.#source(index)
    const first = STEP * (this.sessions - 1)
    return samplesOf(atZero(source, first + number, first), track)
  }

  /** How many segments there are, and have been. */
  get length() {
    return this.sessions ? this.#edge() : 0
  }

  #become(state) {
    this.state = state
    for (const listener of this.#listeners) listener('state-change', { state: state.id })
  }

  /** The first number that is not there yet. */
  #edge() {
    const seconds = ((this.#stopped ?? this.#clock()) - this.#began) / 1000
    return Math.max(0, Math.floor(seconds / 4))
  }

  #numbers(lag = 0) {
    const end = this.#edge()
    return Array.from({ length: Math.min(WINDOW, end) }, (_, i) => Math.max(0, end - WINDOW) + i).filter(number => number < end - lag)
  }

  #source(index) {
    const sources = [...this.#clip.renditions.values()].filter(({ name }) => Number(name)).sort((a, b) => Number(b.name) - Number(a.name))
    const source = index === 0 ? sources.at(-1) : sources[Math.min(index, sources.length) - 1]
    return { source, track: tracksOf(source.init).find(({ kind }) => kind === (index === 0 ? 'soun' : 'vide')) }
  }

  #segment(index, number) {
    const name = `${index}-${number}`
    if (!this.#made.has(name)) {
      if (this.#made.size > 8 * WINDOW) this.#made.clear()
      const { track } = this.#source(index)
      const samples = this.samples(index, number)
      const bytes = transportSegment(track, samples)
      const seconds = ticks => ticks / track.timescale
      this.#made.set(name, {
        bytes,
        start: seconds(samples[0].time),
        duration: seconds(samples.reduce((sum, { duration }) => sum + duration, 0)),
        digest: createHash('sha256').update(bytes).digest('hex'),
      })
    }
    return this.#made.get(name)
  }

  #playlist(index) {
    const numbers = this.#numbers()
    return ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:4', `#EXT-X-MEDIA-SEQUENCE:${numbers[0]}`,
      ...(index === 0 ? [] : ['#EXT-X-INDEPENDENT-SEGMENTS']),
      ...numbers.flatMap(number => {
        const { start, duration } = this.#segment(index, number)
        const date = new Date(this.#began + start * 1000).toISOString().replace('Z', '+0000')
        return [`#EXTINF:${duration.toFixed(3)}000,`, `#EXT-X-PROGRAM-DATE-TIME:${date}`, fileName(index, number)]
      }), ''].join('\n')
  }

  /** Descending, each variant with an empty line behind it, as recorded. */
  #master() {
    const variants = [1, 2].map(index => {
      const { source } = this.#source(index)
      const attributes = attributesOf(this.#clip.master, source.name).replace(/FRAME-RATE=[^,]*,?/, '')
      return `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth(source)},${attributes},AUDIO="group_Audio"\n${index}.m3u8\n`
    })
    return ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="group_Audio",NAME="audio_0",DEFAULT=YES,URI="0.m3u8"', ...variants, ''].join('\n')
  }

  #digests() {
    const digests = {}
    for (const number of this.#numbers(this.digestLag)) {
      for (const index of [1, 2, 0]) digests[fileName(index, number)] = this.#segment(index, number).digest
    }
    return digests
  }

  /** What swarms may be named by. */
  get main() {
    return [1, 2].map(index => {
      const { source } = this.#source(index)
      const attributes = attributesOf(this.#clip.master, source.name)
      const [, width, height] = /RESOLUTION=(\d+)x(\d+)/.exec(attributes)
      return { resolution: Number(source.name), bitrate: bandwidth(source), codecs: /CODECS="([^"]*)"/.exec(attributes)[1], width, height }
    })
  }

  get audio() {
    return { resolution: 0, codecs: this.main[0].codecs, name: 'audio_0' }
  }
}

/** By its first segments, a tenth more for the packets. */
function bandwidth(source) {
  const numbers = [0, 1, 2, 3]
  const bytes = numbers.reduce((sum, number) => sum + source.segment(number).length, 0)
  return Math.round(bytes * 8 / source.start(numbers.length) * 1.1)
}

function fileName(index, number) {
  return `${index}-${String(number).padStart(6, '0')}.ts`
}
