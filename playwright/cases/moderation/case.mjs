// What a site does not show, and where a viewer can say that a video should not be there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const PAGE = readFileSync(join(import.meta.dirname, '../peertube/index.html'), 'utf8')
const blocking = list => PAGE.replace('<script type="module"', `<link rel="sprat-blocks" href="${list}" />\n    $&`)

export default {
  about: 'blocked hosts and accounts are neither asked nor played, nor are their videos on playlists; reports lead to the instance, at the moment in question',
  seconds: 55,
  // An instance is asked alike in every browser; in WebKitGTK what it brings does not begin in some starts (see `driver/webkit.mjs`).
  browsers: ['chromium', 'firefox'],
  expects: [/status of 404/],
  server: {
    instance: { p2p: false },
    pages: {
      '/account.html': blocking('/account.txt'),
      '/account.txt': '# ours\nroot@127.0.0.1\n',
      '/host.html': blocking('/host.json'),
      '/host.json': '{"data":[{"value":"127.0.0.1"}]}',
      '/gone.html': blocking('/no-such-list.txt'),
    },
  },
  async run(world) {
    await blocks(world)
    await reports(world)
  },
}

async function blocks(world) {
  const { instance } = world.server
  const api = () => world.server.stats.requests(/^\/api\/v1\/videos\//)
  const put = (tab, tag, attributes) => tab.ask(([tag, attributes]) => put(tag, { autoplay: '', p2p: 'off', ...attributes }), [tag, attributes])
  const isBarred = async tab => {
    await put(tab, 'sprat-player', { peertube: instance.watch('vod') })
    await tab.until(() => element.error?.name === 'not-shown-here', { what: 'it is not shown' })
    assert.equal(await tab.ask(() => element.currentSrc), '')
    assert.equal(await tab.ask(() => element.shadowRoot.querySelector('[role=alert]').textContent.includes('does not show')), true)
  }
  const byAccount = await world.page('account.html', { name: 'account', ready: 'put' })
  await isBarred(byAccount)
  await byAccount.close()

  const asked = api()
  const byHost = await world.page('host.html', { name: 'host', ready: 'put' })
  await isBarred(byHost)
  assert.equal(api(), asked, 'the host was asked for nothing')
  await put(byHost, 'sprat-playlist', { peertube: instance.watch('recorded') })
  await byHost.until(() => element.shadowRoot?.querySelector('[role=alert]'), { what: 'its playlists neither' })
  const elsewhere = world.server.url.replace('127.0.0.1', 'localhost')
  await byHost.ask(elsewhere => {
    document.body.insertAdjacentHTML('beforeend', `<script type="application/json" id="mixed">${JSON.stringify({ items: [
      { title: 'Blocked', src: '/media/vod/master.m3u8' }, { title: 'Elsewhere', src: `${elsewhere}media/vod/master.m3u8` }, { title: 'Blocked, too', peertube: `${location.origin}/w/1` },
    ] })}</script>`)
  }, elsewhere)
  await put(byHost, 'sprat-playlist', { src: '#mixed' })
  await byHost.until(() => element.currentIndex === 1 && element.player.currentTime > 0.3, { what: 'what is blocked is passed over' })
  assert.deepEqual(await byHost.ask(() => [0, 1, 2].map(index => element.isPlayable(index))), [false, true, false])
  await byHost.ask(async () => {
    const { setBlocks } = await import('/sprat.js')
    setBlocks(['localhost'])
  })
  await put(byHost, 'sprat-playlist', { src: '#mixed', lang: 'en' })
  await byHost.until(() => element.items?.length === 3, { what: 'the list' })
  assert.deepEqual(await byHost.ask(() => [0, 1, 2].map(index => element.isPlayable(index))), [false, false, false], 'a script may add to it')
  await byHost.close()

  const gone = await world.page('gone.html', { name: 'gone', ready: 'put' })
  await put(gone, 'sprat-player', { peertube: instance.watch('vod') })
  await gone.until(() => element.currentTime > 0.3, { what: 'a list that is not there blocks nothing' })
  await gone.close()
}

async function reports(world) {
  const { instance } = world.server
  const tab = await world.page(`${instance.embed('vod')}?muted=1&p2p=0&lang=en`, { name: 'report' })
  await tab.until(() => document.querySelector('sprat-player')?.readyState > 1, { what: 'a picture' })
  await tab.ask(() => { document.querySelector('sprat-player').currentTime = 12.6 })
  const open = async () => {
    await tab.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.button.settings').focus())
    await tab.press('Enter')
    await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('#popup button'), { what: 'the menu' })
    for (let i = 0; i < 14 && !(await tab.ask(() => /^Report/.test(document.querySelector('sprat-player').shadowRoot.activeElement?.textContent.trim() ?? ''))); i++) await tab.press('ArrowDown')
    await tab.press('Enter')
    await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('#popup.report a'), { what: 'where to report it' })
    return tab.ask(() => {
      const popup = document.querySelector('sprat-player').shadowRoot.querySelector('#popup')
      return { text: popup.textContent, href: popup.querySelector('a').href, rel: popup.querySelector('a').rel, inside: popup.contains(document.querySelector('sprat-player').shadowRoot.activeElement) }
    })
  }
  const { host } = new URL(instance.origin)
  const said = await open()
  assert.equal(said.href, `${instance.watch('vod').replace(/\/w\/.*/, '')}/w/c61a3e85-acc7-4841-9847-08d60a585641?start=12s`)
  assert.ok(said.text.includes(host) && said.text.includes('0:12') && said.inside && said.rel.includes('noopener'), JSON.stringify(said))
  await tab.press('Escape')
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.activeElement?.matches('.settings'), { what: 'the keyboard is back' })
  // A site of its own names its own people; what is no address is none.
  await tab.ask(() => document.querySelector('sprat-player').setAttribute('report-url', 'mailto:moderators@site.example'))
  const own = await open()
  assert.equal(own.href, 'mailto:moderators@site.example')
  assert.ok(own.text.includes('moderators@site.example') && !own.text.includes('0:12'), own.text)
  await tab.press('Escape')
  await tab.ask(() => document.querySelector('sprat-player').setAttribute('report-url', 'javascript:alert(1)'))
  await tab.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.button.settings').click())
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('#popup button'), { what: 'the menu' })
  assert.equal(await tab.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('#popup').textContent.includes('Report')), false)
}
