// Plugins in a server as PeerTube 6 to 8 have them: loaded from an installed package, handed what they may register with, and
// forgotten when they are taken off. Shapes only, of what our plugin uses and what is beside it; the code is ours.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import express from 'express'
import { wrongFields } from './package-json.mjs'

/** Hooks of the server that there are; others are refused with a line in the log. */
const HOOKS = ['filter:html.client.json-ld.result', 'filter:html.embed.video.allowed.result', 'filter:html.embed.video-playlist.allowed.result', 'filter:api.video.get.result', 'action:application.listening']

export class Plugins {
  /** By npm name. */
  registered = new Map()
  hooks = new Map()
  translations = new Map()
  /** What an administrator has saved, by npm name; it outlives the plugin. */
  saved = new Map()
  /** `level: words`, in order. */
  log = []
  /** Releases differ in what they tell scripts of a setting that is false: what it is, or its default. */
  tellsDefaultOfFalse = false

  /** @param {() => string} origin */
  constructor(origin) {
    this.origin = origin
  }

  async register(folder) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const wrong = wrongFields(manifest)
    if (wrong.length > 0) throw new Error(`package.json: ${wrong.join(', ')}`)
    const { name: npmName, version, library, staticDirs = {}, clientScripts = [], translations = {} } = manifest
    const require = createRequire(import.meta.url)
    const code = require(join(folder, library))
    if (typeof code.register !== 'function' || typeof code.unregister !== 'function') throw new Error('no register or unregister')
    const name = npmName.replace('peertube-plugin-', '')
    const plugin = { npmName, name, version, folder, staticDirs, clientScripts, settings: [], changed: [], router: express.Router(), unregister: code.unregister }
    await code.register(this.#options(plugin))
    this.registered.set(npmName, plugin)
    for (const [locale, path] of Object.entries(translations)) {
      const table = this.translations.get(locale) ?? {}
      this.translations.set(locale, { ...table, [npmName]: JSON.parse(readFileSync(join(folder, path), 'utf8')) })
    }
    return plugin
  }

  async unregister(npmName) {
    const plugin = this.registered.get(npmName)
    this.registered.delete(npmName)
    for (const [locale, { [npmName]: _, ...others }] of this.translations) {
      if (Object.keys(others).length > 0) this.translations.set(locale, others)
      else this.translations.delete(locale)
    }
    await plugin.unregister()
    for (const [target, handlers] of this.hooks) {
      const others = handlers.filter(handler => handler.npmName !== npmName)
      if (others.length > 0) this.hooks.set(target, others)
      else this.hooks.delete(target)
    }
  }

  byName(name) {
    return this.registered.get(`peertube-plugin-${name}`)
  }

  /** A filter's result goes from one to the next; one that throws changes nothing. */
  async filter(target, result, context) {
    for (const { handler } of this.hooks.get(target) ?? []) {
      try {
        result = await handler(result, context)
      } catch (error) {
        this.log.push(`error: ${error.message}`)
      }
    }
    return result
  }

  /** As the settings page does: all of them at once. */
  async save(npmName, settings) {
    this.saved.set(npmName, settings)
    for (const changed of this.registered.get(npmName).changed) await changed(settings)
  }

  publicSettings(npmName) {
    const plugin = this.registered.get(npmName)
    if (!plugin) return undefined
    const saved = this.saved.get(npmName) ?? {}
    const told = ({ name, default: usual }) => (this.tellsDefaultOfFalse ? saved[name] || usual : saved[name] ?? usual) ?? null
    return Object.fromEntries(plugin.settings.filter(setting => setting.private === false).map(setting => [setting.name, told(setting)]))
  }

  /** The texts of the settings page in a language; those that there is no translation of stay. */
  settingsPage(npmName, locale) {
    const words = this.translations.get(locale)?.[npmName] ?? {}
    const said = text => text && (words[text] ?? text)
    // It goes to the page as JSON: functions in it would be lost.
    const settings = JSON.parse(JSON.stringify(this.registered.get(npmName).settings))
    return settings.map(setting => ({
      ...setting,
      label: said(setting.label),
      descriptionHTML: said(setting.descriptionHTML),
      ...(setting.options && { options: setting.options.map(({ value, label }) => ({ value, label: said(label) })) }),
    }))
  }

  #options(plugin) {
    const { npmName, name, version } = plugin
    const route = kind => () => `/plugins/${name}/${version}/${kind}/`
    const setting = wanted => this.saved.get(npmName)?.[wanted] ?? plugin.settings.find(one => one.name === wanted)?.default
    const data = new Map()
    const say = level => words => void this.log.push(`${level}: ${words}`)
    return {
      registerHook: ({ target, handler, priority = 0 }) => {
        if (!HOOKS.includes(target)) return say('warn')(`Unknown hook ${target}`)
        this.hooks.set(target, [...(this.hooks.get(target) ?? []), { npmName, handler, priority }].sort((a, b) => b.priority - a.priority))
      },
      registerSetting: options => void (plugin.settings = [...plugin.settings.filter(one => one.name !== options.name), options]),
      settingsManager: {
        getSetting: async wanted => setting(wanted),
        getSettings: async names => Object.fromEntries(names.map(wanted => [wanted, setting(wanted)])),
        setSetting: async (wanted, value) => void this.saved.set(npmName, { ...this.saved.get(npmName), [wanted]: value }),
        onSettingsChange: changed => void plugin.changed.push(changed),
      },
      storageManager: { getData: async key => data.get(key), storeData: async (key, value) => void data.set(key, value) },
      getRouter: () => plugin.router,
      registerWebSocketRoute: () => {},
      peertubeHelpers: {
        logger: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
        config: { getWebserverUrl: () => this.origin(), getServerListeningConfig: () => ({ hostname: '127.0.0.1', port: 9000 }), getServerConfig: async () => ({}) },
        plugin: { getBaseStaticRoute: route('static'), getBaseRouterRoute: route('router'), getBaseWebSocketRoute: route('ws'), getDataDirectoryPath: () => join(plugin.folder, '../data') },
      },
    }
  }
}
