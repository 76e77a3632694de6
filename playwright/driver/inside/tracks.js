// What was decoded, as far as a page can know: pictures by their count; sound by the count of its bytes where the
// browser has one, and by listening to it where it has none.
{
  let heard = 0
  let listening = false

  globalThis.tracks = {
    /** Begins to listen, if there is no other way; the video has data by then. */
    listen() {
      if (page.video.webkitAudioDecodedByteCount === undefined && !listening) {
        listening = true
        listenTo(page.video)
      }
    },

    /** `enough`: more than this is no accident. */
    decoded() {
      const { video } = page
      const bytes = video?.webkitAudioDecodedByteCount
      return {
        video: video?.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
        audio: bytes === undefined ? { count: heard, of: 'moments', enough: 5 } : { count: bytes, of: 'bytes', enough: 2000 },
      }
    },
  }

  /** Counts the moments in which there was a sound. */
  function listenTo(video) {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    const capture = video.captureStream ?? video.mozCaptureStream
    const source = capture ? context.createMediaStreamSource(capture.call(video)) : context.createMediaElementSource(video)
    source.connect(analyser)
    // What is routed through a context is not heard unless it goes on to the end.
    if (!capture) analyser.connect(context.destination)
    context.resume()
    const samples = new Float32Array(analyser.fftSize)
    setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      if (samples.some(sample => Math.abs(sample) > 1e-4)) heard += 1
    }, 50)
  }
}
