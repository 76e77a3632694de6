// Which chapter, and which picture, is at a moment: what makes no sense in this film shows nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instance } from './instance.mjs'

const { chapterAt, chapterNamed, chaptersWithin, neighbouring, partOf, pictureNamed, pictureOf } = instance

const BASE = 'https://films.example/tracks/thumbnails.vtt'
const THREE = [{ start: 0, title: 'Opening' }, { start: 20, title: 'Middle' }, { start: 45, title: 'End' }]
const SHEET = { url: 'https://films.example/sheet.jpg', columns: 10, rows: 6, width: 192, height: 108, interval: 1 }

test('chapters stand in order, within the film, one at a time', () => {
  const given = [{ start: 45, title: 'c' }, { start: 0, title: 'a' }, { start: 45, title: 'd' }, { start: -1, title: 'x' }, { start: 60, title: 'y' }, { start: NaN, title: 'z' }]
  assert.deepEqual(chaptersWithin(given, 60), [{ start: 0, title: 'a' }, { start: 45, title: 'd' }])
  assert.deepEqual(chaptersWithin(given, NaN), [], 'before the film is known')
  assert.deepEqual(chaptersWithin(given, Infinity), [], 'of a live')
  assert.equal(chaptersWithin(Array.from({ length: 5000 }, (_, start) => ({ start, title: '' })), 10_000).length, 1000)
})

test('a chapter lasts until the next begins', () => {
  const at = time => chapterAt(THREE, time)
  assert.deepEqual([0, 19.99, 20, 44, 45, 1e9].map(at), [0, 0, 1, 1, 2, 2])
  assert.equal(chapterAt(THREE.slice(1), 5), -1, 'before the first there is none')
  assert.equal(chapterAt([], 5), -1)
})

test('next and previous lead to beginnings: of this chapter, unless it has just begun', () => {
  const to = (time, step) => neighbouring(THREE, time, step)
  assert.deepEqual([to(0, 1), to(20, 1), to(50, 1)], [20, 45, undefined])
  assert.deepEqual([to(30, -1), to(21, -1), to(50, -1), to(1, -1)], [20, 0, 45, undefined])
  assert.equal(neighbouring(THREE.slice(1), 5, 1), 20)
  assert.equal(neighbouring(THREE.slice(1), 5, -1), undefined)
})

test('a link names a chapter by its number, from 1', () => {
  assert.equal(chapterNamed(THREE, '2').title, 'Middle')
  for (const text of ['0', '4', '-1', '1.5', '', 'Middle', '1e1', '99999999']) assert.equal(chapterNamed(THREE, text), undefined, text)
})

test('pictures of a sheet go by rows, and the last one stands for what comes after', () => {
  const at = time => Object.values(pictureOf(SHEET, time).part)
  assert.deepEqual(at(0), [0, 0, 192, 108])
  assert.deepEqual(at(0.99), [0, 0, 192, 108])
  assert.deepEqual(at(11), [192, 108, 192, 108])
  assert.deepEqual(at(59), [1728, 540, 192, 108])
  assert.deepEqual(at(1e6), at(59))
  assert.deepEqual(at(-5), at(0))
})

test('a cue names a part of a picture, from where its file lies', () => {
  assert.deepEqual(pictureNamed(' ../sheet.jpg#xywh=160,90,160,90\n', BASE), { url: 'https://films.example/sheet.jpg', part: { x: 160, y: 90, width: 160, height: 90 } })
  assert.deepEqual(pictureNamed('sheet.jpg?a=1#xywh=pixel:0,0,8,9', BASE), { url: 'https://films.example/tracks/sheet.jpg?a=1', part: { x: 0, y: 0, width: 8, height: 9 } })
  assert.deepEqual(pictureNamed('one.jpg', BASE), { url: 'https://films.example/tracks/one.jpg' })
  for (const text of ['', 'javascript:alert(1)', 'data:image/png;base64,AA', 'blob:https://x/y', 'http://', 'a.jpg#xywh=percent:0,0,50,50', 'a.jpg#xywh=0,0,0,90', 'a.jpg#xywh=-1,0,5,5', 'a.jpg#xywh=0,0,999999,5'])
    assert.equal(pictureNamed(text, BASE), undefined, text)
})

test('a part that lies outside its sheet is none, and so is a sheet without bounds', () => {
  const part = { x: 160, y: 90, width: 160, height: 90 }
  assert.deepEqual(partOf({ url: BASE, part }, { width: 320, height: 180 }), part)
  assert.equal(partOf({ url: BASE, part }, { width: 319, height: 180 }), undefined)
  assert.equal(partOf({ url: BASE, part }, { width: 320, height: 179 }), undefined)
  assert.deepEqual(partOf({ url: BASE }, { width: 320, height: 180 }), { x: 0, y: 0, width: 320, height: 180 })
  assert.equal(partOf({ url: BASE }, { width: 0, height: 0 }), undefined, 'an image without a size')
  assert.equal(partOf({ url: BASE, part }, { width: 20_000, height: 20_000 }), undefined)
})
