// Ten players on one page: one engine, of two halves, one socket to the tracker, one copy of every segment.
import assert from 'node:assert/strict'

export default {
  about: '10 players on a page: 1 engine, 1 socket per tracker',
  seconds: 25,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  async run(world) {
    // Two trackers by name, one by address.
    const trackers = `${world.server.trackerUrl} ${world.server.trackerUrl}?second`
    const tab = await world.viewer({ count: 10, p2p: 'on', trackers })
    const playing = () => [...document.querySelectorAll('sprat-player')].filter(({ currentTime }) => currentTime > 2).length
    await tab.until(playing, { what: 'one plays' })
    await tab.until(() => [...document.querySelectorAll('sprat-player')].every(({ currentTime }) => currentTime > 2), { within: 40_000, what: 'all ten play' })
    const { made, urls, counts } = await tab.ask(() => ({ made: openNow.made, urls: openNow.socketUrls, counts: page.counts() }))
    const media = world.server.stats.bytes(/\.mp4$/)
    world.note(`${made.instances} wasm instances, ${urls.length} sockets to ${new Set(urls).size} trackers, ${counts.players} players, ${Math.round(media / 1000)} kB from the origin for all`)
    // The engine, and its half that meets other viewers.
    assert.equal(made.instances, 2)
    assert.equal(counts.players, 10)
    assert.equal(urls.length, 2)
    assert.equal(new Set(urls).size, 2)
    // Ten times the film would be 24 MB.
    assert.ok(media < 8_000_000, `${media} bytes from the origin`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
