// Bundles the site, and every `*.html` here as a page.
//
// In three passes. The first is what asks PeerTube instances, apart from the rest because it shares little and must not
// scatter it. The second splits what is loaded later: the elements, the engine's bindings and what they load in turn.
// The third makes one file each of what pages include; those load the other passes' files by name, and with each all
// that it imports, side by side rather than one after the other.
//
// All lie flat beside `sprat_bg.wasm`, which the loader finds by `new URL("sprat_bg.wasm", import.meta.url)`. A second
// output, `target/site.files`, says what each file is for; the size budget and the packages are made from it. A third,
// `target/site.packages`, names the npm packages that are in what ships (`licences.mjs`).
//
// usage: node build.mjs [--dev]     --dev: readable output, inline source maps
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import * as esbuild from 'esbuild'

/** `src/<name>.ts` becomes `<name>.js`. Only `sprat` is what a site includes; the others belong to our own pages. */
const INCLUDED = ['sprat', 'embed', 'playlist-page', 'card', 'demo', 'annotate']
/** What those load, by its module. */
const LATER = ['plugins/host', 'elements/sprat-video', 'elements/sprat-player', 'elements/sprat-playlist', 'elements/sprat-search', 'elements/sprat-embed', 'embed/control', 'embed/plugins', 'glue']
/** What the elements load when an address is one of an instance. */
const INSTANCE = ['instance/element', 'instance/list', 'instance/search']
const LOCALES = readdirSync(join(import.meta.dirname, 'locales'))
/** Loaders that fetch the binaries otherwise: `src/delivery.ts`. */
const VARIANTS = ['gz', 'strict']
const BINARIES = ['sprat_bg.wasm', 'sprat_swarm_bg.wasm', 'sprat_benches_bg.wasm']

const www = import.meta.dirname
const root = join(www, '..')
const site = join(root, 'target/site')
const web = name => join(root, 'target/web', name)
const source = name => join(www, 'src', `${name}.ts`)
const dev = process.argv.includes('--dev')

const common = {
  absWorkingDir: root,
  outdir: site,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: !dev,
  charset: 'utf8',
  sourcemap: dev && 'inline',
  legalComments: 'none',
  define: defined('plain'),
  loader: { '.svg': 'text' },
  metafile: true,
  logLevel: 'warning',
}

rmSync(site, { recursive: true, force: true })
const split = { ...common, entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', splitting: true }
const instance = await esbuild.build({ ...split, entryPoints: INSTANCE.map(source), entryNames: 'instance-[name]-[hash]' })
const later = await esbuild.build({
  ...split,
  entryPoints: LATER.map(source),
  alias: { 'sprat-wasm': web('sprat.js'), 'sprat-benches-wasm': web('sprat_benches.js') },
  plugins: [styleText(), localeText(), templateText(), loadedLater(instance.metafile.outputs)],
})
const built = { ...instance.metafile.outputs, ...later.metafile.outputs }
const included = await esbuild.build({
  ...common,
  entryPoints: INCLUDED.map(source),
  plugins: [loadedLater(built)],
  write: false,
})
const variants = await Promise.all(VARIANTS.map(variant => esbuild.build({
  ...common,
  define: defined(variant),
  entryPoints: [{ in: source('sprat'), out: `sprat-${variant}` }],
  plugins: [loadedLater(built)],
  write: false,
})))
for (const { path, text } of [included, ...variants].flatMap(({ outputFiles }) => outputFiles)) writeFileSync(path, sideBySide(text, built))
for (const binary of BINARIES) cpSync(web(binary), join(site, binary))
for (const page of readdirSync(www).filter(file => file.endsWith('.html'))) cpSync(join(www, page), join(site, page))
cpSync(join(www, 'styles'), join(site, 'styles'), { recursive: true })
const outputs = { ...built, ...included.metafile.outputs }
const files = purposes(outputs)
writeFileSync(join(root, 'target/site.files'), files.map(line => line.join(' ') + '\n').join(''))
writeFileSync(join(root, 'target/site.packages'), packages(outputs, files).map(name => name + '\n').join(''))

/** Names the build by all that goes into it. */
function fingerprint() {
  const sources = readdirSync(join(www, 'src'), { recursive: true }).filter(name => name.endsWith('.ts')).sort()
  const hash = createHash('sha256')
  const locales = LOCALES.map(name => join(www, 'locales', name))
  for (const path of [...BINARIES.map(web), ...locales, ...sources.map(name => join(www, 'src', name))]) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 8)
}

