// The other builds of the loader, in every browser: one unpacks the engine here, whatever the host makes of the file; one takes
// only the engine that it was built with.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const PACKED = gzipSync(readFileSync(join(import.meta.dirname, '../../../target/site/sprat_bg.wasm')))
const GZ = '^/sprat_bg\\.wasm\\.gz'

/** A host with the packed file, of a type that is none of ours. */
const HOSTS = {
  'as a file': [{ match: GZ, status: 200, body: PACKED }],
  'unpacked on the way': [{ match: GZ, status: 200, body: PACKED, headers: { 'content-encoding': 'gzip' } }],
  'not there': [],
}

export default {
  about: 'sprat-gz.js plays with the engine packed, unpacked on the way, or plain; sprat-strict.js with its own engine, and refuses another',
  seconds: 30,
  expects: [/^not there: Failed to load/, /^altered: /],
  server: { pages: { '/gz.html': page('gz'), '/strict.html': page('strict') } },
  async run(world) {
    for (const [what, rules] of Object.entries(HOSTS)) {
      world.server.faults.set(rules)
      world.server.stats.reset()
      await plays(world, 'gz.html', what)
      const plain = world.server.stats.requests(/sprat_bg\.wasm$/)
      assert.equal(plain, rules.length === 0 ? 1 : 0, `${what}: requests for the plain one`)
    }
    world.server.faults.clear()
    await plays(world, 'strict.html', 'its own engine')
    await refuses(world)
  },
}

async function plays(world, page, what) {
  const tab = await world.page(page, { name: what })
  await tab.until(() => document.querySelector('sprat-player')?.stats?.httpBytes > 0 && document.querySelector('sprat-player').currentTime > 0.3, { what: `the engine plays: ${what}` })
  await tab.close()
  world.note(what)
}

async function refuses(world) {
  world.server.faults.set([{ match: '^/sprat_bg\\.wasm', alterByteAt: -1 }])
  const tab = await world.page('strict.html', { name: 'altered' })
  const told = () => {
    const player = document.querySelector('sprat-player')
    globalThis.told ??= new Promise(resolve => {
      for (const type of ['warning', 'error']) player.addEventListener(type, ({ detail }) => detail && resolve(detail))
      player.setAttribute('src', '/media/vod/master.m3u8?again')
    })
    return globalThis.told
  }
  await tab.until(() => customElements.get('sprat-player') !== undefined, { what: 'an element' })
  const { name, message } = await tab.ask(told)
  assert.equal(name, 'wasm-damaged')
  assert.match(message, /its digest is not sha384-/)
  await tab.close()
  world.note(`altered: ${name}`)
}

function page(loader) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${loader}</title>
    <script type="module" src="/sprat-${loader}.js"></script>
  </head>
  <body>
    <sprat-player src="/media/vod/master.m3u8" p2p="off" muted autoplay playsinline></sprat-player>
  </body>
</html>
`
}
