// Cards near the end: what each kind shows, where and when; that they are over nothing that can be pressed, in large players and in
// small ones; a video of a card that is played in the same player; a switch.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { open, overlaps, seek, shows, titles } from './viewer.mjs'

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/end-cards')
const fixture = name => readFileSync(join(FIXTURES, name), 'utf8')
const EVENT = '/events/39026210-0c69-4238-b3cc-986f33f98ed0'
const PLACES = ['top-left', 'top-right', 'bottom-left', 'bottom-right']

const CARDS = [
  { kind: 'link', title: 'How the river was saved', text: 'A report, with maps', url: 'https://example.org/report', image: '/cases/end-cards/river.svg', alt: 'A river' },
  { kind: 'video', title: 'The next part', src: '/media/files/master.m3u8', url: 'https://example.org/next', endCards: '/next.json', at: 40, place: 'bottom-right' },
  { kind: 'petition', title: 'Save the river', url: '/petition/12/', fromEnd: 18 },
  { kind: 'event', title: 'A walk', url: EVENT, fromEnd: 18 },
  { kind: 'countdown', title: 'A fifth, for which there is no place', start: '2031-05-01T20:00:00Z', fromEnd: 1 },
]

export default {
  about: 'end cards: five kinds, places and times, small players, keyboard, right to left; a video in the same player; a switch',
  seconds: 60,
  server: {
    pages: {
      '/cards.json': JSON.stringify({ cards: CARDS }),
      '/next.json': JSON.stringify([{ kind: 'link', title: 'After the next', url: '/after', at: 0 }]),
      '/petition/12/': fixture('petition.json'),
      [EVENT]: fixture('event.json'),
    },
  },
  async run(world) {
    await kinds(world)
    await small(world)
    await played(world)
    await besideWhatComesNext(world)
    await switched(world)
  },
}

async function kinds(world) {
  const tab = await open(world, '/cards.json')
  await tab.until(() => page.element.duration > 59, { what: 'its length' })
  await seek(tab, 30)
  await shows(tab, [], 'too early')
  await seek(tab, 41)
  await shows(tab, ['The next part'], 'at its time')
  assert.equal(world.server.stats.requests(/petition|events/), 0, 'nobody is asked before their card is there')
  await seek(tab, 43)
  const all = ['Save the river', 'A walk along the river; bring boots, please', 'The next part']
  await tab.until(() => page.element.shadowRoot.querySelectorAll('.card').length === 3, { what: 'the others, as long before the end as they say' })
  await seek(tab, 47)
  await tab.until(() => page.element.shadowRoot.querySelectorAll('.card').length === 4, { what: 'four' })
  await shows(tab, ['Let the river be a river', all[1], 'How the river was saved', 'The next part'], 'in the order in which they are seen')
  assert.equal(world.server.stats.requests(/petition|events/), 2, 'once each')
  const found = await tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.card')].map(card => ({
    classes: card.className,
    text: card.innerText.replace(/\s+/g, ' ').trim(),
    links: [...card.querySelectorAll('a:not(.calendar)')].map(({ href, target, rel }) => [href, target, rel]),
    pictures: [...card.querySelectorAll('img')].map(({ src, alt, referrerPolicy }) => [new URL(src).pathname, alt, referrerPolicy]),
  })))
  const elsewhere = ['_blank', 'noopener noreferrer nofollow']
  const [petition, event, link, video] = found
  assert.equal(petition.text, 'Let the river be a river Signatures: 1,234 / 2,000 Sign')
  assert.deepEqual(petition.links, [[`${world.server.url}petition/12/`, ...elsewhere]])
  assert.match(event.text, /^A walk along the river; bring boots, please May 2, 2031, .+ · The old bridge, 1 Quai du Pont, Lyon Add to calendar$/)
  assert.deepEqual(event.links, [[`${world.server.url}${EVENT.slice(1)}`, ...elsewhere]])
  assert.equal(link.text, 'How the river was saved A report, with maps')
  assert.deepEqual([link.links, link.pictures], [[['https://example.org/report', ...elsewhere]], [['/cases/end-cards/river.svg', 'A river', 'no-referrer']]])
  assert.deepEqual([video.text, video.links], ['The next part', []])
  assert.deepEqual(found.map(({ classes }) => classes.split(' ')[2]), PLACES)
  const file = await tab.ask(async () => {
    const { href, download } = page.element.shadowRoot.querySelector('.calendar')
    const answer = await fetch(href)
    return [download, answer.headers.get('content-type'), await answer.text()]
  })
  assert.deepEqual(file.slice(0, 2), ['event.ics', 'text/calendar'])
  assert.match(file[2], /\r\nDTSTART:20310502T160000Z\r\nDTEND:20310502T183000Z\r\nSUMMARY:A walk along the river\\; bring boots\\, please\r\n/)
  const quarters = await tab.ask(() => {
    const { left, top, width, height } = page.element.getBoundingClientRect()
    return [...page.element.shadowRoot.querySelectorAll('.card')].map(card => {
      const box = card.getBoundingClientRect()
      return `${(box.top + box.bottom) / 2 < top + height / 2 ? 'top' : 'bottom'}-${(box.left + box.right) / 2 < left + width / 2 ? 'left' : 'right'}`
    })
  })
  assert.deepEqual(quarters, PLACES)
  assert.deepEqual(await overlaps(tab), [])
  await tab.ask(() => { page.element.currentTime = 59.5; return page.element.play() })
  await tab.until(() => page.element.ended, { what: 'the end' })
  assert.equal((await titles(tab)).length, 4, 'four at most, and they stay')
  assert.deepEqual(await overlaps(tab), [])
  await seek(tab, 5)
  await shows(tab, [], 'who goes back is left alone')
  await tab.close()

  // Whichever way is written, they are where their author has put them; and in the words of the language.
  const arabic = await open(world, '/cards.json', { lang: 'ar' })
  await arabic.until(() => page.element.shadowRoot.querySelector('.frame').dir === 'rtl', { what: 'right to left' })
  await seek(arabic, 50)
  await arabic.until(() => page.element.shadowRoot.querySelector('.petition')?.innerText.includes('التوقيعات'), { what: 'its words' })
  assert.deepEqual(await arabic.ask(() => ['top-left', 'bottom-right'].map(place => page.element.shadowRoot.querySelector(`.card.${place}`).getBoundingClientRect().left < 450)), [true, false])
  assert.deepEqual(await overlaps(arabic), [])
  await arabic.close()
}

