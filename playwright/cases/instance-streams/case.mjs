// The streams of the local PeerTube instance are media that browsers decode: muxed and split files in byte ranges, and a
// live in MPEG-TS with its sound apart. Everything that tests of an instance say rests on that.
import assert from 'node:assert/strict'

/** Seconds to see of each. */
const SEEN = 3

export default {
  about: 'the local PeerTube instance: VOD muxed and split, and a live in MPEG-TS, are decoded',
  seconds: 30,
  server: { instance: true },
  async run(world) {
    const { instance } = world.server
    for (const key of ['vod', 'split', 'live']) {
      const { streamingPlaylists: [{ playlistUrl, segmentsSha256Url }] } = instance.tell(instance.catalog.videos.get(key))
      const tab = await world.viewer({ src: playlistUrl, integrity: segmentsSha256Url })
      await tab.until(() => page.video?.readyState > 2, { what: `the first picture of ${key}` })
      await tab.ask(() => tracks.listen())
      const from = await tab.ask(() => page.video.currentTime)
      await tab.until(end => page.video.currentTime > end, { argument: from + SEEN, what: `${SEEN} s of ${key}` })
      const { video, audio } = await tab.ask(() => tracks.decoded())
      const { witness } = await tab.ask(() => page.state())
      world.note(`${key}: ${video} pictures, ${audio.count} ${audio.of} of sound, ${witness.stalls} stalls`)
      assert.ok(video > 20, `${video} pictures of ${key}`)
      assert.ok(audio.count > 0, `sound of ${key}`)
      assert.deepEqual(await tab.ask(() => page.errors()), [])
    }
  },
}
