// A stream of open groups of pictures: what a group begins with refers to the group before. Seeks into what is
// buffered land between groups, where some decoders fail; playback goes on from there all the same, each time.
import assert from 'node:assert/strict'

const PLACES = [9.5, 4.2, 13.1, 6.9, 10.4]

export default {
  about: 'open groups of pictures: every seek into what is buffered plays within 3 s, with pictures',
  seconds: 25,
  async run(world) {
    const tab = await world.viewer({ src: 'cases/open-gop/index.m3u8', tag: 'sprat-video' })
    await tab.until(() => page.video?.currentTime > 1, { what: 'it plays' })
    await tab.until(() => page.video.buffered.length > 0 && page.video.buffered.end(page.video.buffered.length - 1) > 15.9, { what: 'all of it is buffered' })
    const took = []
    for (const place of PLACES) {
      await tab.ask(place => { page.element.currentTime = place }, place)
      // WebKitGTK takes its time on a machine without a graphics card.
      took.push(await tab.until(place => !page.video.seeking && page.video.currentTime > place + 0.5 && page.video.getVideoPlaybackQuality().totalVideoFrames > 0, {
        argument: place, within: world.kind === 'webkit' ? 8000 : 4000, what: `playing after a seek to ${place} s`,
      }))
    }
    const { heard } = await tab.ask(() => page.state())
    const mended = heard.filter(({ name }) => name === 'decode-failed').length
    world.note(`half a second was played ${took.join(', ')} ms after each seek; ${mended} new media sources`)
    assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
  },
}
