// Each query parameter of PeerTube's embeds, at the addresses that its embeds have: what the page does with it, and what
// without it; then the spellings of YouTube and Vimeo, media fragments, and what makes no sense.
import assert from 'node:assert/strict'

const ID = '9c9de5e8-0a1e-484a-b099-e80766180a6d'
const SHARED = 'src=/media/vod/master.m3u8&trackers=/tracker/socket&integrity=/media/vod/segments-sha256.json&p2p=on&preload=auto'
const LIST = 'src=/cases/iframes/list.json&p2p=off'

export default {
  about: "PeerTube's 21 parameters at /videos/embed/ and /video-playlists/embed/, with and without; YouTube's and Vimeo's spellings",
  browsers: ['chromium', 'firefox'],
  // The one address that names what is on no instance here.
  expects: [/\/(api\/v1\/videos|videos\/watch)\//],
  seconds: 100,
  async run(world) {
    const rows = []
    const row = async (parameter, what, claim) => {
      let failure
      try {
        await claim()
      } catch (error) {
        failure = error.message.split('\n').slice(0, 3).join(' ')
      }
      rows.push([parameter, what, failure])
    }
    await plain(world, row)
    await changed(world, row)
    await times(world, row)
    await hidden(world, row)
    await password(world, row)
    await lists(world, row)
    await spellings(world, row)
    await api(world, row)
    const named = new Set(rows.map(([parameter]) => parameter).filter(Boolean))
    world.note(['', ...rows.map(([parameter, what, failure]) => `     ${failure ? 'FAIL' : 'pass'}  ${parameter.padEnd(25)} ${what}${failure ? `: ${failure}` : ''}`)].join('\n'))
    assert.deepEqual(rows.filter(([, , failure]) => failure), [], 'parameters that fail')
    assert.equal(named.size, 21, [...named].join(' '))
  },
}

/** The page itself, in no frame. */
async function open(world, query, path = `videos/embed/${ID}`) {
  const tab = await world.page(`${path}?${query}`, { name: query.slice(-30) })
  await tab.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'the film is known' })
  return tab
}

/** What of it a viewer sees, and a script. */
function look() {
  const player = document.querySelector('sprat-player')
  const root = player.shadowRoot
  const text = selector => root.querySelector(selector)?.textContent.trim() ?? null
  const style = (selector, property) => {
    const found = root.querySelector(selector)
    return found ? getComputedStyle(found)[property] : null
  }
  return {
    bar: root.querySelector('.bar') !== null,
    start: root.querySelector('.start') !== null,
    link: root.querySelector('a.watch')?.href ?? null,
    linkName: root.querySelector('a.watch')?.getAttribute('aria-label') ?? null,
    title: text('.headline p:not(.warning)') ?? text('p.headline'),
    warning: text('.warning'),
    badge: root.querySelector('.badge') !== null,
    big: style('.start', 'backgroundColor'),
    colour: style('.bar', 'color'),
    icon: style('.start .icon .fill', 'fill'),
    muted: player.muted,
    loop: player.loop !== false && player.hasAttribute('loop'),
    rate: player.playbackRate,
    paused: player.paused,
    time: player.currentTime,
    sharing: player.stats.sharing,
    captions: [...player.textTracks].filter(({ mode }) => mode !== 'disabled').map(({ language }) => language),
  }
}

async function plain(world, row) {
  const tab = await open(world, SHARED)
  await tab.ask(() => document.querySelector('sprat-player').setAttribute('media-title', 'Life'))
  await tab.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.warning') && document.querySelector('sprat-player').stats.sharing !== 'off', { what: 'it is drawn' })
  const seen = await tab.ask(look)
  const { origin } = new URL(world.server.url)
  await row('', 'none of them: bar, button, link, title, warning, paused at 0, heard, once, at its own speed', async () => {
    assert.deepEqual(
      [seen.bar, seen.start, seen.title, seen.paused, seen.time, seen.muted, seen.loop, seen.rate, seen.badge],
      [true, true, 'Life', true, 0, false, false, 1, true],
    )
  })
  await row('peertubeLink', 'unset: a link to the watch page, named', async () => {
    assert.equal(seen.link, `${origin}/w/${ID}`)
    assert.match(seen.linkName, /127\.0\.0\.1/)
  })
  await row('peertubeLink', 'pressed: at the time that is shown, and playback pauses', async () => {
    await tab.ask(async () => {
      const player = document.querySelector('sprat-player')
      player.muted = true
      player.currentTime = 12.4
      await player.play()
      const link = player.shadowRoot.querySelector('a.watch')
      link.addEventListener('click', event => event.preventDefault())
      link.click()
    })
    const after = await tab.ask(look)
    assert.equal(after.link, `${origin}/w/${ID}?start=12s`)
    assert.equal(after.paused, true)
  })
  await row('warningTitle', 'unset: who may learn that it is watched', async () => assert.match(seen.warning ?? '', /IP address/))
  await row('p2p', '1: sharing is on', async () => assert.notEqual(seen.sharing, 'off'))
  await tab.close()
}

