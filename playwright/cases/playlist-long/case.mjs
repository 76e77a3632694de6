// Five thousand rows: only those in view exist, the keyboard reaches all of them, and scrolling stays smooth.
import assert from 'node:assert/strict'

const COUNT = 5_000
const items = Array.from({ length: COUNT }, (_, i) => ({ title: `Item ${i + 1}`, channel: 'Pond', src: '/media/vod/master.m3u8', poster: '/media/vod/poster.jpg', duration: 60 + i }))
const MOST_ROWS = 60

export default {
  about: 'a list of 5,000: rows of what is in view, keyboard and search over all, frame times and heap while it is scrolled',
  seconds: 40,
  server: { pages: { '/long.json': JSON.stringify({ title: 'Long', items }) } },
  async run(world) {
    const list = { tag: 'sprat-playlist', p2p: 'off', muted: '', preload: 'none', src: '/long.json', remember: 'off', index: '4000', style: 'width: 900px' }
    const tab = await world.page(`inside/viewer.html?${new URLSearchParams(list)}`, { ready: 'page' })
    const rows = () => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('li')].map(({ dataset }) => Number(dataset.index)))
    await tab.ask(() => {
      globalThis.inView = index => {
        const list = page.element.shadowRoot.querySelector('ol')
        const [whole, part] = [list, list.querySelector(`li[data-index="${index}"]:not(.astray)`)].map(element => element?.getBoundingClientRect())
        return part && part.top >= whole.top - 1 && part.bottom <= whole.bottom + 1
      }
    })
    await tab.until(() => page.element.currentIndex === 3999, { what: 'the list' })
    await tab.until(() => inView(3999), { what: 'what plays is in view' })
    assert.ok((await rows()).length <= MOST_ROWS, `${(await rows()).length} rows`)
    const row = await tab.ask(() => {
      const { dataset, ariaSetSize, ariaPosInSet } = page.element.shadowRoot.querySelector('li[data-index="3999"]')
      return { ...dataset, ariaSetSize, ariaPosInSet }
    })
    assert.deepEqual(row, { index: '3999', ariaSetSize: '5000', ariaPosInSet: '4000' })

    await tab.ask(() => page.element.shadowRoot.querySelector('li[data-index="3999"] button').focus())
    for (const [key, index] of [['Home', 0], ['End', 4999], ['ArrowUp', 4998]]) {
      await tab.press(key)
      await tab.until(index => page.element.shadowRoot.activeElement?.closest('li')?.dataset.index === String(index) && inView(index), { argument: index, what: `${key}: row ${index}` })
    }
    // Scrolled away from, the row with the keyboard is not lost; the next key comes back to it.
    await tab.ask(() => { page.element.shadowRoot.querySelector('ol').scrollTop = 0 })
    await tab.until(() => inView(0), { what: 'the first rows' })
    assert.equal(await tab.ask(() => page.element.shadowRoot.activeElement?.closest('li')?.dataset.index), '4998')
    await tab.press('ArrowDown')
    await tab.until(() => page.element.shadowRoot.activeElement?.closest('li')?.dataset.index === '4999' && inView(4999), { what: 'back' })

    await tab.ask(() => { page.element.shadowRoot.querySelector('ol').scrollTop = 0 })
    const frames = await tab.ask(scroll)
    const p95 = frames.sort((a, b) => a - b)[Math.floor(frames.length * 0.95)]
    world.note(`${frames.length} frames, median ${frames[frames.length >> 1].toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${(await rows()).length} rows`)
    assert.ok((await rows()).length <= MOST_ROWS, 'and no more rows than before')
    const memory = world.kind === 'chromium' ? await tab.memory() : undefined
    if (memory) world.note(`heap ${(memory.heap / 1e6).toFixed(1)} MB`)

    await tab.click('sprat-playlist >> .find')
    await tab.until(() => page.element.shadowRoot.activeElement?.matches('.finder'), { what: 'a field' })
    for (const key of '4321') await tab.press(key)
    await world.until(async () => (await rows()).join() === '4320', { what: 'the one' })
  },
}

/** A wheel's pace: 400 px in each of 120 frames. */
async function scroll() {
  const list = page.element.shadowRoot.querySelector('ol')
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
  const times = []
  let before = await frame()
  for (let i = 0; i < 120; i++) {
    list.scrollTop += 400
    const now = await frame()
    times.push(now - before)
    before = now
  }
  return times
}
