// `node playwright/server/main.mjs`: the local origin and tracker for a person, until Ctrl-C.
// PORT (8123) is where the search for a free port begins. Tests import `startServer` instead.
import { startServer } from './server.mjs'

const first = Number(process.env.PORT ?? 8123)
const server = await listenFrom(first)
console.log(server.url)
// What a PeerTube instance has: the demo's own streams share its tracker, so that it is open to all.
console.log('A local PeerTube instance has, among others,')
for (const key of ['vod', 'split', 'live', 'password', 'recorded']) console.log(`  ${key.padEnd(10)}${server.instance.watch(key)}`)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close().then(() => process.exit(0)))

async function listenFrom(port) {
  try {
    return await startServer({ port, instance: { privateTracker: false } })
  } catch (error) {
    if (error.code !== 'EADDRINUSE' || port >= first + 20) throw error
    return listenFrom(port + 1)
  }
}
