// The pages that `cargo xtask card` writes, put beside the player's files on a host: a crawler, which runs nothing, finds the
// card, the oEmbed answer and the structured data; a viewer, under the page's own policy, finds a player that plays, begins
// where a link says, and that other sites show. The demo's generator writes the same.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../..')
const AXE = readFileSync(join(root, 'playwright/node_modules/axe-core/axe.min.js'), 'utf8')
const folder = join(root, 'target/cases/cards')
const TITLE = 'Life "</script><b>&amp;\' \u202eof cells'
const SEEN = 'Life "</script><b>&amp;\' of cells'

export default {
  about: 'pages with cards, of a stream, a playlist and an instance: read without scripts, and playing under their own policy',
  seconds: 90,
  // The second is tried where the first has nothing: the player's own files lie there.
  server: { instance: { p2p: false }, mounts: { '/cards/': folder, '/cards': join(root, 'target/site') } },
  async run(world) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const { origin } = new URL(world.server.url)
    const { instance } = world.server
    const stream = await written(world, `${origin}/media/vod/master.m3u8`, '--title', TITLE, '--lang', 'en', '--poster', `${origin}/media/vod/poster.jpg`)
    const list = await written(world, `${origin}/cases/iframes/list.json`)
    const video = await written(world, instance.watch('vod'))
    await crawled(world, { stream, list, video })
    await plays(world, 'a stream', `${stream}?start=20s`, { from: 20, title: SEEN })
    await plays(world, 'a playlist', `${list}?playlistPosition=2`, { from: 0, title: 'Three clips', source: '/files/' })
    // What an instance brings is asked to play before it is there, and does not begin in some starts in WebKitGTK (`driver/webkit.mjs`).
    if (world.has.eager) await plays(world, 'an instance', video, { from: 0, title: 'Muxed 60 s (720p + 360p)' })
    // WebKitGTK has no script that runs before a page; axe judges what a page says of itself, which is the same everywhere.
    if (world.kind !== 'webkit') await accessible(world, stream)
    await embedded(world, stream)
    await generated(world, stream)
  },
}

/** Where the page is, once it has been written. */
async function written(world, address, ...said) {
  const site = new URL('cards/', world.server.url).href
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'www/share.mjs'), 'card', address, folder, `--site=${site}`, ...said])
  return new URL(basename(/^(.*\.html)/.exec(stdout)[1]), site).href
}

/** What is in a page as a document without scripts, and in the answer that it names. */
async function crawled(world, { stream, list, video }) {
  // Some page of this origin, with no policy of its own.
  const crawler = await world.page('embed.html', { name: 'crawler' })
  const read = address => crawler.ask(async address => {
    const document = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html')
    const metas = [...document.querySelectorAll('head > meta[content]')]
    const link = rel => document.querySelector(`head > link[rel=${rel}]`)?.getAttribute('href')
    return {
      title: document.title,
      metas: Object.fromEntries(metas.map(meta => [meta.getAttribute('property') ?? meta.name, meta.content])),
      canonical: link('canonical'),
      oembed: await (await fetch(link('alternate'))).json(),
      data: JSON.parse(document.querySelector('head > script[type="application/ld+json"]').textContent),
      links: [...document.querySelectorAll('noscript a')].map(a => a.href),
      elements: [...document.querySelectorAll('body *')].map(({ localName }) => localName),
    }
  }, address)
  const { origin } = new URL(stream)
  const one = await read(stream)
  assert.deepEqual([one.title, one.metas['og:title'], one.metas['twitter:title'], one.data.name, one.oembed.title], Array(5).fill(SEEN))
  assert.deepEqual([one.canonical, one.metas['og:url']], [stream, stream])
  assert.deepEqual([one.metas['og:video:type'], one.metas['og:image'], one.metas['og:image:width'], one.metas['video:duration']], ['text/html', `${origin}/media/vod/poster.jpg`, '640', '60'])
  assert.ok(one.metas['og:video'].startsWith(`${origin}/cards/embed.html?src=`))
  assert.equal(new URL(one.metas['og:video']).searchParams.get('title'), SEEN)
  assert.equal(one.metas['twitter:player'], undefined, 'not over http')
  assert.deepEqual(one.links, [`${origin}/media/vod/master.m3u8`])
  assert.deepEqual(one.elements, ['main', 'script', 'sprat-player', 'noscript', 'p', 'a', 'h1'], 'a title makes no elements')
  const two = await read(list)
  assert.deepEqual([two.data['@type'], two.data.numberOfItems, two.links.length], ['ItemList', 3, 3])
  const three = await read(video)
  assert.deepEqual([three.data['@type'], three.data.uploadDate, three.oembed.thumbnail_width, three.links.length], ['VideoObject', '2026-11-23T00:34:41.346Z', 640, 1])
  await crawler.close()
  world.note('three pages read')
}

