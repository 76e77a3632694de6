// The states of the iframe pages that a viewer may meet, and of the page where annotations are written, each as a page that stands
// still in it; those without a `path` go on with the page of the one before.

/**
 * @typedef {object} State
 * @property {string} name
 * @property {(instance: object) => void} [before]
 * @property {(instance: object) => string} [path]
 * @property {(tab: import('../../driver/tab.mjs').Tab) => Promise<unknown>} ready
 */

const video = (key, query = '') => instance => `videos/embed/${instance.catalog.videos.get(key).uuid}?muted=1&p2p=0${query}`
/** A few at once, one of which is long; then one that asks. */
const NOTES = `1 --> 20
options: align=top-left
<p>A <b>note</b> with <a href="https://example.org/">a link</a></p>

1 --> 20
options: align=left
<p>Another</p>

1 --> 20
options: align=right
${'<p>A paragraph of a note that is long.</p>'.repeat(20)}

3 --> 30
options: align=bottom pause=yes
<h3>Which is it?</h3>
`
const SHARED = 'embed.html?src=/media/vod/master.m3u8&integrity=/media/vod/segments-sha256.json&trackers=/tracker/socket&muted=1&title=Shared'

/** Of each kind, as many as there are places for; nobody is asked for what is not there. */
const CARDS = [
  { kind: 'link', title: 'How the river was saved', text: 'A report, with maps', url: 'https://example.org/report', image: '/cases/end-cards/river.svg', alt: 'A river' },
  { kind: 'video', title: 'The next part', src: '/media/files/master.m3u8' },
  { kind: 'petition', title: 'Save the river', url: 'https://petition.example/12/', signatures: 1234, goal: 2000, fetch: false },
  { kind: 'event', title: 'A walk', url: 'https://events.example/1', start: '2031-05-02T16:00:00Z', location: 'The old bridge, Lyon', fetch: false },
]
const COUNTDOWN = { kind: 'countdown', title: 'Questions, live', url: 'https://example.org/live', start: '2031-05-01T20:00:00Z' }

/** Cards of the page itself, near the end. */
const ends = async (tab, cards) => {
  await tab.ask(cards => {
    const id = `cards-${cards.length}`
    document.body.append(Object.assign(document.createElement('script'), { type: 'application/json', id, textContent: JSON.stringify(cards) }))
    const player = document.querySelector('sprat-player')
    player.setAttribute('end-cards', `#${id}`)
    player.currentTime = 50
  }, cards)
  await tab.until(count => document.querySelector('sprat-player').shadowRoot.querySelectorAll('.card').length === count, { argument: cards.length, what: `${cards.length} cards` })
  await risen()
}

const shows = (tab, selector) => tab.until(selector => Boolean(document.querySelector('sprat-player')?.shadowRoot?.querySelector(selector)), { argument: selector, what: selector })
const known = tab => tab.until(() => document.querySelector('sprat-player')?.readyState > 1, { what: 'a picture' })
/** Popups rise. */
const risen = () => new Promise(resolve => setTimeout(resolve, 300))

const menu = popup => ({
  name: `menu ${popup}`,
  async ready(tab) {
    await tab.click(`sprat-player >> .button.${popup}`)
    await shows(tab, '#popup')
    await risen()
  },
})

