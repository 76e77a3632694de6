// Plugins that are installed: each a folder with the package.json that PeerTube reads, of which the configuration lists the
// scripts, in the shape of its `ServerConfigPlugin`; and their public settings, which PeerTube has from its database.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { json, notFound, text } from './answers.mjs'

const SCRIPT = /^\/plugins\/([^/]+)\/([^/]+)\/client-scripts\/([\w./-]+)$/

/** @returns {{name: string, npmName: string, version: string, clientScripts: Record<string, {script: string, scopes: string[]}>}[]} */
export function registered(instance) {
  return installed(instance).map(({ name, npmName, version, description, clientScripts }) => ({ name, npmName, version, description, clientScripts }))
}

export function settings(instance, npmName) {
  const plugin = installed(instance).find(plugin => plugin.npmName === npmName)
  return plugin ? json({ publicSettings: plugin.publicSettings ?? {} }) : notFound('Not found', null)
}

/** A script that its plugin lists, in the version that is installed. */
export function clientScript(instance, path) {
  const [, name, version, script] = SCRIPT.exec(path) ?? []
  const plugin = installed(instance).find(plugin => plugin.name === name && plugin.version === version)
  if (!plugin?.clientScripts[script]) return notFound('Not found', null)
  return text(readFileSync(join(plugin.folder, script)), { type: 'text/javascript; charset=utf-8' })
}

function installed({ switches: { plugins } }) {
  return plugins.map(folder => {
    const { name: npmName, clientScripts, ...more } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { ...more, folder, npmName, name: npmName.replace(/^peertube-plugin-/, ''), clientScripts: Object.fromEntries(clientScripts.map(entry => [entry.script, entry])) }
  })
}