/** A page reports on its console what its policy forbids, which would fail this case. */
async function plays(world, name, address, { from, title, source = '' }) {
  const tab = await world.page(address, { name })
  await tab.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.start') != null, { what: 'the player' })
  await tab.ask(() => { document.querySelector('sprat-player').muted = true })
  await tab.click('sprat-player >> .start')
  const state = () => tab.ask(() => {
    const player = document.querySelector('sprat-player')
    const heading = document.querySelector('h1').getBoundingClientRect()
    const { currentTime, currentSrc, error } = player
    return { time: currentTime, source: currentSrc, error: error?.message ?? null, title: document.querySelector('h1').textContent, said: heading.bottom <= innerHeight }
  })
  let seen
  await world.until(async () => (seen = await state()).time > from + 1, { what: `${name} plays` })
  assert.deepEqual([seen.error, seen.title, seen.source.includes(source)], [null, title, true])
  if (name !== 'a playlist') assert.ok(seen.said, 'the picture leaves room for the title')
  assert.ok(seen.time < from + 20, `it begins where the link says: ${seen.time}`)
  await tab.close()
  world.note(`${name} plays`)
}

/** A page of its own, and so by all rules. The title is not in the player's words, which are in the viewer's. */
async function accessible(world, address) {
  const tab = await world.page(address, { name: 'accessible', before: [AXE] })
  await tab.until(() => document.querySelector('sprat-player')?.readyState > 1, { what: 'the player' })
  const { lang, spoken, found } = await tab.ask(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    const player = document.querySelector('sprat-player')
    return { lang: document.documentElement.lang, spoken: player.lang, found: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`) }
  })
  assert.deepEqual([lang, spoken, found], ['en', '', []])
  await tab.close()
  world.note('axe finds nothing')
}

/** The frame of the oEmbed answer, in a page of another. */
async function embedded(world, stream) {
  const tab = await world.page('embed.html', { name: 'embedded' })
  await tab.ask(async address => {
    const { html } = await (await fetch(address)).json()
    // As Mastodon does; muted, for it is nobody's click.
    document.body.innerHTML = html.replace('embed.html?', 'embed.html?autoplay=1&amp;auto_play=1&amp;muted=1&amp;')
  }, stream.replace(/html$/, 'json'))
  const frame = await tab.frame('/cards/embed.html')
  // It is lazy: not there before it has been seen.
  const time = () => frame.ask(() => document.querySelector('sprat-player')?.currentTime).catch(() => 0)
  await world.until(async () => (await time()) > 1, { what: 'the frame plays' })
  await tab.close()
  world.note('and in a frame')
}

/** The demo's generator has the same page to copy, and the same answer. */
async function generated(world, stream) {
  const tab = await world.page('index.html', { name: 'generator' })
  const { origin } = new URL(stream)
  await tab.until(() => document.querySelector('#generator [name=folder]').value !== '', { what: 'the generator' })
  await tab.ask(fields => {
    const form = document.querySelector('#generator form')
    for (const [name, value] of Object.entries(fields)) form.elements.namedItem(name).value = value
    form.requestSubmit()
  }, { address: 'media/vod/master.m3u8', title: TITLE, language: 'en', poster: 'media/vod/poster.jpg', folder: `${origin}/cards` })
  const text = part => tab.ask(part => document.querySelector(`#generator [data-text=${part}] code`).textContent, part)
  await tab.until(() => document.querySelector('#generator [data-text=page] code').textContent !== '', { what: 'a page to copy' })
  for (const [part, address] of [['page', stream], ['oembed', stream.replace(/html$/, 'json')]]) {
    // The local origin may have put a script of the driver's into what it serves: what was written is compared.
    assert.equal(await text(part), readFileSync(join(folder, basename(address)), 'utf8'), part)
  }
  await tab.close()
  world.note('the generator has the same')
}
