// One crowd: so many real viewers, one after the other, of the same stream from the same origin and tracker. One
// Chromium of its own for each crowd, and in it one context for each viewer: contexts share no cache, no connection
// pool and no renderer, and the two processes that they do share cost every player the same, where a browser for each
// would spend more on itself than on the film. Only where each has a line of its own they have browsers of their own.
import { setTimeout as sleep } from 'node:timers/promises'
import { launch } from '../../driver/chromium.mjs'
import { readClock } from '../broadcast.mjs'
import { account, copies } from './account.mjs'
import { cpuTime } from './processes.mjs'

/** For a film to end after it should have. */
const PATIENCE_S = 60

/**
 * @param {object} how
 * @param {Awaited<ReturnType<import('../../server/server.mjs').startServer>>} how.server
 * @param {string[]} how.addresses        of the viewers' pages, in the order in which they come
 * @param {number} how.apart              seconds between two of them
 * @param {number} [how.seconds]          to watch after the last has come; else until all have seen the end
 * @param {number} how.length             seconds of the film, or of what is watched
 * @param {object} [how.clock]            of a live's pictures
 * @param {(path: string) => number} how.size   of a segment, in bytes
 * @param {(pages: object[]) => void} [how.minutely]
 * @param {string[]} [how.executables]   a browser for each, at the end of a line of its own
 */
export async function crowd({ server, addresses, apart, seconds, length, clock, size, minutely, executables }) {
  server.stats.reset()
  const browsers = executables ? await Promise.all(executables.map(executable => launch({ executable, flags: trusting(server) }))) : [await launch()]
  const complaints = []
  try {
    const debug = await Promise.all(browsers.map(browser => browser.newBrowserCDPSession()))
    const spent = async () => (await Promise.all(debug.map(cpuTime))).reduce((sum, time) => sum + time)
    const agent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browsers[0].version()} Safari/537.36`
    const before = await spent()
    const began = Date.now()
    const pages = []
    for (const [i, address] of addresses.entries()) {
      await sleep(Math.max(0, began + i * apart * 1000 - Date.now()))
      const context = await browsers[i % browsers.length].newContext({ viewport: { width: 960, height: 600 }, userAgent: `${agent} viewer/${i}` })
      const page = await context.newPage()
      page.on('pageerror', error => complaints.push(`${i}: ${error}`))
      page.on('console', message => message.type() === 'error' && complaints.push(`${i}: ${message.text()}`))
      if (clock) await page.addInitScript({ content: `(${readClock})(${JSON.stringify(clock)})` })
      await page.goto(address, { waitUntil: 'commit' })
      pages.push(page)
    }
    const joined = Date.now()
    await watched({ pages, seconds, length, minutely })
    const viewers = await reports(pages)
    const played = viewers.reduce((sum, { witness }) => sum + witness.played, 0)
    const snapshot = server.stats.snapshot()
    return {
      began, joined, ended: Date.now(), viewers, complaints,
      cpu: (await spent() - before) / (played / 60),
      ...account(snapshot, viewers),
      segments: copies(snapshot, size),
    }
  } finally {
    await Promise.all(browsers.map(browser => browser.close()))
  }
}

/** An origin with no certificate is trusted on loopback only, unless one says so. */
function trusting({ url }) {
  return [`--unsafely-treat-insecure-origin-as-secure=${new URL(url).origin}`]
}

async function watched({ pages, seconds, length, minutely }) {
  const until = Date.now() + (seconds ?? length + PATIENCE_S) * 1000
  for (let minute = Date.now() + 60_000; Date.now() < until;) {
    await sleep(Math.min(1000, until - Date.now()))
    if (minutely && Date.now() >= minute) {
      minute += 60_000
      await minutely(pages)
    }
    if (seconds === undefined && (await reports(pages)).every(({ ended, time }) => ended || time >= length)) return
  }
}

export function reports(pages) {
  return Promise.all(pages.map(page => page.evaluate(() => globalThis.observer.report())))
}
