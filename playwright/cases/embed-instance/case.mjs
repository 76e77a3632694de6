// The embed addresses of an instance, at the instance: the page plays what its own origin has under that name, and links to
// where it is watched; a word is asked for, or given by PeerTube's own client.
import assert from 'node:assert/strict'

export default {
  about: 'the embed addresses of an instance: its videos and playlists, the password by form and by the published client; what is not for everybody',
  seconds: 60,
  browsers: ['chromium', 'firefox'],
  expects: [/status of 403/],
  server: { instance: { p2p: false } },
  async run(world) {
    const { instance, stats } = world.server
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

    // Not for everybody: nothing of it is shown or fetched unasked, whatever the address says.
    const before = Object.keys(stats.snapshot().paths).length
    const warned = await open('nsfw', '&autoplay=1')
    await warned.until(() => document.querySelector('sprat-player')?.shadowRoot?.querySelector('.sensitive button'), { what: 'a warning' })
    await new Promise(resolve => setTimeout(resolve, 1000))
    assert.match(await warned.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.sensitive').textContent), /violence[^]*Loud tones/)
    assert.deepEqual(Object.keys(stats.snapshot().paths).slice(before).filter(path => /streaming-playlists/.test(path)), [])
    await warned.click('sprat-player >> .sensitive button')
    await warned.until(() => document.querySelector('sprat-player').currentTime > 0.3, { what: 'it plays, once that is accepted' })
    assert.equal(await warned.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.sensitive')), null)
    await warned.close()

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
