// What it takes for a stream to count as played: two seconds from its start, on from 60 %, on from near the end, the
// end; six seconds where there is no end. And every track that its publisher declared was decoded on the way, or an
// event named it as one that cannot be played.
import { setTimeout as sleep } from 'node:timers/promises'

/** A step that has not come this far by then will not. */
const WITHIN_MS = 15_000
const START_S = 2
const MIDDLE = 0.6
const NEAR_END_S = 2.5
const LIVE_S = 6

/**
 * @param {import('../driver/tab.mjs').Tab} tab   with `inside/viewer.html`, playing
 * @param {{kinds: Set<string>, audios: number}} declared
 */
export async function watch(tab, declared) {
  const began = Date.now()
  const seen = { verdict: '', reason: '', steps: {}, tracks: {} }
  const fault = await play(tab, seen.steps)
  const { heard, decoded, ...state } = await tab.ask(async () => {
    const { heard, witness, stats, time, duration, buffered } = page.state()
    return { heard, witness, stats, time, duration, buffered, decoded: await tracks.decoded() }
  })
  for (const kind of declared.kinds) seen.tracks[kind] = isDecoded(decoded[kind]) ? 'decoded' : heard.some(event => names(event, kind)) ? 'named' : 'silent'
  Object.assign(seen, judged(fault, seen.tracks, heard), { decoded, state, heard, seconds: (Date.now() - began) / 1000 })
  return seen
}

/** What went wrong, if anything. */
async function play(tab, steps) {
  const step = async (name, question, argument) => {
    const began = Date.now()
    for (;;) {
      const errors = await tab.ask(() => page.errors())
      if (await tab.ask(question, argument)) return void (steps[name] = (Date.now() - began) / 1000)
      if (errors.length > 0) throw new Stop(`${errors[0].name}: ${errors[0].message}`, errors[0])
      if (Date.now() - began > WITHIN_MS) throw new Stop(`${name}: not within ${WITHIN_MS / 1000} s`)
      await sleep(100)
    }
  }
  try {
    await step('start', () => page.video?.readyState > 2 && !page.video.paused && page.video.currentTime > 0)
    await tab.ask(() => tracks.listen())
    const { from, duration } = await tab.ask(() => ({ from: page.video.currentTime, duration: page.video.duration }))
    // JSON has no infinity.
    if (duration === null) {
      await step(`${LIVE_S} s of live`, reached, from + LIVE_S)
      return undefined
    }
    await step(`${START_S} s`, reached, from + START_S)
    for (const [name, to] of [['60 %', duration * MIDDLE], ['near the end', Math.max(0, duration - NEAR_END_S)]]) {
      await tab.ask(to => { page.element.currentTime = to }, to)
      await step(name, landed, to)
    }
    await step('ended', () => page.video.ended)
    return undefined
  } catch (error) {
    if (error instanceof Stop) return error
    throw error
  }
}

// These two run in the page.
const reached = to => page.video.currentTime >= to
const landed = to => !page.video.seeking && page.video.currentTime > to + 1.2

/** Pictures are a number, sound says how much of it is no accident. */
function isDecoded(measured) {
  return typeof measured === 'number' ? measured > 0 : measured.count > measured.enough
}

class Stop extends Error {
  constructor(message, event) {
    super(message)
    this.event = event
  }
}

/** `ok`: all of it; `named`: all but what an event named; `refused`: an error says why not; `failed`: anything else. */
function judged(fault, tracks, heard) {
  const silent = Object.keys(tracks).filter(kind => tracks[kind] === 'silent')
  if (fault) return { verdict: fault.event ? 'refused' : 'failed', reason: fault.message }
  if (silent.length > 0) return { verdict: 'failed', reason: `no ${silent.join(', no ')}, and nothing said about it` }
  const named = Object.keys(tracks).filter(kind => tracks[kind] === 'named')
  return named.length > 0 ? { verdict: 'named', reason: heard.find(event => names(event, named[0])).message } : { verdict: 'ok', reason: '' }
}

const WORDS = {
  video: /\b(video|picture|avc\d|hvc\d|hev\d|av01|vp0?9|h\.?26\d|hevc)/i,
  audio: /\b(audio|sound|mp4a|ac-?3|ec-?3|e-?ac-?3|opus|flac|mp3|aac)/i,
}

/** Whether an event says of this kind of track that it cannot be played. */
function names({ type, message }, kind) {
  return (type === 'warning' || type === 'error') && WORDS[kind].test(message ?? '')
}
