// How our scripts are bundled, wherever they go: the settings, and what esbuild has to be told of style sheets, templates and
// locales. What is bundled from where is said by `build.mjs` for the site and by `package.mjs` for the npm package.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import * as esbuild from 'esbuild'

/** What pages load when they need it, by its module: elements, the engine's bindings. */
export const LATER = ['plugins/host', 'define/sprat-video', 'define/sprat-player', 'define/sprat-playlist', 'define/sprat-search', 'define/sprat-embed', 'glue']
/** What the elements load when an address is one of an instance. */
export const INSTANCE = ['instance/element', 'instance/list', 'instance/search']
/** Loaders that fetch the binaries otherwise: `src/delivery.ts`. */
export const VARIANTS = ['gz', 'strict']
export const BINARIES = ['sprat_bg.wasm', 'sprat_swarm_bg.wasm', 'sprat_benches_bg.wasm']

export const www = import.meta.dirname
export const root = join(www, '..')
export const LOCALES = readdirSync(join(www, 'locales'))
export const web = name => join(root, 'target/web', name)
export const source = name => join(www, 'src', `${name}.ts`)

/** Settings of every pass. `version`: two of them on one page share nothing but the engine. `delivery`: how the binaries come. */
export function settings({ outdir, dev = false, version = '', delivery = 'plain' }) {
  return {
    absWorkingDir: root,
    outdir,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: !dev,
    charset: 'utf8',
    sourcemap: dev && 'inline',
    legalComments: 'none',
    define: { BUILD: JSON.stringify(fingerprint(version)), DELIVERY: JSON.stringify(delivery), INTEGRITY: JSON.stringify(delivery === 'strict' ? digests() : {}) },
    loader: { '.svg': 'text' },
    metafile: true,
    logLevel: 'warning',
  }
}

/** Of every pass that reads the elements. */
export function reading(dev = false) {
  return {
    alias: { 'sprat-wasm': web('sprat.js'), 'sprat-benches-wasm': web('sprat_benches.js') },
    plugins: [styleText(dev), localeText(), templateText(dev)],
  }
}

/** Of each binary, as `fetch` takes it. */
function digests() {
  const digest = name => `sha384-${createHash('sha384').update(readFileSync(web(name))).digest('base64')}`
  return Object.fromEntries(BINARIES.map(name => [name, digest(name)]))
}

/** Names the build by all that goes into it. */
function fingerprint(version) {
  const sources = readdirSync(join(www, 'src'), { recursive: true }).filter(name => name.endsWith('.ts')).sort()
  const hash = createHash('sha256').update(version)
  const locales = LOCALES.map(name => join(www, 'locales', name))
  for (const path of [...BINARIES.map(web), ...locales, ...sources.map(name => join(www, 'src', name))]) hash.update(readFileSync(path))
  return hash.digest('hex').slice(0, 8)
}

/** What a script imports when it needs it is a file of an earlier pass, or of its own. */
export function loadedLater(outputs) {
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
export function sideBySide(text, outputs) {
  return text.replace(/import\("\.\/([^"]+)"\)/g, (itself, file) => {
    const all = reach(outputs, output => basename(output) === file, ['import-statement'])
    const others = [...all].map(output => basename(output)).filter(other => other !== file)
    return others.length === 0 ? itself : `(${others.map(other => `import("./${other}").catch(()=>{})`)},${itself})`
  })
}

/** A style sheet that a module imports is text for `CSSStyleSheet.replaceSync`, minified like the rest. */
function styleText(dev) {
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
function templateText(dev) {
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

/** The outputs that one loads through these kinds of import, itself included. */
export function reach(outputs, isFirst, kinds = ['import-statement', 'dynamic-import']) {
  const found = new Set()
  const pending = Object.keys(outputs).filter(isFirst)
  for (const output of pending) {
    if (found.has(output)) continue
    found.add(output)
    pending.push(...outputs[output].imports.filter(({ kind, external }) => !external && kinds.includes(kind)).map(({ path }) => path))
  }
  return found
}
