// What was decoded, as far as a page can know: pictures by their count; sound by the count of its bytes where the
// browser has one (Chromium), by a recording of it (Firefox, which needs no sound card for that), and else by
// listening (WebKitGTK).
{
  /** Begun by `listen`: gives the moments, of 50 ms, in which there was a sound. */
  let moments = async () => 0
  let listening = false

  globalThis.tracks = {
    /** Begins to listen, if there is no other way; the video has data by then. */
    listen() {
      const { video } = page
      if (video.webkitAudioDecodedByteCount !== undefined || listening) return
      listening = true
      moments = video.mozCaptureStream ? recorded(video.mozCaptureStream().getAudioTracks()) : heard(video)
    },

    /** What was decoded; for sound, more than `enough` is no accident. Ends the listening. */
    async decoded() {
      const { video } = page
      const bytes = video?.webkitAudioDecodedByteCount
      return {
        video: video?.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
        audio: bytes === undefined ? { count: await moments(), of: 'moments', enough: 5 } : { count: bytes, of: 'bytes', enough: 2000 },
      }
    },
  }

  function recorded(sounds) {
    if (sounds.length === 0) return async () => 0
    const recorder = new MediaRecorder(new MediaStream(sounds))
    const parts = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    // A recorder stops by itself when the film has ended.
    const stopped = new Promise(resolve => recorder.addEventListener('stop', resolve))
    recorder.start()
    return async () => {
      if (recorder.state !== 'inactive') recorder.stop()
      await stopped
      const bytes = await new Blob(parts).arrayBuffer()
      const samples = (await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes)).getChannelData(0)
      let count = 0
      for (let at = 0; at < samples.length; at += 2400) count += loud(samples.subarray(at, at + 2400)) ? 1 : 0
      return count
    }
  }

  function heard(video) {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    // What is routed through a context is not heard unless it goes on to the end.
    context.createMediaElementSource(video).connect(analyser).connect(context.destination)
    context.resume()
    const samples = new Float32Array(analyser.fftSize)
    let count = 0
    setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      if (loud(samples)) count += 1
    }, 50)
    return async () => count
  }

  function loud(samples) {
    return samples.some(sample => Math.abs(sample) > 1e-4)
  }
}
