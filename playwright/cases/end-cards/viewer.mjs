// A viewer with cards at the end, from an address or written on the page itself, and how they are waited for.

export const open = async (world, cards, how = {}, options = {}) => {
  const tab = await world.viewer({ autoplay: undefined, preload: 'auto', muted: '', p2p: 'off', 'end-cards': cards, style: 'width: 900px', ...how }, options)
  await tab.until(() => page.video?.readyState > 1, { what: 'a picture' })
  return tab
}

/** Cards on the page itself; those that begin have `in`, milliseconds from then. */
export async function written(world, cards, how = {}, options = {}) {
  const tab = await open(world, undefined, how, options)
  await tab.ask(cards => {
    const after = (name, milliseconds) => milliseconds && { [name]: new Date(Date.now() + milliseconds).toISOString() }
    const textContent = JSON.stringify(cards.map(({ in: begins, until, ...card }) => ({ ...card, ...after('start', begins), ...after('end', until) })))
    document.body.append(Object.assign(document.createElement('script'), { type: 'application/json', id: 'cards', textContent }))
    page.element.setAttribute('end-cards', '#cards')
    page.element.currentTime = 1
  }, cards)
  return tab
}

export const seek = (tab, time) => tab.ask(time => { page.element.currentTime = time }, time)

export const titles = tab => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.card')].map(({ ariaLabel }) => ariaLabel))

export const shows = (tab, expected, what) => tab.until(expected => {
  const found = [...page.element.shadowRoot.querySelectorAll('.card')].map(({ ariaLabel }) => ariaLabel)
  return !page.element.seeking && JSON.stringify(found) === JSON.stringify(expected)
}, { argument: expected, what: `${what}: ${expected}` })

/** Over what can be pressed or over one another, or out of the picture. */
export const overlaps = tab => tab.ask(() => {
  const root = page.element.shadowRoot
  const box = node => node.getBoundingClientRect()
  const frame = box(root.querySelector('.frame'))
  const row = box(root.querySelector('.cards'))
  /** Of a row that scrolls, what is in view. */
  const seen = node => {
    const { left, right, top, bottom } = box(node)
    return { left: Math.max(left, row.left), right: Math.min(right, row.right), top, bottom }
  }
  const meet = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5
  const cards = [...root.querySelectorAll('.card')]
  const controls = [...root.querySelectorAll('.bar button, .bar input, .start')].filter(node => box(node).width > 0)
  const found = []
  for (const [i, card] of cards.entries()) {
    const at = seen(card)
    if (at.right <= at.left) continue
    for (const control of controls) if (meet(at, box(control))) found.push(`${card.ariaLabel} over ${control.className || control.ariaLabel}`)
    for (const other of cards.slice(i + 1)) if (meet(at, seen(other))) found.push(`${card.ariaLabel} over ${other.ariaLabel}`)
    if (at.left < frame.left || at.right > frame.right || at.top < frame.top || at.bottom > frame.bottom) found.push(`${card.ariaLabel} out of the picture`)
    if (card.scrollHeight > card.clientHeight + 1) found.push(`${card.ariaLabel} is cut: ${card.scrollHeight} in ${card.clientHeight}`)
  }
  return found
})
