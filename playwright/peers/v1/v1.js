// What p2p-media-loader 0.x says on a data channel ("v1"), and PeerTube up to 7.0, written from the description of it
// and held to what was captured (`tests/fixtures/wire/vectors.json`): a test that used the player's own would agree with
// its mistakes. A command is JSON in a binary message, told from segment data by its first two bytes and its last. A
// segment is called by the name of its swarm, `+`, and its number.

export const [DATA, ABSENT, MAP, REQUEST, CANCEL] = [0, 1, 2, 3, 4]

/** States in a map. */
export const [LOADED, LOADING] = [0, 1]

/** The most that goes in one message. */
export const MAX_MESSAGE = 65_535

/** @param {string} master   the address that was asked for, without its query  @param {number} position   in it */
export function swarmName(master, position) {
  return `${master}+V${position}`
}

/** Raw SHA-1, one character for each byte: JSON has to carry it. The digit is part of what is hashed. */
export async function infoHash(name) {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(`2${name}`))
  return String.fromCharCode(...new Uint8Array(digest))
}

/** Twenty characters: the client and its version, then what nobody else has. */
export function peerId() {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return `-WW0006-${Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => digits[byte % digits.length]).join('')}`
}

/** All that is here and all that is on its way, which replaces what was said before. @param {Map<number, 0 | 1>} states */
export function map(name, states) {
  return encode({ c: MAP, m: states.size > 0 ? { [name]: [[...states.keys()].join('|'), [...states.values()]] } : {} })
}

/** Of any other command. `s` is the segment's length, and goes with `DATA` alone. */
export function about(code, name, number, s) {
  return encode({ c: code, i: `${name}+${number}`, s })
}

/** A segment's bytes, as they go behind `DATA`. @returns {Uint8Array[]} */
export function chunks(bytes, most = MAX_MESSAGE) {
  return Array.from({ length: Math.ceil(bytes.length / most) }, (_, n) => bytes.subarray(n * most, (n + 1) * most))
}

/** What a message says; undefined where it is segment data. */
export function decode(message) {
  const bytes = new Uint8Array(message)
  if (bytes.length < 3 || bytes[0] !== 0x7b || bytes[1] !== 0x22 || bytes.at(-1) !== 0x7d) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** The number of a segment of this swarm. */
export function numberOf(id, name) {
  return id?.startsWith(`${name}+`) ? Number(id.slice(name.length + 1)) : undefined
}

/** What a map says of this swarm. @returns {Map<number, 0 | 1>} */
export function statesIn(command, name) {
  const [numbers, states] = command.m?.[name] ?? ['', []]
  return new Map(states.map((state, i) => [Number(numbers.split('|')[i]), state]))
}

function encode(command) {
  return new TextEncoder().encode(JSON.stringify(command))
}
