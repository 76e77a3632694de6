// Guests in the player: what a plugin is given, and that one which throws, in whatever it does, is named and taken off, while the
// video and the other plugins go on.
import assert from 'node:assert/strict'

const HOOKS = ['setup', 'setup later', 'on play', 'cue enter', 'cue leave', 'menu', 'menu take', 'end']

export default {
  about: 'plugins: lifecycle, events, cues, layers, menu, store, words; one that throws in any hook is named, taken off, and stops nothing',
  seconds: 40,
  async run(world) {
    const tab = await world.viewer({ autoplay: undefined, preload: 'auto', muted: '', p2p: 'off' })
    await tab.until(() => page.video?.readyState > 1, { what: 'a picture' })
    await isGiven(tab)
    await throws(world, tab)
    await isRefused(tab)
    await chosen(tab)
  },
}

async function isGiven(tab) {
  await tab.ask(async () => {
    const { registerPlugin } = await import('/sprat.js')
    globalThis.log = []
    await registerPlugin({
      name: 'good',
      setup(player) {
        log.push(`setup ${player.version} ${player.element.localName}`)
        const { root } = player.layer({ label: 'Good', css: '.plugin-good b{color:rgb(1,2,3)}' })
        const list = player.cues({ enter: ({ data }) => { log.push(`enter ${data}`); root.innerHTML = `<b>${data}</b><button>press</button>` }, leave: ({ data }) => { log.push(`leave ${data}`); root.replaceChildren() } })
        list.set([{ start: 1, end: 2.5, data: 'one' }, { start: 30, data: 'two' }])
        player.on('pause', () => log.push('pause'))
        let on = false
        player.menu({ label: 'Good thing', isOn: () => on, take: () => { on = !on; log.push(`menu ${on}`) } })
        player.store.set('seen', 'yes')
        log.push(`store ${player.store.get('seen')} ${player.store.get('other')} ${localStorage.getItem('sprat:plugin:good:seen')}`)
        log.push(player.translate({ de: { a: 'nein' }, en: { a: 'yes' } }).a)
        return () => log.push('end')
      },
    })
  })
  await tab.until(() => log.length === 3, { what: 'it is set up' })
  assert.deepEqual(await tab.ask(() => log), ['setup 1 sprat-player', 'store yes null yes', 'yes'])
  await tab.ask(() => page.element.play())
  await tab.until(() => log.includes('enter one') && page.element.shadowRoot.querySelector('.plugin-good b'), { what: 'a cue begins' })
  assert.equal(await tab.ask(() => getComputedStyle(page.element.shadowRoot.querySelector('.plugin-good b')).color), 'rgb(1, 2, 3)')
  await tab.until(() => log.includes('leave one'), { what: 'and ends' })
  const late = await tab.ask(() => page.element.currentTime)
  assert.ok(late >= 2.4 && late < 3.5, `left at ${late}`)
  await tab.ask(() => { page.element.pause(); page.element.currentTime = 40 })
  await tab.until(() => log.includes('pause') && log.includes('enter two'), { what: 'by seeking, too' })
  await pressMenu(tab, 'Good thing')
  await tab.until(() => log.includes('menu true'), { what: 'the entry of the menu' })
  const checked = await tab.ask(async () => {
    page.element.shadowRoot.querySelector('.button.settings').click()
    while (!page.element.shadowRoot.querySelector('[role=menuitemcheckbox]')) await new Promise(resolve => setTimeout(resolve, 20))
    const found = page.element.shadowRoot.querySelector('[role=menuitemcheckbox]').ariaChecked
    page.element.shadowRoot.querySelector('.button.settings').click()
    return found
  })
  assert.equal(checked, 'true')
  // It leaves with the player, and comes with it.
  await tab.ask(() => {
    log.length = 0
    const { element } = page
    element.remove()
    document.body.append(element)
  })
  await tab.until(() => log.filter(word => word === 'end').length === 1 && log.some(word => word.startsWith('setup')), { what: 'once more' })
  await tab.until(() => page.video?.readyState > 1, { what: 'a picture' })
}

