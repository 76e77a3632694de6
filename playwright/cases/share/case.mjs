// A viewer passes on what plays: by the menu of the picture and by the dialog, with the mouse and with keys alone. What was
// copied is read where a viewer would read it, by pasting it; where a page may not copy, what is selected is read.
import assert from 'node:assert/strict'

const TITLE = 'Life "</script><b>&amp;\' of cells'
const FILM = { autoplay: undefined, preload: 'auto', start: '23.4', 'media-title': TITLE, 'watch-url': '/film?k=v', 'embed-url': '/embed.html?p2p=0' }

export default {
  about: 'a link, a link at this time, embed code as frame and tag: copied or selected, by mouse and keyboard; pasted, it plays',
  seconds: 60,
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const { frame, tag } = await byMouse(world)
    await byKeyboard(world)
    await pasted(world, frame, tag)
    await refused(world)
  },
}

async function film(world, name) {
  const tab = await world.viewer(FILM, { name })
  await tab.until(() => page.video?.readyState >= 2 && page.video.currentTime > 23, { what: 'the picture at its beginning' })
  return tab
}

async function byMouse(world) {
  const tab = await film(world, 'by mouse')
  const { origin } = new URL(world.server.url)
  await tab.click('sprat-player >> .start', 'right')
  await open(tab, '.context')
  assert.deepEqual(await tab.ask(() => [...page.element.shadowRoot.querySelectorAll('[role^=menuitem]')].map(item => item.textContent.trim())),
    ['Play in a loop', 'Copy link', 'Copy link at 0:23', 'Copy embed code', 'Share…'])
  await listen(tab)
  await tab.click('sprat-player >> .context button:nth-of-type(3)')
  await closed(tab)
  assert.deepEqual(await tab.ask(() => said), ['Copied'])
  assert.equal(await clipboard(tab), `${origin}/film?k=v&start=23s`)

  await tab.click('sprat-player >> .button.share')
  await open(tab, '.share')
  assert.equal(await text(tab, 'link'), `${origin}/film?k=v`)
  await tab.click('sprat-player >> .choice input')
  await tab.until(() => page.element.shadowRoot.querySelector('#share-link').value.endsWith('start=23s'), { what: 'the link starts at the moment' })
  const codes = {}
  for (const [name, place] of [['frame', 2], ['tag', 3]]) {
    await tab.ask(name => page.element.shadowRoot.querySelector(`#share-${name}`).scrollIntoView({ block: 'center' }), name)
    await tab.click(`sprat-player >> .share .field:nth-of-type(${place + 1}) button`)
    await tab.until(() => page.element.shadowRoot.querySelector('.share .said').textContent === 'Copied', { what: `${name} is copied` })
    const shown = await text(tab, name)
    codes[name] = await clipboard(tab)
    assert.equal(codes[name].replaceAll('\r', ''), shown, `${name}: what is copied is what is shown`)
    await tab.until(() => page.element.shadowRoot.querySelector('.popup.share'), { what: 'it stays open' })
  }
  assert.match(codes.frame, /^<iframe title="Life &quot;&lt;\/script&gt;&lt;b&gt;&amp;amp;&#39; of cells" src="[^"]+start=23s" width="560"/)
  assert.match(codes.tag, new RegExp(`^<script type="module" src="${origin}/sprat.js"></script>\n<sprat-player\n`))
  await tab.ask(() => page.element.shadowRoot.querySelector('.share .head').scrollIntoView())
  await tab.click('sprat-player >> .share .head button')
  await closed(tab)
  await tab.close()
  world.note('by mouse: link, moment, frame, tag')
  return codes
}

async function byKeyboard(world) {
  const tab = await film(world, 'by keyboard')
  const { origin } = new URL(world.server.url)
  for (let i = 0; i < 12 && !(await focused(tab)).includes('Share this video'); i++) await tab.press('Tab')
  assert.match(await focused(tab), /Share this video/, 'Tab reaches the button')
  await tab.press('Enter')
  await open(tab, '.share')
  assert.match(await focused(tab), /Close/, 'the focus is in the dialog')
  for (const expected of [/share-link/, /Copy: Link/, /checkbox/]) {
    await tab.press('Tab')
    assert.match(await focused(tab), expected)
  }
  await tab.press('Space')
  await tab.until(() => page.element.shadowRoot.querySelector('#share-link').value.endsWith('start=23s'), { what: 'Space ticks' })
  assert.equal(await tab.ask(() => page.video.paused), true, 'and does not play')
  await tab.press('Tab')
  assert.match(await focused(tab), /share-frame/)
  await tab.press('Escape')
  await closed(tab)
  assert.match(await focused(tab), /Share this video/, 'Escape in a field closes, and gives the focus back')

  // The key for the menu, or Shift and F10, make this event; no driver makes the key's.
  await tab.ask(() => page.element.shadowRoot.activeElement.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true, clientX: 40, clientY: 40 })))
  await open(tab, '.context')
  assert.match(await focused(tab), /Play in a loop/)
  await tab.press('Enter')
  await closed(tab)
  assert.equal(await tab.ask(() => page.video.loop), true)
  await tab.ask(() => page.element.shadowRoot.querySelector('.button.share').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true })))
  await open(tab, '.context')
  assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('[role=menuitemcheckbox]').ariaChecked), 'true')
  await tab.press('ArrowDown')
  await tab.press('ArrowDown')
  await tab.press('ArrowUp')
  assert.match(await focused(tab), /Copy link$/)
  await listen(tab)
  await tab.press('Enter')
  await closed(tab)
  assert.deepEqual(await tab.ask(() => said), ['Copied'])
  assert.equal(await clipboard(tab), `${origin}/film?k=v`)
  await tab.close()
  world.note('by keyboard: dialog, loop, link')
}

