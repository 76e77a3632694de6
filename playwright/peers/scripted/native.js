// The protocol between Sprats (`docs/protocol.md`), written a second time and by hand, as `v2.js` is. A hello is an
// announcement of v2 with fields of its own; behind both sides' hellos each message of the channel is one of this
// protocol: its type in the first byte, then numbers in LEB128.
import { ANNOUNCE, decode as decodeV2, encode as encodeV2 } from './v2.js'

export const [JOIN, LEAVE, HAVE, WANT, DROP, PIECE_FOLLOWS, ABSENT, CHOKE, UNCHOKE, WANT_LIST, LIST] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

export const PIECE = 65_536

/** Speaks version 1, takes eight pieces at once and messages of 192 KiB, uploads much. @param {boolean} heard   the other's hello was */
export function hello(heard) {
  return encodeV2(ANNOUNCE, { v: 1, o: 8, m: 196_608, u: 4, h: Number(heard) })
}

/** Whether a message is a hello, and if so, whether it says that ours was heard. @returns {{heard: boolean} | undefined} */
export function readHello(message) {
  const command = message.byteLength < 128 ? decodeV2(message) : undefined
  return command?.code === ANNOUNCE && command.v >= 1 && command.o && command.m ? { heard: command.h === 1 } : undefined
}

/** A swarm by the number that we give it. @param {string} infoHash   20 characters below U+0100 */
export function join(room, infoHash) {
  return Uint8Array.from([JOIN, ...number(room), ...[...infoHash].map(c => c.charCodeAt(0))])
}

/** That these segments are here whole. @param {{segment: number, length: number}[]} segments */
export function have(room, segments) {
  return Uint8Array.from([HAVE, ...number(room), ...segments.flatMap(({ segment, length }) => [2, ...number(segment), ...number(length)])])
}

/** Any message of a run of pieces. */
export function run(type, { room, segment, first, count }) {
  return Uint8Array.from([type, ...[room, segment, first, count].flatMap(number)])
}

/** The digests of a segment's pieces. @param {Uint8Array[]} digests */
export function list(room, segment, digests) {
  return Uint8Array.from([LIST, ...number(room), ...number(segment), ...digests.flatMap(digest => [...digest])])
}

/** What a message says, as far as who only gives wants to know. */
export function decode(message) {
  const bytes = new Uint8Array(message)
  let at = 1
  const next = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]
      value += (byte & 127) * scale
      if (!(byte & 128)) return value
    }
  }
  const type = bytes[0]
  if (type === WANT || type === DROP) return { type, room: next(), segment: next(), first: next(), count: next() }
  if (type === WANT_LIST) return { type, room: next(), segment: next() }
  if (type === JOIN) {
    const room = next()
    return { type, room, infoHash: String.fromCharCode(...bytes.slice(at, at + 20)) }
  }
  return { type }
}

/** The SHA-256 of each piece. @param {Uint8Array} bytes   a whole segment */
export function digests(bytes) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, n) => bytes.slice(n * PIECE, (n + 1) * PIECE))
  return Promise.all(pieces.map(async piece => new Uint8Array(await crypto.subtle.digest('SHA-256', piece))))
}

function number(value) {
  const bytes = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push(rest % 128 + 128)
  }
}
