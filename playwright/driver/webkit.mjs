// WebKitGTK, by its own WebDriver: the nearest thing to Safari that every Linux has. Its media source is a managed
// one and it has no WebRTC. Each page is a MiniBrowser of its own, with nothing kept, on a screen that nobody sees.
//
// Some starts hang in 2.50, and the whole page with them, so that its driver answers no more; more often on a busy machine. A
// film that begins some frames after zero is sought into before its first picture, and the page's main thread then waits
// within GStreamer, where the seek's flush meets a pad that is blocked. No script can end that. Seen where `play()` is called
// before there is data; a case that cannot do without names its browsers.
//
// Its driver tells nothing of the console, so the local origin puts `inside/console.js` first into every page.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Session } from './webdriver.mjs'

/** `cargo xtask test` says where they are. */
const EXECUTABLE = process.env.SPRAT_WEBKITGTK ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
const DRIVER = process.env.SPRAT_WEBKITGTK_DRIVER ?? 'WebKitWebDriver'

const PATIENCE_MS = 15_000

export const PRELUDE = readFileSync(join(import.meta.dirname, 'inside/console.js'), 'utf8')

export class WebKit {
  #screen

  async open(address, { before, autoplay }) {
    if (before.length > 0) throw new Error('WebKitGTK has no script that runs before the page: such a case names its browsers')
    this.#screen ??= openScreen()
    const { display } = await this.#screen
    const port = await freePort()
    const driver = start(DRIVER, ['--host=127.0.0.1', `--port=${port}`], {
      env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' },
    })
    try {
      const session = await begin(`http://127.0.0.1:${port}`, autoplay ? 'allow' : 'allow-without-sound')
      await session.goto(address)
      return new WebKitPage(session, driver)
    } catch (error) {
      end(driver)
      throw error
    }
  }

  async close() {
    if (this.#screen) end((await this.#screen).server)
  }
}

class WebKitPage {
  complaints = []
  #session
  #driver

  constructor(session, driver) {
    this.#session = session
    this.#driver = driver
  }

  evaluate(expression, frame) {
    return this.#session.evaluate(expression, frame)
  }

  hover(x, y) {
    return this.#session.hover(x, y)
  }

  click(x, y) {
    return this.#session.click(x, y)
  }

  press(key) {
    return this.#session.press(key)
  }

  async screenshot(path) {
    writeFileSync(path, await this.#session.screenshot())
  }

  async listen() {
    const said = await this.evaluate('(async () => globalThis.consoleErrors.splice(0))()')
    this.complaints.push(...said)
  }

  async close() {
    await this.#session.end().catch(() => {})
    end(this.#driver)
  }
}

/** A driver listens a moment after it was started. */
async function begin(server, policy) {
  const options = { binary: EXECUTABLE, args: ['--automation', `--autoplay-policy=${policy}`] }
  for (const began = Date.now(); ; await sleep(50)) {
    try {
      return await Session.begin(server, { 'webkitgtk:browserOptions': options })
    } catch (error) {
      if (error.cause?.code !== 'ECONNREFUSED' || Date.now() - began > PATIENCE_MS) throw error
    }
  }
}

/** Xvfb, which finds a free number for itself and tells it. */
async function openScreen() {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise((resolve, reject) => {
    server.stdio[3].once('data', data => resolve(String(data).trim()))
    server.once('error', reject)
    server.once('exit', code => reject(new Error(`Xvfb ended with ${code}`)))
  })
  return { server, display: `:${number}` }
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

// Each is started as the head of a group, so that what it starts in turn ends with it.

const running = new Set()
process.once('exit', () => running.forEach(end))

function start(program, words, options = {}) {
  const child = spawn(program, words, { stdio: 'ignore', detached: true, ...options })
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', error => console.error(`${program}: ${error.message}`))
  return child
}

function end(child) {
  running.delete(child)
  try {
    process.kill(-child.pid, 'SIGTERM')
  } catch {
    // It has ended already.
  }
}
