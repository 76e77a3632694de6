// The origin's fault switches: a list of rules, of which the first that matches a request is applied.

/**
 * @typedef {object} Rule   offsets are in the body as it would be sent, that is within the range asked for
 * @property {string} match            a regular expression on path and query
 * @property {number} [skip]           leave the first n matching requests alone
 * @property {number} [times]          then apply to this many (default: all)
 * @property {number} [status]         answer with this status
 * @property {string} [body]           … and this body
 * @property {string} [type]           … of this type
 * @property {Record<string, string>} [headers]
 * @property {'exposed' | 'hidden'} [reprDigest]   say what is in the file (RFC 9530), and whether pages elsewhere may read that
 * @property {number} [delayMs]        before the first byte
 * @property {boolean} [drop]          close the connection without an answer
 * @property {number} [truncateAt]     close the connection after n bytes, Content-Length unchanged
 * @property {boolean} [honest]        … or end properly after n bytes, with a Content-Length that agrees
 * @property {number} [stallAfter]     send n bytes, then nothing, and keep the connection open
 * @property {number} [alterByteAt]    invert the byte at this offset; negative counts from the end
 * @property {number} [rateBytesPerSec]
 */
export class Faults {
  #rules = []

  /** Replaces all rules. @param {Rule[]} rules */
  set(rules) {
    this.#rules = rules.map(rule => ({ ...rule, pattern: new RegExp(rule.match), seen: 0 }))
  }

  clear() {
    this.set([])
  }

  /** How often each rule was applied, in the order they were given. */
  applied() {
    return this.#rules.map(({ seen, skip = 0, times = Infinity }) => Math.min(Math.max(0, seen - skip), times))
  }

  /** The rule for this request, which counts against its `skip` and `times`. */
  take(target) {
    for (const rule of this.#rules) {
      const { pattern, skip = 0, times = Infinity } = rule
      if (rule.seen >= skip + times || !pattern.test(target)) continue
      rule.seen += 1
      if (rule.seen > skip) return rule
    }
  }
}
