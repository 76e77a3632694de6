// Neighbours that break the protocol in other ways. Whatever they do, the film plays on without a stall and what is
// appended is the publisher's; those whose word is worth nothing are left.
import assert from 'node:assert/strict'
import { VOD_FILES, swarmsOfVod } from '../../driver/swarms.mjs'

/**
 * How often each may be asked per channel in some 10 s of film, and whether the connection has to be gone. `gives`: what came
 * before it broke the rules is the publisher's, and may be used.
 */
const MANNERS = {
  short: { left: true },
  long: { left: true, gives: true },
  unknown: { left: true },
  silent: { asked: 3 },
  boastful: { asked: 5 },
}

export default {
  about: 'a peer that sends a wrong length, too much, unknown commands, silence, 100,000 ids: no stall',
  seconds: 60,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  async run(world) {
    for (const [manner, limit] of Object.entries(MANNERS)) await suffer(world, manner, limit)
  },
}

async function suffer(world, manner, { left, gives, asked = Infinity }) {
  const neighbour = await world.scripted({ manner, swarms: swarmsOfVod(world.server.url) })
  const tab = await world.viewer({ p2p: 'on' }, { name: `viewer of ${manner}` })
  await tab.until(() => page.video?.currentTime > 10, { what: `10 s played beside ${manner}` })
  const { stats, witness } = await tab.ask(() => page.state())
  const score = await neighbour.ask(() => scripted.score())
  const judged = await tab.ask(files => appended.judge(files), VOD_FILES)
  await Promise.all([tab.close(), neighbour.close()])

  world.note(`${manner}: asked ${score.requests}×, ${score.opened} channels, ${stats.peers} left, ${witness.stalls} stalls`)
  assert.ok(score.opened > 0, `${manner}: never met`)
  assert.equal(witness.stalls, 0, `${manner}: stalls at ${witness.places}`)
  assert.equal(judged.altered, 0, `${manner}: altered appends`)
  if (!gives) assert.equal(stats.segments.p2p, 0, `${manner}: it has given nothing`)
  assert.ok(score.requests <= asked * score.opened, `${manner}: asked ${score.requests} times`)
  if (left) assert.equal(stats.peers, 0, `${manner}: still connected`)
}
