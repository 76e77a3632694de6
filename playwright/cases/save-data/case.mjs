// A viewer who saves data takes from neighbours and gives nothing; the same page without that wish does give.
import assert from 'node:assert/strict'

const SAVES = `Object.defineProperty(Navigator.prototype, 'connection', {
  get: () => Object.assign(new EventTarget(), { saveData: true, type: 'wifi', effectiveType: '4g' }),
})`

export default {
  about: 'saveData: 0 bytes uploaded, and still taking from others',
  seconds: 45,
  // `navigator.connection` is Chromium's.
  browsers: ['chromium'],
  async run(world) {
    const saver = await world.viewer({ p2p: 'on' }, { name: 'saver', before: [SAVES] })
    await saver.until(() => page.video?.currentTime > 2, { what: 'the saver plays' })
    const other = await world.viewer({ p2p: 'on' }, { name: 'other' })
    await other.until(() => page.element.stats.peers > 0, { what: 'they met' })
    await other.until(() => page.video?.currentTime > 10, { what: '10 s played' })
    // The other goes where the saver has nothing, and the saver follows.
    await other.ask(() => { page.element.currentTime = 45 })
    await other.until(() => page.video.currentTime > 50, { what: 'the other is ahead' })
    await saver.ask(() => { page.element.currentTime = 44 })
    await saver.until(() => page.video.currentTime > 50, { what: 'the saver followed' })
    const [gave, took] = await Promise.all([saver, other].map(tab => tab.ask(() => page.element.stats)))
    world.note(`while saving: ${gave.uploadedBytes} bytes uploaded, ${gave.p2pBytes} taken; the other: ${took.uploadedBytes} uploaded, ${took.p2pBytes} taken`)
    assert.equal(gave.uploadedBytes, 0)
    assert.equal(took.p2pBytes, 0, 'bytes from one that gives none')
    assert.ok(gave.peers > 0)
    assert.ok(gave.p2pBytes > 0, 'a saver may still take')

    // The control: the same without the wish.
    await saver.close()
    const control = await world.viewer({ p2p: 'on' }, { name: 'control' })
    await control.until(() => page.element.stats.segments.p2p > 0, { what: 'without the wish bytes cross' })
    assert.ok((await other.ask(() => page.element.stats.uploadedBytes)) > 0)
  },
}
