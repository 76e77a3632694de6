// What the player makes of an instance, in Chromium, on a page of another site: what it asks for, what it shows, what it
// tells the tracker. Each function is a row or several of the table; a throw is a failure.
import assert from 'node:assert/strict'

const FIRST_FRAME_MS = 30_000
/** Long enough for a view, the swarm and what comes after the first frame. */
const WATCHED_S = 8

/** A page with one element, and all that it sent. */
export class Viewer {
  requests = []
  posted = []
  announced = new Set()
  refusedSockets = []
  complaints = []

  static async open(browser, base, attributes) {
    const context = await browser.newContext({ viewport: { width: 960, height: 640 } })
    const viewer = new Viewer()
    viewer.page = await context.newPage()
    viewer.#listen()
    await viewer.page.goto(`${base}acceptance/page.html?${new URLSearchParams(attributes)}`)
    await viewer.until(() => 'page' in globalThis, 10_000, 'the page is there')
    return viewer
  }

  ask(question, argument) {
    return this.page.evaluate(question, argument)
  }

  async until(question, timeout, what, argument) {
    try {
      await this.page.waitForFunction(question, argument, { timeout, polling: 100 })
    } catch {
      const problem = await this.ask(() => globalThis.page?.problem).catch(() => '')
      throw new Error(`not within ${timeout / 1000} s: ${what}${problem ? `; the player says: ${problem}` : ''}`)
    }
  }

  /** Requests to the API, by path. */
  api(origin) {
    return this.requests.filter(url => url.startsWith(`${origin}/api/v1/`)).map(url => new URL(url).pathname)
  }

  close() {
    return this.page.context().close()
  }

  #listen() {
    this.page.on('request', request => {
      this.requests.push(request.url())
      if (request.method() === 'POST') this.posted.push({ url: request.url(), text: request.postData() ?? '' })
    })
    this.page.on('response', response => response.status() === 429 && this.complaints.push(`429: ${response.url()}`))
    this.page.on('pageerror', error => this.complaints.push(String(error)))
    this.page.on('websocket', socket => {
      socket.on('framesent', ({ payload }) => this.#sent(String(payload)))
      socket.on('socketerror', error => this.refusedSockets.push(`${socket.url()}: ${error}`))
    })
  }

  #sent(text) {
    const hash = /"info_hash":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
    if (hash !== undefined) this.announced.add(Buffer.from(JSON.parse(`"${hash}"`), 'latin1').toString('hex'))
  }
}

const PLAYING = { muted: '', autoplay: '', playsinline: '' }

/** Shown, but not started: at most one request. */
export async function waiting(browser, base, address, origin) {
  const viewer = await Viewer.open(browser, base, { peertube: address, preload: 'none' })
  try {
    await viewer.until(() => page.media.instanceVideo, FIRST_FRAME_MS, 'the video is known')
    await viewer.page.waitForTimeout(3000)
    const asked = viewer.api(origin)
    assert.ok(asked.length <= 1, `${asked.length} API requests: ${asked.join(' ')}`)
    const { title, duration, live } = await viewer.ask(() => page.media.instanceVideo)
    return `“${title}”, ${live ? 'live' : `${duration} s`}, ${asked.length} API request`
  } finally {
    await viewer.close()
  }
}

/**
 * Plays it, and looks at everything that follows.
 * @param {(name: string, run: () => Promise<string> | string) => Promise<void>} row
 * @param {{attributes?: object, listed?: string[], captions?: number, chapters?: number, seeks?: boolean, password?: string}} expected
 */
export async function playing(browser, base, address, origin, row, expected = {}) {
  const viewer = await Viewer.open(browser, base, { peertube: address, p2p: 'on', ...PLAYING })
  try {
    const began = Date.now()
    let shown = false
    await row('first frame', async () => {
      if (expected.password !== undefined) await unlock(viewer, expected.password)
      await viewer.until(() => page.media.readyState > 2 && page.media.currentTime > 0, FIRST_FRAME_MS, 'the first frame')
      shown = true
      return `${((Date.now() - began) / 1000).toFixed(1)} s after the page was opened`
    })
    if (!shown) return
    await row('plays on', async () => {
      const from = await viewer.ask(() => page.media.currentTime)
      await viewer.until(end => page.media.currentTime > end, (WATCHED_S + 15) * 1000, `${WATCHED_S} s played`, from + WATCHED_S)
      return `${WATCHED_S} s`
    })
    if (expected.seeks) {
      await row('seeks', async () => {
        const to = await viewer.ask(() => { page.media.currentTime = page.media.duration * 0.6; return page.media.currentTime })
        await viewer.until(to => !page.media.seeking && page.media.currentTime > to + 1, 20_000, 'playing after a seek', to)
        return `to ${to.toFixed(0)} s`
      })
    }
    if (expected.captions !== undefined) {
      await row('captions, chapters', async () => {
        await viewer.until(() => page.media.instanceExtras, 10_000, 'they are known')
        const { captions, chapters, storyboards } = await viewer.ask(() => page.media.instanceExtras)
        assert.deepEqual([captions.length, chapters.length], [expected.captions, expected.chapters], 'captions and chapters')
        return `${captions.length} captions, ${chapters.length} chapters, ${storyboards.length} storyboards`
      })
    }
    await row('swarm', () => swarm(viewer, expected.listed))
    await row('views', () => views(viewer))
    await row('requests', () => {
      assert.deepEqual(viewer.complaints, [])
      return `${viewer.api(origin).length} API requests, ${viewer.requests.length} in all`
    })
  } finally {
    await viewer.close()
  }
}

