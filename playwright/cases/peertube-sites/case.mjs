// Where videos of an instance stand: at its own embed addresses, and on another site, as far as their owners let it.
import assert from 'node:assert/strict'

export default {
  about: 'an instance\'s embed addresses, and its videos on another site',
  seconds: 25,
  // An instance is asked alike in every browser; WebKitGTK has no peers, and hangs in some starts at another place than zero.
  browsers: ['chromium', 'firefox'],
  server: { instance: { p2p: false } },
  async run(world) {
    const { instance } = world.server
    // The instance's own addresses of its embeds, served by us.
    for (const [key, tag] of [['vod', 'sprat-player'], ['recorded', 'sprat-playlist']]) {
      const page = await world.page(`${new URL(instance.embed(key)).pathname.slice(1)}?autoplay=1&muted=1&start=3`, { name: key })
      await page.until(tag => {
        const element = document.querySelector(tag)
        return (element?.player ?? element)?.currentTime > 3.3
      }, { argument: tag, what: `${key} plays at its old address` })
      await page.close()
    }

    // Another site: all of it by CORS, and only where the owner lets that site show it (8.1).
    const elsewhere = instance.origin.replace('127.0.0.1', 'localhost')
    const page = await world.page(`${elsewhere}/cases/peertube/index.html`, { name: 'another site', ready: 'put' })
    const watch = (key, attributes) => page.ask(([address, attributes]) => put('sprat-player', { peertube: address, autoplay: '', p2p: 'off', ...attributes }), [instance.watch(key), attributes])
    await watch('vod')
    await page.until(() => element.currentTime > 0.3 && last('instanceextras'), { what: 'it plays on another site' })
    await page.ask(() => { element.textTracks[0].mode = 'showing' })
    await page.until(() => element.textTracks[0].cues?.length > 0, { what: 'its captions are read there' })
    await world.until(() => instance.heard.views.at(-1)?.body.currentTime >= 0, { what: 'the instance hears of it' })
    Object.assign(instance.switches, { version: '8.1.0', domains: ['friend.example'] })
    await watch('split')
    await page.until(() => element.error?.name === 'domain-not-allowed', { what: 'that this site may not' })
    assert.equal(await page.ask(() => element.currentTime), 0)
    instance.switches.domains = ['localhost']
    await watch('split')
    await page.until(() => element.currentTime > 0.3, { what: 'that it may' })
    assert.equal(instance.limiter.refused, 0, 'calls that were answered with 429')
  },
}