function defined(delivery) {
  const digest = name => `sha384-${createHash('sha384').update(readFileSync(web(name))).digest('base64')}`
  const integrity = delivery === 'strict' ? Object.fromEntries(BINARIES.map(name => [name, digest(name)])) : {}
  return { BUILD: JSON.stringify(fingerprint()), DELIVERY: JSON.stringify(delivery), INTEGRITY: JSON.stringify(integrity) }
}

/** What a script imports when it needs it is a file of an earlier pass, or of its own. */
function loadedLater(outputs) {
  return {
    name: 'loaded-later',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return
        const module = relative(root, join(resolveDir, path))
        const output = Object.keys(outputs).find(output => outputs[output].entryPoint === module)
        return output && { path: `./${basename(output)}`, external: true }
      })
    },
  }
}

/** An import of a file is an import of all that it imports, in one round trip. */
function sideBySide(text, outputs) {
  return text.replace(/import\("\.\/([^"]+)"\)/g, (itself, file) => {
    const all = reach(outputs, output => basename(output) === file, ['import-statement'])
    const others = [...all].map(output => basename(output)).filter(other => other !== file)
    return others.length === 0 ? itself : `(${others.map(other => `import("./${other}").catch(()=>{})`)},${itself})`
  })
}

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

/** Templates are written over many lines; within them, where a tag, an attribute or a value begins, a line's end is a space. */
function templateText() {
  return {
    name: 'template-text',
    setup(build) {
      // Its own templates have style elements; ours takes their place, for policies forbid them.
      build.onLoad({ filter: /custom-media-element\.js$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replace(/<style>[^]*?<\/style>\s*/g, '') }))
      build.onLoad({ filter: /src\/.*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (dev || !text.includes('html`')) return
        return { contents: text.replace(/(?<=[>}"`]|<\w+)\n\s+(?=<\/?\w|\$\{|[?.@]?[\w-]+=["$]|>\n|\/>)/g, ' '), loader: 'ts' }
      })
    },
  }
}

/** A locale is shipped as its texts, in the order of the English ones. */
function localeText() {
  return {
    name: 'locale-text',
    async setup(build) {
      const contents = ['ids', 'more-ids'].map(name => `export * from './${name}.ts'\n`).join('')
      const { outputFiles } = await esbuild.build({ stdin: { contents, resolveDir: join(www, 'src/locale'), loader: 'ts' }, bundle: true, format: 'esm', write: false })
      const { bare, moreIds } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
      build.onResolve({ filter: /\.ftl\?more$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path.replace('?more', '')), suffix: '?more' }))
      build.onLoad({ filter: /\.ftl$/ }, ({ path, suffix }) => ({ contents: bare(readFileSync(path, 'utf8'), suffix ? moreIds() : undefined), loader: 'text' }))
    },
  }
}

/**
 * What each script is for, as `[purpose, file]`. A script that several need counts for the first of these:
 * `loader`: what `<script src="sprat.js">` fetches; `engine`: the bindings and the one runtime of the page, and what
 * makes text tracks of its cues, fetched once there are some; `benches`: what makes of bytes what the browser takes,
 * where that is needed; `keys`: what asks for the keys of encrypted streams; `ui`: <sprat-player> and <sprat-video>;
 * `instance`: what asks PeerTube instances; `lives`: what they say of their lives unasked; `popups`: the menus and the
 * panel, fetched when one is opened; `share`: the dialog and the menu by which a video is passed on, and structured data;
 * `settings`: the menu of settings, statistics, the list of keys; `map`: that of the swarm; `session`: the system's media controls, the
 * screen, what is remembered; `remote`: other screens; `extensions`: what attaches plugins; `annotations`: the one
 * that shows notes; `sanitiser`: what makes HTML harmless where the browser has nothing of its own; `end-cards`: the
 * one that shows cards near the end; `wishes`: what few attributes ask for; `marks`: chapters and pictures on the
 * timeline; `words`: what makes a table of a locale, and `locale`: each of them; `playlist`: what <sprat-playlist>
 * adds; `lists`: what only some lists need, long ones and those that are searched, shuffled, linked into, or not an
 * instance's; `search`: <sprat-search>; `feeds`: what reads lists that are not our own JSON; `frame`: <sprat-embed>;
 * `embed`: the iframe pages; `plugins`: what runs those of an instance there; `demo`: ours; `variants`: other builds of
 * the loader.
 */