/** @type {State[]} */
export const STATES = [
  { name: 'idle', path: video('vod'), ready: known },
  {
    name: 'playing',
    async ready(tab) {
      await tab.ask(() => document.querySelector('sprat-player').play())
      await tab.until(() => document.querySelector('sprat-player').currentTime > 0.3, { what: 'it plays' })
      await shows(tab, '.chapters')
      await tab.ask(() => { document.querySelector('sprat-player').textTracks[0].mode = 'showing' })
      await tab.point('sprat-player >> .picture', 0.4)
      await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.cues p') !== null, { what: 'a caption' })
    },
  },
  {
    name: 'preview',
    async ready(tab) {
      await tab.ask(() => document.querySelector('sprat-player').pause())
      await tab.point('sprat-player >> .timeline', 0.8)
      await shows(tab, '.preview svg')
    },
  },
  menu('chapters'),
  menu('captions'),
  menu('settings'),
  {
    name: 'menu of how captions look',
    async ready(tab) {
      await tab.ask(() => [...document.querySelector('sprat-player').shadowRoot.querySelectorAll('#popup button')].find(button => button.nextElementSibling && /style/i.test(button.textContent)).click())
      await shows(tab, '#popup .back')
    },
  },
  {
    name: 'list of keys and statistics',
    async ready(tab) {
      await tab.press('Escape')
      await tab.click('sprat-player >> .button.settings')
      await shows(tab, '#popup')
      await risen()
      await tab.ask(() => [...document.querySelector('sprat-player').shadowRoot.querySelectorAll('#popup button')].find(button => /statistics/i.test(button.textContent)).click())
      await shows(tab, '.statistics')
      await tab.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.frame').focus())
      await tab.press('?')
      await shows(tab, '.keys')
      await risen()
    },
  },
  {
    name: 'finished',
    async ready(tab) {
      await tab.press('Escape')
      await tab.ask(() => { const player = document.querySelector('sprat-player'); player.currentTime = 59.9; return player.play() })
      await tab.until(() => document.querySelector('sprat-player').ended, { what: 'its end' })
      await shows(tab, '.start')
    },
  },
  {
    name: 'annotations',
    before: ({ switches }) => { switches.annotations = NOTES },
    path: video('vod', '&start=2'),
    async ready(tab) {
      await known(tab)
      await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelectorAll('.note').length === 3, { what: 'notes' })
      await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.note[tabindex]'), { what: 'one that scrolls' })
    },
  },
  {
    name: 'annotation that asks',
    async ready(tab) {
      await tab.ask(() => document.querySelector('sprat-player').play())
      await tab.until(() => document.querySelector('sprat-player').paused, { what: 'it waits' })
      await shows(tab, '.note button')
    },
  },
  {
    name: 'end cards',
    path: () => 'embed.html?src=/media/vod/master.m3u8&p2p=0&muted=1&title=Ends',
    async ready(tab) {
      await known(tab)
      await ends(tab, CARDS)
    },
  },
  {
    name: 'end cards in a small player',
    async ready(tab) {
      // In a row, which scrolls.
      await tab.ask(() => Object.assign(document.querySelector('sprat-player').style, { width: '340px', height: '220px' }))
      await ends(tab, [COUNTDOWN, ...CARDS.slice(1, 3)])
    },
  },
  { name: 'question', path: () => SHARED, ready: tab => shows(tab, '.question') },
  {
    name: 'sharing',
    async ready(tab) {
      await tab.ask(() => document.querySelector('sprat-player').grantConsent())
      await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.question') === null, { what: 'the question goes' })
      await menu('sharing').ready(tab)
    },
  },
  {
    name: 'map of the swarm',
    async ready(tab) {
      await tab.click('sprat-player >> .panel .turn')
      await shows(tab, '.map')
    },
  },
  { name: 'password', path: video('password'), ready: tab => shows(tab, '.password input') },
  { name: 'sensitive', path: video('nsfw'), ready: tab => shows(tab, '.sensitive button') },
  { name: 'sensitive with its poster', before: instance => { instance.switches.nsfw = 'warn' }, path: video('nsfw', '&autoplay=1'), ready: tab => shows(tab, '.sensitive[data-poster] button') },
  { name: 'waiting', before: instance => instance.lives.live.wait(), path: video('live'), ready: tab => shows(tab, '.failure') },
  {
    name: 'live',
    before: instance => instance.lives.live.publish({ behind: 24 }),
    path: video('live', '&autoplay=1'),
    async ready(tab) {
      await tab.until(() => document.querySelector('sprat-player')?.currentTime > 0.3, { within: 40_000, what: 'it plays' })
      await tab.point('sprat-player >> .picture', 0.4)
    },
  },
  { name: 'ended', before: ({ lives: { once } }) => { once.publish(); once.stop() }, path: video('once'), ready: tab => shows(tab, '.failure') },
  { name: 'transcoding', path: video('transcoding'), ready: tab => shows(tab, '.failure') },
  { name: 'error', path: () => `videos/embed/${'1'.repeat(22)}?muted=1`, ready: tab => shows(tab, '.failure') },
  {
    name: 'playlist',
    path: instance => `video-playlists/embed/${instance.catalog.playlists.get('mixed').uuid}?muted=1&p2p=0`,
    async ready(tab) {
      await tab.until(() => document.querySelector('sprat-playlist')?.items?.length > 5, { what: 'the list' })
      await tab.until(() => document.querySelector('sprat-playlist').player?.readyState > 1, { what: 'a picture' })
    },
  },
  {
    name: 'playlist searched',
    async ready(tab) {
      await tab.click('sprat-playlist >> .shuffle')
      await tab.ask(() => document.querySelector('sprat-playlist').shadowRoot.querySelector('.find')?.click())
      await tab.until(() => document.querySelector('sprat-playlist').shadowRoot.querySelector('.finder, header:not(:has(.find))'), { what: 'a field' })
    },
  },
  {
    name: 'playlist as a drawer',
    async ready(tab) {
      await tab.ask(() => document.querySelector('sprat-playlist').setAttribute('layout', 'drawer'))
      await tab.click('sprat-playlist >> .opener')
      await tab.until(() => !document.querySelector('sprat-playlist').shadowRoot.querySelector('section').hidden, { what: 'it is open' })
    },
  },
  {
    name: 'playlist as a shelf',
    async ready(tab) {
      await tab.ask(() => document.querySelector('sprat-playlist').setAttribute('layout', 'shelf'))
      await tab.until(() => getComputedStyle(document.querySelector('sprat-playlist').shadowRoot.querySelector('ol')).display === 'flex', { what: 'a row' })
    },
  },
  {
    name: 'up next',
    path: instance => `video-playlists/embed/${instance.catalog.playlists.get('mixed').uuid}?muted=1&p2p=0&advance=600`,
    async ready(tab) {
      await tab.until(() => document.querySelector('sprat-playlist')?.player?.readyState > 1, { what: 'a picture' })
      await tab.ask(() => {
        const { player } = document.querySelector('sprat-playlist')
        player.currentTime = player.duration - 0.3
        return player.play()
      })
      await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.coming'), { what: 'what comes next' })
    },
  },
  {
    name: 'search',
    path: instance => `cases/search/index.html?${new URLSearchParams({ at: instance.origin })}`,
    async ready(tab) {
      await tab.ask(() => put({ peertube: new URLSearchParams(location.search).get('at'), query: 'tone' }))
      await tab.until(() => globalThis.element.list?.items.length === 20, { what: 'what was found' })
      await tab.click('sprat-search >> button.filters')
    },
  },
  {
    name: 'where to report',
    path: video('vod'),
    async ready(tab) {
      await tab.until(() => document.querySelector('sprat-player')?.readyState > 1, { what: 'a picture' })
      await tab.ask(async () => {
        const { shadowRoot: root } = document.querySelector('sprat-player')
        root.querySelector('.button.settings').click()
        const entry = () => [...root.querySelectorAll('#popup button')].find(({ textContent }) => textContent.includes('Report'))
        while (!entry()) await new Promise(resolve => setTimeout(resolve, 20))
        entry().click()
      })
      await shows(tab, '.report')
    },
  },
  {
    name: 'writing annotations',
    path: () => 'annotate.html',
    async ready(tab) {
      await tab.until(() => document.querySelector('sprat-player')?.readyState > 1 && !document.querySelector('#add').disabled, { what: 'a picture' })
      await tab.ask(() => {
        const type = (name, value, event = 'input') => Object.assign(document.querySelector(`[name=${name}]`), { value }).dispatchEvent(new Event(event, { bubbles: true }))
        for (const text of ['One', '<b>Two</b>']) {
          document.querySelector('#add').click()
          type('html', text)
        }
        type('end', 'never', 'change')
        type('paste', 'no notes')
        document.querySelector('[name=replace]').click()
      })
      await tab.until(() => !document.querySelector('#import-problems').hidden && document.querySelector('sprat-player').shadowRoot.querySelectorAll('.note').length === 2, { what: 'notes and problems' })
    },
  },
  { name: 'nothing to play', path: () => 'embed.html', ready: tab => tab.until(() => document.querySelector('p:not([hidden])') !== null, { what: 'a sentence' }) },
]
