// A STUN and TURN server as far as a browser has to believe in one (RFC 8489, RFC 8656): it says from where it was
// asked, and hands out a relayed address to whoever knows the password. It relays nothing, and counts what comes.
import { createHash, createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'

const MAGIC = 0x2112a442
const REALM = 'sprat.test'
const BINDING = 0x0001
const ALLOCATE = 0x0003
const SUCCESS = 0x0100
const ERROR = 0x0110
const [USERNAME, MESSAGE_INTEGRITY, ERROR_CODE, REALM_IS, NONCE] = [0x0006, 0x0008, 0x0009, 0x0014, 0x0015]
const [XOR_RELAYED, XOR_MAPPED, LIFETIME] = [0x0016, 0x0020, 0x000d]

/** On loopback only. @param {{ name: string, password: string, relayed: string }} how   `relayed`: the address handed out */
export async function startTurn({ name, password, relayed }) {
  const socket = createSocket('udp4')
  const heard = { messages: 0, allocations: 0 }
  const key = createHash('md5').update(`${name}:${REALM}:${password}`).digest()
  socket.on('message', (message, from) => {
    heard.messages += 1
    if (message.length < 20 || message.readUInt32BE(4) !== MAGIC) return
    const kind = message.readUInt16BE(0)
    const transaction = message.subarray(4, 20)
    const answer = (type, attributes, signed) => socket.send(packed(type, transaction, attributes, signed), from.port, from.address)
    const mapped = [XOR_MAPPED, address(from.address, from.port)]
    if (kind === BINDING) answer(kind | SUCCESS, [mapped])
    else if (kind !== ALLOCATE) answer(kind | SUCCESS, [[LIFETIME, number(600)]], key)
    else if (!has(message, USERNAME)) {
      const unauthorised = Buffer.concat([Buffer.from([0, 0, 4, 1]), Buffer.from('Unauthorized')])
      answer(kind | ERROR, [[ERROR_CODE, unauthorised], [REALM_IS, Buffer.from(REALM)], [NONCE, Buffer.from('nonce')]])
    } else {
      heard.allocations += 1
      const port = 50_000 + (heard.allocations % 1_000)
      answer(kind | SUCCESS, [[XOR_RELAYED, address(relayed, port)], mapped, [LIFETIME, number(600)]], key)
    }
  })
  await new Promise(resolve => socket.bind(0, '127.0.0.1', () => resolve()))
  return { port: socket.address().port, heard, close: () => socket.close() }
}

function packed(type, transaction, attributes, key) {
  const body = Buffer.concat(attributes.map(([kind, value]) => attribute(kind, value)))
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2)
  const message = Buffer.concat([head, transaction, body])
  // The length counts the signature already (RFC 8489 §14.5).
  return key ? Buffer.concat([message, attribute(MESSAGE_INTEGRITY, createHmac('sha1', key).update(message).digest())]) : message
}

function attribute(kind, value) {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(kind, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

function has(message, wanted) {
  for (let at = 20; at + 4 <= message.length;) {
    if (message.readUInt16BE(at) === wanted) return true
    at += 4 + Math.ceil(message.readUInt16BE(at + 2) / 4) * 4
  }
  return false
}

/** XORed with the magic cookie (RFC 8489 §14.2). */
function address(ip, port) {
  const value = Buffer.alloc(8)
  value[1] = 1
  value.writeUInt16BE(port ^ (MAGIC >>> 16), 2)
  const plain = Buffer.from(ip.split('.').map(Number)).readUInt32BE()
  value.writeUInt32BE((plain ^ MAGIC) >>> 0, 4)
  return value
}

function number(value) {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}
