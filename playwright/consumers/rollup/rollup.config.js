// Rollup bundles the script and copies the binaries beside it, as docs/npm.md says.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import resolve from '@rollup/plugin-node-resolve'

const BINARIES = ['sprat_bg.wasm', 'sprat_swarm_bg.wasm', 'sprat_benches_bg.wasm']

/** Rollup leaves the binaries behind: this puts them beside the scripts. */
const binaries = {
  name: 'binaries',
  generateBundle() {
    for (const name of BINARIES) {
      const source = readFileSync(fileURLToPath(import.meta.resolve(`sprat-player/${name}`)))
      this.emitFile({ type: 'asset', fileName: name, source })
    }
  },
}

// Flat: the address of a binary is one beside the script that has it.
export default {
  input: `${import.meta.dirname}/src/main.js`,
  output: { dir: `${import.meta.dirname}/dist`, format: 'es', chunkFileNames: '[name]-[hash].js' },
  plugins: [resolve(), binaries],
}
