// What tools are told of the elements: `custom-elements.json` (https://github.com/webcomponents/custom-elements-manifest) for editors and
// documentation, and their attributes in JSX. An analyser of sources does not see attributes that are put together while a class
// is made; so the classes are asked, and what is said of each attribute is what the README says of it. The rest is
// `pkg-config/npm/elements.json`, which `playwright/consumers/elements.mjs` holds against the elements in a browser.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './bundling.mjs'

/** Of HTML, as on a <video>. */
const STANDARD = 'autopictureinpicture disablepictureinpicture disableremoteplayback autoplay controls controlslist crossorigin loop muted playsinline poster preload title loading sandbox'.split(' ')

/** What the README has no line for. */
const SAID = {
  'control-bar': '`off`: no bar at the lower edge',
  controls: 'of `<sprat-player>`: `off` leaves them out',
  'media-title': 'the title, where no instance knows it',
  keyboard: '`off`: no key but Escape does anything',
  stop: 'where to stop, in seconds',
  subtitle: 'the language of the captions that are shown at once',
  headline: '`off`: no title over the picture',
  'p2p-warning': '`off`: no word about sharing beside the title',
  'player-theme': 'colours that an instance has chosen',
  'wait-password': 'a script will give the password',
  type: 'the MIME type of `src`, where its name does not tell',
  for: 'the id of the player, or of the list, elsewhere on the page',
  layout: '`side`, `below`, `drawer` or `shelf`',
  shuffle: 'in a drawn order; a number draws the same again',
  order: '`reverse`: the last first',
  index: 'where to begin, from 1',
  'deep-link': "the page's `#item=2&t=90` says where to begin, and follows",
  advance: 'for how many seconds what comes next is announced; `off`: stop after each item',
  mode: 'taken and without effect: what other embeds have it for',
  query: 'what is searched for at once',
  sensitive: '`never`: nobody is offered what is not for everybody',
  language: 'what the filter begins with',
  licence: 'what the filter begins with',
  length: 'what the filter begins with',
  live: 'what the filter begins with',
  newest: 'what the filter begins with',
}

const README = new Map([...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `([a-z0-9-]+)` \| (.+?) \| .*\|$/gm)].map(([, name, meaning]) => [name, meaning]))
const DATA = JSON.parse(readFileSync(join(root, 'pkg-config/npm/elements.json'), 'utf8'))

/** Each tag with the attributes that its class observes, and those that are read when they are needed. */
async function attributes(dist) {
  const classes = await import(pathToFileURL(join(dist, 'index.js')).href)
  return Object.entries(DATA).map(([tag, data]) => [tag, [...new Set([...classes[data.class].observedAttributes, ...data.extras])]])
}

export async function manifest(dist) {
  const named = await attributes(dist)
  const declarations = named.map(([tag, names]) => declaration(tag, names))
  const exports = named.flatMap(([tag]) => [
    { kind: 'js', name: DATA[tag].class, declaration: { name: DATA[tag].class } },
    { kind: 'custom-element-definition', name: tag, declaration: { name: DATA[tag].class } },
  ])
  return { schemaVersion: '2.1.0', readme: 'README.md', modules: [{ kind: 'javascript-module', path: 'dist/define.js', declarations, exports }] }
}

function declaration(tag, names) {
  const data = DATA[tag]
  const { fields, methods, events } = whole(tag)
  return {
    kind: 'class',
    customElement: true,
    tagName: tag,
    name: data.class,
    description: data.summary,
    attributes: names.map(name => ({ name, description: saidOf(name, tag), type: { text: 'string' } })),
    members: [
      ...Object.entries(fields).map(([name, [text, description]]) => ({ kind: 'field', name, description, type: { text } })),
      ...Object.entries(methods).map(([name, description]) => ({ kind: 'method', name, description })),
    ],
    events: Object.entries(events).map(([name, description]) => ({ name, description, type: { text: name === 'error' ? 'Event' : 'CustomEvent' } })),
    cssParts: listed(data.parts),
    cssProperties: listed(data.properties),
    slots: listed(data.slots),
    superclass: { name: 'HTMLElement' },
  }
}

/** What an element has of its own, and of the one that it is used like. */
function whole(tag) {
  const { inherits, fields, methods, events } = DATA[tag]
  const below = inherits ? whole(inherits) : { fields: {}, methods: {}, events: {} }
  return { fields: { ...below.fields, ...fields }, methods: { ...below.methods, ...methods }, events: { ...below.events, ...events } }
}

function listed(said = {}) {
  return Object.entries(said).map(([name, description]) => ({ name, description }))
}

function saidOf(name, tag) {
  const said = tag === 'sprat-embed' && STANDARD.includes(name) ? undefined : README.get(name) ?? SAID[name]
  if (!said && !STANDARD.includes(name)) throw new Error(`nothing says what ${name} of <${tag}> means: README.md or www/elements.mjs`)
  return said ?? 'as in HTML'
}

/** Declarations for React 19, which sets attributes and properties of elements by itself. */
export async function react(dist) {
  const elements = (await attributes(dist)).map(([tag, names]) => `      '${tag}': Props<${DATA[tag].class}, ${names.map(name => `'${name}'`).join(' | ')}>;`)
  return `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ${Object.values(DATA).map(data => data.class).sort().join(', ')} } from './package/index.js';

/** What HTML knows, and the element's own attributes under the names that they have in HTML. */
type Props<Element, Name extends string> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, Name> & { [Attribute in Name]?: string | number | boolean | undefined };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${elements.join('\n')}
    }
  }
}
`
}
