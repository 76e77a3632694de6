// What an author does on the page, with keys, and what there is to be seen of it.

/** On the page, with a picture. */
export async function open(world, query = '', name = 'author') {
  const tab = await world.page(`annotate.html${query}`, { name })
  await ready(tab)
  return tab
}

export function ready(tab) {
  return tab.until(() => document.querySelector('sprat-player')?.readyState > 1 && !document.querySelector('#add').disabled && document.querySelector('sprat-player').shadowRoot.querySelector('.plugin-annotations'),
    { what: 'a picture, and the plugin' })
}

export async function press(tab, ...keys) {
  for (const key of keys) await tab.press(key)
}

export async function type(tab, text) {
  for (const letter of text) await tab.press(letter === ' ' ? 'Space' : letter)
}

/** By the Tab key, from where the focus is. */
export async function tabTo(tab, selector, most = 40) {
  for (let i = 0; i < most; i++) {
    if (await tab.ask(selector => document.activeElement?.matches(selector) ?? false, selector)) return
    await tab.press('Tab')
  }
  throw new Error(`Tab does not lead to ${selector}`)
}

/** Backwards, where no driver presses Shift and Tab in every browser. */
export function focus(tab, selector) {
  return tab.ask(selector => document.querySelector(selector).focus(), selector)
}

/** What viewers would see now. */
export const shown = tab => tab.ask(() => [...document.querySelector('sprat-player').shadowRoot.querySelectorAll('.note')].map(({ className, innerHTML }) => `${className}: ${innerHTML}`))

/** Soon after the last key. */
export function shows(tab, text) {
  return tab.until(text => [...document.querySelector('sprat-player').shadowRoot.querySelectorAll('.note')].some(note => note.outerHTML.includes(text)), { argument: text, what: `the player shows ${text}` })
}

export const said = (tab, text) => tab.until(text => document.querySelector('#said').textContent.includes(text), { argument: text, what: `it is said: ${text}` })
export const focused = tab => tab.ask(() => document.activeElement?.id || document.activeElement?.name || document.activeElement?.localName)
export const listed = tab => tab.ask(() => [...document.querySelectorAll('#list button')].map(button => [...button.children].map(part => part.textContent).join(' | ')))

/** The notes in a format, as the page writes them, and what it says of it. */
export async function exported(tab, writing) {
  await focus(tab, '[name=writing]:checked')
  const order = ['text', 'vtt', 'json']
  let at = order.indexOf(await tab.ask(() => document.querySelector('[name=writing]:checked').value))
  while (order[at] !== writing) {
    const by = order.indexOf(writing) > at ? 1 : -1
    await tab.press(by > 0 ? 'ArrowDown' : 'ArrowUp')
    at += by
    await tab.until(name => document.querySelector('[name=writing]:checked').value === name, { argument: order[at], what: order[at] })
  }
  return tab.ask(() => ({
    writing: document.querySelector('[name=writing]:checked').value,
    text: document.querySelector('[name=written]').value,
    losses: [...document.querySelectorAll('#losses li')].map(({ textContent }) => textContent),
  }))
}

/** Pasted, and the button pressed by key. */
export async function imported(tab, text, button = 'replace') {
  await tab.ask(text => {
    const field = document.querySelector('[name=paste]')
    field.focus()
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }, text)
  await tabTo(tab, `[name=${button}]`)
  await tab.press('Enter')
}
