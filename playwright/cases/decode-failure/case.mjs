// A segment arrives damaged: once, and playback goes on as if nothing had been; always, and it goes on behind it, with
// a warning. What exactly fails, the parser or the decoder, is each browser's own way.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const SEGMENT = 'media/files/240-000003.m4s'
const FROM = 6
const TO = 8

export default {
  about: 'a damaged segment: once, it is played; always, playback goes on behind it; never an error',
  seconds: 40,
  expects: [/decode|append/i],
  async run(world) {
    const bytes = readFileSync(join(import.meta.dirname, '../../../www', SEGMENT))
    // The length of the first unit of the first picture: nothing behind it can be found.
    const at = bytes.indexOf('mdat') + 4
    for (const [what, times] of [['once', 1], ['always', Infinity]]) {
      world.server.faults.set([{ match: SEGMENT, alterByteAt: at, ...(times === 1 && { times }) }])
      const tab = await world.viewer({ src: 'media/files/master.m3u8', tag: 'sprat-video' }, { name: what })
      await tab.until(to => page.video?.currentTime > to + 1.5, { argument: TO, within: 40_000, what: `${TO + 1.5} s are reached, damaged ${what}` })
      const { heard, witness } = await tab.ask(() => page.state())
      const warnings = heard.filter(({ type }) => type === 'warning').map(({ name }) => name)
      const [asked] = world.server.faults.applied()
      await tab.close()
      world.note(`${what}: ${warnings.length} warnings (${[...new Set(warnings)]}), ${witness.played} s seen, ${witness.stalls} stalls, damaged ${asked} times`)
      assert.deepEqual(heard.filter(({ type }) => type === 'error'), [])
      assert.ok(asked <= 3, `${asked} requests for one segment`)
      if (times === 1 && warnings.includes('append-failed')) assert.ok(witness.played > FROM + 2.5, `${witness.played} s seen: the segment was fetched again and is whole`)
    }
  },
}
