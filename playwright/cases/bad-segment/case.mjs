// Segments that are not what they should be. Once cut short, or refused, or silent: asked again, nothing seen. Never
// whole: an error that names the origin, after a number of requests that has an end.
import assert from 'node:assert/strict'

const VIDEO = '^/media/vod/(240|360)-fragmented'
/** Three segments in a row are given up and up to six that follow are tried, each four times in both variants. */
const MOST = (3 + 6) * 4 * 2

export default {
  about: 'segments cut short, refused, or silent: asked again unseen; never whole: an error that names the origin',
  seconds: 70,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  expects: [/Failed to load resource/, /for ever.*viewer\.js/s],
  async run(world) {
    const passing = {
      'cut short once': { match: VIDEO, skip: 2, times: 1, truncateAt: 20_000 },
      'cut short once, as if complete': { match: VIDEO, skip: 2, times: 1, truncateAt: 20_000, honest: true },
      '503 twice': { match: VIDEO, skip: 2, times: 2, status: 503, body: '' },
      'silent once': { match: VIDEO, skip: 4, times: 1, stallAfter: 10_000 },
    }
    for (const [what, rule] of Object.entries(passing)) await passes(world, what, rule)
    await final(world)
  },
}

async function passes(world, what, rule) {
  world.server.faults.set([rule])
  const tab = await world.viewer({}, { name: what })
  await tab.until(() => page.video?.currentTime > 13, { within: 40_000, what: `13 s played, ${what}` })
  const { witness } = await tab.ask(() => page.state())
  const [applied] = world.server.faults.applied()
  await tab.close()
  world.note(`${what}: ${witness.stalls} stalls`)
  assert.equal(applied, rule.times, `${what}: the fault was met ${applied} times`)
  assert.equal(witness.stalls, 0, `${what}: stalls at ${witness.places}`)
}

async function final(world) {
  world.server.faults.set([{ match: VIDEO, skip: 3, truncateAt: 1000 }])
  const tab = await world.viewer({}, { name: 'cut short for ever' })
  await tab.until(() => page.errors().length > 0, { within: 60_000, what: 'an error when segments never come whole' })
  const [error] = await tab.ask(() => page.errors())
  const [asked] = world.server.faults.applied()
  await tab.close()
  world.note(`cut short for ever: ${error.culprit}/${error.code} ${error.name} after ${asked} requests`)
  assert.equal(error.culprit, 'origin')
  assert.equal(error.code, 2)
  assert.ok(asked <= MOST, `${asked} requests`)
}
