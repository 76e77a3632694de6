// The example pages of `<sprat-video>` under the controls of others, as a bundler would make them: their scripts with all
// that they import from npm, in `target/hosts`. Our own script stays what a site includes.
//
//   node playwright/hosts/hosts.mjs     serves the pages for a person, until Ctrl-C
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'
import { startServer } from '../server/server.mjs'

export const PAGES = ['media-chrome', 'videojs', 'videojs-live']

const built = join(import.meta.dirname, '../../target/hosts')

/** Where a server has to have them. */
export const MOUNTS = { '/hosts/built/': built, '/hosts/': import.meta.dirname }

export function bundle() {
  return esbuild.build({
    entryPoints: PAGES.map(page => join(import.meta.dirname, `${page}.js`)),
    outdir: built,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    external: ['/sprat.js'],
    logLevel: 'warning',
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle()
  const server = await startServer({ mounts: MOUNTS })
  for (const page of PAGES) console.log(`${server.url}hosts/${page}.html`)
}
