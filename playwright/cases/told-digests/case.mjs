// A page that names no digests, and an origin elsewhere that says of each file what is in it: where the page may read that,
// viewers share; where it may not, everything comes from the origin.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const SRC = 'long/files/master.m3u8'

export default {
  alone: true,
  about: 'Repr-Digest stands in for a list of digests where it is exposed, and only there',
  seconds: 70,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const elsewhere = new URL(SRC, world.server.url)
    elsewhere.hostname = 'localhost'
    for (const reprDigest of ['hidden', 'exposed']) {
      world.server.faults.set([{ match: '\\.m4s$', reprDigest }])
      const attributes = { p2p: 'on', src: elsewhere.href, integrity: undefined, swarm: reprDigest }
      const first = await world.viewer(attributes, { name: `${reprDigest}, first` })
      await first.until(() => page.video?.currentTime > 5, { what: '5 s played' })
      const second = await world.viewer(attributes, { name: `${reprDigest}, second` })
      await second.until(() => page.video?.currentTime > 5, { what: '5 s played' })
      await sleep(10_000)
      const [one, two] = await Promise.all([first, second].map(tab => tab.ask(() => page.state())))
      world.note(`${reprDigest}: ${two.stats.segments.p2p} segments of the second from the first, ${two.stats.segments.http} from the origin, sharing "${two.stats.sharing}"`)
      for (const { witness, stats, heard } of [one, two]) {
        assert.equal(witness.stalls, 0)
        assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
        assert.equal(stats.segments.rejected, 0)
        assert.equal(stats.sharing, reprDigest === 'exposed' ? 'active' : 'unverifiable')
      }
      if (reprDigest === 'exposed') assert.ok(two.stats.segments.p2p > 3, `${two.stats.segments.p2p} segments`)
      else assert.equal(two.stats.p2pBytes, 0)
      await first.close()
      await second.close()
    }
  },
}