function purposes(outputs) {
  const purposeOf = new Map()
  const claim = (purpose, source, kinds) => {
    for (const output of reach(outputs, output => outputs[output].entryPoint === source, kinds)) if (!purposeOf.has(output)) purposeOf.set(output, purpose)
  }
  claim('loader', 'www/src/sprat.ts', ['import-statement'])
  claim('engine', 'www/src/glue.ts', ['import-statement'])
  for (const element of ['sprat-player', 'sprat-video']) claim('ui', `www/src/elements/${element}.ts`, ['import-statement'])
  claim('engine', 'www/src/video/text.ts')
  claim('benches', 'www/src/benches.ts')
  claim('keys', 'www/src/video/keys.ts')
  for (const module of INSTANCE.filter(module => module !== 'instance/search')) claim('instance', `www/src/${module}.ts`, ['import-statement'])
  claim('lives', 'www/src/instance/socket.ts')
  // Its words are of the table that menus join theirs to.
  claim('playlist', 'www/src/elements/sprat-playlist.ts', ['import-statement'])
  claim('popups', 'www/src/player/popups.ts', ['import-statement'])
  for (const module of ['share', 'structured']) claim('share', `www/src/player/${module}.ts`, ['import-statement'])
  claim('settings', 'www/src/player/settings.ts', ['import-statement'])
  claim('map', 'www/src/player/swarm-map.ts', ['import-statement'])
  for (const module of ['elements/sprat-search', 'instance/search']) claim('search', `www/src/${module}.ts`, ['import-statement'])
  claim('session', 'www/src/player/session.ts', ['import-statement'])
  claim('remote', 'www/src/player/remote.ts', ['import-statement'])
  claim('wishes', 'www/src/player/wishes.ts', ['import-statement'])
  claim('extensions', 'www/src/plugins/host.ts', ['import-statement'])
  claim('annotations', 'www/src/plugins/annotations/plugin.ts', ['import-statement'])
  claim('sanitiser', 'www/src/plugins/annotations/purify.ts', ['import-statement'])
  claim('end-cards', 'www/src/plugins/end-cards/plugin.ts', ['import-statement'])
  claim('marks', 'www/src/player/marks.ts', ['import-statement'])
  for (const locale of LOCALES) for (const half of ['', '?more']) claim('locale', `www/locales/${locale}${half}`)
  for (const half of ['table', 'more']) claim('words', `www/src/locale/${half}.ts`, ['import-statement'])
  claim('ui', 'www/src/elements/sprat-player.ts')
  claim('feeds', 'www/src/playlist/feeds/read.ts', ['import-statement'])
  claim('lists', 'www/src/elements/sprat-playlist.ts')
  claim('frame', 'www/src/elements/sprat-embed.ts')
  claim('embed', 'www/src/embed.ts')
  claim('embed', 'www/src/playlist-page.ts')
  claim('embed', 'www/src/card.ts')
  claim('embed', 'www/src/embed/control.ts')
  claim('plugins', 'www/src/embed/plugins.ts', ['import-statement'])
  for (const page of ['demo', 'annotate']) claim('demo', `www/src/${page}.ts`)
  return [...[...purposeOf].map(([output, purpose]) => [purpose, relative(site, join(root, output))]), ...VARIANTS.map(variant => ['variants', `sprat-${variant}.js`])]
}

/** The npm packages of which something is in what others are given; other builds of the loader are made of what it is made of. */
function packages(outputs, files) {
  const shipped = files.filter(([purpose]) => purpose !== 'demo' && purpose !== 'variants').map(([, file]) => relative(root, join(site, file)))
  const inputs = shipped.flatMap(output => Object.entries(outputs[output].inputs)).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const names = inputs.map(([path]) => /.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  return [...new Set(names.filter(Boolean))].sort()
}

/** The outputs that one loads through these kinds of import, itself included. */
function reach(outputs, isFirst, kinds = ['import-statement', 'dynamic-import']) {
  const found = new Set()
  const pending = Object.keys(outputs).filter(isFirst)
  for (const output of pending) {
    if (found.has(output)) continue
    found.add(output)
    pending.push(...outputs[output].imports.filter(({ kind, external }) => !external && kinds.includes(kind)).map(({ path }) => path))
  }
  return found
}
