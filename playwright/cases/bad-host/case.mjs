// A host with one version's loader beside another's files, one that says nothing of who may read them, one that takes scripts
// for text: the page says what to change, and the browser's own player plays what it can.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const EMBED = 'embed.html?src=/media/vod/master.m3u8&muted=1&autoplay=1&p2p=0'
const SCRIPTS = '^/(sprat|embed)\\.js'
/** A binary, but not the one that belongs to the bindings. */
const OTHER = readFileSync(join(import.meta.dirname, '../../../target/site/sprat_benches_bg.wasm'))

export default {
  about: 'a host with files of two versions, without CORS, with wrong types: what to change is said without a script; native HLS plays where it is known',
  seconds: 90,
  // Browsers name each file that they could not have, in words of their own; the loader leaves the last word to them.
  expects: [/^(code|bindings) lost: /, /^another version's engine: /, /^no CORS for a sandbox: /, /^scripts as text: /, /^scripts refused by a policy: /],
  async run(world) {
    await codeLost(world)
    await bindingsLost(world)
    await otherEngine(world)
    await right(world)
    await unread(world, 'no CORS for a sandbox', { match: SCRIPTS, headers: { 'access-control-allow-origin': 'https://elsewhere.example' } }, 'allow-scripts')
    await unread(world, 'scripts as text', { match: SCRIPTS, type: 'text/plain' })
    await unread(world, 'scripts refused by a policy', { match: '^/embed\\.html', headers: { 'content-security-policy': "script-src 'none'" } })
  },
}

/** The code of the element is of the version before, and gone. */
async function codeLost(world) {
  world.server.faults.set([{ match: '^/sprat-player-', status: 404, body: 'gone' }, { match: '^/chunk-', status: 404, body: 'gone' }])
  const tab = await world.page(EMBED, { name: 'code lost' })
  await tab.until(() => document.querySelector('sprat-player [role=alert]'), { what: 'a sentence in its place' })
  const { text, src, controls, height } = await tab.ask(() => {
    const video = document.querySelector('sprat-player > video')
    return { text: document.querySelector('sprat-player [role=alert]').textContent, src: video.getAttribute('src'), controls: video.controls, height: video.getBoundingClientRect().height }
  })
  assert.match(text, /Upload all files of one version/)
  assert.ok(src.endsWith('/media/vod/master.m3u8') && controls && height > 100, JSON.stringify({ src, controls, height }))
  if (world.has.hls) await tab.until(() => document.querySelector('video').currentTime > 0.5, { what: "the browser's own player plays" })
  await tab.close()
  world.note(`code lost: told${world.has.hls ? ', plays' : ''}`)
}

async function bindingsLost(world) {
  world.server.faults.set([{ match: '^/glue-', status: 404, body: 'gone' }])
  await withoutEngine(world, 'bindings lost')
}

async function otherEngine(world) {
  world.server.faults.set([{ match: '^/sprat_bg\\.wasm', body: OTHER }])
  await withoutEngine(world, "another version's engine")
}

/** A warning that names it where the browser plays by itself, an error where it does not. */
async function withoutEngine(world, what) {
  const tab = await world.viewer({}, { name: what })
  await tab.until(() => page.heard.some(({ name }) => name === 'engine-unusable'), { what: `a word of it: ${what}` })
  const heard = await tab.ask(() => page.heard.find(({ name }) => name === 'engine-unusable'))
  assert.match(heard.message, /not of this version/)
  if (world.has.hls) await tab.until(() => page.video?.currentTime > 0.5, { what: "the browser's own player plays" })
  else assert.equal(heard.type, 'error')
  await tab.close()
  world.note(`${what}: ${heard.type}${world.has.hls ? ', plays' : ''}`)
}

/** No script of ours runs: the page itself says so, once there has been time for one. */
async function unread(world, what, rule, sandbox) {
  world.server.faults.set([rule])
  const tab = await world.page(`cases/iframes/index.html?${new URLSearchParams({ address: `/${EMBED}`, ...(sandbox && { sandbox }) })}`, { name: what })
  const frame = await tab.frame('/embed.html')
  const seen = () => getComputedStyle(document.querySelector('.late')).visibility
  assert.equal(await frame.ask(seen), 'hidden', 'not before there was time')
  await frame.until(() => getComputedStyle(document.querySelector('.late')).visibility === 'visible', { what: `the page says that nothing came: ${what}` })
  assert.match(await frame.ask(() => document.querySelector('.late').textContent), /Access-Control-Allow-Origin/)
  await tab.close()
  world.note(what)
}

/** The control: with everything right it is never seen. */
async function right(world) {
  world.server.faults.clear()
  const tab = await world.page(EMBED, { name: 'nothing wrong' })
  await tab.until(() => document.querySelector('sprat-player')?.currentTime > 0.3, { what: 'it plays' })
  assert.equal(await tab.ask(() => getComputedStyle(document.querySelector('.late')).display), 'none')
  await tab.close()
}
