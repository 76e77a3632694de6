// Hugo's shortcode and Jekyll's include, by Hugo and Jekyll as Debian has them: a page is built, read, and opened.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { startServer } from '../server/server.mjs'
import { elements } from '../share/share.mjs'
import { missing, version } from './debian.mjs'
import { BROWSER, played } from './seen.mjs'

const root = join(import.meta.dirname, '../..')
const TITLE = 'A & "b" <i>'
const FILM = '/media/vod/master.m3u8'
const INSTANCE_LIST = 'https://tube.example/w/p/4XTCjKuGBQoVYgkVNFn1aN'
const LIST = { title: 'Films', items: [{ title: 'One', src: FILM }] }

const GENERATORS = {
  Hugo: {
    package: 'hugo',
    build: ['hugo', '--destination', 'out'],
    include: 'layouts/shortcodes/sprat.html',
    ours: 'pkg-config/hugo/sprat.html',
    page: 'content/film.md',
    built: 'out/film/index.html',
    files: {
      'config.toml': 'baseURL = "/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "404"]\n',
      'layouts/_default/single.html': '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{{ .Title }}</title>{{ .Content }}</html>\n',
    },
    ice: 'ice-servers',
    called: words => `{{< sprat ${words} >}}`,
    quoted: '"A & \\"b\\" <i>"',
  },
  Jekyll: {
    package: 'jekyll',
    build: ['jekyll', 'build', '--quiet', '--destination', 'out'],
    include: '_includes/sprat.html',
    ours: 'pkg-config/jekyll/sprat.html',
    page: 'film.md',
    built: 'out/film.html',
    files: {
      '_config.yml': 'title: Films\n',
      '_layouts/default.html': '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{{ page.title }}</title>{{ content }}</html>\n',
    },
    ice: 'ice_servers',
    called: words => `{% include sprat.html ${words} %}`,
    quoted: `'A & "b" <i>'`,
  },
}

for (const [name, generator] of Object.entries(GENERATORS)) {
  const skip = missing(generator.package)

  test(`${name}: each way to say it becomes the element, or the iframe, and no title leaves its place`, { skip }, t => {
    t.diagnostic(version(generator.package))
    const { html, status } = built(generator, [
      `src="${FILM}" title=${generator.quoted} p2p="off"`,
      `src="${FILM}?a=1&b=2" title=${generator.quoted} frame=true start="1m30s"`,
      `list="/list.json" title="Films" poster="/a.jpg" start="5" trackers="wss://a.example/ wss://b.example/" ${generator.ice}="stun:a.example"`,
      `peertube="${INSTANCE_LIST}"`,
      `peertube="${INSTANCE_LIST}" frame=true`,
    ])
    assert.equal(status, 0)
    const found = elements(html)
    const of = wanted => found.filter(({ name }) => name === wanted).map(({ attributes }) => attributes)
    assert.deepEqual(of('sprat-player'), [{ src: FILM, p2p: 'off', 'media-title': TITLE }])
    assert.deepEqual(of('sprat-playlist'), [{ src: '/list.json', start: '5', trackers: 'wss://a.example/ wss://b.example/', 'ice-servers': 'stun:a.example' }, { peertube: INSTANCE_LIST }])
    const [video, list] = of('iframe')
    assert.equal(video.title, TITLE)
    const at = new URL(video.src, 'https://example.org')
    assert.equal(at.pathname, '/sprat/embed.html')
    assert.deepEqual(Object.fromEntries(at.searchParams), { src: `${FILM}?a=1&b=2`, title: TITLE, start: '1m30s' })
    const listed = new URL(list.src, 'https://example.org')
    assert.deepEqual([listed.pathname, Object.fromEntries(listed.searchParams)], ['/sprat/playlist.html', { peertube: INSTANCE_LIST }])
    assert.equal(list.sandbox, 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms')
    assert.deepEqual(new Set(of('script').map(({ src }) => src)), new Set(['/sprat/sprat.js']))
    assert.equal(of('i').length, 0, 'a title is no markup')
    assert.equal(html.match(/<noscript><a href="[^"]*">[^<]*<\/a><\/noscript><\/sprat-/g).length, 3, 'pages without scripts have links, others do not')
  })

  test(`${name}: what names nothing to play is told to whoever builds the site`, { skip }, () => {
    const { html, status, said } = built(generator, ['title="x"'])
    if (name === 'Hugo') {
      assert.notEqual(status, 0)
      assert.match(said, /it needs one of src, list, peertube.*film\.md:5/)
      assert.match(built(generator, [`src="${FILM}" titel="x"`]).said, /there is no parameter "titel"/)
      assert.match(built(generator, [`"${FILM}"`]).said, /its parameters have names/)
    } else {
      assert.match(html, /role="alert">Nothing to play/)
    }
  })

  test(`${name}: what was built plays`, { skip: skip || !BROWSER && 'there is no browser here' }, async t => {
    const { folder } = built(generator, [`src="${FILM}" title="As an element"`, `src="${FILM}" title="In an iframe" frame=true`, 'list="/list.json"'])
    const server = await startServer({ mounts: { '/built/': dirname(join(folder, generator.built)), '/sprat/': join(root, 'target/site') }, pages: { '/list.json': JSON.stringify(LIST) } })
    try {
      const found = await played(`${server.url}built/${generator.built.split('/').at(-1)}`, { picture: process.env.SPRAT_PICTURES && join(process.env.SPRAT_PICTURES, `${name}.png`) })
      assert.deepEqual(found.map(({ tag, title }) => [tag, title]), [['sprat-player', 'As an element'], ['sprat-playlist', 'One'], ['sprat-player', 'In an iframe']])
      t.diagnostic(`${found.length} players, each beyond 0.3 s`)
    } finally {
      await server.close()
    }
  })
}

const folders = []
after(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

/** A site of one page, whose third paragraph on are these calls; its first line is the fifth of the file. */
function built(generator, calls) {
  const folder = mkdtempSync(join(tmpdir(), 'sprat-recipe-'))
  folders.push(folder)
  const put = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  for (const [name, text] of Object.entries(generator.files)) put(name, text)
  put(generator.page, `---\ntitle: Film\nlayout: ${generator.build[0] === 'hugo' ? 'single' : 'default'}\n---\n${calls.map(generator.called).join('\n\n')}\n`)
  mkdirSync(dirname(join(folder, generator.include)), { recursive: true })
  cpSync(join(root, generator.ours), join(folder, generator.include))
  const { status, stdout, stderr } = spawnSync(generator.build[0], generator.build.slice(1), { cwd: folder, encoding: 'utf8' })
  // Hugo writes two characters by their numbers.
  const read = () => readFileSync(join(folder, generator.built), 'utf8').replaceAll('&#34;', '&quot;').replaceAll('&#43;', '+')
  return { folder, status, said: stdout + stderr, html: status === 0 ? read() : '' }
}
