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
    await mapped(world, first, second)
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

/** The map of the swarm: each sees the other, by the direction of what flows, and no address of anybody. */
async function mapped(world, giver, taker) {
  await world.until(async () => (await taker.ask(() => page.element.stats.p2pBytes)) > 200_000, { what: 'something has flowed' })
  for (const [tab, row] of [[giver, 'up'], [taker, 'p2p']]) {
    await tab.click('sprat-player >> .badge')
    await tab.click('sprat-player >> .panel .turn')
    await tab.until(row => page.element.shadowRoot.querySelector(`.panel dl .${row} dd`)?.innerText === '1' && page.element.shadowRoot.querySelectorAll('.map circle:not(.you)').length === 1, { argument: row, what: 'it maps the other' })
    const { exchanges } = await tab.ask(() => page.element.stats)
    assert.deepEqual(exchanges.map(one => Object.keys(one)), [['id', 'bytesReceived', 'bytesSent']])
    await tab.press('Escape')
    await tab.until(() => page.element.shadowRoot.querySelectorAll('.panel').length === 0, { what: 'it is closed' })
  }
}

const kB = bytes => `${Math.round(bytes / 1000)} kB`
const percent = share => `${(share * 100).toFixed(1)} %`
