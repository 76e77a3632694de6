// What the timeline shows beyond the time: chapters and pictures, of a page's tracks and of an instance; a list to jump by,
// with the pointer and the keyboard alone; links to a chapter. What lies outside the film or its sheet shows nothing.
import assert from 'node:assert/strict'

const SHEET = /poster\.jpg/
const STORYBOARD = /storyboards\/.*\.(jpg|png)/

export default {
  about: 'chapters as marks, list, keys and links; pictures over the timeline; of tracks and of an instance',
  seconds: 40,
  // Engines that draw and read tracks differ; WebKitGTK plays no instance's videos from the middle.
  browsers: ['chromium', 'firefox'],
  server: { instance: { p2p: false } },
  async run(world) {
    await ofTracks(world)
    await linked(world)
    await ofInstance(world)
    world.note('tracks, links, instance')
  },
}

async function ofTracks(world) {
  const tab = await withTracks(world, {})
  const player = selector => `sprat-player >> ${selector}`
  const preview = () => tab.ask(() => {
    const preview = page.element.shadowRoot.querySelector('.preview')
    return preview.hidden ? undefined : [...preview.querySelectorAll('p')].map(({ textContent }) => textContent)
  })
  const part = () => tab.ask(() => page.element.shadowRoot.querySelector('.preview svg')?.getAttribute('viewBox'))

  await tab.until(() => page.element.shadowRoot.querySelector('.marks path')?.getAttribute('d').split('M').length === 4, { what: 'three marks: none at the beginning, none after the end' })
  assert.deepEqual(await tab.ask(() => page.element.shadowRoot.querySelector('.marks path').getAttribute('d').match(/\d+(?=\.)/g).map(Number)), [200, 500, 750])
  assert.equal(world.server.stats.requests(SHEET), 0, 'nobody has pointed at anything')

  await tab.point(player('.timeline'), 0.3)
  await tab.until(() => page.element.shadowRoot.querySelector('.preview svg'), { what: 'a picture' })
  assert.equal(await part(), '160 90 160 90')
  const [title, time] = await preview()
  assert.equal(title, '<b>Bold</b> & plain', 'text, and nothing else')
  assert.match(time, /^0:1[78]$/)
  await tab.point(player('.timeline'), 0.6)
  await tab.until(() => page.element.shadowRoot.querySelector('.preview p').textContent === 'Chapter 3', { what: 'a chapter without a name' })
  assert.equal(await part(), undefined, 'a part beyond the sheet')
  await tab.point(player('.timeline'), 0.9)
  await tab.until(() => page.element.shadowRoot.querySelector('.preview p').textContent === 'End', { what: 'the last one' })
  assert.equal(await part(), undefined, 'an address that is not fetched')
  await tab.point(player('.timeline'), 0.05)
  await tab.until(() => page.element.shadowRoot.querySelector('.preview svg')?.getAttribute('viewBox') === '0 0 160 90', { what: 'the first picture' })
  const { left, line, picture, words } = await tab.ask(() => {
    const root = page.element.shadowRoot
    const edges = selector => root.querySelector(selector).getBoundingClientRect()
    return { picture: edges('.preview svg').bottom, words: edges('.preview p').top, left: root.querySelector('.preview').getBoundingClientRect().left, line: root.querySelector('.timeline').getBoundingClientRect().left }
  })
  assert.ok(left >= line - 1, `within the timeline: ${left} of ${line}`)
  assert.ok(picture <= words + 1, `the picture ends at ${picture}, its words begin at ${words}`)
  await tab.point(player('.picture'))
  await tab.until(() => page.element.shadowRoot.querySelector('.preview').hidden, { what: 'it goes with the pointer' })
  assert.equal(world.server.stats.requests(SHEET), 1)

  // The list: where playback is, and where it may go.
  await tab.ask(() => { page.element.currentTime = 13 })
  await tab.until(() => /Bold/.test(page.element.shadowRoot.querySelector('.timeline input').ariaValueText ?? page.element.shadowRoot.querySelector('.timeline input').getAttribute('aria-valuetext')), { what: 'the slider says the chapter' })
  await tab.click(player('.chapters'))
  await tab.until(() => page.element.shadowRoot.querySelector('#popup'), { what: 'the list' })
  const items = () => tab.ask(() => [...page.element.shadowRoot.querySelectorAll('#popup [role=menuitem]')].map(item => [item.textContent.replace(/\s+/g, ' ').trim(), item.getAttribute('aria-current')].join()))
  assert.deepEqual(await items(), ['Opening0:00,', '<b>Bold</b> & plain0:12,true', 'Chapter 30:30,', 'End0:45,'])
  const focused = () => tab.ask(() => page.element.shadowRoot.activeElement?.textContent.trim() || page.element.shadowRoot.activeElement?.id)
  assert.match(await focused(), /Bold/, 'the list opens where playback is')
  await tab.press('ArrowDown')
  await tab.press('ArrowDown')
  assert.match(await focused(), /End/)
  await tab.press('Enter')
  await tab.until(() => Math.abs(page.element.currentTime - 45) < 0.5, { what: 'a jump' })
  assert.equal(await focused(), 'chapters-button', 'the focus goes back to the button')

  // From chapter to chapter, and the preview of whoever has no pointer.
  await tab.ask(() => page.element.shadowRoot.querySelector('.timeline input').focus())
  const control = key => tab.ask(key => page.element.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, composed: true, cancelable: true })), key)
  await control('ArrowLeft')
  await tab.until(() => Math.abs(page.element.currentTime - 30) < 0.5, { what: 'the one before' })
  await control('ArrowRight')
  await tab.until(() => Math.abs(page.element.currentTime - 45) < 0.5, { what: 'the one after' })
  for (const key of ['Tab', 'Shift']) await tab.press(key)
  await tab.ask(() => page.element.shadowRoot.querySelector('.timeline input').focus())
  await tab.press('ArrowLeft')
  await tab.until(() => Math.abs(page.element.currentTime - 40) < 0.5, { what: 'five seconds back' })
  await tab.until(() => page.element.shadowRoot.querySelector('.preview:not([hidden]) .at')?.textContent === '0:40', { what: 'a preview for the keyboard' })
  assert.deepEqual(await preview(), ['Chapter 3', '0:40'])
  await tab.press('Escape')
  assert.equal(await preview(), undefined, 'Escape takes it away')

  // Switched off by the page, they go.
  await tab.ask(() => { for (const track of page.element.textTracks) if (track.kind === 'chapters') track.mode = 'disabled' })
  await tab.until(() => !page.element.shadowRoot.querySelector('.chapters'), { what: 'no chapters' })
  assert.deepEqual(await tab.ask(() => page.heard.filter(({ type }) => /error|warning|violation/.test(type))), [])
  await tab.close()
}

