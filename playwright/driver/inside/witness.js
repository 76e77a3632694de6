// An observer outside the player: what a viewer would call a stall. Playback should be going on, and `currentTime`
// has not moved for 250 ms. Waiting for the first frame and for a seek to end are measured by the cases themselves.
{
  const EVERY_MS = 50
  const STALL_MS = 250
  /** The last frame stands while the browser gets round to saying `ended`. */
  const END_S = 0.25

  const seen = { stalls: 0, stalledMs: 0, played: 0, places: [] }
  let video, last, movedAt, stalling

  const look = find => {
    const now = performance.now()
    const current = find()
    if (current !== video) {
      video = current
      last = undefined
    }
    if (!video) return
    const { currentTime, paused, ended, seeking, duration } = video
    if (paused || ended || seeking || currentTime === 0 || currentTime > duration - END_S) {
      last = undefined
      stalling = false
      return
    }
    if (last === undefined || currentTime !== last) {
      if (last !== undefined && currentTime > last) seen.played += currentTime - last
      last = currentTime
      movedAt = now
      stalling = false
    } else if (now - movedAt >= STALL_MS) {
      if (!stalling) {
        seen.stalls += 1
        seen.stalledMs += now - movedAt
        seen.places.push(Number(currentTime.toFixed(2)))
        stalling = true
      } else {
        seen.stalledMs += EVERY_MS
      }
    }
  }

  globalThis.witness = {
    watch: find => setInterval(look, EVERY_MS, find),
    report: () => ({ ...seen, stalledMs: Math.round(seen.stalledMs), played: Number(seen.played.toFixed(1)) }),
  }
}
