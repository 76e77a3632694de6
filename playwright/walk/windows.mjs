// The browser of a walk: an address is opened, what is on it is played, and viewers who are asked to share say yes.
import { launch } from '../driver/chromium.mjs'

const FIRST_FRAME_MS = 40_000
/** Two viewers meet through a tracker, and the second has something of the first. */
const SHARING_MS = 60_000

export class Windows {
  #browser

  /** Plays all that a page has, one after the other, or the page is not as the guide says. */
  async open(address) {
    const { page, thrown } = await this.#window()
    try {
      return await watched(page, address, thrown)
    } finally {
      await page.context().close()
    }
  }

  /** Two windows of viewers that know nothing of each other; both are asked, and say yes. */
  async share(address) {
    const began = Date.now()
    const first = await this.#window()
    const second = await this.#window()
    try {
      await allowed(first, address)
      await allowed(second, address)
      await second.page.waitForFunction(() => document.querySelector('sprat-player').stats.p2pBytes > 0, undefined, { timeout: SHARING_MS, polling: 100 })
      const { p2pBytes } = await second.page.evaluate(() => document.querySelector('sprat-player').stats)
      none([...first.thrown, ...second.thrown])
      return { seconds: (Date.now() - began) / 1000, seen: `the second window has ${Math.round(p2pBytes / 1000)} kB of the first` }
    } finally {
      await first.page.context().close()
      await second.page.context().close()
    }
  }

  async close() {
    await this.#browser?.close()
  }

  async #window() {
    this.#browser ??= await launch()
    const page = await (await this.#browser.newContext({ viewport: { width: 960, height: 720 } })).newPage()
    const thrown = []
    page.on('pageerror', error => thrown.push(String(error)))
    // The browser's own question for an icon, which a page of the guide does not have.
    page.on('console', message => message.type() === 'error' && !message.location().url.endsWith('/favicon.ico') && thrown.push(`${message.text()} ${message.location().url}`))
    return { page, thrown }
  }
}

async function allowed({ page, thrown }, address) {
  await watched(page, address, thrown)
  await page.evaluate(() => document.querySelector('sprat-player').play())
  await page.getByRole('button', { name: 'Allow' }).click({ timeout: SHARING_MS })
}

async function watched(page, address, thrown) {
  const began = Date.now()
  await page.goto(address)
  const seen = []
  let seconds
  for (const frame of page.frames()) {
    for (const player of await players(frame)) {
      await frame.waitForFunction(moving, player, { timeout: FIRST_FRAME_MS, polling: 50 })
      seconds ??= (Date.now() - began) / 1000
      seen.push(player.tag)
    }
  }
  none(thrown)
  if (seconds === undefined) throw new Error(`${address}: there is nothing to play`)
  return { seconds, seen: `${seen.join(', ')} ${seen.length > 1 ? 'play' : 'plays'}` }
}

async function players(frame) {
  await frame.waitForLoadState()
  const tags = await frame.evaluate(() => [...document.querySelectorAll('sprat-player, sprat-playlist')].map(({ localName }) => localName))
  return tags.map((tag, at) => ({ tag, at }))
}

/** In the page: begun by a viewer, as far as a script can be one; its picture moves. */
function moving({ at }) {
  const element = document.querySelectorAll('sprat-player, sprat-playlist')[at]
  const player = element.localName === 'sprat-playlist' ? element.player : element
  if (!player?.play) return false
  player.muted = true
  if (player.paused) player.play().catch(() => {})
  return player.currentTime > 0.3 && player.videoWidth > 0
}

function none(thrown) {
  if (thrown.length > 0) throw new Error(thrown.join('\n'))
}
