// mux.js's side: what it documents, with audio and video in one segment and timestamps as they are.
await new Promise((resolve, reject) => {
  const script = document.createElement('script')
  script.src = '/npm/mux.js/dist/mux.js'
  script.onload = resolve
  script.onerror = reject
  document.head.append(script)
})

export function transmuxer() {
  const transmuxer = new globalThis.muxjs.mp4.Transmuxer({ keepOriginalTimestamps: true })
  let made = []
  transmuxer.on('data', segment => made.push(segment.initSegment, segment.data))
  return {
    segment(buffer) {
      made = []
      transmuxer.push(new Uint8Array(buffer))
      transmuxer.flush()
      return made
    },
    close: () => transmuxer.dispose(),
  }
}
