// Every locale says all that English says, with the same gaps, in plurals of its own; and what is new in English is asked for
// by name.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Visitor, parse } from '../../www/node_modules/@fluent/syntax/esm/index.js'
import { en, inflects, messages, pseudoLocale, resources, shipped, table, variables, words } from './locales.mjs'

const { LOCALES, TOLD, choose, messageIds, moreIds, named, tableOf } = words
const root = join(import.meta.dirname, '../..')
const wanted = messages()

test('there is a file for every locale but English, and for no other', () => {
  assert.deepEqual(Object.keys(resources).sort(), LOCALES.filter(locale => locale !== 'en').sort())
})

test('every sentence of the table has names for its gaps', () => {
  const nameless = [...wanted].filter(([id]) => typeof en[id] === 'function' && !variables[id]).map(([id]) => id)
  assert.deepEqual(nameless, [], 'www/src/locale/variables.ts names the variables of each function of the table')
  for (const [id, { variables, english }] of wanted) {
    for (const name of variables) assert.ok(english.includes(`{ $${name} }`), `${id} has no place for $${name}: ${english}`)
  }
})

test('the build ships what is asked for here', () => {
  assert.deepEqual([...messageIds(), ...moreIds()].sort(), [...wanted.keys()].sort())
})

for (const [locale, text] of Object.entries(resources)) {
  const { body } = parse(text, { withSpans: true })
  const said = body.filter(({ type }) => type === 'Message')

  test(`${locale} is Fluent throughout`, () => {
    const junk = body.filter(({ type }) => type === 'Junk').map(({ content, annotations }) => `${annotations.map(({ message }) => message).join(', ')}\n${content}`)
    assert.deepEqual(junk, [])
    assert.deepEqual(said.filter(({ value, attributes }) => !value || attributes.length > 0).map(({ id }) => id.name), [], 'each is one text')
    const names = said.map(({ id }) => id.name)
    assert.deepEqual(names.filter((name, i) => names.indexOf(name) !== i), [], 'said twice')
  })

  test(`${locale} has the messages and the variables of English`, () => {
    const names = new Set(said.map(({ id }) => id.name))
    const lacking = [...wanted].filter(([id]) => !names.has(id))
    const needless = [...names].filter(id => !wanted.has(id))
    const told = [
      ...(lacking.length ? [`www/locales/${locale}.ftl lacks ${lacking.length}; in English they are`, ...lacking.map(([id, { english }]) => `${id} = ${english}`)] : []),
      ...(needless.length ? [`www/locales/${locale}.ftl has what English has no more: ${needless.join(', ')}`] : []),
    ]
    for (const message of said.filter(({ id }) => wanted.has(id.name))) {
      const { variables } = wanted.get(message.id.name)
      const found = variablesIn(message)
      if (found.join() !== variables.join()) told.push(`${message.id.name} has the variables ${found.join(', ') || 'none'}, and is given ${variables.join(', ') || 'none'}`)
    }
    assert.ok(told.length === 0, told.join('\n'))
  })

  test(`${locale} is the same when it is shipped`, () => {
    const there = text => parse(text, { withSpans: false }).body.filter(({ type }) => type === 'Message').map(({ id, value }) => [id.name, JSON.stringify(value)]).sort()
    const [first, second] = shipped(text)
    assert.deepEqual(there(named(first) + named(second, moreIds())), there(text))
  })

  test(`${locale} has a form for every plural of the language`, () => {
    const rules = new Intl.PluralRules(locale)
    const categories = new Set(Array.from({ length: 200 }, (_, n) => rules.select(n + 1)))
    for (const message of said.filter(({ id }) => inflects(id.name))) {
      const forms = formsIn(message)
      if (categories.size === 1 && forms.length === 0) continue
      const missing = [...categories].filter(category => !forms.includes(category))
      assert.deepEqual(missing, [], `${message.id.name} of ${locale} lacks forms`)
    }
  })

  test(`${locale} is not English`, () => {
    const spoken = table(locale)
    const same = Object.entries(en).filter(([id, value]) => typeof value === 'string' && spoken[id] === value && value.split(' ').length > 2 && !/^Picture in picture$/i.test(value))
    assert.deepEqual(same, [])
    const fault = { culprit: 'origin', code: 4, name: 'video-gone', message: 'in English', tried: '' }
    assert.notEqual(spoken.fault(fault)[0], 'in English')
    assert.equal(spoken.dir, ['ar', 'fa', 'he'].includes(locale) ? 'rtl' : 'ltr')
  })
}

test('numbers, times, bytes and rates are those of the language', () => {
  const plain = text => text.replace(/[\u2068\u2069\u200e\u200f]/g, '').replace(/[\u00a0\u202f]/g, ' ')
  const said = (locale, say) => plain(say(table(locale)))
  assert.equal(said('fr', t => t.bytes(12_340_000)), '12,3 Mo')
  assert.equal(said('fr', t => t.spoken(3725)), '1 heure, 2 minutes et 5 secondes')
  assert.equal(said('de', t => t.percent(0.42)), '42 %')
  assert.equal(said('de', t => t.perSecond(2_345_000)), '2,3 Mb/s')
  assert.equal(said('fa', t => t.clock(3725)), '۱:۰۲:۰۵')
  assert.equal(said('ja', t => t.position(61, 125)), '2 分 5 秒 中 1 分 1 秒')
  assert.deepEqual([1, 2, 5, 21, 22].map(n => said('ru', t => t.peersNow(n))), [
    'Соединение с 1 другим зрителем', 'Соединение с 2 другими зрителями', 'Соединение с 5 другими зрителями', 'Соединение с 21 другим зрителем', 'Соединение с 22 другими зрителями',
  ])
  assert.deepEqual([1, 3, 5].map(n => said('pl', t => t.sharedBy(n, 42)).split('.')[0]), ['Pomagacie sobie nawzajem: Ty i 1 inny widz', 'Pomagacie sobie nawzajem: Ty i 3 inni widzowie', 'Pomagacie sobie nawzajem: Ty i 5 innych widzów'])
  assert.deepEqual(new Set([0, 1, 2, 3, 11, 100].map(n => said('ar', t => t.peersNow(n)))).size, 6)
})

