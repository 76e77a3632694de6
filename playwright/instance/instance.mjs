// The code of `www/src/instance`, and what the player decides of what it brings, as Node can run it: bundled once for all
// tests, none of it needs a browser.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'

const root = join(import.meta.dirname, '../..')
const from = name => `export * from './${name}.ts'\n`

const { outputFiles: [bundle] } = await esbuild.build({
  stdin: { contents: ['address', 'api', 'gate', 'video', 'activity', 'judge', 'refusal', 'playlist', 'views', 'metrics', 'config', 'doors', 'states', 'clientlog', 'blocked', '../blocks', '../shared', '../player/chapters', '../player/storyboard'].map(from).join(''), resolveDir: join(root, 'www/src/instance'), loader: 'ts' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  define: { BUILD: '"test"' },
  write: false,
})

export const instance = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)

/** What a PeerTube answered, as it lies in `tests/fixtures/peertube`. */
export const sample = name => readFileSync(join(root, 'tests/fixtures/peertube', name), 'utf8')
export const json = name => JSON.parse(sample(name))

/** Time that passes only when it is told to; the answers of a server, in order; what it was asked. */
export class World {
  time = 0
  asked = []
  #timers = []
  answers = []
  now = () => this.time
  chance = () => 0
  after = (ms, due) => void this.#timers.push({ at: this.time + ms, due })
  fetch = async (url, init) => {
    this.asked.push({ url, at: this.time, init })
    const answer = typeof this.answers === 'function' ? await this.answers(url, init) : this.answers.shift()
    if (answer instanceof Error) throw answer
    if (answer === undefined) return new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(new Error('aborted'))))
    return answer
  }

  async advance(ms) {
    const end = this.time + ms
    await settle()
    for (;;) {
      this.#timers.sort((a, b) => a.at - b.at)
      if (!(this.#timers[0]?.at <= end)) break
      const { at, due } = this.#timers.shift()
      this.time = Math.max(this.time, at)
      due()
      await settle()
    }
    this.time = end
  }
}

export const answer = (body, status = 200, headers = {}) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

/** Streams are read over several turns. */
async function settle() {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
}
