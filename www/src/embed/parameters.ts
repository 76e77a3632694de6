// What does the address of an iframe page ask for? Its parameters are PeerTube's, and the common spellings of YouTube
// and Vimeo; most become attributes of the element, which judges their values.

import { parseTime, timeFragment } from '../time.ts';
import { resolved } from '../video/source.ts';

/** Parameter → attribute, taken as it stands. */
const TEXTS: Record<string, string> = {
  trackers: 'trackers',
  swarm: 'swarm',
  naming: 'naming',
  integrity: 'integrity',
  iceServers: 'ice-servers',
  maxUpload: 'max-upload',
  uploadRatio: 'upload-ratio',
  minViewers: 'p2p-min-viewers',
  iceTransportPolicy: 'ice-transport-policy',
  latencyMode: 'latency-mode',
  lan: 'lan',
  start: 'start',
  t: 'start',
  start_time: 'start',
  stop: 'stop',
  end: 'stop',
  end_time: 'stop',
  preload: 'preload',
  subtitle: 'subtitle',
  order: 'order',
  cc_lang_pref: 'subtitle',
  texttrack: 'subtitle',
  playlistPosition: 'index',
  index: 'index',
  chapter: 'chapter',
  mode: 'mode',
  playerTheme: 'player-theme',
  type: 'type',
};

/** Parameter → attribute that is there or not: `autoplay`, `autoplay=1`, `autoplay=0`. */
const SWITCHES: Record<string, string> = {
  autoplay: 'autoplay',
  auto_play: 'autoplay',
  muted: 'muted',
  mute: 'muted',
  playsinline: 'playsinline',
  remember: 'remember',
  shuffle: 'shuffle',
  dnt: 'dnt',
  waitPasswordFromEmbedAPI: 'wait-password',
};

/** Parameter → attribute that only says `off`. */
const DEFAULTS_ON: Record<string, string> = {
  controls: 'controls',
  controlBar: 'control-bar',
  progress_bar: 'control-bar',
  keyboard: 'keyboard',
  catchUp: 'catch-up',
  share: 'share',
};

/** Parameter → CSS custom property of the player. */
const COLOURS: Record<string, string> = {
  foregroundColor: '--sprat-foreground',
  bigPlayBackgroundColor: '--sprat-big-play',
  color: '--sprat-accent',
};

/** Where PeerTube has its embeds, and where the same is watched. */
const EMBED_PATH = /\/(video-playlists|videos)\/embed\/([^/]+)\/?$/;

export interface Asked {
  /** In the order in which they are to be set; what is to be played comes last, when all is known. */
  attributes: Map<string, string>;
  styles: Map<string, string>;
  playbackRate: number | undefined;
  /** Lines of the picture. */
  quality: number | undefined;
  /** The video's own page, where a link to it is wanted. */
  watch: string | undefined;
  control: { scope: string; origin: string } | undefined;
  /** BCP 47, of the interface; empty where nothing is said. */
  language: string;
}

/** @param decided   by who serves the page, as parameters: they win over those of the address, and an empty one takes its away */
export function readParameters(location: { search: string; hash: string; href: string }, decided = ''): Asked {
  const given = new URLSearchParams(location.search);
  for (const [name, value] of new URLSearchParams(decided)) value ? given.set(name, value) : given.delete(name);
  const attributes = new Map<string, string>();
  const isOff = (name: string) => given.has(name) && !isTrue(given.get(name)!);
  const isOn = (name: string) => given.has(name) && isTrue(given.get(name)!);

  for (const [name, value] of given) {
    const text = TEXTS[name];
    const flag = SWITCHES[name];
    const on = DEFAULTS_ON[name];
    if (text) attributes.set(text, value);
    if (flag && isTrue(value)) attributes.set(flag, '');
    if (on && !isTrue(value)) attributes.set(on, 'off');
  }
  // `loop=all`: of a playlist.
  if (isOn('loop')) attributes.set('loop', given.get('loop') === 'all' ? 'all' : '');
  const advance = given.get('advance');
  if (advance !== null) attributes.set('advance', isTrue(advance) ? advance : 'off');
  // Vimeo's: a picture that moves behind a page.
  if (isOn('background')) for (const name of ['autoplay', 'muted', 'loop', 'playsinline']) attributes.set(name, '');
  if (isOn('background')) attributes.set('controls', 'off');
  if (isOn('disablekb')) attributes.set('keyboard', 'off');
  if ((isOn('cc') || isOn('cc_load_policy')) && !attributes.has('subtitle')) attributes.set('subtitle', '');
  readTitle(given.get('title'), attributes);
  readP2p(given, attributes);
  if (!isOff('warningTitle')) attributes.set('p2p-warning', '');
  readFragment(location.hash, attributes);

  const poster = web(given.get('poster'), location.href);
  if (poster) attributes.set('poster', poster);
  const peertube = instanceAddress(given, location.href);
  const src = web(given.get('src'), location.href);
  if (src) attributes.set('src', src);
  else if (peertube) attributes.set('peertube', peertube);
  const link = isOff('peertubeLink') || isOff('link') ? undefined : peertube && watched(peertube);

  return {
    attributes,
    styles: readColours(given),
    playbackRate: positive(given.get('playbackRate') ?? given.get('speed')),
    quality: positive(given.get('quality')?.replace(/p$/i, '')),
    watch: link,
    control: isOn('api') || isOn('enablejsapi') ? { scope: readScope(given.get('scope')), origin: readOrigin(given.get('origin')) } : undefined,
    language: given.get('hl') ?? '',
  };
}

