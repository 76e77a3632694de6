// What axe finds in the states of the iframe pages: nothing. In both directions of writing, with more contrast,
// and with the viewer's own colours.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STATES } from './states.mjs'

/** Of pages that are not in a frame: these are made for one, where the page around them has its headings and its main part. */
const NOT_IN_FRAMES = ['landmark-one-main', 'page-has-heading-one']
const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

export default {
  about: 'axe: no violations in any state of the iframe pages, from left to right, from right to left, with more contrast, and in forced colours',
  seconds: 150,
  // axe judges what a page says of itself, which is the same everywhere; contrast and colours are asked for by a switch that only Chromium has.
  browsers: ['chromium'],
  expects: [/status of 40[34]/],
  server: { instance: { p2p: false, privateTracker: false } },
  async run(world) {
    const { instance } = world.server
    const found = []
    let looked = 0
    let tab
    for (const { name, before, path, ready } of STATES) {
      if (path) {
        await tab?.close()
        before?.(instance)
        tab = await world.page(path(instance), { name, before: [AXE] })
      }
      await ready(tab)
      const looks = {
        'left to right': () => {},
        'right to left': () => speak(tab, 'ar', 'rtl'),
        'more contrast': () => tab.contrast(true),
        'forced colours': () => tab.forcedColours(true),
      }
      for (const [look, begin] of Object.entries(looks)) {
        await begin()
        looked += 1
        for (const violation of await tab.ask(violations, NOT_IN_FRAMES)) found.push(`${name}, ${look}: ${violation}`)
      }
      await speak(tab, 'en', 'ltr')
      await tab.forcedColours(false)
      await tab.contrast(false)
      Object.assign(instance.switches, { nsfw: 'display', annotations: undefined })
    }
    assert.ok(found.length === 0, found.join('\n'))
    world.note(`${STATES.length} states, ${looked} looks, 0 violations of axe ${await tab.ask(() => axe.version)}`)
  },
}

/** The page is in this language, and the player has followed. */
async function speak(tab, lang, dir) {
  await tab.ask(spoken => Object.assign(document.documentElement, spoken), { lang, dir })
  await tab.until(dir => {
    const parts = [...document.querySelectorAll('sprat-player, sprat-playlist, sprat-search')].flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('[dir]')])
    return parts.length === 0 || parts.some(part => part.dir === dir && part.lang !== '')
  }, { argument: dir, what: `words in ${lang}` })
}

/** In the page. */
async function violations(without) {
  const rules = Object.fromEntries(without.map(rule => [rule, { enabled: false }]))
  const { violations } = await axe.run(document, { resultTypes: ['violations'], rules })
  const said = ({ html, failureSummary }) => `${html.replace(/\s+/g, ' ').slice(0, 200)} ${failureSummary.replace(/\s+/g, ' ').slice(0, 300)}`
  return violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes.slice(0, 3).map(said).join(' | ')}`)
}
