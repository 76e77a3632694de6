// The viewer who has brought most of a film so far is killed in the middle of it: no goodbye. The other one plays on
// from the origin, and nobody sees it.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { VOD_FILES } from '../../driver/swarms.mjs'

export default {
  about: 'a neighbouring Sprat killed in mid-film: 0 stalls',
  seconds: 50,
  // The other drivers cannot kill a page.
  browsers: ['chromium'],
  async run(world) {
    const first = await world.viewer({ p2p: 'on' }, { name: 'first' })
    await sleep(5000)
    const second = await world.viewer({ p2p: 'on' }, { name: 'second' })
    await second.until(() => page.video?.currentTime > 12 && page.element.stats.segments.p2p > 2, {
      within: 30_000, what: 'it plays from its neighbour',
    })
    const before = await second.ask(() => page.state())
    await first.crash()
    await second.until(at => page.video.currentTime > at + 20, { argument: before.time, within: 40_000, what: '20 s more' })
    const { stats, witness } = await second.ask(() => page.state())
    const judged = await second.ask(files => appended.judge(files), VOD_FILES)
    const since = stats.segments.http - before.stats.segments.http
    world.note(`killed at ${before.time.toFixed(1)} s with ${before.stats.segments.p2p} segments across, ${since} segments since from the origin, ${witness.stalls} stalls`)
    assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
    assert.equal(judged.altered, 0)
    assert.ok(since > 0, 'the origin took over')
    assert.deepEqual(await second.ask(() => page.errors()), [])
  },
}
