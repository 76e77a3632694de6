// A low-latency live, and who plays it part by part. Near its edge every part comes from the origin, and whoever stands
// further behind has the segments of who is there. Where the publisher lets viewers stand further back, those at the edge
// exchange the parts themselves.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const BEHIND_S = 30
const AT_EDGE_S = 40
/** From the first frame on: until the two have met and have a list of digests. */
const SETTLING_S = 10
/** Of the low-latency streams. */
const SEGMENT_S = 4

export default {
  alone: true,
  about: 'viewers at the edge of a low-latency live give its segments to one behind, and exchange parts where there is time, 0 stalls',
  seconds: BEHIND_S + AT_EDGE_S + 2 * SETTLING_S + 25,
  // WebKitGTK has no WebRTC.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    await segmentsOfParts(world)
    await partsThemselves(world)
  },
}

/** One at the edge, in parts; one that stands behind, in segments. */
async function segmentsOfParts(world) {
  const live = new Live(world, 'edge')
  const first = await live.viewer('low', 'at the edge')
  const behind = await live.viewer('balanced', 'behind')
  const [one, two] = await live.watch([first, behind], BEHIND_S)
  const share = two.p2p / (two.p2p + two.http)
  world.note(`${one.latency} s behind the edge, in parts from the origin; ${two.latency} s behind: ${percent(share)} from who is at the edge, ${two.segments} segments`)
  assert.ok(one.latency < 2, 'it is at the edge')
  assert.equal(one.p2p, 0, 'nobody is before it')
  assert.ok(two.latency > 2 * SEGMENT_S, 'it stands behind')
  assert.ok(two.segments > 0 && share > 0.7, `${percent(share)}`)
  await live.judge([first, behind])
}

/** Two in parts, where a part is there for some seconds before it is due. */
async function partsThemselves(world) {
  const live = new Live(world, 'back')
  const tabs = [await live.viewer('low', 'first'), await live.viewer('low', 'second')]
  const viewers = await live.watch(tabs, AT_EDGE_S)
  const [p2p, http] = ['p2p', 'http'].map(what => viewers.reduce((sum, viewer) => sum + viewer[what], 0))
  const asked = live.asked(/\.\d+\.m4s$/)
  const copies = asked.length / new Set(asked).size
  const lists = live.asked(/sha256/).length
  world.note(`${viewers.map(({ latency }) => latency).join(' and ')} s behind: ${percent(p2p / (p2p + http))} in parts from one another, ${copies.toFixed(2)} copies of each part from the origin, ${lists} lists of digests`)
  for (const { latency, segments } of viewers) {
    assert.ok(latency > 4 && latency < 6.5, `${latency} s behind`)
    assert.equal(segments, 0, 'what came from the other came in parts')
  }
  assert.ok(viewers.every(viewer => viewer.p2p > 0) && p2p / (p2p + http) > 0.1, `${percent(p2p / (p2p + http))}`)
  assert.ok(copies < 1.9, `${copies} copies of each part`)
  assert.ok(lists <= viewers.length * (AT_EDGE_S / SEGMENT_S + 2), `${lists} lists`)
  await live.judge(tabs)
}

/** A low-latency stream of the local origin, and who watches it. */
class Live {
  #world
  #path
  #log
  #from = 0

  constructor(world, name) {
    this.#world = world
    this.#path = `lowlatency/${name}/`
    this.#log = world.server.lowLatencies[name].log
  }

  async viewer(mode, name) {
    const tab = await this.#world.viewer({ src: `${this.#path}master.m3u8`, p2p: 'on', 'latency-mode': mode }, { name })
    await tab.until(() => page.video?.currentTime > 0 && page.video.readyState > 2, { what: 'the live plays' })
    return tab
  }

  /** What each had in so many seconds, once they have met. */
  async watch(tabs, seconds) {
    const states = () => Promise.all(tabs.map(tab => tab.ask(() => page.state())))
    await sleep(SETTLING_S * 1000)
    this.#from = this.#log.length
    const before = await states()
    await sleep(seconds * 1000)
    const after = await states()
    return after.map(({ stats, witness }, i) => {
      const { stats: then, witness: seen } = before[i]
      assert.equal(witness.stalls, 0, `stalls at ${witness.places}`)
      assert.ok(witness.played - seen.played > seconds - 3, `${witness.played - seen.played} s seen`)
      assert.equal(stats.segments.rejected, 0)
      return {
        p2p: stats.p2pBytes - then.p2pBytes, http: stats.httpBytes - then.httpBytes,
        segments: stats.segments.p2p - then.segments.p2p, latency: Number(stats.latency.toFixed(1)),
      }
    })
  }

  /** Names that the origin was asked for since they have met. */
  asked(pattern) {
    return this.#log.slice(this.#from).map(({ name }) => name).filter(name => pattern.test(name))
  }

  /** Whether the decoders were given what the publisher has: all that anybody has asked for, and the segments of it. */
  async judge(tabs) {
    for (const tab of tabs) await tab.ask(() => page.element.remove())
    // The last segment is to be complete.
    await sleep(SEGMENT_S * 1000)
    const names = this.#log.filter(({ name, found }) => found && /\.(m4s|mp4)$/.test(name)).map(({ name }) => name)
    const whole = names.filter(name => /\.\d+\.m4s$/.test(name)).map(name => name.replace(/\.\d+\.m4s$/, '.m4s'))
    const files = [...new Set([...names, ...whole])].map(name => `/${this.#path}${name}`)
    for (const tab of tabs) {
      const { appends, altered } = await tab.ask(files => appended.judge(files), files)
      assert.ok(appends > 20, `${appends} appends`)
      assert.equal(altered, 0, 'what the decoder got is not what the publisher has')
      assert.deepEqual(await tab.ask(() => page.errors()), [])
      await tab.close()
    }
  }
}

const percent = share => `${(share * 100).toFixed(1)} %`
