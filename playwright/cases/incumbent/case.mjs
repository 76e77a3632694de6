// Sprat and the published p2p-media-loader give each other segments: 2.2.2, whose swarms are named by position, and
// 2.3.1, by identity. Sprat is there first, so the incumbent can take what Sprat holds beyond the 15 s that it
// fetches itself; what the incumbent prefetches, Sprat takes in turn. Both check digests.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const LONG = 'long/files/master.m3u8'

export default {
  about: 'Sprat and p2p-media-loader 2.2.2 and 2.3.1 exchange segments in both directions',
  seconds: 60,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    await Promise.all([meet(world, '2.2.2', 'v2-position'), meet(world, '2.3.1', 'v2-identity')])
  },
}

async function meet(world, version, naming) {
  const sprat = await world.viewer({ src: LONG, p2p: 'on', naming }, { name: `Sprat for ${version}` })
  await sprat.until(() => page.video?.currentTime > 6, { what: 'Sprat has a few segments' })
  const other = await world.incumbent(version, LONG)
  const began = Date.now()
  const exchanged = async () => {
    const [ours, theirs] = await Promise.all([sprat.ask(() => page.state()), other.ask(() => incumbent.score)])
    return { ours, theirs, both: ours.stats.segments.p2p > 2 && theirs.p2p > 2 }
  }
  // Discovery takes the incumbent a moment; after that there is no reason to wait long.
  while (!(await exchanged()).both && Date.now() - began < 45_000) await sleep(500)
  const { ours, theirs } = await exchanged()
  world.note(`${version}: ${ours.stats.segments.p2p} segments from it, ${theirs.p2p} to it (${ours.witness.stalls} stalls)`)
  assert.ok(theirs.p2p > 0, `${version} took nothing from Sprat: ${JSON.stringify(theirs)}`)
  assert.ok(ours.stats.segments.p2p > 0, `Sprat took nothing from ${version}: ${JSON.stringify(ours.stats)}`)
  assert.equal(theirs.refused, 0, 'segments of ours that did not match their digest')
  assert.equal(ours.stats.segments.rejected, 0, 'segments of theirs that did not match their digest')
  assert.equal(ours.witness.stalls, 0, `stalls at ${ours.witness.places}`)
  assert.deepEqual(theirs.errors, [])
}
