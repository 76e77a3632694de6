// Timed metadata of fragmented MP4 and of the playlist: event messages of both versions and date ranges become cues.
import assert from 'node:assert/strict'

export default {
  about: 'event messages and date ranges are cues of metadata tracks, with the type and value of a DataCue',
  seconds: 20,
  async run(world) {
    const tab = await world.viewer({ src: 'captioned/vod/master.m3u8', autoplay: undefined, preload: 'auto' })
    const read = () => tab.ask(() => [...page.element.textTracks].filter(track => track.kind === 'metadata').flatMap(track => [...track.cues].map(cue => {
      const { key, info, data } = cue.value
      const content = typeof data === 'string' ? data : new TextDecoder('latin1').decode(data)
      return [track.label, Math.round(cue.startTime * 2) / 2, Math.round(cue.endTime * 2) / 2, cue.id, cue.type, key, info, content].join()
    })))
    await tab.until(() => [...page.element.textTracks].filter(track => track.kind === 'metadata').length === 2, { what: 'two tracks of metadata' })
    await tab.until(() => [...page.element.textTracks].find(({ label }) => label === 'metadata')?.cues.length === 8, { what: 'a message of each segment' })
    const cues = await read()
    for (const expected of [
      'dateranges,6,9,ad,com.apple.quicktime.HLS,CLASS,,com.example.ad',
      'dateranges,6,9,ad,com.apple.quicktime.HLS,X-COM-EXAMPLE-AD,,first',
      'dateranges,6,9,ad,com.apple.quicktime.HLS,SCTE35-OUT,,\u00fc0',
      'metadata,1,2,,org.id3,TXXX,what,tag 0',
      'metadata,5.5,6,1,urn:example:events,v,,message 1',
    ]) assert.ok(cues.includes(expected), `${expected} is among\n${cues.join('\n')}`)
    assert.deepEqual(cues, [...new Set(cues)], 'none twice')
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
