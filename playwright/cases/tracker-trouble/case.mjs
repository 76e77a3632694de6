// A tracker that is not there, refuses the socket, talks nonsense, says nothing, or refuses the swarm: playback does
// not notice, and the tracker is not pestered.
import assert from 'node:assert/strict'

const MODES = ['refuse', 'garbage', 'silent', 'fail']

export default {
  about: 'tracker down, refusing, sending garbage, silent: 0 stalls',
  seconds: 40,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  // The browser itself reports a socket that could not be opened.
  expects: [/WebSocket connection to .* failed/],
  async run(world) {
    // Nobody listens on the port of `tcpmux`.
    await Promise.all([play(world, 'down', { trackers: 'ws://127.0.0.1:1/tracker/socket' }), rest(world)])
  },
}

async function rest(world) {
  for (const mode of MODES) {
    world.server.tracker.disconnect()
    world.server.tracker.mode = mode
    await play(world, mode)
  }
}

async function play(world, mode, attributes = {}) {
  const tab = await world.viewer({ p2p: 'on', ...attributes }, { name: `tracker ${mode}` })
  await tab.until(() => page.video?.currentTime > 6, { what: `6 s played with a tracker that is: ${mode}` })
  const { stats, witness } = await tab.ask(() => page.state())
  const sockets = await tab.ask(() => openNow.made.sockets)
  await tab.close()
  world.note(`${mode}: first frame ${Math.round(stats.firstFrameMs)} ms, ${sockets} sockets, ${witness.stalls} stalls`)
  assert.equal(witness.stalls, 0, `${mode}: stalls at ${witness.places}`)
  assert.equal(stats.segments.p2p, 0)
  assert.ok(sockets >= 1 && sockets <= 4, `${mode}: ${sockets} sockets in some seven seconds`)
}
