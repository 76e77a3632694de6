// Writes down, from outside the player, whatever of this page might reach somebody else: requests, sockets, peer
// connections, and what is said over sockets. Before any script of the page's own.
globalThis.network = []
{
  const note = (what, url, text) => globalThis.network.push({ what, url: String(url ?? ''), ...(text !== undefined && { text: String(text) }) })
  const constructed = (name, say) => {
    const original = globalThis[name]
    if (!original) return
    globalThis[name] = new Proxy(original, {
      construct(target, all, newTarget) {
        const object = Reflect.construct(target, all, newTarget)
        say(object, all)
        return object
      },
    })
  }
  constructed('WebSocket', (socket, [url]) => {
    note('WebSocket', url)
    const { send } = socket
    socket.send = text => {
      note('said', url, text)
      return send.call(socket, text)
    }
  })
  constructed('RTCPeerConnection', (connection, [configuration]) => {
    note('RTCPeerConnection', JSON.stringify(configuration ?? {}))
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) note('candidate', '', candidate.candidate)
    })
  })
  constructed('EventSource', (_, [url]) => note('EventSource', url))
  constructed('WebTransport', (_, [url]) => note('WebTransport', url))
  const { fetch } = globalThis
  globalThis.fetch = (input, options) => {
    note('fetch', new URL(input?.url ?? input, document.baseURI))
    return fetch(input, options)
  }
  const { open } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    note('XMLHttpRequest', new URL(url, document.baseURI))
    return open.call(this, method, url, ...more)
  }
  const { sendBeacon } = navigator
  navigator.sendBeacon = (url, ...more) => {
    note('sendBeacon', new URL(url, document.baseURI))
    return sendBeacon.call(navigator, url, ...more)
  }
}
