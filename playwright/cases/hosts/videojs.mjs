// The controls in the skins of Video.js 10, and what they show. Selectors are for `Tab`; `shown` and `marked` run in the page.
import { readFileSync } from 'node:fs'

const { version } = JSON.parse(readFileSync(new URL('../../node_modules/@videojs/html/package.json', import.meta.url), 'utf8'))

const SKIN = 'video-skin >> '

/**
 * WebKitGTK 2.50 does not style the parts of the skin anew when their state changes, under `<video>` as well: the range stays
 * as it was before there was a length, and menus stand beside where they should. There the range is drawn anew, what a menu
 * offers is taken without a pointer, and the volume by keys.
 */
export const videojs = kind => ({
  name: `Video.js ${version}`,
  page: 'hosts/videojs.html',
  live: name => `hosts/videojs-live.html?src=/live/${name}/master.m3u8`,
  play: `${SKIN}media-play-button`,
  mute: `${SKIN}media-mute-button`,
  captions: `${SKIN}media-captions-button`,
  fullscreen: `${SKIN}media-fullscreen-button`,
  pip: `${SKIN}media-pip-button`,
  goLive: 'live-video-skin >> media-live-button',
  menus: { quality: 'Quality', sound: 'Audio', captions: 'Captions', speed: 'Speed' },

  async seek(tab, share) {
    if (kind === 'webkit') await tab.ask(drawAnew)
    await tab.click(`${SKIN}media-time-slider`, 'left', share)
  },

  /** The slider comes out over the button, once the pointer comes from elsewhere; where there is no mouse there are keys. */
  async halve(tab) {
    if (kind === 'webkit' || !(await tab.ask(() => matchMedia('(hover: hover)').matches))) {
      await tab.ask(() => document.querySelector('video-skin').shadowRoot.querySelector('media-mute-button').focus())
      for (let i = 0; i < 20 && (await tab.ask(() => media.volume > 0.52)); i++) await tab.press('ArrowDown')
      return
    }
    await tab.point(`${SKIN}media-time-slider`)
    await tab.point(`${SKIN}media-mute-button`)
    await tab.until(() => document.querySelector('video-skin').shadowRoot.querySelector('media-volume-slider').getBoundingClientRect().width > 0, { what: 'the slider of the volume' })
    await tab.click(`${SKIN}media-volume-slider`)
  },

  /** Takes what a menu offers under this text; resolves to all that it offers. */
  async choose(tab, menu, text) {
    const take = () => (kind === 'webkit' ? tab.ask(() => document.querySelector('video-skin').shadowRoot.querySelector('[data-wanted]').click()) : tab.click(`${SKIN}[data-wanted]`))
    if (await tab.ask(isClosed)) await tab.click(`${SKIN}.media-settings-menu-trigger`)
    await tab.until(marked, { argument: { items: '.media-menu-trigger-item', text: menu }, what: `the entry ${menu}` })
    await take()
    await tab.until(marked, { argument: { items: 'media-menu-radio-item', text }, what: `${menu}: ${text}` })
    const offered = await tab.ask(marked, { items: 'media-menu-radio-item', text })
    await take()
    // It stays open, at its first page.
    await tab.click(`${SKIN}.media-settings-menu-trigger`)
    await tab.until(isClosed, { what: 'the menu is closed' })
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
})

const isClosed = () => !document.querySelector('video-skin').shadowRoot.querySelector('media-menu').hasAttribute('data-open')

function drawAnew() {
  const skin = document.querySelector('video-skin')
  skin.style.display = 'none'
  skin.getBoundingClientRect()
  skin.style.display = ''
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
