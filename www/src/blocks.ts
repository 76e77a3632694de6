// What does this site not show? Hosts and accounts, for every element of its pages: said in markup
// (`<link rel="sprat-blocks" href="blocked.txt">`) or by a script. Part of the loader, so that a list is under way before
// anything asks. What cannot be read blocks nothing, and is told on the console.

import { boundedText } from './bounded.ts';
import { type Blocks, shared } from './shared.ts';

const MOST_BYTES = 2_000_000;

/** More of what this site does not show: `bad.example`, with all that is below it, or `somebody@bad.example`. */
export function setBlocks(names: Iterable<string>): void {
  add(Promise.resolve(set(names)));
}

/** Of the document, as it stands. */
export function readBlocks(document: Document): void {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel~="sprat-blocks"][href]');
  links.forEach(({ href }) => add(fetched(href)));
}

function add(more: Promise<Blocks>): void {
  const before = shared.blocks;
  shared.blocks = Promise.all([before, more]).then(all => ({ bars: names => all.map(blocks => blocks?.bars(names)).find(Boolean) }));
}

async function fetched(url: string): Promise<Blocks> {
  try {
    const response = await fetch(url);
    const text = response.ok ? await boundedText(response, MOST_BYTES) : undefined;
    if (text === undefined) throw new Error(response.ok ? 'it is too long' : `the server answered ${response.status}`);
    return set(namesIn(text));
  } catch (error) {
    console.warn(`sprat: the list of what this site does not show (${url}) could not be read, and blocks nothing.`, error);
    return set([]);
  }
}

/**
 * One name a line, or the first column of a CSV, as Mastodon exports its domain blocks; a JSON array of names; or the mute lists that
 * PeerTube instances follow (`{ data: [{ value, action }] }`).
 */
export function namesIn(text: string): string[] {
  if (!/^\s*[[{]/.test(text)) return text.split('\n').filter(line => !line.startsWith('#')).map(line => line.split(',')[0]!);
  const json = JSON.parse(text) as unknown;
  const list = Array.isArray(json) ? json : (json as { data?: unknown }).data;
  const names = new Set<string>();
  for (const entry of Array.isArray(list) ? list : []) {
    const { value, action } = (typeof entry === 'string' ? { value: entry } : entry ?? {}) as { value?: unknown; action?: unknown };
    if (typeof value !== 'string') continue;
    if (action === 'remove') names.delete(value);
    else names.add(value);
  }
  return [...names];
}

function set(names: Iterable<string>): Blocks {
  const barred = new Set([...names].map(bare).filter(Boolean));
  const isBarred = (name: string): boolean =>
    [name, name.replace(/:\d+$/, '')].some(name => barred.has(name)) || (/[@.]/.test(name) && isBarred(name.replace(/^.*@|^[^.]*\./, '')));
  return { bars: names => names.find(name => barred.size > 0 && isBarred(bare(name))) };
}

/** `@Somebody@Bad.example`, `https://bad.example/w/…` and the like. */
function bare(name: string): string {
  const plain = name.trim().toLowerCase().replace(/^(acct:)?@?/, '').replace(/^\*\./, '');
  return /^https?:\/\//.test(plain) && URL.canParse(plain) ? new URL(plain).host : plain;
}
