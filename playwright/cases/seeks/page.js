// Seeks to places of its own choice, one after the other, and measures how long each takes to be *playing* again:
// the playhead moves, and it moves at the new place. The seed makes a failure repeatable.
export async function seekAround(video, { times, seed }) {
  const random = mulberry(seed)
  const seeks = []
  for (let i = 0; i < times; i++) {
    const to = random() * (video.duration - 2)
    const began = performance.now()
    video.currentTime = to
    if (video.paused) await video.play()
    const playing = await until(() => !video.seeking && video.currentTime > to + 0.05 && video.currentTime < to + 5, 8000)
    seeks.push({ to: Number(to.toFixed(2)), ms: Math.round(performance.now() - began), playing })
    if (!playing) break
    // Sometimes at once, sometimes after watching for a while: buffers differ.
    await pause(random() < 0.3 ? 0 : random() * 400)
  }
  return seeks
}

async function until(question, patience) {
  const end = performance.now() + patience
  while (!question()) {
    if (performance.now() > end) return false
    await pause(20)
  }
  return true
}

function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms))
}

function mulberry(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
