// One player, its attributes taken from the address, and what a test asks of it: `page`.
//
// `?tag=sprat-video` chooses the element; `?count=10` makes several; `?key-systems=JSON` is a property; every other
// parameter is an attribute.
const given = new URLSearchParams(location.search)
const tag = given.get('tag') ?? 'sprat-player'
const count = Number(given.get('count') ?? 1)
const attributes = [...given].filter(([name]) => !['tag', 'count', 'csp', 'key-systems'].includes(name))

/** Addresses are the origin's, not this folder's. */
const ADDRESSES = ['src', 'integrity', 'poster']

const heard = []
document.addEventListener('securitypolicyviolation', event => heard.push({
  type: 'violation', what: `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
}))

function make() {
  const element = document.createElement(tag)
  for (const [name, value] of attributes) {
    element.setAttribute(name, ADDRESSES.includes(name) && value !== 'none' ? new URL(value, location.origin).href : value)
  }
  for (const type of ['error', 'warning']) {
    element.addEventListener(type, ({ detail }) => {
      if (!detail) return
      const { culprit, code, name, message, tried } = detail
      heard.push({ type, culprit, code, name, message, tried })
      // The run fails on these unless the case expects them; a player without its engine may still show pictures.
      if (type === 'error' || culprit === 'player') console.error(`${type} ${name}: ${message}`)
    })
  }
  if (given.has('key-systems')) element.keySystems = JSON.parse(given.get('key-systems'))
  for (const type of ['playing', 'ended', 'consentrequired']) element.addEventListener(type, () => heard.push({ type }))
  return element
}

const element = make()
document.body.append(element)
for (let i = 1; i < count; i++) document.body.append(make())
await customElements.whenDefined(tag)

/** There once the element is what it says it is. */
globalThis.page = {
  element,
  make,
  heard,
  /** The `<video>` that shows something, however deep: what an outside observer would look at. */
  get video() {
    return videoIn(document)
  },
  errors: () => heard.filter(({ type }) => type === 'error'),
  /** The engine's own account of what it has open. */
  counts: () => globalThis[Symbol.for('sprat.runtime.1')]?.counts(),
  trap: () => globalThis[Symbol.for('sprat.runtime.1')].trap(),
  state() {
    const { video } = this
    const { stats } = element
    return {
      ...(video && {
        time: video.currentTime, duration: video.duration, paused: video.paused, ended: video.ended,
        readyState: video.readyState, seeking: video.seeking, height: video.videoHeight,
        buffered: Array.from(video.buffered, (_, i) => [video.buffered.start(i), video.buffered.end(i)]),
      }),
      stats,
      witness: globalThis.witness.report(),
      heard,
    }
  },
}
globalThis.witness.watch(() => globalThis.page.video)

function videoIn(root) {
  const found = root.querySelector('video')
  if (found) return found
  for (const inner of root.querySelectorAll('*')) {
    const within = inner.shadowRoot && videoIn(inner.shadowRoot)
    if (within) return within
  }
  return undefined
}
