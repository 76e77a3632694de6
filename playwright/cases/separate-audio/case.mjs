// An audio rendition of its own, both in byte ranges: picture and sound are decoded, and stay together.
import assert from 'node:assert/strict'
import { SPLIT } from '../../driver/world.mjs'

export default {
  about: 'separate audio in byte ranges: both tracks are decoded',
  seconds: 20,
  async run(world) {
    const tab = await world.viewer({ src: SPLIT })
    await tab.until(() => page.video?.readyState > 2, { what: 'the first picture' })
    await tab.ask(() => tracks.listen())
    await tab.until(() => page.video.currentTime > 3, { what: '3 s played' })
    await tab.ask(() => { page.video.currentTime = 15 })
    await tab.until(() => page.video.currentTime > 17, { what: 'playing after a seek' })
    const { witness } = await tab.ask(() => page.state())
    const { video, audio } = await tab.ask(() => tracks.decoded())
    await tab.until(() => page.video.ended, { what: 'the end', within: 15_000 })
    const judged = await tab.ask(() => appended.judge(['/media/split/360-fragmented.mp4', '/media/split/audio-fragmented.mp4']))
    world.note(`decoded ${video} pictures, ${audio.count} ${audio.of} of sound, ${witness.stalls} stalls`)
    // WebKitGTK counts anew after a seek.
    assert.ok(video > 20, `${video} pictures decoded`)
    assert.ok(audio.count > audio.enough, `${audio.count} ${audio.of} of sound decoded`)
    assert.equal(judged.altered, 0)
    assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
