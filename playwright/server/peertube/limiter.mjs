// So many calls in so many seconds from one address; the count begins with the first and ends with the time.
import { text } from './answers.mjs'

export class Limiter {
  #windows = new Map()
  #clock
  /** Calls that were refused. */
  refused = 0

  constructor(clock = Date.now) {
    this.#clock = clock
  }

  /** The fields to send along, and the answer instead if it is one too many. @param {{calls: number, seconds: number}} rate */
  count(address, { calls, seconds }) {
    const now = this.#clock()
    let window = this.#windows.get(address)
    if (!window || now >= window.ends) this.#windows.set(address, window = { ends: now + seconds * 1000, used: 0 })
    window.used += 1
    const headers = {
      'x-ratelimit-limit': String(calls),
      'x-ratelimit-remaining': String(Math.max(0, calls - window.used)),
      'x-ratelimit-reset': String(Math.ceil(window.ends / 1000)),
    }
    if (window.used <= calls) return { headers }
    this.refused += 1
    const wait = { 'retry-after': String(Math.ceil((window.ends - now) / 1000)) }
    return { headers: { ...headers, ...wait }, instead: text('Too many requests, please try again later.', { status: 429 }) }
  }

  clear() {
    this.#windows.clear()
    this.refused = 0
  }
}
