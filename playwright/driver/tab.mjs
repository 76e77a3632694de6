// One page of a case, reduced to what any driver can do: ask it something, wait until something is true, press,
// click, look at it. Everything said on its console is kept.
//
// Questions go through the debugger's own evaluation, not through `eval` in the page, so that they work under any
// content security policy.
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100

export class Tab {
  /** What the console said at level `error`, and what nobody caught. @type {string[]} */
  complaints = []
  /** Everything else it said. @type {string[]} */
  remarks = []
  #debugger

  /** @param {import('playwright-core').Page | import('puppeteer-core').Page} page   of both only what they share */
  constructor(page, name) {
    this.page = page
    this.name = name
    page.on('console', message => {
      const list = message.type() === 'error' ? this.complaints : this.remarks
      const { url } = message.location()
      list.push(`${this.name}: ${message.text()}${url ? ` (${url})` : ''}`)
    })
    page.on('pageerror', error => this.complaints.push(`${this.name}: uncaught ${error.stack ?? error}`))
  }

  /**
   * The answer to a question, as JSON. @template T
   * @param {(argument: any) => T | Promise<T>} question   runs in the page and sees nothing of the test
   */
  async ask(question, argument) {
    this.#debugger ??= await this.#attach()
    const { result, exceptionDetails } = await this.#debugger.send('Runtime.evaluate', {
      expression: `(${question})(${JSON.stringify(argument) ?? ''})`,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) {
      throw new Error(`${this.name}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}, asked ${question}`)
    }
    return result.value
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

  /** Kills the page's process, as a phone does: nothing in it has a last word. */
  async crash() {
    const crashed = new Promise(resolve => this.page.once('crash', resolve))
    this.#debugger ??= await this.#attach()
    this.#debugger.send('Page.crash').catch(() => {})
    await crashed
  }

  #attach() {
    return this.page.createCDPSession?.() ?? this.page.context().newCDPSession(this.page)
  }

  async screenshot(path) {
    await this.page.screenshot({ path, timeout: 5000 }).catch(() => {})
  }
}