/** Somebody puts it into another page. */
async function pasted(world, frame, tag) {
  const host = await world.page('cases/share/index.html', { name: 'pasted', ready: 'paste' })
  await host.ask(code => paste(code), frame)
  assert.deepEqual(await host.ask(() => {
    const { title, sandbox, loading, referrerPolicy } = document.querySelector('iframe')
    return [title, [...sandbox].length, loading, referrerPolicy, document.querySelectorAll('b, body > script').length]
  }), [TITLE, 5, 'lazy', 'strict-origin-when-cross-origin', 0])
  const inside = await host.frame('/embed.html')
  // It is lazy: not there before it has been seen.
  await world.until(() => inside.ask(() => 'customElements' in window && document.readyState === 'complete').catch(() => false), { what: 'its page' })
  await playing(inside, 'the frame')
  await host.ask(() => document.querySelector('iframe').remove())
  await host.ask(code => paste(code), tag)
  await playing(host, 'the tag')
  assert.equal(await host.ask(() => document.querySelector('sprat-player').getAttribute('media-title')), TITLE)
  await host.close()
  world.note('both play, from the moment')
}

async function playing(tab, what) {
  await tab.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: `${what} has its film` })
  await tab.ask(() => {
    const player = document.querySelector('sprat-player')
    player.muted = true
    player.play().catch(() => {})
  })
  await tab.until(() => document.querySelector('sprat-player').currentTime > 23.3, { what: `${what} plays from where it is to` })
  assert.ok(await tab.ask(() => document.querySelector('sprat-player').currentTime) < 40)
}

/** A careful site's frame has no clipboard: Chromium refuses it, Firefox leaves it to whoever clicks. */
async function refused(world) {
  const address = '/embed.html?src=/media/vod/master.m3u8&p2p=0&muted=1&title=Embedded&autoplay=0&api=1'
  const tab = await world.page(`cases/iframes/index.html?${new URLSearchParams({ address, sandbox: 'allow-scripts' })}`, { name: 'refused' })
  const inside = await tab.frame('/embed.html')
  await inside.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'a film' })
  await inside.click('sprat-player >> .button.share')
  await inside.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.popup.share .field'), { what: 'the dialog' })
  await inside.click('sprat-player >> .share .field button')
  await inside.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.share .said').textContent !== '', { what: 'an answer' })
  const seen = await inside.ask(async () => {
    await new Promise(resolve => setTimeout(resolve, 200))
    const { shadowRoot } = document.querySelector('sprat-player')
    const field = shadowRoot.activeElement
    return {
      said: shadowRoot.querySelector('.share .said').textContent,
      link: shadowRoot.querySelector('#share-link').value,
      selected: 'selectionStart' in field ? field.value.slice(field.selectionStart, field.selectionEnd) : undefined,
    }
  })
  const { origin } = new URL(world.server.url)
  assert.equal(seen.link, `${origin}/embed.html?src=/media/vod/master.m3u8&p2p=0&muted=1&title=Embedded`.replaceAll('/media/vod/', '%2Fmedia%2Fvod%2F'), 'without what its embedder wished for')
  if (world.kind === 'chromium') {
    assert.match(seen.said, /selected: press Ctrl\+C/)
    assert.equal(seen.selected, seen.link)
  } else {
    assert.equal(seen.said, 'Copied')
  }
  await tab.close()
  world.note(`in a sandbox: ${seen.said}`)
}

function open(tab, what) {
  return tab.until(what => page.element.shadowRoot.querySelector(`.popup${what}`)?.contains(page.element.shadowRoot.activeElement), { argument: what, what: `${what} opens, with the focus` })
}

/** What the menu says while it is there: not for long. */
function listen(tab) {
  return tab.ask(() => {
    const { shadowRoot } = page.element
    globalThis.said = []
    new MutationObserver(() => {
      const text = shadowRoot.querySelector('.context .said')?.textContent
      if (text && !said.includes(text)) said.push(text)
    }).observe(shadowRoot, { subtree: true, childList: true, characterData: true })
  })
}

function closed(tab) {
  return tab.until(() => !page.element.shadowRoot.getElementById('popup'), { what: 'it closes' })
}

function text(tab, name) {
  return tab.ask(name => page.element.shadowRoot.querySelector(`#share-${name}`).value, name)
}

/** What is pasted, in a field of the page; the focus goes back to where it was. */
async function clipboard(tab) {
  await tab.ask(() => {
    const field = Object.assign(document.createElement('textarea'), { id: 'field' })
    globalThis.before = page.element.shadowRoot.activeElement
    document.body.append(field)
    field.focus()
  })
  await tab.press('Control+v')
  await tab.until(() => document.querySelector('#field').value !== '', { what: 'something was pasted' })
  return tab.ask(() => {
    const { value } = document.querySelector('#field')
    document.querySelector('#field').remove()
    globalThis.before?.focus()
    return value
  })
}

function focused(tab) {
  return tab.ask(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element ? `${element.id} ${element.type ?? ''} ${element.getAttribute('aria-label') ?? ''} ${element.textContent.trim()}` : ''
  })
}
