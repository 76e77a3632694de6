// The plugin's pages and files behind PeerTube's routes: headers, what is filled in, what is refused, the off switch; and the
// addresses that are given out by the share dialog and to search engines.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { startHost } from './host.mjs'
import { install } from './packed.mjs'
import { WatchPage } from './watch-page.mjs'

const NAME = 'peertube-plugin-sprat'
const USUAL = { off: false, share: 'yes', p2p: 'instance', 'upload-cap': '', 'consent-text': '' }
const STABLE = '/plugins/sprat/router'

let installed, host, plugins, video, list, versioned
before(async () => {
  installed = install()
  host = await startHost({}, true)
  plugins = host.plugins
  const { version } = await plugins.register(installed.folder)
  versioned = `/plugins/sprat/${version}/router`
  video = host.instance.catalog.videos.get('vod')
  list = host.instance.catalog.playlists.get('recorded')
})
after(async () => {
  await host.close()
  installed.remove()
})
beforeEach(async () => {
  host.instance.limiter.clear()
  plugins.tellsDefaultOfFalse = false
  await plugins.save(NAME, USUAL)
})

const get = (path, headers = {}) => fetch(host.origin + path, { headers, redirect: 'manual' })
const unescaped = text => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
const decided = async path => Object.fromEntries(new URLSearchParams(unescaped(/<meta name="sprat" content="([^"]*)"/.exec(await (await get(path)).text())[1])))

test('its pages may be framed by everybody and run no script but files from here; other answers stay as PeerTube gives them', async () => {
  for (const router of [STABLE, versioned]) {
    for (const path of [`/embed/${video.uuid}`, `/embed/${video.shortUUID}?start=3`, '/embed/7', `/playlist/${list.uuid}`]) {
      const response = await get(router + path)
      const head = name => response.headers.get(name)
      assert.deepEqual([response.status, head('x-frame-options'), head('content-type'), head('cache-control')], [200, null, 'text/html; charset=utf-8', 'no-cache'], path)
      assert.match(head('content-security-policy'), /default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.* frame-ancestors \*$/)
      assert.equal(head('cross-origin-resource-policy'), 'cross-origin')
      const html = await response.text()
      const scripts = [...html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs)]
      assert.deepEqual(scripts.map(([, , text]) => text), ['', ''], 'nothing inline')
      for (const [, address] of html.matchAll(/<(?:script|link rel="stylesheet")[^>]* (?:src|href)="([^"]+)"/g)) {
        assert.ok(address.startsWith(`${versioned}/files/`), address)
        assert.equal((await get(address)).status, 200, address)
      }
      assert.doesNotMatch(html, / style=| on\w+=/)
    }
  }
  const script = await get(`/plugins/sprat/${versioned.split('/')[3]}/static/player/sprat.js`)
  assert.deepEqual([script.status, script.headers.get('x-frame-options'), script.headers.get('access-control-allow-origin')], [200, 'DENY', null], 'static files are PeerTube\'s to serve')
})

test('a page that is asked for again is not sent again until a setting changes', async () => {
  const path = `${STABLE}/embed/${video.uuid}`
  const tag = (await get(path)).headers.get('etag')
  // By hand: `fetch` adds to a condition that no cache is to answer it.
  const again = () => new Promise((resolve, reject) => {
    request(host.origin + path, { headers: { 'if-none-match': tag } }, response => resolve(response.resume().statusCode)).on('error', reject).end()
  })
  assert.equal(await again(), 304)
  await plugins.save(NAME, { ...USUAL, p2p: 'off' })
  assert.equal(await again(), 200)
})

