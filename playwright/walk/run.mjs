// Does a stranger get there? Goes through `docs/guide/first-embed.md` from an empty folder: types its commands, saves its files, opens
// its addresses in Chromium, and nothing else. What the guide takes for given is put there first: a film of the stranger's own,
// and a copy of the repository. Prints each step with its time, and one closing line, which `cargo xtask test` reads.
//
//   node playwright/walk/run.mjs             the copy is this one, so what is built is built
//   node playwright/walk/run.mjs --clone     the copy is a clone without anything in it
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../hosting/servers.mjs'
import { stepsOf } from './guide.mjs'
import { Terminal } from './terminal.mjs'
import { Windows } from './windows.mjs'

const repository = resolve(import.meta.dirname, '../..')
/** Those of the guide; here others may be in use. */
const PORTS = ['8000', '8001']
/** Where the walk has to lead past, in the words of what is told of each address. */
const SIGHTS = ['/embed.html', '/frame.html', 'sprat-player', 'sprat-playlist', 'second window']

const ports = []
let guide = readFileSync(join(repository, 'docs/guide/first-embed.md'), 'utf8')
for (const port of PORTS) {
  ports.push(await freePort())
  guide = guide.replaceAll(port, String(ports.at(-1)))
}

const home = mkdtempSync(join(tmpdir(), 'sprat-walk-'))
const terminal = new Terminal(home, ports)
const windows = new Windows()
process.once('exit', () => terminal.close())
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const began = Date.now()
let passed = 0
let failed = 0
const opened = []
try {
  given()
  let section
  for (const step of stepsOf(guide)) {
    if (step.section !== section) console.log(`\n${(section = step.section)}`)
    await walked(step)
    passed += 1
  }
  for (const sight of SIGHTS) if (!opened.some(told => told.includes(sight))) throw new Error(`the guide does not lead to: ${sight}`)
} catch (error) {
  failed += 1
  console.log(`FAIL ${String(error.stack ?? error).replace(/^/gm, '     ')}`)
} finally {
  await windows.close()
  terminal.close()
  rmSync(home, { recursive: true, force: true })
}
console.log(`\n${((Date.now() - began) / 1000).toFixed(1)} s in all\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function given() {
  const copy = join(home, 'sprat')
  if (process.argv.includes('--clone')) execFileSync('git', ['clone', '--quiet', repository, copy])
  else symlinkSync(repository, copy)
  const film = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25:duration=60', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=60']
  execFileSync('ffmpeg', ['-loglevel', 'error', ...film, '-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '800k', '-c:a', 'aac', join(home, 'film.mp4')])
}

async function walked({ kind, text, name, stays, shared }) {
  const began = Date.now()
  const told = (what, seen = '', seconds = (Date.now() - began) / 1000) => console.log(`${seconds.toFixed(1).padStart(7)} s  ${what}${seen && `   ${seen}`}`)
  if (kind === 'go') return terminal.go(text)
  if (kind === 'save') {
    terminal.save(name, text)
    told(`saved as ${name}`)
  } else if (kind === 'open') {
    const { seen, seconds } = await (shared ? windows.share(text) : windows.open(text))
    opened.push(`${text} ${seen}`)
    told(text, seen, seconds)
  } else {
    await (stays ? terminal.keep(text) : terminal.run(text))
    told(text.replaceAll('\n', `\n${' '.repeat(11)}`), stays ? 'goes on' : '')
  }
}
