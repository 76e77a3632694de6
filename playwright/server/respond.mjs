// How an answer leaves: ranges (RFC 9110 §14), then the fault, if any, then bytes counted as they leave.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** Small enough that an aborted download is counted within one piece of what left. */
const PIECE = 16 * 1024

/**
 * @param {object} answer
 * @param {{body: Buffer, type: string, encoding?: string} | {status: number, body?: Buffer, type?: string} | undefined} answer.found   undefined: 404
 * @param {import('./faults.mjs').Rule | undefined} answer.fault
 */
export async function respond({ request, response, path, headers, found, fault = {}, stats }) {
  const entry = stats.open(path, request.headers.range, viewer(request))
  let { status, body, type, extra } = plain(found, request.headers.range)
  if (fault.body !== undefined) body = Buffer.from(fault.body)
  if (fault.alterByteAt !== undefined) body = altered(body, fault.alterByteAt)
  if (fault.honest && fault.truncateAt !== undefined) body = body.subarray(0, fault.truncateAt)
  entry.status = fault.status ?? status

  if (fault.delayMs) await sleep(fault.delayMs)
  if (fault.drop) return entry.close(request.socket.destroy())
  if (response.destroyed) return entry.close()
  response.writeHead(entry.status, {
    ...headers,
    ...(entry.status === status ? extra : {}),
    ...(type && { 'content-type': fault.type ?? type }),
    // RFC 9110 §8.6: not where there cannot be any.
    ...(entry.status !== 204 && { 'content-length': body.length }),
    ...(fault.reprDigest && found?.body && told(found.body, fault.reprDigest)),
    ...fault.headers,
  })
  if (request.method === 'HEAD') {
    response.end()
    return entry.close()
  }

  const end = Math.min(body.length, fault.truncateAt ?? Infinity, fault.stallAfter ?? Infinity)
  for (let sent = 0; sent < end && !response.destroyed;) {
    const piece = body.subarray(sent, Math.min(sent + PIECE, end))
    if (await left(response, piece)) entry.bytes += piece.length
    sent += piece.length
    if (fault.rateBytesPerSec) await sleep(piece.length / fault.rateBytesPerSec * 1000)
  }
  entry.aborted = response.destroyed
  entry.close()
  if (end === body.length) response.end()
  else if (fault.stallAfter === undefined) response.destroy()
}

/** Who asks, where a bench gave its viewers names: the last word of their user agent. */
function viewer(request) {
  return /viewer\/(\S+)$/.exec(request.headers['user-agent'])?.[1]
}

/** The answer without faults. A range is honoured when it is a single one; several get the whole, as §14.2 allows. */
function plain(found, range) {
  if (!found) return { status: 404, body: Buffer.from('not found\n'), type: 'text/plain' }
  if (found.status && !found.body) return { status: found.status, body: Buffer.from('refused\n'), type: 'text/plain' }
  if (found.status && found.status !== 200) return found
  const { body, type } = found
  if (found.encoding) return { status: 200, body, type, extra: { 'content-encoding': found.encoding, vary: 'accept-encoding' } }
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (!first && !last) return { status: 200, body, type }
  const start = first ? Number(first) : Math.max(0, body.length - Number(last))
  const end = first && last ? Math.min(Number(last), body.length - 1) : body.length - 1
  if (start > end) {
    return { status: 416, body: Buffer.alloc(0), type, extra: { 'content-range': `bytes */${body.length}` } }
  }
  const extra = { 'content-range': `bytes ${start}-${end}/${body.length}` }
  return { status: 206, body: body.subarray(start, end + 1), type, extra }
}

/** `Repr-Digest`: of the whole file, whatever range was asked for. */
function told(body, to) {
  const digest = createHash('sha256').update(body).digest('base64')
  return { 'repr-digest': `sha-256=:${digest}:`, ...(to === 'exposed' && { 'access-control-expose-headers': 'repr-digest' }) }
}

function altered(body, at) {
  const copy = Buffer.from(body)
  const index = at < 0 ? copy.length + at : at
  if (index in copy) copy[index] ^= 0xff
  return copy
}

/** Resolves to whether the piece was handed to the network, once it was, or once the client has gone. */
function left(response, piece) {
  return new Promise(resolve => {
    const gone = () => resolve(false)
    response.once('close', gone)
    response.write(piece, error => {
      response.off('close', gone)
      resolve(!error)
    })
  })
}
