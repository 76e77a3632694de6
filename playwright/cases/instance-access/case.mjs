// Who may see a video, for as long as they watch it: tokens that run out are replaced while it plays; who is signed in at an
// instance is so on its own pages, and nowhere else. And what an instance is told when one of its videos fails.
import assert from 'node:assert/strict'

export default {
  about: 'tokens that run out, viewers who are signed in, on the instance and elsewhere; errors that an instance is told; what comes from elsewhere',
  seconds: 120,
  browsers: ['chromium', 'firefox'],
  expects: [/status of (401|403)/, /127\.0\.0\.1:9\b/, /ERR_(UNSAFE_PORT|CONNECTION_REFUSED)/, /CORS|Cross-Origin/],
  server: { instance: { p2p: false, rate: { calls: 1000, seconds: 10 } } },
  async run(world) {
    const { instance, stats } = world.server
    const signedIn = [`localStorage.setItem('access_token', ${JSON.stringify(instance.switches.bearer)}); localStorage.setItem('token_type', 'Bearer')`]
    const page = (attributes, how) => world.page('cases/instance-sessions/index.html', { ready: 'put', ...how })
      .then(async tab => (await tab.ask(attributes => put(attributes), { p2p: 'off', autoplay: '', style: 'width: 480px', ...attributes }), tab))
    const plays = (tab, from, what) => tab.until(from => element.currentTime > from && element.currentTime < from + 12 && !element.paused && element.readyState > 2, { argument: from, what, within: 30_000 })
    const { uuid } = instance.catalog.videos.get('internal')
    const tokens = () => stats.requests(new RegExp(`videos/${uuid}/token`))

    // Signed in on the instance's own page: for its members only, and longer than one token.
    instance.switches.tokenSeconds = 20
    const member = await page({ peertube: instance.watch('internal') }, { before: signedIn, name: 'member' })
    await plays(member, 0.3, 'a video for members')
    assert.equal(tokens(), 1)
    await member.until(() => element.currentTime > 14, { what: 'it plays', within: 40_000 })
    await world.until(() => tokens() >= 2, { what: 'another token', within: 20_000 })
    await member.until(() => element.currentTime > 19 && element.currentTime < 40 && !element.paused && element.readyState > 2, { what: 'it plays on where it was', within: 30_000 })
    await new Promise(resolve => setTimeout(resolve, 4_000))
    await member.ask(() => { element.currentTime = 50 })
    await plays(member, 50.2, 'what is fetched with the other token')
    assert.deepEqual(await member.ask(() => heard.filter(({ type }) => type === 'error')), [])
    world.note(`${tokens()} tokens of 20 s`)
    await member.close()
    instance.switches.tokenSeconds = 8 * 3600

    // The embed page at its address on the instance.
    const embed = await world.page(`videos/embed/${uuid}?muted=1&p2p=0&autoplay=1`, { before: signedIn, name: 'embed' })
    await embed.until(() => document.querySelector('sprat-player')?.currentTime > 0.3, { what: 'its embed, for who is signed in', within: 30_000 })
    await embed.close()

    // Elsewhere what lies there under the same names is not the instance's, and is not sent.
    const elsewhere = instance.origin.replace('127.0.0.1', 'localhost')
    const stranger = await world.page(`${elsewhere}/cases/instance-sessions/index.html`, { before: signedIn, ready: 'put', name: 'stranger' })
    assert.equal(await stranger.ask(() => localStorage.getItem('access_token')), instance.switches.bearer)
    await stranger.ask(attributes => put(attributes), { peertube: instance.watch('internal'), p2p: 'off', autoplay: '' })
    await stranger.until(() => element.error?.name === 'sign-in-needed', { what: 'that it is for members' })
    await stranger.close()

    // What fails is told, once; nothing with `dnt`.
    instance.switches.lies = 'foreign'
    for (const attributes of [{ dnt: '' }, {}]) {
      const failing = await page({ peertube: instance.watch('vod'), ...attributes })
      await failing.until(() => element.error, { what: 'an error', within: 40_000 })
      await new Promise(resolve => setTimeout(resolve, 1_000))
      assert.equal(instance.heard.errors.length, 'dnt' in attributes ? 0 : 1)
      if (!('dnt' in attributes)) {
        const [{ body }] = instance.heard.errors
        const { name, message } = await failing.ask(() => ({ name: element.error.name, message: element.error.message }))
        assert.equal(body.message, `${name}: ${message}`)
        assert.deepEqual([body.level, body.url], ['error', `${instance.origin}/cases/instance-sessions/index.html`])
        assert.equal(JSON.parse(body.meta).video, instance.catalog.videos.get('vod').uuid)
        world.note(`told: ${body.message}`)
      }
      await failing.close()
    }
    instance.switches.lies = 'none'

    // A video of another instance is fetched from there, which is said.
    instance.switches.remote = elsewhere
    const far = await page({ peertube: instance.watch('remote'), 'p2p-warning': '' })
    await far.until(() => element.shadowRoot?.querySelector('.dock .warning'), { what: 'where it comes from' })
    assert.match(await far.ask(() => element.shadowRoot.querySelector('.dock').textContent), new RegExp(`comes from ${new URL(elsewhere).host}`))
  },
}
