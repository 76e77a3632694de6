// Firefox, by puppeteer over WebDriver BiDi: unpatched, as Debian and everybody else ship it. Questions are evaluated
// by the browser itself and not by `eval` in the page, so that they work under any content security policy; and by
// BiDi's own command, because puppeteer's counts as a gesture of the viewer's, after which everything may autoplay.
import puppeteer from 'puppeteer-core'
import { SIZE, heardBy, pressed } from './scripted.mjs'

/** `cargo xtask test` says which one it found. */
const EXECUTABLE = process.env.SPRAT_FIREFOX ?? '/usr/bin/firefox-esr'

const PREFERENCES = {
  // Host candidates as addresses, and those of loopback: the tests have no other network.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.loopback': true,
  // Nothing that talks to the network by itself.
  'app.update.enabled': false,
  'toolkit.telemetry.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
}

/** 0: autoplay is allowed; 1: with sound only after a gesture, as for most viewers. */
const autoplayOf = autoplay => ({ 'media.autoplay.default': autoplay ? 0 : 1, 'media.autoplay.blocking_policy': 0 })

export class Firefox {
  #launched = new Map()

  async open(address, { before, autoplay }) {
    const context = await (await this.#browser(autoplay)).createBrowserContext()
    // Of the tabs of one window all but one are hidden: Firefox draws nothing in them, and lets their timers wait.
    const page = await context.newPage({ type: 'window' })
    const opened = new FirefoxPage(page, context)
    await page.setViewport(SIZE)
    for (const content of before) await page.evaluateOnNewDocument(content)
    await page.goto(address)
    return opened
  }

  #browser(autoplay) {
    if (!this.#launched.has(autoplay)) {
      this.#launched.set(autoplay, puppeteer.launch({
        browser: 'firefox',
        executablePath: EXECUTABLE,
        headless: true,
        extraPrefsFirefox: { ...PREFERENCES, ...autoplayOf(autoplay) },
      }))
    }
    return this.#launched.get(autoplay)
  }

  async close() {
    for (const launching of this.#launched.values()) await (await launching).close()
  }
}

class FirefoxPage {
  complaints
  #page
  #context

  constructor(page, context) {
    this.#page = page
    this.#context = context
    this.complaints = heardBy(page)
  }

  async evaluate(expression, part) {
    const frame = part ? this.#page.frames().find(frame => frame.url().includes(part)) : this.#page.mainFrame()
    if (!frame) throw new Error(`no frame ${part}`)
    const { result, exceptionDetails } = await frame.mainRealm().realm.evaluate(expression, true, { userActivation: false })
    if (exceptionDetails) throw new Error(exceptionDetails.text)
    return result.value
  }

  hover(x, y) {
    return this.#page.mouse.move(x, y)
  }

  click(x, y, button) {
    return this.#page.mouse.click(x, y, { button })
  }

  press(key) {
    // BiDi knows it by its character.
    return pressed(this.#page.keyboard, key === 'Space' ? ' ' : key)
  }

  async screenshot(path) {
    await this.#page.screenshot({ path })
  }

  async listen() {}

  async close() {
    await this.#context.close()
  }
}
