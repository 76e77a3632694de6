// What the plugin writes into its pages is what the page's script reads: from the settings to the attributes of the player, without
// a browser in between.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import express from 'express'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'

const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const { servePages } = require(join(root, 'pkg-config/peertube-plugin/lib/pages.js'))
const { read } = require(join(root, 'pkg-config/peertube-plugin/lib/settings.js'))

const { outputFiles: [bundle] } = await esbuild.build({
  entryPoints: [join(root, 'www/src/embed/parameters.ts')], bundle: true, format: 'esm', target: 'es2022', define: { BUILD: '"test"' }, write: false,
})
const { readParameters } = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)

/** The attributes that a player has on the page of an address. */
async function attributes(path, settings = {}) {
  const router = express.Router()
  const origin = 'https://tube.example'
  servePages(router, { folder: join(root, 'www'), files: '/files/', origin, settings: () => read(settings) })
  const server = express().use('/plugins/sprat/router', router).listen(0, '127.0.0.1')
  try {
    await new Promise(resolve => server.once('listening', resolve))
    const html = await (await fetch(`http://127.0.0.1:${server.address().port}/plugins/sprat/router${path}`)).text()
    const content = /<meta name="sprat" content="([^"]*)"/.exec(html)[1].replaceAll('&#38;', '&')
    const { search, hash, href } = new URL(`${origin}/plugins/sprat/router${path}`)
    const { watch, attributes } = readParameters({ search, hash, href }, content)
    const of = name => attributes.get(name)
    return { watch, peertube: of('peertube'), src: of('src'), p2p: of('p2p'), cap: of('max-upload'), start: of('start') }
  } finally {
    server.close()
  }
}

test('a page plays the video of its own address, whatever else that says, and links to where it is watched', async () => {
  const own = { watch: 'https://tube.example/w/7', peertube: 'https://tube.example/w/7', src: undefined, p2p: undefined, cap: undefined, start: undefined }
  assert.deepEqual(await attributes('/embed/7'), own)
  assert.deepEqual(await attributes('/embed/7?src=https://evil.example/a.m3u8&peertube=https://evil.example/w/1&videoId=8&list=9'), own)
  assert.deepEqual(await attributes('/embed/7?peertubeLink=0&start=1m30s'), { ...own, watch: undefined, start: '1m30s' })
  const list = await attributes('/playlist/4XTCjKuGBQoVYgkVNFn1aN?videoPlaylistId=8')
  assert.deepEqual([list.peertube, list.watch], ['https://tube.example/w/p/4XTCjKuGBQoVYgkVNFn1aN', 'https://tube.example/w/p/4XTCjKuGBQoVYgkVNFn1aN'])
})

test('sharing is as the address says, else as the settings do, else the instance is asked', async () => {
  const p2p = async (path, setting) => (await attributes(path, { p2p: setting })).p2p
  assert.deepEqual([await p2p('/embed/7', 'instance'), await p2p('/embed/7', 'ask'), await p2p('/embed/7', 'on'), await p2p('/embed/7', 'off')], [undefined, 'ask', 'on', 'off'])
  assert.deepEqual([await p2p('/embed/7?p2p=0', 'on'), await p2p('/embed/7?p2p=1', 'off'), await p2p('/embed/7?mode=web-video', 'on')], ['off', 'on', 'off'])
})

test('a cap in kbit/s is one in bit/s for the player, and an embed may only go below it', async () => {
  const cap = async path => (await attributes(path, { 'upload-cap': '700' })).cap
  assert.deepEqual([await cap('/embed/7'), await cap('/embed/7?maxUpload=5000000'), await cap('/embed/7?maxUpload=1000'), await cap('/embed/7?maxUpload=-1')], ['700000', '700000', '1000', '700000'])
  assert.equal((await attributes('/embed/7?maxUpload=5000000')).cap, '5000000', 'where there is none, it is the embed\'s')
})
