// The shapes of an answer: JSON, a problem (RFC 7807, as PeerTube writes them), nothing, a page. And the head that every
// one of them has.
import { createHash } from 'node:crypto'

/** @typedef {{status: number, body: Buffer, type?: string, headers?: Record<string, string>}} Answer */

const DOCS = 'https://docs.joinpeertube.org/api-rest-reference.html'

/** On every answer but the embed pages, which anybody may put in a frame. */
export const HEAD = { 'access-control-allow-origin': '*', 'x-frame-options': 'DENY', 'x-powered-by': 'PeerTube', tk: 'N' }
export const EMBED_HEAD = { 'access-control-allow-origin': '*', 'x-powered-by': 'PeerTube', tk: 'N', 'cache-control': 'max-age=0, no-cache, must-revalidate' }
/** On those of the API: of their fields, other sites may read one. */
export const API_HEAD = { 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'Retry-After' }

/** @returns {Answer} */
export function json(value, { status = 200, type = 'application/json; charset=utf-8', headers } = {}) {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  return { status, body, type, headers: { etag: etag(body), ...headers } }
}

export function problem(value) {
  return json(value, { status: typeof value === 'string' ? JSON.parse(value).status : value.status, type: 'application/problem+json; charset=utf-8' })
}

export function nothing(status = 204) {
  return { status, body: Buffer.alloc(0) }
}

export function text(body, { status = 200, type = 'text/html; charset=utf-8', headers } = {}) {
  return { status, body: Buffer.from(body), type, headers }
}

export function notFound(detail = 'Video not found', operation = 'getVideo') {
  return problem({ type: 'about:blank', title: 'Not Found', detail, status: 404, ...(operation && { docs: `${DOCS}#operation/${operation}` }), error: detail })
}

/** A parameter that cannot be. @param {{location: 'params' | 'query', name: string, value: string, message: string}} what */
export function invalid(url, { location, name, value, message, operation }) {
  const detail = `Incorrect request parameters: ${name}`
  return problem({
    type: 'about:blank',
    title: 'Bad Request',
    detail,
    instance: url,
    status: 400,
    'invalid-params': { [name]: { type: 'field', value, msg: message, path: name, location } },
    ...(operation && { docs: `${DOCS}#operation/${operation}` }),
    error: detail,
  })
}

/** As express makes them. */
export function etag(body) {
  return `W/"${body.length.toString(16)}-${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`
}
