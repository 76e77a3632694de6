// Two viewers of one film, the second five seconds after the first, both in honest time to the end: what the origin
// gave, what the neighbour gave, and what an observer outside saw of it.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export default {
  about: 'two viewers 5 s apart: the second takes ≥ 60 % from the first, 0 stalls',
  seconds: 75,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const first = await world.viewer({ p2p: 'on' }, { name: 'first' })
    await sleep(5000)
    const second = await world.viewer({ p2p: 'on' }, { name: 'second' })
    await first.until(() => page.video.ended, { within: 80_000, what: 'the first has seen the end' })
    await second.until(() => page.video.ended, { within: 20_000, what: 'the second has seen the end' })

    const [one, two] = await Promise.all([first, second].map(tab => tab.ask(() => page.state())))
    const media = world.server.stats.bytes(/vod\/.*\.mp4$/)
    const share = two.stats.p2pBytes / (two.stats.p2pBytes + two.stats.httpBytes)
    const delivered = one.stats.p2pBytes + one.stats.httpBytes + two.stats.p2pBytes + two.stats.httpBytes
    world.note(`origin ${kB(media)}, neighbours ${kB(one.stats.p2pBytes + two.stats.p2pBytes)} (second: ${percent(share)} from its neighbour, ` +
      `both: ${percent(1 - media / delivered)} off the origin), stalls ${one.witness.stalls} + ${two.witness.stalls}`)
    for (const { witness } of [one, two]) {
      assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
      assert.ok(witness.played > 55, `${witness.played} s seen`)
    }
    assert.ok(share >= 0.6, `${percent(share)} from the neighbour`)
    assert.ok(one.stats.uploadedBytes >= two.stats.p2pBytes, 'what one took the other gave')
    for (const tab of [first, second]) {
      const { altered } = await tab.ask(() => appended.judge(['/media/vod/240-fragmented.mp4', '/media/vod/360-fragmented.mp4']))
      assert.equal(altered, 0)
      assert.deepEqual(await tab.ask(() => page.errors()), [])
    }
  },
}

const kB = bytes => `${Math.round(bytes / 1000)} kB`
const percent = share => `${(share * 100).toFixed(1)} %`
