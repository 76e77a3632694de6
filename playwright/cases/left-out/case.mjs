// Tracks that do not fit: MP3 where the browser takes none in MP4 (Chromium takes raw frames, in a SourceBuffer of their
// own), and pictures that it does not decode (HEVC). What can be played plays, what cannot is named.
import assert from 'node:assert/strict'

const AT = 'cases/left-out'

export default {
  about: 'MP3 in TS, in MP4 and packed, and HEVC beside AAC: what the browser decodes plays, the rest is named',
  seconds: 60,
  // WebKitGTK says yes to every codec, whatever GStreamer will make of it.
  browsers: ['chromium', 'firefox'],
  expects: [/codec-not-supported|segment-unusable|track-unplayable/],
  async run(world) {
    const raw = world.kind === 'chromium'
    const mp3 = raw ? undefined : /mp4a\.6b/i
    await plays(world, 'mp3-ts.m3u8', { video: true, audio: raw, named: mp3 })
    await plays(world, 'mp3-fmp4.m3u8', { video: true, audio: raw, named: mp3 })
    if (raw) await plays(world, 'mp3-packed.m3u8', { video: false, audio: true })
    await plays(world, 'hevc-fmp4.m3u8', { video: !raw, audio: true, named: raw ? /hvc1/ : undefined })
  },
}

async function plays(world, stream, { video, audio, named }) {
  const tab = await world.viewer({ src: `${AT}/${stream}`, muted: undefined }, { name: stream })
  await tab.until(() => page.video?.readyState > 2 && page.video.currentTime > 0, { what: `${stream} begins` })
  await tab.ask(() => tracks.listen())
  await tab.until(() => page.video.currentTime > 4.5, { what: `${stream}: 4.5 s played` })
  const { buffered, witness } = await tab.ask(() => page.state())
  await tab.ask(() => { page.video.currentTime = 1 })
  await tab.until(() => page.video.currentTime > 2.5, { what: `${stream}: playing after a seek` })
  await tab.until(() => page.video.ended, { what: `${stream} ends` })
  const decoded = await tab.ask(() => tracks.decoded())
  const { heard } = await tab.ask(() => page.state())
  const said = heard.filter(({ type }) => type === 'warning')
  await tab.close()
  world.note(`${stream}: ${decoded.video} pictures, ${Math.round(decoded.audio.count)} ${decoded.audio.of} of sound`)
  assert.equal(decoded.video > 10, video, `${stream}: ${decoded.video} pictures`)
  assert.equal(decoded.audio.count > decoded.audio.enough, audio, `${stream}: ${decoded.audio.count} ${decoded.audio.of} of sound`)
  assert.deepEqual(said.map(({ name }) => name), named ? ['track-unplayable'] : [])
  if (named) assert.match(said[0].message, named)
  assert.equal(buffered.length, 1, `${stream}: no gap between segments, in ${JSON.stringify(buffered)}`)
  assert.equal(witness.stalls, 0, `${stream}: stalls at ${witness.places}`)
}
