// Which browser runs the cases, and how it is started. One Chromium serves all cases, each page in a context of its
// own; a case that needs other flags gets another one.
import { chromium } from 'playwright-core'
import puppeteer from 'puppeteer-core'

/** `cargo xtask test` says which Chromium it found. */
export const EXECUTABLE = process.env.SPRAT_CHROMIUM ?? '/usr/bin/chromium'

// Nothing that talks to the network by itself; host candidates as addresses, because nobody here resolves `.local`
// names reliably; no sandbox where the runner is root, as in most containers.
export const FLAGS = [
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

export class Browsers {
  #launched = new Map()

  /** @param {{autoplay?: boolean}} [wish]  `autoplay: false`: the policy that viewers have */
  get({ autoplay = true } = {}) {
    const args = autoplay ? [...FLAGS, AUTOPLAY] : FLAGS
    return this.#once(`autoplay ${autoplay}`, () => chromium.launch({ executablePath: EXECUTABLE, headless: true, args }))
  }

  /** Whose tabs can be hidden, and are then slowed down as every viewer's are. Playwright's cannot, puppeteer's can. */
  getThrottled() {
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
