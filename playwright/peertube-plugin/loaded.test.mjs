// The package: what PeerTube asks of it, what it says in which language, what becomes of settings that make no sense, and that
// nothing is left once it is taken off.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { startHost } from './host.mjs'
import { wrongFields } from './package-json.mjs'
import { install } from './packed.mjs'
import { WatchPage } from './watch-page.mjs'

const NAME = 'peertube-plugin-sprat'
const root = join(import.meta.dirname, '../..')

let installed, host, plugins, video, list
before(async () => {
  installed = install()
  host = await startHost()
  plugins = host.plugins
  video = host.instance.catalog.videos.get('vod').uuid
  list = host.instance.catalog.playlists.get('recorded').uuid
})
after(async () => {
  await host.close()
  installed.remove()
})
beforeEach(async () => {
  if (plugins.registered.has(NAME)) await plugins.unregister(NAME)
  plugins.saved.clear()
  plugins.log.length = 0
})

const manifest = () => JSON.parse(readFileSync(join(installed.folder, 'package.json'), 'utf8'))
const english = () => plugins.settingsPage(NAME, 'en').flatMap(({ label, descriptionHTML, options = [] }) => [label, descriptionHTML, ...options.map(option => option.label)])
const page = async () => (await fetch(`${host.origin}/plugins/sprat/router/embed/${video}`)).text()
const decided = html => new URLSearchParams(/<meta name="sprat" content="([^"]*)"/.exec(html)[1].replaceAll('&#38;', '&'))
const consent = html => / data-consent="([^"]*)"/.exec(html)?.[1]

test('the package is one that PeerTube takes, of the version of everything else, and all that it names is in it', () => {
  const { version, staticDirs, clientScripts, translations, library } = manifest()
  assert.deepEqual(wrongFields(manifest()), [])
  assert.equal(version, /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1])
  for (const path of [library, 'client.js', ...clientScripts.map(({ script }) => script), ...Object.values(translations), 'LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY.txt', 'README.md']) {
    assert.ok(readFileSync(join(installed.folder, path)).length > 0, path)
  }
  const files = readdirSync(join(installed.folder, staticDirs.player))
  for (const name of ['sprat.js', 'embed.js', 'playlist-page.js', 'sprat_bg.wasm', 'sprat_bg.wasm.gz', 'sprat_swarm_bg.wasm']) assert.ok(files.includes(name), name)
  assert.deepEqual(files.filter(name => /html|conf|Caddyfile|^\./.test(name)), [], 'what only a web server of one\'s own needs')
})

test('the judge of packages refuses what PeerTube refuses', () => {
  const wrong = change => wrongFields({ ...manifest(), ...change })
  assert.deepEqual(wrong({ name: 'sprat' }), ['name'])
  assert.deepEqual(wrong({ version: '0.0.0-set-by-xtask' }), ['version'])
  assert.deepEqual(wrong({ engine: {}, homepage: 'sprat', library: '../main.js', staticDirs: { a: '../..' }, clientScripts: [{ script: 'a.js' }] }), ['engine', 'homepage', 'library', 'staticDirs', 'clientScripts'])
})

