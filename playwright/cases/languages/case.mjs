// Each language: an element speaks that of the nearest `lang`, changes it without a reload, and says all of it, menus, panel
// and faults too; what is not translated would show in a pseudo-locale; where time runs does not depend on the language.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { messages, pseudoLocale, resources, shipped, table } from '../../locales/locales.mjs'

const SITE = join(import.meta.dirname, '../../../target/site')
const RIGHT_TO_LEFT = ['ar', 'fa', 'he']
const NOWHERE = '00000000-0000-4000-8000-000000000000'

export default {
  about: 'every locale on the player, its menu, panel and errors; which one is meant; right to left; nothing left in English',
  seconds: 100,
  expects: [/status of 40[34]/, /error document-not-found/, /error video-missing/, /api\/v1\/videos/, /videos\/watch/],
  server: { instance: true },
  async run(world) {
    await everyLocale(world)
    await whichOne(world)
    await nothingInEnglish(world)
  },
}

async function everyLocale(world) {
  const tab = await filmed(world, { lang: 'en' }, 'locales')
  await putFailing(tab)
  const geometry = await tab.ask(places)
  assert.ok(geometry.play.x < geometry.fullscreen.x)
  for (const locale of Object.keys(resources)) {
    const words = table(locale)
    await speak(tab, locale)
    const { auto, ...seen } = await tab.ask(look)
    assert.ok([words.auto, words.autoNow('360p'), words.autoNow('720p')].includes(auto), `${locale}: ${auto}`)
    assert.deepEqual(seen, {
      lang: locale,
      dir: words.dir,
      region: words.player,
      play: words.play,
      settings: words.settings,
      menu: words.settings,
      speed: words.speed,
      panel: [words.panelTitle, words.swarmMap, words.close, words.share, words.sendingNow, words.receivingNow],
      failure: [words.errorTitle.origin, words.retry, words.errorCode('document-not-found')],
      fault: words.fault({ name: 'document-not-found' }),
      refusal: words.fault({ name: 'video-missing' }),
    })
    assert.ok(seen.fault.every(text => text.length > 0))
    const now = await tab.ask(places)
    const rtl = RIGHT_TO_LEFT.includes(locale)
    assert.equal(now.play.x > now.fullscreen.x, rtl, `${locale}: the row`)
    assert.equal(now.direction, 'ltr', `${locale}: the time range`)
    assert.equal(inDigits(now.quarter), '0:15', `${locale}: a quarter of the way from the left`)
    assert.ok(now.menu.left >= now.player.left && now.menu.right <= now.player.right && now.menu.top >= now.player.top, `${locale}: the menu opens inside: ${JSON.stringify(now)}`)
    assert.equal(now.menu.left + now.menu.right < now.player.left + now.player.right, rtl, `${locale}: on its side`)
  }
  await speak(tab, 'en')
  assert.equal((await tab.ask(look)).play, 'Play')
  world.note(`${Object.keys(resources).length} locales, right to left: ${RIGHT_TO_LEFT.join(' ')}`)
  await tab.close()
}

/**
 * The nearest `lang`, its own or around it, through hosts of shadow trees; the viewer's languages; `hl`. Where a locale cannot
 * be had, or until it can, everything is there in English.
 */
async function whichOne(world) {
  world.server.faults.set([{ match: '/fr-\\w+\\.js', status: 404, body: 'gone' }, { match: '/de-\\w+\\.js', delayMs: 2000 }])
  const tab = await world.viewer({ autoplay: undefined, preload: 'none', lang: 'fr' }, { name: 'which' })
  const spoken = (lang, what) => tab.until(lang => page.element.shadowRoot?.querySelector('.frame')?.lang === lang, { argument: lang, what })
  const play = () => tab.ask(() => page.element.shadowRoot.querySelector('.play').getAttribute('aria-label'))
  await world.until(() => world.server.faults.applied()[0] > 0, { what: 'French is asked for' })
  await spoken('en', 'and cannot be had')
  assert.equal(await play(), 'Play')
  await tab.ask(() => void (page.element.lang = 'de'))
  assert.equal(await play(), 'Play', 'until German is there')
  await spoken('de', 'German is there')
  await tab.ask(() => page.element.removeAttribute('lang'))
  await spoken('en', 'the page is in English')
  await tab.ask(() => void (document.documentElement.lang = 'pt-PT'))
  await spoken('pt-PT', 'the page is in Portuguese')
  assert.equal(await play(), table('pt-BR').play)
  await tab.ask(() => {
    const host = Object.assign(document.createElement('div'), { lang: 'zh-TW' })
    document.body.append(host)
    host.attachShadow({ mode: 'open' }).append(page.element)
  })
  await spoken('zh-TW', 'it is in a shadow tree of another language')
  assert.equal(await play(), table('zh-Hant').play)
  await tab.ask(() => {
    Object.defineProperty(navigator, 'languages', { get: () => ['sv-SE', 'de-CH', 'en'] })
    document.documentElement.removeAttribute('lang')
    page.element.getRootNode().host.removeAttribute('lang')
  })
  await spoken('de-CH', "the first of the viewer's languages that there are words for")
  const embed = await world.page('embed.html?src=/media/vod/master.m3u8&p2p=off&preload=none&hl=uk', { name: 'hl' })
  await embed.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.frame')?.lang === 'uk', { what: 'hl=uk' })
  assert.deepEqual(await embed.ask(() => [document.documentElement.lang, document.querySelector('sprat-player').shadowRoot.querySelector('.start').getAttribute('aria-label')]), ['uk', table('uk').play])
  const plain = await world.page('embed.html?src=/media/vod/master.m3u8&p2p=off&preload=none', { name: 'no hl' })
  await plain.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.start'), { what: 'the player' })
  assert.match(await plain.ask(() => document.documentElement.lang), /^en/)
  world.note('lang, of a host, of the viewer, hl; English while there is nothing else')
  world.server.faults.clear()
  for (const one of [tab, embed, plain]) await one.close()
}

