// Counts what a page has open, from outside the player: sockets, peer connections, requests, timers, wasm instances.
{
  const sockets = []
  const connections = []
  const requests = new Set()
  /** Who asked for each, for the message of a failed test. */
  const timers = new Map()
  const made = { sockets: 0, connections: 0, requests: 0, instances: 0 }
  const socketUrls = []

  /** Counts what is made, and leaves `instanceof` and everything else as it was. */
  const counted = (constructor, note) => new Proxy(constructor, {
    construct(target, all, newTarget) {
      const object = Reflect.construct(target, all, newTarget)
      note(object, all)
      return object
    },
  })
  globalThis.WebSocket = counted(WebSocket, socket => {
    made.sockets += 1
    socketUrls.push(socket.url)
    sockets.push(socket)
  })
  if (globalThis.RTCPeerConnection) {
    globalThis.RTCPeerConnection = counted(RTCPeerConnection, connection => {
      made.connections += 1
      connections.push(connection)
    })
  }
  const memories = []
  const remember = instance => {
    const { memory } = instance.exports
    if (memory instanceof WebAssembly.Memory) memories.push(memory)
  }
  WebAssembly.Instance = counted(WebAssembly.Instance, instance => {
    made.instances += 1
    remember(instance)
  })

  // A request is open until its body has been read to the end, or it was aborted, or it failed.
  const bodies = new WeakMap()
  const { fetch, setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
  globalThis.fetch = async (input, options) => {
    const request = { url: String(input?.url ?? input) }
    made.requests += 1
    requests.add(request)
    const done = () => requests.delete(request)
    const signal = options?.signal ?? input?.signal
    signal?.addEventListener('abort', done)
    try {
      const response = await fetch(input, options)
      if (response.body) bodies.set(response.body, done)
      else done()
      return response
    } catch (error) {
      done()
      throw error
    }
  }
  const reads = (stream, reader) => {
    const done = bodies.get(stream)
    if (done) reader.closed.then(done, done)
    return reader
  }
  const { getReader } = ReadableStream.prototype
  ReadableStream.prototype.getReader = function (...all) {
    return reads(this, getReader.apply(this, all))
  }
  globalThis.ReadableStreamDefaultReader = counted(ReadableStreamDefaultReader, (reader, [stream]) => reads(stream, reader))
  for (const way of ['arrayBuffer', 'text', 'json', 'blob']) {
    const read = Response.prototype[way]
    Response.prototype[way] = async function () {
      const done = this.body && bodies.get(this.body)
      try {
        return await read.call(this)
      } finally {
        done?.()
      }
    }
  }
  for (const way of ['compileStreaming', 'instantiateStreaming']) {
    const take = WebAssembly[way]
    WebAssembly[way] = async (source, ...rest) => {
      const response = await source
      const done = response.body && bodies.get(response.body)
      try {
        return await take.call(WebAssembly, response, ...rest)
      } finally {
        done?.()
      }
    }
  }

  globalThis.setTimeout = (work, ms, ...all) => {
    const id = setTimeout(() => {
      timers.delete(id)
      if (typeof work === 'function') work(...all)
    }, ms)
    timers.set(id, `${ms} ms: ${new Error().stack}`)
    return id
  }
  globalThis.setInterval = (...all) => {
    const id = setInterval(...all)
    timers.set(id, `every ${all[1]} ms: ${new Error().stack}`)
    return id
  }
  globalThis.clearTimeout = globalThis.clearInterval = id => {
    timers.delete(id)
    clearTimeout(id)
    clearInterval(id)
  }

  for (const way of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[way]
    WebAssembly[way] = async (...all) => {
      made.instances += 1
      const result = await instantiate.apply(WebAssembly, all)
      remember(result.instance ?? result)
      return result
    }
  }

  globalThis.openNow = {
    made,
    socketUrls,
    now: () => ({
      sockets: sockets.filter(socket => socket.readyState !== WebSocket.CLOSED).length,
      connections: connections.filter(connection => connection.signalingState !== 'closed').length,
      requests: requests.size,
      timers: timers.size,
    }),
    /** Bytes of wasm memories. */
    wasm: () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    who: () => ({ requests: [...requests].map(({ url }) => url), timers: [...timers.values()] }),
  }
}