test('a language is met by whoever writes it the same way', () => {
  const met = (...tags) => Object.values(choose(tags)).join(' ')
  assert.equal(met('pt'), 'pt-BR pt')
  assert.equal(met('pt-PT'), 'pt-BR pt-PT')
  assert.equal(met('zh'), 'zh-Hans zh')
  assert.equal(met('zh-TW'), 'zh-Hant zh-TW')
  assert.equal(met('zh-HK'), 'zh-Hant zh-HK')
  assert.equal(met('zh-SG'), 'zh-Hans zh-SG')
  assert.equal(met('iw'), 'he he')
  assert.equal(met('de-CH-1996'), 'de de-CH-1996')
  assert.equal(met('', 'sv-SE', 'not a tag', 'uk-UA', 'en'), 'uk uk-UA')
  assert.equal(met('ru-Latn'), 'en en')
  assert.equal(met('en-GB', 'fr'), 'en en-GB')
  assert.equal(met(), 'en en')
})

test('what a locale lacks is said in English', () => {
  const broken = tableOf('fr', 'play = Lecture\nitemOf = { $n } sur { $nothing }\n')
  assert.equal(broken.play, 'Lecture')
  assert.equal(broken.pause, 'Pause')
  assert.equal(broken.itemOf(2, 3), '2 of 3')
  assert.equal(broken.sharing.off, en.sharing.off)
  assert.deepEqual(broken.fault({ culprit: 'media', code: 4, name: 'encrypted', message: 'It is.', tried: 'Nothing.' }), ['It is.', 'Nothing.'])
  assert.deepEqual(table('fr').fault({ culprit: 'media', code: 4, name: 'of-tomorrow', message: 'It is.', tried: '' }), ['It is.', ''])
})

test('the pseudo-locale is whole, and nothing of it is plain English', () => {
  const pseudo = table('it', pseudoLocale())
  for (const [id, { english }] of wanted) {
    assert.ok(typeof english === 'string' && english.length > 0, `${id} says nothing in English: its sentence stands beside it in www/src/locale/faults.ts`)
    if (typeof en[id] === 'string') assert.match(pseudo[id], /^⟦.*~~⟧$/)
  }
  assert.match(pseudo.position(61, 125), /^⟦.*1 minuto.*óf.*2 minuti.*~~⟧$/)
})

test('every fault that ends playback has words for viewers', () => {
  const named = new Set([...namesIn('src', '.rs'), ...namesIn('www/src', '.ts')])
  for (const what of ['video', 'playlist']) for (const end of ['missing', 'gone']) named.add(`${what}-${end}`)
  const silent = [...named].filter(name => !(name in TOLD) && !NOT_TOLD.has(name))
  assert.deepEqual(silent, [], 'www/src/locale/faults.ts says what viewers are told of each')
  assert.deepEqual(Object.keys(TOLD).filter(name => !named.has(name)), [], 'told of, and there is no such fault')
  assert.ok(named.size > 60, `${named.size} names found`)
})

/** Warnings, with which playback goes on, and the questions for a password. */
const NOT_TOLD = new Set([
  'captions-unavailable', 'digests-unavailable', 'live-stands-still', 'offline', 'origin-unreachable', 'plugin-failed', 'redundancy-lied', 'segment-in-vain', 'swarm-unavailable', 'engine-restarted',
  'password-needed', 'password-wrong',
])

/** Names of faults, as they stand where faults are made. */
function namesIn(folder, ending) {
  const files = readdirSync(join(root, folder), { recursive: true }).filter(file => file.endsWith(ending) && !/(^|\/)tests?(\/|\.)|\/locale\//.test(file))
  return files.flatMap(file => {
    const source = readFileSync(join(root, folder, file), 'utf8')
    if (!/\bFault\b|FaultError/.test(source)) return []
    const patterns = [/\bname: .*/g, /\bfault\(\s*(?:'(?:browser|origin|player)',\s*)?'[a-z-]+'/g, /\b(?:PASSWORD_NEEDED|PASSWORD_WRONG|NO_INSTANCE|UNREADABLE) = '.*'/g, /UNREACHABLE: &str = .*/g, /\(\w+, "[a-z-]+"/g, /\bfault\(.*\? '.*' : '.*'/g]
    return patterns.flatMap(pattern => source.match(pattern) ?? []).flatMap(line => line.match(/(?<=["'])[a-z]+(?:-[a-z]+)*(?=["'])/g) ?? []).filter(isFault)
  })
}

/** Such lines have other words too, and most faults have names of several. */
function isFault(word) {
  return word.includes('-') || ['forbidden', 'encrypted', 'offline'].includes(word)
}

function variablesIn(message) {
  const found = new Set()
  new (class extends Visitor {
    visitVariableReference({ id }) {
      found.add(id.name)
    }
  })().visit(message)
  return [...found].sort()
}

function formsIn(message) {
  const found = []
  new (class extends Visitor {
    visitVariant(variant) {
      found.push(variant.key.name ?? variant.key.value)
      this.genericVisit(variant)
    }
  })().visit(message)
  return found
}
