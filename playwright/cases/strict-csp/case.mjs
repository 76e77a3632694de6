// A page with the strictest policy that the player promises to live under, sharing included: nothing is reported.
// The control is a page whose policy does forbid something, to show that reports would be seen.
import assert from 'node:assert/strict'

export default {
  about: 'under the strict content security policy nothing is reported, sharing included',
  seconds: 30,
  expects: [/control:/],
  async run(world) {
    const neighbour = await world.viewer({ p2p: 'on' }, { name: 'neighbour', csp: 'strict' })
    await neighbour.until(() => page.video?.currentTime > 3, { what: 'playing' })
    const tab = await world.viewer({ p2p: 'on', poster: 'media/vod/poster.jpg' }, { name: 'viewer', csp: 'strict' })
    await tab.until(rtc => (rtc ? page.element.stats.segments.p2p > 1 : page.video?.currentTime > 3),
      { argument: world.has.rtc, what: 'segments from the neighbour, or playing where there is no WebRTC' })
    // Every part of the interface is drawn once.
    const press = selector => tab.click(`sprat-player >> ${selector}`)
    for (const popup of ['sharing', 'settings']) {
      await press(`#${popup}-button`)
      await tab.until(() => page.element.shadowRoot.querySelector('#popup'), { what: `${popup} opens` })
      await tab.press('Escape')
    }
    await tab.press('?')
    await tab.until(() => page.element.shadowRoot.querySelector('.keys'), { what: 'the list of keys' })
    await tab.press('Escape')
    await press('#settings-button')
    await tab.until(() => page.element.shadowRoot.querySelector('#popup button'), { what: 'settings' })
    await tab.ask(() => [...page.element.shadowRoot.querySelectorAll('#popup button')].find(button => button.textContent.includes('Statistics')).click())
    await tab.until(() => page.element.shadowRoot.querySelector('.statistics'), { what: 'statistics' })
    for (const button of ['.mute', '.play', '.play']) await press(`.bar ${button}`)
    const player = await violations(tab)

    const list = await world.page('inside/viewer.html?csp=strict&tag=sprat-playlist&p2p=off&muted=&src=/cases/iframes/list.json', { name: 'playlist', ready: 'page' })
    await list.until(() => page.video?.readyState > 1, { what: 'the playlist shows its first item' })
    const playlist = await violations(list)

    const control = await world.viewer({}, { name: 'control', csp: 'strict' })
    await control.ask(() => { document.body.insertAdjacentElement('beforeend', document.createElement('p')).setAttribute('style', 'color: red') })
    await control.until(() => page.heard.some(({ type }) => type === 'violation'), { what: 'a violation is seen where there is one' })

    const { stats } = await tab.ask(() => page.state())
    world.note(`${player.length + playlist.length} violations while ${stats.segments.p2p} segments came from a neighbour`)
    assert.deepEqual([...player, ...playlist, ...(await violations(neighbour))], [])
  },
}

function violations(tab) {
  return tab.ask(() => page.heard.filter(({ type }) => type === 'violation'))
}
