// <sprat-video> under the controls of others: what each host's own buttons, ranges and menus do to it, and what the host
// shows of it. The same claims for media-chrome and Video.js 10, on the pages that `docs/hosts.md` names.
import assert from 'node:assert/strict'
import { MOUNTS, bundle } from '../../hosts/hosts.mjs'
import { mediaChrome } from './media-chrome.mjs'
import { videojs } from './videojs.mjs'

export default {
  about: 'sprat-video under media-chrome and Video.js 10, by their own controls: a film with two qualities, sounds and captions, lives, an error',
  seconds: 100,
  server: { mounts: MOUNTS, lives: { far: { clip: 'vod', window: 20 } } },
  // Of the source that is not there.
  expects: [/404/],
  async run(world) {
    await bundle()
    const failures = []
    for (const host of [mediaChrome, videojs(world.kind)]) failures.push(...(await under(host, world)))
    assert.deepEqual(failures, [], 'what does not work under a host')
  },
}

async function under(host, world) {
  const works = []
  const failures = []
  const line = world.figures.push('') - 1
  const claim = async (what, tried) => {
    try {
      await tried()
      works.push(what)
    } catch (error) {
      failures.push(`${host.name}: ${what}: ${String(error.message).split('\n', 4).join(' ').slice(0, 300)}`)
    }
    // Told even if there is no end.
    world.figures[line] = `${host.name}: ${works.join(', ')}${failures.length > 0 ? ` (${failures.length} of ${works.length + failures.length} fail)` : ''}`
  }
  await film(host, world, claim)
  await lives(host, world, claim)
  return failures
}

async function film(host, world, claim) {
  const tab = await opened(host, world, host.page)
  const is = (question, what) => tab.until(question, { what, within: 10_000 })
  const shows = (member, value) => world.until(async () => (await tab.ask(host.shown))[member] === value, { within: 10_000, what: `shows ${member}: ${value}` })

  await claim('duration', () => shows('duration', '0:24'))
  await claim('play', async () => {
    await tab.click(host.play)
    await is(() => media.currentTime > 0.5 && !media.paused, 'it plays')
    await shows('paused', false)
  })
  await claim('pause', async () => {
    await tab.click(host.play)
    await is(() => media.paused, 'it is paused')
    await shows('paused', true)
  })
  await claim('buffered', async () => assert.ok((await tab.ask(host.shown)).buffered > 10, 'pixels of what is loaded'))
  await claim('seek', async () => {
    await host.seek(tab, 0.75)
    await is(() => Math.abs(media.currentTime - 18) < 1 && !media.seeking && media.readyState > 1, 'it is at three quarters')
  })
  await claim('mute', async () => {
    for (const muted of [true, false]) {
      await tab.click(host.mute)
      await tab.until(muted => media.muted === muted, { argument: muted, what: `muted: ${muted}` })
      await shows('muted', muted)
    }
  })
  await claim('volume', async () => {
    await host.halve(tab)
    await is(() => Math.abs(media.volume - 0.5) < 0.1, 'half the volume')
  })
  await menus(host, world, tab, claim, shows)
  await windows(host, world, tab, claim, shows)
  await claim('error', async () => {
    await tab.ask(() => { media.src = '/media/nowhere/master.m3u8' })
    await is(() => media.error, 'it has failed')
    await world.until(async () => /\w{4}/.test((await tab.ask(host.shown)).error), { what: 'the host says so' })
  })
  await claim('another source after an error', async () => {
    await tab.ask(() => { media.src = '/media/files/master.m3u8' })
    await is(() => !media.error && media.readyState > 1, 'another source')
    await shows('error', '')
  })
  await tab.close()
}

