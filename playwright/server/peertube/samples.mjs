// What was recorded of a PeerTube 6.3.0, as this instance says it: byte for byte but for the origin.
//
// The files are indented for people; a server sends JSON compact, and the `etag` recorded beside each answer (express:
// length and SHA-1) is that of the compact text. `server.test.mjs` holds both to that.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/peertube')
/** The recorded instance; the oEmbed answers came by a name of it that has a dot. */
const RECORDED = ['http://peertube.localhost:9000', 'http://localhost:9000']

/** @param {string} name   below `tests/fixtures/peertube` */
export function recorded(name) {
  return readFileSync(join(FOLDER, name), 'utf8')
}

export function isRecorded(name) {
  return existsSync(join(FOLDER, name))
}

/** A recorded answer as it was on the wire: compact. */
export function wire(name) {
  return JSON.stringify(JSON.parse(recorded(name)))
}

/** The same, of an instance at another origin, as an object of its own. */
export function sample(name, origin) {
  return JSON.parse(moved(wire(name), origin))
}

/** Text that names the recorded origin, in any of the ways in which answers do, naming ours. */
export function moved(text, origin) {
  const { host, protocol } = new URL(origin)
  const sockets = protocol === 'https:' ? 'wss:' : 'ws:'
  return RECORDED.reduce((text, of) => {
    const from = new URL(of).host
    return text
      .replaceAll(of, origin)
      .replaceAll(`ws://${from}`, `${sockets}//${host}`)
      .replaceAll(encodeURIComponent(of), encodeURIComponent(origin))
      .replaceAll(encodeURIComponent(`ws://${from}`), encodeURIComponent(`${sockets}//${host}`))
      .replaceAll(from, host)
  }, text)
}

/** The head of a recorded answer: its status, and its fields in lower case. */
export function head(name) {
  const lines = recorded(`headers/${name}.txt`).split('\n').filter(line => line.startsWith('< ')).map(line => line.slice(2))
  const fields = lines.slice(1).map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)])
  return { status: Number(lines[0].split(' ')[1]), fields: Object.fromEntries(fields) }
}