async function changed(world, row) {
  const tab = await open(world, `${SHARED}&peertubeLink=0&title=0&warningTitle=0&muted=1&loop=1&playbackRate=1.5&foregroundColor=%23ffcc00&bigPlayBackgroundColor=rgb(10,20,30)&playerTheme=lucide&mode=p2p-media-loader`)
  await tab.ask(() => document.querySelector('sprat-player').setAttribute('media-title', 'Life'))
  await tab.until(() => getComputedStyle(document.querySelector('sprat-player').shadowRoot.querySelector('.start .icon .fill')).fill === 'none', { what: 'the other look' }).catch(() => {})
  const seen = await tab.ask(look)
  await row('peertubeLink', '0: no link', async () => assert.equal(seen.link, null))
  await row('title', '0: no title', async () => assert.equal(seen.title, null))
  await row('warningTitle', '0: no warning', async () => assert.deepEqual([seen.warning, seen.badge], [null, true]))
  await row('muted', '1: muted', async () => assert.equal(seen.muted, true))
  await row('loop', '1: begins again', async () => {
    assert.equal(seen.loop, true)
    await tab.ask(async () => {
      const player = document.querySelector('sprat-player')
      player.currentTime = 59
      await player.play()
    })
    await tab.until(() => !document.querySelector('sprat-player').paused && document.querySelector('sprat-player').currentTime < 30, { what: 'the beginning' })
  })
  await row('playbackRate', '1.5: so fast', async () => assert.equal(seen.rate, 1.5))
  await row('foregroundColor', 'the colour of words and buttons', async () => assert.equal(seen.colour, 'rgb(255, 204, 0)'))
  await row('bigPlayBackgroundColor', 'the colour of the large button', async () => assert.equal(seen.big, 'rgb(10, 20, 30)'))
  await row('mode', 'p2p-media-loader: others are met', () => tab.until(() => document.querySelector('sprat-player').stats.sharing !== 'off', { what: 'sharing' }))
  await row('playerTheme', 'lucide: icons in outline', async () => assert.equal(seen.icon, 'none'))
  await tab.close()
  const galaxy = await open(world, `${SHARED}&playerTheme=galaxy&bigPlayBackgroundColor=url(evil)&controlBar=0`)
  const usual = await galaxy.ask(look)
  await row('playerTheme', 'galaxy: icons are solid', async () => assert.notEqual(usual.icon, 'none'))
  await row('bigPlayBackgroundColor', 'what is no colour is none', async () => assert.match(usual.big, /rgba\(8, 16, 22/))
  await row('controlBar', '0: the button alone', async () => assert.deepEqual([usual.bar, usual.start], [false, true]))
  await galaxy.close()
}

async function times(world, row) {
  const tab = await open(world, `${SHARED}&autoplay=1&muted=1&start=0m10s&stop=12.5`)
  await row('start', '0m10s: from there', async () => {
    // Zero until the picture of the start is there.
    await tab.until(() => document.querySelector('sprat-player').currentTime > 0, { what: 'a picture' })
    const { time } = await tab.ask(look)
    assert.ok(time >= 10 && time < 12.6, `${time}`)
  })
  await row('autoplay', '1: plays by itself', async () => tab.until(() => document.querySelector('sprat-player').currentTime > 10.5, { what: 'it plays' }))
  await row('stop', '12.5: pauses there', async () => {
    await tab.until(() => document.querySelector('sprat-player').paused, { what: 'the end' })
    const { time } = await tab.ask(look)
    assert.ok(Math.abs(time - 12.5) < 0.3, `${time}`)
  })
  await row('stop', 'whoever plays on goes on', async () => {
    await tab.ask(() => document.querySelector('sprat-player').play())
    await tab.until(() => document.querySelector('sprat-player').currentTime > 13.5, { what: 'it goes on' })
  })
  await tab.close()
  const fragment = await open(world, `${SHARED.replace('p2p=on', 'p2p=0')}&autoplay=1&muted=1#t=20,21.5`)
  await row('stop', '#t=20,21.5 is the same', async () => {
    await fragment.until(() => document.querySelector('sprat-player').currentTime > 20.2 && document.querySelector('sprat-player').paused, { what: 'the end' })
    const { time } = await fragment.ask(look)
    assert.ok(Math.abs(time - 21.5) < 0.3, `${time}`)
  })
  await row('p2p', '0: sharing is off, and no warning is due', async () => {
    const { sharing, badge, warning } = await fragment.ask(look)
    assert.deepEqual([sharing, badge, warning], ['off', false, null])
  })
  await fragment.close()
}

async function hidden(world, row) {
  const none = await open(world, `${SHARED}&controls=0&mode=web-video`)
  await row('controls', '0: neither bar nor button', async () => {
    const { bar, start } = await none.ask(look)
    assert.deepEqual([bar, start], [false, false])
  })
  await row('mode', 'web-video: nobody is met', async () => assert.equal((await none.ask(look)).sharing, 'off'))
  await none.close()
  for (const [wish, found] of [['fr', ['fr']], ['de-AT', ['de']]]) {
    const tab = await open(world, `src=/captioned/vod/master.m3u8&p2p=off&muted=1&subtitle=${wish}`)
    await row('subtitle', `${wish}: ${found[0]} of five`, async () => {
      await tab.until(() => document.querySelector('sprat-player').textTracks.length >= 5, { what: 'captions' })
      await tab.until(() => [...document.querySelector('sprat-player').textTracks].some(({ kind, mode }) => kind !== 'metadata' && mode !== 'disabled'), { what: 'a choice' })
      assert.deepEqual(await tab.ask(() => [...document.querySelector('sprat-player').textTracks].filter(({ kind, mode }) => kind !== 'metadata' && mode !== 'disabled').map(({ language }) => language)), found)
    })
    await tab.close()
  }
}

/** A video that asks for a password is one of an instance; here the player is told that it is. */
async function password(world, row) {
  const told = async query => {
    const tab = await open(world, query)
    await tab.ask(() => {
      const player = document.querySelector('sprat-player')
      globalThis.given = []
      player.media.setVideoPassword = word => given.push(word)
      const required = new CustomEvent('passwordrequired', { detail: { name: 'password-needed' }, bubbles: true, composed: true, cancelable: true })
      globalThis.taken = !player.media.dispatchEvent(required)
    })
    return tab
  }
  const form = await told(SHARED)
  await row('waitPasswordFromEmbedAPI', 'unset: a form, whose word is given', async () => {
    await form.until(() => document.querySelector('sprat-player').shadowRoot.querySelector('.password input'), { what: 'a form' })
    await form.click('sprat-player >> .password input')
    for (const key of ['s', 'e', 'k', 'Enter']) await form.press(key)
    assert.deepEqual(await form.ask(() => [given, taken, document.querySelector('sprat-player').paused]), [['sek'], true, true])
  })
  await form.close()
  const wait = await told(`${SHARED}&waitPasswordFromEmbedAPI=1`)
  await row('waitPasswordFromEmbedAPI', '1: no form, and no error', async () => {
    await new Promise(resolve => setTimeout(resolve, 500))
    assert.deepEqual(await wait.ask(() => [taken, document.querySelector('sprat-player').shadowRoot.querySelector('.password') !== null, document.querySelector('sprat-player').error]), [true, false, null])
  })
  await wait.close()
}

async function lists(world, row) {
  const first = await open(world, LIST, 'video-playlists/embed/7')
  await row('playlistPosition', 'unset: the first', async () => assert.equal(await first.ask(() => document.querySelector('sprat-playlist').currentIndex), 0))
  await first.close()
  const second = await open(world, `${LIST}&playlistPosition=2&controlBar=0&start=5`, 'video-playlists/embed/7')
  await row('playlistPosition', '2: the second; all others hold for the player in it', async () => {
    assert.equal(await second.ask(() => document.querySelector('sprat-playlist').currentIndex), 1)
    const { bar } = await second.ask(look)
    assert.equal(bar, false)
    await second.until(() => Math.abs(document.querySelector('sprat-player').currentTime - 5) < 0.2, { what: 'its start' })
  })
  await second.close()
}

async function spellings(world, row) {
  const youtube = await open(world, `${SHARED}&mute=1&end=9&start_time=3&disablekb=1&modestbranding=1`, 'embed.html')
  await row('', "YouTube's: mute, end, disablekb", async () => {
    assert.deepEqual(await youtube.ask(() => ['muted', 'stop', 'start', 'keyboard'].map(name => document.querySelector('sprat-player').getAttribute(name))), ['', '9', '3', 'off'])
  })
  await youtube.close()
  const vimeo = await open(world, `${SHARED}&background=1&color=ff0080&quality=240p&texttrack=fr`, 'embed.html')
  await row('', "Vimeo's: background, color, quality, texttrack", async () => {
    const { bar, muted } = await vimeo.ask(look)
    assert.deepEqual([bar, muted], [false, true])
    await vimeo.until(() => !document.querySelector('sprat-player').paused && document.querySelector('sprat-player').videoRenditions.selectedIndex === 0, { what: 'it plays, at 240p' })
    assert.equal(await vimeo.ask(() => document.querySelector('sprat-player').style.getPropertyValue('--sprat-accent')), '#ff0080')
    assert.equal(await vimeo.ask(() => document.querySelector('sprat-player').getAttribute('subtitle')), 'fr')
  })
  await vimeo.close()
  const own = await world.page(`videos/embed/${ID}`, { name: 'an instance' })
  await row('', 'no src: the video of that name on this origin', async () => {
    await own.until(() => document.querySelector('sprat-player'), { what: 'a player' })
    assert.equal(await own.ask(() => document.querySelector('sprat-player').getAttribute('peertube')), new URL(`videos/embed/${ID}`, world.server.url).href)
  })
  await own.close()
  const odd = await world.page('embed.html?src=javascript:alert(1)&start=soon&playbackRate=-1', { name: 'nonsense' })
  await row('', 'no address, or no http: a sentence, and nothing is fetched', async () => {
    await odd.until(() => !document.querySelector('p').hidden, { what: 'a sentence' })
    assert.equal(await odd.ask(() => document.querySelector('sprat-player') === null), true)
  })
  await odd.close()
}

/** In a frame, for only there is somebody to speak to. */
async function api(world, row) {
  const said = async query => {
    const address = `/videos/embed/${ID}?${SHARED}${query}`
    const tab = await world.page(`cases/iframes/index.html?${new URLSearchParams({ address })}`, { name: `api ${query}` })
    const frame = await tab.frame('/videos/embed/')
    await frame.until(() => document.querySelector('sprat-player')?.readyState > 0, { what: 'the film is known' })
    const methods = await tab.ask(async () => {
      const heard = []
      // In player.js's manner a page says unasked that it is ready, however late that is; such words have no method.
      addEventListener('message', ({ data }) => typeof data === 'string' && heard.push(...[JSON.parse(data).method].filter(Boolean)))
      for (const scope of ['peertube', 'x']) frames[0].postMessage(JSON.stringify({ method: `${scope}::__ready`, params: { type: 'publish-request', publish: [] } }), '*')
      await new Promise(resolve => setTimeout(resolve, 1200))
      return [...new Set(heard)].sort()
    })
    await tab.close()
    return methods
  }
  await row('api', 'unset: silence', async () => assert.deepEqual(await said(''), []))
  await row('api', '1: it speaks', async () => assert.ok((await said('&api=1')).includes('peertube::__ready')))
  await row('scope', 'x: under that name, and no other', async () => {
    const methods = await said('&api=1&scope=x')
    assert.ok(methods.length > 1 && methods.every(method => method.startsWith('x::')), methods.join(' '))
  })
}
