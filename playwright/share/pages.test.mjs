// A page that is written for an address: what the published rules of X, OpenGraph, oEmbed and search engines ask of it, with
// titles that try to leave it, of streams, lists, and a local instance that says it is elsewhere, over https.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { promisify } from 'node:util'
import { startServer } from '../server/server.mjs'
import { HOSTILE, elements, share, unescaped } from './share.mjs'

const TUBE = 'https://tube.example'
const FILMS = 'https://films.example'
const SITE = 'https://example.org/sprat/'
const root = join(import.meta.dirname, '../..')

let server, instance
before(async () => {
  server = await startServer({ instance: true })
  instance = server.instance
  instance.open(TUBE)
})
after(() => server.close())
beforeEach(() => {
  instance.limiter.clear()
  Object.assign(instance.switches, { lies: 'none' })
})

/** Both hosts are the local one; `texts` by path are what somebody else has put there. */
function world(texts = {}, alter = json => json) {
  return {
    signal: AbortSignal.timeout(20_000),
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url)
      assert.ok([TUBE, FILMS].includes(new URL(url).origin), `nothing else is asked: ${url}`)
      if (pathname in texts) return new Response(texts[pathname])
      const response = await fetch(new URL(pathname + search, server.url), init)
      const text = await response.text()
      const isVideo = /^\/api\/v1\/videos\/[^/]+$/.test(pathname) && response.ok
      return new Response(isVideo ? JSON.stringify(alter(JSON.parse(text))) : text, { status: response.status, headers: response.headers })
    },
  }
}

async function written(address, said = {}, where = world(), site = SITE) {
  const found = await share.describe(address, said, where)
  return share.page(found.poster ? { ...found, poster: { ...found.poster, width: 640, height: 360 } } : found, share.fileName(address), site)
}

/** What a crawler has of a page. */
function crawled(html) {
  const found = elements(html)
  const metas = found.filter(({ name, attributes }) => name === 'meta' && attributes.content !== undefined)
  const of = key => Object.fromEntries(metas.filter(({ attributes }) => key in attributes).map(({ attributes }) => [attributes[key], attributes.content]))
  const link = rel => found.find(({ name, attributes }) => name === 'link' && attributes.rel === rel)?.attributes
  const data = /<script type="application\/ld\+json">(.*)<\/script>/.exec(html)?.[1]
  return { found, order: metas.map(({ attributes }) => attributes.property ?? attributes.name), graph: of('property'), named: of('name'), equiv: of('http-equiv'), link, data: data && JSON.parse(data), title: unescaped(/<title>(.*)<\/title>/.exec(html)[1]) }
}

