// How a scripted neighbour meets others: the WebTorrent tracker protocol without trickle ICE, both as the one who
// offers and as the one who answers.

const OFFERS = 4

export class Tracker {
  #pending = new Map()

  constructor(url, infoHash, peerId, onChannel) {
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

  /** One offer, over and over, each time as somebody new. */
  flood(perSecond, said) {
    this.socket = new WebSocket(this.url)
    this.socket.addEventListener('open', async () => {
      const connection = new RTCPeerConnection()
      connection.createDataChannel(unique())
      await connection.setLocalDescription(await connection.createOffer())
      const offer = { type: 'offer', sdp: await gathered(connection) }
      setInterval(() => {
        this.peerId = `-PM0202-${unique().slice(0, 12)}`
        this.#say({ numwant: OFFERS, uploaded: 0, downloaded: 0, offers: Array.from({ length: OFFERS }, () => ({ offer, offer_id: unique().slice(0, 20) })) })
        said()
      }, 1000 / perSecond)
    })
  }

  async #announce(event) {
    const offers = await Promise.all(Array.from({ length: OFFERS }, async () => {
      const connection = new RTCPeerConnection()
      const channel = connection.createDataChannel(unique())
      this.onChannel(channel)
      await connection.setLocalDescription(await connection.createOffer())
      const offerId = unique().slice(0, 20)
      this.#pending.set(offerId, connection)
      return { offer: { type: 'offer', sdp: await gathered(connection) }, offer_id: offerId }
    }))
    this.#say({ numwant: OFFERS, uploaded: 0, downloaded: 0, ...(event && { event }), offers })
  }

  async #heard({ info_hash: infoHash, peer_id: peerId, offer, answer, offer_id: offerId }) {
    if (infoHash !== this.infoHash || peerId === this.peerId) return
    if (offer) {
      const connection = new RTCPeerConnection()
      connection.addEventListener('datachannel', ({ channel }) => this.onChannel(channel))
      await connection.setRemoteDescription(offer)
      await connection.setLocalDescription(await connection.createAnswer())
      const sdp = await gathered(connection)
      this.#say({ to_peer_id: peerId, offer_id: offerId, answer: { type: 'answer', sdp } })
    } else if (answer) {
      await this.#pending.get(offerId)?.setRemoteDescription(answer)
      this.#pending.delete(offerId)
    }
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
