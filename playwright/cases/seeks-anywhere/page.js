// Seeks to places all over what can be sought, its ends included, and measures how long each takes to be playing
// again: the playhead moves on, there or behind the hole that was sought into; or everything has ended, at the end.
import { mulberry, pause } from '/cases/seeks/page.js'

export async function seekAnywhere(video, { times, seed, last }) {
  const random = mulberry(seed)
  const seeks = []
  for (let i = 0; i < times; i++) {
    const { seekable } = video
    const [start, end] = [seekable.start(0), seekable.end(seekable.length - 1)]
    const from = last ? end - last : start
    const kind = random()
    // Every tenth at the very start, every tenth at the very end.
    const to = kind < 0.1 ? from : kind > 0.9 ? end : from + random() * (end - from)
    seeks.push(await land(video, to))
    await pause(random() < 0.3 ? 0 : random() * 400)
  }
  return seeks
}

async function land(video, to) {
  const began = performance.now()
  video.currentTime = to
  if (video.paused) video.play().catch(() => {})
  let at
  for (;;) {
    const ms = Math.round(performance.now() - began)
    if (!video.seeking) {
      at ??= video.currentTime
      // A later order of the player's own moves it on; playing is measured from there.
      if (video.currentTime < at) at = video.currentTime
      if (video.ended || video.currentTime > at + 0.04) return { to, at: video.currentTime, ms, playing: true }
    } else {
      at = undefined
    }
    if (ms > 8000) return { to, at: video.currentTime, ms, playing: false, buffered: ranges(video.buffered), seeking: video.seeking }
    await pause(20)
  }
}

function ranges(of) {
  return Array.from(of, (_, i) => [of.start(i), of.end(i)])
}
