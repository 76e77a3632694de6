// Servers that have copies of an instance's files: one that alters them, one that is slow, one that is gone, and a good one.
// The load is spread, the liar is named and asked no more, the others rest, and the viewer notices nothing. Without peers.
import assert from 'node:assert/strict'

const COPIES = ['liar', 'slow', 'gone', 'good']
const FAULTS = [
  { match: '/liar/.*\\.mp4', alterByteAt: -500 },
  { match: '/slow/.*\\.mp4', rateBytesPerSec: 15_000 },
  { match: '/gone/', status: 503 },
]
/** Who is asked is left to chance: viewers come until each server has been, and the liar is known. */
const MOST_VIEWERS = 4

export default {
  about: 'redundancy servers that lie, dawdle and are gone beside a good one: named, left, and nothing of it is shown',
  seconds: 60,
  // WebKitGTK hangs in some starts at another place than zero; what a server brings is judged in the engine.
  browsers: ['chromium', 'firefox'],
  expects: [/status of 503/],
  server: { instance: { copies: COPIES } },
  async run(world) {
    const { instance, stats, faults } = world.server
    faults.set(FAULTS)
    const entry = instance.catalog.videos.get('redundant')
    const files = [...instance.media(entry).files.keys()].filter(name => name.endsWith('.mp4'))
    const originals = files.map(name => new URL(`/static/streaming-playlists/hls/${entry.uuid}/${name}`, world.server.url).href)
    const copies = name => new RegExp(`/static/redundancy/hls/${entry.uuid}/${name}/`)
    const sum = { bytes: [0, 0, 0, 0, 0], asked: [0, 0, 0, 0], appends: 0, viewers: 0, named: 0 }

    while (sum.viewers < MOST_VIEWERS && (sum.asked.includes(0) || sum.named === 0)) {
      stats.reset()
      const { tab, account, witness, lies } = await watch(world, instance.watch('redundant'))
      const asked = COPIES.map(name => stats.requests(copies(name)))
      const bytes = [/streaming-playlists\/.*\.mp4/, ...COPIES.map(copies)].map(pattern => stats.bytes(pattern))
      const seen = JSON.stringify({ asked, account, lies })
      const judged = await tab.ask(files => appended.judge(files), originals)
      await tab.close()

      assert.equal(witness.stalls, 0, `stalls at ${witness.places}: ${seen}`)
      assert.equal(judged.altered, 0, `altered appends: ${seen}`)
      const [liar, slow, gone] = asked
      // Two requests at most are under way when the first lie is known.
      assert.ok(liar <= 2, `the liar was asked ${liar} times`)
      assert.ok(slow <= 3 && gone <= 3, `who fails does not rest: ${seen}`)
      // A request that ended with the seek, before its last byte, tells nothing.
      assert.ok(lies.length <= Math.min(liar, 1), seen)
      assert.ok(lies.every(({ culprit, message }) => culprit === 'peer' && message.includes(`/hls/${entry.uuid}/liar `)), seen)
      assert.deepEqual(account.redundancies.map(({ url, lied }) => [url.split('/').at(-1), lied]), COPIES.map(name => [name, name === 'liar' && lies.length > 0]))
      assert.deepEqual(account.redundancies.map(({ bytes }) => bytes > 0).slice(0, 3), [false, false, false], seen)
      assert.deepEqual([account.peers, account.p2pBytes, account.segments.rejected], [0, 0, lies.length])
      sum.viewers += 1
      sum.named += lies.length
      sum.appends += judged.appends
      sum.asked = sum.asked.map((before, i) => before + asked[i])
      sum.bytes = sum.bytes.map((before, i) => before + bytes[i])
    }

    assert.ok(sum.named > 0 && !sum.asked.includes(0), `not all were asked: ${COPIES} ${sum.asked}`)
    assert.ok(sum.bytes[4] > 0, 'the good one brought nothing')
    const by = ['origin', ...COPIES].map((name, i) => `${name} ${Math.round(sum.bytes[i] / 1000)}`).join(', ')
    world.note(`${sum.viewers} viewers, 0 stalls, 0 of ${sum.appends} appends altered, the liar named ${sum.named}×; kB by server: ${by}; copies were asked ${sum.asked.join(', ')} times`)
  },
}

/** A viewer who looks at all of it: what there is to ask for is asked for. */
async function watch(world, peertube) {
  const tab = await world.viewer({ src: undefined, peertube, p2p: 'off' })
  const plays = (from, seconds) => tab.until(to => page.video?.currentTime > to, { argument: from + seconds, within: 30_000, what: `plays from ${from} s` })
  await plays(0, 4)
  await tab.ask(() => { page.video.currentTime = 33 })
  await plays(33, 4)
  await tab.until(() => page.video.buffered.end(page.video.buffered.length - 1) > 59, { within: 30_000, what: 'the end is here' })
  await tab.ask(() => new Promise(done => page.element.addEventListener('statschange', done, { once: true })).then(() => {}))
  const { stats: account, witness, heard } = await tab.ask(() => page.state())
  return { tab, account, witness, lies: heard.filter(({ name }) => name === 'redundancy-lied') }
}
