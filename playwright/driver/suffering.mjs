// A viewer of the film with somebody beside it who means harm, or with no way to anybody: what the film has to do all the same,
// and what that may cost. Which harm it is is told by the cases.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VOD_FILES, swarmsOfVod } from './swarms.mjs'

const MEDIA = join(import.meta.dirname, '../../www/media/vod')

/** Seconds of film under attack. */
const SUFFERED = 11
/**
 * What an attack may cost beyond what an honest neighbour does, in MB: of the engine's memory, which is never given back,
 * of the scripts', and of buffers, where the film lies. The longest message that is read has 256 KiB; it is joined of
 * its parts, and the ids in it are read, in vectors that double: 2 MB. The film, in both qualities, has 3.7.
 */
const COST = 4
/** RTCPeerConnections in that time: what a page may make at once, and a few that were due by then. */
const CONNECTIONS = 64
/** Who is as a neighbour should be: beside that one the others are measured. */
const HONEST = { manner: 'honest', gives: true }

/**
 * Each in turn, which may cost but little more memory than an honest neighbour does. What is told of an attack, but what a
 * scripted neighbour or a page is opened with:
 *
 * `named`: the warning that has to be heard, once. `gives`: what it brings is good. `apart`: no neighbour can come of it.
 * `said`: of so many messages, at the least, the attack consists. `answered`: it got no more answers than that.
 * `gave`: so many pieces or segments were asked of it, at the least. `sharing`: what `stats` says of it in the end.
 * `some`: it may give, too. `pieces`: the list has digests of pieces, too. `stale`: it is of another film.
 * @param {Record<string, object>} attacks   by name
 */
export async function sufferAll(world, attacks) {
  const honest = await suffer(world, 'honest', HONEST)
  for (const [name, attack] of Object.entries(attacks)) {
    const memory = await suffer(world, name, attack)
    for (const [part, usual] of Object.entries(honest)) {
      assert.ok(memory[part] <= usual + COST, `${name}: ${memory[part].toFixed(1)} MB of ${part}, beside an honest neighbour ${usual.toFixed(1)} MB`)
    }
  }
}

async function suffer(world, name, attack) {
  const { named, gives, some, apart, stale, pieces, said = 0, gave = 0, answered = Infinity, sharing, attributes, flags, csp, ...how } = attack
  if (stale) world.server.faults.set([{ match: '^/media/vod/segments-sha256', body: ofAnotherFilm() }])
  if (pieces) world.server.faults.set([{ match: '^/media/vod/segments-sha256', body: ofPieces() }])
  // An address that a neighbour calls from is not asked about: both sides are in the closed network.
  const neighbour = await world.scripted({ ...how, ...(how.local && { flags, csp }), swarms: swarmsOfVod(world.server.url) })
  const tab = await world.viewer({ p2p: 'on', ...attributes?.(world.server.trackerUrl) }, { name, flags, csp })
  await tab.until(() => page.video?.currentTime > 1, { what: `${name}: playing` })
  const before = await memoryOf(tab)
  await tab.until(at => page.video.currentTime > at, { argument: SUFFERED, within: 40_000, what: `${name}: ${SUFFERED} s` })
  // It takes 15 s to be sure that nothing will come of a connection.
  if (sharing) await tab.until(sharing => page.state().stats.sharing === sharing, { argument: sharing, within: 40_000, what: `${name}: sharing ${sharing}` })
  const after = await memoryOf(tab)
  const { stats, witness, heard } = await tab.ask(() => page.state())
  const made = await tab.ask(() => openNow.made.connections)
  const score = await neighbour.ask(() => scripted.score())
  const judged = await tab.ask(files => appended.judge(files), VOD_FILES)
  await Promise.all([tab.close(), neighbour.close()])
  world.server.faults.clear()

  const culprits = heard.filter(({ culprit }) => culprit === 'peer').map(({ name }) => name)
  world.note(`${name}: ${witness.stalls} stalls, ${judged.altered} altered, ${toldOf(before)} → ${toldOf(after)} MB of wasm, scripts and buffers, ${made} connections, ${score.opened} channels, ${score.said} said, ${score.answered} answered, ` +
    `${stats.segments.p2p} segments taken, ${stats.sharing}${culprits.length ? `, named ${culprits}` : ''}`)
  assert.equal(witness.stalls, 0, `${name}: stalls at ${witness.places}`)
  assert.equal(judged.altered, 0, `${name}: altered appends`)
  assert.ok(made <= CONNECTIONS, `${name}: ${made} connections`)
  assert.ok(score.said >= said, `${name}: only ${score.said} things said: ${JSON.stringify(score)}`)
  assert.ok(score.gave >= gave, `${name}: was never asked: ${JSON.stringify(score)}`)
  assert.ok(score.answered <= answered, `${name}: ${score.answered} answers`)
  assert.equal(score.opened > 0, !apart, `${name}: ${score.opened} channels`)
  if (gives) assert.ok(stats.segments.p2p > 0, `${name}: nothing taken`)
  else if (!some) assert.equal(stats.segments.p2p, 0, `${name}: something taken`)
  if (named) assert.deepEqual(culprits.filter(name => name === named), [named], `${name}: named ${culprits}`)
  else assert.deepEqual(culprits, [], `${name}: nobody is to be named`)
  if (stale) assert.equal(score.closed, 0, `${name}: an honest neighbour was left`)
  return after
}

/** In MB, when everything unused has gone. */
async function memoryOf(tab) {
  const wasm = await tab.ask(() => openNow.wasm())
  const { heap, buffers } = await tab.memory()
  return { wasm: wasm / 1e6, heap: heap / 1e6, buffers: buffers / 1e6 }
}

function toldOf({ wasm, heap, buffers }) {
  return `${wasm.toFixed(1)} + ${heap.toFixed(1)} + ${buffers.toFixed(1)}`
}

/** The film's list as `sprat-hash` writes it, with digests of pieces (`docs/digests.md`). */
function ofPieces() {
  const list = JSON.parse(readFileSync(join(MEDIA, 'segments-sha256.json'), 'utf8'))
  for (const [file, ranges] of Object.entries(list)) {
    const bytes = readFileSync(join(MEDIA, file))
    list[`${file}?pieces`] = Object.fromEntries(Object.keys(ranges).map(range => {
      const [first, last] = range.split('-').map(Number)
      const pieces = []
      for (let at = first; at <= last; at += 65_536) pieces.push(sha256(bytes.subarray(at, Math.min(at + 65_536, last + 1))))
      return [range, sha256(Buffer.concat(pieces)).toString('hex')]
    }))
  }
  return JSON.stringify(list)
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest()
}

/** The list of this film with every digest wrong, as of a stream that took over its names. */
function ofAnotherFilm() {
  const list = readFileSync(join(MEDIA, 'segments-sha256.json'), 'utf8')
  return list.replace(/[0-9a-f]{64}/g, digest => [...digest].reverse().join(''))
}
