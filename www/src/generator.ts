// The demo's generator: the address of an HLS playlist, of a list, or of a video or playlist on a PeerTube instance, in; out come
// the tag, the frame, and what other sites and search engines find of it. The texts are those of the player's own dialog and of
// `cargo xtask oembed` and `card`. Nothing is sent anywhere but to that instance, and to where the stream and its picture lie.

import type { SpratPlayer } from './elements/sprat-player.ts';
import { describe, fileName } from './share/describe.ts';
import { type Description, type Picture, size } from './share/description.ts';
import { head } from './share/head.ts';
import { iframe, tag } from './share/markup.ts';
import { page } from './share/page.ts';

/** A picture that has not come by then has no size. */
const PICTURE_MS = 5000;

const section = document.querySelector<HTMLElement>('#generator')!;
const form = section.querySelector('form')!;
const problem = section.querySelector<HTMLElement>('[role=alert]')!;
const made = section.querySelector<HTMLElement>('.made')!;
const preview = section.querySelector<SpratPlayer>('sprat-player')!;
/** Of the last press of the button. */
let wanted = new AbortController();

field('folder').value ||= new URL('.', location.href).href;
form.addEventListener('submit', event => {
  event.preventDefault();
  void generate();
});

async function generate(): Promise<void> {
  wanted.abort();
  const { signal } = (wanted = new AbortController());
  problem.textContent = '';
  try {
    const address = absolute(field('address').value);
    if (!address) throw new Error('This is no address on the web.');
    const found = await describe(address, { title: field('title').value.trim(), poster: absolute(field('poster').value), language: field('language').value.trim() }, { fetch: (url, init) => fetch(url, init), signal });
    const poster = found.poster && (await measured(found.poster));
    signal.throwIfAborted();
    show(poster ? { ...found, poster } : found, fileName(address));
  } catch (error) {
    if (signal.aborted) return;
    made.hidden = true;
    problem.textContent = error instanceof Error ? error.message : String(error);
  }
}

/** Networks want its size, and say nothing of a picture without. */
async function measured(picture: Picture): Promise<Picture> {
  const image = Object.assign(new Image(), { src: picture.url });
  const late = new Promise<void>(resolve => setTimeout(resolve, PICTURE_MS));
  await Promise.race([image.decode().catch(() => {}), late]);
  const { naturalWidth: width, naturalHeight: height } = image;
  return width && height ? { ...picture, width, height } : picture;
}

function show(description: Description, name: string): void {
  write(description, name);
  made.hidden = false;
  const { attributes = {}, kind } = description;
  preview.hidden = kind === 'playlist';
  for (const name of ['src', 'peertube', 'poster', 'media-title']) {
    if (kind === 'video' && attributes[name]) preview.setAttribute(name, attributes[name]);
    else preview.removeAttribute(name);
  }
  // How long it is, and of which shape, the stream itself says.
  preview.addEventListener('loadedmetadata', () => {
    const { duration, videoWidth, videoHeight } = preview;
    const long = Number.isFinite(duration) && duration > 0;
    write({ ...description, ...(long && { duration }), ...(videoHeight && size(videoWidth / videoHeight)) }, name);
  }, { once: true, signal: wanted.signal });
}

function write(found: Description, name: string): void {
  const folder = (absolute(field('folder').value) ?? new URL('.', location.href).href).replace(/\/?$/, '/');
  const there = absolute(field('page').value);
  const { description, html, json = '' } = page(found, name, folder);
  const file = new URL(`${name}.json`, folder).href;
  const texts: Record<string, string | undefined> = {
    tag: tag(found, new URL('sprat.js', folder).href),
    frame: iframe(description),
    head: head({ ...description, ...(there && { page: there }) }, file),
    oembed: json,
    page: html,
  };
  for (const [name, text] of Object.entries(texts)) made.querySelector(`[data-text=${name}] code`)!.textContent = text ?? '';
  for (const [part, ending] of [['page', 'html'], ['oembed', 'json']]) made.querySelector(`[data-text=${part}] .name`)!.textContent = `${name}.${ending}`;
}

/** Where it is on the web, if it is. */
function absolute(text: string): string | undefined {
  const given = text.trim();
  const url = given && URL.canParse(given, location.href) ? new URL(given, location.href) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function field(name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}
