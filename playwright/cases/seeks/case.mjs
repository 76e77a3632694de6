// Fifty seeks to random places, each of which has to end in playing within 3 s. `SEED=…` repeats a run.
import assert from 'node:assert/strict'

const LIMIT_MS = 3000

export default {
  about: '50 random seeks in a VOD, each playing again within 3 s, and one to its very end',
  seconds: 40,
  async run(world) {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
    const tab = await world.viewer()
    await tab.until(() => page.video?.currentTime > 0.5, { what: 'playing' })
    const seeks = await tab.ask(async given => {
      const { seekAround } = await import('/cases/seeks/page.js')
      return seekAround(page.video, given)
    }, { times: 50, seed })
    const slowest = Math.max(...seeks.map(({ ms }) => ms))
    world.note(`${seeks.filter(({ playing }) => playing).length} of 50 seeks, slowest ${slowest} ms, seed ${seed}`)
    assert.deepEqual(seeks.filter(({ ms, playing }) => !playing || ms > LIMIT_MS), [], 'slow seeks')
    assert.equal(seeks.length, 50)

    // What the engine keeps behind the playhead: `buffer_behind` in `config.rs`.
    const near = await tab.ask(async given => {
      const { seekBeforeBoundaries } = await import('/cases/seeks/page.js')
      return seekBeforeBoundaries(page.video, given)
    }, { boundaries: [24, 28, 32], behind: 20 })
    world.note(`${near.filter(({ playing }) => playing).length} of 3 just before a segment, slowest ${Math.max(...near.map(({ ms }) => ms))} ms`)
    assert.deepEqual(near.filter(({ ms, playing }) => !playing || ms > LIMIT_MS), [], 'slow seeks just before a segment')
    // To the very end, from where little of it is there: it is shown, nothing gets shorter, and it has ended.
    await tab.ask(async () => {
      page.video.pause()
      for (const time of [30, 0, page.video.duration]) {
        page.video.currentTime = time
        await new Promise(resolve => setTimeout(resolve, 60))
      }
    })
    await tab.until(() => page.video.ended, { what: 'its end' })
    const [at, duration] = await tab.ask(() => [page.video.currentTime, page.video.duration])
    assert.ok(at > 59.9 && duration > 59.9, `ended at ${at} of ${duration}`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
