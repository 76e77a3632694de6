// A film in byte ranges plays from its first frame to `ended`. Four times as fast, because `two-viewers` takes the
// honest minute; what reached the decoder is compared byte for byte with the publisher's files.
import assert from 'node:assert/strict'

export default {
  about: 'a VOD in byte ranges plays to `ended`',
  seconds: 25,
  async run(world) {
    const tab = await world.viewer()
    await tab.until(() => page.video?.currentTime > 0.2, { what: 'the first frames' })
    // What `has.managed` claims of a browser, and that it is made use of: with something beside it for another screen.
    assert.equal(await tab.ask(() => 'ManagedMediaSource' in globalThis && page.video.querySelectorAll('source').length === 2), world.has.managed, 'a managed media source')
    await tab.ask(() => { page.element.playbackRate = 4 })
    await tab.until(() => page.video.ended, { within: 40_000, what: 'the end' })
    const { time, duration, witness, stats } = await tab.ask(() => page.state())
    assert.ok(Math.abs(time - duration) < 0.1, `ended at ${time} of ${duration}`)
    assert.ok(Math.abs(duration - 60) < 0.5, `lasted ${duration} s`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
    const { appends, altered } = await tab.ask(() => appended.judge(['/media/vod/240-fragmented.mp4', '/media/vod/360-fragmented.mp4']))
    assert.equal(altered, 0, 'appends that are not a part of the publisher\'s files')
    assert.ok(appends >= 15, `${appends} appends`)
    world.note(`first frame ${Math.round(stats.firstFrameMs)} ms, ${appends} appends, none altered, ${witness.stalls} stalls at 4×`)
  },
}
