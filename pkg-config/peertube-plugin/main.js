'use strict'
// The plugin as PeerTube loads it: registers its settings, its pages and one filter. Whatever it changes goes through what it is
// handed here, which PeerTube takes back when the plugin is removed; nothing is kept outside.
const { join } = require('path')
const { serveFiles } = require('./lib/files.js')
const { KINDS, servePages } = require('./lib/pages.js')
const { SETTINGS, read } = require('./lib/settings.js')
const { name } = require('./package.json')

/** Without a version: an address that is given out holds for all of them. `client.js` has the same. */
const ROUTER = `/plugins/${name.replace('peertube-plugin-', '')}/router`

async function register({ registerHook, registerSetting, settingsManager, getRouter, peertubeHelpers }) {
  let settings
  const take = entries => {
    settings = read(entries)
    for (const complaint of settings.complaints) peertubeHelpers.logger.warn(complaint)
  }
  for (const setting of SETTINGS) registerSetting(setting)
  take(await settingsManager.getSettings(SETTINGS.map(setting => setting.name)))
  settingsManager.onSettingsChange(async entries => take(entries))

  const origin = peertubeHelpers.config.getWebserverUrl()
  const base = peertubeHelpers.plugin.getBaseRouterRoute()
  serveFiles(getRouter(), join(__dirname, 'static'), base)
  servePages(getRouter(), { folder: join(__dirname, 'pages'), files: `${base}files/`, origin, settings: () => settings })

  registerHook({
    target: 'filter:html.client.json-ld.result',
    handler: told => (settings.off || !settings.share ? told : moved(told, origin))
  })
}

/** PeerTube drops hooks, routes and settings itself. */
async function unregister() {}

/** What search engines are told of a video or playlist of this instance, with our page as the one to embed. */
function moved(told, origin) {
  const address = typeof told?.embedUrl === 'string' ? told.embedUrl : ''
  for (const [kind, { own }] of Object.entries(KINDS)) {
    const before = origin + own
    if (address.startsWith(before)) return { ...told, embedUrl: `${origin}${ROUTER}/${kind}/${address.slice(before.length)}` }
  }
  return told
}

module.exports = { register, unregister }
