// What the origin gave away: body bytes per path, aborted downloads included, and the last requests in order.

/** The log is for a person reading a failed test; older requests are still in the sums. */
const LOG_LENGTH = 5000

export class Stats {
  #paths = new Map()
  #log = []
  #preflights = []

  /** Begins an answer; `close()` files it. The returned entry is filled in by `respond`. */
  open(path, range, by) {
    const entry = { path, range, by, at: Date.now(), took: 0, status: 0, bytes: 0, aborted: false, close: () => this.#file(entry) }
    return entry
  }

  preflight(path) {
    this.#preflights.push(path)
  }

  reset() {
    this.#paths.clear()
    this.#log = []
    this.#preflights = []
  }

  /** Body bytes of all paths that match. @param {RegExp} pattern */
  bytes(pattern = /^/) {
    return this.#sum(pattern, 'bytes')
  }

  /** Requests answered on all paths that match. @param {RegExp} pattern */
  requests(pattern = /^/) {
    return this.#sum(pattern, 'requests')
  }

  /** `{ bytes, requests, preflights: [path], paths: { path: { requests, bytes, aborted } }, log: [entry] }` */
  snapshot() {
    return {
      bytes: this.bytes(),
      requests: this.requests(),
      preflights: [...this.#preflights],
      paths: Object.fromEntries(this.#paths),
      log: this.#log.map(({ close, ...entry }) => entry),
    }
  }

  #file(entry) {
    entry.took = Date.now() - entry.at
    const sums = this.#paths.get(entry.path) ?? { requests: 0, bytes: 0, aborted: 0 }
    sums.requests += 1
    sums.bytes += entry.bytes
    sums.aborted += entry.aborted ? 1 : 0
    this.#paths.set(entry.path, sums)
    this.#log.push(entry)
    if (this.#log.length > LOG_LENGTH) this.#log.shift()
  }

  #sum(pattern, what) {
    let total = 0
    for (const [path, sums] of this.#paths) if (pattern.test(path)) total += sums[what]
    return total
  }
}
