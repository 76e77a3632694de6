// A viewer that goes by relays alone: no session description and no candidate has an address of theirs, whatever the
// browser found. The same page without that wish is the control.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { startTurn } from '../../server/turn.mjs'

const NETWORK = readFileSync(new URL('../../driver/inside/network.js', import.meta.url), 'utf8')
const RELAYED = '192.0.2.77'

export default {
  about: 'relay-only: no address of the viewer in any description or candidate',
  seconds: 45,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  // The relay's address leads nowhere, and Firefox says so when it has waited long enough.
  expects: [/ICE failed/],
  async run(world) {
    const turn = await startTurn({ name: 'viewer', password: 'secret', relayed: RELAYED })
    try {
      await listen(world, turn)
    } finally {
      turn.close()
    }
  },
}

async function listen(world, turn) {
  const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour' })
  await neighbour.until(() => page.video?.currentTime > 2, { what: 'a neighbour is there' })
  const servers = `turn:viewer:secret@127.0.0.1:${turn.port}`
  for (const policy of ['relay', 'all']) {
    const all = { p2p: 'on', 'ice-servers': servers, 'ice-transport-policy': policy }
    const tab = await world.viewer(all, { name: policy, before: [NETWORK] })
    await tab.until(() => globalThis.network.some(({ what, text }) => what === 'said' && text.includes('candidate:')), {
      within: 15_000, what: 'an offer with candidates leaves',
    })
    await tab.until(() => page.video?.currentTime > 4, { what: '4 s played' })
    const said = await tab.ask(() => globalThis.network.filter(({ what }) => what === 'said' || what === 'candidate'))
    const lines = said.flatMap(({ text }) => text.split(/\\r\\n|\r\n/))
    const candidates = lines.filter(line => line.includes('candidate:')).map(line => line.slice(line.indexOf('candidate:')).split(' '))
    const kinds = new Set(candidates.map(words => words[7]))
    world.note(`${policy}: ${candidates.length} candidates of kind ${[...kinds].join(', ')}; ${turn.heard.allocations} allocations`)
    assert.ok(turn.heard.allocations > 0, 'the credentials are good')
    if (policy === 'relay') {
      assert.deepEqual([...kinds], ['relay'])
      assert.ok(candidates.every(words => words[4] === RELAYED), 'the relay\'s own address')
      for (const line of lines) {
        const others = line.match(/\d+\.\d+\.\d+\.\d+|[0-9a-f-]+\.local/g)?.filter(a => ![RELAYED, '0.0.0.0', '127.0.0.1'].includes(a)) ?? []
        assert.deepEqual(others, [], line)
        assert.ok(!/c=IN IP4 (?!0\.0\.0\.0)/.test(line), line)
      }
    } else {
      assert.ok(kinds.has('host'), 'the control shows some')
    }
    assert.equal((await tab.ask(() => page.state())).witness.stalls, 0)
    await tab.close()
  }
}
