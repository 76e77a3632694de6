// A sliding live window, two viewers where they can share: no stalls, and neither falls behind.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** The long watch once; the others show that their path of media holds. */
const MINUTES = { chromium: 3, firefox: 1, webkit: 1 }
/** WebKitGTK decodes in software and draws without a graphics card. */
const MAX_STALLS = { chromium: 0, firefox: 0, webkit: 1 }
const SRC = 'live/loop/master.m3u8'

export default {
  about: 'a sliding live plays 3 minutes (1 elsewhere than in Chromium) with 0 stalls, two viewers sharing where there is WebRTC',
  seconds: MINUTES.chromium * 60 + 15,
  async run(world) {
    const minutes = MINUTES[world.kind]
    // WebKitGTK 2.50 stands for a moment at each change of rate.
    const one = await world.viewer({ src: SRC, p2p: 'on', ...(world.kind === 'webkit' && { 'catch-up': 'off' }) }, { name: 'first' })
    await one.until(() => page.video?.currentTime > 0 && !page.video.paused && page.video.readyState > 2, { what: 'the live plays' })
    const tabs = [one]
    if (world.has.rtc) {
      const two = await world.viewer({ src: SRC, p2p: 'on' }, { name: 'second' })
      await two.until(() => page.video?.readyState > 2, { what: 'the live plays' })
      tabs.push(two)
    }
    const early = await one.ask(() => page.element.stats.latency)
    await sleep(minutes * 60_000)
    const states = await Promise.all(tabs.map(tab => tab.ask(() => page.state())))
    const sum = count => states.reduce((all, state) => all + count(state), 0)
    const shared = sum(({ stats }) => stats.segments.p2p)
    world.note(`seen ${states.map(({ witness }) => witness.played).join(' + ')} s, stalls ${states.map(({ witness }) => witness.stalls).join(' + ')}, ` +
      `latency ${seconds(early)} → ${seconds(states[0].stats.latency)}, ${shared} of ${shared + sum(({ stats }) => stats.segments.http)} segments from the neighbour`)
    for (const { witness, stats } of states) {
      assert.ok(witness.stalls <= MAX_STALLS[world.kind], `stalls at ${witness.places}`)
      assert.ok(witness.played > minutes * 60 - 5, `${witness.played} s seen`)
      assert.equal(stats.segments.rejected, 0)
    }
    for (const tab of tabs) assert.deepEqual(await tab.ask(() => page.errors()), [])
    if (world.has.rtc) assert.ok(shared > 0, 'live viewers shared nothing')
  },
}

const seconds = value => value === null ? '?' : `${value.toFixed(1)} s`
