// A page that is stopped for a while, as a laptop's is that sleeps: nothing in it happens, and the connections it had
// are stale. Afterwards the film goes on where it was, and the live where it is by now.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const ASLEEP_S = 40

export default {
  about: 'a page that was stopped for 40 s goes on: the film where it was, the live at its edge',
  seconds: 75,
  // Only Chromium's driver can stop a page. It goes on with what fell due meanwhile: a moment's worth of timers.
  browsers: ['chromium'],
  expects: [/Failed to load resource/],
  async run(world) {
    // A browser of its own: all of it is stopped.
    const flags = ['--disable-breakpad']
    const film = await world.viewer({}, { name: 'film', flags })
    const live = await world.viewer({ src: 'live/loop/master.m3u8' }, { name: 'live', flags })
    for (const tab of [film, live]) await tab.until(() => page.video?.currentTime > 0.5 && page.video.readyState > 2, { what: 'playing' })
    await sleep(3000)
    const from = await live.ask(() => page.video.currentTime)
    for (const tab of [film, live]) {
      await tab.ask(() => {
        globalThis.ticks = 0
        setInterval(() => { globalThis.ticks += 1 }, 100)
      })
    }
    await film.freeze(true)
    await sleep(ASLEEP_S * 1000)
    await film.freeze(false)
    const ticks = await live.ask(() => globalThis.ticks)
    assert.ok(ticks < ASLEEP_S, `${ticks} timers in a stopped page`)
    const now = from + ASLEEP_S
    const awake = await live.until(now => page.video.currentTime > now - 8 && page.video.readyState > 2, { argument: now, within: 20_000, what: 'it is live again' })
    for (const tab of [film, live]) {
      const { time, ended } = await tab.ask(() => page.state())
      if (!ended) await tab.until(at => page.video.ended || page.video.currentTime > at + 4, { argument: time, what: 'it plays' })
      assert.deepEqual(await tab.ask(() => page.errors()), [])
    }
    const { stats } = await live.ask(() => page.state())
    world.note(`${ticks} timers meanwhile; live again ${(awake / 1000).toFixed(1)} s after, ${stats.latency.toFixed(1)} s behind`)
  },
}
