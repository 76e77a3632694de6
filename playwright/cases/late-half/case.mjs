// Half of the engine is fetched once there may be viewers to meet: not on a page without trackers, not before consent.
// Where it cannot be had, playing goes on over HTTP and a warning says why; where it comes late, they meet late.
import assert from 'node:assert/strict'

const HALF = 'sprat_swarm_bg\\.wasm'

export default {
  about: 'the half that meets others: fetched once it is wanted; missing: a warning, and it plays; late: they meet',
  seconds: 75,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  expects: [/Failed to load resource/],
  async run(world) {
    const asked = () => world.server.stats.requests(new RegExp(HALF))
    for (const p2p of ['off', 'ask']) {
      const tab = await world.viewer({ p2p }, { name: `p2p="${p2p}"` })
      await tab.until(() => page.video?.currentTime > 4, { what: '4 s played' })
      assert.equal(asked(), 0, p2p)
      await tab.close()
    }

    // The first viewer's three requests fail; the second's first does, and is made again after 5 s.
    world.server.faults.set([{ match: HALF, status: 404, body: 'gone', times: 4 }])
    const without = await world.viewer({ p2p: 'on' }, { name: 'without' })
    await without.until(() => page.heard.some(({ name }) => name === 'swarm-unavailable'), { what: 'a warning', within: 30_000 })
    assert.equal(asked(), 3)
    const late = await world.viewer({ p2p: 'on' }, { name: 'late' })
    await late.until(() => page.video?.currentTime > 3, { what: '3 s played' })
    const other = await world.viewer({ p2p: 'on' }, { name: 'other' })
    for (const tab of [late, other]) await tab.until(() => page.element.stats.peers > 0, { what: 'they meet', within: 30_000 })
    assert.equal(asked(), 6)

    const { stats, witness, heard } = await without.ask(() => page.state())
    assert.equal(stats.peers, 0)
    assert.equal(stats.sharing, 'alone')
    assert.equal(witness.stalls, 0)
    const warning = heard.find(({ name }) => name === 'swarm-unavailable')
    assert.equal(warning.culprit, 'origin')
    assert.match(warning.message, /404/)
    assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
    world.note(`none before it is wanted; three requests in vain: "${warning.message}", ${Math.round(stats.httpBytes / 1000)} kB over HTTP, 0 stalls; the late one has met the other`)
  },
}
