// A playlist of an instance, with what was deleted and what may not be seen, and as long as anybody pretends it to be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World, answer, instance, json } from './instance.mjs'

const { Api, fetchPlaylist, readElement, MOST_PAGES } = instance
const AT = 'http://localhost:9000'
const ADDRESS = { origin: AT, kind: 'playlist', id: 'oK5ZTVfLbHojjiwN4rNfQ8' }

async function fetched(answers) {
  const world = new World()
  world.answers = answers
  let result
  fetchPlaylist(ADDRESS, new Api(world)).then(list => (result = { list }), error => (result = { fault: error.fault ?? error }))
  await world.advance(300_000)
  return { ...result, asked: world.asked.map(({ url }) => url.replace(AT, '')) }
}

test('the recorded playlist: where each begins and ends, and the private one keeps its place', async () => {
  const { list, asked } = await fetched(url => answer(json(url.includes('/videos?') ? 'playlist/videos.json' : 'playlist/playlist-short.json')))
  assert.deepEqual(asked, [`/api/v1/video-playlists/${ADDRESS.id}`, `/api/v1/video-playlists/${ADDRESS.id}/videos?start=0&count=100`])
  assert.equal(list.title, 'Loopback playlist')
  assert.deepEqual(list.items.map(({ title, peertube, duration, start, stop }) => [title, peertube, duration, start, stop]), [
    ['Muxed 60 s (720p + 360p)', `${AT}/w/c61a3e85-acc7-4841-9847-08d60a585641`, 60, undefined, undefined],
    ['Muxed 45 s bars', `${AT}/w/95ffbed0-ac23-465d-b984-5acbdbedd159`, 45, 5, 25],
    ['Split audio 60 s', `${AT}/w/abcde194-da7b-4a7f-a377-64bc79d39ac1`, 60, undefined, undefined],
    ['', undefined, undefined, undefined, undefined],
  ])
  assert.equal(list.items[0].poster, `${AT}/lazy-static/thumbnails/6e9b40d1-bc0f-4f05-93fa-3aad19c857eb.jpg`)
})

test('an element that was deleted, made private or cannot be had has nothing to play, whatever else it says', () => {
  const { video } = json('playlist/videos.json').data[0]
  for (const type of [1, 2, 3, 99, '0']) {
    assert.equal(readElement({ type, video: null }, AT).peertube, undefined)
    assert.equal(readElement({ type, video }, AT).peertube, undefined, `type ${type}`)
  }
  assert.ok(readElement({ type: 0, video }, AT).peertube)
  assert.equal(readElement({ type: 0, video: null }, AT).peertube, undefined)
  assert.equal(readElement({ type: 0, video, startTimestamp: 30, stopTimestamp: 10 }, AT).stop, undefined, 'an end before the beginning')
})

const pages = total => url => {
  if (!url.includes('/videos?')) return answer(json('playlist/playlist.json'))
  const start = Number(/start=(\d+)/.exec(url)[1])
  const { data: [element] } = json('playlist/videos.json')
  const count = Math.max(0, Math.min(100, total - start))
  return answer({ total, data: Array.from({ length: count }, (_, n) => ({ ...element, position: start + n + 1 })) })
}

test('pages are asked for until the total', async () => {
  const { list, asked } = await fetched(pages(250))
  assert.equal(list.items.length, 250)
  assert.deepEqual(asked.slice(1).map(url => /start=(\d+)/.exec(url)[1]), ['0', '100', '200'])
})

test('of a million elements a thousand are taken, and a page that is empty is the last', async () => {
  const { list, asked } = await fetched(pages(1_000_000))
  assert.equal(list.items.length, 1000)
  assert.equal(asked.length, 1 + MOST_PAGES)
  const short = await fetched(url => (url.includes('/videos?start=0') ? answer(json('playlist/videos.json').data && { total: 1e9, data: json('playlist/videos.json').data }) : url.includes('/videos?') ? answer({ total: 1e9, data: [] }) : answer(json('playlist/playlist.json'))))
  assert.deepEqual([short.list.items.length, short.asked.length], [4, 3])
  const flood = await fetched(url => (url.includes('/videos?') ? answer({ total: 50_000, data: Array(50_000).fill({ type: 1 }) }) : answer(json('playlist/playlist.json'))))
  assert.equal(flood.list.items.length, 1000, 'of a page that is longer than it may be, a page')
})

test('a later page that fails leaves the earlier ones', async () => {
  const whole = pages(250)
  const { list } = await fetched(url => (url.includes('start=100') ? answer('', 502) : whole(url)))
  assert.equal(list.items.length, 100)
})

test('what is no playlist is a fault', async () => {
  assert.equal((await fetched(() => answer(json('video-not-found.json'), 404))).fault.name, 'playlist-missing')
  assert.equal((await fetched(() => answer({ total: 'many', data: {} }))).fault.name, 'instance-unreadable')
  for (const odd of [null, 7, [], {}, [null]]) assert.equal(readElement({ type: 0, video: odd }, AT).peertube, undefined)
})
