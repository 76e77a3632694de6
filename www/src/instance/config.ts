// What does an instance say of itself? Once for each instance on a page, after the first frame: how often it wants to hear of
// a viewer, whether it measures, and what it thinks of sharing. An instance that says nothing is one with PeerTube's defaults.

import type { Api } from './api.ts';
import { object, whole } from './judge.ts';

export interface InstanceConfig {
  /** Milliseconds between views, of those signed in and of the others. */
  watchingInterval: { users?: number; anonymous?: number };
  /** Milliseconds between playback metrics, where it wants any. */
  metricsInterval?: number;
  /** Whether its tracker is on; a video of its own has no swarm without. */
  tracker: boolean;
  /** Whether its own embeds share unless their viewers say otherwise. */
  sharesByDefault: boolean;
}

const MOST_INSTANCES = 20;
const known = new Map<string, Promise<InstanceConfig>>();

export function configOf(origin: string, api: Api): Promise<InstanceConfig> {
  let config = known.get(origin);
  if (!config) {
    config = api.ask(`${origin}/api/v1/config`).catch(() => undefined).then(readConfig);
    if (known.size >= MOST_INSTANCES) known.clear();
    known.set(origin, config);
  }
  return config;
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
  };
}