/** With `en-XA` in place of a locale: what shows and is not in brackets was never translated. */
async function nothingInEnglish(world) {
  const [first, second] = shipped(pseudoLocale()).map(text => `export default ${JSON.stringify(text)}`)
  const isMore = name => readFileSync(join(SITE, name), 'utf8').includes(resources.it.match(/^statistics = (.*)$/m)[1])
  const files = readdirSync(SITE).filter(name => /^it-\w+\.js$/.test(name))
  assert.equal(files.length, 2)
  world.server.faults.set(files.map(name => ({ match: `/${name.replaceAll('.', '\\.')}`, status: 200, type: 'text/javascript', body: isMore(name) ? second : first })))
  const tab = await filmed(world, { lang: 'it' }, 'en-XA')
  await tab.until(() => page.element.shadowRoot.querySelector('.frame').lang === 'it', { what: 'en-XA' })
  // Nobody is asked where nobody can be met.
  if (world.has.rtc) await tab.until(() => page.element.shadowRoot.querySelector('.question'), { what: 'the question' })
  await putFailing(tab)
  const { instance } = world.server
  await tab.ask(addresses => {
    page.element.setAttribute('p2p-warning', '')
    for (const address of addresses) {
      const asking = document.createElement('sprat-player')
      for (const [name, value] of [['lang', 'it'], ['peertube', address], ['watch-url', address], ['muted', ''], ['dnt', '']]) asking.setAttribute(name, value)
      document.body.append(asking)
    }
  }, [instance.watch('password'), instance.watch('nsfw'), instance.watch('vod')])
  const there = async selector => tab.until(selector => [...document.querySelectorAll('sprat-player')].some(({ shadowRoot }) => shadowRoot.querySelector(selector)), { argument: selector, what: selector })
  for (const selector of ['.password', '.sensitive', '.watch']) await there(selector)
  const shown = await tab.ask(readAll)
  for (const popup of ['settings', 'sharing']) {
    await tab.ask(popup => page.element.shadowRoot.getElementById(`${popup}-button`).click(), popup)
    await tab.until(kind => page.element.shadowRoot.querySelector(`#popup.${kind}`), { argument: popup === 'settings' ? 'menu' : 'panel', what: popup })
    // What is opened on purpose has words of its own, which come behind it.
    if (popup === 'settings') await tab.until(() => page.element.shadowRoot.querySelector('#popup button:last-of-type').textContent.includes('⟦'), { what: 'the second half of the words' })
    shown.push(...(await tab.ask(readAll)))
  }
  await tab.ask(() => {
    for (const src of ['/cases/iframes/list.json', '/media/none.json']) {
      const list = document.createElement('sprat-playlist')
      for (const [name, value] of [['lang', 'it'], ['src', src], ['p2p', 'off'], ['preload', 'none']]) list.setAttribute(name, value)
      document.body.append(list)
    }
  })
  await tab.until(() => [...document.querySelectorAll('sprat-playlist')].every(({ shadowRoot }) => shadowRoot?.querySelector('.layout')?.lang === 'it' && shadowRoot.querySelector('li, .problem')), { what: 'two playlists' })
  shown.push(...(await tab.ask(readAll)))
  const given = await tab.ask(() => [...document.querySelectorAll('sprat-player')].flatMap(({ instanceVideo }) => [instanceVideo?.title, instanceVideo?.nsfw?.summary]).filter(Boolean))
  const untold = text => given.reduce((text, one) => text.replace(one, ''), text.replace(/⟦[^⟧]*⟧/g, '').replace(GIVEN, ''))
  const plain = [...new Set(shown)].filter(text => /[A-Za-z]{3,}/.test(untold(text)))
  assert.deepEqual(plain, [], 'in English, whatever the language')
  const seen = new Set(shown.filter(text => text.includes('⟦')))
  assert.ok(seen.size >= 30, `${seen.size} texts were seen`)
  world.note(`en-XA: ${seen.size} texts seen of ${messages().size} messages, none of them in English`)
  world.server.faults.clear()
  await tab.close()
}

/** What no message says: titles of the lists, names of faults, and times as `Intl` says them. */
const GIVEN = /Depth|Dusk|Life|Three clips|document-not-found|video-missing|\d+ secondi/g

