// Seeks all over: a film, a film with announced gaps and a segment that nobody has, a live with its window's edges, and
// the last seconds before the end. `SEEKS=500` for the long run, `SEED=…` repeats one.
import assert from 'node:assert/strict'

const LIMIT_MS = 3000
const GAPS = [3, 7, 8]
const LOST = 5

const PLACES = [
  { name: 'film', src: 'media/vod/master.m3u8', share: 0.3 },
  { name: 'holes', src: 'long/holes/master.m3u8', share: 0.3 },
  { name: 'window', src: 'live/window/master.m3u8', share: 0.3 },
  { name: 'end', src: 'media/files/master.m3u8', share: 0.1, last: 3 },
]

export default {
  about: '100 random seeks (SEEKS=500) in a film, over holes, in a live window to its edges, near the end: each plays within 3 s',
  seconds: Number(process.env.SEEKS ?? 100) * 1.2,
  // What the engine makes of it is the same in every browser; `seeks` runs in all.
  browsers: ['chromium'],
  expects: [/Failed to load resource/],
  server: {
    longs: { holes: { clip: 'vod', segments: 15, gaps: GAPS } },
    lives: { window: { clip: 'vod', window: 25, offset: 150 } },
  },
  async run(world) {
    const total = Number(process.env.SEEKS ?? 100)
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
    world.server.faults.set([{ match: `^/long/holes/(240|360)-00000${LOST}`, status: 404, body: '' }])
    const slow = []
    for (const { name, src, share, last } of PLACES) {
      const tab = await world.viewer({ src }, { name })
      await tab.until(() => page.video?.currentTime > 0.3 && page.video.readyState > 2, { what: 'playing' })
      const seeks = []
      for (let left = Math.round(total * share); left > 0; left -= 10) {
        const more = await tab.ask(async given => {
          const { seekAnywhere } = await import('/cases/seeks-anywhere/page.js')
          return seekAnywhere(page.video, given)
        }, { times: Math.min(10, left), seed: seed + left, last })
        seeks.push(...more)
      }
      const slowest = Math.max(...seeks.map(({ ms }) => ms))
      const behind = seeks.filter(({ playing, ms }) => !playing || ms > LIMIT_MS)
      world.note(`${name}: ${seeks.length - behind.length} of ${seeks.length}, slowest ${slowest} ms`)
      slow.push(...behind.map(seek => ({ name, ...seek })))
      assert.deepEqual(await tab.ask(() => page.errors()), [])
      await tab.close()
    }
    world.note(`seed ${seed}`)
    assert.deepEqual(slow, [], 'slow seeks')
  },
}
