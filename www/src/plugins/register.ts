// Plugins of the page, for the players of the page. What attaches them is fetched with the first.

import type { Plugin } from './api.ts';

export type * from './api.ts';

/** Rejects where it is no plugin, or there is one of that name. */
export async function registerPlugin(plugin: Plugin): Promise<void> {
  const { host } = await import('./host.ts');
  host(plugin);
}
