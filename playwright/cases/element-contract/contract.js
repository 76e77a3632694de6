// One element of `?tag=`, made by script, and what it said.
const tag = new URLSearchParams(location.search).get('tag')
/** An iframe page in place of a playlist, for the element that shows one. */
const sourceOf = path => (tag === 'sprat-embed' ? `/embed.html?src=${path}&p2p=off&preload=auto` : path)

const element = document.createElement(tag)
const heard = []
const EVENTS = [
  ...['loadedmetadata', 'loadeddata', 'canplay', 'durationchange', 'play', 'playing', 'pause', 'timeupdate', 'seeking', 'seeked', 'ended'],
  ...['volumechange', 'ratechange', 'emptied', 'error', 'statschange', 'progress'],
]
for (const type of EVENTS) element.addEventListener(type, () => heard.push(type))

/** Set before the element is what it says it is: they are to hold all the same. */
element.setAttribute('p2p', 'off')
element.setAttribute('preload', 'auto')
element.muted = true



globalThis.contract = {
  element,
  heard,
  sourceOf,
  begin(path) {
    element.style.width = '640px'
    document.body.append(element)
    element.src = sourceOf(path)
  },
  /** The name of what a line throws. */
  thrown(line) {
    try {
      line()
    } catch (error) {
      return error.name
    }
    return null
  },
}
