// A wrong name told to an instance's tracker shuts out everybody at that address for three minutes. Viewers of instances of
// every generation, of one whose list is another video's, of one that lists what its tracker does not know, of one that lists
// nothing, and of one that sends viewers to another's tracker, play side by side with others they can meet; nobody is blocked,
// and who may share does.
import assert from 'node:assert/strict'

/** Of what the instance lists and what its tracker knows: what a viewer can do. */
const INSTANCES = [
  { generation: 'v1', shares: true },
  { generation: 'a', shares: true },
  { generation: 'b', shares: true },
  { generation: 'c', shares: true },
  { generation: 'wrong', shares: false },
  { generation: 'a', listed: 'wrong', shares: false },
  { generation: 'v1', listed: 'none', shares: false },
  { generation: 'a', tracker: 'another', shares: false },
]
const VIDEOS = ['vod', 'live']
/** Never, whatever the list says. */
const UNSHARED = ['password', 'small']
/** Long enough for a list, an announce and an answer, once it plays. */
const SETTLED_MS = 3000

export default {
  about: 'instances of every generation, and with lists that match nothing: no tracker is told a name it does not know',
  seconds: 70,
  // What is announced is decided in the engine, which is the same everywhere.
  browsers: ['chromium'],
  // Of the video that asks for a password.
  expects: [/status of 403/],
  server: { instance: { rate: { calls: 10_000, seconds: 10 } } },
  async run(world) {
    const { instance } = world.server
    const watched = async (tab, key) => {
      await tab.ask(address => put('sprat-player', { peertube: address, autoplay: '', p2p: 'on', muted: '', style: 'width: 320px' }), instance.watch(key))
      if (key === 'password') await tab.until(() => last('passwordrequired'), { what: 'the question' })
      if (key === 'password') await tab.ask(() => { element.setVideoPassword('sesame'); void element.play() })
      await tab.until(() => element.currentTime > 0 && element.readyState > 2 && element.instanceExtras, { what: `${key} plays` })
      const meets = () => Object.keys(instance.tracker.snapshot().swarms)
      for (const until = Date.now() + SETTLED_MS; Date.now() < until && meets().length === 0;) await new Promise(resolve => setTimeout(resolve, 100))
      return { sharing: await tab.ask(() => element.stats.sharing), swarms: meets() }
    }

    for (const { generation, listed, tracker = 'here', shares } of INSTANCES) {
      Object.assign(instance.switches, { generation, listed, tracker })
      // An instance of its own, for a viewer who knew none before.
      const tab = await world.page('cases/peertube/index.html', { ready: 'put' })
      const name = [generation, listed && `listing ${listed}`, tracker !== 'here' && `tracker ${tracker}`].filter(Boolean).join(', ')
      const seen = []
      for (const key of shares ? VIDEOS : VIDEOS.slice(0, 1)) {
        const { sharing, swarms } = await watched(tab, key)
        seen.push(swarms.length)
        assert.equal(instance.tracker.blocks, 0, `${name}: ${key}: ${instance.tracker.unknown}`)
        assert.equal(swarms.length > 0, shares, `${name}: ${key}: sharing is ${sharing}`)
        const known = instance.listed(instance.catalog.videos.get(key))
        assert.ok(swarms.every(swarm => known.includes(swarm)), `${name}: ${key}`)
        await tab.ask(() => element.remove())
        instance.tracker.disconnect()
        await world.until(() => Object.keys(instance.tracker.snapshot().swarms).length === 0, { what: 'who leaves has left' })
      }
      world.note(`${name}: ${seen.join(' and ')} swarms`)
    }
    Object.assign(instance.switches, { generation: 'v1', listed: undefined, tracker: 'here' })
    const tab = await world.page('cases/peertube/index.html', { ready: 'put' })
    for (const key of UNSHARED) {
      const { sharing, swarms } = await watched(tab, key)
      assert.deepEqual(swarms, [], `${key}: sharing is ${sharing}`)
    }
    assert.deepEqual([instance.tracker.blocks, instance.tracker.refusals], [0, 0])
    world.note(`${instance.tracker.blocks} blocks`)
  },
}