async function throws(world, tab) {
  for (const hook of HOOKS) {
    await tab.ask(async hook => {
      globalThis.failed = []
      page.element.addEventListener('pluginerror', ({ detail }) => failed.push(detail))
      const { registerPlugin } = await import('/sprat.js')
      const bad = () => { throw new Error(`planted in ${hook}`) }
      const now = page.element.currentTime
      await registerPlugin({
        name: `bad-${hook.replaceAll(' ', '-')}`,
        setup(player) {
          player.layer().root.className += ' planted'
          if (hook === 'setup') bad()
          if (hook === 'setup later') return Promise.resolve().then(bad)
          if (hook === 'on play') player.on('play', bad)
          if (hook === 'cue enter') player.cues({ enter: bad }).set([{ start: 0, data: 0 }])
          if (hook === 'cue leave') player.cues({ enter() {}, leave: bad }).set([{ start: 0, end: now + 1, data: 0 }])
          if (hook === 'menu') player.menu({ label: 'Bad thing', isOn: bad, take() {} })
          if (hook === 'menu take') player.menu({ label: 'Bad thing', take: bad })
          return hook === 'end' ? bad : undefined
        },
      })
    }, hook)
    if (hook === 'on play') await tab.ask(() => page.element.play())
    if (hook === 'cue leave') await tab.ask(() => { page.element.currentTime += 5 })
    if (hook === 'menu take') await pressMenu(tab, 'Bad thing')
    if (hook === 'menu') await tab.ask(() => page.element.shadowRoot.querySelector('.button.settings').click())
    if (hook === 'end') {
      await tab.ask(() => {
        const { element } = page
        element.remove()
        document.body.append(element)
      })
    }
    await tab.until(() => failed.length > 0, { what: `${hook}: it is said` })
    const [{ plugin, hook: where, message, tried }] = await tab.ask(() => failed)
    assert.equal(plugin, `bad-${hook.replaceAll(' ', '-')}`)
    assert.equal(where, hook === 'setup later' ? 'setup' : hook === 'menu take' ? 'menu' : hook)
    assert.match(message, new RegExp(`${plugin}.*planted in ${hook}`))
    assert.ok(tried)
    if (hook === 'menu') await tab.ask(() => page.element.shadowRoot.querySelector('.button.settings').click())
    if (hook !== 'end') await tab.until(() => page.element.shadowRoot.querySelector('.planted') === null, { what: `${hook}: what it added is gone` })
    assert.equal(await tab.ask(() => page.element.shadowRoot.querySelectorAll('.plugin-good').length), 1, `${hook}: the other is there`)
  }
  await tab.ask(() => page.element.play())
  const before = await tab.ask(() => page.element.currentTime)
  await tab.until(before => page.element.currentTime > before + 0.3, { argument: before, what: 'the video plays' })
  assert.equal(await tab.ask(() => page.element.error === null), true)
  world.note(`thrown in: ${HOOKS.join(', ')}`)
}

async function isRefused(tab) {
  const answers = await tab.ask(async () => {
    const { registerPlugin } = await import('/sprat.js')
    const tries = [{ name: 'good', setup() {} }, { name: 'a b', setup() {} }, { name: '', setup() {} }, { name: 'none' }, {}]
    return Promise.all(tries.map(plugin => registerPlugin(plugin).then(() => 'taken', ({ name, message }) => `${name}: ${message}`)))
  })
  for (const answer of answers) assert.match(answer, /^TypeError: /)
}

/** A player names those that are for it. */
async function chosen(tab) {
  const found = await tab.ask(async () => {
    const { registerPlugin } = await import('/sprat.js')
    globalThis.seen = []
    for (const name of ['first', 'second']) await registerPlugin({ name, setup: ({ element }) => void seen.push(`${name} ${element.id}`) })
    for (const [id, plugins] of [['none', ''], ['one', 'second'], ['all', null]]) {
      const player = Object.assign(document.createElement('sprat-player'), { id })
      if (plugins !== null) player.setAttribute('plugins', plugins)
      document.body.append(player)
    }
    await new Promise(resolve => setTimeout(resolve, 100))
    return seen.filter(word => !word.endsWith(' '))
  })
  assert.deepEqual(found, ['second one', 'first all', 'second all'])
}

async function pressMenu(tab, label) {
  await tab.ask(async label => {
    const root = page.element.shadowRoot
    root.querySelector('.button.settings').click()
    const entry = () => [...root.querySelectorAll('#popup button')].find(({ textContent }) => textContent.includes(label))
    while (!entry()) await new Promise(resolve => setTimeout(resolve, 20))
    entry().click()
  }, label)
}
