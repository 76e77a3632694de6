// Cards whose servers say something, nothing, or what means harm: a live that is counted down to until it is on and over; petitions
// and events that cannot be had; hostile cards and false answers.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer } from '../../server/server.mjs'
import { open, overlaps, seek, titles, written } from '../end-cards/viewer.mjs'
import { HOSTILE, LIES } from './hostile.mjs'

const fixture = name => readFileSync(join(import.meta.dirname, '../../../tests/fixtures/end-cards', name), 'utf8')

export default {
  about: 'end cards: a live is counted down to; servers that do not answer leave a link and a word; hostile cards run nothing and fetch nothing',
  seconds: 50,
  expects: [/evil\.example|access-control-allow-origin|access control|Cross-Origin Request|Failed to load resource|CORS/i],
  server: {
    pages: {
      '/strict.json': JSON.stringify([{ kind: 'petition', title: 'a', url: '/petition/12/', at: 0 }, { kind: 'countdown', title: 'b', start: '2031-05-01T20:00:00Z', at: 0 }]),
      '/hostile.json': JSON.stringify(HOSTILE),
      '/broken.json': '{ "cards": 1',
      '/petition/12/': fixture('petition.json'),
      ...Object.fromEntries(LIES.map((lie, i) => [`/lies/${i}`, lie])),
    },
  },
  async run(world) {
    await counted(world)
    await unanswered(world)
    await hostile(world)
  },
}

async function counted(world) {
  const tab = await written(world, [
    { kind: 'countdown', title: 'Soon', in: 5000, until: 8000, url: 'https://example.org/live', at: 0 },
    { kind: 'countdown', title: 'Far', in: 5 * 86_400_000, at: 0 },
    { kind: 'event', title: 'Off', url: 'https://example.org/off', in: 86_400_000, fetch: false, at: 0 },
  ])
  const soon = what => tab.ask(what => page.element.shadowRoot.querySelector(`.top-left ${what}`)?.textContent ?? '', what)
  await tab.until(() => page.element.shadowRoot.querySelector('.top-left .clock'), { what: 'it is counted down' })
  assert.match(await soon('.clock'), /^00:00:0[1-5]$/)
  assert.deepEqual(await tab.ask(() => {
    const { role, ariaLive } = page.element.shadowRoot.querySelector('.top-left .clock')
    return [role, ariaLive]
  }), ['timer', 'off'], 'and not read out each second')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('.top-right .clock').textContent), 'in 5 days')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('.bottom-left .calendar').download), 'event.ics')
  await tab.until(() => page.element.shadowRoot.querySelector('.top-left .now')?.textContent === 'now', { what: 'it is on' })
  assert.equal(await soon('.calendar'), '', 'no calendar is of use any more')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('.top-left a').href), 'https://example.org/live')
  await tab.until(() => page.element.shadowRoot.querySelector('.top-left .over'), { what: 'it is over' })
  await tab.close()

  const strict = await open(world, '/strict.json', { style: undefined }, { csp: 'strict' })
  await seek(strict, 1)
  await strict.until(() => /1,234/.test(page.element.shadowRoot.querySelector('.petition')?.textContent) && page.element.shadowRoot.querySelector('.clock'), { what: 'under a strict policy, too' })
  assert.deepEqual(await strict.ask(() => page.heard.filter(({ type }) => type === 'violation')), [])
  await strict.close()
}

async function unanswered(world) {
  const elsewhere = await startServer({ pages: { '/petition/1/': fixture('petition.json'), '/event': fixture('event.json') } })
  try {
    elsewhere.faults.set([{ match: '.', headers: { 'access-control-allow-origin': 'https://example.org' } }])
    const tab = await written(world, [
      { kind: 'petition', title: 'A petition', url: `${elsewhere.url}petition/1/`, at: 0 },
      { kind: 'event', title: 'An event', url: `${elsewhere.url}event`, in: 86_400_000, location: 'Here', at: 0 },
      { kind: 'event', url: `${world.server.url}nothing`, at: 0 },
    ])
    await tab.until(() => page.element.shadowRoot.querySelectorAll('.unknown').length === 3, { what: 'that nothing more is known' })
    const found = await tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.card')].map(card => [card.innerText.replace(/\s+/g, ' ').trim(), card.querySelector('a').href, card.querySelectorAll('.calendar').length]))
    assert.deepEqual(found[0], ['A petition Details unavailable Sign', `${elsewhere.url}petition/1/`, 0])
    assert.match(found[1][0], /^An event .+ · Here Details unavailable Add to calendar$/)
    assert.deepEqual(found[1].slice(1), [`${elsewhere.url}event`, 1], 'what the page says is enough for a calendar')
    assert.deepEqual(found[2], [`${new URL(world.server.url).host} Details unavailable`, `${world.server.url}nothing`, 0])
    await tab.close()
  } finally {
    await elsewhere.close()
  }
}

async function hostile(world) {
  const tab = await open(world, '/hostile.json')
  await tab.ask(() => {
    globalThis.fetched = []
    new PerformanceObserver(list => fetched.push(...list.getEntries().map(({ name }) => name))).observe({ type: 'resource', buffered: true })
  })
  await seek(tab, 5)
  await tab.until(() => page.element.shadowRoot.querySelectorAll('.card').length === 4, { what: 'the cards that are some' })
  const found = await tab.ask(() => [...page.element.shadowRoot.querySelectorAll('.card, .card *')].flatMap(({ localName, attributes }) => [localName, ...[...attributes].map(({ name, value }) => `${name}=${value}`)]))
  for (const word of found) {
    assert.ok(!/^(script|style|link|iframe|img|svg|form)$/.test(word), word)
    assert.ok(!/^(on\w+|style|id|slot|srcset)=/.test(word), word)
    assert.ok(!/^(href|src)=(?!https?:|blob:)/.test(word), word)
  }
  assert.ok((await tab.ask(() => page.element.shadowRoot.querySelector('.link').innerText)).includes('<img src=x onerror'), 'it is text')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('.link .alt').textContent.slice(0, 4)), '<img', 'in place of the picture')
  const calendar = await tab.ask(async () => (await fetch(page.element.shadowRoot.querySelector('.calendar').href)).text())
  assert.ok(!/^ATTACH/m.test(calendar) && !/DTEND/.test(calendar), calendar)
  assert.deepEqual((await overlaps(tab)).filter(word => !word.includes('is cut')), [])
  await new Promise(resolve => setTimeout(resolve, 300))
  assert.equal(await tab.ask(() => typeof shown), 'undefined', 'nothing has run')
  assert.deepEqual(await tab.ask(() => fetched.filter(name => name.includes('evil'))), [], 'nobody was told')
  await tab.close()

  for (let i = 0; i < LIES.length; i += 4) {
    const lied = await written(world, LIES.slice(i, i + 4).map((_, j) => ({ kind: 'petition', title: `Lie ${i + j}`, url: `${world.server.url}lies/${i + j}`, at: 0 })))
    await lied.until(count => page.element.shadowRoot.querySelectorAll('.unknown').length === count, { argument: Math.min(4, LIES.length - i), what: `lies ${i} to ${i + 3} are none` })
    assert.deepEqual(await titles(lied), LIES.slice(i, i + 4).map((_, j) => `Lie ${i + j}`))
    await lied.close()
  }
  world.note(`${HOSTILE.length} hostile cards, ${LIES.length} false answers`)

  const broken = await open(world, '/broken.json')
  await broken.ask(() => page.element.play())
  await broken.until(() => page.element.currentTime > 0.3 && page.element.error == null, { what: 'plays without them' })
  await broken.close()
}
