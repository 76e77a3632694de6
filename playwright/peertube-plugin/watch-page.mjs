// PeerTube's watch page, as far as a plugin's script can tell: loads the scripts of its scope, and builds the addresses and the
// code of the share dialog, each through its filter.

export class WatchPage {
  #hooks = new Map()

  /** @param {string} origin   of the instance */
  static async open(origin, plugins) {
    // Scripts of a page know where it is.
    globalThis.location = { origin }
    const page = new WatchPage()
    for (const { npmName, name, version, clientScripts } of plugins.registered.values()) {
      for (const { script, scopes } of clientScripts) {
        if (!scopes.includes('video-watch') && !scopes.includes('common')) continue
        const base = `${origin}/plugins/${name}/${version}`
        const response = await fetch(`${base}/client-scripts/${script}`)
        if (!response.ok || !/javascript/.test(response.headers.get('content-type'))) throw new Error(`${script}: ${response.status}`)
        const code = await import(`data:text/javascript;base64,${Buffer.from(await response.arrayBuffer()).toString('base64')}#${Math.random()}`)
        await code.register(page.#options(origin, npmName, base))
      }
    }
    return page
  }

  /** @param {'video' | 'video-playlist'} kind */
  address(kind, url) {
    return this.#filter(`filter:share.${kind}-embed-url.build.result`, url)
  }

  async code(kind, url, { responsive = false } = {}) {
    const frame = `<iframe title="A &lt;film&gt;" width="${responsive ? '100%" height="100%' : '560" height="315'}" src="${await this.address(kind, url)}" frameborder="0" allowfullscreen="" sandbox="allow-same-origin allow-scripts allow-popups allow-forms"></iframe>`
    const code = responsive ? `<div style="position: relative; padding-top: 56.25%;">${frame}</div>` : frame
    return this.#filter(`filter:share.${kind}-embed-code.build.result`, code)
  }

  async #filter(target, result) {
    for (const handler of this.#hooks.get(target) ?? []) result = await handler(result)
    return result
  }

  #options(origin, npmName, base) {
    return {
      registerHook: ({ target, handler }) => void this.#hooks.set(target, [...(this.#hooks.get(target) ?? []), handler]),
      registerVideoField() {},
      registerSettingsScript() {},
      registerClientRoute() {},
      peertubeHelpers: {
        getBaseStaticRoute: () => `${base}/static`,
        getBaseRouterRoute: () => `${base}/router`,
        getSettings: async () => {
          const response = await fetch(`${origin}/api/v1/plugins/${npmName}/public-settings`)
          if (!response.ok) throw new Error(`settings: ${response.status}`)
          return (await response.json()).publicSettings
        },
        isLoggedIn: () => false,
        translate: async words => words,
      },
    }
  }
}