/** A film that begins with a chapter, before anything plays; a number that there is none of is said. */
async function linked(world) {
  const tab = await withTracks(world, { chapter: '2' })
  await tab.until(() => Math.abs(page.element.currentTime - 12) < 0.2, { what: 'the second chapter' })
  assert.equal(await tab.ask(() => page.element.paused), true)
  await tab.close()
  const none = await withTracks(world, { chapter: '9' })
  await none.until(() => page.element.shadowRoot.querySelector('.chapters'), { what: 'chapters' })
  assert.equal(await none.ask(() => page.element.currentTime), 0)
  await none.close()
}

async function ofInstance(world) {
  const { instance, stats } = world.server
  const { uuid } = instance.catalog.videos.get('vod')
  const tab = await world.page(`videos/embed/${uuid}?muted=1&p2p=0#chapter=3`, { name: 'instance' })
  await tab.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'the film is known' })
  assert.equal(await tab.ask(() => document.querySelector('sprat-player').shadowRoot.querySelector('.chapters') === null), true, 'its chapters come after the first frame')
  await tab.ask(() => document.querySelector('sprat-player').play())
  await tab.until(() => document.querySelector('sprat-player').currentTime > 45.2, { what: 'the chapter that the link names' })
  await tab.ask(() => document.querySelector('sprat-player').pause())
  assert.equal(stats.requests(STORYBOARD), 0, 'nobody has pointed at anything')
  await tab.point('sprat-player >> .timeline', 0.5)
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.preview svg'), { what: 'a picture' })
  const [part, words] = await tab.ask(() => {
    const preview = document.querySelector('sprat-player').shadowRoot.querySelector('.preview')
    return [preview.querySelector('svg').getAttribute('viewBox'), [...preview.querySelectorAll('p')].map(({ textContent }) => textContent)]
  })
  assert.match(part, /^(0 324|1728 216) 192 108$/, 'the picture of second 29 or 30')
  assert.equal(words[0], 'Middle')
  await tab.point('sprat-player >> .timeline', 0.1)
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.preview p').textContent === 'Opening', { what: 'the first chapter' })
  assert.equal(stats.requests(STORYBOARD), 1, 'one sheet for all of them')
  await tab.click('sprat-player >> .chapters')
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.activeElement?.matches('#popup button:last-of-type'), { what: 'the list, at the last of three' })
  // By keyboard: Firefox lays a button of its own over the right of a video, which takes clicks that are meant for a menu.
  await tab.press('ArrowUp')
  await tab.press('Enter')
  await tab.until(() => Math.abs(document.querySelector('sprat-player').currentTime - 20) < 0.5, { what: 'a jump' })
  await tab.close()
}

async function withTracks(world, attributes) {
  const tab = await world.viewer({ autoplay: undefined, preload: 'auto', ...attributes }, { name: `tracks ${JSON.stringify(attributes)}` })
  await tab.ask(() => {
    const track = (kind, label, src) => Object.assign(document.createElement('track'), { kind, label, src })
    page.element.append(track('chapters', 'Chapters', '/cases/chapters/chapters.vtt'), track('metadata', 'thumbnails', '/cases/chapters/thumbnails.vtt'))
  })
  await tab.until(() => page.video?.readyState >= 2, { what: 'the first picture' })
  return tab
}
