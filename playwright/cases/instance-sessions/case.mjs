// A permanent live is waited for, begins, goes off air and comes back under the same names, counted from 0 again, with other
// bytes; all on one page that is never loaded anew. What the decoder is given of the second session is compared with what that
// session was made of, picture by picture and frame by frame.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { samplesOf, tracksOf } from '../../server/peertube/tracks.mjs'

export default {
  about: 'a permanent live: waiting with a countdown, on air, off air, and its second session under the same names, byte for byte',
  seconds: 90,
  browsers: ['chromium', 'firefox'],
  server: { instance: { version: '7.3.0', p2p: false } },
  async run(world) {
    const { instance, stats } = world.server
    const { live } = instance.lives
    const { id } = instance.catalog.videos.get('live')
    live.wait()
    instance.switches.schedules = [new Date(Date.now() + 290_000).toISOString()]

    const tab = await world.page('cases/instance-sessions/index.html', { ready: 'put' })
    await tab.ask(address => put({ peertube: address, autoplay: '', p2p: 'off', style: 'width: 480px' }), instance.watch('live'))
    await tab.until(() => notice('h2') === 'This live has not begun yet', { what: 'that it has not begun' })
    assert.equal(await tab.ask(() => element.error), null, 'which is no error')
    await world.until(() => instance.sockets.watched.includes(id), { what: 'the instance is listened to' })
    const clock = await tab.ask(() => notice('[role=timer]'))
    assert.match(clock, /^4:[0-5]\d$/)
    await tab.until(clock => notice('[role=timer]') !== clock, { argument: clock, what: 'the clock counts' })
    const read = await tab.ask(() => notice('.read-out'))
    assert.equal(read, 'It begins in 10 minutes.', 'and is not read out at each second')

    const plays = (what, within) => tab.until(() => element.readyState > 2 && !element.paused && element.currentTime > 0 && !notice(), { what, within })
    live.publish({ behind: 8 })
    const began = await plays('the first session', 15_000)
    instance.sockets.tell(id, 'views-change', { viewers: 3 })
    await tab.until(() => heard.some(({ type, detail }) => type === 'viewerschange' && detail.viewers === 3), { what: 'how many watch' })
    await tab.ask(() => { globalThis.opened = true })
    const first = expected(live)
    live.stop()
    const ran = await tab.until(() => notice('h2') === 'This live is not on air now', { what: 'what was brought is shown, and that it is off air', within: 30_000 })
    assert.deepEqual(await tab.ask(() => [element.error, element.currentSrc, element.media.nativeEl.getAttribute('src')]), [null, '', null], 'it is let go')

    await tab.ask(() => given.splice(0))
    stats.reset()
    live.publish({ behind: 8 })
    const again = await plays('the second session', 15_000)
    const from = await tab.ask(() => element.currentTime)
    await tab.until(from => element.currentTime > from + 4, { argument: from, what: 'it plays on', within: 20_000 })
    assert.ok(await tab.ask(() => globalThis.opened), 'the page was not loaded anew')
    assert.equal(live.sessions, 2)
    assert.deepEqual(await tab.ask(() => heard.filter(({ type }) => type === 'error')), [])

    const second = expected(live)
    const units = appended(await tab.ask(() => takeGiven()))
    for (const kind of ['vide', 'soun']) {
      const runs = units.filter(unit => unit.kind === kind)
      const of = runs.reduce((sum, { digests }) => sum + digests.length, 0)
      assert.ok(of > 50, `${of} of ${kind}`)
      for (const { digests } of runs) {
        assert.ok(second[kind].some(made => made.includes(digests.join(' '))), `${digests.length} of ${kind} are of the second session`)
        if (digests.length > 20) assert.ok(!first[kind].some(made => made.includes(digests.join(' '))), `${digests.length} of ${kind} are not of the first`)
      }
      world.note(`${of} ${kind === 'vide' ? 'pictures' : 'frames of sound'}`)
    }
    world.note(`began after ${began} ms, shown to its end in ${ran} ms, again after ${again} ms`)
  },
}

/** Of each kind, the digests of a session's samples so far, one text for each rendition. @param {import('../../server/peertube/broadcast.mjs').Broadcast} live */
function expected(live) {
  const numbers = Array.from({ length: live.length + 1 }, (_, i) => i)
  const text = index => numbers.flatMap(number => live.samples(index, number).map(({ data }) => digest(index ? slices(data) : data))).join(' ')
  return { soun: [text(0)], vide: [text(1), text(2)] }
}

/** What was appended: of each fragment, the digests of its samples. @param {{buffer: number, bytes: string}[]} given */
function appended(given) {
  const tracks = new Map()
  return given.flatMap(({ buffer, bytes: encoded }) => {
    const bytes = Buffer.from(encoded, 'base64')
    if (bytes.includes('moov', 0, 'latin1') && bytes.toString('latin1', 4, 8) === 'ftyp') tracks.set(buffer, tracksOf(bytes)[0])
    const track = tracks.get(buffer)
    const digests = samplesOf(bytes, track).map(({ data }) => digest(track.kind === 'vide' ? slices(data) : data))
    return digests.length > 0 ? [{ kind: track.kind, digests }] : []
  })
}

/** The pictures themselves (H.264 §7.4.1, types 1 and 5): parameter sets and delimiters may stand elsewhere. */
function slices(data) {
  const found = []
  for (let at = 0; at + 4 < data.length;) {
    const length = data.readUInt32BE(at)
    const unit = data.subarray(at + 4, at + 4 + length)
    if ([1, 5].includes(unit[0] & 31)) found.push(unit)
    at += 4 + length
  }
  return Buffer.concat(found)
}

function digest(bytes) {
  return createHash('sha1').update(bytes).digest('base64')
}
