// The controls of media-chrome, and what they show. Selectors are for `Tab`; `shown` and `marked` run in the page.
import { readFileSync } from 'node:fs'

const { version } = JSON.parse(readFileSync(new URL('../../node_modules/media-chrome/package.json', import.meta.url), 'utf8'))

const MENUS = { Quality: 'media-rendition-menu', Sound: 'media-audio-track-menu', Captions: 'media-captions-menu', Speed: 'media-playback-rate-menu' }

export const mediaChrome = {
  name: `media-chrome ${version}`,
  page: 'hosts/media-chrome.html',
  live: name => `hosts/media-chrome.html?src=/live/${name}/master.m3u8`,
  play: 'media-play-button',
  mute: 'media-mute-button',
  captions: 'media-captions-button',
  fullscreen: 'media-fullscreen-button',
  pip: 'media-pip-button',
  goLive: 'media-live-button',
  menus: { quality: 'Quality', sound: 'Sound', captions: 'Captions', speed: 'Speed' },

  seek: (tab, share) => tab.click('media-time-range >> #range', 'left', share),
  halve: tab => tab.click('media-volume-range >> #range'),

  /** Takes what a menu offers under this text; resolves to all that it offers. */
  async choose(tab, menu, text) {
    const isOpen = () => tab.ask(() => !document.querySelector('media-settings-menu').hidden)
    if (!(await isOpen())) await tab.click('media-settings-menu-button')
    await tab.click(`media-settings-menu-item:has(${MENUS[menu]})`)
    const offered = await tab.ask(marked, { menu: MENUS[menu], text })
    await tab.click(`${MENUS[menu]} >> [data-wanted]`)
    // It stays open, at its first page.
    await tab.click('media-settings-menu-button')
    return offered
  },

  shown: () => {
    const part = (host, inner) => document.querySelector(host).shadowRoot.querySelector(inner)
    const has = (host, attribute) => document.querySelector(host).hasAttribute(attribute)
    const state = document.querySelector('media-controller').mediaStore.getState()
    const dialog = document.querySelector('media-error-dialog')
    return {
      paused: has('media-play-button', 'mediapaused'),
      duration: /\d+:\d\d$/.exec(part('media-time-display', 'slot').textContent)?.[0],
      buffered: part('media-time-range', '#buffered').getBoundingClientRect().width,
      muted: document.querySelector('media-mute-button').getAttribute('mediavolumelevel') === 'off',
      captions: Boolean(document.querySelector('media-captions-button').getAttribute('mediasubtitlesshowing')),
      fullscreen: has('media-fullscreen-button', 'mediaisfullscreen'),
      pip: has('media-pip-button', 'mediaispip'),
      live: document.querySelector('media-live-button').getBoundingClientRect().width > 0,
      atEdge: has('media-live-button', 'mediatimeislive'),
      liveWindow: String(state.mediaTargetLiveWindow),
      error: dialog.open ? part('media-error-dialog', '#content').innerText : '',
    }
  },
}

function marked({ menu, text }) {
  const items = [...document.querySelector(menu).shadowRoot.querySelectorAll('media-chrome-menu-item')]
  const words = item => item.textContent.replace(/\s+/g, ' ').trim()
  for (const item of items) item.toggleAttribute('data-wanted', words(item).startsWith(text))
  items.find(item => item.hasAttribute('data-wanted'))?.scrollIntoView({ block: 'nearest' })
  return items.map(words)
}
