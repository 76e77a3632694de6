// One page of a case, reduced to what any browser's driver can do: ask it something, wait until something is true,
// press, click, look at it. Questions are JavaScript that runs in the page and sees nothing of the test; so do the
// searches for what is to be clicked, for every driver knows shadow trees differently or not at all.
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

/** A page, or an iframe in it. */
class Asked {
  #page
  #part

  constructor(page, name, part) {
    this.#page = page
    this.#part = part
    this.name = name
  }

  /**
   * The answer to a question, as JSON. @template T
   * @param {(argument: any) => T | Promise<T>} question
   */
  async ask(question, argument) {
    const expression = `(async () => JSON.stringify(await (${question})(${JSON.stringify(argument) ?? ''})))()`
    try {
      const answer = await this.#page.evaluate(expression, this.#part)
      return answer === undefined || answer === null ? undefined : JSON.parse(answer)
    } catch (error) {
      throw new Error(`${this.name}: ${error.message ?? error}, asked ${question}`)
    }
  }

  /** Waits until the page says yes; returns how many milliseconds that took. */
  async until(question, { argument, within = 20_000, what = String(question) } = {}) {
    const began = Date.now()
    for (;;) {
      if (await this.ask(question, argument)) return Date.now() - began
      if (Date.now() - began > within) {
        const state = await this.ask(() => JSON.stringify(globalThis.page?.state?.())).catch(String)
        throw new Error(`${this.name}: not within ${within / 1000} s: ${what}\n${state}`)
      }
      await sleep(POLL_MS)
    }
  }

  /**
   * Where something is, in pixels of the page; undefined where there is no such thing.
   * @param {string} selector   `>>` leads into a shadow tree: `sprat-player >> .mute`
   * @returns {Promise<{x: number, y: number, width: number, height: number} | undefined>}
   */
  box(selector) {
    return this.ask(boxOf, selector)
  }

  /**
   * Clicks something, once it is there, stands still, and nothing lies over it: `share` of the way from its left edge, in the
   * middle of its height. @param {'left' | 'right'} [button]
   */
  async click(selector, button = 'left', share = 0.5) {
    const { x, y } = await this.offset()
    let before
    for (let began = Date.now(); ; await sleep(POLL_MS)) {
      const now = await this.box(selector)
      const place = now && [x + now.x + now.width * share, y + now.y + now.height / 2]
      if (now?.free && JSON.stringify(now) === before) return this.#page.click(...place, button)
      before = JSON.stringify(now)
      // A pointer that comes near brings out controls that have hidden themselves.
      if (place) await this.#page.hover(...place)
      if (Date.now() - began > 10_000) throw new Error(`${this.name}: nothing to click at ${selector}: ${before}`)
    }
  }

  /** Brings the pointer over something, `share` of the way from its left edge, in the middle of its height. */
  async point(selector, share = 0.5) {
    const [offset, box] = [await this.offset(), await this.box(selector)]
    if (!box) throw new Error(`${this.name}: nothing to point at: ${selector}`)
    await this.#page.hover(offset.x + box.x + share * box.width, offset.y + box.y + box.height / 2)
  }

  /** Where its own pixels begin in those of the page. */
  async offset() {
    return { x: 0, y: 0 }
  }
}

export class Tab extends Asked {
  #page
  #closed = false

  /** @param {import('./browsers.mjs').Page} page */
  constructor(page, name) {
    super(page, name)
    this.#page = page
  }

  /** What its console said at level `error`, and what nobody caught. @returns {string[]} */
  get complaints() {
    return this.#page.complaints.map(line => `${this.name}: ${line}`)
  }

  press(key) {
    return this.#page.press(key)
  }

  /** The iframe whose address contains `part`, once it is there. */
  async frame(part) {
    await this.until(frameAt, { argument: part, what: `an iframe of ${part}` })
    return new Frame(this, this.#page, `${this.name}: ${part}`, part)
  }

  crash() {
    this.#closed = true
    return this.#page.crash()
  }

  /** @param {boolean} offline */
  offline(offline) {
    return this.#page.offline(offline)
  }

  /** @param {boolean} frozen */
  freeze(frozen) {
    return this.#page.freeze(frozen)
  }

  /** @param {boolean} forced */
  forcedColours(forced) {
    return this.#page.forcedColours(forced)
  }

  /** @param {boolean} more */
  contrast(more) {
    return this.#page.contrast(more)
  }

  cover() {
    return this.#page.cover()
  }

  memory() {
    return this.#page.memory()
  }

  async screenshot(path) {
    if (!this.#closed) await soon(this.#page.screenshot(path))
  }

  /** Brings `complaints` up to date. */
  async listen() {
    if (!this.#closed) await this.#page.listen()
  }

  async close() {
    if (this.#closed) return
    await soon(this.#page.listen())
    this.#closed = true
    await this.#page.close()
  }
}

/** What may fail, or hang with its page, without the case being any the worse for it. */
function soon(work) {
  return Promise.race([work.catch(() => {}), sleep(5000, undefined, { ref: false })])
}

class Frame extends Asked {
  #tab
  #part

  constructor(tab, page, name, part) {
    super(page, name, part)
    this.#tab = tab
    this.#part = part
  }

  offset() {
    return this.#tab.ask(frameAt, this.#part)
  }
}

// The rest runs in the page.

function boxOf(selector) {
  let root = document
  let found
  for (const part of selector.split(' >> ')) {
    found = root?.querySelector(part)
    root = found?.shadowRoot
  }
  if (!found) return undefined
  const { x, y, width, height } = found.getBoundingClientRect()
  // What a pointer would meet, however deep.
  let top = document.elementFromPoint(x + width / 2, y + height / 2)
  while (top?.shadowRoot) {
    const inner = top.shadowRoot.elementFromPoint(x + width / 2, y + height / 2)
    if (!inner || inner === top) break
    top = inner
  }
  // What is met may lie in the shadow trees of what was looked for.
  while (top && !found.contains(top)) top = top.getRootNode().host
  return { x, y, width, height, free: width > 0 && height > 0 && Boolean(top) }
}

function frameAt(part) {
  const frame = [...document.querySelectorAll('iframe')].find(({ src }) => src.includes(part))
  if (!frame) return undefined
  const { x, y } = frame.getBoundingClientRect()
  return { x: x + frame.clientLeft, y: y + frame.clientTop }
}
