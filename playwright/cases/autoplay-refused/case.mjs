// A browser with the policy that viewers have, a page with sound and no gesture yet: autoplay is refused. That is no
// error; the player stands paused with a big button, and the button plays.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export default {
  about: 'autoplay refused: paused with a big play button, no error; a click plays',
  seconds: 12,
  async run(world) {
    const tab = await world.viewer({ muted: undefined }, { autoplay: false })
    await tab.until(() => page.video?.readyState >= 2, { what: 'the first picture is there' })
    await sleep(1500)
    const { paused, time, heard } = await tab.ask(() => page.state())
    assert.equal(paused, true)
    assert.equal(time, 0)
    assert.deepEqual(heard, [])
    assert.equal(await tab.ask(() => page.element.error), null)
    const button = 'sprat-player >> .start'
    const { width, height } = await tab.box(button)
    assert.ok(Math.min(width, height) >= 48, `a button of ${width} × ${height}`)
    assert.equal(await tab.ask(() => page.element.shadowRoot.querySelector('[role=alert]')), null)
    const began = Date.now()
    await tab.click(button)
    await tab.until(() => page.video.currentTime > 0.5 && !page.video.paused && !page.video.muted, { what: 'the click plays, with sound' })
    world.note(`paused at ${time} with a button of ${Math.round(width)} px, no error; playing ${Date.now() - began} ms after the click`)
    assert.equal(await tab.box(button), undefined, 'the button goes')
  },
}
