// A sliding live window, two viewers: no stalls, and neither falls behind.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** The long watch once; the others show that their path of media holds. */
const MINUTES = { chromium: 3, firefox: 1, webkit: 1 }
const SRC = 'live/loop/master.m3u8'

export default {
  about: 'a sliding live plays 3 minutes (1 elsewhere than in Chromium) with 0 stalls, two viewers sharing where there is WebRTC',
  seconds: MINUTES.chromium * 60 + 15,
  async run(world) {
    const minutes = MINUTES[world.kind]
    const one = await world.viewer({ src: SRC, p2p: 'on' }, { name: 'first' })
    await one.until(() => page.video?.currentTime > 0 && !page.video.paused && page.video.readyState > 2, { what: 'the live plays' })
    const two = await world.viewer({ src: SRC, p2p: 'on' }, { name: 'second' })
    await two.until(() => page.video?.readyState > 2, { what: 'the live plays' })
    const early = await one.ask(() => page.element.stats.latency)
    await sleep(minutes * 60_000)
    const states = await Promise.all([one, two].map(tab => tab.ask(() => page.state())))
    const [a, b] = states
    const shared = a.stats.segments.p2p + b.stats.segments.p2p
    world.note(`seen ${a.witness.played} + ${b.witness.played} s, stalls ${a.witness.stalls} + ${b.witness.stalls}, latency ${seconds(early)} → ${seconds(a.stats.latency)}, ` +
      `${shared} of ${shared + a.stats.segments.http + b.stats.segments.http} segments from the neighbour`)
    for (const { witness, stats } of states) {
      assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
      assert.ok(witness.played > minutes * 60 - 5, `${witness.played} s seen`)
      assert.equal(stats.segments.rejected, 0)
    }
    for (const tab of [one, two]) assert.deepEqual(await tab.ask(() => page.errors()), [])
    if (world.has.rtc) assert.ok(shared > 0, 'live viewers shared nothing')
  },
}

const seconds = value => value === null ? '?' : `${value.toFixed(1)} s`
