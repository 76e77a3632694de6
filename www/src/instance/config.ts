// What does an instance say of itself? Once for each instance on a page, after the first frame: how often it wants to hear of
// a viewer, whether it measures, and what it thinks of sharing. An instance that says nothing is one with PeerTube's defaults.

import type { Api } from './api.ts';
import { object, whole } from './judge.ts';
import type { SensitivePolicy } from './model.ts';
import { type PluginScript, readScripts } from './scripts.ts';

export interface InstanceConfig {
  /** Milliseconds between views, of those signed in and of the others. */
  watchingInterval: { users?: number; anonymous?: number };
  /** Milliseconds between playback metrics, where it wants any. */
  metricsInterval?: number;
  /** Whether its tracker is on; a video of its own has no swarm without. */
  tracker: boolean;
  /** Whether its own embeds share unless their viewers say otherwise. */
  sharesByDefault: boolean;
  /** What becomes of videos that are not for everybody. */
  sensitive: SensitivePolicy;
  /** What its plugins have for embeds. */
  scripts: PluginScript[];
}

const MOST_INSTANCES = 20;
const known = new Map<string, Promise<InstanceConfig>>();
/** Who wants to know, and does not ask. */
const waiting = new Map<string, ((config: InstanceConfig) => void)[]>();

export function configOf(origin: string, api: Api): Promise<InstanceConfig> {
  let config = known.get(origin);
  if (!config) {
    config = api.ask(`${origin}/api/v1/config`).catch(() => undefined).then(readConfig);
    if (known.size >= MOST_INSTANCES) known.clear();
    known.set(origin, config);
    void config.then(config => {
      for (const tell of waiting.get(origin) ?? []) tell(config);
      waiting.delete(origin);
    });
  }
  return config;
}

/** The same for who may not ask: at once where somebody on this page has, else when somebody does. */
export function whenConfigured(origin: string, tell: (config: InstanceConfig) => void): void {
  const config = known.get(origin);
  if (config) void config.then(tell);
  else waiting.set(origin, [...(waiting.get(origin) ?? []), tell]);
}

/** Whether somebody has asked. */
export function isConfigured(origin: string): boolean {
  return known.has(origin);
}

export function readConfig(json: unknown): InstanceConfig {
  const config = object(json);
  const { users, anonymous } = object(object(object(config['views'])['videos'])['watchingInterval']);
  const metrics = object(object(config['openTelemetry'])['metrics']);
  const [ofUsers, ofAnonymous] = [users, anonymous].map(ms => whole(ms, 1));
  return {
    watchingInterval: { ...(ofUsers && { users: ofUsers }), ...(ofAnonymous && { anonymous: ofAnonymous }) },
    ...(metrics['enabled'] === true && { metricsInterval: Math.max(5_000, whole(metrics['playbackStatsInterval'], 1) ?? 15_000) }),
    tracker: object(config['tracker'])['enabled'] !== false,
    sharesByDefault: object(object(object(config['defaults'])['p2p'])['embed'])['enabled'] === true,
    sensitive: readPolicy(object(config['instance'])['defaultNSFWPolicy']),
    scripts: readScripts(object(config['plugin'])['registered']),
  };
}

/** One that does not even list such videos shows no more of them than one that blurs them; and so does one that does not say. */
function readPolicy(policy: unknown): SensitivePolicy {
  return policy === 'display' || policy === 'warn' ? policy : 'blur';
}
