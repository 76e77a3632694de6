// What an instance's plugins have for embeds is loaded from where the page itself stands, and is handed our player where
// PeerTube hands over its own. A plugin that fails, or is not ready in time, is named by a warning: playback and the others do
// not notice. They run in the page, as they do in PeerTube's: one that keeps the thread busy keeps the page busy.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import { type Fault, SpratError } from '../fault.ts';
import { authorizationOn } from '../instance/doors.ts';
import { text } from '../instance/judge.ts';
import type { InstancePlugins, PluginScript } from '../instance/scripts.ts';

const HOOK = 'action:embed.player.loaded';
/** No other plugin waits for one longer than this. */
const PATIENCE_MS = 10_000;

type Handler = (context: { player: SpratPlayer; videojs: undefined; video: unknown }) => unknown;
interface Hook {
  target?: unknown;
  handler: Handler;
  priority?: unknown;
}

export async function run(player: SpratPlayer, { scripts, video }: InstancePlugins): Promise<void> {
  const failed = ({ name }: PluginScript) => (error: unknown) => {
    player.media.dispatchEvent(new CustomEvent('warning', { detail: new SpratError(failure(name, error)) }));
    return [];
  };
  const loaded = await Promise.all(scripts.map(async script => ({ script, hooks: await load(script).catch(failed(script)) })));
  const hooks = loaded.flatMap(({ script, hooks }) => hooks.map(hook => ({ ...hook, script })));
  hooks.sort((a, b) => rank(b) - rank(a));
  // In this order, and nobody waits for what another one has begun.
  for (const { handler, script } of hooks) (async () => handler({ player, videojs: undefined, video }))().catch(failed(script));
}

/** Resolves with what is to be called. What a plugin registers later is not. */
async function load(script: PluginScript): Promise<Hook[]> {
  const hooks: Hook[] = [];
  const begin = async () => {
    const { register } = (await import(`${location.origin}${base(script)}/client-scripts/${script.path}`)) as { register: (options: object) => unknown };
    await register({
      registerHook: (hook: Hook) => void (hook.target === HOOK && hooks.push(hook)),
      registerVideoField: nothing,
      registerSettingsScript: nothing,
      registerClientRoute: nothing,
      doAction: nothing,
      peertubeHelpers: helpers(script),
    });
  };
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE_MS, new Error(`it was not ready within ${PATIENCE_MS / 1000} s`)));
  await Promise.race([begin(), late]);
  return [...hooks];
}

/** What PeerTube's embeds have of it, and where the plugin's files are. */
function helpers(script: PluginScript): object {
  const say = (level: 'info' | 'error') => (words: unknown) => console[level](`${script.name}:`, words);
  const authorization = () => authorizationOn(location.origin);
  return {
    getBaseStaticRoute: () => `${base(script)}/static`,
    getBaseRouterRoute: () => `${base(script)}/router`,
    getSettings: async () => {
      const answer = await fetch(`${location.origin}/api/v1/plugins/${script.npmName}/public-settings`);
      return ((await answer.json()) as { publicSettings: unknown }).publicSettings;
    },
    translate: async (words: string) => words,
    isLoggedIn: () => authorization() !== undefined,
    getAuthHeader: () => authorization() && { Authorization: authorization() },
    notifier: { info: say('info'), success: say('info'), error: say('error') },
  };
}

function base({ name, version }: PluginScript): string {
  return `/plugins/${name}/${version}`;
}

function rank({ priority }: Hook): number {
  return Number(priority) || 0;
}

function nothing(): void {}

function failure(name: string, error: unknown): Fault {
  const why = (error instanceof Error && text(error.message, 300)) || 'it does not say why';
  return {
    culprit: 'player',
    code: 4,
    name: 'plugin-failed',
    message: `The plugin ${name} failed: ${why}.`,
    tried: 'Playback and the other plugins go on without it.',
  };
}
