// An instance's tracker: at exactly `/tracker/socket`, for its own videos' swarms only. Whoever announces another is told
// so, cut off, and refused at the upgrade for three minutes, with everybody else at that address.
import { Tracker } from '../tracker.mjs'

const PATH = '/tracker/socket'
const BLOCK_MS = 3 * 60_000

export class InstanceTracker extends Tracker {
  /** How often somebody was blocked, and by which info hashes (hex). */
  blocks = 0
  /** @type {string[]} */
  unknown = []
  /** Upgrades refused because of a block. */
  refusals = 0
  #blocked = new Map()
  #clock

  /**
   * @param {object} how
   * @param {number} how.interval
   * @param {(infoHash: string) => boolean} how.knows
   * @param {() => number} [how.clock]
   */
  constructor({ interval, knows, clock = Date.now }) {
    super({
      interval,
      filter: (infoHash, { ip, socket }, done) => {
        if (knows(infoHash)) return done(null)
        this.blocks += 1
        this.unknown.push(infoHash)
        this.#blocked.set(ip, this.#clock() + BLOCK_MS)
        done(new Error(`Unknown infoHash ${infoHash} requested by ip ${ip}`))
        // After what was just said.
        setImmediate(() => socket.close())
      },
      // The address that a proxy names, as behind the stock nginx.
      trustProxy: true,
    })
    this.#clock = clock
  }

  upgrade(request, socket, head) {
    if (request.url !== PATH) return socket.destroy()
    const ends = this.#blocked.get(addressOf(request))
    if (ends > this.#clock()) {
      this.refusals += 1
      return socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    }
    super.upgrade(request, socket, head)
  }

  /** Lets everybody in again, and forgets whom it did not. */
  forgive() {
    this.#blocked.clear()
    this.blocks = 0
    this.refusals = 0
    this.unknown = []
  }

  snapshot() {
    return { ...super.snapshot(), blocks: this.blocks, refusals: this.refusals, unknown: [...this.unknown] }
  }
}

/** The address that a proxy names, or the one that is seen. */
export function addressOf({ headers, socket }) {
  return headers['x-forwarded-for']?.split(',')[0].trim() ?? socket.remoteAddress
}
