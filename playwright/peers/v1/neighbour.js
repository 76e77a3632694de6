// One data channel as p2p-media-loader 0.x keeps it: one segment is asked for at a time; it is done when as many bytes
// have come as were promised, for nothing says so; any command in between ends it; who does not answer for a minute is
// left. What is asked of us is sent in one go, and who takes it back gets it all the same.
import { ABSENT, CANCEL, DATA, LOADED, LOADING, MAP, REQUEST, about, chunks, decode, map, numberOf, statesIn } from './v1.js'

const PATIENCE_MS = 60_000

export class Neighbour {
  /** What it has, and is fetching from the origin. @type {Map<number, 0 | 1>} */
  states = new Map()
  #channel
  #name
  #host
  /** @type {{ number: number, timer: number, parts: Uint8Array[], left?: number } | undefined} */
  #download

  /**
   * @param {RTCDataChannel} channel
   * @param {string} name   of the swarm
   * @param {object} host   who we are: `segment(number)`, `states()`, `took(number, bytes, neighbour)`, `changed()`, `score`
   */
  constructor(channel, name, host) {
    this.#channel = channel
    this.#name = name
    this.#host = host
    channel.binaryType = 'arraybuffer'
    channel.addEventListener('message', ({ data }) => this.#heard(data))
    channel.addEventListener('close', () => this.#end())
  }

  /** The number of the segment that is to come. */
  get wanted() {
    return this.#download?.number
  }

  tell() {
    this.#say(map(this.#name, this.#host.states()))
  }

  ask(number) {
    this.#download = { number, parts: [], timer: setTimeout(() => this.leave(), PATIENCE_MS) }
    this.#say(about(REQUEST, this.#name, number))
  }

  leave() {
    this.#channel.close()
    this.#end()
  }

  has(number) {
    return this.states.get(number) === LOADED
  }

  fetches(number) {
    return this.states.get(number) === LOADING
  }

  #heard(data) {
    const command = decode(data)
    if (!command) return this.#part(new Uint8Array(data))
    const number = numberOf(command.i, this.#name)
    if (this.#download?.left) {
      this.#host.score.interrupted += 1
      this.#end()
    }
    if (command.c === MAP) {
      this.states = statesIn(command, this.#name)
    } else if (command.c === REQUEST) {
      this.#give(number)
    } else if (command.c === DATA && number === this.wanted) {
      this.#download.left = command.s
    } else if (command.c === ABSENT && number === this.wanted) {
      this.states.delete(number)
      this.#end()
    } else if (command.c === CANCEL) {
      this.#host.score.cancels += 1
    } else {
      this.#host.score.errors.push(JSON.stringify(command))
    }
    this.#host.changed()
  }

  #part(bytes) {
    const download = this.#download
    // What is left of something that was ended.
    if (!download?.left) return
    download.parts.push(bytes)
    download.left -= bytes.length
    if (download.left > 0) return
    if (download.left < 0) this.#host.score.errors.push(`${-download.left} bytes too many`)
    const { number, parts } = this.#end()
    this.#host.took(number, joined(parts), this)
  }

  #give(number) {
    const bytes = this.#host.segment(number)
    if (!bytes) return this.#say(about(ABSENT, this.#name, number))
    this.#say(about(DATA, this.#name, number, bytes.length))
    for (const chunk of chunks(bytes)) this.#say(chunk)
    this.#host.score.given += 1
    this.#host.score.givenBytes += bytes.length
  }

  /** Nothing is to come any more. */
  #end() {
    const download = this.#download
    clearTimeout(download?.timer)
    this.#download = undefined
    return download
  }

  #say(message) {
    if (this.#channel.readyState === 'open') this.#channel.send(message)
  }
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
