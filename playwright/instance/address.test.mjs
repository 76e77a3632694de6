// An address of an instance, in any form that PeerTube gives out, names one video or one playlist; anything else is a fault.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instance } from './instance.mjs'

const { readAddress } = instance
const SHORT = 'qsPZKmonfnhcNwMEVu42vT'
const UUID = 'c61a3e85-acc7-4841-9847-08d60a585641'
const at = 'https://tube.example'

test('every form of a video\'s address is the same video', () => {
  for (const id of [SHORT, UUID, UUID.toUpperCase(), '12']) {
    for (const path of [`/w/${id}`, `/w/${id}/`, `/videos/watch/${id}`, `/videos/embed/${id}`, `/videos/test-embed/${id}`, `/api/v1/videos/${id}`, `/w/${id};threadId=7`]) {
      assert.deepEqual(readAddress(at + path), { origin: at, kind: 'video', id }, path)
    }
  }
})

test('every form of a playlist\'s address is the same playlist', () => {
  for (const path of ['/w/p/', '/videos/watch/playlist/', '/video-playlists/embed/', '/video-playlists/test-embed/', '/video-playlists/', '/api/v1/video-playlists/']) {
    assert.deepEqual(readAddress(at + path + SHORT), { origin: at, kind: 'playlist', id: SHORT }, path)
  }
})

test('where to start and to stop is read in seconds, in units, and from a media fragment', () => {
  const times = query => (({ start, stop }) => [start, stop])(readAddress(`${at}/w/${SHORT}${query}`))
  assert.deepEqual(times('?start=90&stop=2m'), [90, 120])
  assert.deepEqual(times('?start=1h2m3s'), [3723, undefined])
  assert.deepEqual(times('?t=7'), [7, undefined])
  assert.deepEqual(times('#t=10,20'), [10, 20])
  assert.deepEqual(times('?start=5#t=npt:10'), [10, undefined])
  assert.deepEqual(times('?start=soon&stop=-3'), [undefined, undefined])
})

test('a playlist\'s address may say with which element to begin', () => {
  const position = query => readAddress(`${at}/w/p/${SHORT}${query}`).position
  assert.equal(position('?playlistPosition=3&resume=true'), 3)
  assert.equal(position('?playlistPosition=last'), 'last')
  for (const odd of ['0', '-1', 'two', '1e9', '']) assert.equal(position(`?playlistPosition=${odd}`), undefined, odd)
  assert.equal(readAddress(`${at}/w/${SHORT}?playlistPosition=3`).position, undefined, 'a video has no positions')
})

test('an address is read against the page, and keeps neither names nor passwords', () => {
  assert.deepEqual(readAddress(`/w/${SHORT}`, 'https://tube.example/about'), { origin: at, kind: 'video', id: SHORT })
  assert.equal(readAddress(`https://me:secret@tube.example:8443/w/${SHORT}`).origin, 'https://tube.example:8443')
})

test('what is no address of an instance is a fault that says why, before anything is fetched', () => {
  const fault = text => {
    try {
      readAddress(text)
    } catch (error) {
      return error.fault
    }
    assert.fail(`${text} was read`)
  }
  for (const [text, why] of [
    ['', /no URL/],
    ['w/abc', /no URL/],
    [`javascript:/w/${SHORT}`, /only http and https/],
    [`ftp://tube.example/w/${SHORT}`, /only http and https/],
    [`data:text/html,/w/${SHORT}`, /only http and https/],
    [`${at}/`, /path/],
    [`${at}/c/channel/videos`, /path/],
    [`${at}/w/${SHORT}/extra`, /path/],
    [`${at}/w/..%2f..%2fadmin`, /no number, UUID or short UUID/],
    [`${at}/w/0OIl${SHORT.slice(4)}`, /no number, UUID or short UUID/],
    [`${at}/videos/embed/${'x'.repeat(10_000)}`, /no number, UUID or short UUID/],
  ]) {
    const { culprit, name, message, tried } = fault(text)
    assert.deepEqual([culprit, name], ['player', 'instance-address'], text)
    assert.match(message, why)
    assert.ok(message.length < 500 && tried.length > 0)
  }
  assert.doesNotMatch(fault(`${at}/nowhere?videoFileToken=secret`).message, /secret/)
})
