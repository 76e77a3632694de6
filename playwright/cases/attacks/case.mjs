// Who means harm, one after another against a viewer of the same film: a neighbour that lies, sends nothing, next to
// nothing, too much or without end, one with many names, a stranger whose offers lead nowhere, a list of digests that is
// not of this film, a tracker that is down, a browser that lets nobody near. Whatever they do, the film plays on without
// a stall, what is appended is the publisher's, memory stays where it is beside an honest neighbour, what they are
// answered is bounded, and who did it is named once.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { VOD_FILES, swarmsOfVod } from '../../driver/swarms.mjs'

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

/** Answers that a flood gets: 1,024, and 74 more for each second that it takes to ask so often (`conduct.rs`). */
const ANSWERED = 1200

/**
 * `named`: the warning that has to be heard, once. `gives`: what it brings is good. `apart`: no neighbour can come of it.
 * `said`: of so many messages, at the least, the attack consists. `answered`: it got no more answers than that.
 * `gave`: so many pieces or segments were asked of it, at the least. `sharing`: what `stats` says of it in the end.
 * `some`: it may give, too. `pieces`: the list has digests of pieces, too.
 */
const ATTACKS = {
  'honest': { manner: 'honest', gives: true },
  'honest, in pieces': { manner: 'honest sprat', pieces: true, gives: true },
  'polluted segment': { manner: 'altered', again: 2000, named: 'peer-lied' },
  'polluted piece': { manner: 'polluting sprat', again: 2000, pieces: true, gave: 1, named: 'peer-lied' },
  'zero length': { manner: 'empty', again: 2000, named: 'peer-broke-protocol' },
  'id flood: segments': { manner: 'announcing', said: 20, named: 'peer-flooded-news' },
  'id flood: viewers': { manner: 'honest', posing: 6, gives: true, named: 'peer-many-names' },
  'slow drip': { manner: 'dripping', said: 2, named: 'peer-dripped' },
  'silent': { manner: 'silent', named: 'peer-silent' },
  'request flood': { manner: 'asking', said: 1000, answered: ANSWERED, named: 'peer-flooded-requests' },
  'request flood, in pieces': { manner: 'greedy sprat', pieces: true, some: true, said: 100, answered: ANSWERED, named: 'peer-flooded-requests' },
  'cancel storm': { manner: 'wavering', said: 500, answered: ANSWERED, named: 'peer-flooded-cancels' },
  'cancel storm, in pieces': { manner: 'wavering sprat', pieces: true, some: true, said: 500, answered: ANSWERED, named: 'peer-flooded-cancels' },
  'oversize message': { manner: 'shouting', again: 2000, said: 1, named: 'peer-broke-protocol' },
  'stale digests': { manner: 'honest', stale: true },
  'one tracker of two down': { manner: 'honest', gives: true, attributes: url => ({ trackers: `ws://127.0.0.1:1/tracker/socket ${url}` }) },
  // Chromium asks about a page of the internet that wants to speak with the local network; here nobody answers.
  'tracker in a closed network': { manner: 'honest', apart: true, csp: 'public', sharing: 'alone' },
  // The same for WebRTC, of which that page is told addresses of its local network and no others.
  'peers of the local network': { manner: 'honest', local: true, csp: 'public', gives: true, flags: ['--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecksWebSockets'] },
  'peers of the local network, closed': {
    manner: 'honest', local: true, csp: 'public', apart: true, sharing: 'alone',
    flags: ['--enable-features=LocalNetworkAccessChecksWebRTC', '--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecksWebSockets'],
  },
  'peers whose addresses lead nowhere': { manner: 'honest', unreachable: true, apart: true, sharing: 'alone' },
  'offer flood, one name': { manner: 'honest', flood: 50, names: 'one', apart: true, said: 200, named: 'tracker-flooded' },
  // The last: the tracker takes each name for a member, and hands what others offer to nobody.
  'offer flood': { manner: 'honest', flood: 50, apart: true, said: 200, named: 'peer-many-names' },
}

export default {
  alone: true,
  about: 'attacks: pollution, floods, storms, drips, silence, stale digests, half a tracker, no way in: 0 stalls, bounded memory, culprits named',
  seconds: 330,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  // The browser itself reports a socket that could not be opened.
  expects: [/WebSocket connection to .* failed/],
  async run(world) {
    const honest = await suffer(world, 'honest', ATTACKS.honest)
    for (const [name, attack] of Object.entries(ATTACKS).slice(1)) {
      if (attack.local && !hasLocalAddress()) {
        world.note(`${name}: not told, for this machine has no address in a local network`)
        continue
      }
      const memory = await suffer(world, name, attack)
      for (const [part, usual] of Object.entries(honest)) {
        assert.ok(memory[part] <= usual + COST, `${name}: ${memory[part].toFixed(1)} MB of ${part}, beside an honest neighbour ${usual.toFixed(1)} MB`)
      }
    }
  },
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

/** Whether browsers here have an address of a local network to tell of (RFC 1918, RFC 4193). */
function hasLocalAddress() {
  const all = Object.values(networkInterfaces()).flat().filter(({ internal }) => !internal)
  return all.some(({ address }) => /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|f[cd])/i.test(address))
}

/** The film's list as `sprat-hash` writes it, with digests of pieces (`docs/digests.md`). */
function ofPieces() {
  const media = join(import.meta.dirname, '../../../www/media/vod')
  const list = JSON.parse(readFileSync(join(media, 'segments-sha256.json'), 'utf8'))
  for (const [file, ranges] of Object.entries(list)) {
    const bytes = readFileSync(join(media, file))
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
  const list = readFileSync(join(import.meta.dirname, '../../../www/media/vod/segments-sha256.json'), 'utf8')
  return list.replace(/[0-9a-f]{64}/g, digest => [...digest].reverse().join(''))
}
