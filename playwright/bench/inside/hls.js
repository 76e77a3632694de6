// hls.js's side: its own transmuxer and its own parser, out of the module that it publishes. Not all of them are
// exported, so that the module is given a few exports more.
const MODULE = '/npm/hls.js/dist/hls.mjs'
const MORE = '\nexport { Transmuxer, TransmuxConfig, TransmuxState }'

const text = await (await fetch(MODULE)).text()
const address = URL.createObjectURL(new Blob([text, MORE], { type: 'text/javascript' }))
const { Hls, M3U8Parser, ChunkMetadata, Transmuxer, TransmuxConfig, TransmuxState } = await import(address)

const nothing = () => {}
const logger = { trace: nothing, debug: nothing, log: nothing, warn: nothing, info: nothing, error: nothing }
const supported = { mpeg: true, mp3: true, ac3: true }

export function transmuxer() {
  const observer = { emit: nothing, on: nothing, off: nothing, removeAllListeners: nothing, listenerCount: () => 0 }
  const transmuxer = new Transmuxer(observer, supported, Hls.DefaultConfig, '', 'main', logger)
  transmuxer.configure(new TransmuxConfig('', '', undefined, 0, null))
  let number = 0
  return {
    segment(buffer) {
      const first = number === 0
      const chunk = new ChunkMetadata(0, number++, 0, buffer.byteLength)
      const state = new TransmuxState(first, !first, false, first, 0, first)
      const results = [transmuxer.push(buffer, null, chunk, state), ...transmuxer.flush(chunk)]
      return results.flatMap(({ remuxResult: { initSegment, audio, video } }) => [
        ...Object.values(initSegment?.tracks ?? {}).map(track => track.initSegment),
        ...[video, audio].flatMap(track => track ? [track.data1, track.data2] : []),
      ]).filter(Boolean)
    },
    close: () => transmuxer.destroy(),
  }
}

/** @param {string} text */
export const playlist = (text, url) => M3U8Parser.parseLevelPlaylist(text, url, 0, 'main', 0, null).fragments.length
