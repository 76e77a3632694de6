// The element is taken out and put back fifty times, with a neighbour connected: afterwards nothing of it is open.
// Counted twice, by wrappers around the browser's own functions and by the engine.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const TIMES = 50

export default {
  about: 'removed and added 50 times: no socket, peer connection, timer or request left open',
  seconds: 50,
  // WebKitGTK's driver sets timers of its own in the page, which would be counted.
  browsers: ['chromium', 'firefox'],
  // What Firefox says of a socket that is closed before it is open, as some of the fifty are, and, on the neighbour's page, of
  // a connection whose other end has left while it was being made.
  expects: [/establish a connection to the server at ws:/, /The connection to ws:\S+ was interrupted/, /^neighbour: .*WebRTC: ICE failed/],
  async run(world) {
    const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour' })
    await neighbour.until(() => page.video?.currentTime > 1, { what: 'the neighbour plays' })
    const tab = await world.viewer({ p2p: 'on' }, { name: 'leaver' })
    await tab.until(() => page.element.stats.peers > 0, { what: 'connected' })
    const busy = await tab.ask(() => openNow.now())
    assert.ok(busy.sockets > 0 && busy.connections > 0 && busy.timers > 0, `the wrappers see nothing: ${JSON.stringify(busy)}`)

    await tab.ask(async times => {
      const { element } = page
      for (let i = 0; i < times; i++) {
        element.remove()
        // Sometimes so briefly that it may keep what it has, mostly long enough that it may not.
        await new Promise(resolve => setTimeout(resolve, i % 5 === 0 ? 0 : 80))
        document.body.append(element)
        await new Promise(resolve => setTimeout(resolve, 120))
      }
      await element.play().catch(() => {})
    }, TIMES)
    await tab.until(() => page.video.currentTime > 0.2 && !page.video.paused, { what: 'it plays after the last time' })
    const made = await tab.ask(() => openNow.made)
    await tab.ask(() => page.element.remove())
    await sleep(4000)
    // The witness of the test has one timer of its own.
    const left = await tab.ask(() => ({ ...openNow.now(), engine: page.counts() }))
    world.note(`${made.sockets} sockets, ${made.connections} connections, ${made.requests} requests made; left open: ` +
      `${left.sockets} sockets, ${left.connections} connections, ${left.requests} requests, ${left.timers - 1} timers; engine: ${JSON.stringify(left.engine)}`)
    const who = JSON.stringify(await tab.ask(() => openNow.who()), null, 1)
    assert.equal(left.sockets, 0)
    assert.equal(left.connections, 0)
    assert.equal(left.requests, 0, who)
    assert.equal(left.timers - 1, 0, who)
    const { fetches, sockets, peers, timers, players } = left.engine
    assert.deepEqual({ fetches, sockets, peers, timers, players }, { fetches: 0, sockets: 0, peers: 0, timers: 0, players: 0 })
  },
}
