// How a scripted neighbour meets others: the WebTorrent tracker protocol without trickle ICE, both as the one who
// offers and as the one who answers.

const OFFERS = 4
/** Addresses of local networks (RFC 1918, RFC 4193). */
const PRIVATE = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|f[cd])/i

export class Tracker {
  #pending = new Map()

  /** @param {{certificates?: RTCCertificate[], unreachable?: boolean, local?: boolean, offers?: number}} how   see `scripted.begin` */
  constructor(url, infoHash, peerId, onChannel, { certificates, unreachable, local, offers = OFFERS } = {}) {
    this.offers = offers
    this.certificates = certificates
    this.unreachable = unreachable
    this.local = local
    this.url = url
    this.infoHash = infoHash
    this.peerId = peerId
    this.onChannel = onChannel
  }

  begin(again) {
    this.socket = new WebSocket(this.url)
    this.socket.addEventListener('message', ({ data }) => this.#heard(JSON.parse(data)))
    this.socket.addEventListener('open', () => {
      this.#announce('started')
      if (again) setInterval(() => this.#announce(), again)
    })
  }

  /** One offer, over and over, each time as somebody new, unless it is to be `one`. */
  flood(perSecond, one, said) {
    this.socket = new WebSocket(this.url)
    this.socket.addEventListener('open', async () => {
      const connection = new RTCPeerConnection({ certificates: this.certificates })
      connection.createDataChannel(unique())
      await connection.setLocalDescription(await connection.createOffer())
      const offer = { type: 'offer', sdp: this.#told(await gathered(connection)) }
      setInterval(() => {
        if (!one) this.peerId = `-PM0202-${unique().slice(0, 12)}`
        this.#say({ numwant: OFFERS, uploaded: 0, downloaded: 0, offers: Array.from({ length: OFFERS }, () => ({ offer, offer_id: unique().slice(0, 20) })) })
        said()
      }, 1000 / perSecond)
    })
  }

  async #announce(event) {
    const offers = await Promise.all(Array.from({ length: this.offers }, async () => {
      const connection = new RTCPeerConnection({ certificates: this.certificates })
      const channel = connection.createDataChannel(unique())
      this.onChannel(channel)
      await connection.setLocalDescription(await connection.createOffer())
      const offerId = unique().slice(0, 20)
      this.#pending.set(offerId, connection)
      return { offer: { type: 'offer', sdp: this.#told(await gathered(connection)) }, offer_id: offerId }
    }))
    this.#say({ numwant: this.offers, uploaded: 0, downloaded: 0, ...(event && { event }), offers })
  }

  async #heard({ info_hash: infoHash, peer_id: peerId, offer, answer, offer_id: offerId }) {
    if (infoHash !== this.infoHash || peerId === this.peerId) return
    if (offer) {
      const connection = new RTCPeerConnection({ certificates: this.certificates })
      connection.addEventListener('datachannel', ({ channel }) => this.onChannel(channel))
      await connection.setRemoteDescription({ ...offer, sdp: this.#told(offer.sdp) })
      await connection.setLocalDescription(await connection.createAnswer())
      const sdp = this.#told(await gathered(connection))
      this.#say({ to_peer_id: peerId, offer_id: offerId, answer: { type: 'answer', sdp } })
    } else if (answer) {
      await this.#pending.get(offerId)?.setRemoteDescription({ ...answer, sdp: this.#told(answer.sdp) })
      this.#pending.delete(offerId)
    }
  }

  /**
   * Where others are told that we are, and we are told that they are: port 9 takes everything and answers nothing
   * (RFC 863), where anybody listens; or nowhere but in the local network. Both, for the side that knows the other's address lets it know its own.
   */
  #told(sdp) {
    if (this.local) return sdp.replace(/^a=candidate:.*\r\n/gm, line => (PRIVATE.test(line.split(' ')[4]) ? line : ''))
    return this.unreachable ? sdp.replace(/^(a=candidate:\S+ \d+ \S+ \d+) \S+ \d+/gm, '$1 127.0.0.1 9') : sdp
  }

  #say(fields) {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.socket.send(JSON.stringify({ action: 'announce', info_hash: this.infoHash, peer_id: this.peerId, ...fields }))
  }
}

/** The description with its candidates in it. */
async function gathered(connection) {
  if (connection.iceGatheringState !== 'complete') {
    await new Promise(resolve => connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') resolve()
    }))
  }
  return connection.localDescription.sdp
}

function unique() {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), byte => byte.toString(16).padStart(2, '0')).join('')
}
