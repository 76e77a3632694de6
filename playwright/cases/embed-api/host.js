// An embedder with PeerTube's own client: iframes, a player for each, and what their events brought.

/** In the order of the package's documentation. */
const EVENTS = ['play', 'pause', 'ready', 'playbackStatusUpdate', 'playbackStatusChange', 'resolutionUpdate', 'volumeChange']

const opened = new Map()

function frame(name, address) {
  const iframe = Object.assign(document.createElement('iframe'), { width: 640, height: 360, allow: 'autoplay; fullscreen', src: address })
  iframe.dataset.name = name
  const there = new Promise(resolve => iframe.addEventListener('load', resolve, { once: true }))
  document.body.append(iframe)
  return { iframe, there }
}

globalThis.host = {
  /** `late`: the client comes when the embed has long been there and has asked nobody in particular. */
  async open(name, address, { late = false, scope } = {}) {
    const { iframe, there } = frame(name, address)
    if (late) {
      await there
      await new Promise(resolve => setTimeout(resolve, 1500))
    }
    const player = new PeerTubePlayer(iframe, scope)
    const heard = Object.fromEntries(EVENTS.map(event => [event, []]))
    const times = []
    for (const event of EVENTS) {
      player.addEventListener(event, value => {
        heard[event].push(value)
        if (event === 'playbackStatusUpdate') times.push(performance.now())
      })
    }
    opened.set(name, { iframe, player, heard, times, ready: false })
    void player.ready.then(() => (opened.get(name).ready = true))
    await there
  },
  isReady: name => opened.get(name)?.ready ?? false,
  heard: name => opened.get(name).heard,
  forget: name => Object.values(opened.get(name).heard).forEach(list => (list.length = 0)),
  times: name => opened.get(name).times,
  /** How a method ends, in words that pass through JSON. */
  async call(name, method, ...args) {
    try {
      return { value: await opened.get(name).player[method](...args) }
    } catch (error) {
      return { error: error?.message ?? error }
    }
  },
  methods: () => Object.getOwnPropertyNames(PeerTubePlayer.prototype),
  /** What the notification itself brings: the client keeps it for its promise. */
  ready(address) {
    const { iframe } = frame('bare', address)
    return new Promise(resolve => {
      const channel = Channel.build({ window: iframe.contentWindow, origin: '*', scope: 'peertube' })
      channel.bind('ready', (_, value) => {
        channel.destroy()
        iframe.remove()
        resolve(value)
      })
    })
  },
  remove(name) {
    const { player, iframe } = opened.get(name)
    player.destroy()
    iframe.remove()
  },
  /** A call that PeerTube's client has not, through the channel that it is made of. */
  raw(name, scope, method, params) {
    const { iframe } = opened.get(name)
    return new Promise(resolve => {
      const channel = Channel.build({ window: iframe.contentWindow, origin: '*', scope })
      const done = answer => (channel.destroy(), resolve(answer))
      channel.call({ method, params, success: value => done({ value }), error: (error, message) => done({ error, message }) })
    })
  },
}
