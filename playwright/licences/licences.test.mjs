// What ships is under licences that let it, says so, and brings their notices along: `www/licences.mjs`, on what is built here.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { page, shipped, taken } from '../../www/licences.mjs'

const root = join(import.meta.dirname, '../..')
const all = shipped()

test('nothing ships that asks for more than its notice', t => {
  for (const { name, version, licence } of all) assert.ok(taken(licence), `${name} ${version} is under ${licence}`)
  assert.ok(all.length > 30, 'crates and packages are found')
  t.diagnostic(`${all.length} packages of others, none of the GPL family`)
})

test('of several licences one that we may take is taken, and of those that hold together all have to be', () => {
  assert.equal(taken('MPL-2.0 OR Apache-2.0'), 'Apache-2.0')
  assert.equal(taken('(MIT OR Apache-2.0) AND Unicode-3.0'), 'MIT AND Unicode-3.0')
  for (const licence of ['AGPL-3.0', 'AGPL-3.0-only', 'LGPL-2.1-or-later', 'GPL-3.0', 'MPL-2.0', 'MIT AND LGPL-3.0', 'SEE LICENSE IN FILE', '']) assert.equal(taken(licence), undefined, licence)
})

test('what ships has a notice', () => {
  for (const { name, notices } of all) {
    assert.ok(notices.length > 0, `${name} has no notice in its package: who holds its rights is to be said in www/licences.mjs`)
    assert.ok(notices.some(text => /copyright|licen[cs]e/i.test(text) && text.length > 200), name)
  }
})

test('the page of licences is that of what ships', () => {
  assert.equal(readFileSync(join(root, 'docs/licences.md'), 'utf8'), page(all), 'docs/licences.md is old: node www/licences.mjs page')
})

test('the known packages under other licences are for tests alone', () => {
  const dependencies = file => Object.keys(JSON.parse(readFileSync(join(root, file), 'utf8')).dependencies)
  for (const name of ['@peertube/embed-api', 'jschannel']) {
    assert.ok(!dependencies('www/package.json').includes(name), name)
    assert.ok(!all.some(one => one.name === name), name)
  }
})
