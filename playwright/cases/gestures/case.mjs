// Fingers on the picture: two taps at a side, three, a finger that stays, one that wanders.
import assert from 'node:assert/strict'

export default {
  about: 'two taps at a side seek by ten seconds and more, a finger that stays doubles the speed; both are shown and said',
  seconds: 20,
  async run(world) {
    const tab = await world.viewer({ autoplay: '', muted: '', p2p: 'off', loop: '' })
    await tab.until(() => page.video?.currentTime > 0.3, { what: 'it plays' })
    await tab.ask(() => {
      const picture = page.element.shadowRoot.querySelector('.picture')
      const { left, top, width, height } = page.element.getBoundingClientRect()
      const send = (type, share, dx = 0) => picture.dispatchEvent(new PointerEvent(type, {
        pointerType: 'touch', isPrimary: true, pointerId: 1, bubbles: true, composed: true, cancelable: true, clientX: left + share * width + dx, clientY: top + height / 2,
      }))
      globalThis.down = share => send('pointerdown', share)
      globalThis.up = share => send('pointerup', share)
      globalThis.wander = share => send('pointermove', share, 40)
      globalThis.tap = share => { down(share); up(share) }
      globalThis.said = () => page.element.shadowRoot.querySelector('.gesture')?.textContent ?? ''
    })
    // The session that knows fingers is fetched when something plays.
    await tab.until(() => {
      tap(0.9)
      tap(0.9)
      return said() === '10 seconds on'
    }, { what: 'two taps on the right' })
    await tab.until(() => said() === '', { what: 'said for a moment' })
    await tab.ask(() => { page.element.pause(); page.element.currentTime = 30 })
    await tab.until(() => !page.element.seeking, { what: 'the middle' })
    await tab.ask(() => { tap(0.1); tap(0.1); tap(0.1) })
    await tab.until(() => said() === '20 seconds back' && Math.abs(page.element.currentTime - 10) < 0.5, { what: 'three taps on the left' })
    await tab.until(() => said() === '', { what: 'said for a moment' })
    await new Promise(resolve => setTimeout(resolve, 400))
    await tab.ask(() => { tap(0.5); tap(0.5) })
    await new Promise(resolve => setTimeout(resolve, 200))
    assert.ok(Math.abs(await tab.ask(() => page.element.currentTime) - 10) < 0.5, 'in the middle they are taps')

    await tab.ask(() => page.element.play())
    await tab.ask(() => { down(0.5) })
    await tab.until(() => page.element.playbackRate === 2 && said() === 'Double speed', { what: 'twice as fast' })
    await tab.ask(() => { up(0.5) })
    assert.equal(await tab.ask(() => page.element.playbackRate), 1, 'as before')
    await tab.ask(() => { down(0.5); wander(0.5) })
    await new Promise(resolve => setTimeout(resolve, 700))
    assert.equal(await tab.ask(() => page.element.playbackRate), 1, 'a finger that wanders means something else')
  },
}