test('a page plays its own video and no other, tells crawlers where it is watched, and takes what its address says of the rest', async () => {
  const path = `${STABLE}/embed/${video.uuid}`
  assert.deepEqual(await decided(`${path}?src=https://evil.example/a.m3u8&peertube=https://evil.example/w/1&start=5`), { src: '', peertube: `/w/${video.uuid}` })
  assert.deepEqual(await decided(`${STABLE}/playlist/${list.shortUUID}`), { src: '', peertube: `/w/p/${list.shortUUID}` })
  const html = await (await get(path)).text()
  const address = `${host.origin}/w/${video.uuid}`
  assert.ok(html.includes(`<link rel="canonical" href="${address}" />`))
  assert.ok(html.includes('<meta name="robots" content="noindex" />'))
  const [, oembed] = /type="application\/json\+oembed" href="([^"]+)"/.exec(html)
  assert.equal((await (await fetch(unescaped(oembed))).json()).type, 'video', 'the instance knows it')

  await plugins.save(NAME, { ...USUAL, p2p: 'on', 'upload-cap': '1000' })
  const shared = async query => {
    const { p2p, maxUpload } = await decided(path + query)
    return [p2p, maxUpload]
  }
  assert.deepEqual(await shared(''), ['on', '1000000'])
  assert.deepEqual(await shared('?p2p=0'), [undefined, '1000000'], 'an embed may say whether')
  assert.deepEqual(await shared('?maxUpload=9000000'), ['on', '1000000'], 'but not have viewers give more')
  assert.deepEqual(await shared('?maxUpload=200000'), ['on', undefined], 'less is as it likes')
  for (const odd of ['?maxUpload=', '?maxUpload=-1', '?maxUpload[]=1&maxUpload[]=2', '?maxUpload=1e3']) assert.equal((await shared(odd))[1], '1000000', odd)
})

test('what cannot be an id has no page, and nothing of it comes back in the answer', async () => {
  for (const id of ['a.b', '..%2f..%2fmain.js', '%3Cscript%3E', 'x'.repeat(65), '%22onload=', 'a%20b']) {
    for (const kind of ['embed', 'playlist']) {
      const response = await get(`${STABLE}/${kind}/${id}`)
      assert.equal(response.status, 404, id)
      assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
      assert.equal(await response.text(), 'No video or playlist has such an id.\n')
    }
  }
  assert.equal((await get(`${STABLE}/embed/`)).status, 404)
  assert.equal((await get(`${STABLE}/elsewhere/1`)).status, 404)
})

test('files are readable in a frame without an origin, compressed where that is wanted, and kept where the version is in the address', async () => {
  const types = { 'sprat.js': 'text/javascript; charset=utf-8', 'styles/embed.css': 'text/css; charset=utf-8', 'sprat_bg.wasm': 'application/wasm', 'sprat_swarm_bg.wasm': 'application/wasm' }
  for (const [name, type] of Object.entries(types)) {
    const plain = await get(`${versioned}/files/${name}`, { 'accept-encoding': 'identity' })
    const fields = ['content-type', 'access-control-allow-origin', 'cross-origin-resource-policy', 'cache-control', 'vary', 'content-encoding'].map(field => plain.headers.get(field))
    assert.deepEqual(fields, [type, '*', 'cross-origin', 'public, max-age=2592000, immutable', 'Accept-Encoding', null], name)
    const bytes = Buffer.from(await plain.arrayBuffer())
    assert.ok(bytes.equals(readFileSync(join(installed.folder, 'static', name))))
    const packed = await get(`${versioned}/files/${name}`, { 'accept-encoding': 'gzip' })
    assert.deepEqual([packed.headers.get('content-encoding'), packed.headers.get('content-type')], ['gzip', type])
    assert.ok(Buffer.from(await packed.arrayBuffer()).equals(bytes), 'and is the same')
    assert.ok(gunzipSync(readFileSync(join(installed.folder, 'static', `${name}.gz`))).equals(bytes))
    assert.ok(Number(packed.headers.get('content-length')) < bytes.length)
    assert.equal((await get(`${STABLE}/files/${name}`)).headers.get('cache-control'), 'no-cache')
  }
  for (const name of ['../main.js', '..%2fmain.js', '%2e%2e/package.json', 'embed.html', 'sprat_bg.wasm.gz', 'styles', 'styles/', 'no.js', '%00.js', '%E0%A4%A.js'])
    assert.ok([400, 404].includes((await get(`${versioned}/files/${name}`)).status), name)
  assert.equal((await get(`${versioned.replace(/\d+\.\d+\.\d+/, '9.9.9')}/files/sprat.js`)).status, 404, 'no other version is there')
})