async function filmed(world, attributes, name) {
  const tab = await world.viewer({ autoplay: undefined, preload: 'metadata', p2p: 'ask', ...attributes }, { name })
  await tab.until(() => page.video?.readyState >= 1 && page.element.shadowRoot?.querySelector('.settings'), { what: 'the film is known', within: 40_000 })
  return tab
}

/** Browsers do not agree on the digits of Arabic. */
function inDigits(text) {
  return text.replace(/\p{Nd}/gu, digit => digit.codePointAt(0) & 15)
}

/** Beside it two that fail: on an address with nothing, and on an instance without such a video. */
async function putFailing(tab) {
  await tab.ask(nowhere => {
    for (const [name, value] of [['src', '/media/none.m3u8'], ['peertube', `/w/${nowhere}`]]) {
      const failing = page.make()
      for (const attribute of ['src', 'integrity', 'trackers']) failing.removeAttribute(attribute)
      failing.setAttribute(name, value)
      document.body.append(failing)
    }
  }, NOWHERE)
  await tab.until(() => [...document.querySelectorAll('sprat-player')].filter(({ error }) => error).length === 2, { what: 'two have failed' })
}

async function speak(tab, lang) {
  await tab.ask(lang => document.querySelectorAll('sprat-player').forEach(player => (player.lang = lang)), lang)
  await tab.until(lang => [...document.querySelectorAll('sprat-player')].every(({ shadowRoot }) => shadowRoot.querySelector('.frame').lang === lang), { argument: lang, what: lang })
}

// The rest runs in the pages.

async function look() {
  const root = page.element.shadowRoot
  const text = (within, ...selectors) => selectors.map(selector => within.querySelector(selector)?.textContent.trim())
  const open = async (popup, kind) => {
    root.getElementById(`${popup}-button`).click()
    while (!root.querySelector(`#popup.${kind}`)) await new Promise(resolve => setTimeout(resolve, 20))
    return root.getElementById('popup')
  }
  const frame = root.querySelector('.frame')
  const settings = await open('settings', 'menu')
  const [menu, auto] = text(settings, '.title', 'small')
  const speed = () => [...settings.querySelectorAll('button')][1].querySelector('bdi').textContent
  // What is opened on purpose is fetched apart.
  for (let i = 0; i < 100 && speed() === 'Speed' && !frame.lang.startsWith('en'); i++) await new Promise(resolve => setTimeout(resolve, 20))
  const fast = speed()
  const panel = await open('sharing', 'panel')
  const [title, share] = text(panel, 'h2', '.switch span')
  const [map, close] = panel.querySelectorAll('.button')
  const said = [title, map.getAttribute('aria-label'), close.getAttribute('aria-label'), share]
  map.click()
  while (!panel.querySelector('.map')) await new Promise(resolve => setTimeout(resolve, 20))
  said.push(...text(panel, 'dl > :first-child dt', 'dl > :last-child dt'))
  close.click()
  const [missing, refused] = [...document.querySelectorAll('sprat-player')].filter(({ error }) => error).map(({ shadowRoot }) => shadowRoot.querySelector('.failure'))
  return {
    lang: frame.lang,
    dir: frame.dir,
    region: frame.getAttribute('aria-label'),
    play: root.querySelector('.play').getAttribute('aria-label'),
    settings: root.querySelector('.settings').getAttribute('aria-label'),
    menu,
    speed: fast,
    auto,
    panel: said,
    ...(missing && {
      failure: text(missing, 'h2', '.primary', 'code'),
      fault: [...missing.querySelectorAll('p')].map(p => p.textContent),
      refusal: [...refused.querySelectorAll('p')].map(p => p.textContent),
    }),
  }
}

async function places() {
  const root = page.element.shadowRoot
  const box = element => element.getBoundingClientRect().toJSON()
  const line = root.querySelector('.timeline')
  const { left, width } = line.querySelector('svg').getBoundingClientRect()
  line.dispatchEvent(new PointerEvent('pointermove', { clientX: left + width / 4 }))
  root.getElementById('settings-button').click()
  while (!root.getElementById('popup')) await new Promise(resolve => setTimeout(resolve, 20))
  const menu = box(root.getElementById('popup'))
  root.getElementById('settings-button').click()
  return {
    player: box(page.element),
    play: box(root.querySelector('.play')),
    fullscreen: box(root.querySelector('.fullscreen, .sharing')),
    menu,
    direction: getComputedStyle(line.querySelector('input')).direction,
    quarter: line.querySelector('output').value,
  }
}

/** Every text of every shadow tree on the page, and what is read out in place of some. */
function readAll() {
  const found = []
  const read = root => {
    for (const element of root.querySelectorAll('*')) {
      for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'aria-valuetext']) found.push(element.getAttribute(name) ?? '')
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && element.localName !== 'style') found.push(node.data)
      if (element.shadowRoot) read(element.shadowRoot)
    }
  }
  for (const element of document.querySelectorAll('sprat-player, sprat-playlist')) read(element.shadowRoot)
  return found.map(text => text.trim()).filter(Boolean)
}