async function small(world) {
  const tab = await open(world, '/cards.json')
  for (const [width, height] of [[760, 428], [640, 360], [700, 300], [480, 270], [320, 180]]) {
    const size = `${width} × ${height}`
    await tab.ask(([width, height]) => {
      page.element.pause()
      page.element.style.cssText = `width: ${width}px; height: ${height}px`
      page.element.currentTime = 57
    }, [width, height])
    await tab.until(() => !page.element.seeking && page.element.shadowRoot.querySelectorAll('.card').length === 4 && page.element.shadowRoot.querySelector('.calendar'), { what: `${size}: four` })
    assert.deepEqual(await overlaps(tab), [], size)
    // By keyboard each comes into view.
    await tab.ask(() => page.element.shadowRoot.querySelector('.frame').focus())
    const met = []
    // Firefox stops at what scrolls, too.
    for (let i = 0; i < 8 && met.length < 5; i++) {
      await tab.press('Tab')
      met.push(...await tab.ask(() => {
        const { activeElement } = page.element.shadowRoot
        const card = activeElement?.closest('.card')
        if (!card || card === activeElement) return []
        const [at, row] = [activeElement, card.parentElement].map(node => node.getBoundingClientRect())
        return [`${card.classList[2]}${at.left >= row.left - 1 && at.right <= row.right + 1 ? '' : ', out of view'}`]
      }))
    }
    assert.deepEqual(met, ['top-left', 'top-right', 'bottom-left', 'bottom-left', 'bottom-right'], size)
    assert.deepEqual(await overlaps(tab), [], `${size}, at the last`)
    await tab.ask(() => { page.element.currentTime = 59.7; return page.element.play() })
    await tab.until(() => page.element.ended, { what: 'the end' })
    assert.deepEqual(await overlaps(tab), [], `${size}, at the end`)
  }
  await tab.ask(() => { page.element.style.cssText = 'width: 320px; height: 150px' })
  await tab.until(() => getComputedStyle(page.element.shadowRoot.querySelector('.plugin-end-cards')).display === 'none', { what: 'none where there is no room' })
  world.note('nothing covered at 900, 760, 640, 480, 320 px')
  await tab.close()
}

