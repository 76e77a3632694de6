// What other sites and search engines find of videos, written for sites without a server. Of each description in a file: an
// oEmbed answer, and the lines for the head of its page. Of what lies at an address: that answer, and a page. The texts are
// made by `src/share/`, as in the player. See docs/share.md.
//
// usage: node share.mjs oembed FILE.json DIR
//        node share.mjs card ADDRESS DIR [--site FOLDER] [--title TEXT] [--poster ADDRESS] [--lang TAG]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as esbuild from 'esbuild'

/** An address that has said nothing by then says nothing. */
const PATIENCE_MS = 60_000
/** The size of a picture stands near its beginning, but after what a camera has to say. */
const MOST_PICTURE_BYTES = 2_000_000

const { positionals: [command, given, folder], values } = parseArgs({
  allowPositionals: true,
  options: { site: { type: 'string' }, title: { type: 'string' }, poster: { type: 'string' }, lang: { type: 'string' } },
})
const share = await modules('given', 'oembed', 'head', 'describe', 'page')
try {
  mkdirSync(folder, { recursive: true })
  await (command === 'card' ? card(given, values) : described(given))
} catch (error) {
  // Whose fault it is, and what has been tried, is in it.
  console.error(`${given}: ${error.message}${error.fault?.tried ? ` ${error.fault.tried}` : ''}`)
  process.exitCode = 1
}
// What waits for answers that have come would wait to its end.
process.exit()

function described(file) {
  for (const { name, address, description } of share.readGiven(JSON.parse(readFileSync(file, 'utf8')))) {
    write(name, { html: `${share.head(description, address)}\n`, json: `${JSON.stringify(share.oembed(description), undefined, 2)}\n` }, description)
  }
}

async function card(address, { site, title, poster, lang: language }) {
  const base = site === undefined ? undefined : web('site', site.endsWith('/') ? site : `${site}/`)
  const picture = poster === undefined ? undefined : web('poster', poster)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const found = await share.describe(address, { title, poster: picture, language }, { fetch, signal })
  const sized = found.poster ? { ...found, poster: await measured(found.poster, signal) } : found
  const name = share.fileName(address)
  const { description, ...files } = share.page(sized, name, base)
  write(name, files, description)
  for (const line of lacking(description, base)) console.log(`  · ${line}`)
}

/** What somebody who reads the page would miss. */
function lacking({ title, embed, poster, published, unlisted, attributes, kind, language }, base) {
  const secure = [embed, attributes.src, attributes.peertube].every(address => address === undefined || address.startsWith('https:'))
  return [
    base === undefined && 'Without --site the page names no address of its own, no oEmbed file and none of your iframe pages.',
    embed === undefined && base !== undefined && 'Its owner does not let other sites embed it: the card does not play.',
    embed !== undefined && !secure && 'Networks load a player over https only, with all that it plays: the card does not play.',
    ['Video', 'Playlist'].includes(title) && 'It says no title: --title.',
    !language && 'It says no language, which whoever is read the page needs: --lang.',
    !poster && 'There is no picture, which every card needs: --poster.',
    poster && !poster.url.startsWith('https:') && 'Networks load a picture over https only.',
    poster && !poster.width && 'The size of the picture could not be read: oEmbed may not name it.',
    unlisted && 'It is not listed where it comes from: search engines are asked to pass over the page.',
    kind === 'video' && !unlisted && !published && 'Search engines want the day of publication, which only a file for `cargo xtask oembed` can tell.',
  ].filter(Boolean)
}

function write(name, { html, json }, { title }) {
  writeFileSync(join(folder, `${name}.html`), html)
  if (json) writeFileSync(join(folder, `${name}.json`), json)
  console.log(`${join(folder, name)}.html${json ? ', .json' : ''}   ${title}`)
}

function web(option, address) {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) throw new Error(`--${option} has to be an address with http or https.`)
  return new URL(address).href
}

/** Networks want its size, and oEmbed names none without. */
async function measured(picture, signal) {
  try {
    const { imageSize } = await import('image-size')
    const { width, height } = imageSize(await beginning(picture.url, signal))
    return width > 0 && height > 0 ? { ...picture, width, height } : picture
  } catch {
    return picture
  }
}

async function beginning(url, signal) {
  const chunks = []
  let bytes = 0
  for await (const chunk of (await fetch(url, { signal })).body) {
    chunks.push(chunk)
    if ((bytes += chunk.length) >= MOST_PICTURE_BYTES) break
  }
  return Buffer.concat(chunks)
}

/** Modules of `src/share/` as Node can run them. */
async function modules(...names) {
  const { outputFiles: [bundle] } = await esbuild.build({
    stdin: { contents: names.map(name => `export * from './${name}.ts'\n`).join(''), resolveDir: join(import.meta.dirname, 'src/share'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    define: { BUILD: '"share"' },
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)
}
