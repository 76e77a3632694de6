// Makes the npm package of what is here, from the template in `pkg-config/npm/`.
//
// Two passes as for the site (`build.mjs`), save that what a package exports is split together with what comes late, so that a
// bundler meets every module once. Then the loader in one file of its own for pages without a bundler, and `inline`, which
// has everything in it. Names do not change from version to version: an address of a package has its version in front.
//
// In the reach of every entry stands one literal `new URL("….wasm", import.meta.url)` per binary, and in that of `inline` none.
//
// usage: node package.mjs VERSION FOLDER
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import * as esbuild from 'esbuild'
import { BINARIES, INSTANCE, LATER, LOCALES, VARIANTS, loadedLater, reading, root, settings, sideBySide, source, web } from './bundling.mjs'
import { declarations } from './declarations.mjs'
import { manifest as described, react } from './elements.mjs'
import { noticesText, shipped } from './licences.mjs'

const [version, into] = process.argv.slice(2)
if (!version || !into) throw new Error('usage: node package.mjs VERSION FOLDER')

/** `src/package/<name>.ts` is what `exports` calls `./<name>`; `index` is the package itself. */
const ENTRIES = ['index', 'define', 'player', 'playlist', 'core']
const TEMPLATE = join(root, 'pkg-config/npm')
const folder = resolve(into)
const dist = join(folder, 'dist')

const common = settings({ outdir: dist, version })
const { alias, plugins } = reading()
const split = { ...common, alias, entryNames: '[dir]/[name]', chunkNames: '[name]-[hash]', splitting: true }

rmSync(folder, { recursive: true, force: true })
const instance = await esbuild.build({ ...split, entryPoints: INSTANCE.map(name => ({ in: source(name), out: name.replace('/', '-') })) })
const entries = await esbuild.build({
  ...split,
  entryPoints: [
    ...ENTRIES.map(name => ({ in: source(`package/${name}`), out: name })),
    ...LATER.map(name => ({ in: source(name), out: name.replace('/', '-') })),
    ...LOCALES.flatMap(name => ['', '?more'].map(half => ({ in: `www/locales/${name}${half}`, out: `locales/${name.replace('.ftl', half.replace('?', '-'))}` }))),
  ],
  plugins: [...plugins, litAnywhere(), classesAlone(), knownAddresses(), loadedLater(instance.metafile.outputs)],
})
const built = { ...instance.metafile.outputs, ...entries.metafile.outputs }
const loader = await esbuild.build({ ...common, entryPoints: [source('sprat')], plugins: [loadedLater(built)], write: false })
const variants = await Promise.all(VARIANTS.map(delivery => esbuild.build({
  ...settings({ outdir: dist, version, delivery }),
  entryPoints: [{ in: source('sprat'), out: `sprat-${delivery}` }],
  plugins: [loadedLater(built)],
  write: false,
})))
for (const { path, text } of [loader, ...variants].flatMap(({ outputFiles }) => outputFiles)) writeFileSync(path, sideBySide(text, built))
await esbuild.build({
  ...common,
  entryPoints: [source('package/inline')],
  alias: { ...alias, ...Object.fromEntries(BINARIES.map(name => [name, web(name)])) },
  plugins: [...plugins, litAnywhere()],
  loader: { ...common.loader, '.wasm': 'base64' },
})
for (const binary of BINARIES) cpSync(web(binary), join(dist, binary))

const named = declarations(join(folder, 'types'))
writeFileSync(join(folder, 'types/react.d.ts'), await react(dist))
writeFileSync(join(folder, 'custom-elements.json'), JSON.stringify(await described(dist), null, 2) + '\n')
writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(), null, 2) + '\n')
cpSync(join(TEMPLATE, 'README.md'), join(folder, 'README.md'))
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(join(root, licence), join(folder, licence))
writeFileSync(join(folder, 'THIRD-PARTY.txt'), noticesText(shipped()))
// Where the package's scripts lie for everyone, at exactly this version.
execFileSync(process.execPath, [join(root, 'www/integrity.mjs'), dist, `https://cdn.jsdelivr.net/npm/${manifest().name}@${version}/dist/`], { stdio: 'inherit' })

/** The template, its version, and of our dependencies those that the declarations name: all others are in the scripts. */
function manifest() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'www/package.json'), 'utf8'))
  const needed = Object.entries(dependencies).filter(([name]) => named.has(name))
  return { ...JSON.parse(readFileSync(join(TEMPLATE, 'package.json'), 'utf8')), version, sideEffects: effects(), dependencies: Object.fromEntries(needed) }
}

/** Scripts that do something by being imported: they register elements, or say where the binaries lie. A bundler may leave out all others. */
function effects() {
  const does = ({ inputs }) => Object.keys(inputs).some(input => /^www\/src\/(define\/|overrides)/.test(input))
  const names = Object.keys(built).filter(output => does(built[output])).map(output => relative(folder, join(root, output)).replaceAll('\\', '/'))
  return [...new Set([...names, ...['define', 'player', 'playlist', 'inline', 'sprat', ...VARIANTS.map(name => `sprat-${name}`)].map(name => `dist/${name}.js`)])].sort().map(name => `./${name}`)
}

/** lit-html as it is for servers is the same as for browsers, but for what it does without a document. */
function litAnywhere() {
  return {
    name: 'lit-anywhere',
    setup(build) {
      const folder = join(root, 'www/node_modules/lit-html/node')
      build.onResolve({ filter: /^lit-html(\/|$)/ }, ({ path }) => ({ path: join(folder, path.replace(/^lit-html\/?/, '') || 'lit-html.js') }))
    },
  }
}

/** What comes late names the element that it belongs to, to share its chunk; who imported the class alone is not to have it registered. */
function classesAlone() {
  return {
    name: 'classes-alone',
    setup(build) {
      build.onResolve({ filter: /\.\.\/define\/sprat-/ }, ({ path, importer, resolveDir }) => {
        if (/src\/(package|define)\//.test(importer.replaceAll('\\', '/'))) return
        return { path: join(resolveDir, path.replace('define/', 'elements/')) }
      })
    },
  }
}

/** Here no loader says where the binaries lie, so whoever asks brings the addresses along. */
function knownAddresses() {
  const shared = source('shared')
  return {
    name: 'known-addresses',
    setup(build) {
      build.onResolve({ filter: /\/shared\.ts$/ }, ({ path, importer, resolveDir }) => {
        if (/src.overrides\.ts$/.test(importer) || join(resolveDir, path) !== shared) return
        return { path: shared, namespace: 'known-addresses' }
      })
      build.onLoad({ filter: /./, namespace: 'known-addresses' }, () => ({
        contents: "import './overrides.ts'; export { shared } from './shared-itself.ts'",
        resolveDir: join(root, 'www/src'),
      }))
      build.onResolve({ filter: /^\.\/shared-itself\.ts$/ }, () => ({ path: shared }))
    },
  }
}
