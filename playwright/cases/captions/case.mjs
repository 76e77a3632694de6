// Subtitles of HLS, in every form they come in, on a clock that turns over: exact text at given times, switching, off,
// and a live.
import assert from 'node:assert/strict'

const SRC = 'captioned/vod/master.m3u8'
const TEXT = /vtt|stpp|whole|locked/
const NAMES = { English: 'vtt', Deutsch: 'whole', Français: 'wvtt', Italiano: 'locked', Español: 'stpp' }

export default {
  about: 'segmented WebVTT, one file, wvtt, AES-128 and stpp: the right text at the right time; switched, off, live',
  seconds: 60,
  async run(world) {
    const tab = await world.viewer({ tag: 'sprat-video', src: SRC, autoplay: undefined, preload: 'auto' })
    await tab.until(() => [...page.element.textTracks].filter(({ kind }) => kind !== 'metadata').length === 5, { what: 'five renditions' })
    assert.deepEqual(await tab.ask(() => [...page.element.textTracks].filter(({ kind }) => kind !== 'metadata').map(({ label, language, kind, mode }) => [label, language, kind, mode].join())), [
      'English,en,subtitles,disabled', 'Deutsch,de,captions,disabled', 'Français,fr,subtitles,disabled', 'Italiano,it,subtitles,disabled', 'Español,es,subtitles,disabled',
    ])
    await tab.until(() => page.video.readyState > 1, { what: 'a picture' })
    assert.equal(world.server.stats.requests(TEXT), 0, 'nothing was asked for that nobody enabled')

    for (const [label, name] of Object.entries(NAMES)) {
      await choose(tab, label)
      for (const [time, texts] of [[1, `${name} 0`], [1.9, ''], [4.1, 'across 0'], [12.8, `${name} 12`], [22.7, `${name} 22`], [2.6, `${name} 2`]]) {
        await tab.ask(time => { page.element.currentTime = time }, time)
        await tab.until(texts => globalThis.active() === texts, { argument: texts, within: 10_000, what: `${label} at ${time} says "${texts}"` })
      }
      const all = await tab.ask(() => [...chosen().cues].map(({ startTime, endTime, text }) => [startTime.toFixed(2), endTime.toFixed(2), text].join()))
      assert.deepEqual(all, [...new Set(all)], `${label}: no cue twice`)
    }
    assert.equal(await tab.ask(() => chosen().cues[0].line), 'auto', 'stpp has no line')
    await choose(tab, 'English')
    await tab.until(() => chosen().cues.length > 5, { what: 'English again' })
    assert.equal(await tab.ask(() => chosen().cues[0].line), 80)

    await choose(tab, undefined)
    const before = world.server.stats.requests(TEXT)
    await tab.ask(() => { page.element.currentTime = 25 })
    await tab.until(() => !page.video.seeking, { what: 'sought' })
    assert.equal(world.server.stats.requests(TEXT), before, 'off means off')
    assert.deepEqual(await tab.ask(() => page.heard.filter(({ type }) => type === 'warning' || type === 'error')), [])
    await tab.close()

    // The player's menu lists them; what is chosen there is drawn above the controls.
    const player = await world.viewer({ src: SRC, autoplay: undefined, preload: 'auto' }, { name: 'player' })
    await player.until(() => page.video?.readyState > 1, { what: 'a picture' })
    await player.click('sprat-player >> .captions')
    await player.until(() => page.element.shadowRoot.querySelector('#popup'), { what: 'the menu' })
    const items = () => [...page.element.shadowRoot.querySelectorAll('#popup [role=menuitemradio]')].map(({ textContent }) => textContent.trim())
    assert.deepEqual(await player.ask(items), ['Off', ...Object.keys(NAMES)])
    await player.click('sprat-player >> #popup button:nth-of-type(4)')
    await player.ask(() => { page.element.currentTime = 4.1 })
    await player.until(() => page.element.shadowRoot.querySelector('.cues .low').textContent.trim() === 'across 0', { what: 'the words are drawn' })
    await player.click('sprat-player >> .captions')
    await player.click('sprat-player >> #popup button:nth-of-type(1)')
    await player.until(() => page.element.shadowRoot.querySelector('.cues .low').textContent.trim() === '', { what: 'and gone again' })
    await player.close()

    // WebKitGTK 2.50 is let off lives (see `live`).
    if (world.kind === 'webkit') return
    const live = await world.viewer({ tag: 'sprat-video', src: 'captioned/live/master.m3u8' })
    await live.until(() => page.element.textTracks.length === 1, { what: 'one rendition' })
    await choose(live, 'English')
    await live.until(() => /^vtt \d+$/.test(globalThis.active()), { what: 'the live says something' })
    const first = await live.ask(() => globalThis.active())
    await live.until(first => /^vtt \d+$/.test(globalThis.active()) && globalThis.active() !== first, { argument: first, what: 'and something else' })
    const starts = await live.ask(() => [...chosen().cues].filter(({ text }) => text.startsWith('vtt')).map(({ startTime, text }) => startTime - Number(text.slice(4))))
    assert.ok(Math.max(...starts) - Math.min(...starts) < 0.01, `cues keep their distances: ${starts}`)
  },
}

function choose(tab, label) {
  return tab.ask(label => {
    globalThis.chosen = () => [...page.element.textTracks].find(track => track.label === label)
    globalThis.active = () => [...chosen()?.activeCues ?? []].map(({ text }) => text).join()
    for (const track of page.element.textTracks) if (track.kind !== 'metadata') track.mode = track.label === label ? 'hidden' : 'disabled'
  }, label)
}
