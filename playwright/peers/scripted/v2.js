// The v2 data-channel encoding of p2p-media-loader, written a second time and by hand: a test that used the player's
// own would agree with its mistakes. Numbers are unsigned here; a length in the type byte, big-endian, with a leading
// zero where the top bit (the sign) would be set.

const [CSTR, DSTR, DEND, CEND] = ['cstr', 'dstr', 'dend', 'cend'].map(word => [...word].map(c => c.charCodeAt(0)))
export const ANNOUNCE = 0
export const REQUEST = 1
export const DATA = 2
export const COMPLETED = 3
export const ABSENT = 4
export const CANCEL = 5

/** The largest message of the incumbent's. */
export const MAX_MESSAGE = 65_535

/** A command as one or more messages. @param {Record<string, number | number[]>} fields  by one-letter name */
export function encode(code, fields) {
  const body = [code]
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value) && value.length === 0) continue
    body.push(name.charCodeAt(0))
    for (const byte of Array.isArray(value) ? idSet(value) : integer(value)) body.push(byte)
  }
  const room = MAX_MESSAGE - 8
  const messages = []
  for (let at = 0; at < body.length; at += room) {
    const last = at + room >= body.length
    messages.push(Uint8Array.from([...(at === 0 ? CSTR : DSTR), ...body.slice(at, at + room), ...(last ? CEND : DEND)]))
  }
  return messages
}

/** `{ code, i, r, b, … }` of a command in one message without id sets; undefined for anything else. */
export function decode(message) {
  const bytes = new Uint8Array(message)
  const is = (at, word) => word.every((byte, i) => bytes[at + i] === byte)
  if (bytes.length < 9 || !is(0, CSTR) || !is(bytes.length - 4, CEND)) return undefined
  const command = { code: bytes[4] }
  for (let at = 5; at < bytes.length - 4;) {
    const name = String.fromCharCode(bytes[at++])
    if (bytes[at] >> 4 !== 0) return command
    const length = bytes[at++] & 15
    command[name] = bytes.slice(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0)
    at += length
  }
  return command
}

function integer(value) {
  const bytes = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  if (bytes.length === 0 || bytes[0] >= 128) bytes.unshift(0)
  return [bytes.length, ...bytes]
}

/** Groups of ids that share all but their low byte. A full group of 256 says 0, as the incumbent does. */
function idSet(ids) {
  const groups = new Map()
  for (const id of ids) {
    const common = Math.floor(id / 256) * 256
    if (!groups.has(common)) groups.set(common, [])
    groups.get(common).push(id % 256)
  }
  const bytes = [0x10, groups.size]
  for (const [common, low] of groups) {
    for (const byte of integer(common + (low.length & 255))) bytes.push(byte)
    for (const byte of low) bytes.push(byte)
  }
  return bytes
}
