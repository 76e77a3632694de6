// What has ended says what comes next, and waits as long as the page wants it to: a viewer may have it now, or not at all.
import assert from 'node:assert/strict'

const LIST = { tag: 'sprat-playlist', p2p: 'off', muted: '', preload: 'auto', src: '/cases/iframes/list.json', remember: 'off', advance: '3', style: 'width: 900px' }

export default {
  about: 'up next: counted down, cancelled, had at once; ten seconds where the page says nothing, none with advance="0"',
  seconds: 40,
  async run(world) {
    const open = how => world.page(`inside/viewer.html?${new URLSearchParams({ ...LIST, ...how })}`, { ready: 'page' })
    const tab = await open({})
    await end(tab, 0)
    await tab.until(() => page.element.player.shadowRoot.querySelector('.coming'), { what: 'it says what comes next' })
    assert.match(await tab.ask(() => page.element.player.shadowRoot.querySelector('.coming').innerText.trim()), /^Next in [1-3] seconds?\s+Dusk/)
    assert.match(await tab.ask(() => page.element.shadowRoot.querySelector('[role=status]').innerText.trim()), /Next in 3 seconds: Dusk/)
    await tab.click('sprat-player >> .coming button:not(.now)')
    await tab.until(() => !page.element.player.shadowRoot.querySelector('.coming'), { what: 'it is cancelled' })
    await new Promise(resolve => setTimeout(resolve, 4000))
    assert.equal(await tab.ask(() => page.element.currentIndex), 0, 'and does not come')

    // To the end once more, and back: whoever goes on with this one does not want the next.
    await end(tab, 0)
    await tab.until(() => page.element.player.shadowRoot.querySelector('.coming'), { what: 'it says so again' })
    await tab.ask(() => { page.element.player.currentTime = 5 })
    await tab.until(() => !page.element.player.shadowRoot.querySelector('.coming'), { what: 'who goes back is left alone' })

    await end(tab, 0)
    await tab.click('sprat-player >> .coming .now')
    await tab.until(() => page.element.currentIndex === 1 && page.element.player.currentTime > 0.2, { what: 'the next, at once' })
    const before = Date.now()
    await end(tab, 1)
    await tab.until(() => page.element.currentIndex === 2 && page.element.player.currentTime > 20.2, { what: 'the next, by itself' })
    world.note(`by itself after ${((Date.now() - before) / 1000).toFixed(1)} s`)
    await tab.close()

    const at = await open({ advance: '0' })
    await end(at, 0)
    await at.until(() => page.element.currentIndex === 1, { what: 'at once' })
    assert.equal(await at.ask(() => page.element.player.shadowRoot.querySelectorAll('.coming').length), 0)
    await at.ask(() => page.element.removeAttribute('advance'))
    await end(at, 1)
    await at.until(() => /^Next in (10|9) seconds/.test(page.element.player.shadowRoot.querySelector('.coming')?.innerText), { what: 'ten seconds' })
  },
}

/** Plays an item to its end. */
async function end(tab, index) {
  await tab.ask(index => { if (page.element.currentIndex !== index) page.element.select(index) }, index)
  await tab.until(() => page.element.player.readyState > 1 && page.element.player.duration > 20, { what: 'it can be played' })
  await tab.ask(() => {
    page.element.player.currentTime = page.element.player.duration - 0.5
    return page.element.player.play()
  })
  await tab.until(index => page.element.player.ended || page.element.currentIndex > index, { argument: index, what: 'its end' })
}