test('the share dialog gives out our pages with all that was chosen for them, in addresses and in code', async () => {
  const page = await WatchPage.open(host.origin, plugins)
  const { origin } = host
  assert.equal(await page.address('video', `${origin}/videos/embed/${video.uuid}?start=1m&muted=1#t`), `${origin}${STABLE}/embed/${video.uuid}?start=1m&muted=1#t`)
  assert.equal(await page.address('video-playlist', `${origin}/video-playlists/embed/${list.uuid}?playlistPosition=2`), `${origin}${STABLE}/playlist/${list.uuid}?playlistPosition=2`)
  for (const responsive of [false, true]) {
    const code = await page.code('video', `${origin}/videos/embed/${video.uuid}?title=0&amp;p2p=0`, { responsive })
    assert.ok(code.includes(` src="${origin}${STABLE}/embed/${video.uuid}?title=0&amp;p2p=0"`), code)
    assert.equal(code.match(/ allow="/g).length, 1)
    assert.match(code, /<iframe allow="autoplay; fullscreen; [^"]+" title="A &lt;film&gt;" /)
    assert.match(code, / sandbox="allow-same-origin allow-scripts allow-popups allow-forms"><\/iframe>/)
  }
  for (const other of ['https://other.example/videos/embed/1', `${origin}/w/${video.uuid}`, '']) assert.equal(await page.address('video', other), other)
  assert.doesNotMatch(await page.code('video', 'https://other.example/videos/embed/1'), / allow="|\/plugins\//, 'a frame of another instance is its own')
  const answer = await get(new URL(await page.address('video', `${origin}/videos/embed/${video.uuid}`)).pathname)
  assert.equal(answer.status, 200, 'what is given out is there')
})

test('who does not want our addresses given out has PeerTube\'s, in every release\'s way to tell of settings; so has a page that cannot ask', async () => {
  const address = `${host.origin}/videos/embed/${video.uuid}`
  const shared = async () => {
    const page = await WatchPage.open(host.origin, plugins)
    const told = await plugins.filter('filter:html.client.json-ld.result', { '@type': 'VideoObject', embedUrl: address }, { video })
    return [await page.address('video', address) !== address, / allow="/.test(await page.code('video', address)), told.embedUrl !== address]
  }
  for (const tells of [false, true]) {
    plugins.tellsDefaultOfFalse = tells
    for (const [settings, wanted] of [[USUAL, true], [{}, true], [{ ...USUAL, share: 'no' }, false], [{ ...USUAL, off: true }, false]]) {
      await plugins.save(NAME, settings)
      assert.deepEqual(await shared(), [wanted, wanted, wanted], JSON.stringify(settings))
    }
  }
  await plugins.save(NAME, USUAL)
  const page = await WatchPage.open(host.origin, plugins)
  const asked = globalThis.fetch
  globalThis.fetch = async () => new Response('', { status: 500 })
  try {
    assert.equal(await page.address('video', address), address)
  } finally {
    globalThis.fetch = asked
  }
  assert.notEqual(await page.address('video', address), address, 'it is asked again')
})

test('search engines are told of our page, of a video and a list; of what is no embed nothing is changed', async () => {
  const filter = told => plugins.filter('filter:html.client.json-ld.result', told, {})
  const told = { '@context': 'http://schema.org', '@type': 'VideoObject', name: 'Life', embedUrl: `${host.origin}/videos/embed/${video.uuid}` }
  assert.deepEqual(await filter(told), { ...told, embedUrl: `${host.origin}${STABLE}/embed/${video.uuid}` })
  assert.equal((await filter({ '@type': 'ItemList', embedUrl: `${host.origin}/video-playlists/embed/${list.uuid}` })).embedUrl, `${host.origin}${STABLE}/playlist/${list.uuid}`)
  for (const other of [{ '@type': 'ProfilePage' }, { embedUrl: 7 }, { embedUrl: 'https://other.example/videos/embed/1' }, undefined, null]) assert.deepEqual(await filter(other), other)
  assert.deepEqual(plugins.log.filter(line => line.startsWith('error')), [])
})

test('switched off, its pages lead to PeerTube\'s own with all that their address said; switched on again, they are there at once', async () => {
  await plugins.save(NAME, { ...USUAL, off: true })
  for (const [path, own] of [[`/embed/${video.uuid}?start=5&p2p=0&title=a%20b`, `/videos/embed/${video.uuid}?start=5&p2p=0&title=a%20b`], [`/playlist/${list.uuid}`, `/video-playlists/embed/${list.uuid}`]]) {
    for (const router of [STABLE, versioned]) {
      const response = await get(router + path)
      assert.deepEqual([response.status, response.headers.get('location'), response.headers.get('cache-control'), response.headers.get('x-frame-options')], [302, own, 'no-store', null])
      assert.equal((await get(own)).status, 200)
    }
  }
  assert.equal((await get(`${STABLE}/embed/%2F%2Fevil.example`)).status, 404, 'it leads nowhere else')
  await plugins.save(NAME, USUAL)
  assert.equal((await get(`${STABLE}/embed/${video.uuid}`)).status, 200)
})