/** PeerTube's is a switch; any other text is the title itself. */
function readTitle(title: string | null, attributes: Map<string, string>): void {
  if (title === null || title === '' || /^(1|true|yes|on)$/i.test(title)) return;
  if (isTrue(title)) attributes.set('media-title', title);
  else attributes.set('headline', 'off');
}

function readP2p(given: URLSearchParams, attributes: Map<string, string>): void {
  const p2p = given.get('p2p');
  if (p2p !== null) attributes.set('p2p', /^(1|true)$/i.test(p2p) ? 'on' : isTrue(p2p) ? p2p : 'off');
  // A file has no swarm.
  if (attributes.get('mode') === 'web-video') attributes.set('p2p', 'off');
}

/** `embed.html?src=…#t=90,120` is the fragment of what is embedded (W3C Media Fragments §4.2.1); so is `#chapter=2`. */
function readFragment(hash: string, attributes: Map<string, string>): void {
  const { start, stop } = timeFragment(hash);
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const chapter = words.get('chapter');
  const item = words.get('item');
  if (item !== null && !attributes.has('index')) attributes.set('index', item);
  if (chapter !== null && !attributes.has('chapter')) attributes.set('chapter', chapter);
  if (start !== undefined && !attributes.has('start')) attributes.set('start', String(start));
  if (stop !== undefined && !attributes.has('stop')) attributes.set('stop', String(stop));
  for (const name of ['start', 'stop']) {
    const value = attributes.get(name);
    if (value !== undefined && parseTime(value) === undefined) attributes.delete(name);
  }
}

function readColours(given: URLSearchParams): Map<string, string> {
  const styles = new Map<string, string>();
  for (const [name, property] of Object.entries(COLOURS)) {
    const value = given.get(name)?.trim();
    // Six digits without their sign are how Vimeo writes it, and what is left of a sign that nobody has escaped.
    const found = value && [value, `#${value}`].find(colour => CSS.supports('color', colour));
    if (found) styles.set(property, found);
  }
  return styles;
}

/** Whose video it is: what is named, or what the path of this page names on its own origin. */
function instanceAddress(given: URLSearchParams, href: string): string | undefined {
  const named = given.get('peertube');
  if (named) return web(named, href);
  const { origin, pathname } = new URL(href);
  const id = given.get('videoId');
  const list = given.get('videoPlaylistId') ?? given.get('list');
  if (id) return `${origin}/w/${encodeURIComponent(id)}`;
  if (list) return `${origin}/w/p/${encodeURIComponent(list)}`;
  return EMBED_PATH.test(pathname) ? origin + pathname : undefined;
}

/** The page where an instance shows what it embeds. */
function watched(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(EMBED_PATH, (_, kind: string, id: string) => (kind === 'videos' ? `/w/${id}` : `/w/p/${id}`));
  return url.href;
}

function readScope(scope: string | null): string {
  return scope && !scope.includes('::') ? scope : 'peertube';
}

function readOrigin(origin: string | null): string {
  return origin && URL.canParse(origin) && /^https?:/.test(origin) ? new URL(origin).origin : '';
}

function positive(text: string | null | undefined): number | undefined {
  const number = Number(text);
  return text && number > 0 && number < Infinity ? number : undefined;
}

function web(reference: string | null, base: string): string | undefined {
  const url = reference ? resolved(reference, base) : undefined;
  return url && /^https?:/.test(url) ? url : undefined;
}

function isTrue(value: string): boolean {
  return !/^(0|false|no|off)$/i.test(value);
}
