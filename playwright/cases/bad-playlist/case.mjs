// Something else in place of a playlist. The origin is at fault, the element says so, in words that name the culprit,
// and it does not ask for ever.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the origin answers for `match`; who has to be named. */
const FAULTS = {
  '404 for the master': { match: '^/media/vod/master', status: 404, body: 'gone', type: 'text/plain' },
  'HTML for the master': { match: '^/media/vod/master', status: 200, body: '<!doctype html><title>Sign in</title>', type: 'text/html' },
  'an empty master': { match: '^/media/vod/master', status: 200, body: '' },
  '500 for the media playlists': { match: '^/media/vod/(240|360).m3u8', status: 500, body: 'oops' },
  'HTML for the media playlists': { match: '^/media/vod/(240|360).m3u8', status: 200, body: '<html>', type: 'text/html' },
  'no connection': { match: '^/media/vod/', drop: true },
}

export default {
  about: '404, HTML or nothing in place of a playlist: an error that names the origin, and an end to the requests',
  seconds: 60,
  expects: [/Failed to load resource/, /viewer\.js/],
  async run(world) {
    for (const [what, rule] of Object.entries(FAULTS)) await fail(world, what, rule)
  },
}

async function fail(world, what, rule) {
  world.server.faults.set([rule])
  const tab = await world.viewer({}, { name: what })
  await tab.until(() => page.errors().length > 0, { within: 30_000, what: `an error for ${what}` })
  const [error] = await tab.ask(() => page.errors())
  const asked = world.server.faults.applied()[0]
  const fetches = await tab.ask(() => openNow.made.requests)
  await sleep(2500)
  const later = world.server.faults.applied()[0]
  const alert = await tab.ask(() => page.element.shadowRoot.querySelector('[role=alert]')?.textContent.replace(/\s+/g, ' ').trim() ?? '')
  const errors = await tab.ask(() => page.errors().length)
  // To be looked at: what a viewer is shown.
  await tab.screenshot(`${import.meta.dirname}/../../out/looks/${what.replace(/\W+/g, '-')}.png`)
  await tab.close()
  world.note(`${what}: ${error.culprit}/${error.code} ${error.name}, ${fetches} fetches`)

  assert.equal(error.culprit, 'origin', JSON.stringify(error))
  assert.ok([2, 4].includes(error.code), JSON.stringify(error))
  assert.match(error.message, /127\.0\.0\.1|m3u8/, 'names the address')
  assert.ok(error.tried.length > 0, 'says what was tried')
  assert.equal(errors, 1, 'one error, once')
  // Fetches of the page, the engine's own binary among them: Firefox repeats each that broke, on its own, ten times.
  assert.ok(fetches <= 13, `${fetches} fetches`)
  assert.equal(later, asked, 'requests after the error')
  assert.ok(alert.includes(error.message), `the viewer is told: ${alert}`)
}
