// No WebRTC, as in some browsers, or one that throws, as behind some policies: everything comes over HTTP, and the
// page is asked for nothing else.
import assert from 'node:assert/strict'

const MADE_UP = {
  absent: 'delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection',
  throwing: `globalThis.RTCPeerConnection = class { constructor() { throw new DOMException('not here', 'NotSupportedError') } }`,
}

export default {
  about: 'RTCPeerConnection absent, or throwing: HTTP only, no error',
  seconds: 30,
  async run(world) {
    const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour' })
    await neighbour.until(() => page.video?.currentTime > 2, { what: 'a neighbour is there' })
    // A browser without WebRTC need not be told.
    const ways = world.has.rtc ? MADE_UP : { 'absent by nature': undefined }
    for (const [what, before] of Object.entries(ways)) {
      const tab = await world.viewer({ p2p: 'on' }, { name: what, before: before ? [before] : [] })
      await tab.until(() => page.video?.currentTime > 6, { what: `6 s played with RTCPeerConnection ${what}` })
      const { stats, witness, heard } = await tab.ask(() => page.state())
      await tab.close()
      world.note(`${what}: ${Math.round(stats.httpBytes / 1000)} kB over HTTP, ${stats.p2pBytes} from peers, sharing "${stats.sharing}", ${witness.stalls} stalls`)
      assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
      assert.equal(stats.p2pBytes, 0)
      assert.equal(stats.sharing, what === 'throwing' ? 'alone' : 'off')
      assert.ok(stats.httpBytes > 100_000)
      assert.equal(witness.stalls, 0)
    }
  },
}
