// Whether `custom-elements.json` is true: of each element in a browser, by its own word and by its sources.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FOLDER } from './installed.mjs'

const WWW = join(import.meta.dirname, '../../www')
const TAGS = ['sprat-video', 'sprat-player', 'sprat-playlist', 'sprat-search', 'sprat-embed']

/** Nothing that an element observes, has as a part or takes as a custom property is missing, and nothing is made up. */
export async function elementsAsDescribed(tab) {
  const { modules } = JSON.parse(readFileSync(join(FOLDER, 'node_modules/sprat-player/custom-elements.json'), 'utf8'))
  const described = modules.flatMap(({ declarations }) => declarations)
  assert.deepEqual(described.map(({ tagName }) => tagName), TAGS)
  for (const { tagName, attributes, members, events } of described) {
    const names = attributes.map(({ name }) => name)
    const argument = { tagName, fields: named(members, 'field'), methods: named(members, 'method') }
    await tab.until(tagName => Boolean(customElements.get(tagName)), { argument: tagName, what: `${tagName} is registered` })
    const { observed, strangers } = await tab.ask(({ tagName, fields, methods }) => {
      const element = document.createElement(tagName)
      const strangers = [...fields.filter(name => !(name in element)), ...methods.filter(name => typeof element[name] !== 'function')]
      return { observed: element.constructor.observedAttributes, strangers }
    }, argument)
    assert.deepEqual(observed.filter(name => !names.includes(name)), [], `attributes of ${tagName} that are not described`)
    assert.deepEqual(strangers, [], `members of ${tagName} that it does not have`)
    const text = sources('src', '.ts')
    const ours = attributes.filter(({ description }) => description !== 'as in HTML').map(({ name }) => name)
    for (const name of ours) assert.ok(text.includes(`'${name}'`), `no source knows the attribute ${name} of ${tagName}`)
    for (const { name } of events) assert.ok(text.includes(`'${name}'`), `no source sends ${name}`)
  }
  const parts = described.flatMap(({ cssParts }) => cssParts.map(({ name }) => name))
  const text = sources('src', '.ts')
  const inSources = [...text.matchAll(/part="([\w-]+)"|part\.add\('([\w-]+)'\)/g)].map(([, one, other]) => one ?? other)
  assert.deepEqual([...new Set(parts)].sort(), [...new Set(inSources)].sort(), 'CSS parts')
  const properties = described.flatMap(({ cssProperties }) => cssProperties.map(({ name }) => name))
  const inStyles = [...sources('styles', '.css', /site|embed/).matchAll(/var\((--sprat-[\w-]+)/g)].map(([, name]) => name)
  assert.deepEqual([...new Set(properties)].sort(), [...new Set(inStyles)].sort(), 'custom properties')
  return `${described.length} elements as described`
}

function named(members, kind) {
  return members.filter(member => member.kind === kind).map(({ name }) => name)
}

function sources(folder, end, without) {
  const names = readdirSync(join(WWW, folder), { recursive: true }).filter(name => name.endsWith(end) && !without?.test(name))
  assert.ok(names.length > 0)
  return names.map(name => readFileSync(join(WWW, folder, name), 'utf8')).join('\n')
}
