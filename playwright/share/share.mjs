// The code of `www/src/share` as Node can run it: bundled once for all tests, none of it needs a browser.
import { join } from 'node:path'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'

const root = join(import.meta.dirname, '../..')
const from = name => `export * from '${name}.ts'\n`
const modules = ['description', 'links', 'markup', 'oembed', 'cards', 'structured', 'given', 'head', 'page', 'describe', 'stream'].map(name => `./${name}`)

const { outputFiles: [bundle] } = await esbuild.build({
  stdin: { contents: [...modules, '../instance/video'].map(from).join(''), resolveDir: join(root, 'www/src/share'), loader: 'ts' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  define: { BUILD: '"tests"' },
  write: false,
})

export const share = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)

/** What tries to leave the place where it was put: quotes, tags, comments, entities, and characters that turn text around. */
export const HOSTILE = '"><script>alert(1)</script><!-- \' onload=\'x \u202egnp.exe\u2066 &quot; \u0000\n </textarea>'

/** The elements of a piece of HTML and their attributes, read by the letter: nothing in quotes opens or closes anything. */
export function elements(html) {
  const found = []
  let rest = html
  for (let tag; (tag = /<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*\/?>/i.exec(rest)); rest = rest.slice(tag.index + tag[0].length)) {
    const attributes = [...tag[2].matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name, value = '']) => [name, unescaped(value)])
    found.push({ name: tag[1], before: rest.slice(0, tag.index), attributes: Object.fromEntries(attributes) })
  }
  return found
}

export function unescaped(text) {
  const names = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => names[name])
}
