// socket.io for `/live-videos`, as far as a player of ours speaks it: over a WebSocket from the start (engine.io 4,
// socket.io 5). A client says which live it watches and hears of its changes.
import { randomUUID } from 'node:crypto'
import { WebSocketServer } from 'ws'

const NAMESPACE = '/live-videos'
const PING_MS = 25_000

export class Sockets {
  #server = new WebSocketServer({ noServer: true })
  #clients = new Set()

  upgrade(request, socket, head) {
    const query = new URL(request.url, 'http://origin').searchParams
    if (query.get('EIO') !== '4' || query.get('transport') !== 'websocket') {
      return socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    }
    this.#server.handleUpgrade(request, socket, head, client => this.#serve(client))
  }

  /** Tells those who watch a live. @param {number} id   the video's numeric id */
  tell(id, event, detail) {
    const packet = `42${NAMESPACE},${JSON.stringify(detail === undefined ? [event] : [event, detail])}`
    for (const { client, watched } of this.#clients) if (watched.has(id)) client.send(packet)
  }

  /** Numeric ids of what is watched, one for each who does. */
  get watched() {
    return [...this.#clients].flatMap(({ watched }) => [...watched])
  }

  disconnect() {
    for (const { client } of this.#clients) client.terminate()
  }

  close() {
    this.disconnect()
    this.#server.close()
  }

  #serve(client) {
    const entry = { client, watched: new Set(), joined: false }
    this.#clients.add(entry)
    const pings = setInterval(() => client.send('2'), PING_MS)
    client.on('error', () => {})
    client.on('close', () => {
      clearInterval(pings)
      this.#clients.delete(entry)
    })
    client.on('message', data => this.#heard(entry, String(data)))
    client.send(`0${JSON.stringify({ sid: randomUUID(), upgrades: [], pingInterval: PING_MS, pingTimeout: 20_000, maxPayload: 1_000_000 })}`)
  }

  /** A packet: engine.io's type, then socket.io's, then the namespace. */
  #heard(entry, packet) {
    const { client } = entry
    if (packet === '3') return
    if (packet === '2probe') return client.send('3probe')
    const [, type, namespace, rest] = /^4(\d)(\/[^,]*)?,?(.*)$/s.exec(packet) ?? []
    if (type === '0') {
      entry.joined ||= namespace === NAMESPACE
      return client.send(`40${namespace ? `${namespace},` : ''}${JSON.stringify({ sid: randomUUID() })}`)
    }
    if (type === '1') return entry.watched.clear()
    // Nobody is heard in a namespace that was not joined.
    if (type !== '2' || namespace !== NAMESPACE || !entry.joined) return client.close()
    const [event, detail] = parsed(rest) ?? []
    if (!Number.isInteger(detail?.videoId)) return
    if (event === 'subscribe') entry.watched.add(detail.videoId)
    if (event === 'unsubscribe') entry.watched.delete(detail.videoId)
  }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
