// Lists of other programs, each from a file in the shape that they give it: what is read of it, and that it plays. Lists that are
// none, have no end or mean harm: a sentence, no script, and never an address that is not http.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXPECTED, HOSTILE } from './expected.mjs'

const LISTS = join(import.meta.dirname, '../../../tests/fixtures/lists')
/** What has a film of ours first. */
const PLAYED = ['podcast.rss', 'atom.xml', 'list.xspf', 'list.jspf', 'list.m3u', 'itemlist.json']

export default {
  about: 'RSS, podcasts, Atom, JSON Feed, XSPF, JSPF, M3U, schema.org as playlists; hostile ones are faults',
  seconds: 30,
  // Pictures and videos of hosts that are not there; Firefox says of XML why it cannot be read.
  expects: [/(tube|pond|notes)\.example/, /XML Parsing Error/],
  server: { mounts: { '/lists/': LISTS }, pages: Object.fromEntries(Object.entries(HOSTILE).map(([name, [text]]) => [`/hostile/${name}`, text])) },
  async run(world) {
    const tab = await world.page('cases/playlist-sources/index.html', { ready: 'read' })
    const whole = address => new URL(address, world.server.url).href
    for (const [name, [title, items]] of Object.entries(EXPECTED)) {
      const read = await tab.ask(src => read(src), `/lists/${name}`)
      assert.deepEqual(read, { title, items: items.map(item => absolute({ attributes: {}, ...item }, world.server.url)) }, name)
    }
    // What is documented of ours is what the list above has of it.
    const documented = JSON.parse(readFileSync(join(LISTS, '../../../docs/playlist.schema.json'), 'utf8')).$defs.item.properties
    const written = JSON.parse(readFileSync(join(LISTS, 'own.json'), 'utf8')).items.flatMap(Object.keys)
    assert.deepEqual([...new Set(written)].filter(name => name !== 'p2p').sort(), Object.keys(documented).sort())

    for (const name of PLAYED) {
      await tab.ask(src => read(src, { autoplay: '' }).then(() => {}), `/lists/${name}`)
      await tab.until(() => list.player.currentTime > 0.2, { what: `${name} plays` })
      const rows = await tab.ask(() => [...list.shadowRoot.querySelectorAll('li .title')].map(({ textContent }) => textContent))
      assert.equal(rows.length, EXPECTED[name][1].length)
    }
    world.note(`${Object.keys(EXPECTED).length} kinds read, ${PLAYED.length} played`)

    const reversed = await tab.ask(src => read(src, { order: 'reverse' }), '/lists/podcast.rss')
    assert.deepEqual(reversed.items.map(({ title }) => title), ['One', 'Two: with pictures'])
    const within = await tab.ask(() => read('#data'))
    assert.deepEqual(within.items.map(({ title, src }) => [title, src]), [['On this page', whole('/media/vod/master.m3u8')]])
    // A playlist of HLS is one video.
    assert.deepEqual((await tab.ask(() => read('/media/vod/master.m3u8'))).items.map(({ src }) => src), [whole('/media/vod/master.m3u8')])

    for (const [name, [, expected, playable]] of Object.entries(HOSTILE)) {
      const found = await tab.ask(src => read(src), `/hostile/${name}`)
      if (typeof expected === 'string') assert.deepEqual(found, { fault: expected, culprit: 'origin' }, name)
      else assert.equal(found.items?.length, expected, name)
      if (playable !== undefined) assert.equal(found.items.filter(({ src }) => src).length, playable, name)
      assert.equal(await tab.ask(() => typeof shown), 'undefined', `${name}: nothing of it runs`)
    }
    world.note(`${Object.keys(HOSTILE).length} bad ones`)
    await given(tab)
    await absent(world)
  },
}

/** A list that a script has put together stands until the page names one, be it the one from before. */
async function given(tab) {
  const [before, ofScript, kept, again] = await tab.ask(async () => {
    const titles = () => list.items.map(({ title }) => title)
    await read('/lists/podcast.rss')
    const all = [titles()]
    list.show({ title: 'Of a script', items: [{ title: 'One', src: '/media/vod/master.m3u8', attributes: {} }] })
    all.push(titles())
    list.removeAttribute('src')
    await new Promise(resolve => setTimeout(resolve, 200))
    all.push(titles())
    const loaded = new Promise(resolve => list.addEventListener('playlistloaded', resolve, { once: true }))
    list.setAttribute('src', '/lists/podcast.rss')
    await loaded
    return [...all, titles()]
  })
  assert.deepEqual([ofScript, kept, again], [['One'], ['One'], before])
  assert.ok(before.length > 1)
}

/** A player that is not there is waited for, and missed once the page has loaded. */
async function absent(world) {
  const tab = await world.page('cases/playlist-sources/index.html', { ready: 'read', name: 'absent' })
  await tab.ask(() => {
    globalThis.warned = []
    console.warn = (...words) => warned.push(words.join(' '))
    globalThis.later = id => Object.assign(document.createElement('sprat-player'), { id })
    // A player that follows its list is not missed.
    void read('/lists/own.json', { for: 'next' })
    document.body.append(later('next'))
  })
  await tab.until(() => list.player?.id === 'next', { what: 'the one that follows' })
  await tab.ask(() => read('/lists/podcast.rss', { for: 'later', autoplay: '' }).then(() => {}))
  await tab.until(() => warned.length > 0, { what: 'it is said' })
  const said = await tab.ask(async () => {
    document.body.append(Object.assign(document.createElement('p'), { id: 'later' }))
    document.body.append(list)
    await new Promise(resolve => setTimeout(resolve, 300))
    document.querySelector('p').remove()
    return { warned, player: list.player ?? null }
  })
  assert.deepEqual(said, { warned: ['<sprat-playlist>: for="later" should be the id of a <sprat-player> of this page; it is waited for.'], player: null })
  await tab.ask(() => document.body.append(later('later')))
  await tab.until(() => list.player?.id === 'later' && list.player.currentTime > 0.2, { what: 'it comes, and plays' })
  await tab.ask(() => {
    warned.length = 0
    document.body.append(Object.assign(document.createElement('sprat-search'), { id: 'search' }))
    document.querySelector('#search').setAttribute('for', 'nobody')
  })
  await tab.until(() => warned.length > 0, { what: 'of a search, too' })
  assert.match((await tab.ask(() => warned)).join(), /^<sprat-search>: for="nobody" should be/)
  await tab.close()
  world.note('a player that comes later')
}

/** Addresses as an element gives them. */
function absolute(item, base) {
  const whole = of => Object.fromEntries(['src', 'poster', 'integrity'].filter(name => of[name]).map(name => [name, new URL(of[name], base).href]))
  return { ...item, ...whole(item), attributes: { ...item.attributes, ...whole(item.attributes) } }
}
