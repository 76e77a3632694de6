// One file per segment, to the end; and from a shop window: `preload="metadata"` fetches no more than the beginning.
import assert from 'node:assert/strict'
import { FILES } from '../../driver/world.mjs'

export default {
  about: 'one file per segment plays to `ended`; preload="metadata" fetches only the beginning',
  seconds: 15,
  async run(world) {
    const waiting = await world.viewer({ src: FILES, autoplay: undefined, preload: 'metadata' }, { name: 'waiting' })
    await waiting.until(() => page.video?.readyState >= 2, { what: 'the first picture' })
    const before = world.server.stats.requests(/\.m4s$/)
    const tab = await world.viewer({ src: FILES })
    await tab.until(() => page.video?.currentTime > 0.2, { what: 'playing' })
    await tab.ask(() => tracks.listen())
    await tab.ask(() => { page.element.playbackRate = 4 })
    await tab.until(() => page.video.ended, { what: 'the end' })
    const { time, duration, witness } = await tab.ask(() => page.state())
    const { video, audio } = await tab.ask(() => tracks.decoded())
    world.note(`${before} segment for the waiting one; ended at ${time.toFixed(2)} of ${duration.toFixed(2)} s, ${witness.stalls} stalls at 4×`)
    assert.ok(before <= 2, `${before} segments for a first picture`)
    assert.ok(Math.abs(time - duration) < 0.1)
    assert.ok(video > 100 && audio.count > 0, `decoded ${video} pictures, ${audio.count} ${audio.of} of sound`)
  },
}
