// What is pasted into other pages, or read there by machines, says what is known and nothing else, whatever a title tries.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { HOSTILE, elements, share } from './share.mjs'

const LOADER = 'https://example.org/sprat/sprat.js'
const film = {
  kind: 'video',
  title: 'Life',
  text: 'Cells that live and die.',
  page: 'https://example.org/life?v=1&w=2',
  embed: 'https://example.org/sprat/embed.html?src=%2Flife%2Fmaster.m3u8',
  attributes: { src: 'https://example.org/life/master.m3u8', trackers: 'wss://example.org/a wss://example.org/b' },
  poster: { url: 'https://example.org/life.jpg', width: 640, height: 360 },
  width: 560,
  height: 315,
  duration: 3723.4,
  published: '2026-01-02T03:04:05.000Z',
  content: 'https://example.org/life/master.m3u8',
  author: { name: 'Conway', url: 'https://example.org/conway' },
  provider: { name: 'Example', url: 'https://example.org/' },
}
const bare = { kind: 'video', title: '', width: 560, height: 315 }

test('a moment is written as PeerTube writes it, once, and read back', () => {
  assert.deepEqual([0, 5, 60, 83.9, 3600, 3661, 7205].map(share.inUnits), ['0s', '5s', '1m', '1m23s', '1h', '1h1m1s', '2h5s'])
  assert.equal(share.at('https://a.example/w/x', 83), 'https://a.example/w/x?start=1m23s')
  assert.equal(share.at('https://a.example/w/x?start=4&t=5&k=v#t=9', 83), 'https://a.example/w/x?k=v&start=1m23s')
  assert.equal(share.at('https://a.example/w/x?start=4#t=9'), 'https://a.example/w/x')
  assert.equal(share.at('https://a.example/?q=a%20b&e', undefined), 'https://a.example/?q=a%20b&e', 'what need not be written anew is not')
  assert.equal(share.from('https://a.example/w/p/x?playlistPosition=9', 3), 'https://a.example/w/p/x?playlistPosition=3')
})

test('a page is passed on without names, passwords and places in it, and only if it is on the web', () => {
  assert.equal(share.pageAddress('https://me:secret@a.example/film?id=7&start=9#part'), 'https://a.example/film?id=7')
  for (const odd of ['about:srcdoc', 'file:///film.html', 'javascript:alert(1)', 'blob:https://a.example/1', 'nonsense']) assert.equal(share.pageAddress(odd), undefined, odd)
})

test('an iframe page that shows any video is told which; one that shows a video already stays as it is', () => {
  const any = new URL(share.embedAddress('https://example.org/sprat/embed.html?p2p=0', { ...film.attributes, 'media-title': HOSTILE, p2p: 'on' }))
  assert.deepEqual([...any.searchParams.keys()], ['p2p', 'src', 'trackers', 'title'])
  assert.equal(any.searchParams.get('p2p'), '0', 'no attribute widens what the page says')
  assert.equal(any.searchParams.get('src'), film.attributes.src)
  assert.equal(share.embedAddress('https://a.example/videos/embed/x?autoplay=1&api=1&p2p=0&start=3', film.attributes), 'https://a.example/videos/embed/x?p2p=0')
  assert.equal(share.embedAddress('https://a.example/embed.html?src=/b.m3u8', film.attributes), 'https://a.example/embed.html?src=/b.m3u8')
  assert.equal(new URL(share.embedAddress('https://a.example/embed.html', { src: 'https://a.example/b', 'media-title': 'No' })).searchParams.get('title'), null, 'a title that would be a switch')
})

test('the frame has what a careful site writes, and starts where it is to', () => {
  const [{ name, attributes }, ...more] = elements(share.iframe(film, 83))
  assert.deepEqual([name, more], ['iframe', []])
  assert.equal(attributes.src, `${film.embed}&start=1m23s`)
  assert.equal(attributes.title, 'Life')
  assert.match(attributes.allow, /fullscreen; picture-in-picture/)
  assert.deepEqual(attributes.sandbox.split(' '), ['allow-scripts', 'allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox', 'allow-forms'])
  assert.deepEqual([attributes.loading, attributes.referrerpolicy, attributes.width, attributes.height], ['lazy', 'strict-origin-when-cross-origin', '560', '315'])
  assert.match(attributes.style, /aspect-ratio:16\/9/)
  assert.ok('allowfullscreen' in attributes)
  assert.equal(share.iframe(bare), undefined)
})

test('the tag comes with its script, and a list of its own with its links', () => {
  const [script, player, ...more] = elements(share.tag(film, LOADER, 83.7))
  assert.deepEqual([script.name, script.attributes, more], ['script', { type: 'module', src: LOADER }, []])
  assert.deepEqual([player.name, player.attributes], ['sprat-player', { ...film.attributes, start: '83' }])
  assert.equal(share.tag(bare, LOADER), undefined, 'nothing to play')
  const list = { ...bare, kind: 'playlist', attributes: { p2p: 'off' }, items: [{ title: HOSTILE, href: 'https://a.example/?a="b', data: { start: '20' } }, { title: 'gone' }] }
  const [, playlist, ol, li, a, ...rest] = elements(share.tag(list, LOADER))
  assert.deepEqual([playlist.name, ol.name, li.name, a.name, rest], ['sprat-playlist', 'ol', 'li', 'a', []])
  assert.deepEqual(a.attributes, { href: 'https://a.example/?a="b', 'data-start': '20' })
})

