// An embedder with the published player.js, and one that speaks our own protocol by hand.
function frame(address) {
  const iframe = Object.assign(document.createElement('iframe'), { width: 640, height: 360, allow: 'autoplay; fullscreen', src: address })
  document.body.append(iframe)
  return iframe
}

globalThis.host = {
  frame,
  remove: () => document.querySelectorAll('iframe, sprat-embed').forEach(element => element.remove()),

  playerJs(address) {
    const player = (this.player = new playerjs.Player(frame(address)))
    const heard = (this.heard = {})
    for (const event of ['ready', 'play', 'pause', 'timeupdate', 'progress', 'ended', 'seeked', 'error']) {
      heard[event] = []
      player.on(event, value => heard[event].push(value ?? null))
    }
  },
  /** The answer of a getter. */
  get: name => new Promise(resolve => host.player[name](resolve)),

  /** By hand: what the frame says of itself is answered with a port. `eager`: or offered until it is heard. */
  channel(address, { eager = false } = {}) {
    const iframe = frame(address)
    const link = (this.link = { here: null, state: {}, events: [], answers: new Map(), port: null, id: 0 })
    const connect = () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }) => {
        link.port = port1
        Object.assign(link.state, data.state)
        if (data.type === 'event') link.events.push(data.event)
        if (data.type === 'answer') link.answers.set(data.id, data)
      }
      iframe.contentWindow.postMessage({ sprat: 'connect', version: 1 }, '*', [port2])
      return port1
    }
    addEventListener('message', ({ data, source }) => {
      if (source !== iframe.contentWindow || data?.sprat !== 'here') return
      link.here = data
      if (!eager) connect()
    })
    if (eager) {
      const offering = setInterval(() => (link.port ? clearInterval(offering) : connect()), 500)
    }
  },
  set(name, value) {
    this.link.port.postMessage({ type: 'set', id: ++this.link.id, name, value })
    return this.link.id
  },
  async call(name, ...args) {
    const id = ++this.link.id
    this.link.port.postMessage({ type: 'call', id, name, args })
    while (!this.link.answers.has(id)) await new Promise(resolve => setTimeout(resolve, 20))
    const { value, error } = this.link.answers.get(id)
    return { value, error }
  },
}
