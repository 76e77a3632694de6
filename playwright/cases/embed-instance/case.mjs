// The embed addresses of an instance, at the instance: the page plays what its own origin has under that name, and links to
// where it is watched; a word is asked for, or given by PeerTube's own client.
import assert from 'node:assert/strict'

export default {
  about: 'the embed addresses of an instance: its videos and playlists, the password by form and by the published client; what is not for everybody, under each policy',
  seconds: 80,
  browsers: ['chromium', 'firefox'],
  expects: [/status of 403/],
  server: { instance: { p2p: false } },
  async run(world) {
    const { instance } = world.server
    const of = key => instance.catalog.videos.get(key)
    const open = async (key, query = '') => world.page(`videos/embed/${of(key).uuid}?muted=1&p2p=0${query}`, { name: `${key} ${query}` })
    const known = tab => tab.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'the film is known' })

    const film = await open('vod', '&start=2')
    await known(film)
    await film.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('a.watch') && document.querySelector('sprat-player').instanceVideo, { what: 'it is drawn' })
    const [title, link, watch] = await film.ask(() => {
      const player = document.querySelector('sprat-player')
      return [player.shadowRoot.querySelector('.headline').textContent.trim(), player.shadowRoot.querySelector('a.watch').href, player.instanceVideo.watchUrl]
    })
    assert.match(title, /Muxed 60 s/)
    assert.equal(link, watch)
    await film.ask(() => document.querySelector('sprat-player').play())
    await film.until(() => document.querySelector('sprat-player').currentTime > 2.3, { what: 'it plays from where it is to start' })
    await film.close()

    const form = await open('password')
    await form.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.password input'), { what: 'a form' })
    await form.click('sprat-player >> .password input')
    for (const key of ['s', 'e', 's', 'a', 'm', 'e', 'Enter']) await form.press(key)
    await known(form)
    assert.equal(await form.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.password') === null), true, 'the form goes')
    await form.close()

    await sensitive(world, open)

    const host = await world.page('cases/embed-api/index.html', { name: 'host', ready: 'host' })
    await host.ask(address => host.open('locked', address), `/videos/embed/${of('password').uuid}?api=1&muted=1&waitPasswordFromEmbedAPI=1`)
    const frame = await host.frame('/videos/embed/')
    await frame.until(() => Boolean(document.querySelector('sprat-player')?.shadowRoot), { what: 'a player' })
    await new Promise(resolve => setTimeout(resolve, 2000))
    assert.deepEqual(await frame.ask(() => {
      const { shadowRoot, error } = document.querySelector('sprat-player')
      return [shadowRoot.querySelector('.password'), error]
    }), [null, null], 'neither a form nor an error')
    assert.equal(await host.ask(() => host.isReady('locked')), false)
    await host.ask(() => host.call('locked', 'setVideoPassword', 'sesame'))
    await host.until(() => host.isReady('locked'), { what: 'ready, once the word is given' })
    await host.close()

    const list = await world.page(`video-playlists/embed/${[...instance.catalog.playlists.values()][0].uuid}?muted=1&p2p=0`, { name: 'playlist' })
    await list.until(() => document.querySelector('sprat-playlist')?.items?.length > 2, { what: 'the list' })
    await list.close()
    world.note('film, form, client, list')
  },
}

/** Not for everybody: what is shown and fetched of it unasked is the instance's to say, once it has been asked. */
async function sensitive(world, open) {
  const { instance, stats } = world.server
  const requests = pattern => Object.entries(stats.snapshot().paths).filter(([path]) => pattern.test(path)).reduce((sum, [, { requests }]) => sum + requests, 0)
  const ofFilm = () => requests(/streaming-playlists/)
  const configs = () => requests(/api\/v1\/config/)
  const player = () => {
    const player = document.querySelector('sprat-player')
    const warning = player.shadowRoot?.querySelector('.sensitive')
    return { warning: warning?.textContent, poster: player.media.nativeEl.poster, shown: warning?.hasAttribute('data-poster') ?? false, time: player.currentTime }
  }
  const warned = tab => tab.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.sensitive button'), { what: 'a warning' })
  const plays = tab => tab.until(() => document.querySelector('sprat-player').currentTime > 0.3, { what: 'it plays' })
  const later = () => new Promise(resolve => setTimeout(resolve, 1000))
  for (const [policy, poster] of [['warn', true], ['blur', false], ['do_not_list', false]]) {
    instance.switches.nsfw = policy
    const before = ofFilm()
    const tab = await open('nsfw', `&autoplay=1&policy=${policy}`)
    await warned(tab)
    await later()
    const { warning, poster: given, shown } = await tab.ask(player)
    assert.match(warning, /violence[^]*Loud tones/)
    assert.deepEqual([/previews/.test(given), shown, ofFilm() - before], [poster, poster, 0], `${policy}: a poster, seen, and files of the film`)
    await tab.click('sprat-player >> .sensitive button')
    await plays(tab)
    assert.equal((await tab.ask(player)).warning, undefined)
    await tab.close()
  }

  // Shown to everybody: to whom it is to play for at once; to others as soon as it is to play, for nobody asks before.
  instance.switches.nsfw = 'display'
  const begun = await open('nsfw', '&autoplay=1')
  await plays(begun)
  assert.deepEqual([(await begun.ask(player)).warning, /previews/.test((await begun.ask(player)).poster)], [undefined, true])
  await begun.close()
  const asked = configs()
  const still = await open('nsfw')
  await warned(still)
  await later()
  assert.deepEqual([configs() - asked, (await still.ask(player)).poster], [0, ''], 'one request, and no poster')
  await still.ask(() => void document.querySelector('sprat-player').play())
  await plays(still)
  assert.equal((await still.ask(player)).warning, undefined)
  await still.close()
}
