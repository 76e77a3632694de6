// The engine's binary is forbidden by policy, missing, cut short, something else, or of the wrong type. Where the
// browser knows HLS itself it plays, with a warning that names the cause; where it does not, that cause is the error. One that
// is late is waited for, and the controls stand meanwhile.
import assert from 'node:assert/strict'

/** A browser that does not know HLS: as older Chromium was, and as the others are by themselves. */
const NO_HLS = `for (const type of ['HTMLMediaElement', 'HTMLVideoElement']) {
  const { canPlayType } = globalThis[type].prototype
  globalThis[type].prototype.canPlayType = function (kind) { return /mpegurl/i.test(kind) ? '' : canPlayType.call(this, kind) }
}`

const FAULTS = {
  'forbidden by policy': { csp: 'no-wasm', name: 'wasm-forbidden', culprit: 'browser', message: /'wasm-unsafe-eval'/ },
  missing: { rule: { status: 404, body: 'gone' }, name: 'wasm-missing', culprit: 'origin', message: /404/ },
  'cut short': { rule: { truncateAt: 50_000, honest: true }, name: 'wasm-damaged', culprit: 'origin', message: /cut short/ },
  'a page instead': { rule: { status: 200, body: '<!doctype html>', type: 'text/html' }, name: 'wasm-wrong-type', culprit: 'origin', message: /text\/html/ },
}

export default {
  about: 'the wasm forbidden, missing, cut short, of another type: a word for each; native HLS where it exists; late, after the controls',
  seconds: 30,
  expects: [/Failed to load resource/, /viewer\.js/, /violates the following Content Security Policy/, /Content-Security-Policy: The page/],
  async run(world) {
    for (const [what, fault] of Object.entries(FAULTS)) await fail(world, what, fault)
    await wrongType(world)
    await late(world)
  },
}

async function fail(world, what, { csp, rule, name, culprit, message }) {
  world.server.faults.set(rule ? [{ match: '\\.wasm', ...rule }] : [])
  const without = await world.viewer({}, { name: `${what}, no HLS`, csp, before: world.has.hls ? [NO_HLS] : [] })
  await without.until(() => page.errors().length > 0, { what: `an error when the engine is ${what}` })
  const [error] = await without.ask(() => page.errors())
  await without.close()
  assert.equal(error.name, name, JSON.stringify(error))
  assert.equal(error.culprit, culprit)
  assert.match(error.message, message)

  world.note(`${what}: ${error.name}`)
  if (world.has.hls) await fallBack(world, what, { csp, name, message })
}

async function fallBack(world, what, { csp, name, message }) {
  // The strict policy lets media come from blobs only, so the browser's own player is not allowed either.
  const tab = await world.viewer({}, { name: `${what}, native HLS`, csp })
  if (csp) {
    await tab.until(() => page.errors().length > 0, { what: 'an error where the policy forbids that as well' })
    const [{ message: told }] = await tab.ask(() => page.errors())
    assert.match(told, message)
  } else {
    await tab.until(() => page.video?.currentTime > 0.5, { what: `native HLS plays when the engine is ${what}` })
    const heard = await tab.ask(() => page.heard)
    assert.ok(heard.some(event => event.type === 'warning' && event.name === name), JSON.stringify(heard))
  }
  await tab.close()
  if (!csp) world.note('native HLS plays')
}

/** A server that has never heard of wasm: the bytes are right, the label is not. */
async function wrongType(world) {
  world.server.faults.set([{ match: '\\.wasm', type: 'application/octet-stream' }])
  const tab = await world.viewer({}, { name: 'wrong MIME type' })
  await tab.until(() => page.video?.currentTime > 0.5 && page.element.stats.httpBytes > 0, { what: 'it plays, by the engine' })
  const { heard } = await tab.ask(() => page.state())
  assert.deepEqual(heard.filter(({ type }) => type !== 'playing'), [])
  world.note('wrong MIME type: plays')
}

async function late(world) {
  world.server.faults.set([{ match: 'sprat_bg\\.wasm', delayMs: 8000 }])
  const tab = await world.viewer({}, { name: 'late' })
  await tab.until(() => page.element?.shadowRoot?.querySelector('.bar .play')?.getBoundingClientRect().width > 20, { what: 'controls' })
  const fetched = () => performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('sprat_bg.wasm') && responseEnd > 0)
  assert.equal(await tab.ask(fetched), false, 'before the engine')
  await tab.until(() => page.video?.currentTime > 0.3, { what: 'it plays once that is here' })
  assert.equal(await tab.ask(fetched), true)
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  await tab.close()
}
