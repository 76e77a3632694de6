// Before all others, at once, and later.
export function register({ registerHook }) {
  registerHook({ target: 'action:embed.player.loaded', priority: 9, handler: () => { throw new Error('in a handler') } })
  registerHook({ target: 'action:embed.player.loaded', priority: 9, handler: async () => { await null; throw new Error('in a handler, later') } })
  registerHook({ target: 'action:embed.player.loaded', priority: 9, handler: () => new Promise(() => {}) })
}
