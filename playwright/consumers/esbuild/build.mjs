// esbuild bundles the script; the binaries are copied beside it, as docs/npm.md says.
import { cpSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = import.meta.dirname
await build({ entryPoints: [join(here, 'src/main.js')], outdir: join(here, 'dist'), bundle: true, splitting: true, format: 'esm', minify: true, logLevel: 'warning' })
mkdirSync(join(here, 'assets'), { recursive: true })
for (const name of ['sprat_bg.wasm', 'sprat_swarm_bg.wasm', 'sprat_benches_bg.wasm']) {
  const file = fileURLToPath(import.meta.resolve(`sprat-player/${name}`))
  cpSync(file, join(here, 'assets', basename(file)))
}
