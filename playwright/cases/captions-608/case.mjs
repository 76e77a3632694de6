// Captions of line 21 and ID3 tags inside MPEG-TS: a track for each channel, named by the playlist where it is.
import assert from 'node:assert/strict'

export default {
  about: 'captions inside transport streams and fragments, ID3: CC1 as the playlist names it, CC3 unannounced; again after seeks',
  seconds: 30,
  async run(world) {
    const tab = await world.viewer({ tag: 'sprat-video', src: 'captioned/ts/master.m3u8', autoplay: undefined, preload: 'auto' })
    const labels = () => tab.ask(() => [...page.element.textTracks].map(({ kind, label, language }) => [kind, label, language].join()))
    await tab.until(() => page.element.textTracks.length === 3, { what: 'three tracks' })
    assert.deepEqual((await labels()).sort(), ['captions,CC3,', 'captions,English CC,en', 'metadata,metadata,'])
    await tab.ask(() => {
      globalThis.active = label => [...[...page.element.textTracks].find(track => track.label === label).activeCues ?? []].map(({ text }) => text).join()
      for (const track of page.element.textTracks) track.mode = 'hidden'
    })
    for (const [time, texts] of [[0.2, ''], [0.8, 'CC1 0'], [1.2, 'CC1 0'], [1.8, 'CC1 1'], [4.7, 'CC1 4'], [2.7, 'CC1 2']]) {
      await tab.ask(time => { page.element.currentTime = time }, time)
      await tab.until(texts => active('English CC') === texts, { argument: texts, within: 10_000, what: `CC1 at ${time} says "${texts}"` })
    }
    assert.equal(await tab.ask(() => active('CC3')), 'CC3 2')
    const tags = await tab.ask(() => [...[...page.element.textTracks].find(({ kind }) => kind === 'metadata').cues].map(({ startTime, endTime, type, value }) =>
      [startTime.toFixed(1), endTime.toFixed(1), type, value.key, value.info, value.data].join()))
    assert.deepEqual(tags, [0, 1, 2, 3, 4, 5].map(n => `${n}.1,${n + 1}.0,org.id3,TXXX,what,second ${n}`))
    assert.deepEqual(await tab.ask(() => page.errors()), [])
    await tab.close()

    const fragments = await world.viewer({ tag: 'sprat-video', src: 'captioned/pictures/master.m3u8', autoplay: undefined, preload: 'auto' })
    await fragments.until(() => page.element.textTracks.length === 2, { what: 'both channels' })
    await fragments.ask(() => { for (const track of page.element.textTracks) track.mode = 'hidden' })
    for (const [time, texts] of [[0.8, 'CC1 0,CC3 0'], [1.7, 'CC1 1,CC3 1'], [0.2, ',']]) {
      await fragments.ask(time => { page.element.currentTime = time }, time)
      await fragments.until(texts => [...page.element.textTracks].map(({ activeCues }) => activeCues[0]?.text).join() === texts,
        { argument: texts, within: 10_000, what: `fragments at ${time} say "${texts}"` })
    }
    assert.deepEqual(await fragments.ask(() => page.errors()), [])
  },
}
