// Every network event of a page is written down. Before consent none of them reaches a tracker, a STUN server or
// another viewer, be it because the page asks first or because the browser asks not to be shared; afterwards they do,
// and once consent is revoked no more.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTurn } from '../../server/turn.mjs'

const NETWORK = readFileSync(new URL('../../driver/inside/network.js', import.meta.url), 'utf8')
const CONTROL = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })`
const WAYS = {
  'the page asks': [{ p2p: 'ask' }, []],
  'Global Privacy Control': [{ p2p: 'on' }, [CONTROL]],
}

export default {
  about: 'before consent nothing reaches tracker, STUN or peer; Global Privacy Control means ask',
  seconds: 60,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const stun = await startTurn({ name: 'n', password: 'p', relayed: '192.0.2.77' })
    try {
      await meet(world, stun)
    } finally {
      stun.close()
    }
  },
}

async function meet(world, stun) {
  const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour' })
  await neighbour.until(() => page.video?.currentTime > 2, { what: 'a neighbour is there' })
  for (const [name, [attributes, before]] of Object.entries(WAYS)) {
    const all = { ...attributes, 'ice-servers': `stun:127.0.0.1:${stun.port}` }
    const tab = await world.viewer(all, { name, before: [NETWORK, ...before] })
    const { announces, sockets } = world.server.tracker.snapshot()
    const messages = stun.heard.messages
    await tab.until(() => page.video?.currentTime > 4, { what: '4 s played' })
    await tab.until(() => page.heard.some(({ type }) => type === 'consentrequired'), { what: 'the page is told' })
    const early = await tab.ask(() => globalThis.network)
    assert.ok(early.some(({ what, url }) => what === 'fetch' && url.includes('/vod/')), 'the recorder records')
    assert.deepEqual(early.filter(({ what, url }) => what !== 'fetch' || !url.startsWith(world.server.url)), [], name)
    assert.equal(stun.heard.messages, messages, 'nothing was said to the STUN server')
    assert.equal(world.server.tracker.snapshot().sockets, sockets, 'no socket of a tracker')
    assert.ok(world.server.tracker.snapshot().announces - announces <= 2, 'but for the neighbour\'s own')
    assert.equal((await tab.ask(() => page.element.stats)).sharing, 'asking')

    await tab.ask(() => page.element.grantConsent())
    await tab.until(() => page.element.stats.peers > 0, { what: 'they meet' })
    const late = await tab.ask(() => globalThis.network.map(({ what }) => what))
    assert.ok(late.includes('WebSocket') && late.includes('RTCPeerConnection'), String(late))
    assert.ok(stun.heard.messages > messages, 'the STUN server is asked')

    await tab.ask(() => page.element.revokeConsent())
    await tab.until(() => page.element.stats.peers === 0, { what: 'they part' })
    const parted = await tab.ask(() => globalThis.network.length)
    await sleep(3_000)
    const after = (await tab.ask(() => globalThis.network)).slice(parted).filter(({ what }) => what !== 'fetch')
    assert.deepEqual(after, [], 'nothing more is said')
    const { witness, heard } = await tab.ask(() => page.state())
    assert.equal(witness.stalls, 0)
    assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
    world.note(`${name}: ${early.length} events before consent, all to the origin`)
    await tab.close()
  }
}
