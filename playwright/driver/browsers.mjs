// Which browsers there are, what each can and cannot do, and one way to open a page in any of them. Every page has a
// viewer's computer to itself, as far as the browser is concerned.
//
// What a driver brings for each page is little (`Page` below); everything that a case does is made of that, in `Tab`.
import { Chromium } from './chromium.mjs'
import { Firefox } from './firefox.mjs'
import { PRELUDE, WebKit } from './webkit.mjs'

/**
 * @typedef {object} Page
 * @property {string[]} complaints   what the console said at level `error`, and what nobody caught
 * @property {(expression: string, frame?: string) => Promise<string | undefined>} evaluate   JSON of what it comes to, in
 *   the page or in the iframe whose address contains `frame`; under any content security policy
 * @property {(x: number, y: number) => Promise<void>} hover   in pixels of the page
 * @property {(x: number, y: number, button?: 'left' | 'right') => Promise<void>} click   WebKitGTK has the left one only
 * @property {(key: string) => Promise<void>} press            a key by its name in `KeyboardEvent.code` or `.key`; with
 *   others held, `Control+v`, not in WebKitGTK
 * @property {(path: string) => Promise<void>} screenshot
 * @property {() => Promise<void>} listen                      brings `complaints` up to date
 * @property {() => Promise<void>} close
 * @property {() => Promise<void>} [crash]                     its process dies: Chromium only
 * @property {(offline: boolean) => Promise<void>} [offline]   it has no network: Chromium only
 * @property {(frozen: boolean) => Promise<void>} [freeze]     nothing happens in it: Chromium only
 * @property {(forced: boolean) => Promise<void>} [forcedColours]   it has the viewer's own colours: Chromium only
 * @property {(more: boolean) => Promise<void>} [contrast]     its viewer asks for more of it: Chromium only
 * @property {() => Promise<{heap: number, buffers: number}>} [memory]   bytes in use: Chromium only
 * @property {() => Promise<void>} [cover]                     another tab stands in front: Chromium only
 */

/** `rtc`: it has WebRTC. `managed`: its media source is a managed one. `hls`: it plays playlists itself. `eager`: what is
 * asked to play before it is there begins every time. */
const KINDS = {
  chromium: { title: 'Chromium', driver: Chromium, traits: { rtc: true, managed: false, hls: true, eager: true } },
  firefox: { title: 'Firefox', driver: Firefox, traits: { rtc: true, managed: false, hls: false, eager: true } },
  webkit: { title: 'WebKitGTK', driver: WebKit, prelude: PRELUDE, traits: { rtc: false, managed: true, hls: false, eager: false } },
}

export const BROWSERS = Object.keys(KINDS)

/** One kind of browser, for one run; started when it is first needed. */
export class Browser {
  #driver

  /** @param {string} kind   one of `BROWSERS` */
  constructor(kind) {
    const known = KINDS[kind]
    if (!known) throw new Error(`no browser is called ${kind}: ${BROWSERS.join(', ')}`)
    this.kind = kind
    this.title = known.title
    this.traits = known.traits
    /** What the local origin has to put first into every page. */
    this.prelude = known.prelude
    this.#driver = new known.driver()
  }

  /**
   * A page, at its address.
   * @param {string} address
   * @param {object} how   see `World.page`
   * @returns {Promise<Page>}
   */
  open(address, how) {
    return this.#driver.open(address, how)
  }

  close() {
    return this.#driver.close()
  }
}