test('a hostile title leaves no place where it is written', () => {
  const hostile = { ...film, title: HOSTILE, text: HOSTILE, author: { name: HOSTILE }, provider: { name: HOSTILE }, attributes: { ...film.attributes, 'media-title': HOSTILE }, chapters: [{ start: 1, title: HOSTILE }] }
  const seen = share.plain(HOSTILE)
  assert.doesNotMatch(seen, /[\u0000-\u001f\u202e\u2066]/)
  const pieces = { frame: share.iframe(hostile), tag: share.tag(hostile, LOADER), link: share.discovery(hostile, 'https://example.org/o.json'), cards: share.cards(hostile) }
  for (const [what, html] of Object.entries(pieces)) {
    const found = elements(html)
    const names = new Set(found.map(({ name }) => name))
    const allowed = { frame: ['iframe'], tag: ['script', 'sprat-player'], link: ['link'], cards: ['meta'] }[what]
    assert.deepEqual([...names], allowed, what)
    assert.ok(found.some(({ attributes }) => Object.values(attributes).includes(seen)), `${what} has the title, as text`)
    for (const { before, attributes } of found) {
      assert.doesNotMatch(before, /["'=]/, what)
      assert.ok(!Object.keys(attributes).some(name => /^on/.test(name)), what)
    }
  }
  const data = share.structured(hostile)
  const text = share.scriptText(data)
  assert.doesNotMatch(text, /</, 'nothing that ends the script or begins a comment')
  assert.deepEqual(JSON.parse(text), data)
  assert.equal(JSON.parse(text).name, seen)
  const answer = share.oembed(hostile)
  assert.equal(answer.title, seen)
  assert.deepEqual(elements(answer.html).map(({ name }) => name), ['iframe'])
})

test('oEmbed: what the specification demands of a video; a thumbnail only with its size', () => {
  const { html, ...rest } = share.oembed(film)
  assert.deepEqual(rest, {
    version: '1.0', type: 'video', title: 'Life', author_name: 'Conway', author_url: 'https://example.org/conway', provider_name: 'Example', provider_url: 'https://example.org/',
    cache_age: 86400, thumbnail_url: 'https://example.org/life.jpg', thumbnail_width: 640, thumbnail_height: 360, width: 560, height: 315,
  })
  assert.equal(html, share.iframe(film))
  const unsized = share.oembed({ ...film, poster: { url: film.poster.url, width: 640 } })
  assert.deepEqual(Object.keys(unsized).filter(key => key.startsWith('thumbnail')), [])
  assert.equal(share.oembed(bare), undefined)
  assert.deepEqual(elements(share.discovery(film, 'https://example.org/o.json?a&b'))[0].attributes, {
    rel: 'alternate', type: 'application/json+oembed', href: 'https://example.org/o.json?a&b', title: 'Life',
  })
})

test('cards: a player only over https, and nothing that is not known', () => {
  const metas = description => Object.fromEntries(elements(share.cards(description)).map(({ attributes }) => [attributes.property ?? attributes.name, attributes.content]))
  const all = metas(film)
  assert.deepEqual([all['og:url'], all['og:image:width'], all['og:video:type'], all['twitter:card'], all['twitter:player'], all['twitter:player:height']],
    [film.page, '640', 'text/html', 'player', film.embed, '315'])
  const open = metas({ ...film, embed: 'http://127.0.0.1/embed.html?src=a' })
  assert.deepEqual([open['twitter:card'], open['twitter:player'], open['og:video:secure_url'], open['og:video']], ['summary_large_image', undefined, undefined, 'http://127.0.0.1/embed.html?src=a'])
  for (const mixed of [{ content: 'http://example.org/life.m3u8' }, { attributes: { peertube: 'http://example.org/w/1' } }]) {
    assert.equal(metas({ ...film, ...mixed })['twitter:player'], undefined, 'a page over https could not load it')
  }
  const unseen = metas({ ...film, poster: { url: 'http://example.org/life.jpg' } })
  assert.deepEqual([unseen['twitter:card'], unseen['twitter:image'], unseen['twitter:player']], ['summary', undefined, film.embed], 'no picture, no card with one; who needs none may still play')
  const long = metas({ ...film, title: 'x'.repeat(999), text: 'y'.repeat(999) })
  assert.deepEqual(['title', 'description', 'image:alt'].map(name => long[`twitter:${name}`].length), [70, 200, 420])
  assert.deepEqual(['title', 'description'].map(name => long[`og:${name}`].length), [300, 300])
  assert.deepEqual(metas(bare), { 'og:type': 'video.other', 'twitter:card': 'summary' })
})

test('structured data: times in ISO 8601, a clip for each chapter, a broadcast for a live', () => {
  assert.deepEqual([0, 59.6, 60, 3723, 36000].map(share.isoDuration), ['PT0S', 'PT1M', 'PT1M', 'PT1H2M3S', 'PT10H'])
  const data = share.structured({ ...film, chapters: [{ start: 60, title: 'Two' }, { start: 0, title: '' }, { start: 9999, title: 'beyond' }] })
  assert.deepEqual([data['@context'], data['@type'], data.duration, data.uploadDate, data.thumbnailUrl], ['https://schema.org', 'VideoObject', 'PT1H2M3S', film.published, [film.poster.url]])
  assert.deepEqual(data.hasPart, [
    { '@type': 'Clip', name: '1', startOffset: 0, endOffset: 60, url: film.page },
    { '@type': 'Clip', name: 'Two', startOffset: 60, endOffset: 3723, url: `${film.page}&start=1m` },
  ])
  const live = share.structured({ ...bare, title: 'Now', live: true, begins: Date.UTC(2026, 0, 2) })
  assert.deepEqual(live.publication, { '@type': 'BroadcastEvent', isLiveBroadcast: true, startDate: '2026-01-02T00:00:00.000Z' })
  assert.deepEqual(share.structured(bare), { '@context': 'https://schema.org', '@type': 'VideoObject', name: '' })
})

test('structured data of a list is bounded, and counts what it leaves out', () => {
  const items = Array.from({ length: 300 }, (_, i) => ({ title: `Video ${i}`, page: `https://a.example/${i}`, duration: 60 }))
  const data = share.structured({ ...bare, kind: 'playlist', title: 'All', items })
  assert.deepEqual([data['@type'], data.numberOfItems, data.itemListElement.length], ['ItemList', 300, 100])
  assert.deepEqual(data.itemListElement[1], { '@type': 'ListItem', position: 2, item: { '@type': 'VideoObject', name: 'Video 1', url: 'https://a.example/1', duration: 'PT1M' } })
})

test('a video that an instance told of is described from its answer', () => {
  const sample = name => JSON.parse(readFileSync(join(import.meta.dirname, '../../tests/fixtures/peertube', name, 'video.json'), 'utf8'))
  const of = (name, change = {}) => share.ofInstance(share.readVideo({ ...sample(name), ...change }, 'http://peertube.localhost:9000'))
  const { page, embed, title, published, duration, provider } = of('vod-muxed-60s')
  const uuid = 'c61a3e85-acc7-4841-9847-08d60a585641'
  assert.deepEqual({ page, embed, title, published, duration, provider }, {
    page: `http://peertube.localhost:9000/w/${uuid}`, embed: `http://peertube.localhost:9000/videos/embed/${uuid}`, title: 'Muxed 60 s (720p + 360p)',
    published: '2026-11-23T00:34:41.346Z', duration: 60, provider: { name: 'peertube.localhost:9000', url: 'http://peertube.localhost:9000' },
  })
  assert.equal(of('private').embed, undefined, 'nobody else could see it')
  assert.equal(of('live').live, true)
  assert.equal(of('vod-muxed-60s', { embedPrivacyPolicy: { id: 2 } }).embed, undefined, 'its owner says where it may be embedded')
  const warned = of('vod-muxed-60s', { nsfw: true })
  assert.deepEqual([warned.sensitive, warned.poster], [true, undefined])
})

test('the file of descriptions is read with its errors named, and never guessed', () => {
  const video = { name: 'life', title: 'Life', page: '/life', src: '/life/master.m3u8', poster: { url: '/life.jpg', width: 640, height: 360 }, duration: '1:02:03', published: '2026-01-02', chapters: [{ start: '0:30', title: 'Two' }] }
  const file = { base: 'https://example.org/oembed', embed: 'https://example.org/sprat/embed.html', provider: 'Example', videos: [video] }
  const [{ name, address, description }] = share.readGiven(file)
  assert.deepEqual([name, address], ['life', 'https://example.org/oembed/life.json'])
  assert.deepEqual([description.page, description.duration, description.published, description.chapters], ['https://example.org/life', 3723, '2026-01-02T00:00:00.000Z', [{ start: 30, title: 'Two' }]])
  assert.equal(new URL(description.embed).searchParams.get('src'), 'https://example.org/life/master.m3u8')
  assert.equal(description.provider.name, 'Example')
  for (const [wrong, said] of [
    [{ ...file, base: '/oembed' }, /"base"/],
    [{ ...file, videos: [] }, /"videos"/],
    [null, /"base"/],
    [{ ...file, videos: [video, video] }, /called "life"/],
    [{ ...file, videos: [video, { ...video, name: '../up' }] }, /^videos\[1\]: "name"/],
    [{ ...file, videos: [{ ...video, title: 7 }] }, /"title"/],
    [{ ...file, videos: [{ ...video, page: 'javascript:alert(1)' }] }, /"page"/],
    [{ ...file, embed: undefined }, /"embed"/],
  ]) assert.throws(() => share.readGiven(wrong), { message: said })
})
