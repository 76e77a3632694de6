'use strict'
// What an administrator may decide, and what is made of what they wrote. Whatever cannot be used is as good as not written: it
// is named in the instance's log, and the videos go on playing.

/** Characters of the text that is added to the question. In small frames it scrolls, above the answers. */
const MOST_TEXT = 300
/** 1 Gbit/s: more than that is a slip. */
const MOST_KBITS = 1_000_000

/**
 * As PeerTube's settings page wants them; it translates each text by `languages/`. None is private: the script of the watch
 * page reads them. A switch that has been turned is one that is on, for some releases tell a script of one that is off what its
 * default is.
 */
const SETTINGS = [
  {
    name: 'off',
    type: 'input-checkbox',
    label: 'Switch Sprat off',
    descriptionHTML: "The plugin's pages then lead to PeerTube's own player, and nothing else is changed.",
    default: false,
    private: false
  },
  {
    name: 'share',
    type: 'select',
    label: "Give out the addresses of Sprat's pages",
    descriptionHTML: "In the share dialog and to search engines. Pages that are embedded already are not affected.",
    options: [{ value: 'yes', label: 'Yes' }, { value: 'no', label: "No, PeerTube's" }],
    default: 'yes',
    private: false
  },
  {
    name: 'p2p',
    type: 'select',
    label: 'Sharing between viewers',
    descriptionHTML: 'For embeds whose address does not say it (p2p=…). Private videos, and those with a password, are never shared.',
    options: [
      { value: 'instance', label: "As PeerTube's setting for embeds says" },
      { value: 'ask', label: 'Ask each viewer' },
      { value: 'on', label: 'On' },
      { value: 'off', label: 'Off' }
    ],
    default: 'instance',
    private: false
  },
  {
    name: 'upload-cap',
    type: 'input',
    label: 'The most that a viewer uploads, in kbit/s',
    descriptionHTML: 'A whole number. Empty: 5000. Viewers may choose another limit in the player.',
    default: '',
    private: false
  },
  {
    name: 'consent-text',
    type: 'input-textarea',
    label: 'What to add when viewers are asked whether to share',
    descriptionHTML: "Plain text of at most 300 characters. It follows Sprat's own sentence, in every language.",
    default: '',
    private: false
  }
]

/**
 * @param entries   as PeerTube keeps them: text or boolean by name, or nothing
 * @returns {{ off: boolean, share: boolean, p2p?: 'ask' | 'on' | 'off', maxUpload?: number, consent: string, complaints: string[] }}
 *   `maxUpload` in bits per second; `complaints` say what is not used, and why
 */
function read(entries) {
  const complaints = []
  const text = name => (typeof entries?.[name] === 'string' ? entries[name].trim() : '')
  const refuse = (name, why) => void complaints.push(`The setting ${name} is not used: ${why}.`)
  return {
    off: entries?.off === true || text('off') === 'true',
    share: oneOf('share', text('share'), refuse) !== 'no',
    p2p: readSharing(text('p2p'), refuse),
    maxUpload: readCap(text('upload-cap'), refuse),
    consent: readConsent(text('consent-text'), refuse),
    complaints
  }
}

function oneOf(name, value, refuse) {
  const { options } = SETTINGS.find(setting => setting.name === name)
  if (value === '' || options.some(option => option.value === value)) return value
  refuse(name, `it is none of ${options.map(option => option.value).join(', ')}`)
  return ''
}

/** Undefined: nothing is said, and the player asks the instance. */
function readSharing(value, refuse) {
  const known = oneOf('p2p', value, refuse)
  return known === '' || known === 'instance' ? undefined : known
}

function readCap(value, refuse) {
  if (value === '') return undefined
  if (/^\d{1,7}$/.test(value) && Number(value) <= MOST_KBITS) return Number(value) * 1000
  refuse('upload-cap', `it has to be a whole number from 0 to ${MOST_KBITS}`)
  return undefined
}

/** Markup would be shown as it is written, and an address in it could not be followed. */
function readConsent(value, refuse) {
  const plain = value.replace(/\s+/g, ' ')
  if (plain.length > MOST_TEXT) refuse('consent-text', `it has ${plain.length} characters, and ${MOST_TEXT} at most can be shown`)
  else if (/<[a-z/!]/i.test(plain)) refuse('consent-text', 'it has HTML in it, and is shown as plain text')
  else return plain
  return ''
}

module.exports = { SETTINGS, read }