test('what is loaded needs no package of anybody, under whichever licence', () => {
  assert.equal(manifest().dependencies, undefined)
  for (const name of ['main.js', 'client.js', ...readdirSync(join(installed.folder, 'lib')).map(name => `lib/${name}`)]) {
    const text = readFileSync(join(installed.folder, name), 'utf8')
    const needed = [...text.matchAll(/require\('([^']+)'\)|\bimport\b[^\n]*?'([^']+)'/g)].map(([, required, imported]) => required ?? imported)
    for (const one of needed) assert.match(one, /^(fs|path|\.\/[\w./-]+)$/, `${name} needs ${one}`)
    assert.ok(text.split('\n').length < 300, name)
  }
})

test('the settings page speaks sixteen languages: each says all of it, and in words of its own', async () => {
  await plugins.register(installed.folder)
  const words = new Set(english())
  assert.equal(words.size, 16)
  const { translations } = manifest()
  assert.equal(Object.keys(translations).length, 15)
  const locales = readdirSync(join(root, 'www/locales')).map(name => name.replace(/\.ftl$/, ''))
  assert.deepEqual(Object.values(translations).map(path => path.replace(/^.*\/|\.json$/g, '')).sort(), locales.sort(), 'those of the player')
  for (const [locale, path] of Object.entries(translations)) {
    const table = JSON.parse(readFileSync(join(installed.folder, path), 'utf8'))
    assert.deepEqual(new Set(Object.keys(table)), words, locale)
    for (const [said, translated] of Object.entries(table)) {
      assert.ok(translated.trim() && translated !== said, `${locale}: ${said}`)
      for (const kept of ['Sprat', 'PeerTube', 'p2p=…', '5000', '300', 'kbit/s']) {
        const other = { ar: 'بالكيلوبت', fa: 'کیلوبیت', he: 'קילו', ru: 'кбит/с', uk: 'кбіт/с' }[path.replace(/^.*\/|\.json$/g, '')]
        if (said.includes(kept)) assert.ok(translated.includes(kept) || kept === 'kbit/s' && translated.includes(other), `${locale}: ${kept} in “${translated}”`)
      }
    }
    assert.equal(plugins.settingsPage(NAME, locale).length, 5)
  }
  assert.equal(plugins.settingsPage(NAME, 'de-DE')[0].label, 'Sprat ausschalten')
  const answer = await fetch(`${host.origin}/plugins/translations/ja-JP.json`)
  assert.equal((await answer.json())[NAME]['Yes'], 'はい')
})

test('settings as they are saved are on the page with the next request, and come back with the plugin', async () => {
  await plugins.register(installed.folder)
  assert.deepEqual([...decided(await page())], [['src', ''], ['peertube', `/w/${video}`]], 'nothing is said where nothing is set')
  const settings = { off: false, share: 'yes', p2p: 'on', 'upload-cap': ' 750 ', 'consent-text': 'We keep no log.\n  Ask us: "why" & how' }
  await plugins.save(NAME, settings)
  const check = async () => {
    const html = await page()
    assert.deepEqual(Object.fromEntries(decided(html)), { src: '', peertube: `/w/${video}`, p2p: 'on', maxUpload: '750000' })
    assert.equal(consent(html), 'We keep no log. Ask us: &#34;why&#34; &#38; how')
  }
  await check()
  await plugins.unregister(NAME)
  await plugins.register(installed.folder)
  await check()
  assert.deepEqual(plugins.log, [])
})

test('a setting that makes no sense is named in the log and not used; the others hold, and the page is there', async () => {
  await plugins.register(installed.folder)
  const good = { off: false, share: 'no', p2p: 'ask', 'upload-cap': '1000', 'consent-text': 'Hello' }
  const cases = [
    ['upload-cap', 'as much as they like', /upload-cap is not used: it has to be a whole number from 0 to 1000000/],
    ['upload-cap', '-5', /upload-cap/],
    ['upload-cap', '1e6', /upload-cap/],
    ['upload-cap', '9999999', /upload-cap/],
    ['consent-text', 'x'.repeat(301), /consent-text is not used: it has 301 characters, and 300/],
    ['consent-text', 'Read <a href="https://example.org">this</a>', /consent-text is not used: it has HTML/],
    ['consent-text', '"><script>alert(1)</script>', /HTML/],
    ['p2p', 'always', /p2p is not used: it is none of instance, ask, on, off/],
    ['share', 'perhaps', /share is not used: it is none of yes, no/],
  ]
  for (const [name, value, complaint] of cases) {
    plugins.log.length = 0
    await plugins.save(NAME, { ...good, [name]: value })
    assert.equal(plugins.log.length, 1, `${name}: ${value}`)
    assert.match(plugins.log[0], /^warn: /)
    assert.match(plugins.log[0], complaint)
    const html = await page()
    const rest = { src: '', peertube: `/w/${video}`, p2p: 'ask', maxUpload: '1000000' }
    delete rest[{ p2p: 'p2p', 'upload-cap': 'maxUpload' }[name]]
    assert.deepEqual(Object.fromEntries(decided(html)), rest, name)
    assert.equal(consent(html), name === 'consent-text' ? undefined : 'Hello')
    assert.doesNotMatch(html, /<script>/)
  }
  plugins.log.length = 0
  for (const odd of [null, undefined, {}, { off: null, p2p: 7, 'upload-cap': true, 'consent-text': ['a'] }]) await plugins.save(NAME, odd)
  assert.deepEqual(plugins.log, [], 'what is not text is as good as nothing')
  assert.deepEqual([...decided(await page())].length, 2)
})

test('a rollback: once it is taken off, everything is and answers as it did before', async () => {
  const addresses = [`/plugins/sprat/router/embed/${video}`, `/plugins/sprat/router/playlist/${list}`, `/plugins/sprat/${manifest().version}/router/files/sprat.js`, `/plugins/sprat/${manifest().version}/static/player/sprat.js`, `/plugins/sprat/${manifest().version}/client-scripts/client.js`, `/plugins/translations/de-DE.json`, `/api/v1/plugins/${NAME}/public-settings`, `/videos/embed/${video}`, `/w/${video}`, `/api/v1/videos/${video}`]
  const state = async () => {
    const watch = await WatchPage.open(host.origin, plugins)
    host.instance.limiter.clear()
    const answers = await Promise.all(addresses.map(async path => {
      const response = await fetch(host.origin + path, { redirect: 'manual' })
      const fields = [...response.headers].filter(([name]) => !/^(date|x-ratelimit.*|keep-alive)$/.test(name))
      return { path, status: response.status, fields, text: await response.text() }
    }))
    return {
      answers,
      hooks: [...plugins.hooks],
      translations: [...plugins.translations],
      told: await plugins.filter('filter:html.client.json-ld.result', { embedUrl: `${host.origin}/videos/embed/${video}` }, {}),
      shared: await watch.address('video', `${host.origin}/videos/embed/${video}?start=5`),
      code: await watch.code('video-playlist', `${host.origin}/video-playlists/embed/${list}`),
    }
  }
  const before = await state()
  for (let round = 0; round < 2; round++) {
    await plugins.register(installed.folder)
    await plugins.save(NAME, { off: false, share: 'yes', p2p: 'on', 'upload-cap': '100', 'consent-text': 'x' })
    const during = await state()
    for (const part of Object.keys(before)) assert.notDeepEqual(during[part], before[part], `it changes ${part}`)
    assert.deepEqual(during.answers.slice(-3), before.answers.slice(-3), 'and nothing of PeerTube\'s own pages')
    await plugins.unregister(NAME)
    assert.deepEqual(await state(), before)
  }
})
