import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { cpuOfTree, readStat } from './processes.mjs'

test('a process is read whatever it is called', () => {
  const line = name => `12 (${name}) S 7 12 12 0 -1 4194304 900 80 0 0 10 20 30 40 20 0 5 0 4711 1 2 3`
  for (const name of ['chromium', 'Web Content', 'a) R 1 2 (b']) assert.deepEqual(readStat(line(name)), { parent: 7, ticks: 100 }, name)
})

test('a tree is all that its root has begun, whatever their numbers, and nothing else', () => {
  const all = new Map([
    [50, { parent: 1, ticks: 100 }], [3, { parent: 4, ticks: 10 }], [4, { parent: 50, ticks: 1 }], [51, { parent: 1, ticks: 1000 }],
  ])
  assert.equal(cpuOfTree(50, all), 1.11)
})

test('the time of who came and went is kept by who waited', { skip: process.platform !== 'linux' }, () => {
  const own = () => cpuOfTree(process.pid, new Map([[process.pid, readStat(readFileSync('/proc/self/stat', 'latin1'))]]))
  const before = own()
  execFileSync(process.execPath, ['-e', 'for (const until = process.cpuUsage().user + 3e5; process.cpuUsage().user < until;) Math.random()'])
  assert.ok(own() - before >= 0.3, `${own() - before} s`)
})
