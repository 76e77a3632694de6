// Bundles the site: the entry points named below, and every `*.html` here as a page.
//
// Entries and chunks lie flat beside `sprat_bg.wasm`, because the one `new URL("sprat_bg.wasm", import.meta.url)` in
// shipped code, and that of the benches, must be right in whichever file esbuild puts it. A second output, `target/site.files`, says what each
// file is for; the size budget and the packages are made from it.
//
// usage: node build.mjs [--dev]     --dev: readable output, inline source maps
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as esbuild from 'esbuild'

/** `src/<name>.ts` becomes `<name>.js`. Only `sprat` is what a site includes; the others belong to our own pages. */
const ENTRIES = ['sprat', 'embed', 'playlist-page', 'demo']

const www = import.meta.dirname
const root = join(www, '..')
const site = join(root, 'target/site')
const glue = name => join(root, `target/web/${name}.js`)
const dev = process.argv.includes('--dev')

rmSync(site, { recursive: true, force: true })
const { metafile } = await esbuild.build({
  absWorkingDir: root,
  entryPoints: ENTRIES.map(name => join(www, 'src', `${name}.ts`)),
  outdir: site,
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: !dev,
  sourcemap: dev && 'inline',
  legalComments: 'none',
  alias: { 'sprat-wasm': glue('sprat'), 'sprat-benches-wasm': glue('sprat_benches') },
  loader: { '.svg': 'text', '.ftl': 'text' },
  plugins: [styleText()],
  metafile: true,
  logLevel: 'warning',
})
for (const binary of ['sprat_bg.wasm', 'sprat_benches_bg.wasm']) cpSync(join(root, 'target/web', binary), join(site, binary))
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
 * What each script is for, as `[purpose, file]`. A script that several need counts for the first of these:
 * `loader`: what `<script src="sprat.js">` fetches; `engine`: the bindings and the one runtime of the page, and what
 * makes text tracks of its cues, fetched once there are some; `benches`: what makes of bytes what the browser takes,
 * where that is needed; `keys`: what asks for the keys of encrypted streams; `ui`: <sprat-player> and <sprat-video>;
 * `playlist`: what <sprat-playlist> adds; `embed`: the iframe pages; `demo`: ours.
 */
function purposes({ outputs }) {
  const purposeOf = new Map()
  const claim = (purpose, source, kinds) => {
    for (const output of reach(outputs, source, kinds)) if (!purposeOf.has(output)) purposeOf.set(output, purpose)
  }
  claim('loader', 'www/src/sprat.ts', ['import-statement'])
  claim('engine', 'www/src/glue.ts', ['import-statement'])
  for (const element of ['sprat-player', 'sprat-video']) claim('ui', `www/src/elements/${element}.ts`, ['import-statement'])
  claim('engine', 'www/src/video/text.ts')
  claim('benches', 'www/src/benches.ts')
  claim('keys', 'www/src/video/keys.ts')
  claim('ui', 'www/src/elements/sprat-player.ts')
  claim('playlist', 'www/src/sprat.ts')
  claim('embed', 'www/src/embed.ts')
  claim('embed', 'www/src/playlist-page.ts')
  claim('demo', 'www/src/demo.ts')
  return [...purposeOf].map(([output, purpose]) => [purpose, relative(site, join(root, output))])
}

/** The outputs that a source module loads through these kinds of import, its own included. */
function reach(outputs, source, kinds = ['import-statement', 'dynamic-import']) {
  const found = new Set()
  const pending = Object.keys(outputs).filter(output => outputs[output].entryPoint === source)
  for (const output of pending) {
    if (found.has(output)) continue
    found.add(output)
    pending.push(...outputs[output].imports.filter(({ kind, external }) => !external && kinds.includes(kind)).map(({ path }) => path))
  }
  return found
}
