// Structured data on request (`structured-data`): a `<script type="application/ld+json">` in the element, where search engines
// read it, written anew when more is known. It is data and is never run, so a strict policy has nothing to say of it. What
// is not public on an instance is not announced.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import { html, render } from 'lit/html.js';
import type { SpratPlaylist } from '../elements/sprat-playlist.ts';
import type { SpratVideo } from '../elements/sprat-video.ts';
import type { InstanceVideo } from '../instance/model.ts';
import type { Description } from '../share/description.ts';
import { scriptText, structured } from '../share/structured.ts';
import { playlistOf, videoOf } from './subject.ts';

const ATTRIBUTE = 'structured-data';
const TYPE = 'application/ld+json';
const kept = new WeakSet<HTMLElement>();

/** Of a player, from now on. */
export function keepVideo(host: HTMLElement, media: SpratVideo): void {
  if (kept.has(host)) return;
  kept.add(host);
  const write = () => put(host, mayBeFound(host) ? dated(videoOf(host, media), host) : undefined);
  for (const type of ['instancevideo', 'instanceextras', 'durationchange', 'streamtypechange', 'emptied']) media.addEventListener(type, write);
  new MutationObserver(write).observe(host, { attributeFilter: [ATTRIBUTE, 'src', 'poster', 'media-title', 'watch-url', 'embed-url'] });
  write();
}

/** Of a playlist, once. */
export function keepList(list: SpratPlaylist): void {
  put(list, list.items.length > 0 ? playlistOf(list) : undefined);
}

/** The attribute's value is the day of publication, where nobody else knows it. */
function dated(description: Description, host: HTMLElement): Description {
  const at = Date.parse(host.getAttribute(ATTRIBUTE) ?? '');
  return description.published || Number.isNaN(at) ? description : { ...description, published: new Date(at).toISOString() };
}

/** Until an instance has said what a video is, nothing is known of it. */
function mayBeFound(host: HTMLElement): boolean {
  const { instanceVideo } = host as { instanceVideo?: InstanceVideo };
  return instanceVideo ? instanceVideo.privacy === 'public' : host.hasAttribute('src') || !host.hasAttribute('peertube');
}

function put(element: HTMLElement, description: Description | undefined): void {
  const before = element.querySelector<HTMLScriptElement>(`:scope > script[type="${TYPE}"]`);
  const text = description && element.hasAttribute(ATTRIBUTE) ? scriptText(structured(description)) : undefined;
  if (text === undefined) return before?.remove();
  if (before?.text === text) return;
  const script = before ?? element.appendChild(emptyScript());
  script.replaceChildren(text);
}

/**
 * Parsed from a template, it counts as one that has run: without that, trusted types would ask for its text, data or not.
 * The parser closes it; written out, the end tag would bring a helper of the bundler's into every file.
 */
function emptyScript(): HTMLScriptElement {
  const fragment = document.createDocumentFragment();
  render(html`<script type="application/ld+json">`, fragment);
  return fragment.querySelector('script')!;
}
