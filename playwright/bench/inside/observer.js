// What a viewer's page says of its player from outside of it, whoever's it is: when the first frame was shown, whether
// the picture stood still (`witness.js`), what the SourceBuffers were given, how old the picture is where it has a
// clock, and how many connections were made.
{
  const began = performance.timeOrigin
  const seen = { firstFrame: undefined, media: 0, segments: 0, connections: 0 }
  let find = () => undefined

  globalThis.page = {
    get video() {
      return find()
    },
  }

  /** An initialisation segment begins with its `ftyp` (ISO/IEC 14496-12 §4.3); all else is media. */
  const isInit = data => {
    const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
    return String.fromCharCode(...bytes.subarray(4, 8)) === 'ftyp'
  }
  const append = SourceBuffer.prototype.appendBuffer
  SourceBuffer.prototype.appendBuffer = function (data) {
    if (!isInit(data)) {
      seen.media += data.byteLength
      seen.segments += 1
    }
    return append.call(this, data)
  }
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, all, newTarget) {
      seen.connections += 1
      return Reflect.construct(target, all, newTarget)
    },
  })

  globalThis.observer = {
    /** @param {() => HTMLVideoElement | undefined} where */
    watch(where) {
      find = where
      globalThis.witness.watch(where)
      const first = () => {
        const video = where()
        if (!video) return setTimeout(first, 5)
        video.requestVideoFrameCallback(() => { seen.firstFrame = performance.now() })
      }
      first()
    },
    /** What the player itself says, once it can. */
    own: () => undefined,
    report() {
      const video = find()
      return {
        ...seen, began, witness: globalThis.witness.report(), own: this.own(), ages: globalThis.ages ?? [],
        time: video?.currentTime, ended: video?.ended, ahead: video?.buffered.length ? video.buffered.end(video.buffered.length - 1) - video.currentTime : 0,
      }
    },
  }
}
