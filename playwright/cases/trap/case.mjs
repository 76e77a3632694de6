// The engine traps once while two players share a page and a neighbour is connected: both go on where they were, over
// HTTP. It traps again: both say so, and stop.
import assert from 'node:assert/strict'

export default {
  about: 'a wasm trap: playback resumes at its position; the second one is fatal and says so',
  seconds: 30,
  expects: [/a trap was asked for/, /RuntimeError: unreachable/i, /engine-restarted/, /engine-failed/],
  async run(world) {
    const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour' })
    const tab = await world.viewer({ p2p: 'on', count: 2 }, { name: 'trapped' })
    await tab.until(rtc => (!rtc || page.element.stats.peers > 0) && page.video.currentTime > 5, { argument: world.has.rtc, what: 'playing, with a neighbour where there is WebRTC' })
    const before = await tab.ask(() => [...document.querySelectorAll('sprat-player')].map(({ currentTime }) => currentTime))
    const began = Date.now()
    await tab.ask(() => page.trap())
    await tab.until(() => page.heard.some(({ name }) => name === 'engine-restarted'), { what: 'the trap is noticed' })
    await tab.until(places => [...document.querySelectorAll('sprat-player')].every(({ currentTime, paused }, i) => !paused && currentTime > places[i] + 1),
      { argument: before, what: 'both play on' })
    const after = await tab.ask(() => [...document.querySelectorAll('sprat-player')].map(({ currentTime }) => currentTime))
    const took = (Date.now() - began) / 1000
    world.note(`resumed at ${before.map(time => time.toFixed(1)).join(' and ')} s; ${after.map((time, i) => (time - before[i]).toFixed(1)).join(' and ')} s played ${took.toFixed(1)} s later`)
    after.forEach((time, i) => assert.ok(time >= before[i] && time < before[i] + took + 2, `${before[i]} → ${time}`))
    const open = await tab.ask(() => ({ ...openNow.now(), peers: page.element.stats.peers }))
    assert.equal(open.sockets, 0, 'sockets of the instance that trapped')
    assert.equal(open.connections, 0, 'connections of the instance that trapped')

    await tab.ask(() => page.trap())
    await tab.until(() => page.errors().length === 2, { what: 'both players report an error' })
    const errors = await tab.ask(() => page.errors())
    const [error] = errors
    world.note(`then: ${error.name}, code ${error.code}`)
    assert.equal(error.name, 'engine-failed')
    assert.equal(error.code, 3)
    assert.equal(error.culprit, 'player')
    assert.equal(await tab.ask(() => page.element.error.name), 'engine-failed')
    await tab.ask(() => new Promise(resolve => setTimeout(resolve, 500)))
    assert.deepEqual(await tab.ask(() => { const { sockets, connections, requests } = openNow.now(); return { sockets, connections, requests } }), { sockets: 0, connections: 0, requests: 0 })
    assert.deepEqual(neighbour.complaints, [])
  },
}
