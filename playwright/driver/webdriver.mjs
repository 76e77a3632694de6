// The few commands of W3C WebDriver that a page needs, over plain HTTP. Used for WebKitGTK alone: the others speak more.

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** How long a question may take, in ms: longer than any case's patience. */
const SCRIPT_MS = 300_000

/** WebDriver §17.4.2: the keys that are no characters. */
const KEYS = {
  Space: ' ',
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
}

export class Session {
  #base
  /** Commands run one after the other: a frame is a mode of the whole session. */
  #last = Promise.resolve()

  constructor(base) {
    this.#base = base
  }

  /** @param {string} server   "http://127.0.0.1:PORT" */
  static async begin(server, capabilities) {
    const { sessionId } = await command('POST', `${server}/session`, { capabilities: { alwaysMatch: capabilities } })
    const session = new Session(`${server}/session/${sessionId}`)
    await session.#send('POST', '/timeouts', { script: SCRIPT_MS })
    return session
  }

  goto(url) {
    return this.#next(() => this.#send('POST', '/url', { url }))
  }

  /** What an expression for a promise comes to; in the iframe whose address contains `frame`, if one is named. */
  evaluate(expression, frame) {
    return this.#next(async () => {
      if (frame) await this.#enter(frame)
      const script = `const done = arguments[0]; (${expression}).then(value => done({ value }), error => done({ error: \`\${error} \${error?.stack}\` }))`
      const { value, error } = await this.#send('POST', '/execute/async', { script, args: [] })
      if (frame) await this.#send('POST', '/frame', { id: null })
      if (error) throw new Error(error)
      return value
    })
  }

  async #enter(frame) {
    const id = await this.#send('POST', '/element', { using: 'css selector', value: `iframe[src*="${frame}"]` })
    await this.#send('POST', '/frame', { id: { [ELEMENT]: id[ELEMENT] } })
  }

  hover(x, y) {
    return this.#point(x, y, [])
  }

  click(x, y) {
    return this.#point(x, y, [{ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }])
  }

  #point(x, y, then) {
    const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport', duration: 0 }
    return this.#act('pointer', { parameters: { pointerType: 'mouse' } }, [move, ...then])
  }

  press(key) {
    const value = KEYS[key] ?? key
    return this.#act('key', {}, [{ type: 'keyDown', value }, { type: 'keyUp', value }])
  }

  #act(type, more, actions) {
    return this.#next(() => this.#send('POST', '/actions', { actions: [{ type, id: type, ...more, actions }] }))
  }

  /** A PNG. @returns {Promise<Buffer>} */
  async screenshot() {
    return Buffer.from(await this.#next(() => this.#send('GET', '/screenshot')), 'base64')
  }

  end() {
    return this.#send('DELETE', '')
  }

  #next(work) {
    const result = this.#last.then(work)
    this.#last = result.catch(() => {})
    return result
  }

  #send(method, path, body) {
    return command(method, this.#base + path, body)
  }
}

async function command(method, url, body) {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = await response.json()
  if (value?.error) throw new Error(`${value.error}: ${value.message}`)
  return value
}
