// The playlist that an address names, for `<sprat-playlist>`: which element it is to begin with, and all of them.

import { FaultError } from '../fault.ts';
import type { List } from '../playlist/items.ts';
import { readAddress } from './address.ts';
import { api } from './api.ts';
import { heedBlocks } from './blocked.ts';
import { authorizationOn } from './doors.ts';
import { fetchPlaylist } from './playlist.ts';

/** Throws a `FaultError`. */
export async function instanceList(text: string, base: string, signal: AbortSignal): Promise<List> {
  const address = readAddress(text, base);
  if (address.kind !== 'playlist') throw new FaultError(NOT_A_PLAYLIST);
  await heedBlocks([address.origin]);
  const authorization = authorizationOn(address.origin);
  const list = await fetchPlaylist(address, api, signal, authorization ? { authorization } : undefined);
  const position = address.position === 'last' ? list.items.length : address.position;
  return { ...list, ...(position && { position }) };
}

const NOT_A_PLAYLIST = {
  culprit: 'player',
  code: 4,
  name: 'instance-address',
  message: 'The address is that of one video, and this element plays playlists.',
  tried: 'Nothing was fetched. <sprat-player> plays it.',
} as const;
