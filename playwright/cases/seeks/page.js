// Seeks to places of its own choice, one after the other, and measures how long each takes to be *playing* again:
// the playhead moves, and it moves at the new place. The seed makes a failure repeatable.
export async function seekAround(video, { times, seed }) {
  const random = mulberry(seed)
  const seeks = []
  for (let i = 0; i < times; i++) {
    const to = random() * (video.duration - 2)
    const seek = await land(video, to)
    seeks.push(seek)
    if (!seek.playing) break
    // Sometimes at once, sometimes after watching for a while: buffers differ.
    await pause(random() < 0.3 ? 0 : random() * 400)
  }
  return seeks
}

/**
 * Seeks to just before the start of a segment, after what lies behind the playhead was removed up to just before
 * that start. Sound is cut into frames that do not end where pictures do, so such a removal may take the first sound
 * of a segment whose pictures stay: a hole of a few frames right after the place sought.
 */
export async function seekBeforeBoundaries(video, { boundaries, behind }) {
  const seeks = []
  for (const boundary of boundaries) {
    for (const to of [boundary - 6, boundary + behind, boundary - 6]) {
      await land(video, to)
      await until(() => Array.from(video.buffered, (_, i) => video.buffered.end(i)).some(end => end > to + 12), 5000)
      await pause(300)
    }
    seeks.push(await land(video, boundary - 0.15))
  }
  return seeks
}

async function land(video, to) {
  const began = performance.now()
  video.currentTime = to
  const playing = await until(() => !video.seeking && video.currentTime > to + 0.05 && video.currentTime < to + 5, 8000)
  return { to, ms: Math.round(performance.now() - began), playing }
}

async function until(question, patience) {
  const end = performance.now() + patience
  while (!question()) {
    if (performance.now() > end) return false
    await pause(20)
  }
  return true
}

export function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Chance that a seed repeats. */
export function mulberry(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
