// The loader: the one script a page includes. It registers <sprat-video>, <sprat-player>, <sprat-playlist>, <sprat-search>
// and <sprat-embed> when the first of each appears in the document, and meanwhile starts everything that the first frame
// will wait for, side by side: the element's code, the engine, and the source itself.

import { readBlocks } from './blocks.ts';
import { delivered } from './delivery.ts';
import { startEarly } from './early.ts';
import { readAddress } from './instance/address.ts';
import { authorizationOn } from './instance/doors.ts';
import { lost } from './lost.ts';
import { shared } from './shared.ts';
import { isPlaylist, resolved } from './video/source.ts';

export { setBlocks } from './blocks.ts';
export { setWasmUrl } from './overrides.ts';
export { registerPlugin } from './plugins/register.ts';

const ELEMENTS = {
  'sprat-video': () => import('./define/sprat-video.ts'),
  'sprat-player': () => import('./define/sprat-player.ts'),
  'sprat-playlist': () => import('./define/sprat-playlist.ts'),
  'sprat-search': () => import('./define/sprat-search.ts'),
  'sprat-embed': () => import('./define/sprat-embed.ts'),
};
type Tag = keyof typeof ELEMENTS;
const TAGS = Object.keys(ELEMENTS) as Tag[];

const loaded = new Map<Tag, Promise<unknown>>();

/** Registers elements now, without waiting until one is seen (those in other shadow roots never are). */
export async function load(...tags: Tag[]): Promise<void> {
  await Promise.all((tags.length ? tags : TAGS).map(loadOne));
}

function loadOne(tag: Tag): Promise<unknown> {
  if (!loaded.has(tag)) {
    const loading = ELEMENTS[tag]();
    loading.catch(() => lost(tag));
    loaded.set(tag, loading);
  }
  return loaded.get(tag)!;
}

/** Starts what this element will wait for, as far as its attributes allow before it is played. */
export function prepare(element: Element): void {
  if (/-(playlist|search|embed)$/.test(element.localName)) return;
  const [src, peertube] = [element.getAttribute('src'), element.getAttribute('peertube')];
  const url = src ? resolved(src, element.baseURI) : undefined;
  const waits = element.getAttribute('preload') === 'none' && !element.hasAttribute('autoplay');
  // Its title and its picture are wanted even if it is not played.
  if (!url && peertube !== null) askEarly(peertube, element.baseURI);
  if (waits || !(url ? isPlaylist(url, element.getAttribute('type') ?? '') : peertube)) return;
  if (url) startEarly(url);
  // Behind this turn, for who includes the loader may say where the binary lies before anything else.
  queueMicrotask(() => startEarly(shared.wasmUrl(), delivered));
  void import('./glue.ts');
  void import('./define/sprat-video.ts').then(({ warm }) => warm());
}

/** What an instance says of a video, where it says the same to everybody. */
function askEarly(peertube: string, base: string): void {
  void import('./instance/element.ts');
  try {
    const { origin, kind, id } = readAddress(peertube, base);
    // What may be blocked is not asked before that is known.
    if (kind === 'video' && !shared.blocks && !authorizationOn(origin)) startEarly(`${origin}/api/v1/videos/${id}`);
  } catch {
    // The element says what is wrong with it.
  }
}

function look(root: ParentNode): void {
  for (const tag of TAGS) {
    if (loaded.has(tag)) continue;
    const found = root.querySelectorAll(tag);
    if (found.length === 0) continue;
    void loadOne(tag);
    found.forEach(prepare);
  }
}

if (delivered) shared.get = delivered;

if (typeof document !== 'undefined') {
  readBlocks(document);
  look(document);
  new MutationObserver((_, observer) => {
    look(document);
    if (loaded.size === TAGS.length) observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
