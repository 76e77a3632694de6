// Bundles the site: the entry points named below, and every `*.html` here as a page.
//
// Entries and chunks lie flat beside `sprat_bg.wasm`, because the one `new URL("sprat_bg.wasm", import.meta.url)` in
// shipped code must be right in whichever file esbuild puts it. A second output, `target/site.files`, says what each
// file is for; the size budget and the packages are made from it.
//
// usage: node build.mjs [--dev]     --dev: readable output, inline source maps
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import * as esbuild from 'esbuild'

/** `src/<name>.ts` becomes `<name>.js`. Only `sprat` is what a site includes; the others belong to our own pages. */
const ENTRIES = ['sprat', 'embed', 'playlist-page', 'demo']

const www = import.meta.dirname
const root = join(www, '..')
const site = join(root, 'target/site')
const glue = join(root, 'target/web/sprat.js')
const dev = process.argv.includes('--dev')

rmSync(site, { recursive: true, force: true })
const { metafile } = await esbuild.build({
  absWorkingDir: root,
  entryPoints: ENTRIES.map(name => join(www, 'src', `${name}.ts`)).filter(file => existsSync(file)),
  outdir: site,
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: !dev,
  sourcemap: dev && 'inline',
  legalComments: 'none',
  alias: { 'sprat-wasm': glue },
  loader: { '.svg': 'text', '.ftl': 'text' },
  plugins: [styleText()],
  metafile: true,
  logLevel: 'warning',
})
cpSync(join(root, 'target/web/sprat_bg.wasm'), join(site, 'sprat_bg.wasm'))
for (const page of readdirSync(www).filter(file => file.endsWith('.html'))) cpSync(join(www, page), join(site, page))
for (const folder of ['styles', 'locales']) {
  if (existsSync(join(www, folder))) cpSync(join(www, folder), join(site, folder), { recursive: true })
}
writeFileSync(join(root, 'target/site.files'), purposes(metafile).map(line => line.join(' ') + '\n').join(''))

/** A style sheet that a module imports is text for `CSSStyleSheet.replaceSync`, minified like the rest. */
function styleText() {
  return {
    name: 'style-text',
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await esbuild.transform(readFileSync(path, 'utf8'), { loader: 'css', minify: !dev })
        return { contents: code, loader: 'text' }
      })
    },
  }
}

/**
 * What each script is for, as `[purpose, file]`: `loader` is what `<script src="sprat.js">` fetches, `glue` the
 * bindings of the wasm, `ui` all else that the loader may import later, `embed` the iframe pages', `demo` ours alone.
 */
function purposes({ outputs }) {
  const loader = reach(outputs, 'sprat', new Set(['import-statement']))
  const player = reach(outputs, 'sprat', new Set(['import-statement', 'dynamic-import']))
  const embed = new Set(['embed', 'playlist-page'].flatMap(entry => [...reach(outputs, entry, new Set(['import-statement', 'dynamic-import']))]))
  const holdsGlue = output => Object.keys(outputs[output].inputs).some(input => join(root, input) === glue)
  return Object.keys(outputs).filter(output => output.endsWith('.js')).map(output => {
    const purpose = loader.has(output) ? 'loader'
      : player.has(output) ? (holdsGlue(output) ? 'glue' : 'ui')
      : embed.has(output) ? 'embed' : 'demo'
    return [purpose, relative(site, join(root, output))]
  })
}

/** The outputs that an entry loads through these kinds of import; empty if there is no such entry. */
function reach(outputs, entry, kinds) {
  const found = new Set()
  const pending = Object.keys(outputs).filter(output => basename(output) === `${entry}.js` && outputs[output].entryPoint)
  for (const output of pending) {
    if (found.has(output)) continue
    found.add(output)
    pending.push(...outputs[output].imports.filter(({ kind, external }) => !external && kinds.has(kind)).map(({ path }) => path))
  }
  return found
}
