// A window of its own for the picture: by our button, and back by the same; where the page forbids it there is none. Firefox
// lays a button of its own over films like this one, beside which menus open: what is chosen there is chosen all the same.
import assert from 'node:assert/strict'

/** Narrower ones leave the button out. */
const FILM = { autoplay: undefined, preload: 'auto', style: 'width: 800px', 'watch-url': '/film', 'embed-url': '/embed.html' }

export default {
  about: 'picture in picture by our button, and no other button over the menus',
  seconds: 30,
  // WebKitGTK has it not.
  browsers: ['chromium', 'firefox'],
  async run(world) {
    const tab = await world.viewer({ ...FILM, muted: undefined }, { name: 'allowed' })
    await tab.until(() => page.video?.readyState >= 2, { what: 'a picture' })
    const outside = () => tab.ask(() => document.pictureInPictureElement === page.element)
    for (const now of [true, false, true]) {
      await tab.click('sprat-player >> .button.pip')
      await world.until(async () => (await outside()) === now, { what: now ? 'a window of its own' : 'and back' })
      await menus(tab)
      // What it goes by, in its own words.
      if (world.kind === 'firefox') assert.equal(await tab.ask(() => page.video.disablePictureInPicture), !now, 'Firefox lays no button over it')
    }

    const forbidden = await world.viewer({ ...FILM, disablepictureinpicture: '' }, { name: 'forbidden' })
    await forbidden.until(() => page.video?.readyState >= 2, { what: 'a picture' })
    assert.equal(await forbidden.ask(() => page.element.shadowRoot.querySelectorAll('.button.pip').length), 0)
  },
}

/** Copies all there is to share, by mouse: a dialog as tall as the picture. */
async function menus(tab) {
  await tab.click('sprat-player >> .button.share')
  await tab.until(() => page.element.shadowRoot.querySelector('#share-tag'), { what: 'the dialog' })
  for (const field of ['link', 'frame', 'tag']) {
    await tab.ask(field => page.element.shadowRoot.querySelector(`#share-${field}`).scrollIntoView({ block: 'center' }), field)
    await tab.click(`sprat-player >> .share .field:has(#share-${field}) button`)
    await tab.until(field => page.element.shadowRoot.querySelector(`.field:has(#share-${field}) button`).textContent.includes('Copied'), { argument: field, what: `${field} is copied` })
  }
  await tab.press('Escape')
  await tab.until(() => page.element.shadowRoot.querySelector('#popup') === null, { what: 'the dialog goes' })
}
