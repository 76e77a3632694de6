// Lines as people have them: a network namespace for the origin and one for each viewer, joined by a switch that takes
// its time (`switch.py`), with tbf at both ends of each viewer's line. Nothing of it is reachable from outside. Linux, as
// root, with iproute2 and python3.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NAME = 'sprat'
export const ORIGIN = '10.77.0.1'
/** What a line's buffer holds, in ms of its rate. */
const QUEUE = 100

/**
 * @param {object} line
 * @param {number} line.viewers
 * @param {number} line.down   Mbit/s
 * @param {number} line.up     Mbit/s
 * @param {number} line.delay  of a viewer's line, each way, in ms
 * @param {string} chromium    its path; in the `folder` that comes back, `v1` and so on are it at the end of a line
 */
export function lines({ viewers, down, up, delay }, chromium) {
  const ends = ['o', ...Array.from({ length: viewers }, (_, i) => `v${i + 1}`)]
  const spaces = ['switch', ...ends].map(end => `${NAME}-${end}`)
  const folder = mkdtempSync(join(tmpdir(), `${NAME}-lines-`))
  let switching
  const close = () => {
    switching?.kill('SIGTERM')
    for (const space of spaces) attempt('ip', ['netns', 'del', space])
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (const space of spaces) attempt('ip', ['netns', 'del', space])
    for (const space of spaces) {
      run('ip', ['netns', 'add', space])
      run('ip', ['-n', space, 'link', 'set', 'lo', 'up'])
    }
    ends.forEach((end, i) => {
      const [space, middle, device] = [`${NAME}-${end}`, `${NAME}-switch`, `to-${end}`]
      run('ip', ['link', 'add', device, 'netns', middle, 'type', 'veth', 'peer', 'name', 'line', 'netns', space])
      run('ip', ['-n', space, 'addr', 'add', `${end === 'o' ? ORIGIN : `10.77.0.${10 + i}`}/24`, 'dev', 'line'])
      run('ip', ['-n', space, 'link', 'set', 'line', 'up'])
      run('ip', ['-n', middle, 'link', 'set', device, 'up'])
      // Browsers offer a neighbour the address by which they would reach the internet.
      if (end !== 'o') run('ip', ['-n', space, 'route', 'add', 'default', 'via', ORIGIN])
      run('ip', ['netns', 'exec', space, 'python3', join(import.meta.dirname, 'switch.py'), 'plain', 'line'])
      if (end === 'o') return
      writeFileSync(join(folder, end), `#!/bin/sh\nexec ip netns exec ${space} ${chromium} "$@"\n`, { mode: 0o755 })
      for (const [where, what, rate] of [[space, 'line', up], [middle, device, down]]) {
        run('tc', ['-n', where, 'qdisc', 'add', 'dev', what, 'root', 'tbf', 'rate', `${rate}mbit`, 'burst', '16kb', 'latency', `${QUEUE}ms`])
      }
    })
    const words = ends.map(end => `to-${end}:${end === 'o' ? 0 : delay}`)
    switching = spawn('ip', ['netns', 'exec', `${NAME}-switch`, 'python3', join(import.meta.dirname, 'switch.py'), ...words], { stdio: ['pipe', 'inherit', 'inherit'] })
  } catch (error) {
    close()
    throw error
  }
  return { folder, close, inside: command => ['ip', ['netns', 'exec', `${NAME}-o`, ...command]] }
}

function run(program, words) {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] })
}

function attempt(program, words) {
  try {
    execFileSync(program, words, { stdio: 'ignore' })
  } catch {
    // It was not there.
  }
}
