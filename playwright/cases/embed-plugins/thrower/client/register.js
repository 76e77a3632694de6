export function register({ registerHook }) {
  registerHook({ target: 'action:embed.player.loaded', handler: () => { globalThis.ranInVain = true } })
  throw new Error('in register')
}
