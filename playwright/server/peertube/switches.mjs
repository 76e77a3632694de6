// What a test may change about an instance, at any time: its state of health, its version, what it is honest about.

/**
 * @typedef {object} Switches
 * @property {boolean} down          every connection is closed without an answer
 * @property {number} slowMs         before the first byte of every answer
 * @property {{calls: number, seconds: number}} rate   API calls for each address; beyond: 429 with Retry-After
 * @property {string} version        from 8 on, answers have what was added since (`newer.mjs`)
 * @property {'here' | 'none' | 'elsewhere' | 'another'} tracker    elsewhere: told of a port at which nothing listens; another: told
 *   under a name that is not this instance's, as a liar would tell of somebody else's
 * @property {boolean} privateTracker   unknown info hashes are refused, and whoever asked is for three minutes
 * @property {import('./infohash.mjs').Generation} generation   what this instance's player names swarms by: the tracker knows these
 * @property {import('./infohash.mjs').Generation | 'none'} [listed]   what it publishes, if that is not the same
 * @property {boolean} digests
 * @property {boolean} sockets       whether socket.io answers
 * @property {boolean} metrics       whether playback metrics are wanted (`openTelemetry`)
 * @property {'do_not_list' | 'blur' | 'warn' | 'display'} nsfw   `instance.defaultNSFWPolicy`
 * @property {boolean} p2p           `defaults.p2p`
 * @property {'none' | 'scheme' | 'foreign' | 'html' | 'million'} lies   see `lies.mjs`
 * @property {'honest' | 'altered' | 'gone'} redundancy   what the redundancy server gives
 * @property {string[]} copies       names of several redundancy servers, in place of the one: each is a folder below that one's
 * @property {string[]} domains      which sites may embed (8.1); none: all may
 * @property {string} password       of the video that has one
 * @property {string} bearer         of who is signed in
 * @property {number} tokenSeconds   how long a token opens files
 * @property {string} [remote]       origin that the video from elsewhere is at; without: nowhere
 * @property {string[]} plugins       folders of those that are installed: see `plugins.mjs`
 * @property {string} [annotations]  what the annotation plugin keeps with every video
 * @property {boolean} index         answers a search as an index of many instances does
 * @property {string[]} [schedules]   when the lives are said to begin, ISO 8601 (7.3)
 */

/** @type {Switches} */
export const DEFAULTS = {
  down: false,
  slowMs: 0,
  rate: { calls: 50, seconds: 10 },
  version: '6.3.0',
  tracker: 'here',
  privateTracker: true,
  generation: 'v1',
  listed: undefined,
  digests: true,
  sockets: true,
  metrics: false,
  nsfw: 'display',
  p2p: true,
  lies: 'none',
  redundancy: 'honest',
  copies: [],
  domains: [],
  password: 'sesame',
  bearer: 'a-member-of-this-instance',
  tokenSeconds: 8 * 3600,
  remote: undefined,
  plugins: [],
  annotations: undefined,
  index: false,
  schedules: undefined,
}

/** Whether this instance is of that version at least. @param {Switches} switches */
export function since(switches, major, minor = 0) {
  const [a, b] = switches.version.split('.').map(Number)
  return a > major || a === major && b >= minor
}

/** @param {Partial<Switches>} given */
export function switchesOf(given) {
  for (const name of Object.keys(given)) if (!(name in DEFAULTS)) throw new Error(`instance: no switch ${name}`)
  return { ...DEFAULTS, ...given }
}
