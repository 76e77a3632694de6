// The declarations of the npm package: what TypeScript makes of our sources, as a package needs it. Its modules are called `.js`
// there, and what we declared by hand, which the compiler leaves out, is referred to by whoever imports it.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root, www } from './bundling.mjs'

/** Of files that have a name only in our bundles. */
const AMBIENT = 'ambient.d.ts'

/** Writes them into `folder`; returns the packages that they name. */
export function declarations(folder) {
  const tsc = join(www, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '--project', join(root, 'pkg-config/npm/tsconfig.json'), '--outDir', folder], { stdio: 'inherit' })
  const byHand = readdirSync(join(www, 'src')).filter(name => name.endsWith('.d.ts') && name !== AMBIENT)
  const named = new Set()
  for (const file of readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.d.ts'))) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8').replace(/((?:from|import)\s*\(?\s*['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js')
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*['"]((?:@[\w-]+\/)?[a-z][\w-]*)/g)) named.add(name)
    const wanted = byHand.filter(name => text.includes(`'${name.replace('.d.ts', '')}'`) || text.includes(`"${name.replace('.d.ts', '')}"`))
    const references = wanted.map(name => `/// <reference path="${relative(join(path, '..'), join(folder, name)).replaceAll('\\', '/').replace(/^(?!\.)/, './')}" />\n`)
    writeFileSync(path, references.join('') + text)
  }
  for (const name of byHand) {
    const text = readFileSync(join(www, 'src', name), 'utf8').replace(/(import\(['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js')
    writeFileSync(join(folder, name), text)
  }
  return named
}
