// Plugins of an instance on its own iframe pages: their scripts come after the first frame, are handed our player, and fail
// by themselves. On the pages of another site there are none.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from '../../server/server.mjs'

const [badge, thrower] = ['badge', 'thrower'].map(name => join(import.meta.dirname, name))

export default {
  about: 'plugins with scope embed: loaded after the first frame on the instance\'s own pages alone, handed our player once, named when they fail',
  seconds: 60,
  browsers: ['chromium', 'firefox'],
  server: { instance: { p2p: false, plugins: [badge, thrower] } },
  async run(world) {
    const { instance, stats } = world.server
    const { uuid } = instance.catalog.videos.get('vod')
    const requests = (pattern, of = stats) => Object.entries(of.snapshot().paths).filter(([path]) => pattern.test(path)).reduce((sum, [, { requests }]) => sum + requests, 0)
    const scripts = of => requests(/^\/plugins\/|\/plugins-\w+\.js$/, of)

    const tab = await world.page(`videos/embed/${uuid}?muted=1`, { name: 'own' })
    await tab.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'the film is known' })
    await sleep(1000)
    assert.equal(scripts(), 0, 'nothing of plugins before the first frame')
    await tab.ask(() => {
      const player = document.querySelector('sprat-player')
      globalThis.faults = []
      player.addEventListener('warning', ({ detail: { name, culprit, message } }) => name === 'plugin-failed' && faults.push(`${culprit}: ${message}`))
      return player.play()
    })
    // The one that never ends holds the others up for as long as it is waited for.
    await tab.until(() => globalThis.badge?.calls.length > 0, { within: 20_000, what: 'the hook is called' })
    await tab.until(() => /\d/.test(document.querySelector('#badge').textContent.split(', ').at(-1)) && document.querySelector('sprat-player').currentTime > 8, { what: 'it plays on' })
    const { seen, faults, text, time, vain } = await tab.ask(() => ({
      seen: badge, faults, text: document.querySelector('#badge').textContent, time: document.querySelector('sprat-player').currentTime, vain: globalThis.ranInVain,
    }))
    assert.deepEqual(seen, {
      calls: [`first: sprat-player, undefined, true, ${uuid}`, 'second'],
      others: 0, words: 'on air', translated: 'Hello', signedIn: false, files: '/plugins/badge/1.2.0/static',
    })
    assert.match(text, /^on air: Muxed 60 s.*, \d+\.\d s$/)
    assert.ok(Math.abs(Number(/([\d.]+) s$/.exec(text)[1]) - time) < 1, `${text} at ${time}`)
    assert.equal(vain, undefined, 'a plugin that fails in register is called for nothing')
    assert.deepEqual(faults.filter(fault => !fault.startsWith('player: The plugin thrower failed: ')), [])
    for (const [what, count] of [[/in register\.$/, 1], [/in a handler\.$/, 1], [/in a handler, later\.$/, 1], [/not ready within 10 s\.$/, 1], [/./, 5]])
      assert.equal(faults.filter(fault => what.test(fault)).length, count, `${what} in\n${faults.join('\n')}`)
    assert.deepEqual([requests(/badge.*embed\.js/), requests(/badge.*watch\.js/)], [1, 0])
    await tab.close()

    instance.switches.plugins = [badge]
    const list = await world.page(`${instance.embed('recorded')}?csp=strict&muted=1&autoplay=1`, { name: 'playlist' })
    await list.until(() => globalThis.badge?.calls.length === 2, { within: 20_000, what: 'the hook is called for a playlist, under a strict policy' })
    assert.match(await list.ask(() => globalThis.badge.calls[0]), /^first: sprat-player, undefined, true/)
    await list.close()

    const before = [scripts(), requests(/api\/v1\/config/)]
    const site = await startServer()
    const other = await world.page(`${site.url}embed.html?muted=1&autoplay=1&peertube=${instance.watch('vod')}`, { name: 'another site' })
    await other.until(() => document.querySelector('sprat-player')?.currentTime > 1 && document.querySelector('sprat-player').instanceExtras, { what: 'it plays there, too' })
    await sleep(2000)
    const after = [scripts(), requests(/api\/v1\/config/), scripts(site.stats)]
    await other.close()
    await site.close()
    assert.deepEqual(after, [before[0], before[1] + 1, 0], 'the configuration is read there, and no script')
    world.note(`${faults.length} failures named, the badge at ${text.split(', ').at(-1)}`)
  },
}
