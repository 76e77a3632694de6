// What is true of the package without a browser: by the word of others, of Node, of the TypeScript compiler and by its own files.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { FOLDER } from './installed.mjs'
import { addresses, paths } from './tarball.mjs'

export const JUDGES = [
  { name: 'publint', tool: 'publint', judge: ({ tarball }) => run(['node_modules/publint/src/cli.js', 'run', tarball, '--strict']) && 'clean' },
  { name: 'are the types wrong', tool: '@arethetypeswrong/cli', judge: ({ tarball }) => run(['node_modules/@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--no-emoji', '--exclude-entrypoints', ...WITHOUT_TYPES]) && 'clean' },
  { name: 'types, by a bundler', tool: 'typescript', judge: () => compiled('tsconfig.json') },
  { name: 'types, by Node', tool: 'typescript', judge: () => compiled('tsconfig.node.json') },
  { name: 'import in Node', judge: imported },
  { name: 'addresses of binaries', judge: () => addresses(join(FOLDER, 'node_modules/sprat-player')) },
  { name: 'paths of this machine', judge: () => paths(join(FOLDER, 'node_modules/sprat-player')) },
]

/** What `exports` names and no compiler asks for. */
const WITHOUT_TYPES = ['./sprat_bg.wasm', './sprat_swarm_bg.wasm', './sprat_benches_bg.wasm', './custom-elements.json']

const ENTRIES = ['', '/define', '/player', '/playlist', '/core', '/inline', '/loader', '/locales/de.js']

function compiled(project) {
  run(['node_modules/typescript/bin/tsc', '--project', join('types', project)])
  return 'clean'
}

/** A server imports what a page imports; nothing happens there. */
function imported() {
  const imports = ENTRIES.map(entry => `await import('sprat-player${entry}')`)
  run(['--input-type=module', '--eval', `${imports.join('\n')}\nif (globalThis.document || globalThis.customElements) throw new Error('it made a document')`])
  return `${ENTRIES.length} entries`
}

/** Its output, or an error with it. */
function run(words) {
  try {
    return execFileSync(process.execPath, words, { cwd: FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) || ' '
  } catch ({ stdout, stderr, status, signal }) {
    assert.fail(`${words[0]} (${signal ?? status}):\n${stdout}${stderr}`)
  }
}
