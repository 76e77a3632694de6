// The controls in the skins of Video.js 10, and what they show. Selectors are for `Tab`; `shown` and `marked` run in the page.
import { readFileSync } from 'node:fs'

const { version } = JSON.parse(readFileSync(new URL('../../node_modules/@videojs/html/package.json', import.meta.url), 'utf8'))

const SKIN = 'video-skin >> '

export const videojs = {
  name: `Video.js ${version}`,
  page: 'hosts/videojs.html',
  live: name => `hosts/videojs-live.html?src=/live/${name}/master.m3u8`,
  play: `${SKIN}media-play-button`,
  range: `${SKIN}media-time-slider`,
  mute: `${SKIN}media-mute-button`,
  captions: `${SKIN}media-captions-button`,
  fullscreen: `${SKIN}media-fullscreen-button`,
  pip: `${SKIN}media-pip-button`,
  goLive: 'live-video-skin >> media-live-button',
  menus: { quality: 'Quality', sound: 'Audio', captions: 'Captions', speed: 'Speed' },

  /** The slider comes out over the button. */
  async halve(tab) {
    await tab.point(`${SKIN}media-mute-button`)
    await tab.click(`${SKIN}media-volume-slider`)
  },

  /** Takes what a menu offers under this text; resolves to all that it offers. */
  async choose(tab, menu, text) {
    const isOpen = () => tab.ask(() => document.querySelector('video-skin').shadowRoot.querySelector('media-menu').getBoundingClientRect().width > 0)
    if (!(await isOpen())) await tab.click(`${SKIN}.media-settings-menu-trigger`)
    await tab.until(marked, { argument: { items: '.media-menu-trigger-item', text: menu }, what: `the entry ${menu}` })
    await tab.click(`${SKIN}[data-wanted]`)
    await tab.until(marked, { argument: { items: 'media-menu-radio-item', text }, what: `${menu}: ${text}` })
    const offered = await tab.ask(marked, { items: 'media-menu-radio-item', text })
    await tab.click(`${SKIN}[data-wanted]`)
    // It stays open.
    await tab.click(`${SKIN}.media-settings-menu-trigger`)
    return offered
  },

  shown: () => {
    const { shadowRoot } = document.querySelector('video-skin, live-video-skin')
    const part = selector => shadowRoot.querySelector(selector)
    const has = (selector, attribute) => Boolean(part(selector)?.hasAttribute(attribute))
    const { state } = document.querySelector('video-player, live-video-player').store
    return {
      paused: has('media-play-button', 'data-paused'),
      duration: /\d+:\d\d/.exec(part('media-time[type="remaining"]')?.textContent ?? '')?.[0],
      buffered: part('media-slider-buffer')?.getBoundingClientRect().width,
      muted: has('media-mute-button', 'data-muted'),
      captions: has('media-captions-button', 'data-active'),
      fullscreen: has('media-fullscreen-button', 'data-fullscreen'),
      pip: has('media-pip-button', 'data-pip'),
      live: has('media-live-button', 'data-live'),
      atEdge: has('media-live-button', 'data-live-edge'),
      liveWindow: String(state.targetLiveWindow),
      error: has('media-error-dialog', 'data-open') ? part('media-dialog-popup').innerText : '',
    }
  },
}

function marked({ items, text }) {
  const { shadowRoot } = document.querySelector('video-skin')
  const seen = [...shadowRoot.querySelectorAll(items)].filter(item => item.getBoundingClientRect().width > 0)
  const words = item => item.textContent.replace(/\s+/g, ' ').trim()
  for (const item of shadowRoot.querySelectorAll('[data-wanted]')) item.removeAttribute('data-wanted')
  for (const item of seen) item.toggleAttribute('data-wanted', words(item).startsWith(text))
  const wanted = seen.find(item => item.hasAttribute('data-wanted'))
  wanted?.scrollIntoView({ block: 'nearest' })
  return wanted && seen.map(words)
}
