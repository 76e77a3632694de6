// Another tab stands in front: timers ring once a second at most, nothing is drawn. The film plays on to its end, and
// a neighbour is still served.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const FROM_S = 4
const HIDDEN_S = 45

export default {
  about: 'a hidden tab plays on past its buffer, and still serves its neighbour',
  seconds: 65,
  // The other drivers cannot hide a tab.
  browsers: ['chromium'],
  async run(world) {
    const tab = await world.viewer({ p2p: 'on', muted: undefined }, { name: 'hidden', throttled: true })
    await tab.until(from => page.video?.currentTime > from, { argument: FROM_S, what: 'playing in front' })
    await tab.cover()
    await tab.until(() => document.visibilityState === 'hidden', { what: 'hidden' })
    // Slowed down indeed? Else this case shows nothing.
    const timers = await tab.ask(() => new Promise(resolve => {
      let count = 0
      const ticking = setInterval(() => { count += 1 }, 20)
      const began = performance.now()
      setTimeout(() => {
        clearInterval(ticking)
        resolve(count / (performance.now() - began) * 1000)
      }, 3000)
    }))
    assert.ok(timers < 5, `${timers} ticks per second in a hidden tab`)

    const began = Date.now()
    const from = await tab.ask(() => page.video.currentTime)
    const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour' })
    await sleep(HIDDEN_S * 1000)
    const passed = (Date.now() - began) / 1000
    const { time, stats, heard, paused } = await tab.ask(() => page.state())
    const { stats: theirs } = await neighbour.ask(() => page.state())
    const lost = passed - (time - from)
    world.note(`${(time - from).toFixed(1)} s of film in ${passed.toFixed(1)} s hidden, ${timers.toFixed(1)} timers/s, ` +
      `${stats.segments.p2p + stats.segments.http} segments; ${stats.uploadedBytes} bytes given, ${theirs.segments.p2p} segments taken from it`)
    assert.equal(paused, false)
    assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
    assert.ok(lost < 0.5, `${lost.toFixed(2)} s behind the clock`)
    assert.ok(stats.uploadedBytes > 0 && theirs.segments.p2p > 0, 'a hidden tab still serves')
  },
}
