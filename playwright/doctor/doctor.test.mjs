// `cargo xtask doctor`, the program itself, at servers of this test: what is well has no findings, each planted fault is named,
// and whatever a stranger answers ends in a sentence. `SPRAT_XTASK` says where the program is.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { FAULTS, TALK, lookedAt } from './faults.mjs'
import { LISTED, UUID, announced, missing, world } from './world.mjs'

const PROGRAM = process.env.SPRAT_XTASK ?? fileURLToPath(new URL('../../target/debug/xtask', import.meta.url))
/** The servers are on this machine, and no proxy is asked for them. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)))

test('the program is there', () => assert.ok(existsSync(PROGRAM), `${PROGRAM}: cargo build -p xtask makes it`))

test('where nothing is wrong nothing is found', async t => {
  const { host, close } = await world()
  t.after(close)
  for (const [kind, address] of [
    ['page', `http://${host}/page.html`],
    ['page', `http://${host}/framed.html`],
    ['page', `http://${host}/sprat/embed.html?src=/film/master.m3u8`],
    ['origin', `http://${host}/film/master.m3u8`],
    ['origin', `http://${host}/live/live.m3u8`],
    ['instance', `http://${host}/`],
    ['instance', `http://${host}/w/${UUID}`],
    ['instance', `http://${host}/videos/embed/${UUID}`],
    ['tracker', `ws://${host}/tracker/socket`],
  ]) {
    const told = await diagnosed(address)
    assert.deepEqual([told.kind, told.findings, told.exit], [kind, [], 0], address)
  }
})

test('every finding is planted somewhere, as bad as the guide says', () => {
  // A native test holds the table of the guide to that of the program.
  const guide = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')
  const severities = new Map([...guide.matchAll(/^\| `([\w-]+)` \| (stops|costs|note) \|/gm)].map(([, code, severity]) => [code, severity]))
  const planted = [...FAULTS, ...TALK].map(([code]) => code)
  assert.deepEqual([...severities.keys()].filter(code => !planted.includes(code)), [], 'planted nowhere')
  assert.deepEqual(planted.filter((code, at) => !severities.has(code) || planted.indexOf(code) !== at), [], 'no finding, or planted twice')
  for (const [code, severity] of FAULTS) assert.equal(severity, severities.get(code), code)
})

test('each planted fault is named, and nothing else stops', async () => {
  const rows = []
  for (const [code, severity, path, plant] of FAULTS) {
    const { host, close } = await world({ plant })
    const told = await diagnosed(lookedAt(path, host))
    await close()
    const named = told.findings.find(finding => finding.code === code)
    assert.ok(named, `${code} was not named, but ${JSON.stringify(told.findings)}`)
    assert.equal(named.severity, severity, code)
    assert.deepEqual(codes(told, 'stops'), severity === 'stops' ? [code] : [], code)
    assert.equal(told.exit, severity === 'stops' ? 1 : 0, code)
    for (const name of ['remedy', 'owner', 'at']) assert.ok(named[name], `${code} has no ${name}`)
    rows.push(`| ${code} | ${severity} | ${codes(told).filter(other => other !== code).join(' ') || '-'} | ${named.seen} |`)
  }
  console.log(['| planted and named | severity | beside it | seen |', '|---|---|---|---|', ...rows].join('\n'))
})

test('a tracker that is asked about stops when it takes no viewers', async () => {
  // No instance: to the tracker of one nothing is announced by guesswork.
  const plant = (path, answer) => (path === '/api/v1/config' ? missing() : answer)
  for (const [code, talk] of TALK) {
    const { host, close } = await world({ plant, talk })
    const told = await diagnosed(`ws://${host}/tracker/socket`)
    await close()
    assert.deepEqual([codes(told), told.exit], [[code], 1], JSON.stringify(told))
  }
  const { host, close } = await world()
  assert.deepEqual(codes(await diagnosed(`ws://${host}/somewhere`), 'stops'), ['tracker-path'])
  await close()
  assert.deepEqual(codes(await diagnosed('ws://127.0.0.1:9/'), 'stops'), ['tracker-unreachable'])
})

test('the tracker of an instance hears of no swarm but those that it lists', async t => {
  const heard = []
  const talk = said => {
    heard.push(JSON.parse(said).info_hash)
    return announced(said)
  }
  const { host, close } = await world({ talk })
  t.after(close)
  assert.equal((await diagnosed(`ws://${host}/tracker/socket`)).exit, 0)
  assert.deepEqual(heard, [])
  assert.equal((await diagnosed(`http://${host}/`)).exit, 0)
  assert.ok(heard.length > 0)
  assert.deepEqual(new Set(heard.map(hash => Buffer.from(hash, 'latin1').toString('hex'))), new Set([LISTED]))
})

test('whatever a stranger answers ends in a sentence', async t => {
  const garbage = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (Math.imul(at, 2654435761) >>> 11) & 255))
  const answers = {
    '/garbage.m3u8': answer => ({ ...answer, status: 200, body: garbage }),
    '/garbage.html': answer => ({ ...answer, status: 200, body: garbage }),
    '/endless.html': answer => ({ ...answer, status: 200, body: Buffer.alloc(65_536, '<'), endless: true }),
    '/endless.m3u8': answer => ({ ...answer, status: 200, body: '#EXTM3U\n'.repeat(8_000), endless: true }),
    '/round': answer => ({ ...answer, status: 302, headers: { location: '/about' } }),
    '/about': answer => ({ ...answer, status: 302, headers: { location: '/round' } }),
    '/away': answer => ({ ...answer, status: 302, headers: { location: 'javascript:alert(1)' } }),
  }
  const { host, close } = await world({ plant: (path, answer) => answers[path]?.(answer) ?? answer })
  t.after(close)
  for (const [path, code] of [
    ['/garbage.m3u8', 'not-a-playlist'],
    ['/garbage.html', 'no-player'],
    ['/endless.html', 'endless'],
    ['/endless.m3u8', 'endless'],
    ['/round', 'redirect-loop'],
    ['/away', 'redirect-loop'],
    ['/nothing', 'status'],
  ]) {
    const began = Date.now()
    const told = await diagnosed(`http://${host}${path}`)
    assert.deepEqual(codes(told), [code], path)
    assert.ok(Date.now() - began < 60_000, `${path} took ${Date.now() - began} ms`)
  }
  assert.deepEqual(codes(await diagnosed('http://127.0.0.1:9/film.m3u8')), ['unreachable'])
  assert.deepEqual(codes(await diagnosed(`https://${host}/film.m3u8`)), ['tls'])
  for (const text of ['nonsense', 'ftp://a.example/', 'http://', 'http://[::', '\u001b[2J', '']) {
    const { exit, said } = await run([text])
    assert.equal(exit, 2, said)
    assert.match(said, /is no address/)
    assert.doesNotMatch(said, /panicked|\u001b/)
  }
})

test('people are told what was seen, whose it is and the remedy', async t => {
  const plant = (_, { headers, ...answer }) => ({ ...answer, headers: { ...headers, 'access-control-allow-origin': [] } })
  const { host, close } = await world({ plant })
  t.after(close)
  const { said } = await run([`http://${host}/film/master.m3u8`])
  assert.match(said, /STOPS cors: no Access-Control-Allow-Origin/)
  assert.match(said, /whose {3}the origin\n {2}remedy {2}nginx: `add_header/)
  // For a page of the same origin there is nothing to allow.
  const home = await diagnosed(`http://${host}/film/master.m3u8`, '--page', `http://${host}/`)
  assert.deepEqual(home.findings, [])
})

function codes(told, severity) {
  return told.findings.filter(finding => !severity || finding.severity === severity).map(finding => finding.code)
}

async function diagnosed(address, ...more) {
  const { exit, said } = await run([address, '--json', ...more])
  return { ...JSON.parse(said), exit }
}

function run(words) {
  return new Promise(done => {
    execFile(PROGRAM, ['doctor', ...words], { env: ENVIRONMENT, timeout: 240_000 }, (error, stdout, stderr) => {
      done({ exit: error ? error.code : 0, said: stdout + stderr })
    })
  })
}
