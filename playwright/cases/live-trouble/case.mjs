// What lives go through: the playlist is refused for a while; the broadcast begins again, under the same names with
// other content; it ends, and the next one is there when the viewer presses play.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export default {
  about: 'a live playlist refused for 25 s, a broadcast that begins again under the same address, one that ends and the next',
  seconds: 90,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  expects: [/Failed to load resource/],
  server: { lives: { again: { clip: 'vod' }, next: { clip: 'vod' } } },
  async run(world) {
    await Promise.all([refused(world), again(world), next(world)])
  },
}

async function opened(world, name) {
  const tab = await world.viewer({ src: `live/${name}/master.m3u8` }, { name })
  await tab.until(() => page.video?.currentTime > 0 && page.video.readyState > 2, { what: 'the live plays' })
  return tab
}

async function refused(world) {
  const tab = await opened(world, 'loop')
  const from = await tab.ask(() => page.video.currentTime)
  await sleep(4000)
  world.server.faults.set([{ match: `^/live/loop/.*0.m3u8`, status: 404, body: '' }])
  await sleep(25_000)
  world.server.faults.clear()
  await tab.until(at => page.video.currentTime > at + 29, { argument: from, within: 25_000, what: 'it is where it should be' })
  await tab.until(at => page.video.currentTime > at + 36, { argument: from, within: 20_000, what: 'and goes on' })
  const { witness } = await tab.ask(() => page.state())
  world.note(`refused for 25 s: ${witness.stalls} stalls`)
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  await tab.close()
}

async function again(world) {
  const tab = await opened(world, 'again')
  await sleep(4000)
  world.server.lives.again.restart(8)
  const at = await tab.ask(() => page.video.currentTime)
  await tab.until(at => page.video.currentTime > at + 20, { argument: at, within: 50_000, what: 'the new broadcast plays' })
  const { witness } = await tab.ask(() => page.state())
  const inits = world.server.stats.requests(/again\/.*init/)
  world.note(`begun again: ${witness.stalls} stalls, ${inits} initialisation sections`)
  assert.ok(inits >= 2, 'what lies at the old address may be another one')
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  await tab.close()
}

async function next(world) {
  const tab = await opened(world, 'next')
  await sleep(3000)
  world.server.lives.next.end()
  await tab.until(() => page.video.ended, { within: 40_000, what: 'it ends' })
  const at = await tab.ask(() => page.video.currentTime)
  world.server.lives.next.restart(12)
  await tab.ask(() => page.element.play())
  await tab.until(at => page.video.currentTime > at + 4 && !page.video.ended, { argument: at, within: 30_000, what: 'the next broadcast plays' })
  world.note('ended, and the next one played')
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  await tab.close()
}
