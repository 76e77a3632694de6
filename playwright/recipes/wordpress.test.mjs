// The plugin in WordPress itself: what an author's shortcode, block and pasted address become, what is taken out of them, what
// the oEmbed route answers, who may change the settings, and what is left when the plugin goes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { mo } from '../../www/gettext.mjs'
import { elements, share } from '../share/share.mjs'
import { missing, missingWordPress, version } from './debian.mjs'
import { BROWSER, played } from './seen.mjs'
import { published } from './wordpress/editor.mjs'
import { wordpress } from './wordpress/host.mjs'

const plugin = join(import.meta.dirname, '../../pkg-config/wordpress')
const FILM = '/film/master.m3u8'
const EMBED = '/wp-content/plugins/sprat/player/embed.html'
const INSTANCE_LIST = 'https://tube.example/w/p/4XTCjKuGBQoVYgkVNFn1aN'

const POSTS = origin => ({
  shortcode: `Before.\n\n[sprat src="${FILM}" title="Life &amp; more" start="1m30s" p2p="on"]\n\nAfter.`,
  frame: `[sprat src="${FILM}" frame="1" title="In a frame"]`,
  block: `<!-- wp:sprat/video {"src":"${FILM}","title":"A block","align":"wide"} /-->`,
  pasted: `Text\n\n${origin}${EMBED}?src=${FILM}&title=Pasted&p2p=1&muted=1&warningTitle=0&api=1\n\nMore`,
  lists: `[sprat list="/list.json" title="Films" poster="/a.jpg" start="5"] [sprat peertube="${INSTANCE_LIST}" frame="true"]`,
  hostile: [
    `[sprat src="javascript:alert(1)"]`,
    `[sprat src="${FILM}" title='" onfocus="alert(1)' poster="javascript:alert(1)" start="1 onload=x" trackers="wss://t.example/ http://no.example javascript:x"]`,
    `[sprat src="//evil.example/a" onload="alert(1)"]`,
    `[sprat src="${FILM}" title="<script>alert(1)</script>x"]`,
    `<!-- wp:sprat/video {"src":{"a":1},"title":["x"]} /-->`,
    `<!-- wp:sprat/video {"src":"${FILM}","title":"\\u0022\\u003e\\u003cimg src=x onerror=alert(1)\\u003e"} /-->`,
  ].join('\n\n'),
  nothing: '[sprat]',
  discovered: `Look:\n\n${origin}/cards/life.html\n\nNice.`,
})

/**
 * A card as `cargo xtask card` writes it, on a site of another, as far as WordPress can tell; and a language that WordPress
 * takes for installed.
 */
const FILES = origin => {
  const life = { title: 'Life', embed: `${origin}/cards/embed.html?src=${FILM}`, width: 560, height: 315 }
  return {
    'cards/life.html': `<!doctype html><html><head><title>Life</title>${share.discovery(life, `${origin}/cards/life.json`)}</head><body></body></html>`,
    'cards/life.json': JSON.stringify(share.oembed(life)),
    'wp-content/languages/de_DE.mo': mo(new Map([['', 'Language: de_DE\n']])),
  }
}

