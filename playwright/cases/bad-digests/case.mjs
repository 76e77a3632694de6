// The origin's bytes and its list of digests are at odds. The bytes play, for the origin is the publisher; they are
// never shared, and the page is told how many.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export default {
  about: 'a digest that does not match what the origin sends: it plays, and is not shared',
  seconds: 25,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  async run(world) {
    // Every digest is another one's: the origin's bytes and its list are at odds, whichever of them is wrong.
    const list = JSON.parse(readFileSync(join(import.meta.dirname, '../../../www/media/vod/segments-sha256.json'), 'utf8'))
    for (const file of Object.values(list)) {
      const digests = Object.values(file)
      Object.keys(file).forEach((range, i) => { file[range] = digests[(i + 1) % digests.length] })
    }
    world.server.faults.set([{ match: 'segments-sha256\\.json\\?wrong$', body: JSON.stringify(list), type: 'application/json' }])
    const first = await world.viewer({ p2p: 'on', integrity: 'media/vod/segments-sha256.json?wrong' }, { name: 'at odds with its digests' })
    await first.until(() => page.video?.currentTime > 5, { what: 'it plays what the origin sends' })
    // The neighbour has the right list, and would take what is right.
    const second = await world.viewer({ p2p: 'on' }, { name: 'neighbour of it' })
    await second.until(() => page.element.stats.peers > 0, { what: 'they met' })
    await second.until(() => page.video?.currentTime > 8, { what: 'the neighbour plays' })
    const [a, b] = await Promise.all([first, second].map(tab => tab.ask(() => page.state())))
    const [lists] = world.server.faults.applied()
    world.note(`plays, ${a.stats.segments.rejected} mismatches noted, ${a.stats.uploadedBytes} bytes shared, list asked for ${lists} times, ${a.witness.stalls} stalls`)
    assert.ok(a.stats.segments.rejected > 0, 'the mismatch was not noticed')
    assert.equal(a.stats.uploadedBytes, 0, 'shared what does not match')
    assert.equal(a.witness.stalls, 0, `stalls at ${a.witness.places}`)
    assert.ok(lists >= 1 && lists <= 4, `the list was asked for ${lists} times`)
    assert.equal(b.stats.p2pBytes, 0, 'the neighbour was given what does not match')
    assert.equal(b.stats.segments.rejected, 0)
  },
}
