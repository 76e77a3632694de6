// The menu of settings, by the keyboard alone: each page, what it sets, and the way back; statistics, the list of keys, a wide view,
// a window of its own. What captions look like is what the viewer chose, in every player of the page and after a reload.
import assert from 'node:assert/strict'

export default {
  about: 'settings by keyboard: quality, speed, captions and how they look; statistics, the list of keys, wide view, pop-out',
  seconds: 40,
  async run(world) {
    const tab = await world.viewer({ autoplay: undefined, preload: 'auto', p2p: 'off', theatre: '', 'embed-url': `${world.server.url}embed.html?src=/media/vod/master.m3u8` })
    await tab.ask(() => {
      page.element.append(Object.assign(document.createElement('track'), { kind: 'captions', src: '/media/vod/captions-en.vtt', srclang: 'en', label: 'English' }))
      globalThis.focused = () => {
        const at = page.element.shadowRoot.activeElement
        return at ? (at.getAttribute('aria-label') ?? at.textContent).replace(/\s+/g, ' ').trim() : ''
      }
    })
    await tab.until(() => page.video?.readyState > 1 && page.element.textTracks.length === 1, { what: 'a picture' })
    const focused = () => tab.ask(() => focused())
    const isAt = (what, text = String(what)) => world.until(async () => what.test(await focused()), { what: `the focus at ${text}` })
    const open = async () => {
      await tab.ask(() => page.element.shadowRoot.querySelector('.button.settings').focus())
      await tab.press('Enter')
      await isAt(/^Quality/)
    }
    /** By its first letters, from the first of the page. */
    const to = async what => {
      for (let i = 0; i < 14 && !what.test(await focused()); i++) await tab.press('ArrowDown')
      await isAt(what)
    }

    await open()
    assert.deepEqual(await labels(tab), ['QualityAuto (360p)', 'SpeedNormal', 'CaptionsOff', 'Caption style', 'Open in a window of its own', 'Wide view', 'Statistics', 'Keyboard shortcuts'])
    await tab.press('ArrowRight')
    await isAt(/^Auto/)
    await tab.press('End')
    await tab.press('Enter')
    await tab.until(() => page.element.videoRenditions.selectedIndex >= 0, { what: 'a quality' })
    await isAt(/^Settings/, 'the button that opened it')

    await open()
    assert.match((await labels(tab))[0], /^Quality240p/)
    await to(/^Speed/)
    await tab.press('ArrowRight')
    await isAt(/^Normal/)
    await to(/^1\.5×/)
    await tab.press('Enter')
    assert.equal(await tab.ask(() => page.element.playbackRate), 1.5)

    await open()
    await to(/^Captions/)
    await tab.press('Enter')
    await isAt(/^Off/)
    await tab.press('ArrowLeft')
    await isAt(/^Quality/, 'the first page again')
    await to(/^Captions/)
    await tab.press('Enter')
    await to(/^English/)
    await tab.press('Enter')
    await tab.ask(() => { page.element.currentTime = 2 })
    await tab.until(() => page.element.shadowRoot.querySelector('.cues span'), { what: 'a caption' })

    const look = async (property, value) => {
      await open()
      await to(/^Caption style/)
      await tab.press('ArrowRight')
      await isAt(/^Back: Caption style/)
      await to(property)
      await tab.press('ArrowRight')
      await to(value)
      await tab.press('Enter')
      await isAt(/^Settings/)
    }
    const before = await style(tab)
    await look(/^Text size/, /^200/)
    await look(/^Font/, /^Monospaced/)
    await look(/^Text colour/, /^Yellow/)
    await look(/^Text opacity/, /^75/)
    await look(/^Background colour/, /^Blue/)
    await look(/^Background opacity/, /^50/)
    await look(/^Window colour/, /^Red/)
    await look(/^Window opacity/, /^25/)
    await look(/^Edges/, /^Outline/)
    const worn = await style(tab)
    assert.equal(Math.round(worn.size / before.size), 2)
    assert.match(worn.font, /monospace/)
    assert.deepEqual([worn.ink, worn.ground, worn.window], ['rgba(255, 255, 0, 0.75)', 'rgba(64, 96, 255, 0.5)', 'rgba(255, 48, 48, 0.25)'])
    assert.notEqual(worn.edge, 'none')
    await open()
    await to(/^Caption style/)
    await tab.press('Enter')
    await to(/^As it was/)
    await tab.press('Enter')
    await world.until(async () => JSON.stringify(await style(tab)) === JSON.stringify(before), { what: 'as it was' })
    await look(/^Font/, /^Serif/)

    await open()
    await to(/^Statistics/)
    await tab.press('Enter')
    await tab.until(() => /640 × 360|426 × 240/.test(page.element.shadowRoot.querySelector('.statistics')?.innerText), { what: 'figures' })
    const said = await tab.ask(() => page.element.shadowRoot.querySelector('.statistics').innerText)
    for (const figure of [/Codecs\s+avc1/, /From the server\s+[\d.]+ [kM]B/, /Version\s+\d/, /Loaded ahead\s+[\d.]+ s/]) assert.match(said, figure)
    await tab.click('sprat-player >> .statistics button')
    await tab.until(() => page.element.shadowRoot.querySelector('.statistics') === null, { what: 'no figures' })

    await open()
    await to(/^Keyboard/)
    await tab.press('Enter')
    await tab.until(() => page.element.shadowRoot.querySelectorAll('.keys kbd').length > 20, { what: 'the list of keys' })
    await tab.press('Escape')
    await tab.until(() => page.element.shadowRoot.querySelector('.keys') === null, { what: 'closed' })
    await isAt(/^Settings/, 'the button that led there')

    await tab.ask(() => addEventListener('theatre', ({ target }) => { globalThis.wide = target === page.element }))
    await open()
    await to(/^Wide/)
    await tab.press('Enter')
    await tab.until(() => globalThis.wide, { what: 'the page hears of it' })

    await tab.ask(() => {
      window.open = (url, name, features) => { globalThis.opened = [String(url), features]; return {} }
      return page.element.play()
    })
    await tab.until(() => page.element.currentTime > 2.2, { what: 'it plays' })
    await open()
    await to(/^Open in a window/)
    await tab.press('Enter')
    await tab.until(() => globalThis.opened, { what: 'a window' })
    const [address, features] = await tab.ask(() => globalThis.opened)
    assert.match(address, /embed\.html\?src=.*&start=\d+s&autoplay=1$/)
    assert.match(features, /popup,width=\d+,height=\d+/)
    await tab.until(() => page.element.paused, { what: 'it goes on there alone' })

    await tab.ask(() => {
      globalThis.before = true
      location.reload()
    })
    await tab.until(() => !globalThis.before && globalThis.page?.video?.readyState > 1, { what: 'once more' })
    await tab.ask(() => page.element.play())
    await tab.until(() => /Georgia/.test(getComputedStyle(page.element.shadowRoot.querySelector('.cues')).fontFamily), { what: 'the look of captions is kept' })
  },
}

const labels = tab => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('#popup button')].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()))

function style(tab) {
  return tab.ask(() => {
    const [all, line, text] = ['.cues', '.cues p', '.cues span'].map(part => getComputedStyle(page.element.shadowRoot.querySelector(part)))
    return { size: parseFloat(all.fontSize), font: all.fontFamily, ink: all.color, edge: all.textShadow, ground: text.backgroundColor, window: line.backgroundColor }
  })
}