async function played(world) {
  const tab = await open(world, '/cards.json', { integrity: '/media/vod/segments-sha256.json', 'media-title': 'The first part' })
  await seek(tab, 45)
  await tab.until(() => page.element.shadowRoot.querySelector('.video button'), { what: 'the video' })
  await tab.ask(() => {
    page.element.addEventListener('endcardplay', event => {
      globalThis.told = event.detail
      event.preventDefault()
    }, { once: true })
    page.element.shadowRoot.querySelector('.video button').click()
  })
  const { origin } = new URL(world.server.url)
  assert.deepEqual(await tab.ask(() => told), { title: 'The next part', src: `${origin}/media/files/master.m3u8`, url: 'https://example.org/next' })
  assert.match(await tab.ask(() => page.element.src), /vod/, 'the page does something else')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('.video button').ariaLabel), 'Play: The next part')
  await tab.ask(() => page.element.shadowRoot.querySelector('.video button').focus())
  await tab.press('Enter')
  await tab.until(() => /files/.test(page.element.currentSrc) && page.element.currentTime > 0.3 && page.element.currentTime < 20, { what: 'it plays here' })
  await shows(tab, ['After the next'], 'with its own cards')
  assert.deepEqual(await tab.ask(() => [page.element.getAttribute('integrity'), page.element.getAttribute('media-title'), page.element.shadowRoot.activeElement?.className]), [null, 'The next part', 'frame'])
  await tab.close()
}

/** What comes next in a playlist is asked at the same place. */
async function besideWhatComesNext(world) {
  const tab = await open(world, undefined, { id: 'here' })
  await tab.ask(() => {
    const list = document.createElement('sprat-playlist')
    for (const [name, value] of Object.entries({ for: 'here', src: '/cases/iframes/list.json', remember: 'off', muted: '', p2p: 'off' })) list.setAttribute(name, value)
    document.body.append(list)
    globalThis.list = list
  })
  await tab.until(() => list.currentIndex === 0 && page.element.readyState > 1 && page.element.duration > 20 && page.element.duration < 50, { what: 'its first item, not what was there before' })
  await tab.ask(() => page.element.setAttribute('end-cards', '/cards.json'))
  await tab.ask(() => { page.element.currentTime = page.element.duration - 0.5; return page.element.play() })
  const isShown = () => tab.ask(() => page.element.shadowRoot.querySelector('.card').checkVisibility())
  await tab.until(() => page.element.shadowRoot.querySelector('.coming') && page.element.shadowRoot.querySelector('.card'), { what: 'what comes next' })
  assert.equal(await isShown(), false, 'they give way')
  await tab.click('sprat-player >> .coming button:not(.now)')
  await tab.until(() => !page.element.shadowRoot.querySelector('.coming'), { what: 'it is not wanted' })
  assert.equal(await isShown(), true, 'and are there again')
  await tab.close()
}

async function switched(world) {
  const tab = await open(world, '/cards.json', { lang: 'fr' })
  await seek(tab, 45)
  await tab.until(() => page.element.shadowRoot.querySelector('.card'), { what: 'a card' })
  await tab.ask(async () => {
    const root = page.element.shadowRoot
    root.querySelector('.button.settings').click()
    const entry = () => [...root.querySelectorAll('#popup button')].find(({ textContent }) => textContent.includes('Cartes de fin'))
    while (!entry()) await new Promise(resolve => setTimeout(resolve, 20))
    entry().click()
  })
  await shows(tab, [], 'off')
  await tab.ask(() => {
    globalThis.before = true
    location.reload()
  })
  await tab.until(() => !globalThis.before && globalThis.page?.video?.readyState > 1 && page.element.shadowRoot.querySelector('.plugin-end-cards'), { what: 'once more' })
  await seek(tab, 45)
  await tab.until(() => !page.element.seeking && page.element.currentTime >= 45, { what: 'there' })
  assert.deepEqual(await titles(tab), [], 'it stays off')
  await tab.ask(() => localStorage.clear())
  await tab.close()
}
