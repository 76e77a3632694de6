// A list whose `for` names no player: it may come later, and then plays what is chosen. Where it has not come when the page has
// loaded, that is said on the console, for it may be a slip.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { findPlayer } from './deck.ts';

interface Playing {
  readonly player: unknown;
  readonly current: number;
  adopt(): void;
  put(index: number, play: boolean): boolean;
}

const waiting = new WeakSet<HTMLElement>();
/** By list, the name of which it has been said. */
const said = new WeakMap<HTMLElement, string>();

export function expect(list: HTMLElement, playing: Playing): void {
  if (playing.player) return;
  if (document.readyState === 'complete') setTimeout(() => tell(list));
  else addEventListener('load', () => setTimeout(() => tell(list)), { once: true });
  if (waiting.has(list)) return;
  waiting.add(list);
  // The page, or the shadow tree that it is in.
  const root = list.getRootNode();
  const look = () => {
    if (list.getRootNode() === root && !playing.player && !findPlayer(list)) return;
    observer.disconnect();
    waiting.delete(list);
    if (!list.isConnected || playing.player) return;
    playing.adopt();
    if (playing.current >= 0) playing.put(playing.current, list.hasAttribute('autoplay'));
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ['id'] });
  look();
}

/** Once, of the element on which its author wrote it. */
function tell(list: HTMLElement): void {
  const name = list.getAttribute('for') ?? '';
  if (!waiting.has(list) || said.get(list) === name) return;
  said.set(list, name);
  const { localName } = list.closest('sprat-search[for]') ?? list;
  console.warn(`<${localName}>: for="${name.slice(0, 60)}" should be the id of a <sprat-player> of this page; it is waited for.`);
}
