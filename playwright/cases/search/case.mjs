// A search over an instance, and over an index of many: by keyboard, narrowed by every filter, page by page; what is picked plays; what
// the site does not show is not listed; liars and failures are told.
import assert from 'node:assert/strict'

export default {
  about: 'search: words and filters reach the API, pages, playing what was found, an index, blocked hosts, sensitive videos, liars',
  seconds: 45,
  expects: [/status of (404|500|503)/, /ERR_|NetworkError|net::|could not be reached|CORS|Cross-Origin/],
  server: { instance: { p2p: false } },
  async run(world) {
    const { instance } = world.server
    const asked = () => world.server.stats.requests(/^\/api\/v1\/search/)
    const tab = await world.page('cases/search/index.html', { ready: 'put' })
    const put = attributes => tab.ask(attributes => put(attributes), { peertube: instance.origin, ...attributes })
    const says = (what, text = String(what)) => world.until(async () => what.test(await tab.ask(() => told())), { what: `it says ${text}` })
    const titles = () => tab.ask(() => titles())

    await finds(world, tab, { put, says, titles, asked })
    await filters(world, tab, { put, says, titles })
    await index(world, tab, { put, says, titles })
    await failures(world, tab, { put, says })
  },
}

async function finds(world, tab, { put, says, titles, asked }) {
  await put({})
  await tab.until(() => globalThis.element.shadowRoot?.querySelector('input'), { what: 'a field' })
  assert.equal(asked(), 0, 'nothing is asked before')
  assert.equal(await tab.ask(() => element.list.hidden), true)
  await tab.click('sprat-search >> input')
  for (const key of ['t', 'o', 'n', 'e']) await tab.press(key)
  await tab.press('Enter')
  await says(/^45 videos found$/)
  assert.equal((await titles()).length, 20)
  const media = world.server.stats.requests(/m3u8|\/api\/v1\/videos\//)
  assert.equal(media, 0, 'nothing of what was found is fetched before it is picked')
  await tab.ask(() => root().querySelector('.more').click())
  await world.until(async () => (await titles()).length === 40, { what: 'a second page' })
  await tab.ask(() => root().querySelector('.more').click())
  await world.until(async () => (await titles()).length === 45, { what: 'the last page' })
  assert.equal(await tab.ask(() => root().querySelectorAll('.more').length), 0)
  assert.deepEqual((await titles()).slice(0, 3), ['Tone 1', 'Tone 2', 'Tone 3'])

  // What is picked plays, and goes on playing while something else is looked for. Not in WebKitGTK, which hangs in some such starts
  // (see `driver/webkit.mjs`).
  if (world.has.eager) {
    await tab.ask(() => element.list.select(1))
    await tab.until(() => element.list.player.currentTime > 0.3, { what: 'it plays' })
  }
  await tab.ask(() => { root().querySelector('input').value = 'nothing has such a name' })
  await tab.click('sprat-search >> .go')
  await says(/^No videos found\.$/)
  assert.equal(await tab.ask(() => element.list.hidden), true)
  await tab.ask(() => { root().querySelector('input').value = 'muxed' })
  await tab.click('sprat-search >> .go')
  await says(/videos? found$/)
  assert.ok((await titles()).every(title => title.startsWith('Muxed')), (await titles()).join())
  if (world.has.eager) assert.equal(await tab.ask(() => element.list.player.paused), false)
}

async function filters(world, tab, { put, says, titles }) {
  await put({ query: 'tone', language: 'fr' })
  await says(/^23 videos found$/)
  const choose = (name, value) => tab.ask(([name, value]) => {
    const field = root().querySelector(`[name=${name}]`)
    if (field.type === 'checkbox') field.checked = value
    else field.value = value
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }, [name, value])
  assert.equal(await tab.ask(() => root().querySelector('#filters').hidden), true)
  await tab.click('sprat-search >> button.filters')
  await tab.until(() => !root().querySelector('#filters').hidden, { what: 'the filters' })
  for (const [name, value, says_] of [['language', 'de', /^22 videos/], ['licence', '3', /^4 videos/], ['licence', '', /^22 videos/], ['length', 'short', /^2 videos/], ['length', 'medium', /^9 videos/], ['length', 'long', /^13 videos/], ['length', '', /^22 videos/], ['live', 'true', /^No videos/], ['live', 'false', /^22 videos/], ['language', '', /^45 videos/]]) {
    await choose(name, value)
    await says(says_, `${name}=${value}: ${says_}`)
  }
  // What the page writes takes the place of what a viewer has typed.
  await tab.click('sprat-search >> input')
  await tab.press('x')
  await tab.ask(() => element.setAttribute('query', 'tone 4'))
  await says(/^7 videos/)
  assert.equal(await tab.ask(() => root().querySelector('input').value), 'tone 4')
  // Taken out while it searches, it searches again where it comes back.
  await tab.ask(() => {
    const main = element.parentElement
    element.setAttribute('query', 'tone')
    element.remove()
    main.append(element)
  })
  await says(/^45 videos/)
  assert.equal(await tab.ask(() => root().querySelector('.more').disabled), false)
  await choose('order', 'newest')
  await world.until(async () => (await titles())[0] === 'Tone 45', { what: 'the newest first' })

  // What is not for everybody is there when it is asked for, marked and without a picture.
  await put({ query: 'not for everybody' })
  await says(/^No videos/)
  await choose('sensitive', true)
  await says(/^1 video found$/)
  assert.deepEqual(await tab.ask(() => element.list.items.map(({ channel, poster }) => [channel.split(' · ')[0], poster ?? null])), [['Sensitive', null]])
  await put({ query: 'not for everybody', sensitive: 'never' })
  await says(/^No videos/)
  assert.equal(await tab.ask(() => root().querySelectorAll('[name=sensitive]').length), 0)
}

async function index(world, tab, { put, says, titles }) {
  const { instance } = world.server
  instance.switches.index = true
  await put({ query: 'tone 1' })
  await says(/^11 videos found$/)
  const where = await tab.ask(() => element.list.items.map(({ peertube, poster }) => [new URL(peertube).host, new URL(poster).pathname.startsWith('/lazy-static/')]))
  assert.deepEqual(where.map(([host]) => host === 'bad.example'), [1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map(i => i % 3 === 0), 'each where it is')
  assert.ok(where.every(([, has]) => has))
  if (world.has.eager) {
    await tab.ask(() => element.list.select(0))
    await tab.until(() => element.list.player.currentTime > 0.3, { what: 'it plays from there' })
  }
  await tab.ask(async () => {
    const { setBlocks } = await import('/sprat.js')
    setBlocks(['bad.example'])
  })
  await put({ query: 'tone 1' })
  await says(/^11 videos found$/)
  assert.deepEqual(await titles(), ['Tone 1', 'Tone 10', 'Tone 11', 'Tone 13', 'Tone 14', 'Tone 16', 'Tone 17', 'Tone 19'], 'what the site does not show')
  instance.switches.index = false
}

async function failures(world, tab, { put, says }) {
  const { instance } = world.server
  instance.switches.lies = 'html'
  await put({ query: 'x' })
  await says(/videos found$/)
  assert.equal(await tab.ask(() => [...element.list.shadowRoot.querySelectorAll('li .title')].some(({ textContent }) => textContent.includes('<'))), true, 'text stays text')
  assert.equal(await tab.ask(() => element.list.shadowRoot.querySelectorAll('li .title :not(bdi)').length), 0)
  instance.switches.lies = 'none'
  await put({ peertube: 'javascript:alert(1)', query: 'x' })
  await says(/^The search has failed\. /)
  instance.switches.down = true
  await put({ query: 'x' })
  await says(/^The search has failed\. /)
  assert.equal(await tab.ask(() => root().querySelector('.told').getAttribute('role')), 'alert')
  instance.switches.down = false
  await tab.click('sprat-search >> .go')
  await says(/videos found$/, 'and then some')
}
