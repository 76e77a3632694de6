// The terminals of a walk: what is typed, where, and what goes on running beside it.
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A command that has not ended by then hangs. Nothing is built yet, perhaps. */
const PATIENCE_MS = 30 * 60_000
/** Of what goes on running, until somebody answers. */
const BEGINNING_MS = 20_000

/** A stranger's: without what cargo sets for the program that it runs, for that makes crates build anew that look at it. */
const CARGOS = /^(CARGO|CARGO_(MANIFEST|PKG|BIN|CRATE|PRIMARY)_\w+|RUSTUP_TOOLCHAIN|RUST_RECURSION_COUNT)$/
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CARGOS.test(name)))

export class Terminal {
  #home
  #folder
  #ports
  #running = []

  /**
   * @param {string} home      the empty folder
   * @param {number[]} ports   on which what goes on running will answer, in this order
   */
  constructor(home, ports) {
    mkdirSync(home, { recursive: true })
    this.#home = this.#folder = home
    this.#ports = [...ports]
  }

  go(name) {
    this.#folder = join(this.#home, name)
  }

  save(name, text) {
    writeFileSync(join(this.#folder, name), text)
  }

  /** To its end; where it changes the folder, what follows is in that one. */
  run(command) {
    const told = '\0'
    return new Promise((resolve, reject) => {
      const script = `set -e\n${command}\nprintf '\\0%s' "$PWD"`
      execFile('bash', ['-c', script], { cwd: this.#folder, env: ENVIRONMENT, timeout: PATIENCE_MS, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        if (error) return reject(new Error(`${command}\n${stdout}${stderr}`))
        const at = stdout.lastIndexOf(told)
        this.#folder = stdout.slice(at + 1)
        resolve(stdout.slice(0, at))
      })
    })
  }

  /** Until the walk ends. */
  async keep(command) {
    const port = this.#ports.shift()
    if (!port) throw new Error(`${command}: the guide names no port on which it answers`)
    const child = spawn('bash', ['-c', `exec ${command}`], { cwd: this.#folder, env: ENVIRONMENT, stdio: 'ignore' })
    this.#running.push(child)
    const until = Date.now() + BEGINNING_MS
    while (!(await answers(port))) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`${command}: nothing answers on port ${port}`)
      await sleep(50)
    }
  }

  close() {
    for (const child of this.#running) child.kill()
  }
}

function answers(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('close', () => socket.destroy()).once('connect', () => socket.end())
  })
}
