// A neighbour that does as it is told: meets others through a WebTorrent tracker, announces segments, and answers
// requests in one of the ways below, in v2 or, as a Sprat, in pieces. No media is decoded here. It keeps score of what
// it was asked, and of what it was answered.
import * as native from './native.js'
import { ABSENT, ANNOUNCE, CANCEL, COMPLETED, DATA, MAX_MESSAGE, REQUEST, decode, encode } from './v2.js'
import { Tracker } from './tracker.js'

/**
 * What a neighbour says when its channel opens, what it does with a request, and what it says all the time: `storm`,
 * 50 times a second as long as the channel takes it. `bytes(i, from)` are the true bytes of a segment.
 */
const MANNERS = {
  honest: { hello: everything, answer: give(bytes => bytes) },
  /** One byte in the middle is not the publisher's. */
  altered: { hello: everything, answer: give(bytes => { bytes[bytes.length >> 1] ^= 0x55; return bytes }) },
  /** Promises and sends less than the segment has. */
  short: { hello: everything, answer: give(bytes => bytes.slice(0, -1000)) },
  /** Promises the right length and sends more. */
  long: {
    hello: everything,
    answer: give(bytes => bytes, bytes => Uint8Array.from([...bytes, ...new Uint8Array(5000)])),
  },
  /** Says things that no version of the protocol knows, with a good announcement in between. */
  unknown: {
    hello: peer => [...encode(99, { q: 7 }), Uint8Array.from([...text('cstr'), 0, 108, 0x70, 1, 2, 3, ...text('cend')]), ...everything(peer)],
    answer: (peer, { i, r }) => encode(77, { i, r }),
  },
  /** Takes requests and never answers. */
  silent: { hello: everything, answer: () => [] },
  /** Claims a hundred thousand segments, again and again, and has none. */
  boastful: {
    hello: peer => encode(ANNOUNCE, { l: range(0, 65_280), p: range(65_280, 100_000) }),
    answer: (peer, { i, r }) => [...encode(ABSENT, { i, r }), ...MANNERS.boastful.hello(peer)],
  },
  /** Promises a segment of no bytes, and that it is complete. */
  empty: { hello: everything, answer: (peer, { i, r }) => [...encode(DATA, { i, s: 0, r }), ...encode(COMPLETED, { i, r })] },
  /** Promises all, and sends so little and so seldom that it is never silent and never done. */
  dripping: {
    hello: everything,
    answer: async (peer, { i, r, b = 0 }) => {
      const bytes = await peer.bytes(i, b)
      peer.drips = range(0, 1000).map(n => bytes.slice(n * 16, (n + 1) * 16))
      return encode(DATA, { i, s: bytes.length, r })
    },
    storm: peer => (peer.turn++ % 25 === 0 ? peer.drips?.splice(0, 1) ?? [] : []),
  },
  /** Announces every other one of a hundred thousand segments, now these, now those. */
  announcing: {
    hello: everything,
    answer: (peer, { i, r }) => encode(ABSENT, { i, r }),
    storm: peer => {
      const odd = peer.turn++ % 2
      const every = from => range(0, 32_000).map(i => from + 2 * i + odd)
      return encode(ANNOUNCE, { l: every(0), p: every(65_280) })
    },
  },
  /** Asks for whatever there is, and does not wait. */
  asking: {
    hello: everything,
    answer: (peer, { i, r }) => encode(ABSENT, { i, r }),
    storm: peer => range(0, 100).flatMap(() => encode(REQUEST, { i: peer.turn % 40, r: ++peer.turn })),
  },
  /** Takes back each request at once. */
  wavering: {
    hello: everything,
    answer: (peer, { i, r }) => encode(ABSENT, { i, r }),
    storm: peer => range(0, 50).flatMap(() => [...encode(REQUEST, { i: peer.turn % 40, r: ++peer.turn }), ...encode(CANCEL, { i: (peer.turn - 1) % 40, r: peer.turn })]),
  },
  /** Says things four times as long as any may be. */
  shouting: {
    hello: everything,
    answer: (peer, { i, r }) => encode(ABSENT, { i, r }),
    storm: () => [Uint8Array.from([...text('cstr'), ...new Uint8Array(250_000), ...text('cend')])],
  },
  /** A Sprat that gives pieces, with their true digests. */
  'honest sprat': { piece: bytes => bytes },
  /** A Sprat that gives the true digests of pieces, and pieces of which one byte is another. */
  'polluting sprat': { piece: bytes => { bytes[bytes.length >> 1] ^= 0x55; return bytes } },
  /** A Sprat that wants all pieces of all segments, and does not wait. */
  'greedy sprat': {
    piece: bytes => bytes,
    storm: peer => range(0, 100).map(() => native.run(native.WANT, { room: peer.room, segment: peer.turn++ % 15, first: 0, count: 3 })),
  },
  /** A Sprat that takes back what it wants at once. */
  'wavering sprat': {
    piece: bytes => bytes,
    storm: peer => range(0, 50).flatMap(() => [native.WANT, native.DROP].map(type => native.run(type, { room: peer.room, segment: peer.turn++ >> 1 & 7, first: 0, count: 1 }))),
  },
  /** Sends the first half and then nothing: the place for a crash. */
  halting: {
    hello: everything,
    answer: async (peer, { i, r, b = 0 }) => {
      const bytes = await peer.bytes(i, b)
      peer.score.halfway += 1
      return [...encode(DATA, { i, s: bytes.length, r }), ...slices(bytes.slice(0, bytes.length >> 1))]
    },
  },
}

