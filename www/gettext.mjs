// Words of the WordPress plugin, from the files that translators edit (`.po`) to those that WordPress reads: `.mo` for PHP, JSON for
// scripts. Of PO what our files have: one line for each string, no plurals.

/** Between a context and its string, in the key of a translation. */
const IN = '\u0004'
const MAGIC = 0x950412de
/** Bytes of a MO file's head, and of a table's row: length and place. */
const [HEAD, ROW] = [28, 8]

/** @returns {Map<string, string>} translations by string, or by context and string; the head by the empty string */
export function read(po) {
  const words = new Map()
  for (const entry of po.split(/\n{2,}/)) {
    const said = { msgctxt: undefined, msgid: '', msgstr: '' }
    let key
    for (const line of entry.split('\n')) {
      const [, name, text] = /^(?:(\w+) )?(".*")$/.exec(line) ?? []
      if (text === undefined) continue
      key = name ?? key
      said[key] = (said[key] ?? '') + JSON.parse(text)
    }
    words.set(said.msgctxt === undefined ? said.msgid : said.msgctxt + IN + said.msgid, said.msgstr)
  }
  return words
}

/** The format of GNU gettext's manual, "The Format of GNU MO Files", without a hash table. */
export function mo(words) {
  const rows = [...words].map(pair => pair.map(text => Buffer.from(text))).sort(([a], [b]) => Buffer.compare(a, b))
  const head = Buffer.alloc(HEAD + rows.length * 2 * ROW)
  ;[MAGIC, 0, rows.length, HEAD, HEAD + rows.length * ROW, 0, head.length].forEach((number, at) => head.writeUInt32LE(number, at * 4))
  const texts = []
  let place = head.length
  for (const column of [0, 1]) {
    rows.forEach((row, at) => {
      const row0 = HEAD + (column * rows.length + at) * ROW
      head.writeUInt32LE(row[column].length, row0)
      head.writeUInt32LE(place, row0 + 4)
      texts.push(row[column], Buffer.alloc(1))
      place += row[column].length + 1
    })
  }
  return Buffer.concat([head, ...texts])
}

/** What `wp.i18n` reads, of strings without a context. */
export function script(words, language) {
  const plain = [...words].filter(([key]) => key !== '' && !key.includes(IN)).map(([key, text]) => [key, [text]])
  return JSON.stringify({ domain: 'messages', locale_data: { messages: { '': { domain: 'messages', lang: language }, ...Object.fromEntries(plain) } } })
}
