// The interface's words as Node can read them: the English table and what makes tables of locales, bundled once; the locales
// as they lie in `www/locales`; and what English says, message by message, in Fluent's own writing.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as esbuild from '../../www/node_modules/esbuild/lib/main.js'

const root = join(import.meta.dirname, '../..')
const LOCALES = join(root, 'www/locales')

const modules = ['late-strings', 'more-strings', 'locale/more-ids', 'locale/choose', 'locale/faults', 'locale/formats', 'locale/ids', 'locale/messages', 'locale/variables']
const { outputFiles: [bundle] } = await esbuild.build({
  stdin: { contents: modules.map(name => `export * from './${name}.ts'\n`).join(''), resolveDir: join(root, 'www/src'), loader: 'ts' },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
})

export const words = await import(`data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`)
const { bare, english, more, moreIds, faultMessages, variablesOf, formatsOf } = words
/** Every word that the interface says, in English. */
export const en = { ...english, ...more }

/** `fr` → the text of `fr.ftl`. @type {Record<string, string>} */
export const resources = Object.fromEntries(readdirSync(LOCALES).filter(file => file.endsWith('.ftl')).map(file => [file.replace('.ftl', ''), readFileSync(join(LOCALES, file), 'utf8')]))

/** What the build makes of a locale: two files, of which the second comes with what is opened on purpose. */
export const shipped = text => [bare(text), bare(text, moreIds())]

/** The table of a locale, as the player makes it. */
export const table = (locale, text = resources[locale]) => (locale === 'en' ? en : { ...words.tableOf(locale, text), ...words.worded(locale, text, more) })

/** Not said by messages: what names the table, what `Intl` writes, and what has messages of its own. */
const ELSEWHERE = new Set(['lang', 'dir', 'fault', ...Object.keys(formatsOf('en'))])

/** As English has them, for the sentences of the table. */
const formats = { number: en.number, percent: en.percent, spoken: en.spoken, clock: en.clock, perSecond: en.perSecond, bytes: en.bytes, moment: en.moment, inDays: en.inDays }
export const variables = variablesOf(formats)
/** Arguments that are told apart in what is made of them, and of which there are many. */
const SAMPLE = [61, 125, 42]

/**
 * Every message that a locale has to have: its name, its variables, and what it says in English. Derived from the table, so
 * that a new word of it is asked for. @returns {Map<string, { variables: string[], english: string }>}
 */
export function messages() {
  const all = new Map()
  for (const [id, value] of Object.entries(en)) {
    if (ELSEWHERE.has(id)) continue
    if (typeof value === 'function') all.set(id, sentence(id, value))
    else for (const [name, english] of wordsIn(id, value)) all.set(name, { variables: [], english })
  }
  for (const id of faultMessages()) all.set(id, { variables: [], english: SPOKEN[id] })
  return all
}

function wordsIn(id, value) {
  return typeof value === 'string' ? [[id, value]] : Object.entries(value).flatMap(([name, word]) => wordsIn(`${id}-${name}`, word))
}

/** Whether English says it otherwise of one than of two, for a number that a message is given as such. */
export function inflects(id) {
  const value = en[id]
  if (!(id in variables) || typeof Object.values(variables[id](1, 9, 9))[0] !== 'number') return false
  return value(1, 9, 9).replaceAll('1', '#') !== value(2, 9, 9).replaceAll('2', '#')
}

function sentence(id, value) {
  const given = Object.entries(variables[id]?.(...SAMPLE) ?? {})
  // The longest first: one may contain another.
  given.sort(([, a], [, b]) => String(b).length - String(a).length)
  const text = given.reduce((text, [name, one]) => text.replace(String(one), `{ $${name} }`), value(...SAMPLE))
  return { variables: given.map(([name]) => name).sort(), english: text }
}

/** What the messages of faults say in English stands beside their names in `faults.ts`. */
const SPOKEN = Object.fromEntries(
  ['fault', 'hint'].flatMap(kind => {
    const source = readFileSync(join(root, 'www/src/locale/faults.ts'), 'utf8')
    const [, type] = new RegExp(`export type ${kind === 'fault' ? 'Sentence' : 'Hint'} =([^;]+);`).exec(source)
    return [...type.matchAll(/\/\*\* (.+) \*\/\s+\| '([^']+)'/g)].map(([, said, id]) => [`${kind}-${id}`, said])
  }),
)

/**
 * `en-XA`: English that looks translated, and longer than it is. What shows without brackets and accents has not come from
 * the locale.
 */
export function pseudoLocale() {
  return [...messages()].map(([id, { english }]) => `${id} = ⟦${accented(english)}~~⟧\n`).join('')
}

const ACCENTS = Object.fromEntries([...'aáeéiíoóuúyýcçnñsšzžAÁEÉIÍOÓUÚCÇNÑSŠ'].flatMap((letter, i, all) => (i % 2 === 0 ? [[letter, all[i + 1]]] : [])))

function accented(text) {
  return text.split(/(\{ \$\w+ \})/).map((part, i) => (i % 2 ? part : part.replace(/[A-Za-z]/g, letter => ACCENTS[letter] ?? letter))).join('')
}