async function menus(host, world, tab, claim, shows) {
  const { menus } = host
  const is = (question, what) => tab.until(question, { what, within: 15_000 })
  const from = at => tab.ask(at => {
    media.currentTime = at
    return media.play()
  }, at)
  await claim('captions', async () => {
    await tab.click(host.captions)
    await is(() => [...media.textTracks].some(({ mode, activeCues }) => mode === 'showing' && /third|Drittel/.test(activeCues?.[0]?.text)), 'a caption')
    await shows('captions', true)
    await tab.click(host.captions)
    await is(() => [...media.textTracks].every(({ mode }) => mode !== 'showing'), 'none')
    await shows('captions', false)
  })
  await claim('captions menu', async () => {
    const offered = await host.choose(tab, menus.captions, 'Deutsch')
    assert.deepEqual(offered.sort(), ['Deutsch', 'English', 'Off'])
    await is(() => [...media.textTracks].find(({ mode }) => mode === 'showing')?.activeCues?.[0]?.text.includes('Deutsch'), 'in German')
  })
  await claim('quality menu', async () => {
    // Where there is something yet to come.
    await from(0)
    const offered = await host.choose(tab, menus.quality, '240p')
    assert.match(offered.sort().join(), /^240p,360p,Auto/)
    await is(() => media.videoRenditions.selectedIndex === 0, 'it is asked for')
    await is(() => media.videoHeight === 240, 'it is seen')
    await host.choose(tab, menus.quality, 'Auto')
    await is(() => media.videoRenditions.selectedIndex === -1, 'automatic again')
  })
  await claim('sound menu', async () => {
    await from(0)
    const offered = await host.choose(tab, menus.sound, 'Bass')
    assert.deepEqual(offered.sort(), ['Bass', 'Melody'])
    await is(() => media.audioTracks[1].enabled && !media.audioTracks[0].enabled, 'it is asked for')
    await world.until(() => world.server.stats.requests(/bass-fragmented/) > 0, { what: 'it is fetched' })
  })
  await claim('speed menu', async () => {
    await host.choose(tab, menus.speed, '1.5')
    await is(() => media.playbackRate === 1.5, 'it is faster')
  })
}

/** The whole screen, and a window of its own. */
async function windows(host, world, tab, claim, shows) {
  await claim('fullscreen', async () => {
    for (const full of [true, false]) {
      await tab.click(host.fullscreen)
      await tab.until(full => Boolean(document.fullscreenElement?.contains(media)) === full, { argument: full, what: `fullscreen: ${full}` })
      await shows('fullscreen', full)
    }
  })
  const allowed = await tab.ask(() => document.pictureInPictureEnabled === true)
  if (!allowed) return
  await claim('picture in picture', async () => {
    for (const out of [true, false]) {
      await tab.click(host.pip)
      await tab.until(out => (document.pictureInPictureElement === media) === out, { argument: out, what: `picture in picture: ${out}` })
      await shows('pip', out)
    }
  })
}

async function lives(host, world, claim) {
  for (const [name, window] of [['loop', '0'], ['far', 'Infinity']]) {
    const tab = await opened(host, world, host.live(name))
    const shown = async () => tab.ask(host.shown)
    await claim(window === '0' ? 'live' : 'live with a window', async () => {
      await tab.ask(() => {
        media.muted = true
        return media.play()
      })
      await world.until(async () => (await shown()).live && (await shown()).atEdge, { what: 'it is live' })
      assert.equal((await shown()).liveWindow, window)
    })
    if (window !== '0') {
      await claim('back to the edge', async () => {
        await tab.ask(() => { media.currentTime -= 30 })
        await world.until(async () => !(await shown()).atEdge, { what: 'it is behind' })
        await tab.click(host.goLive)
        await world.until(async () => (await shown()).atEdge, { what: 'it is at the edge' })
        const at = await tab.ask(() => media.currentTime)
        await tab.until(at => media.currentTime > at + 1, { argument: at, what: 'it goes on there' })
      })
    }
    await tab.close()
  }
}

async function opened(host, world, page) {
  const tab = await world.page(page, { name: `${host.name} ${page.replace(/.*\//, '')}` })
  await tab.until(() => {
    globalThis.media = document.querySelector('sprat-video, hosted-sprat-video')
    return media?.readyState > 1
  }, { what: 'a picture' })
  return tab
}
