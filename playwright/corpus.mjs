// Does a browser play these streams? Opens every stream under a folder in `<sprat-video>`, one world for each, and
// prints a line each; what `watch.mjs` saw goes to `target/corpus/<browser>.json`. This is how anyone proves a claim
// about a stream.
//
//   node playwright/corpus.mjs DIR [--browser NAME] [--only NAME] [--jobs N] [--clear-key ID:KEY]
//
// `--clear-key`: what the page of an encrypted stream would bring along, in hexadecimal digits.
//
// Succeeds when every stream plays with every track that was not named as unplayable.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { declared, streamsUnder } from './corpus/streams.mjs'
import { watch } from './corpus/watch.mjs'
import { Browser } from './driver/browsers.mjs'
import { World } from './driver/world.mjs'

const OUT = join(import.meta.dirname, '../target/corpus')

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const { folder, kind, only, jobs, clearKey } = readOptions(process.argv.slice(2))
const streams = streamsUnder(folder, only)
const browser = new Browser(kind)
const width = Math.max(...streams.map(({ name }) => name.length), 0)
const results = []

console.log(`${browser.title}: ${streams.length} streams under ${folder}`)
const waiting = streams.filter(stream => !stream.skip)
for (const { name, skip } of streams) if (skip) console.log(`skipped  ${name.padEnd(width)}  ${skip}`)
await Promise.all(Array.from({ length: jobs }, async () => {
  for (let stream; (stream = waiting.shift());) {
    const result = { stream: stream.path, ...(await one(stream).catch(error => ({ verdict: 'failed', reason: String(error), steps: {}, tracks: {} }))) }
    results.push(result)
    console.log(line(stream.name, result))
  }
}))
await browser.close()

results.sort((a, b) => (a.stream < b.stream ? -1 : 1))
mkdirSync(OUT, { recursive: true })
writeFileSync(join(OUT, `${kind}.json`), JSON.stringify(results, null, 2))
const count = verdict => results.filter(result => result.verdict === verdict).length
console.log(`\n${browser.title}: ${['ok', 'named', 'refused', 'failed'].map(verdict => `${count(verdict)} ${verdict}`).join(', ')}`)
process.exitCode = results.length > 0 && count('refused') + count('failed') === 0 ? 0 : 1

async function one({ name, path }) {
  const tracks = declared(folder, path)
  const world = new World(browser, { server: { mounts: { '/corpus/': folder } } })
  try {
    await world.open()
    // With sound: what is muted need not be decoded.
    const attributes = { src: `corpus/${encodeURI(path)}`, muted: undefined, tag: 'sprat-video', 'key-systems': systemsWith(clearKey) }
    const tab = await world.viewer(attributes, { name })
    return await watch(tab, tracks)
  } finally {
    await world.close()
  }
}

/** What a page would say of a ClearKey. */
function systemsWith(clearKey) {
  if (!clearKey) return undefined
  const [id, key] = clearKey.split(':')
  return JSON.stringify({ 'org.w3.clearkey': { keys: { [id]: key } } })
}

function line(name, { verdict, reason, steps, tracks }) {
  const kinds = Object.entries(tracks).map(([kind, state]) => `${kind} ${state}`).join(', ')
  const times = Object.entries(steps).map(([step, seconds]) => `${step} ${seconds.toFixed(1)}`).join(', ')
  return [verdict.padEnd(7), name.padEnd(width), [kinds, times, reason].filter(Boolean).join('; ')].join('  ')
}

function readOptions(words) {
  const found = { folder: undefined, kind: 'chromium', only: undefined, jobs: 2, clearKey: undefined }
  while (words.length > 0) {
    const word = words.shift()
    if (word === '--browser') found.kind = words.shift()
    else if (word === '--only') found.only = words.shift()
    else if (word === '--clear-key') found.clearKey = words.shift()
    else if (word === '--jobs') found.jobs = Number(words.shift())
    else if (!word.startsWith('--') && !found.folder) found.folder = resolve(word)
    else throw new Error(`unknown option ${word}`)
  }
  if (!found.folder) throw new Error('corpus.mjs DIR: which folder?')
  return found
}
