// What a case has for itself: an origin with a tracker on a port of their own, pages, and a place for its figures.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from '../server/server.mjs'
import { Tab } from './tab.mjs'

const playwright = join(import.meta.dirname, '..')

/** Where the tests' own pages lie, beside the site. */
const MOUNTS = {
  '/inside/': join(playwright, 'driver/inside'),
  '/cases/': join(playwright, 'cases'),
  '/peers/': join(playwright, 'peers'),
  '/npm/': join(playwright, 'node_modules'),
}

export const VOD = 'media/vod/master.m3u8'
export const SPLIT = 'media/split/master.m3u8'
export const FILES = 'media/files/master.m3u8'

export class World {
  /** What the line of this case will tell. @type {string[]} */
  figures = []
  /** Which browser this is: for bounds of time only. What it can do is in `has`. @type {string} */
  kind
  /** What this browser has: see `browsers.mjs`. @type {{rtc: boolean, managed: boolean, hls: boolean, eager: boolean}} */
  has
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  server
  #browser
  #case
  #tabs = []

  constructor(browser, what) {
    this.#browser = browser
    this.kind = browser.kind
    this.has = browser.traits
    this.#case = what
  }

  async open() {
    this.server = await startServer({ trackerInterval: 10, ...this.#case.server, prelude: this.#browser.prelude, mounts: { ...this.#case.server?.mounts, ...MOUNTS } })
  }

  /**
   * A page of its own: another viewer's computer, as far as a browser is concerned.
   * @param {string} path   on the local origin
   * @param {object} [how]
   * @param {string} [how.name]        in messages
   * @param {string[]} [how.before]    scripts to run before the page's own, as source text; not in WebKitGTK
   * @param {boolean} [how.autoplay]   false: autoplay needs a gesture, as for most viewers
   * @param {string} [how.ready]       the global that is there once the page can be asked
   * @param {string[]} [how.flags]     in a browser that was started with these, too; Chromium only
   * @param {boolean} [how.throttled]  in a browser where another tab in front hides this one; Chromium only
   */
  async page(path, { name = `page ${this.#tabs.length + 1}`, before = [], autoplay = true, ready, throttled, flags = [] } = {}) {
    const page = await this.#browser.open(new URL(path, this.server.url).href, { before, autoplay, throttled, flags })
    const tab = new Tab(page, name)
    this.#tabs.push(tab)
    if (ready) await tab.until(name => name in globalThis, { argument: ready, what: `the page has its ${ready}` })
    return tab
  }

  /**
   * A page with one player (`driver/inside/viewer.html`). Its parameters become attributes, with the digests that lie
   * beside the stream and our tracker unless said otherwise; `undefined` leaves one out.
   */
  async viewer(attributes = {}, { csp, ...how } = {}) {
    const all = { src: VOD, p2p: 'off', muted: '', autoplay: '', playsinline: '', ...attributes }
    if (all.p2p !== 'off') {
      all.trackers = 'trackers' in attributes ? attributes.trackers : this.server.trackerUrl
      all.integrity = 'integrity' in attributes ? attributes.integrity : all.src.replace('master.m3u8', 'segments-sha256.json')
    }
    const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== undefined))
    if (csp) query.set('csp', csp)
    return this.page(`inside/viewer.html?${query}`, { ready: 'page', ...how })
  }

  /** A viewer with the published p2p-media-loader (`peers/incumbent`). @param {object} [core]   its configuration */
  incumbent(version, src, core = {}, name = version) {
    const query = new URLSearchParams({ src: `/${src}`, tracker: this.server.trackerUrl, core: JSON.stringify(core) })
    return this.page(`peers/incumbent/${version}.html?${query}`, { name, ready: 'incumbent' })
  }

  /** A viewer of p2p-media-loader 0.x, as it is known from outside (`peers/v1`). */
  v1(src) {
    return this.page(`peers/v1/index.html?${new URLSearchParams({ src: `/${src}`, tracker: this.server.trackerUrl })}`, { name: 'v1', ready: 'v1' })
  }

  /** A neighbour that does as it is told (`peers/scripted`). @param {object} how   see `scripted.begin`; and `csp` and `flags`, as of a viewer */
  async scripted({ csp, flags, ...how }) {
    const tab = await this.page(`peers/scripted/index.html${csp ? `?csp=${csp}` : ''}`, { name: how.manner, ready: 'scripted', flags })
    await tab.ask(how => scripted.begin(how), { tracker: this.server.trackerUrl, ...how })
    return tab
  }

  /** Anything that is true of the test, not of a page. */
  async until(question, { within = 20_000, what = String(question) } = {}) {
    const began = Date.now()
    while (!(await question())) {
      if (Date.now() - began > within) throw new Error(`not within ${within / 1000} s: ${what}`)
      await sleep(50)
    }
  }

  /** A figure for the line of this case. */
  note(figure) {
    this.figures.push(figure)
  }

  complaints() {
    return this.#tabs.flatMap(tab => tab.complaints)
  }

  /** A panic or an uncaught error fails a case that did not announce it. */
  async judgeConsoles() {
    for (const tab of this.#tabs) await tab.listen()
    const expected = this.#case.expects ?? []
    const surprises = this.complaints().filter(line => !expected.some(pattern => pattern.test(line)))
    assert.deepEqual(surprises, [], 'said on a console')
  }

  async screenshots(folder) {
    mkdirSync(folder, { recursive: true })
    for (const tab of this.#tabs) await tab.screenshot(join(folder, `${tab.name.replace(/\W+/g, '-')}.png`))
  }

  async close() {
    for (const tab of this.#tabs) await tab.close().catch(() => {})
    await this.server?.close()
  }
}
