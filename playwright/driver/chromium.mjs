// Chromium, by Playwright. One serves all cases, each page in a context of its own; a case that needs other flags gets
// another one, and a case that hides a tab gets puppeteer's, for Playwright's cannot be hidden.
import { chromium } from 'playwright-core'
import puppeteer from 'puppeteer-core'
import { SIZE, heardBy, pressed } from './scripted.mjs'

/** `cargo xtask test` says which one it found. */
export const EXECUTABLE = process.env.SPRAT_CHROMIUM ?? '/usr/bin/chromium'

// Nothing that talks to the network by itself; host candidates as addresses, because nobody here resolves `.local`
// names reliably; no sandbox where the runner is root, as in most containers.
const FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
]

const AUTOPLAY = '--autoplay-policy=no-user-gesture-required'

/** What drivers switch off so that hidden pages run as if they were not. */
const THROTTLING = ['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding']

/**
 * The browser alone: what the cases' pages and the races share.
 * @param {{autoplay?: boolean, flags?: string[], executable?: string}} [how]
 */
export function launch({ autoplay = true, flags = [], executable = EXECUTABLE } = {}) {
  const args = [...FLAGS, ...flags, ...(autoplay ? [AUTOPLAY] : [])]
  return chromium.launch({ executablePath: executable, headless: true, args })
}

export class Chromium {
  #launched = new Map()

  async open(address, { before, autoplay, throttled, flags }) {
    const context = throttled
      ? await (await this.#throttled()).createBrowserContext()
      : await (await this.#plain(autoplay, flags)).newContext({ viewport: SIZE })
    const page = await context.newPage()
    const opened = new ChromiumPage(page, context)
    for (const content of before) await page.addInitScript({ content })
    await page.goto(address)
    return opened
  }

  #plain(autoplay, flags) {
    return this.#once(`autoplay ${autoplay} ${flags}`, () => launch({ autoplay, flags }))
  }

  /** Whose tabs can be hidden, and are then slowed down as every viewer's are. */
  #throttled() {
    return this.#once('throttled', () => puppeteer.launch({
      executablePath: EXECUTABLE,
      headless: true,
      args: [...FLAGS, AUTOPLAY],
      ignoreDefaultArgs: THROTTLING,
    }))
  }

  #once(key, launch) {
    if (!this.#launched.has(key)) this.#launched.set(key, launch())
    return this.#launched.get(key)
  }

  async close() {
    for (const launching of this.#launched.values()) await (await launching).close()
  }
}

/** A page of Playwright's or of puppeteer's: of both only what they share. */
class ChromiumPage {
  complaints
  #page
  #context
  #debugger

  constructor(page, context) {
    this.#page = page
    this.#context = context
    this.complaints = heardBy(page)
  }

  /** Through the debugger: the drivers' own way is `eval` in the page, which a strict policy forbids. */
  async evaluate(expression, frame) {
    if (frame) return this.#frame(frame)?.evaluate(expression)
    this.#debugger ??= await this.#attach()
    const { result, exceptionDetails } = await this.#debugger.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  #frame(part) {
    const found = this.#page.frames().find(frame => frame.url().includes(part))
    if (!found) throw new Error(`no frame ${part}`)
    return found
  }

  #attach() {
    return this.#page.createCDPSession?.() ?? this.#context.newCDPSession(this.#page)
  }

  hover(x, y) {
    return this.#page.mouse.move(x, y)
  }

  click(x, y, button) {
    return this.#page.mouse.click(x, y, { button })
  }

  press(key) {
    return pressed(this.#page.keyboard, key)
  }

  async screenshot(path) {
    await this.#page.screenshot({ path, timeout: 5000 })
  }

  async listen() {}

  async close() {
    await this.#context.close()
  }

  /** Kills the page's process, as a phone does: nothing in it has a last word. */
  async crash() {
    const crashed = new Promise(resolve => this.#page.once('crash', resolve))
    this.#debugger ??= await this.#attach()
    this.#debugger.send('Page.crash').catch(() => {})
    await crashed
  }

  /** Takes the device off the network, or puts it back. */
  async offline(offline) {
    await this.#context.setOffline(offline)
  }

  /**
   * Stops everything in the page, timers and answers included, or lets it go on: the processes themselves, those of
   * all pages of its browser, for what Chromium calls frozen goes on playing while it can be seen. The case needs a
   * browser of its own (`flags`).
   */
  async freeze(frozen) {
    const debug = await this.#context.browser().newBrowserCDPSession()
    const { processInfo } = await debug.send('SystemInfo.getProcessInfo')
    for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, frozen ? 'SIGSTOP' : 'SIGCONT')
    await debug.detach()
  }

  /** With the viewer's own few colours, as on a system with high contrast. */
  async forcedColours(forced) {
    await this.#page.emulateMedia({ forcedColors: forced ? 'active' : 'none' })
  }

  /** @param {boolean} more   its viewer asks for more contrast */
  async contrast(more) {
    await this.#page.emulateMedia({ contrast: more ? 'more' : 'no-preference' })
  }

  /** Bytes of its scripts' heap and of their buffers, when everything unused has gone. */
  async memory() {
    this.#debugger ??= await this.#attach()
    await this.#debugger.send('HeapProfiler.collectGarbage')
    const { usedSize, backingStorageSize } = await this.#debugger.send('Runtime.getHeapUsage')
    return { heap: usedSize, buffers: backingStorageSize }
  }

  /** Puppeteer's only. */
  async cover() {
    await (await this.#context.newPage()).bringToFront()
  }
}
