// The demo's generator: the address of an HLS playlist, or of a video or playlist on a PeerTube instance, in; out come the
// tag, the frame, and what other sites and search engines find of it. The texts are those of the player's own dialog and of
// `cargo xtask oembed`. Nothing is sent anywhere but to that instance, and to where the stream and its picture lie.

import type { SpratPlayer } from './elements/sprat-player.ts';
import { FaultError } from './fault.ts';
import { readAddress } from './instance/address.ts';
import { api } from './instance/api.ts';
import { fetchPlaylist } from './instance/playlist.ts';
import { unreadable } from './instance/refusal.ts';
import { readExtras, readVideo } from './instance/video.ts';
import { cards } from './share/cards.ts';
import { type Description, type Picture, ofInstance, size } from './share/description.ts';
import { embedAddress } from './share/links.ts';
import { iframe, tag } from './share/markup.ts';
import { discovery, oembed } from './share/oembed.ts';
import { scriptElement, structured } from './share/structured.ts';

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
    const description = await describe(signal);
    const poster = description.poster && (await measured(description.poster));
    signal.throwIfAborted();
    show(poster ? { ...description, poster } : description);
  } catch (error) {
    if (signal.aborted) return;
    made.hidden = true;
    problem.textContent = error instanceof Error ? error.message : String(error);
  }
}

async function describe(signal: AbortSignal): Promise<Description> {
  const given = field('address').value.trim();
  if (!URL.canParse(given, location.href)) throw new Error('This is no address.');
  const url = new URL(given, location.href);
  if (!/^https?:$/.test(url.protocol)) throw new Error('The address has to begin with http or https.');
  const address = addressOnInstance(url.href);
  const told = address ? await ofAddress(address, signal) : ofStream(url.href);
  const title = field('title').value.trim();
  const [page, poster] = [optional('page'), optional('poster')];
  return { ...told, ...(title && { title }), ...(page && { page }), ...(poster && { poster: { url: poster } }) };
}

function addressOnInstance(text: string): ReturnType<typeof readAddress> | undefined {
  try {
    return readAddress(text);
  } catch {
    return undefined;
  }
}

async function ofAddress({ origin, kind, id }: ReturnType<typeof readAddress>, signal: AbortSignal): Promise<Description> {
  if (kind === 'playlist') {
    const { title, items } = await fetchPlaylist({ origin, kind, id }, api, signal);
    const page = `${origin}/w/p/${id}`;
    const listed = items.map(({ title, peertube, poster, duration }) => ({
      title,
      ...(peertube && { page: peertube }),
      ...(poster && { poster }),
      ...(duration !== undefined && { duration }),
    }));
    return { kind, title, page, embed: `${origin}/video-playlists/embed/${id}`, attributes: { peertube: page }, ...size(), items: listed };
  }
  const of = (path: string) => api.ask(`${origin}/api/v1/videos/${id}${path}`, { urgency: 'now', signal });
  const video = readVideo(await of(''), origin);
  if (!video) throw new FaultError(unreadable(origin, 'it is no video'));
  const chapters = await of('/chapters').catch(() => undefined);
  return ofInstance(video, readExtras(undefined, chapters, undefined, origin));
}

function ofStream(src: string): Description {
  // Screen readers say it of a frame.
  const title = field('title').value.trim() || 'Video';
  const poster = optional('poster');
  const attributes = { src, ...(poster && { poster }), ...(title && { 'media-title': title }) };
  return { kind: 'video', title, embed: embedAddress(beside('embed.html'), attributes), attributes, content: src, ...size() };
}

/** Networks want its size, and say nothing of a picture without. */
async function measured(picture: Picture): Promise<Picture> {
  const image = Object.assign(new Image(), { src: picture.url });
  const late = new Promise<void>(resolve => setTimeout(resolve, PICTURE_MS));
  await Promise.race([image.decode().catch(() => {}), late]);
  const { naturalWidth: width, naturalHeight: height } = image;
  return width && height ? { ...picture, width, height } : picture;
}

function show(description: Description): void {
  write(description);
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
    write({ ...description, ...(long && { duration }), ...(videoHeight && size(videoWidth / videoHeight)) });
  }, { once: true, signal: wanted.signal });
}

function write(description: Description): void {
  const file = new URL('oembed.json', description.page ?? location.href).href;
  const texts: Record<string, string | undefined> = {
    tag: tag(description, beside('sprat.js')),
    frame: iframe(description),
    head: [discovery(description, file), cards(description)].join('\n'),
    oembed: JSON.stringify(oembed(description), undefined, 2),
    structured: scriptElement(structured(description)),
  };
  for (const [name, text] of Object.entries(texts)) made.querySelector(`[data-text=${name}] code`)!.textContent = text ?? '';
}

function beside(file: string): string {
  const folder = optional('folder') ?? location.href;
  return new URL(file, folder).href;
}

/** An address in a field, if there is one. */
function optional(name: string): string | undefined {
  const text = field(name).value.trim();
  return text && URL.canParse(text, location.href) && /^https?:/.test(new URL(text, location.href).href) ? new URL(text, location.href).href : undefined;
}

function field(name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}
