// What the pages of Playwright and of puppeteer have in common, besides their methods.

/** Of the window, in pixels. */
export const SIZE = { width: 960, height: 600 }

/**
 * Everything that a page's console says at level `error`, and what nobody caught, as it comes.
 * @param {import('playwright-core').Page | import('puppeteer-core').Page} page
 * @returns {string[]}
 */
export function heardBy(page) {
  const complaints = []
  page.on('console', message => {
    if (message.type() !== 'error') return
    const { url } = message.location()
    complaints.push(`${message.text()}${url ? ` (${url})` : ''}`)
  })
  page.on('pageerror', error => complaints.push(`uncaught ${error.stack ?? error}`))
  return complaints
}

/** A key, while those before it are held: `Control+v`. */
export async function pressed(keyboard, keys) {
  const held = keys.split('+')
  const last = held.pop()
  for (const key of held) await keyboard.down(key)
  await keyboard.press(last)
  for (const key of held.reverse()) await keyboard.up(key)
}
