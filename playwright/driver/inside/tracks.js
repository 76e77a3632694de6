// What was decoded, as far as a page can know: pictures by their count; sound by the count of its bytes where the
// browser has one (Chromium), by a recording of it (Firefox, which needs no sound card for that), and else by
// listening to some more of it afterwards: in WebKitGTK the playhead leaps by a second once somebody listens.
{
  /** So long is listened, in ms; and where there was no sound yet, for played from its beginning a film may have to be
   *  fetched again. */
  const LISTEN = 2000
  const LISTEN_ON = 8000
  /** In so many moments, of 50 ms, sound is no accident. */
  const ENOUGH = 5

  /** Gives the moments, of 50 ms, in which there was a sound. */
  let moments

  globalThis.tracks = {
    /** Begins to record, where that is the way; the video has data by then. */
    listen() {
      const { video } = page
      // What a vault has opened is not for recording.
      if (video.mozCaptureStream && !video.mediaKeys) moments ??= recorded(video.mozCaptureStream().getAudioTracks())
    },

    /** What was decoded; for sound, more than `enough` is no accident. Once, and last of all: it may play on for it. */
    async decoded() {
      const { video } = page
      const bytes = video?.webkitAudioDecodedByteCount
      if (bytes === undefined && video?.mediaKeys) return { video: pictures(video), audio: played(video) }
      const seen = pictures(video)
      const audio = bytes === undefined ? { count: await (moments?.() ?? heard(video)), of: 'moments', enough: ENOUGH } : { count: bytes, of: 'bytes', enough: 2000 }
      // WebKitGTK counts anew now and then, the other two never.
      return { video: Math.max(seen, pictures(video)), audio }
    },
  }

  /** Firefox lets nobody hear what a vault opened; but it does not play on without the sound that it waits for. */
  function played(video) {
    return { count: video.mozHasAudio ? video.currentTime : 0, of: 'seconds', enough: 1 }
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

  async function heard(video) {
    if (!video || video.error || video.readyState === 0) return 0
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    // What is routed through a context is not heard unless it goes on to the end.
    context.createMediaElementSource(video).connect(analyser).connect(context.destination)
    context.resume()
    if (video.ended) video.currentTime = 0
    const samples = new Float32Array(analyser.fftSize)
    let count = 0
    for (const began = performance.now(); performance.now() - began < (count > ENOUGH ? LISTEN : LISTEN_ON);) {
      // At its end WebKitGTK may pause a film after it was told to play.
      if (video.paused) video.play().catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 50))
      analyser.getFloatTimeDomainData(samples)
      if (loud(samples)) count += 1
    }
    return count
  }

  function pictures(video) {
    return video?.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0
  }

  function loud(samples) {
    return samples.some(sample => Math.abs(sample) > 1e-4)
  }
}