/** Refused without the word and with a wrong one. */
async function unlock(viewer, word) {
  const refusals = () => viewer.ask(() => page.heard.filter(({ type }) => type === 'passwordrequired').length)
  await viewer.until(() => page.heard.some(({ type }) => type === 'passwordrequired'), 10_000, 'a password is asked for')
  const before = await refusals()
  await viewer.ask(word => page.media.setVideoPassword(`not ${word}`), word)
  await viewer.until(before => page.heard.filter(({ type }) => type === 'passwordrequired').length > before, 10_000, 'a wrong one is refused', before)
  await viewer.ask(word => { page.media.setVideoPassword(word); page.media.play?.()?.catch?.(() => {}) }, word)
}

/** Nothing but what the instance lists may have been announced. */
async function swarm(viewer, listed = []) {
  const announced = [...viewer.announced]
  const unlisted = announced.filter(hash => !listed.includes(hash))
  assert.deepEqual(unlisted, [], 'announced without being listed')
  assert.deepEqual(viewer.refusedSockets, [], 'a tracker refused')
  const { sharing } = await viewer.ask(() => page.media.stats ?? {})
  return announced.length === 0 ? `nothing announced (sharing: ${sharing})` : `${announced.length} announced, all among the ${listed.length} listed`
}

function views(viewer) {
  const bodies = viewer.posted.filter(({ url }) => url.endsWith('/views')).map(({ text }) => JSON.parse(text))
  assert.ok(bodies.length > 0, 'no view was told')
  for (const { currentTime, sessionId } of bodies) {
    assert.ok(Number.isInteger(currentTime) && currentTime >= 0, `currentTime ${currentTime}`)
    assert.match(sessionId, /^[0-9A-Za-z]{32}$/)
  }
  return `${bodies.length}, at ${bodies.map(({ currentTime }) => `${currentTime} s`).join(', ')}`
}

/**
 * A live that has not begun is waited for, on the same page; one that begins again, too.
 * @param {import('../server/peertube/broadcast.mjs').Broadcast} broadcast
 */
export async function waited(browser, base, address, broadcast) {
  broadcast.wait()
  const viewer = await Viewer.open(browser, base, { peertube: address, p2p: 'off', ...PLAYING })
  const plays = async what => {
    const began = Date.now()
    await viewer.until(() => page.media.readyState > 2 && !page.media.paused && page.media.currentTime > 0, 60_000, what)
    return `${((Date.now() - began) / 1000).toFixed(1)} s`
  }
  try {
    await viewer.until(() => page.media.instanceVideo, FIRST_FRAME_MS, 'the video is known')
    await viewer.ask(() => { globalThis.loadedOnce = true })
    await viewer.page.waitForTimeout(3000)
    broadcast.publish()
    const first = await plays('it plays once it has begun')
    assert.ok(await viewer.ask(() => globalThis.loadedOnce), 'the page was not loaded anew')
    return `${first} after it was published`
  } finally {
    await viewer.close()
  }
}

export async function list(browser, base, address, total) {
  const viewer = await Viewer.open(browser, base, { element: 'sprat-playlist', peertube: address, muted: '' })
  try {
    await viewer.until(() => page.element.items?.length > 0, 15_000, 'there are items')
    await viewer.until(total => page.element.items.length === total, 60_000, `${total} items`, total)
    return `${total} items`
  } finally {
    await viewer.close()
  }
}

/** An id that nobody has. */
export async function missing(browser, base, origin) {
  const viewer = await Viewer.open(browser, base, { peertube: `${origin}/w/00000000-0000-4000-8000-000000000000`, ...PLAYING })
  try {
    await viewer.until(() => page.problem, 20_000, 'an error')
    return await viewer.ask(() => page.problem)
  } finally {
    await viewer.close()
  }
}
