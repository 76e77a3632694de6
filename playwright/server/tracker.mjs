// The tracker that PeerTube's own server uses (npm `bittorrent-tracker`), WebSocket only, on the origin's port,
// with a switch that makes it fail in the ways trackers do.
// The package's main entry would load a native WebRTC stack; the server alone does not need one.
import Server from 'bittorrent-tracker/server'

const PATH = '/tracker/socket'

/**
 * `ok`; `refuse`: 503 to the upgrade; `silent`: accepts and never answers; `garbage`: answers with what no
 * tracker says; `fail`: a `failure reason` to every announce.
 * @typedef {'ok' | 'refuse' | 'silent' | 'garbage' | 'fail'} Mode
 */
const GARBAGE = ['}{', '[]', '42', '{"action":"announce","interval":-1e9,"offer":{"type":"offer","sdp":7}}', '\u0000'.repeat(64)]

export class Tracker {
  /** @type {Mode} applies to sockets opened from now on; `disconnect()` closes those that are. */
  mode = 'ok'
  #sockets = new Set()
  #announces = 0
  #server

  /** @param {{interval: number, filter?: Function, trustProxy?: boolean}} how   the last two as the library has them */
  constructor({ interval, ...more }) {
    // The library tells WebSocket clients a fifth of its interval.
    this.#server = new Server({ ...more, http: false, udp: false, stats: false, ws: { noServer: true }, interval: interval * 5000 })
    // A client's bad message or lost socket is not the server's trouble.
    this.#server.on('warning', () => {})
  }

  upgrade(request, socket, head) {
    if (!request.url.startsWith(PATH) || this.mode === 'refuse') {
      return socket.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    }
    this.#server.ws.handleUpgrade(request, socket, head, webSocket => {
      this.#sockets.add(webSocket)
      webSocket.on('close', () => this.#sockets.delete(webSocket))
      webSocket.on('message', () => { this.#announces += 1 })
      this.#serve(webSocket, request)
    })
  }

  /** Closes every open socket; clients may come back. */
  disconnect() {
    for (const socket of this.#sockets) socket.terminate()
  }

  /** Sockets open now, messages received so far, and the peer ids (hex) by info hash (hex). */
  snapshot() {
    const swarms = {}
    for (const [infoHash, swarm] of Object.entries(this.#server.torrents)) {
      if (swarm.peers.keys.length > 0) swarms[infoHash] = [...swarm.peers.keys]
    }
    return { mode: this.mode, sockets: this.#sockets.size, announces: this.#announces, swarms }
  }

  close() {
    this.disconnect()
    this.#server.close()
  }

  #serve(webSocket, request) {
    switch (this.mode) {
      case 'silent':
        return webSocket.on('error', () => {})
      case 'garbage':
        return webSocket.on('message', () => GARBAGE.forEach(text => webSocket.send(text)))
      case 'fail':
        return webSocket.on('message', () => webSocket.send('{"failure reason":"the tracker was told to fail"}'))
      default:
        this.#server.ws.emit('connection', webSocket, request)
    }
  }
}
