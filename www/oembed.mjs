// What other sites and search engines find of videos, written once for sites without a server: of each description in a file
// an oEmbed answer, and the lines for the head of its page. The texts are made by `src/share/`, as in the player.
//
// usage: node oembed.mjs FILE.json DIR     what FILE holds: docs/share.md
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as esbuild from 'esbuild'

const [file, folder] = process.argv.slice(2)
try {
  const { readGiven, oembed, discovery, cards, structured, scriptElement } = await modules('given', 'oembed', 'cards', 'structured')
  const given = readGiven(JSON.parse(readFileSync(file, 'utf8')))
  mkdirSync(folder, { recursive: true })
  for (const { name, address, description } of given) {
    const head = [discovery(description, address), cards(description), scriptElement(structured(description))].join('\n')
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(oembed(description), undefined, 2)}\n`)
    writeFileSync(join(folder, `${name}.html`), `${head}\n`)
    console.log(`${join(folder, name)}.json, .html   ${description.title}`)
  }
} catch (error) {
  console.error(`${file}: ${error.message}`)
  process.exitCode = 1
}

/** Modules of `src/share/` as Node can run them. */
async function modules(...names) {
  const { outputFiles: [bundle] } = await esbuild.build({
    stdin: { contents: names.map(name => `export * from './${name}.ts'\n`).join(''), resolveDir: join(import.meta.dirname, 'src/share'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)
}
