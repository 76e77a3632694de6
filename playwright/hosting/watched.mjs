// What a viewer has of a server, in Chromium: the rows of the table that need a browser. Each function is one; it throws what
// is wrong, and returns what the cell shows.
import assert from 'node:assert/strict'

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

/** A page with everything its policy refused and its scripts threw. */
async function watch(browser, address) {
  const context = await browser.newContext({ viewport: { width: 960, height: 540 } })
  const page = await context.newPage()
  const refused = []
  page.on('console', message => /Content Security Policy|violates/.test(message.text()) && refused.push(message.text()))
  page.on('pageerror', error => refused.push(String(error)))
  await page.goto(address)
  return { page, refused, close: () => context.close() }
}

async function visit({ browser, origin }, path, look) {
  const { page, refused, close } = await watch(browser, origin + path)
  try {
    const cell = await look(page)
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
