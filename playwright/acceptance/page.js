// A page of some other site with one element in it: `?element=sprat-player&peertube=ADDRESS&…`, the rest its attributes.
const { element: name = 'sprat-player', ...attributes } = Object.fromEntries(new URLSearchParams(location.search))
const element = document.createElement(name)
const heard = []
for (const type of ['instancevideo', 'instanceextras', 'passwordrequired', 'error']) element.addEventListener(type, ({ detail }) => heard.push({ type, detail: structuredClone(detail ?? null) }))
for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
document.body.append(element)

globalThis.page = {
  element,
  heard,
  /** The media element, of a player or of a list's player. */
  get media() {
    return (element.player ?? element).media ?? element
  },
  /** What it shows, for a report. */
  get problem() {
    return page.media.error?.message ?? ''
  },
}
