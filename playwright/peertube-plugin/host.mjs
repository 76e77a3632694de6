// An instance with plugins: PeerTube's routes for them, under the headers that it has by default, in front of the local instance,
// which answers everything else.
import { createServer, request as ask } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import { startServer } from '../server/server.mjs'
import { Plugins } from './plugins.mjs'

const MONTH = { maxAge: '30 days', immutable: true }
/** What a policy of the instance says of everything but its own embeds, where an administrator has switched it on. */
const POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * @param {object} [options]   of the local instance; see `server.mjs`
 * @param {boolean} [policy]   the instance has its Content Security Policy on
 */
export async function startHost(options = {}, policy = false) {
  let origin
  const plugins = new Plugins(() => origin)
  const http = createServer()
  await new Promise(resolve => http.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${http.address().port}`
  const server = await startServer({ instance: true, ...options, behind: origin })
  const upstream = new URL(server.url)
  http.on('request', app(plugins, upstream, policy))
  http.on('upgrade', (request, socket, head) => tunnel(request, socket, head, upstream))
  return {
    origin,
    plugins,
    server,
    instance: server.instance,
    async close() {
      http.closeAllConnections()
      await Promise.all([server.close(), new Promise(resolve => http.close(resolve))])
    },
  }
}

function app(plugins, upstream, policy) {
  const found = express()
  found.set('x-powered-by', false)
  found.use('/plugins', (_, response, next) => {
    response.setHeader('X-Frame-Options', 'DENY')
    response.setHeader('X-Powered-By', 'PeerTube')
    response.setHeader('Tk', 'N')
    if (policy) response.setHeader('Content-Security-Policy', POLICY)
    next()
  })
  const known = versioned => (request, response, next) => {
    const { pluginName, pluginVersion } = request.params
    const plugin = plugins.byName(pluginName)
    if (!plugin || versioned && plugin.version !== pluginVersion) return response.status(404).json({ status: 404, detail: 'No plugin registered' })
    response.locals.plugin = plugin
    next()
  }
  const routed = (request, response, next) => response.locals.plugin.router(request, response, next)
  found.get('/plugins/translations/:locale.json', (request, response) => response.json(plugins.translations.get(request.params.locale) ?? {}))
  found.get('/plugins/:pluginName/:pluginVersion/static/:path(*)', known(true), (request, response) => {
    const { plugin } = response.locals
    const [directory, ...file] = request.params.path.split('/')
    if (!plugin.staticDirs[directory]) return response.status(404).end()
    response.sendFile(join(plugin.folder, plugin.staticDirs[directory], file.join('/')), MONTH)
  })
  found.get('/plugins/:pluginName/:pluginVersion/client-scripts/:path(*)', known(true), (request, response) => {
    const { plugin } = response.locals
    if (!plugin.clientScripts.some(({ script }) => script === request.params.path)) return response.status(404).end()
    response.sendFile(join(plugin.folder, request.params.path), MONTH)
  })
  found.use('/plugins/:pluginName/router', known(false), routed)
  found.use('/plugins/:pluginName/:pluginVersion/router', known(true), routed)
  found.get('/api/v1/plugins/:npmName/public-settings', (request, response, next) => {
    const publicSettings = plugins.publicSettings(request.params.npmName)
    if (!publicSettings) return next()
    response.json({ publicSettings })
  })
  found.use((request, response) => hand(request, response, upstream))
  return found
}

function hand(request, response, { hostname, port }) {
  const there = ask({ hostname, port, method: request.method, path: request.originalUrl, headers: request.headers }, answer => {
    response.writeHead(answer.statusCode, answer.rawHeaders)
    answer.pipe(response)
  })
  there.on('error', () => response.destroy())
  response.on('close', () => there.destroy())
  request.pipe(there)
}

function tunnel(request, socket, head, { hostname, port }) {
  const there = connect(port, hostname, () => {
    const lines = request.rawHeaders.reduce((text, word, at) => text + word + (at % 2 ? '\r\n' : ': '), '')
    there.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines}\r\n`)
    there.write(head)
    there.pipe(socket).pipe(there)
  })
  for (const side of [there, socket]) side.on('error', () => (there.destroy(), socket.destroy()))
}
