// What a visitor has of a page that another program has written: whether its players play, in Chromium. Where there is no
// Chromium, what was written is read all the same.
import { existsSync } from 'node:fs'
import { EXECUTABLE, launch } from '../driver/chromium.mjs'

const FIRST_FRAME_MS = 30_000
const PLAYERS = 'sprat-player, sprat-playlist'

/** Whether something can be opened here; `SPRAT_NO_BROWSER` is for machines that have no time for it. */
export const BROWSER = existsSync(EXECUTABLE) && !process.env.SPRAT_NO_BROWSER

/**
 * Opens a page, starts all that it has, and waits until each plays by the engine.
 * @returns {Promise<{ tag: string, title: string, time: number }[]>} the players of the page, then those of its iframes
 */
export async function played(address, { picture } = {}) {
  const browser = await launch()
  try {
    const page = await (await browser.newContext({ viewport: { width: 960, height: 720 } })).newPage()
    const thrown = []
    page.on('pageerror', error => thrown.push(String(error)))
    await page.goto(address)
    await page.evaluate(() => { for (const frame of document.querySelectorAll('iframe')) frame.loading = 'eager' })
    const found = []
    for (const frame of page.frames()) {
      // One that was lazy has only begun, and what is empty has loaded, too.
      if (frame !== page.mainFrame()) await frame.waitForSelector(PLAYERS, { state: 'attached', timeout: FIRST_FRAME_MS })
      found.push(...await playing(frame))
    }
    if (picture) await page.screenshot({ path: picture, fullPage: true })
    if (thrown.length > 0) throw new Error(thrown.join('\n'))
    return found
  } finally {
    await browser.close()
  }
}

/** Each in turn, muted: a decoder is enough for all. */
async function playing(frame) {
  const tags = await frame.evaluate(() => [...document.querySelectorAll('sprat-player, sprat-playlist')].filter(one => !one.parentElement.closest('sprat-playlist')).length)
  const found = []
  for (let at = 0; at < tags; at++) {
    const waited = { timeout: FIRST_FRAME_MS, polling: 100 }
    await frame.waitForFunction(at => {
      const one = [...document.querySelectorAll('sprat-player, sprat-playlist')].filter(one => !one.parentElement.closest('sprat-playlist'))[at]
      const player = one.localName === 'sprat-playlist' ? one.player : one
      if (!player?.play) return false
      player.muted = true
      player.play().catch(() => {})
      return player.currentTime > 0.3 && player.stats.httpBytes > 0
    }, at, waited)
    found.push(await frame.evaluate(at => {
      const one = [...document.querySelectorAll('sprat-player, sprat-playlist')].filter(one => !one.parentElement.closest('sprat-playlist'))[at]
      const player = one.localName === 'sprat-playlist' ? one.player : one
      player.pause()
      return { tag: one.localName, title: player.getAttribute('media-title') ?? '', time: player.currentTime }
    }, at))
  }
  return found
}
