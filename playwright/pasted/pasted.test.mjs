// What `docs/recipes.md` tells people to paste is what the player understands: each iframe, each parameter, each attribute; the
// script for courses against the player's own side of player.js; and the templates write the frame that the player's dialog does.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'
import { mo, read as translations } from '../../www/gettext.mjs'
import { elements, share } from '../share/share.mjs'

const root = join(import.meta.dirname, '../..')
const read = path => readFileSync(join(root, path), 'utf8')
const page = read('docs/recipes.md')
const snippets = [...page.matchAll(/```html\n([^]*?)```/g)].map(([, html]) => html)
const own = elements(share.iframe({ title: 'Life', embed: 'https://example.org/', width: 560, height: 315 }))[0].attributes

test('iframes of the recipes name parameters that there are, and ask for nothing that the player does not need', () => {
  const table = read('docs/embed-api.md')
  const known = new Set([...table.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  const frames = snippets.flatMap(elements).filter(({ name }) => name === 'iframe')
  for (const { attributes: { src, allow, sandbox } } of frames) {
    const { pathname, searchParams } = new URL(src)
    assert.match(pathname, /^\/sprat\/(embed|playlist)\.html$/)
    for (const name of searchParams.keys()) assert.ok(known.has(name), `docs/embed-api.md has no parameter ${name}`)
    for (const word of allow.split('; ')) assert.ok(own.allow.split('; ').includes(word), word)
    if (sandbox !== undefined) assert.equal(sandbox, own.sandbox)
  }
  assert.ok(frames.length >= 3)
})

test('elements of the recipes have attributes that there are', () => {
  const known = new Set([...read('docs/reference.md').matchAll(/`([\w-]+)`/g)].map(([, name]) => name))
  const named = [...snippets.flatMap(elements), ...elements(page)].filter(({ name }) => name.startsWith('sprat-'))
  for (const { name, attributes } of named) for (const attribute of Object.keys(attributes)) assert.ok(known.has(attribute), `<${name} ${attribute}>`)
  assert.ok(named.length >= 2)
})

test('the templates write the frame that the dialog of the player does', () => {
  for (const path of ['pkg-config/hugo/sprat.html', 'pkg-config/jekyll/sprat.html', 'pkg-config/wordpress/includes/markup.php']) {
    const text = read(path).replaceAll('%%', '%')
    for (const name of ['allow', 'sandbox', 'style', 'loading', 'referrerpolicy']) assert.ok(text.includes(own[name]), `${path}: ${name}="${own[name]}"`)
  }
})

test('the templates name attributes and parameters that there are', () => {
  const attributes = new Set([...read('docs/reference.md').matchAll(/`([\w-]+)`/g)].map(([, name]) => name))
  for (const path of ['pkg-config/hugo/sprat.html', 'pkg-config/jekyll/sprat.html']) {
    const written = [...read(path).matchAll(/ ([\w-]+)="\{\{/g)].map(([, name]) => name)
    for (const name of written) assert.ok(attributes.has(name) || ['title', 'href'].includes(name), `${path}: ${name}`)
    assert.ok(written.length > 8, path)
  }
  for (const [, name] of read('pkg-config/wordpress/includes/markup.php').matchAll(/=> '([\w-]+)',\n/g)) assert.ok(attributes.has(name) || name === 'module', name)
})

test('the script for courses hears the end, from the player’s side of player.js, and from nobody else', async () => {
  const html = snippets.find(text => text.includes('player.js'))
  const [, script] = /<script>([^]*)<\/script>/.exec(html)
  const { speakPlayerJs } = await embed('playerjs')
  const player = Object.assign(new EventTarget(), { duration: 60 })
  let spoken, loaded
  const heard = []
  const frame = { postMessage: (data, target) => { heard.push(target); spoken?.(data) } }
  const seen = { hidden: true }
  const listeners = []
  const ids = { film: { contentWindow: frame }, seen }
  runInContext(script, createContext({ JSON, document: { getElementById: id => ids[id] }, addEventListener: (type, listener) => type === 'message' && listeners.push(listener) }))
  const post = (data, from = {}) => { for (const listener of listeners) listener({ source: frame, origin: 'https://example.org', data, ...from }) }

  globalThis.location = { href: 'https://example.org/sprat/embed.html' }
  speakPlayerJs({ player, isLoaded: false, loaded: new Promise(resolve => (loaded = resolve)) }, { post, hear: listener => (spoken = listener) })
  loaded()
  await new Promise(resolve => setImmediate(resolve))
  assert.ok(heard.length > 0 && heard.every(target => target === 'https://example.org'), 'it speaks with that origin alone')

  const ended = JSON.stringify({ context: 'player.js', event: 'ended' })
  for (const stranger of [{ source: {} }, { origin: 'https://evil.example' }]) post(ended, stranger)
  post({ sprat: 'here' })
  post('{"method":"peertube::__ready"}')
  player.dispatchEvent(new Event('pause'))
  assert.equal(seen.hidden, true)
  player.dispatchEvent(new Event('ended'))
  assert.equal(seen.hidden, false)
})

test('under the long prefix nobody shares, and nothing of another host is shown, whatever a stranger adds', async () => {
  const [, prefix] = /```text\n(https:.*)\n```/.exec(page)
  const { readParameters } = await embed('parameters')
  for (const more of ['&p2p=1', '&p2p=on&trackers=wss://evil.example/', '&src=https://evil.example/a.m3u8', '&peertube=https://evil.example/w/9qbD28tnqKMsgZ5pTkLGvW', '&videoId=1', '#p2p=1&src=https://evil.example/']) {
    const { href, search, hash } = new URL(`${prefix}life.m3u8${more}`)
    const { attributes } = readParameters({ href, search, hash })
    assert.deepEqual(['p2p', 'src', 'peertube'].map(name => attributes.get(name)), ['off', 'https://example.org/life.m3u8', undefined], more)
  }
})

test('the plugin has every word in every language that the player has, with the same places for values', () => {
  const said = wordsOfThePlugin()
  const languages = readdirSync(join(root, 'pkg-config/wordpress/languages'))
  assert.equal(languages.length, readdirSync(join(root, 'www/locales')).length)
  for (const file of languages) {
    const words = translations(read(`pkg-config/wordpress/languages/${file}`))
    assert.deepEqual([...words.keys()].filter(key => key !== '').sort(), said, file)
    for (const [key, text] of words) {
      assert.ok(text.trim() !== '', `${file}: ${key}`)
      for (const place of ['%s', '[sprat]', 'sprat-selfhosted.zip', 'https']) assert.equal(text.includes(place), key.includes(place) || key === '' && text.includes(place), `${file}: ${place} in ${key}`)
    }
  }
})

test('what PHP reads of them is found by its string', () => {
  const words = new Map([['', 'Language: de\n'], ['Title', 'Überschrift'], ['block title\u0004Video', 'Film'], ['A', '']])
  const bytes = mo(words)
  const number = at => bytes.readUInt32LE(at)
  const text = table => at => bytes.subarray(number(table + at * 8 + 4), number(table + at * 8 + 4) + number(table + at * 8)).toString()
  const [key, value] = [text(number(12)), text(number(16))]
  const found = Array.from({ length: number(8) }, (_, at) => [key(at), value(at)])
  assert.deepEqual(found, [['', 'Language: de\n'], ['A', ''], ['Title', 'Überschrift'], ['block title\u0004Video', 'Film']], 'in the order of bytes')
})

/** What is to be translated: of PHP, the block, its script, and the head that WordPress shows. */
function wordsOfThePlugin() {
  const folder = 'pkg-config/wordpress'
  const texts = readdirSync(join(root, folder), { recursive: true }).filter(name => /\.(php|js)$/.test(name)).map(name => read(`${folder}/${name}`))
  const marked = texts.flatMap(text => [...text.matchAll(/\b__\( '([^']*)', 'sprat' \)/g)].map(([, words]) => words))
  const { title, description, keywords } = JSON.parse(read(`${folder}/block/block.json`))
  const names = ['hls', 'peertube']
  const [, head] = /Description: +(.*)/.exec(read(`${folder}/sprat.php`))
  return [...new Set([...marked, head, `block title\u0004${title}`, `block description\u0004${description}`, ...keywords.filter(word => !names.includes(word)).map(word => `block keyword\u0004${word}`)])].sort()
}

/** A module of the iframe pages, as Node can run it. */
async function embed(name) {
  const { outputFiles: [bundle] } = await esbuild.build({ entryPoints: [join(root, `www/src/embed/${name}.ts`)], bundle: true, format: 'esm', target: 'es2022', define: { BUILD: '"tests"' }, write: false })
  return import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)
}
