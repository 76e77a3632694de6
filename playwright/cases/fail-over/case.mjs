// A variant whose segments are gone is left for another one, a server that is down for the other place of the same
// variant. Unseen both times.
import assert from 'node:assert/strict'

export default {
  about: 'a variant without its segments, and a place that is down: another one takes over without a stall',
  seconds: 60,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  expects: [/Failed to load resource/, /net::ERR/],
  server: { longs: { tall: { clip: 'vod', segments: 10 } } },
  async run(world) {
    world.server.faults.set([{ match: '/long/tall/360-.*m4s', skip: 2, status: 404, body: '' }])
    const gone = await world.viewer({ src: 'long/tall/master.m3u8' }, { name: 'segments gone' })
    await plays(world, gone)
    const asked = world.server.stats.requests(/tall\/360-.*m4s/)
    world.note(`${asked} requests where nothing is`)
    assert.ok(asked < 16, `${asked} requests`)
    await gone.close()

    const variant = 'BANDWIDTH=400000,RESOLUTION=640x360,CODECS="avc1.64001e,mp4a.40.2"'
    const master = `#EXTM3U\n${['one', 'two'].map(place => `#EXT-X-STREAM-INF:${variant}\n/long/tall/360.m3u8?${place}\n`).join('')}`
    world.server.faults.set([
      { match: '^/long/tall/mirrored', status: 200, body: master, type: 'application/vnd.apple.mpegurl' },
      { match: '^/long/tall/360.m3u8\\?one', status: 503, body: '' },
    ])
    const down = await world.viewer({ src: 'long/tall/mirrored.m3u8' }, { name: 'place down' })
    await plays(world, down)
    await down.close()
  },
}

async function plays(world, tab) {
  await tab.until(() => page.video?.currentTime > 16, { within: 40_000, what: '16 s played' })
  const { witness, heard } = await tab.ask(() => page.state())
  world.note(`${tab.name}: ${witness.stalls} stalls, ${heard.filter(({ type }) => type === 'warning').map(({ name }) => name)}`)
  assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
  assert.deepEqual(await tab.ask(() => page.errors()), [])
}