test('every file of the plugin is PHP', { skip: missing('php-cli') }, t => {
  const files = readdirSync(plugin, { recursive: true }).filter(name => name.endsWith('.php'))
  for (const name of files) {
    const { status, stdout, stderr } = spawnSync('php', ['-d', 'display_errors=stderr', '-l', join(plugin, name)], { encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
  }
  assert.ok(files.length > 5, 'they are found')
  t.diagnostic(`${files.length} files, PHP ${version('php-cli')}`)
})

describe('in WordPress', { skip: missingWordPress() }, () => {
  let site
  before(async () => { site = await wordpress(POSTS, FILES) })
  after(() => site?.close())

  const read = async (address, init) => (await fetch(address, init)).text()
  /** What stands in the post, by tag. */
  const post = name => at(site.address(name))
  const at = async address => {
    const html = (await read(address)).replaceAll('&#038;', '&amp;').replaceAll('&#039;', `'`)
    const [, main] = /<main>([^]*)<\/main>/.exec(html)
    const found = elements(main)
    return Object.assign(tag => found.filter(({ name }) => name === tag).map(({ attributes }) => attributes), { main, found })
  }
  const queried = address => Object.fromEntries(new URL(address, site.origin).searchParams)
  const set = options => site.run(`update_option("sprat", json_decode('${JSON.stringify(options)}', true)); echo 1;`)

  test('a shortcode becomes the element, with a link for pages without scripts, and the loader', async t => {
    t.diagnostic(`WordPress ${site.version}, PHP ${version('php-cli')}`)
    const found = await post('shortcode')
    assert.deepEqual(found('sprat-player'), [{ src: FILM, 'media-title': 'Life & more', start: '1m30s', p2p: 'ask' }], 'an author cannot say that visitors were asked')
    assert.deepEqual(found('a'), [{ href: FILM }])
    assert.match(found.main, /<noscript><a [^>]*>Life &amp; more<\/a><\/noscript><\/sprat-player>/)
    assert.deepEqual(found('script').map(({ type, src }) => [type, new URL(src).pathname]), [['module', '/wp-content/plugins/sprat/player/sprat.js']])
    assert.match(found.main, /<p>Before\.<\/p>[^]*<p>After\.<\/p>/)
  })

  test('or an iframe, where that is wished', async () => {
    const [frame] = (await post('frame'))('iframe')
    assert.equal(new URL(frame.src).pathname, EMBED)
    assert.deepEqual(queried(frame.src), { p2p: 'ask', src: FILM, title: 'In a frame' })
    assert.deepEqual([frame.title, frame.loading], ['In a frame', 'lazy'])
    await set({ frame: true })
    assert.equal((await post('shortcode'))('iframe').length, 1)
    await set({})
  })

  test('a block is what its attributes say, in the width of the theme', async () => {
    const found = await post('block')
    assert.deepEqual(found('sprat-player'), [{ src: FILM, 'media-title': 'A block', p2p: 'ask' }])
    assert.match(found('div')[0].class, /wp-block-sprat-video.*alignwide|alignwide.*wp-block-sprat-video/)
  })

  test('lists are lists', async () => {
    const found = await post('lists')
    assert.deepEqual(found('sprat-playlist'), [{ src: '/list.json', start: '5', p2p: 'ask' }])
    const [frame] = found('iframe')
    assert.match(frame.src, /\/playlist\.html\?/)
    assert.equal(queried(frame.src).peertube, INSTANCE_LIST)
  })

  test('a pasted address of our own pages is an iframe, without what is not for an author to decide', async () => {
    const [frame] = (await post('pasted'))('iframe')
    assert.deepEqual(queried(frame.src), { p2p: 'ask', src: FILM, title: 'Pasted', muted: '1' })
  })

  test('a card of another site is found by its oEmbed answer, and put into a sandbox', async () => {
    const [frame] = (await post('discovered'))('iframe')
    assert.equal(frame.sandbox, 'allow-scripts')
    const { pathname, searchParams } = new URL(frame.src)
    assert.deepEqual([pathname, searchParams.get('src')], ['/cards/embed.html', FILM])
  })

  test('no author leaves an attribute, names a scheme, or adds an event', async () => {
    const found = await post('hostile')
    assert.deepEqual(found('sprat-player').map(({ src, poster, start, trackers }) => ({ src, poster, start, trackers })), [
      { src: FILM, poster: undefined, start: undefined, trackers: 'wss://t.example/' },
      { src: FILM, poster: undefined, start: undefined, trackers: undefined },
      { src: FILM, poster: undefined, start: undefined, trackers: undefined },
    ])
    for (const { name, attributes } of found.found) {
      assert.ok(['p', 'div', 'script', 'sprat-player', 'noscript', 'a'].includes(name), name)
      for (const [key, value] of Object.entries(attributes)) {
        assert.doesNotMatch(key, /^on/)
        if (['src', 'href'].includes(key)) assert.match(value, /^(\/film|http:\/\/127\.0\.0\.1)/)
      }
    }
  })

  test('visitors read nothing of an author’s mistake', async () => {
    assert.doesNotMatch((await post('nothing')).main, /Sprat|sprat/)
    const said = site.run('wp_set_current_user(2); echo json_encode(do_shortcode("[sprat]"));')
    assert.match(said, /role="alert">Sprat has nothing to play/)
  })

  test('in a feed there is a link', async () => {
    const feed = await read(`${site.origin}/?feed=rss2`)
    assert.match(feed, /<p><a href="\/film\/master\.m3u8">A block<\/a><\/p>/)
    assert.doesNotMatch(feed, /sprat-player|player\/embed\.html\?p2p/)
  })

  test('the site’s answer about sharing holds for its own trackers, and the most careful one counts', async () => {
    const of = (p2p, shortcode) => {
      set({ p2p, trackers: 'wss://own.example/' })
      const [, attribute] = / p2p="(\w+)"/.exec(site.run(`echo json_encode(do_shortcode('${shortcode}'));`))
      return attribute
    }
    const plain = `[sprat src="${FILM}"]`
    assert.deepEqual(['off', 'ask', 'on'].map(p2p => of(p2p, plain)), ['off', 'ask', 'on'])
    assert.equal(of('on', `[sprat src="${FILM}" p2p="off"]`), 'off')
    assert.equal(of('on', `[sprat src="${FILM}" p2p="ask"]`), 'ask')
    assert.equal(of('off', `[sprat src="${FILM}" p2p="on"]`), 'off')
    assert.equal(of('on', `[sprat src="${FILM}" trackers="wss://other.example/"]`), 'ask')
    assert.equal(of('on', `[sprat peertube="${INSTANCE_LIST}"]`), 'ask')
    assert.equal(of('on', '[sprat list="/list.json"]'), 'ask')
    await set({})
  })

  test('the route speaks oEmbed 1.0 of our own pages, and of no others', async () => {
    const ask = (url, more = '') => fetch(`${site.origin}/?rest_route=/sprat/v1/oembed&url=${encodeURIComponent(url)}${more}`)
    const response = await ask(`${site.origin}${EMBED}?src=${FILM}&title=A%20%22b%22`, '&maxwidth=320')
    assert.equal(response.status, 200)
    const { html, ...said } = await response.json()
    assert.deepEqual(said, { version: '1.0', type: 'video', title: 'A "b"', provider_name: 'Films & "more"', provider_url: `${site.origin}/`, width: 320, height: 180 })
    const [{ attributes }] = elements(html.replaceAll('&#038;', '&amp;'))
    assert.deepEqual([attributes.width, queried(attributes.src).src], ['320', FILM])
    assert.equal((await ask(`${site.origin}${EMBED}?src=${FILM}`, '&format=xml')).status, 501)
    for (const other of ['https://evil.example/', `https://evil.example/?src=/x&${site.origin}${EMBED}?x`, `${site.origin}${EMBED}?src=javascript:alert(1)`, `${site.origin}${EMBED}`, `${site.origin}${EMBED}?x=1`]) assert.equal((await ask(other)).status, 404, other)
  })

  test('the editor’s preview asks that route', () => {
    const html = site.run(`
      wp_set_current_user(2);
      $request = new WP_REST_Request("GET", "/oembed/1.0/proxy");
      $request->set_param("url", "${site.origin}${EMBED}?src=${FILM}&title=Preview");
      echo json_encode(rest_do_request($request)->get_data());
    `).html
    assert.match(html, /<iframe title="Preview"/)
  })

  test('the settings are for those who manage the site, and are read strictly', async () => {
    const page = async (name, path) => {
      const response = await fetch(`${site.origin}/wp-login.php`, { method: 'POST', redirect: 'manual', headers: { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' }, body: new URLSearchParams({ log: name, pwd: 'secret', testcookie: '1' }) })
      const cookie = response.headers.getSetCookie().map(one => one.split(';', 1)[0]).join('; ')
      const answer = await fetch(site.origin + path, { headers: { cookie } })
      return { status: answer.status, html: await answer.text() }
    }
    const path = '/wp-admin/options-general.php?page=sprat'
    assert.match((await page('admin', path)).html, /name="_wpnonce"[^]*name="sprat\[trackers\]"/)
    assert.equal((await page('author', path)).status, 403)
    const cleaned = site.run(`echo json_encode(\\Sprat\\cleaned(array("player" => "javascript:x", "p2p" => "always", "trackers" => array("x"), "ice" => "stun:a.example x\\"y turn:u:p@b.example", "more" => "x")));`)
    assert.deepEqual(cleaned, { player: '', frame: false, p2p: 'ask', trackers: '', ice: 'stun:a.example turn:u:p@b.example' })
    assert.deepEqual(site.run('echo json_encode(\\Sprat\\cleaned("x"));').p2p, 'ask')
  })

  test('editors and administrators read the language of the site', () => {
    const speak = language => site.run(`update_option("WPLANG", "${language}"); echo 1;`)
    speak('de_DE')
    const [said, block, script, plugin] = site.run(`
      require ABSPATH . "wp-admin/includes/plugin.php";
      wp_set_current_user(2);
      $script = wp_scripts()->registered["sprat-video-editor-script"];
      echo json_encode(array(
        do_shortcode("[sprat]"),
        WP_Block_Type_Registry::get_instance()->get_registered("sprat/video")->title,
        json_decode(load_script_textdomain($script->handle, $script->textdomain, $script->translations_path), true)["locale_data"]["messages"]["Title"],
        get_plugin_data(\\Sprat\\FILE)["Description"],
      ));
    `)
    assert.match(said, /Sprat hat hier nichts abzuspielen/)
    assert.deepEqual([block, script], ['Sprat-Video', ['Titel']])
    assert.match(plugin, /^Spielt HLS/)
    speak('')
  })

  test('a player elsewhere is named in the settings', async () => {
    await set({ player: 'https://cdn.example/sprat' })
    assert.deepEqual((await post('shortcode'))('script'), [{ type: 'module', src: 'https://cdn.example/sprat/sprat.js' }])
    await set({ player: '/sprat' })
    assert.equal((await post('shortcode'))('script')[0].src, `${site.origin}/sprat/sprat.js`)
    await set({})
  })

  test('without a player’s files there is a link, and an editor is told', async () => {
    renameSync(join(site.folder, 'player'), join(site.folder, 'away'))
    try {
      const found = await post('shortcode')
      assert.deepEqual([found('sprat-player').length, found('script').length, found('a')], [0, 0, [{ href: FILM }]])
      assert.match(site.run(`wp_set_current_user(2); echo json_encode(do_shortcode('[sprat src="${FILM}"]'));`), /Sprat has no player yet/)
      assert.match(site.run('wp_set_current_user(1); require ABSPATH . "wp-admin/includes/admin.php"; set_current_screen("options-general"); ob_start(); \\Sprat\\page(); echo json_encode(ob_get_clean());'), /There is no player yet.*player\//)
    } finally {
      renameSync(join(site.folder, 'away'), join(site.folder, 'player'))
    }
  })

  for (const name of ['shortcode', 'frame', 'block', 'pasted']) {
    test(`${name}: it plays`, { skip: !BROWSER && 'there is no browser here' }, async t => {
      const [{ tag, time }] = await played(site.address(name), { picture: process.env.SPRAT_PICTURES && join(process.env.SPRAT_PICTURES, `wordpress-${name}.png`) })
      assert.equal(tag, 'sprat-player')
      t.diagnostic(`${time.toFixed(1)} s of it`)
    })
  }

  test('an author fills in the block, and visitors get what was typed', { skip: !BROWSER && 'there is no browser here' }, async () => {
    const fields = { 'Address of an HLS playlist or a file': FILM, Title: 'A "typed" one', Start: '5', Trackers: 'wss://t.example/' }
    const { address, content, directions } = await published(site, fields, { picture: process.env.SPRAT_PICTURES && join(process.env.SPRAT_PICTURES, 'wordpress-editor.png') })
    const [, block] = /^<!-- wp:sprat\/video (\{.*\}) \/-->$/.exec(content)
    assert.deepEqual(JSON.parse(block), { src: FILM, title: 'A "typed" one', start: '5', trackers: 'wss://t.example/' })
    assert.deepEqual(Object.values(directions), ['ltr', 'auto', 'ltr', 'ltr'], 'an address is written as one, in languages from right to left as well')
    assert.deepEqual((await at(address))('sprat-player'), [{ src: FILM, 'media-title': 'A "typed" one', start: '5', trackers: 'wss://t.example/', p2p: 'ask' }])
  })

  test('when it goes, its option goes, and posts keep their words', async () => {
    await set({ p2p: 'off' })
    assert.equal(site.run('require ABSPATH . "wp-admin/includes/plugin.php"; deactivate_plugins("sprat/sprat.php"); uninstall_plugin("sprat/sprat.php"); echo json_encode(get_option("sprat"));'), false)
    assert.match((await post('shortcode')).main, /\[sprat src=/)
  })
})
