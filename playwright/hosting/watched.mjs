// What a viewer has of a server, in Chromium: the rows of the table that need a browser. Each function is one; it throws what
// is wrong, and returns what the cell shows.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

const FIRST_FRAME_MS = 15_000

export const WATCHED = {
  async 'page plays'(host) {
    return visit(host, '/sprat/embed.html?src=/media/vod/master.m3u8&muted=1&autoplay=1&p2p=0', async page => {
      const took = await plays(page.mainFrame())
      return `${took} s`
    })
  },
  async 'sandboxed page plays'(host) {
    return visit(host, '/cases/embed-api/index.html', async page => {
      await page.evaluate(src => {
        const iframe = Object.assign(document.createElement('iframe'), { src, allow: 'autoplay', width: 640, height: 360 })
        iframe.sandbox = 'allow-scripts'
        document.body.append(iframe)
      }, '/sprat/embed.html?src=/media/vod/master.m3u8&muted=1&autoplay=1&p2p=0')
      return `${await plays(await frameOf(page, '/sprat/embed.html'))} s`
    })
  },
  async 'list page plays'(host) {
    return visit(host, '/sprat/playlist.html?src=/cases/iframes/list.json&muted=1&autoplay=1&p2p=0', async page => `${await plays(page.mainFrame())} s`)
  },
  async 'old embed link plays'(host) {
    const { instance } = host.server
    const { uuid } = instance.catalog.videos.get('vod')
    return visit(host, `/videos/embed/${uuid}?muted=1&autoplay=1&start=2`, async page => {
      await plays(page.mainFrame(), 2.3)
      await within(5000, 'a view is told to the instance', () => instance.heard.views.length > 0)
      return 'from 2 s, counted'
    })
  },
  async 'old list link plays'(host) {
    const { uuid } = host.server.instance.catalog.playlists.get('mixed')
    return visit(host, `/video-playlists/embed/${uuid}?muted=1&autoplay=1&p2p=0`, async page => {
      await plays(page.mainFrame())
      return `${await page.evaluate(() => document.querySelector('sprat-playlist').items.length)} items`
    })
  },
  async 'embed-api drives it'(host) {
    const { uuid } = host.server.instance.catalog.videos.get('vod')
    return visit(host, '/cases/embed-api/index.html', async page => {
      await page.evaluate(address => host.open('video', address), `/videos/embed/${uuid}?api=1&muted=1&p2p=0`)
      const frame = await frameOf(page, '/videos/embed/')
      await within(FIRST_FRAME_MS, 'ready', () => page.evaluate(() => host.isReady('video')))
      const call = async (...args) => {
        const { value, error } = await page.evaluate(args => host.call('video', ...args), args)
        assert.equal(error, undefined, args[0])
        return value
      }
      await call('play')
      await plays(frame)
      await call('seek', 20)
      await plays(frame, 20.3)
      await call('pause')
      assert.equal(await call('isPlaying'), false)
      return `${(await call('getResolutions')).length} resolutions`
    })
  },
  async 'compressed wasm plays'(host) {
    return visit(host, '/gz.html', async (page, { asked }) => {
      await plays(page.mainFrame())
      const binaries = asked.filter(url => /\.wasm/.test(url)).map(url => url.slice(url.lastIndexOf('/') + 1))
      assert.deepEqual(binaries, ['sprat_bg.wasm.gz'])
      return 'unpacked here'
    })
  },
  async 'strict loader plays'(host) {
    return visit(host, '/strict.html', async page => `${await plays(page.mainFrame())} s`)
  },
  // Whatever is changed still works: without digests it plays.
  async 'refuses altered wasm'(host) {
    const section = Buffer.from([0, 5, 4, ...Buffer.from('test')])
    return altered(host, { 'sprat_bg.wasm': bytes => Buffer.concat([bytes, section]), 'sprat_bg.wasm.gz': bytes => gzipSync(Buffer.concat([gunzipSync(bytes), section])) }, async () => {
      await visit(host, '/plain.html', page => plays(page.mainFrame()))
      const { page, close } = await watch(host.browser, `${host.origin}/strict.html`)
      await within(FIRST_FRAME_MS, 'a word of it', () => page.evaluate(() => told.length > 0))
      const [{ name, message }] = await page.evaluate(() => told)
      const { httpBytes } = await page.evaluate(() => document.querySelector('sprat-player').stats)
      await close()
      assert.equal(name, 'wasm-damaged')
      assert.match(message, /altered.*digest is not sha384-/)
      assert.equal(httpBytes, 0, 'bytes that the engine fetched')
      return name
    })
  },
  async 'refuses altered code'(host) {
    const [entry] = readdirSync(host.folder).filter(name => name.startsWith('sprat-player-'))
    const [, file] = /from"\.\/([^"]+)"/.exec(readFileSync(join(host.folder, entry), 'utf8'))
    return altered(host, { [file]: bytes => Buffer.concat([bytes, Buffer.from('\n// altered\n')]) }, async () => {
      await visit(host, '/plain.html', page => plays(page.mainFrame()))
      const { page, close } = await watch(host.browser, `${host.origin}/strict.html`)
      await within(FIRST_FRAME_MS, 'a word of it', () => page.evaluate(() => document.querySelector('sprat-player [role=alert]')))
      const [defined, note] = await page.evaluate(() => [customElements.get('sprat-player') !== undefined, document.querySelector('sprat-player [role=alert]').textContent])
      await close()
      assert.equal(defined, false)
      assert.match(note, /altered/)
      return 'says altered'
    })
  },
  async 'neighbours meet'(host) {
    const { server, browser, origin } = host
    const { uuid } = server.instance.catalog.videos.get('vod')
    const address = `${origin}/videos/embed/${uuid}?muted=1&autoplay=1&p2p=1`
    const one = await watch(browser, address)
    const other = await watch(browser, address)
    try {
      await plays(one.page.mainFrame())
      await plays(other.page.mainFrame())
      const shared = () => other.page.evaluate(() => document.querySelector('sprat-player').stats.segments.p2p)
      await within(20_000, 'a segment from the neighbour', async () => (await shared()) > 0)
      assert.deepEqual([...one.refused, ...other.refused], [])
      return `${await shared()} segments`
    } finally {
      await one.close()
      await other.close()
    }
  },
}

