// An origin that is not ours: a recorded session of gohlslib, replayed in real time. What it lists, holds and answers is
// its own; the player has to keep up with it by the parts that it hints at.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { told, watchEdge } from '../../driver/edge.mjs'

const SECONDS = 40
const BOUND_S = 1.5

export default {
  alone: true,
  about: `a recorded low-latency origin is followed for ${SECONDS} s at most ${BOUND_S} s behind the wall clock, with 0 stalls`,
  seconds: SECONDS + 20,
  // WebKitGTK's driver runs no script before the page's own, and its lives start badly (see the case `live`).
  browsers: ['chromium', 'firefox'],
  server: { recordings: { gohlslib: join(import.meta.dirname, '../../server/recordings/gohlslib') } },
  async run(world) {
    const { began, log, source } = world.server.replays.gohlslib
    const result = await watchEdge(world, { src: `recorded/gohlslib/${source}`, began, log, seconds: SECONDS })
    world.note(told(result))
    const { tab, witness, frames, own, asked, rates } = result
    assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
    assert.ok(witness.played > SECONDS, `${witness.played} s seen`)
    for (const { median, p95 } of [frames, own]) assert.ok(median <= BOUND_S && p95 <= BOUND_S, `${median}, ${p95}`)
    assert.ok(asked.hinted > asked.parts * 0.6, 'parts are asked for before they are there')
    assert.ok(asked.held > asked.reloads * 0.9, 'reloads are held')
    assert.ok(asked.updates > asked.reloads * 0.5, 'updates leave out what is known')
    assert.equal(asked.refused, 0, 'nothing is asked for that cannot be had')
    assert.ok(rates.every(rate => rate >= 0.95 && rate <= 1.05), `${rates}`)
    assert.deepEqual(await tab.ask(() => page.errors()), [])
  },
}
