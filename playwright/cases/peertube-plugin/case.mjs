// The plugin of an instance: what its own pages show in a browser, alone and in frames of other sites, and where they lead once
// it is switched off. What its routes answer is tested without a browser (`playwright/peertube-plugin/`).
import assert from 'node:assert/strict'
import { startHost } from '../../peertube-plugin/host.mjs'
import { install } from '../../peertube-plugin/packed.mjs'

const NAME = 'peertube-plugin-sprat'
const USUAL = { off: false, share: 'yes', p2p: 'off', 'upload-cap': '', 'consent-text': '' }
const TEXT = 'We keep no log, “honest & free”.'
/** Nearly as long as one may be, and nowhere to break it. */
const WORD = 'donaudampfschifffahrt'.repeat(14)

export default {
  about: 'peertube-plugin-sprat: its pages play under their own policy, also in a sandbox and in small frames; its settings reach the player; switched off it leads to PeerTube\'s page',
  seconds: 70,
  // WebKitGTK has no WebRTC, and hears of nobody to share with.
  browsers: ['chromium', 'firefox'],
  expects: [/a small frame: Failed to load resource.* 404 .*video-playlists\/0{8}-/],
  async run(world) {
    const installed = install()
    const host = await startHost({ instance: { rate: { calls: 10_000, seconds: 10 } }, trackerInterval: 10 }, true)
    try {
      await host.plugins.register(installed.folder)
      await watch(world, host)
    } finally {
      await host.close()
      installed.remove()
    }
  },
}

async function watch(world, { origin, plugins, instance, server }) {
  const { uuid } = instance.catalog.videos.get('vod')
  const router = `${origin}/plugins/sprat/router`
  const film = `${router}/embed/${uuid}?muted=1`
  const save = settings => plugins.save(NAME, { ...USUAL, ...settings })
  const plays = (tab, from = 0) => tab.until(from => document.querySelector('sprat-player')?.currentTime > from + 1, { argument: from, what: 'it plays' })

  await save({})
  const alone = await world.page(`${film}&autoplay=1&start=20`, { name: 'alone' })
  await plays(alone, 20)
  const seen = await alone.ask(() => {
    const player = document.querySelector('sprat-player')
    return [document.title, player.error, player.getAttribute('p2p'), player.getAttribute('watch-url') === player.instanceVideo.watchUrl, player.engineVersion !== '']
  })
  assert.match(seen[0], /^Muxed 60 s/)
  assert.deepEqual(seen.slice(1), [null, 'off', true, true])
  await alone.close()

  await save({ p2p: 'ask', 'consent-text': TEXT, 'upload-cap': '700' })
  const asked = await world.page(`${film}&autoplay=1`, { name: 'asked' })
  await asked.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.question slot')?.assignedElements().length > 0, { what: 'the question, with what the site adds' })
  const question = await asked.ask(() => {
    const player = document.querySelector('sprat-player')
    const [added] = player.shadowRoot.querySelector('.question slot').assignedElements()
    const frame = player.shadowRoot.querySelector('.question').getBoundingClientRect()
    const box = added.getBoundingClientRect()
    return { text: added.textContent, own: player.shadowRoot.querySelector('.question p').textContent, inside: box.width > 0 && box.top >= frame.top && box.bottom <= frame.bottom, cap: player.getAttribute('max-upload') }
  })
  assert.deepEqual([question.text, question.inside, question.cap], [TEXT, true, '700000'])
  assert.match(question.own, /IP address/, 'our own sentence stays')
  await asked.close()

  await save({ p2p: 'ask', 'consent-text': WORD })
  const list = `${router}/playlist/${instance.catalog.playlists.get('recorded').uuid}?muted=1&autoplay=1`
  for (const address of [`${film}&autoplay=1`, list]) {
    const { site, frame } = await small(world, address)
    await frame.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.question slot')?.assignedElements().length > 0, { what: 'the question in a small frame' })
    const seen = await frame.ask(() => {
      const { shadowRoot } = document.querySelector('sprat-player')
      const [text, allow, notNow, timeline] = ['.question p', '.answers .primary', '.answers .plain', '.timeline'].map(part => shadowRoot.querySelector(part))
      const boxes = [text, allow, notNow].map(part => part.getBoundingClientRect())
      const opener = document.querySelector('sprat-playlist')?.shadowRoot.querySelector('.opener').getBoundingClientRect()
      return {
        scrolls: text.scrollHeight > text.clientHeight && text.scrollWidth <= text.clientWidth,
        inside: boxes.every(({ left, right, bottom }) => left >= 0 && right <= innerWidth && bottom <= timeline.getBoundingClientRect().bottom),
        free: !opener || boxes.every(({ right, top }) => right <= opener.left || top >= opener.bottom),
      }
    })
    assert.deepEqual(seen, { scrolls: true, inside: true, free: true }, address)
    await site.close()
  }

  await save({ p2p: 'on' })
  const viewers = []
  for (const name of ['first', 'second']) viewers.push(await world.page(`${film}&autoplay=1`, { name }))
  for (const viewer of viewers) await viewer.until(() => document.querySelector('sprat-player')?.stats?.peers > 0, { within: 30_000, what: 'they meet' })
  for (const viewer of viewers) await viewer.close()

  const query = new URLSearchParams({ address: `${film}&p2p=0&autoplay=1`, sandbox: 'allow-scripts', allow: 'autoplay' })
  const site = await world.page(`cases/iframes/index.html?${query}`, { name: 'another site' })
  const frame = await site.frame('/plugins/sprat/router/embed/')
  await plays(frame)
  assert.equal(await frame.ask(() => self.origin), 'null')
  await site.close()

  await save({})
  const listed = await world.page(list, { name: 'playlist' })
  await listed.until(() => document.querySelector('sprat-playlist')?.items?.length > 2 && document.querySelector('sprat-playlist').player.currentTime > 1, { what: 'the list plays' })
  await listed.close()

  // Its list is a drawer, which opens by itself where there is nothing else to see.
  const nothing = await small(world, list.replace(/playlist\/[\w-]+/, 'playlist/00000000-0000-4000-8000-000000000000'))
  await nothing.frame.until(() => document.querySelector('sprat-playlist')?.shadowRoot?.querySelector('.problem')?.checkVisibility(), { what: 'that there is no such list' })
  await nothing.site.close()

  await save({ off: true })
  const off = await world.page(`${film}&start=7`, { name: 'switched off' })
  await off.until(() => location.pathname.startsWith('/videos/embed/'), { what: 'the instance\'s own page' })
  assert.equal(await off.ask(() => location.pathname + location.search), `/videos/embed/${uuid}?muted=1&start=7`)
  await off.close()
  const plugged = Object.keys(server.stats.snapshot().paths).filter(path => path.startsWith('/plugins/'))
  assert.deepEqual(plugged, [], 'nothing of the plugin is asked of PeerTube\'s own routes')
  world.note('played alone, asked, met, in a sandbox, a list, and switched off')
}

/** In a frame of another site as small as they come. */
async function small(world, address) {
  const site = await world.page(`cases/iframes/index.html?${new URLSearchParams({ address })}`, { name: 'a small frame' })
  await site.ask(() => Object.assign(document.querySelector('iframe'), { width: 320, height: 240 }) && true)
  return { site, frame: await site.frame('/plugins/sprat/router/') }
}
