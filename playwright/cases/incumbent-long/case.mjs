// More than 256 segments held, in both directions. The incumbent writes a full group of 256 as 0 and no incumbent
// can read that; Sprat has to. And Sprat may not write it: a 2.2.2 that joins must still be able to take.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const SRC = 'long/files/master.m3u8'
/** Two seconds each. */
const HELD = 270

export default {
  about: 'the same with a peer that holds more than 256 segments, in both directions',
  seconds: 80,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  async run(world) {
    // The incumbent takes the whole film from the origin, as an eager configuration of it does.
    const full = await world.incumbent('2.2.2', SRC, { highDemandTimeWindow: 3000, simultaneousHttpDownloads: 4 }, 'full 2.2.2')
    await full.until(held => incumbent.score.http > held, { argument: HELD, within: 60_000, what: 'the incumbent holds more than 256' })
    const sprat = await world.viewer({ src: SRC, p2p: 'on' }, { name: 'Sprat' })
    await sprat.until(() => page.element.stats.segments.p2p > 3, { what: 'Sprat takes from it', within: 30_000 })
    const taken = await sprat.ask(() => page.element.stats.segments.p2p)
    const held = await full.ask(() => incumbent.score.http)
    await full.close()

    // Sprat walks through the film until it holds as many itself.
    await sprat.ask(() => page.element.pause())
    await sprat.ask(async count => {
      const { video, element } = page
      const total = () => element.stats.segments.http + element.stats.segments.p2p
      for (let at = 0; at < video.duration && total() < count; at += 30) {
        video.currentTime = at
        const until = performance.now() + 4000
        const far = () => Array.from(video.buffered, (_, i) => i).some(i => video.buffered.start(i) <= at + 0.5 && video.buffered.end(i) >= at + 27)
        while (!far() && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 50))
      }
    }, HELD + 15)
    const { segments } = await sprat.ask(() => page.element.stats)
    assert.ok(segments.http + segments.p2p > 256, `Sprat holds ${JSON.stringify(segments)}`)
    const late = await world.incumbent('2.2.2', SRC, {}, 'late 2.2.2')
    const began = Date.now()
    while ((await late.ask(() => incumbent.score.p2p)) < 4 && Date.now() - began < 30_000) await sleep(300)
    const theirs = await late.ask(() => incumbent.score)
    world.note(`Sprat took ${taken} from one that holds ${held}; gave ${theirs.p2p} while holding ${segments.http + segments.p2p}`)
    assert.ok(taken > 0)
    assert.ok(theirs.p2p > 0, JSON.stringify(theirs))
    assert.equal(theirs.refused, 0)
  },
}
