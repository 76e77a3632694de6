// What the site does not show (`../blocks.ts`) is not asked for where its address says whose it is, and not played where only the
// answer says so.

import { FaultError } from '../fault.ts';
import { shared } from '../shared.ts';
import { type Json, found, list, object, text } from './judge.ts';

/** Addresses, hosts or accounts. Throws a `FaultError`. */
export async function heedBlocks(names: readonly string[]): Promise<void> {
  const name = (await shared.blocks)?.bars(names);
  if (name !== undefined) throw new FaultError({ culprit: 'origin', code: 4, name: 'not-shown-here', message: `This site does not show what ${name} publishes.`, tried: 'Nothing of it is played. The site keeps the list of what it does not show.' });
}

/** Of a video, as REST or federation tell of it: `name@host` of its account and its channel. */
export function ownersOf(json: unknown): string[] {
  const video = object(json);
  const federated = list(video['attributedTo'], 10).map(owner => ofAddress(typeof owner === 'string' ? owner : object(owner)['id']));
  return found([ofActor(object(video['account'])), ofActor(object(video['channel'])), ...federated]);
}

function ofActor({ name, host }: Json): string | undefined {
  const [who, where] = [text(name, 200), text(host, 300)];
  return who && where && `${who}@${where}`;
}

function ofAddress(id: unknown): string | undefined {
  const address = text(id, 500);
  if (!address || !URL.canParse(address)) return undefined;
  const { host, pathname } = new URL(address);
  return `${pathname.split('/').pop()}@${host}`;
}
