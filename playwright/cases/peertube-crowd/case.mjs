// Thirty videos of one instance on a page, as a blog has them: one call each, below what the instance allows, and those that
// are played get the rest. An instance whose API is closed is asked as a server that federates. Swarms are those that it lists,
// and none before it has.
import assert from 'node:assert/strict'

const EMBEDS = 30

export default {
  about: '30 videos of an instance on a page, an instance without an API, and the swarms that it lists',
  seconds: 40,
  // An instance is asked alike in every browser; WebKitGTK has no peers, and hangs in some starts at another place than zero.
  browsers: ['chromium', 'firefox'],
  // The last is of the tracker, which is away as well.
  expects: [/status of 404/, /ERR_EMPTY_RESPONSE/, /tracker\/socket/],
  server: { instance: true },
  async run(world) {
    const { instance, stats, faults } = world.server
    const calls = () => stats.requests(/\/api\/v1\//)
    const tab = await world.page('cases/peertube/index.html', { ready: 'put' })

    // Different spellings of the same videos: no answer is anybody's but its own.
    const keys = ['vod', 'split', 'bars']
    const addresses = Array.from({ length: EMBEDS }, (_, n) => {
      const key = keys[n % keys.length]
      const { id, uuid } = instance.catalog.videos.get(key)
      return [instance.watch(key), `${instance.origin}/videos/watch/${uuid}`, `${instance.origin}/videos/embed/${id}`][Math.floor(n / 3) % 3]
    })
    await tab.ask(addresses => {
      for (const address of addresses) {
        const player = Object.assign(document.createElement('sprat-player'), { muted: true })
        for (const [name, value] of Object.entries({ peertube: address, preload: 'none', muted: '', style: 'width: 160px' })) player.setAttribute(name, value)
        document.body.append(player)
      }
    }, addresses)
    await tab.until(n => [...document.querySelectorAll('sprat-player')].filter(player => player.instanceVideo).length === n, { argument: EMBEDS, what: 'all have a title' })
    assert.equal(calls(), EMBEDS, 'calls before anything plays')
    assert.equal(stats.requests(/m3u8/), 0)
    const titles = await tab.ask(() => [...document.querySelectorAll('sprat-player')].map(player => player.getAttribute('media-title')))
    assert.deepEqual(titles, addresses.map((_, n) => ['Muxed 60 s (720p + 360p)', 'Split audio 60 s', 'Muxed 45 s bars'][n % 3]))

    await tab.ask(() => [...document.querySelectorAll('sprat-player')].slice(0, 3).forEach(player => void player.play()))
    await tab.until(() => [...document.querySelectorAll('sprat-player')].slice(0, 3).every(player => player.currentTime > 0.3 && player.instanceExtras), { within: 40_000, what: 'three play' })
    assert.equal(instance.limiter.refused, 0, 'calls that were answered with 429')
    world.note(`${EMBEDS} embeds: ${calls()} API calls when three had played, ${instance.limiter.refused} refused`)

    // The names of swarms: what the instance lists, and only once it plays.
    const named = await tab.ask(() => [...document.querySelectorAll('sprat-player')].slice(0, 4).map(({ media }) => media.infoHashes))
    assert.deepEqual(named, ['vod', 'split', 'bars'].map(key => instance.listed(instance.catalog.videos.get(key))).concat([undefined]).map(hashes => hashes ?? null))

    // Its API closed, it is a server that federates.
    await tab.ask(() => document.querySelectorAll('sprat-player').forEach(player => player.remove()))
    faults.set([{ match: '/api/v1/', status: 404, body: '<h1>Nothing here</h1>', type: 'text/html' }])
    await tab.ask(address => put('sprat-player', { peertube: address, autoplay: '', p2p: 'on', style: 'width: 320px' }), instance.watch('vod'))
    await tab.until(() => element.currentTime > 0.3 && element.instanceExtras, { what: 'it plays without the API' })
    const { instanceVideo, instanceExtras, hashes } = await tab.ask(() => ({ instanceVideo: element.instanceVideo, instanceExtras: element.instanceExtras, hashes: element.media.infoHashes }))
    assert.equal(instanceVideo.title, 'Muxed 60 s (720p + 360p)')
    assert.deepEqual(instanceExtras.chapters.map(({ title }) => title), ['Opening', 'Middle', 'End'])
    assert.deepEqual(hashes, instance.listed(instance.catalog.videos.get('vod')))
    if (world.has.rtc) await tab.until(() => element.stats.sharing === 'active', { what: 'it is in its swarm' })
    assert.equal(instance.tracker.blocks, 0, 'the tracker was told of none but its own swarms')

    // The instance is away: said, and it comes back when it is asked again.
    faults.clear()
    instance.switches.down = true
    await tab.ask(address => put('sprat-player', { peertube: address, p2p: 'off', style: 'width: 320px' }), instance.watch('bars'))
    await tab.until(() => element.error?.name === 'instance-unreachable', { what: 'that it is away' })
    instance.switches.down = false
    await tab.ask(() => { element.load(); void element.play() })
    await tab.until(() => element.currentTime > 0.3, { what: 'it plays after all' })
  },
}
