// Who means harm, one after another against a viewer of the same film: a neighbour that lies, sends nothing, next to
// nothing, too much or without end, a stranger whose offers lead nowhere, a list of digests that is not of this film, a
// tracker that is down, a browser that lets nobody near. Whatever they do, the film plays on without a stall, what is
// appended is the publisher's, memory stays where it is beside an honest neighbour, and who can be named is named.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VOD_FILES, swarmsOfVod } from '../../driver/swarms.mjs'

/** Seconds of film under attack. */
const SUFFERED = 11
/** What an attack may cost beyond what an honest neighbour does, in MB. */
const COST = 16
/** RTCPeerConnections in that time: what a page may make at once, and a few that were due by then. */
const CONNECTIONS = 64

/**
 * `named`: the warning that has to be heard. `gives`: what it brings is good. `apart`: no neighbour can come of it;
 * `either`: one may. `said`: of so many messages, at the least, the attack consists.
 */
const ATTACKS = {
  'honest': { manner: 'honest', gives: true },
  'polluted segment': { manner: 'altered', again: 2000, named: 'peer-lied' },
  'zero length': { manner: 'empty', again: 2000, named: 'peer-broke-protocol' },
  'id flood': { manner: 'announcing', said: 20 },
  'slow drip': { manner: 'dripping', said: 2 },
  'silent': { manner: 'silent', named: 'peer-silent' },
  'request flood': { manner: 'asking', said: 2000 },
  'cancel storm': { manner: 'wavering', said: 2000 },
  'oversize message': { manner: 'shouting', again: 2000, said: 1, named: 'peer-broke-protocol' },
  'stale digests': { manner: 'honest', stale: true },
  'one tracker of two down': { manner: 'honest', gives: true, attributes: url => ({ trackers: `ws://127.0.0.1:1/tracker/socket ${url}` }) },
  // Chromium asks about a page of the internet that wants to speak with the local network; here nobody answers.
  'tracker in a closed network': { manner: 'honest', apart: true, csp: 'public' },
  // The same for WebRTC; whether an address of this machine's is one of a local network is for Chromium to say.
  'peers in a closed network': {
    manner: 'honest', either: true, csp: 'public',
    flags: ['--enable-features=LocalNetworkAccessChecksWebRTC', '--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecksWebSockets'],
  },
  // The last: the tracker takes each name for a member, and hands what others offer to nobody.
  'offer flood': { manner: 'honest', flood: 50, apart: true, said: 200 },
}

export default {
  about: 'attacks: pollution, floods, storms, drips, silence, stale digests, half a tracker, no way in: 0 stalls, bounded memory, culprits named',
  seconds: 220,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  // The browser itself reports a socket that could not be opened.
  expects: [/WebSocket connection to .* failed/],
  async run(world) {
    const honest = await suffer(world, 'honest', ATTACKS.honest)
    for (const [name, attack] of Object.entries(ATTACKS).slice(1)) {
      const { memory } = await suffer(world, name, attack)
      assert.ok(memory <= honest.memory + COST, `${name}: ${memory.toFixed(1)} MB, beside an honest neighbour ${honest.memory.toFixed(1)} MB`)
    }
  },
}

async function suffer(world, name, { manner, again, flood, named, gives, apart, either, said = 0, stale, attributes, flags, csp }) {
  if (stale) world.server.faults.set([{ match: '^/media/vod/segments-sha256', body: ofAnotherFilm() }])
  const neighbour = await world.scripted({ manner, again, flood, swarms: swarmsOfVod(world.server.url) })
  const tab = await world.viewer({ p2p: 'on', ...attributes?.(world.server.trackerUrl) }, { name, flags, csp })
  await tab.until(() => page.video?.currentTime > 1, { what: `${name}: playing` })
  await tab.until(at => page.video.currentTime > at, { argument: SUFFERED, within: 40_000, what: `${name}: ${SUFFERED} s` })
  const { wasm, heap } = await tab.ask(() => openNow.memory())
  const memory = (wasm + heap) / 1e6
  const { stats, witness, heard } = await tab.ask(() => page.state())
  const made = await tab.ask(() => openNow.made.connections)
  const score = await neighbour.ask(() => scripted.score())
  const judged = await tab.ask(files => appended.judge(files), VOD_FILES)
  await Promise.all([tab.close(), neighbour.close()])
  world.server.faults.clear()

  const culprits = [...new Set(heard.filter(({ culprit }) => culprit === 'peer').map(({ name }) => name))]
  world.note(`${name}: ${witness.stalls} stalls, ${memory.toFixed(1)} MB, ${made} connections, ${stats.segments.p2p} segments taken${culprits.length ? `, named ${culprits}` : ''}`)
  assert.equal(witness.stalls, 0, `${name}: stalls at ${witness.places}`)
  assert.equal(judged.altered, 0, `${name}: altered appends`)
  assert.ok(made <= CONNECTIONS, `${name}: ${made} connections`)
  assert.ok(score.said >= said, `${name}: only ${score.said} things said: ${JSON.stringify(score)}`)
  if (!either) assert.equal(score.opened > 0, !apart, `${name}: ${score.opened} channels`)
  if (either) return { memory }
  if (gives) assert.ok(stats.segments.p2p > 0, `${name}: nothing taken`)
  else assert.equal(stats.segments.p2p, 0, `${name}: something taken`)
  if (named) assert.ok(culprits.includes(named), `${name}: named ${culprits}`)
  else assert.deepEqual(culprits.filter(name => name === 'peer-lied'), [], `${name}: taken for a liar`)
  if (stale) assert.equal(score.closed, 0, `${name}: an honest neighbour was left`)
  return { memory }
}

/** The list of this film with every digest wrong, as of a stream that took over its names. */
function ofAnotherFilm() {
  const list = readFileSync(join(import.meta.dirname, '../../../www/media/vod/segments-sha256.json'), 'utf8')
  return list.replace(/[0-9a-f]{64}/g, digest => [...digest].reverse().join(''))
}
