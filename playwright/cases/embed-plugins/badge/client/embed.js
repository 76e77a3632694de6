// A badge over the picture, with what the interface of the player says. What it was given it leaves for the test to see.
export async function register({ registerHook, registerVideoField, registerSettingsScript, registerClientRoute, doAction, peertubeHelpers }) {
  registerVideoField({})
  registerSettingsScript({})
  registerClientRoute({})
  doAction('action:unknown')
  const { words } = await peertubeHelpers.getSettings()
  const seen = (globalThis.badge = {
    calls: [], others: 0, words, translated: await peertubeHelpers.translate('Hello'), signedIn: peertubeHelpers.isLoggedIn(), files: peertubeHelpers.getBaseStaticRoute(),
  })
  registerHook({ target: 'filter:internal.player.videojs.options.result', handler: () => { seen.others += 1 } })
  registerHook({ target: 'action:embed.player.loaded', priority: 1, handler: () => seen.calls.push('second') })
  registerHook({
    target: 'action:embed.player.loaded',
    priority: 2,
    handler: ({ player, videojs, video }) => {
      const badge = document.createElement('p')
      badge.id = 'badge'
      badge.style.cssText = 'position: fixed; inset: 8px auto auto 8px; margin: 0; padding: 4px 8px; background: #000; color: #fff; pointer-events: none'
      document.body.append(badge)
      const tell = () => (badge.textContent = `${words}: ${video.name}, ${player.currentTime.toFixed(1)} s`)
      player.addEventListener('timeupdate', tell)
      tell()
      seen.calls.push(`first: ${player.localName}, ${typeof videojs}, ${player.currentTime > 0}, ${video.uuid}`)
    },
  })
}
