// What is said of a video elsewhere: its own addresses where an instance or a playlist has them, and on request structured
// data in the page, under the strictest policy and with a title that would leave its script.
import assert from 'node:assert/strict'

const TITLE = 'Life "</script><b>&amp;\' of cells'

export default {
  about: 'shared links and code of a playlist and of an instance; structured data on request, under a strict policy, and none of what is not public',
  seconds: 30,
  browsers: ['chromium', 'firefox'],
  // Of the video that asks for a password.
  expects: [/status of 403/],
  server: { instance: { p2p: false } },
  async run(world) {
    await ofPlaylist(world)
    await ofInstance(world)
    await structuredData(world)
  },
}

async function ofPlaylist(world) {
  const query = new URLSearchParams({ tag: 'sprat-playlist', p2p: 'off', muted: '', src: '/cases/iframes/list.json', 'embed-url': '/playlist.html', 'structured-data': '' })
  const tab = await world.page(`inside/viewer.html?${query}`, { name: 'playlist', ready: 'page' })
  await tab.until(() => page.element.items?.length === 3, { what: 'the list' })
  await tab.ask(() => page.element.select(1))
  await tab.until(() => page.video?.readyState > 0 && page.element.player.currentSrc.includes('/files/'), { what: 'its second item' })
  await tab.ask(() => page.element.player.pause())
  await tab.click('sprat-player >> .button.share')
  await tab.until(() => page.element.player.shadowRoot.querySelector('.popup.share .field'), { what: 'the dialog' })
  const { link, frame, code } = await tab.ask(() => {
    const of = name => page.element.player.shadowRoot.querySelector(`#share-${name}`).value
    return { link: of('link'), frame: of('frame'), code: of('tag') }
  })
  assert.equal(new URL(link).searchParams.get('playlistPosition'), '2')
  assert.match(frame, /\/playlist\.html\?src=[^"]+list\.json&amp;playlistPosition=2"/)
  assert.match(code, /<sprat-playlist\n {2}src="[^"]+\/cases\/iframes\/list\.json"\n {2}index="2"\n><\/sprat-playlist>/)
  await tab.until(() => document.querySelector('sprat-playlist > script'), { what: 'structured data' })
  const data = await tab.ask(() => JSON.parse(document.querySelector('sprat-playlist > script[type="application/ld+json"]').textContent))
  assert.deepEqual([data['@type'], data.name, data.numberOfItems, data.itemListElement.map(({ item }) => item.name)], ['ItemList', 'Three clips', 3, ['Depth', 'Dusk', 'Life']])
  await tab.close()
  world.note('a playlist from its 2nd video')
}

async function ofInstance(world) {
  const { instance } = world.server
  const { uuid } = instance.catalog.videos.get('vod')
  const tab = await world.viewer({ src: undefined, peertube: instance.watch('vod'), autoplay: undefined, preload: 'auto', 'structured-data': '' }, { name: 'instance' })
  await tab.until(() => page.video?.readyState > 0, { what: 'the film' })
  await tab.click('sprat-player >> .button.share')
  await open(tab, '.share')
  const { origin } = new URL(world.server.url)
  assert.equal(await text(tab, 'link'), `${origin}/w/${uuid}`)
  assert.match(await text(tab, 'frame'), new RegExp(`src="${origin}/videos/embed/${uuid}"`))
  assert.match(await text(tab, 'tag'), new RegExp(`peertube="${origin}/w/${uuid}"`))
  await tab.until(() => document.querySelector('sprat-player > script')?.text.includes('uploadDate'), { what: 'structured data' })
  const data = await tab.ask(() => JSON.parse(document.querySelector('sprat-player > script').text))
  const { poster, ...rest } = { ...data, poster: data.thumbnailUrl?.[0] }
  assert.match(poster, /^http.*lazy-static/)
  assert.deepEqual([rest['@type'], rest.name, rest.uploadDate, rest.duration, rest.embedUrl, rest.url],
    ['VideoObject', 'Muxed 60 s (720p + 360p)', '2026-11-23T00:34:41.346Z', 'PT1M', `${origin}/videos/embed/${uuid}`, `${origin}/w/${uuid}`])
  await tab.close()
  const closed = await world.viewer({ src: undefined, peertube: instance.watch('password'), autoplay: undefined, 'structured-data': '' }, { name: 'not public' })
  await closed.until(() => page.element.shadowRoot?.querySelector('.password input'), { what: 'a form' })
  await closed.ask(() => page.element.setVideoPassword('sesame'))
  await closed.until(() => page.element.instanceVideo, { what: 'the video' })
  assert.equal(await closed.ask(() => document.querySelector('sprat-player > script') === null), true, 'nothing is announced of it')
  await closed.close()
  world.note('an instance: its own addresses')
}

/** Under the strictest policy, and with a title that would leave its script. */
async function structuredData(world) {
  const attributes = { 'media-title': TITLE, 'structured-data': '2026-01-02', poster: 'media/vod/poster.jpg', 'watch-url': '/film', 'embed-url': '/embed.html', preload: 'auto' }
  const tab = await world.viewer(attributes, { name: 'structured', csp: 'strict' })
  const { origin } = new URL(world.server.url)
  await tab.until(() => document.querySelector('sprat-player > script')?.text.includes('"duration"'), { what: 'all that is known' })
  const read = () => tab.ask(() => {
    const scripts = [...document.querySelectorAll('sprat-player > script')]
    return { count: scripts.length, type: scripts[0]?.type, data: scripts[0] && JSON.parse(scripts[0].text), raw: scripts[0]?.outerHTML.split('</script>').length, errors: page.heard.filter(({ type }) => type === 'violation') }
  })
  const { count, type, data, raw, errors } = await read()
  assert.deepEqual([count, type, raw, errors], [1, 'application/ld+json', 2, []])
  const { embedUrl, ...rest } = data
  assert.ok(embedUrl.startsWith(`${origin}/embed.html?src=`))
  assert.deepEqual(rest, {
    '@context': 'https://schema.org', '@type': 'VideoObject', name: TITLE, thumbnailUrl: [`${origin}/media/vod/poster.jpg`], uploadDate: '2026-01-02T00:00:00.000Z', duration: 'PT1M',
    url: `${origin}/film`, contentUrl: `${origin}/media/vod/master.m3u8`,
  })
  await tab.ask(() => page.element.setAttribute('media-title', 'Another'))
  await tab.until(() => document.querySelector('sprat-player > script').text.includes('"Another"'), { what: 'it is kept' })
  await tab.ask(() => page.element.removeAttribute('structured-data'))
  await tab.until(() => !document.querySelector('sprat-player > script'), { what: 'it goes where nobody wants it' })
  assert.deepEqual((await read()).errors, [])
  await tab.close()
  world.note('structured data, under a strict policy')
}

function open(tab, what) {
  return tab.until(what => page.element.shadowRoot.querySelector(`.popup${what}`), { argument: what, what: `${what} opens` })
}

function text(tab, name) {
  return tab.ask(name => page.element.shadowRoot.querySelector(`#share-${name}`).value, name)
}
