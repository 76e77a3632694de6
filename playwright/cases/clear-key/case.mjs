// Encrypted MP4, in both schemes of Common Encryption: the browser's own vault opens it, with a key that the playlist
// names in one of three ways or that the page brings. Without one, or where there is no vault, an error says so.
import assert from 'node:assert/strict'

const AT = 'cases/clear-key'
const KEYS = { '9eb4050de44b4802932e27d75083e266': '166634c675823c235a4a9446fad52e4d' }
const CLEAR = 'org.w3.clearkey'

export default {
  about: 'cenc and cbcs with ClearKey play to `ended`; without a key, an error that says what is missing',
  seconds: 60,
  expects: [/Failed to load resource/, /key-(missing|system-failed)/],
  async run(world) {
    if (world.kind === 'webkit') return withoutVault(world)
    await plays(world, 'cbcs, sixteen bytes', 'cbcs/master.m3u8')
    await plays(world, 'cenc, a license, after a key system that is not there', 'cenc/master.m3u8')
    await plays(world, 'cenc, the page\'s key', 'cenc/bare.m3u8', { [CLEAR]: { keys: KEYS } })
    assert.deepEqual(await fails(world, 'cenc/bare.m3u8'), ['key-missing', 'media'])
    assert.deepEqual(await fails(world, 'cenc/bare.m3u8', { [CLEAR]: { license: '/nowhere' } }), ['key-system-failed', 'origin'])
  },
}

async function plays(world, what, stream, systems) {
  const tab = await open(world, what, stream, systems)
  await tab.until(() => page.video?.readyState > 2 && page.video.currentTime > 0, { what: `the first picture, ${what}` })
  await tab.ask(() => tracks.listen())
  await tab.until(() => page.video.currentTime > 1.5, { what: `1.5 s played, ${what}` })
  await tab.ask(() => { page.video.currentTime = 6 })
  await tab.until(() => page.video.ended, { what: `the end, ${what}` })
  const { video, audio } = await tab.ask(() => tracks.decoded())
  assert.ok(video > 10, `${video} pictures decoded, ${what}`)
  assert.ok(audio.count > audio.enough, `${audio.count} ${audio.of} of sound decoded, ${what}`)
  assert.deepEqual(await tab.ask(() => page.errors()), [])
  world.note(`${what}: ${video} pictures, ${Math.round(audio.count)} ${audio.of} of sound`)
  await tab.close()
}

/** Which error says that it does not play, and whose fault it is. */
async function fails(world, stream, systems) {
  const tab = await open(world, `${stream} without a key`, stream, systems)
  await tab.until(() => page.errors().length > 0, { what: `an error, ${stream} without a key` })
  const [{ name, culprit, message }] = await tab.ask(() => page.errors())
  world.note(message)
  await tab.close()
  return [name, culprit]
}

/** WebKitGTK, as Debian builds it, has no Encrypted Media Extensions. */
async function withoutVault(world) {
  assert.deepEqual(await fails(world, 'cbcs/master.m3u8'), ['key-system-failed', 'browser'])
}

function open(world, name, stream, systems) {
  return world.viewer({ src: `${AT}/${stream}`, muted: undefined, 'key-systems': systems && JSON.stringify(systems) }, { name })
}
