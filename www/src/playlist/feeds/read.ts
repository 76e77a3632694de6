// Which kind of list is it? By what it says of itself, not by its MIME type, which servers often have wrong. What is read here is
// as the list says it; whoever asks checks it.

import type { SaidList } from '../checked.ts';
import { readItemList } from './itemlist.ts';
import { readJsonFeed } from './jsonfeed.ts';
import { readM3u } from './m3u.ts';
import { readRss } from './rss.ts';
import { readJspf, readXspf } from './xspf.ts';

/** `json`: the text, where it is JSON. A sentence where it cannot be read. */
export function readFeed(text: string, json: unknown, base: string): SaidList | string {
  const list = json === undefined ? readText(text, base) : (readJsonFeed(json, base) ?? readJspf(json, base) ?? readItemList(json, base));
  return list ?? what(text);
}

function readText(text: string, base: string): SaidList | undefined {
  return text.trimStart().startsWith('<') ? readXml(text, base) : readM3u(text, base);
}

/** Entities of its own: no feed has need of them, and some parsers have no bound for what they become. */
const DECLARATION = '<!ENTITY';

function readXml(text: string, base: string): SaidList | undefined {
  if (text.includes(DECLARATION)) return undefined;
  const document = new DOMParser().parseFromString(text.trimStart(), 'text/xml');
  // Some browsers keep what came before the error.
  if (document.getElementsByTagName('parsererror').length > 0) return undefined;
  const root = document.documentElement;
  switch (root.localName) {
    case 'rss':
    case 'feed':
      return readRss(root, base);
    case 'playlist':
      return readXspf(root, base);
    default:
      return undefined;
  }
}

function what(text: string): string {
  if (/^\s*(<!doctype html|<html)/i.test(text)) return 'The server answered with a web page.';
  if (/^\s*</.test(text)) return 'It is XML that cannot be read, or no feed.';
  return /^\s*[{[]/.test(text) ? 'It is JSON without a list of items.' : 'It is no list of a known kind.';
}