const STORM_MS = 20
/** Bytes that may wait in a channel; browsers close one in which too many do. */
const MOST_WAITING = 1 << 20

const peers = []

globalThis.scripted = {
  /**
   * @param {object} how
   * @param {keyof MANNERS} how.manner
   * @param {string} how.tracker
   * @param {{infoHash: string, segments: {url: string, first?: number, last?: number}[]}[]} how.swarms
   * @param {number} [how.again]   announce again every so many ms: a liar comes back
   * @param {number} [how.flood]   announce so many times a second, each time as somebody else, whose offers lead nowhere
   * @param {'many' | 'one'} [how.names]   of the flood: `one` stays the same
   * @param {number} [how.posing]  so many names, all with one certificate, and all with somebody behind them
   * @param {boolean} [how.unreachable]   candidates say where nobody is
   * @param {boolean} [how.local]   candidates say only where it is in the local network
   */
  async begin({ manner, tracker, swarms, again, flood, names, posing = 1, unreachable, local }) {
    const kind = MANNERS[manner].piece ? '-SP0100-' : '-PM0202-'
    const certificates = posing > 1 ? [await RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' })] : undefined
    for (let n = 0; n < posing; n += 1) {
      // One id for the page's life, as the incumbent has it.
      const id = kind + Math.random().toString(36).slice(2).padEnd(12, 'x').slice(0, 12)
      swarms.forEach(({ infoHash, segments }, room) => {
        const peer = new Peer(MANNERS[manner], segments, swarms, room)
        peers.push(peer)
        const seat = new Tracker(tracker, infoHash, id, channel => peer.talk(channel), { certificates, unreachable, local })
        if (flood) seat.flood(flood, names === 'one', () => { peer.score.said += 1 })
        else seat.begin(again)
      })
    }
  },
  /** Sums over all swarms. */
  score() {
    const sum = blank()
    for (const { score } of peers) for (const name in sum) sum[name] = Array.isArray(sum[name]) ? [...sum[name], ...score[name]] : sum[name] + score[name]
    return sum
  },
}

class Peer {
  score = blank()
  /** Counts what a storm says. */
  turn = 0
  /** Our number of a swarm, by that of the other Sprat. */
  rooms = new Map()

  constructor(manner, segments, swarms, room) {
    this.manner = manner
    this.segments = segments
    this.swarms = swarms
    this.room = room
  }

  async bytes(index, from, segments = this.segments) {
    const { url, first, last } = segments[index]
    const response = await fetch(url, first === undefined ? {} : { headers: { range: `bytes=${first}-${last}` } })
    return new Uint8Array(await response.arrayBuffer()).slice(from)
  }

  talk(channel) {
    channel.binaryType = 'arraybuffer'
    const send = messages => {
      for (const message of messages) if (channel.readyState === 'open') channel.send(message)
    }
    const opened = () => {
      this.score.opened += 1
      if (this.manner.piece) return this.#speakNative(channel, send, storm)
      send(this.manner.hello(this))
      // Chromium loses the answering side's very first message now and then (some 1 in 100 on a busy machine): the
      // other side is told that the channel is open, and never of the message.
      setTimeout(() => send(this.manner.hello(this)), 1000)
      if (this.manner.storm) storm()
    }
    const storm = () => {
      const until = setInterval(() => {
        if (channel.readyState !== 'open') return clearInterval(until)
        if (channel.bufferedAmount > MOST_WAITING) return
        const messages = this.manner.storm(this)
        this.score.said += messages.length
        send(messages)
      }, STORM_MS)
    }
    if (channel.readyState === 'open') opened()
    else channel.addEventListener('open', opened)
    channel.addEventListener('close', () => {
      this.score.closed += 1
      this.score.closedAt.push(Date.now())
    })
    channel.addEventListener('message', async ({ data }) => {
      if (this.manner.piece) return
      const command = decode(data)
      if (command?.code === DATA || command?.code === ABSENT) this.score.answered += 1
      if (command?.code === CANCEL) this.score.cancels += 1
      if (command?.code !== REQUEST) return
      this.score.requests += 1
      this.score.requestedAt.push(Date.now())
      send(await this.manner.answer(this, command))
    })
  }

  /** Says hello, then that it is in all swarms and has all of each, and gives what it is asked for. */
  #speakNative(channel, send, storm) {
    let gone = false
    const say = async heard => {
      if (gone) return
      gone = heard
      send(native.hello(heard))
      if (!heard) return
      for (const [room, { infoHash, segments }] of this.swarms.entries()) {
        send([native.join(room, infoHash)])
        const whole = await Promise.all(segments.map(async ({ url, first, last }, segment) => ({
          segment,
          length: first === undefined ? Number((await fetch(url, { method: 'HEAD' })).headers.get('content-length')) : last - first + 1,
        })))
        send([native.have(room, whole)])
      }
      if (this.manner.storm) storm()
    }
    let receiving = false
    channel.addEventListener('message', async ({ data }) => {
      const theirs = receiving ? undefined : native.readHello(data)
      if (theirs) {
        receiving = theirs.heard
        await say(true)
      }
      if (theirs || !receiving) return
      const { type, room, segment, first, count, infoHash } = native.decode(data)
      // What they call the swarm is theirs to say; what is said to them goes by our own number.
      if (type === native.JOIN) {
        return this.rooms.set(room, this.swarms.findIndex(swarm => swarm.infoHash === infoHash))
      }
      if (type === native.ABSENT || type === native.CHOKE || type === native.PIECE_FOLLOWS) this.score.answered += 1
      if (type === native.DROP) this.score.cancels += 1
      const mine = this.rooms.get(room)
      if (!this.swarms[mine] || (type !== native.WANT && type !== native.WANT_LIST)) return
      const bytes = await this.bytes(segment, 0, this.swarms[mine].segments)
      if (type === native.WANT_LIST) return send([native.list(mine, segment, await native.digests(bytes))])
      this.score.requests += 1
      this.score.requestedAt.push(Date.now())
      for (let piece = first; piece < first + count; piece += 1) {
        this.score.gave += 1
        const part = bytes.slice(piece * native.PIECE, (piece + 1) * native.PIECE)
        send([native.run(native.PIECE_FOLLOWS, { room: mine, segment, first: piece, count: 1 }), this.manner.piece(part)])
      }
    })
    say(false)
    setTimeout(() => say(false), 1000)
  }
}

function blank() {
  return { opened: 0, closed: 0, requests: 0, cancels: 0, halfway: 0, gave: 0, said: 0, answered: 0, requestedAt: [], closedAt: [] }
}

function everything({ segments }) {
  return encode(ANNOUNCE, { l: range(0, segments.length) })
}

/** Promises `told` bytes and sends `sent`. */
function give(told, sent = bytes => bytes) {
  return async (peer, { i, r, b = 0 }) => {
    if (!peer.segments[i]) return encode(ABSENT, { i, r })
    const bytes = told(await peer.bytes(i, b))
    peer.score.gave += 1
    return [...encode(DATA, { i, s: bytes.length, r }), ...slices(sent(bytes)), ...encode(COMPLETED, { i, r })]
  }
}

function slices(bytes) {
  return range(0, Math.ceil(bytes.length / MAX_MESSAGE)).map(n => bytes.slice(n * MAX_MESSAGE, (n + 1) * MAX_MESSAGE))
}

function range(first, end) {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
}

function text(word) {
  return [...word].map(c => c.charCodeAt(0))
}
