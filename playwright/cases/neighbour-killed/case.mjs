// The neighbour's process dies when half a segment has crossed: no goodbye, no closed channel. The half is kept, the
// rest comes from the origin, and nobody sees it.
import assert from 'node:assert/strict'
import { VOD_FILES, swarmsOfVod } from '../../driver/swarms.mjs'

export default {
  about: 'a neighbour killed in the middle of a segment: 0 stalls',
  seconds: 35,
  // The other drivers cannot kill a page.
  browsers: ['chromium'],
  async run(world) {
    const neighbour = await world.scripted({ manner: 'halting', swarms: swarmsOfVod(world.server.url) })
    const tab = await world.viewer({ p2p: 'on' }, { name: 'viewer' })
    await world.until(async () => (await neighbour.ask(() => scripted.score())).halfway > 0, { what: 'half a segment has crossed' })
    await neighbour.crash()
    const at = await tab.ask(() => page.video?.currentTime ?? 0)
    await tab.until(at => page.video.currentTime > at + 20, { argument: at, within: 40_000, what: '20 s more' })
    const { stats, witness } = await tab.ask(() => page.state())
    const judged = await tab.ask(files => appended.judge(files), VOD_FILES)
    world.note(`killed at ${at.toFixed(1)} s with ${stats.p2pBytes} bytes across, ${stats.segments.http} segments since from the origin, ${witness.stalls} stalls`)
    assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
    assert.equal(judged.altered, 0)
  },
}
