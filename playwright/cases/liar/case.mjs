// A neighbour that alters what it serves. Not one altered byte may reach the decoder; the liar is left, and when it
// comes back (it announces again every 2 s) it is not asked again. Two controls: an honest twin is used, so the liar
// would be; and on a page that waives verification the altered bytes do arrive, so they would be seen.
import assert from 'node:assert/strict'
import { VOD_FILES, swarmsOfVod } from '../../driver/swarms.mjs'

export default {
  about: 'a neighbour that serves altered bytes: none appended, it is left and not asked again, no stall',
  seconds: 55,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  // What the browser makes of altered bytes is its own affair.
  expects: [/^control: /],
  async run(world) {
    const swarms = swarmsOfVod(world.server.url)
    const honest = await watch(world, 'honest', swarms)
    const liar = await watch(world, 'altered', swarms)

    assert.ok(honest.stats.segments.p2p > 2, `the honest twin gave ${honest.stats.segments.p2p} segments`)
    assert.equal(honest.stats.segments.rejected, 0)
    assert.ok(liar.score.gave > 0, `the liar was never asked: this shows nothing: ${JSON.stringify([liar.score, liar.stats])}`)
    assert.ok(liar.stats.segments.rejected > 0, 'nothing was rejected')
    assert.equal(liar.judged.altered, 0, 'altered appends')
    assert.equal(liar.stats.segments.p2p, 0)
    assert.equal(liar.witness.stalls, 0, `stalls at ${liar.witness.places}`)
    assert.equal(liar.score.requests, liar.askedEarly, 'asked again after it had lied')
    assert.equal(liar.stats.peers, 0, 'still connected')
    await control(world, swarms)
    world.note(`liar: asked ${liar.score.requests}×, ${liar.stats.segments.rejected} rejected, ${liar.judged.altered} of ${liar.judged.appends} appends altered, ` +
      `${liar.score.opened} channels opened, ${liar.stats.peers} left, ${liar.witness.stalls} stalls; honest twin gave ${honest.stats.segments.p2p}`)
  },
}

async function watch(world, manner, swarms) {
  const neighbour = await world.scripted({ manner, swarms, again: 2000 })
  const tab = await world.viewer({ p2p: 'on' }, { name: `viewer of ${manner}` })
  await tab.until(() => page.video?.currentTime > 8, { what: '8 s played' })
  const askedEarly = (await neighbour.ask(() => scripted.score())).requests
  await tab.until(() => page.video.currentTime > 16, { what: '16 s played' })
  const { stats, witness } = await tab.ask(() => page.state())
  const score = await neighbour.ask(() => scripted.score())
  const judged = await tab.ask(files => appended.judge(files), VOD_FILES)
  await Promise.all([tab.close(), neighbour.close()])
  return { stats, witness, score, judged, askedEarly }
}

async function control(world, swarms) {
  const neighbour = await world.scripted({ manner: 'altered', swarms })
  const tab = await world.viewer({ p2p: 'on', integrity: 'none' }, { name: 'control' })
  await tab.until(async files => (await appended.judge(files)).altered > 0, { argument: VOD_FILES, what: 'without digests, altered bytes are appended and seen' })
  await Promise.all([tab.close(), neighbour.close()])
}