/** The published rules, of a card that is to play. */
function ruled({ html, json }) {
  const { graph, named, order, link } = crawled(html)
  const https = address => assert.match(address ?? 'missing', /^https:\/\/[^\s"'<>]+$/)
  // X: "Player card" and "Cards markup".
  assert.equal(named['twitter:card'], 'player')
  for (const name of ['twitter:player', 'twitter:image']) https(named[name])
  assert.ok(named['twitter:title'].length > 0 && named['twitter:title'].length <= 70 && (named['twitter:description'] ?? '').length <= 200)
  assert.ok(named['twitter:image:alt'].length <= 420)
  for (const side of ['width', 'height']) assert.match(named[`twitter:player:${side}`], /^[1-9]\d*$/)
  // OpenGraph: four properties that every object has; those of a picture or a video follow it at once.
  for (const name of ['og:title', 'og:type', 'og:image', 'og:url']) assert.ok(graph[name], name)
  for (const name of ['og:image', 'og:url', 'og:video', 'og:video:secure_url']) https(graph[name])
  assert.deepEqual([graph['og:video:type'], graph['og:video']], ['text/html', named['twitter:player']])
  for (const name of ['og:image', 'og:video']) {
    const first = order.indexOf(name)
    const parts = order.filter(one => one?.startsWith(`${name}:`))
    assert.deepEqual(order.slice(first + 1, first + 1 + parts.length), parts, `what is said of ${name}`)
  }
  // oEmbed 1.0, §2.3.4.2 and §4.
  const { type, href } = link('alternate')
  assert.equal(type, 'application/json+oembed')
  https(href)
  assert.equal(href.replace(/json$/, 'html'), graph['og:url'], 'they lie side by side')
  const answer = JSON.parse(json)
  assert.deepEqual([answer.version, answer.type], ['1.0', 'video'])
  assert.ok(Number.isInteger(answer.width) && Number.isInteger(answer.height))
  assert.equal(elements(answer.html)[0].attributes.src, graph['og:video'])
  assert.equal(new Set(['thumbnail_url', 'thumbnail_width', 'thumbnail_height'].map(name => name in answer)).size, 1, 'all of them or none')
  // The page is that of its own card.
  assert.equal(link('canonical').href, graph['og:url'])
}

test('a video of an instance: all that search engines and networks ask for, in our own iframe page', async () => {
  const card = await written(instance.watch('vod'))
  ruled(card)
  const { graph, named, data, found, title } = crawled(card.html)
  const { uuid, shortUUID } = instance.catalog.videos.get('vod')
  assert.equal(title, 'Muxed 60 s (720p + 360p)')
  assert.equal(graph['og:url'], `${SITE}tube.example-w-${shortUUID}.html`)
  assert.equal(named['twitter:player'], `${SITE}embed.html?peertube=${encodeURIComponent(`${TUBE}/w/${uuid}`)}`)
  assert.equal(graph['og:description'], 'Synthetic test pattern made by ffmpeg.', 'without the signs of Markdown')
  assert.deepEqual([graph['video:duration'], graph['og:site_name']], ['60', 'tube.example'])
  assert.match(graph['og:image'], /^https:\/\/tube\.example\/lazy-static\//)
  assert.deepEqual([data['@type'], data.name, data.uploadDate, data.duration, data.thumbnailUrl, data.embedUrl, data.hasPart.length],
    ['VideoObject', title, '2026-11-23T00:34:41.346Z', 'PT1M', [graph['og:image']], named['twitter:player'], 3])
  const player = found.find(({ name }) => name === 'sprat-player').attributes
  assert.deepEqual(player, { peertube: `${TUBE}/w/${uuid}`, 'embed-url': named['twitter:player'], lang: '' })
  assert.equal(found.filter(({ name, attributes }) => name === 'a' && attributes.href === `${TUBE}/w/${uuid}`).length, 2, 'with and without scripts')
})

test('a playlist of an instance, and one of ours: each an ItemList, in the iframe page of lists', async () => {
  const ofInstance = await written(instance.watch('recorded'))
  ruled(ofInstance)
  const one = crawled(ofInstance.html)
  assert.match(one.named['twitter:player'], /\/sprat\/playlist\.html\?peertube=https%3A%2F%2Ftube\.example%2Fw%2Fp%2F/)
  assert.deepEqual([one.data['@type'], one.data.name, one.data.numberOfItems], ['ItemList', 'Loopback playlist', 4])
  assert.equal(one.found.filter(({ name }) => name === 'li').length, 3, 'what was deleted has no link')
  const list = { title: 'Three', items: [{ title: 'A', src: 'a.m3u8', poster: 'a.jpg', duration: '1:00' }, { title: 'B', src: 'javascript:alert(1)' }, { title: 'C', peertube: `${TUBE}/w/1` }] }
  const ours = await written(`${FILMS}/lists/three.json`, {}, world({ '/lists/three.json': JSON.stringify(list) }))
  ruled(ours)
  const other = crawled(ours.html)
  assert.equal(other.named['twitter:player'], `${SITE}playlist.html?src=${encodeURIComponent(`${FILMS}/lists/three.json`)}`)
  assert.deepEqual(other.data.itemListElement.map(({ item }) => item.contentUrl ?? item.url), [`${FILMS}/lists/a.m3u8`, undefined, `${TUBE}/w/1`])
  assert.equal(other.graph['og:image'], `${FILMS}/lists/a.jpg`, 'that of its first')
  const huge = { items: Array.from({ length: 6000 }, (_, i) => ({ title: `${HOSTILE} ${i}`, src: `${i}.m3u8` })) }
  const bounded = await written(`${FILMS}/huge.json`, {}, world({ '/huge.json': JSON.stringify(huge) }))
  assert.ok(bounded.html.length < 120_000, `${bounded.html.length}`)
})

test('a stream: how long it is and of which shape, as its playlists say; a title and a picture as somebody says', async () => {
  const said = { title: 'Life', poster: `${FILMS}/life.jpg` }
  const card = await written(`${FILMS}/media/vod/master.m3u8`, said)
  ruled(card)
  const { graph, named, data, found } = crawled(card.html)
  assert.deepEqual([graph['og:title'], graph['video:duration'], graph['og:video:height'], data.contentUrl], ['Life', '60', '315', `${FILMS}/media/vod/master.m3u8`])
  const inFrame = new URL(named['twitter:player']).searchParams
  assert.deepEqual([inFrame.get('src'), inFrame.get('title'), inFrame.get('poster')], [data.contentUrl, 'Life', said.poster])
  assert.deepEqual(found.find(({ name }) => name === 'sprat-player').attributes, { src: data.contentUrl, 'media-title': 'Life', poster: said.poster, 'embed-url': named['twitter:player'] })
  const live = crawled((await written(`${FILMS}/live/loop/master.m3u8`)).html)
  assert.deepEqual([live.data.publication.isLiveBroadcast, live.data.duration, live.title], [true, undefined, 'Video'])
  const file = crawled((await written(`${FILMS}/film.mp4`, said)).html)
  assert.equal(file.data.contentUrl, `${FILMS}/film.mp4`, 'nothing of a file has to be asked')
})

test('the page is in the language of its video, where that is known, and the player in the viewer\'s', async () => {
  const of = async (address, said, where) => {
    const { found } = crawled((await written(address, said, where)).html)
    const of = element => found.find(({ name }) => name === element).attributes.lang
    return [of('html'), of('sprat-player')]
  }
  const spoken = language => world({}, json => ({ ...json, language }))
  assert.deepEqual(await of(instance.watch('vod'), {}, spoken({ id: 'pt-br', label: 'Portuguese' })), ['pt-BR', ''])
  assert.deepEqual(await of(instance.watch('vod'), { language: 'gl' }, spoken({ id: 'fr' })), ['gl', ''], 'who writes the page knows better')
  for (const language of [undefined, null, 'fr', { id: null }, { id: 'zxx' }, { id: HOSTILE }, { id: 'x-y' }, { id: ['fr'] }]) {
    assert.deepEqual(await of(instance.watch('vod'), {}, spoken(language)), [undefined, undefined], JSON.stringify(language))
  }
  const master = (...sounds) => world({ '/a.m3u8': ['#EXTM3U', ...sounds.map(sound => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",${sound}`), '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"', 'media/vod/nothing.m3u8'].join('\n') })
  for (const [sounds, expected] of [
    [['NAME="f",LANGUAGE="fr"', 'NAME="e",LANGUAGE="en",DEFAULT=YES'], 'en'],
    [['NAME="f",LANGUAGE="fr"', 'NAME="d",LANGUAGE="fr"'], 'fr'],
    [['NAME="f",LANGUAGE="fr"', 'NAME="e",LANGUAGE="en"'], undefined],
    [['NAME="f",DEFAULT=YES', 'NAME="e",LANGUAGE="en"'], undefined],
    [[], undefined],
  ]) {
    assert.deepEqual((await of(`${FILMS}/a.m3u8`, {}, master(...sounds)))[0], expected, sounds.join())
  }
})

test('HLS is told from lists by its tags, in one pass', () => {
  const base = `${FILMS}/a/b.m3u8`
  const of = (...lines) => share.readStream(lines.join('\r\n'), base)
  assert.deepEqual(of('#EXTM3U', '#EXT-X-TARGETDURATION:4', '#EXTINF:4.0,', 'a', '#EXTINF:2.5', 'b', '#EXT-X-ENDLIST'), { duration: 6.5 })
  assert.deepEqual(of('#EXTM3U', '#EXT-X-TARGETDURATION:4', '#EXTINF:4.0,', 'a'), { live: true })
  assert.deepEqual(of('#EXTM3U', '#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=90x160', 'low', '', '#EXT-X-STREAM-INF:RESOLUTION=180x320,BANDWIDTH=2', '# said', '/high'), { variant: `${FILMS}/high`, aspectRatio: 0.5625 })
  assert.deepEqual(of('#EXTM3U', '#EXT-X-STREAM-INF:BANDWIDTH=1', 'javascript:alert(1)'), {})
  assert.deepEqual(of('#EXTM3U', '#EXT-X-STREAM-INF:BANDWIDTH=1', '#EXT-X-STREAM-INF:BANDWIDTH=2'), {}, 'variants without an address')
  assert.deepEqual(of('#EXTM3U', '#EXT-X-TARGETDURATION:4', '#EXTINF:999999999,', 'a', '#EXT-X-ENDLIST'), {}, 'longer than a week')
  assert.equal(of('#EXTM3U', '#EXTINF:60,A film', 'a.mp4'), undefined)
  assert.equal(of('{}'), undefined)
})

test('whatever an instance says, nothing leaves its place, and nothing turns a title around', async () => {
  const hostile = json => ({ ...json, name: HOSTILE, description: `${HOSTILE} [link](javascript:alert(1)) ${'['.repeat(1000)}`, channel: { displayName: HOSTILE } })
  const card = await written(instance.watch('vod'), {}, world({}, hostile))
  const { found, data, graph, title } = crawled(card.html)
  const seen = share.plain(HOSTILE)
  assert.deepEqual([title, graph['og:title'], data.name], [seen, seen, seen])
  assert.doesNotMatch(card.html, /[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/)
  const allowed = ['html', 'head', 'meta', 'title', 'link', 'script', 'body', 'main', 'sprat-player', 'noscript', 'p', 'a', 'h1', 'bdi']
  assert.deepEqual(found.map(({ name }) => name).filter(name => !allowed.includes(name)), [])
  assert.equal(card.html.split(/<\/script/i).length - 1, found.filter(({ name }) => name === 'script').length, 'each script ends where it should')
  assert.ok(found.every(({ attributes }) => !Object.keys(attributes).some(name => /^on|^style$/.test(name))))
  assert.ok(found.every(({ attributes }) => !/^\s*javascript:/i.test(attributes.href ?? attributes.src ?? '')))
  assert.equal(elements(JSON.parse(card.json).html).length, 1)
  for (const lies of ['html', 'scheme', 'foreign', 'million']) {
    Object.assign(instance.switches, { lies })
    const { html } = await written(instance.watch('vod'))
    assert.doesNotMatch(html, /javascript:|file:|<img/, lies)
    assert.ok(html.length < 60_000, `${lies}: ${html.length}`)
  }
})

test('the policy stands before all that it is for, and lets run what lies beside the page alone', async () => {
  const { html } = await written(instance.watch('vod'))
  const { equiv } = crawled(html)
  const policy = Object.fromEntries(equiv['Content-Security-Policy'].split('; ').map(rule => [rule.split(' ')[0], rule.split(' ').slice(1)]))
  assert.ok(html.indexOf('Content-Security-Policy') < html.search(/<script|<link|<style/))
  assert.deepEqual([policy['default-src'], policy['script-src'], policy['style-src'], policy['base-uri'], policy['form-action']],
    [["'none'"], ["'self'", "'wasm-unsafe-eval'"], ["'self'"], ["'none'"], ["'none'"]])
  assert.doesNotMatch(equiv['Content-Security-Policy'], /unsafe-inline|'unsafe-eval'|\bhttp:|\bws:/)
  assert.doesNotMatch(html, /\sstyle="|<style/)
  const film = await share.describe(`${FILMS}/media/vod/master.m3u8`, {}, world())
  const local = share.page({ ...film, attributes: { src: 'http://127.0.0.1/a.m3u8' } }, 'x', SITE)
  assert.match(crawled(local.html).equiv['Content-Security-Policy'], /connect-src 'self' https: http: wss: ws:/)
  assert.equal(crawled(local.html).named['twitter:player'], undefined)
})

test('what is not for everybody is not announced, and what its owner lets nobody embed is not embedded', async () => {
  const unlisted = crawled((await written(instance.watch('vod'), {}, world({}, json => ({ ...json, privacy: { id: 2 } })))).html)
  assert.deepEqual([unlisted.named.robots, unlisted.data, unlisted.named['twitter:card']], ['noindex', undefined, 'player'])
  const warned = crawled((await written(instance.watch('nsfw'))).html)
  assert.deepEqual([warned.graph['og:image'], warned.named['twitter:card'], warned.data.isFamilyFriendly], [undefined, 'summary', false])
  const kept = await written(instance.watch('vod'), {}, world({}, json => ({ ...json, embedPrivacyPolicy: { id: 2 } })))
  assert.deepEqual([kept.json, crawled(kept.html).named['twitter:player'], crawled(kept.html).link('alternate')], [undefined, undefined, undefined])
  await assert.rejects(written(instance.watch('password')), /protected by a password/)
  await assert.rejects(written(instance.watch('private')), /signed in/)
  await assert.rejects(written(`${TUBE}/w/${'1'.repeat(22)}`), /no such video/)
})

test('what is no address, no list, or nowhere is said', async () => {
  await assert.rejects(written('ftp://films.example/a'), /http or https/)
  await assert.rejects(written('film.m3u8'), /http or https/)
  await assert.rejects(written('https://me:secret@films.example/a.m3u8'), /password/)
  await assert.rejects(written(`${FILMS}/nothing.m3u8`), /404/)
  await assert.rejects(written(`${FILMS}/page`, {}, world({ '/page': '<!doctype html><p>' })), /web page or a feed/)
  await assert.rejects(written(`${FILMS}/text`, {}, world({ '/text': 'Good morning.' })), /no list of a known kind/)
  await assert.rejects(written(`${FILMS}/long`, {}, world({ '/long': 'x'.repeat(3_000_000) })), /too long/)
})

test('no page is called as a file of the player, or lies elsewhere', () => {
  const names = [`${FILMS}/embed.html`, `${FILMS}/`, `${FILMS}/a/../../embed.html`, `${FILMS}/%2e%2e%2f%2e%2e%2fx`, `${FILMS}/Фильм/master.m3u8?id=7`, 'http://[::1]:80/playlist.m3u8', `${FILMS}/${'x'.repeat(500)}`].map(share.fileName)
  for (const name of names) assert.match(name, /^[\w-][\w.-]{0,99}$/)
  for (const name of names) assert.ok(!['embed', 'playlist', 'index'].includes(name), name)
  assert.notEqual(share.fileName(`${FILMS}/list?id=1`), share.fileName(`${FILMS}/list?id=2`))
})

test('without a site the page still plays, and says nothing of itself that could be wrong', async () => {
  const card = await written(`${FILMS}/media/vod/master.m3u8`, { title: 'Life' }, world(), '')
  const { graph, link, found } = crawled(card.html)
  assert.deepEqual([card.json, graph['og:url'], graph['og:video'], link('canonical'), link('alternate')], [undefined, undefined, undefined, undefined, undefined])
  assert.ok(found.some(({ name, attributes }) => name === 'script' && attributes.src === 'sprat.js'))
})

test('the command writes them, measures the picture, and says what is missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sprat-card-'))
  const { url, instance, close } = await startServer({ instance: true })
  const run = (...words) => promisify(execFile)(process.execPath, [join(root, 'www/share.mjs'), ...words])
  try {
    const { stdout } = await run('card', instance.watch('vod'), folder, `--site=${SITE.slice(0, -1)}`)
    assert.match(stdout, /\.html, \.json {3}Muxed 60 s/)
    assert.match(stdout, /over https only/)
    const [page, answer] = readdirSync(folder).sort().map(name => readFileSync(join(folder, name), 'utf8'))
    assert.equal(crawled(page).graph['og:image:width'], '640')
    assert.equal(JSON.parse(answer).thumbnail_height, 360)
    const before = readdirSync(folder)
    const failed = await run('card', new URL('nothing.m3u8', url).href, folder).catch(error => error)
    assert.deepEqual([failed.code, /404/.test(failed.stderr)], [1, true])
    const wrong = await run('card', instance.watch('vod'), folder, '--site=example.org').catch(error => error)
    assert.match(wrong.stderr, /--site/)
    assert.deepEqual(readdirSync(folder), before, 'nothing is written of what failed')
  } finally {
    await close()
    rmSync(folder, { recursive: true })
  }
})