/** While these files of the server's are others. */
async function altered({ folder }, changes, look) {
  const before = Object.keys(changes).map(name => [join(folder, name), readFileSync(join(folder, name))])
  for (const [name, change] of Object.entries(changes)) writeFileSync(join(folder, name), change(readFileSync(join(folder, name))))
  try {
    return await look()
  } finally {
    for (const [path, bytes] of before) writeFileSync(path, bytes)
  }
}

/** A page with everything its policy refused and its scripts threw. */
async function watch(browser, address) {
  const context = await browser.newContext({ viewport: { width: 960, height: 540 } })
  const page = await context.newPage()
  const refused = []
  const asked = []
  page.on('request', request => asked.push(request.url()))
  await page.addInitScript(() => {
    globalThis.told = []
    for (const type of ['warning', 'error']) addEventListener(type, ({ target, detail }) => target.localName === 'sprat-player' && told.push(detail ?? target.error), true)
  })
  page.on('console', message => /Content Security Policy|violates/.test(message.text()) && refused.push(message.text()))
  page.on('pageerror', error => refused.push(String(error)))
  await page.goto(address)
  return { page, refused, asked, close: () => context.close() }
}

async function visit({ browser, origin }, path, look) {
  const { page, refused, asked, close } = await watch(browser, origin + path)
  try {
    const cell = await look(page, { asked })
    assert.deepEqual(refused, [], 'refused by the policy, or thrown')
    return cell
  } finally {
    await close()
  }
}

/** By the engine; seconds until it does. */
async function plays(frame, beyond = 0.3) {
  const began = Date.now()
  try {
    await frame.waitForFunction(beyond => {
      const player = document.querySelector('sprat-player, sprat-playlist')
      const { currentTime, stats } = player?.player ?? player ?? {}
      return currentTime > beyond && stats.httpBytes > 0
    }, beyond, { timeout: FIRST_FRAME_MS, polling: 100 })
  } catch (error) {
    const said = await frame.evaluate(() => [...document.querySelectorAll('sprat-player, sprat-playlist')].map(element => (element.player ?? element).error?.message ?? element.shadowRoot?.textContent?.trim().slice(0, 200) ?? 'nothing there')).catch(String)
    throw new Error(`does not play: ${said}; ${error.message.split('\n', 1)[0]}`)
  }
  return ((Date.now() - began) / 1000).toFixed(1)
}

async function frameOf(page, part) {
  let frame
  await within(5000, `a frame ${part}`, () => (frame = page.frames().find(frame => frame.url().includes(part))) !== undefined)
  return frame
}

async function within(limit, what, question) {
  for (const began = Date.now(); !(await question()); await new Promise(resolve => setTimeout(resolve, 100))) {
    if (Date.now() - began > limit) throw new Error(`not within ${limit / 1000} s: ${what}`)
  }
}
