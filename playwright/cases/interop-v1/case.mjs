// Sprat and a viewer of p2p-media-loader 0.x (PeerTube up to 7.0) give each other segments, in the swarm and the
// encoding of that time. There is no package of it to run beside the others, so the viewer is ours (`peers/v1`), written
// from the description of the protocol; what it says is held to what was captured of the real one before it meets
// anybody. Segments are of several messages, as a command in between would end one.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ABSENT, CANCEL, DATA, REQUEST, about, chunks, decode, infoHash, map, numberOf, peerId, statesIn } from '../../peers/v1/v1.js'

const SEGMENTS = 60
const SRC = 'long/filled/master.m3u8'
/** So much of the film the later one sees, in seconds. */
const SEEN = 40
/** Segments that each takes of the other, at the least. */
const TAKEN = 5

export default {
  about: 'Sprat and a viewer that speaks v1 exchange segments in both directions, byte for byte, without a stall',
  seconds: 60,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  server: { longs: { filled: { clip: 'files', segments: SEGMENTS, rate: 1_000_000 } } },
  async run(world) {
    await isAsCaptured()
    const sprat = await world.viewer({ src: SRC, p2p: 'on', naming: 'v1' }, { name: 'Sprat' })
    await sprat.until(() => page.video?.currentTime > 6, { what: 'Sprat has a few segments' })
    const before = await sprat.ask(() => page.element.stats)
    const other = await world.v1(SRC)
    await other.until(at => v1.video.currentTime > at, { argument: SEEN, within: SEEN * 2000, what: `v1 plays ${SEEN} s` })
    // Which of them is first to fetch a segment, and so gives it, is chance.
    await sprat.until(enough => page.element.stats.segments.p2p >= enough, { argument: TAKEN, within: SEEN * 1000, what: `Sprat took ${TAKEN} segments of v1` })

    const { stats, witness, heard } = await sprat.ask(() => page.state())
    const { score, seen } = await other.ask(() => ({ score: v1.score, seen: witness.report() }))
    const { altered, appends } = await sprat.ask(files => appended.judge(files), files())
    const unequal = await other.ask(() => v1.unequal())
    const ours = share(stats.p2pBytes - before.p2pBytes, stats.httpBytes - before.httpBytes)
    const theirs = share(score.p2pBytes, score.httpBytes)
    world.note(`interop-v1: offload of Sprat ${percent(ours)} since they met, of v1 ${percent(theirs)}; ${stats.segments.p2p} segments to Sprat, ${score.p2p} to v1, ` +
      `${altered} of ${appends} appends and ${unequal} of ${score.p2p} segments differ, stalls ${witness.stalls} and ${seen.stalls}`)

    const told = JSON.stringify({ score, stats, heard })
    assert.ok(stats.segments.p2p >= TAKEN, `Sprat took too little of v1: ${told}`)
    assert.ok(score.p2p >= TAKEN, `v1 took too little of Sprat: ${told}`)
    assert.ok(score.given >= stats.segments.p2p, `what Sprat took was given by v1: ${told}`)
    assert.deepEqual({ altered, unequal, refused: score.refused, rejected: stats.segments.rejected }, { altered: 0, unequal: 0, refused: 0, rejected: 0 }, told)
    assert.equal(score.interrupted, 0, `commands in the middle of a segment: ${told}`)
    assert.deepEqual(score.errors, [], told)
    assert.equal(witness.stalls, 0, `stalls of Sprat at ${witness.places}`)
    assert.equal(seen.stalls, 0, `stalls of v1 at ${seen.places}`)
    assert.deepEqual(heard.filter(({ type }) => type === 'warning' || type === 'error'), [], 'nobody is to be named')
  },
}

/** Our v1 names, writes and reads as the published one did. */
async function isAsCaptured() {
  const { v1 } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/fixtures/wire/vectors.json'), 'utf8'))
  const name = v1.streamSwarmId
  assert.equal(Buffer.from(await infoHash(name), 'latin1').toString('hex'), v1.infoHashHex)
  assert.match(peerId(), /^-WW0006-[A-Za-z0-9]{12}$/)
  const text = message => Buffer.from(message).toString()
  assert.equal(text(map(name, new Map([[17, 0], [18, 0], [19, 1]]))), v1.segmentsMap[0])
  assert.equal(text(about(REQUEST, name, 17)), v1.segmentRequest[0])
  assert.equal(text(about(ABSENT, name, 18)), v1.segmentAbsent[0])
  assert.equal(text(about(CANCEL, name, 17)), v1.cancel[0])
  const [promise, ...pieces] = v1.segmentData_maxMsg64
  assert.equal(text(about(DATA, name, 17, 100)), promise)
  const bytes = Buffer.from(pieces.map(({ hex }) => hex).join(''), 'hex')
  assert.deepEqual(chunks(bytes, 64).map(chunk => Buffer.from(chunk).toString('hex')), pieces.map(({ hex }) => hex))
  assert.deepEqual(pieces.map(({ hex }) => decode(Buffer.from(hex, 'hex'))), pieces.map(() => undefined))
  const captured = decode(Buffer.from(v1.segmentsMap[0]))
  assert.deepEqual(statesIn(captured, name), new Map([[17, 0], [18, 0], [19, 1]]))
  assert.equal(numberOf(decode(Buffer.from(v1.segmentRequest[0])).i, name), 17)
}

function files() {
  return Array.from({ length: SEGMENTS }, (_, i) => `/long/filled/240-${String(i).padStart(6, '0')}.m4s`)
    .concat('/long/filled/240-init.mp4')
}

function share(peers, origin) {
  return peers / (peers + origin)
}

function percent(part) {
  return `${Math.round(part * 100)} %`
}
