// What both iframe pages do: one element that fills the page, as its address asks for it; or, if it names nothing to
// play, the sentence that stands ready in the page.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { SpratPlaylist } from '../elements/sprat-playlist.ts';
import type { InstancePlugins } from '../instance/scripts.ts';
import { choose } from '../locale/choose.ts';
import { type Asked, readParameters } from './parameters.ts';

export function fill(element: SpratPlayer | SpratPlaylist): void {
  // What a server has decided when it made the page: `pkg-config/peertube-plugin/` writes it.
  const decided = document.querySelector<HTMLMetaElement>('meta[name="sprat"]');
  const asked = readParameters(location, decided?.content);
  // The page is in the language of its words; the element in that of the page.
  document.documentElement.lang = choose([asked.language, ...navigator.languages]).tag;
  const { attributes, styles, control, watch } = asked;
  if (!attributes.has('src') && !attributes.has('peertube')) {
    document.querySelector('p')?.removeAttribute('hidden');
    return;
  }
  if (watch) element.setAttribute('watch-url', watch);
  // Whoever shares what is embedded, embeds it from here.
  element.setAttribute('embed-url', location.href);
  for (const [name, value] of attributes) element.setAttribute(name, value);
  for (const [name, value] of styles) element.style.setProperty(name, value);
  const title = attributes.get('media-title');
  if (title) document.title = title;
  else element.addEventListener('instancevideo', event => (document.title = (event as CustomEvent<{ title: string }>).detail.title || document.title));
  admitPlugins(element);
  showAnnotations(element);
  document.body.append(element);
  void finish(element, asked);
  if (decided?.dataset['consent']) void explain(element, decided.dataset['consent']);
  // Fetched beside the player, and only for those who asked.
  if (control) void import('./control.ts').then(({ control: begin }) => begin(element, control));
}

/** What the author of a video has had shown over it, the instance keeps for its players. */
function showAnnotations(element: SpratPlayer | SpratPlaylist): void {
  element.addEventListener('instancevideo', event => {
    const { annotations } = (event as CustomEvent<{ annotations?: string }>).detail;
    if (annotations) ('player' in element ? element.player : element)?.setAttribute('annotations', '');
  });
}

/** Those of the instance that the page stands on, and of no other; a frame without an origin of its own stands on none. Once. */
function admitPlugins(element: SpratPlayer | SpratPlaylist): void {
  const admit = (event: Event) => {
    const { detail } = event as CustomEvent<InstancePlugins>;
    if (detail.origin !== self.origin) return;
    element.removeEventListener('instanceplugins', admit);
    const player = ('player' in element ? element.player : element) as SpratPlayer;
    void import('./plugins.ts').then(({ run }) => run(player, detail));
  };
  element.addEventListener('instanceplugins', admit);
}

/** What no attribute says. */
async function finish(element: SpratPlayer | SpratPlaylist, { playbackRate, quality, watch }: Asked): Promise<void> {
  if (playbackRate === undefined && quality === undefined && watch === undefined) return;
  await customElements.whenDefined(element.localName);
  const player = ('player' in element ? element.player : element) as SpratPlayer;
  if (playbackRate !== undefined) setRate(player, playbackRate);
  if (quality !== undefined) chooseQuality(player, quality);
  if (watch === undefined) return;
  // The instance knows best where its video is watched; a list, what plays of it.
  if ('player' in element) element.addEventListener('itemchange', event => namePosition(player, watch, event as CustomEvent));
  else player.addEventListener('instancevideo', event => point(player, (event as CustomEvent<{ watchUrl?: string }>).detail));
}

/** What a site adds to the question whether to share, in its own words: text, whatever is in it. */
async function explain(element: SpratPlayer | SpratPlaylist, words: string): Promise<void> {
  await customElements.whenDefined(element.localName);
  const said = Object.assign(document.createElement('span'), { slot: 'consent', dir: 'auto', textContent: words });
  ('player' in element ? element.player : element)?.append(said);
}

/** Every source begins at the default rate. */
function setRate(player: SpratPlayer, rate: number): void {
  try {
    player.defaultPlaybackRate = player.playbackRate = rate;
  } catch {
    // Faster or slower than this browser goes: as usual, then.
  }
}

/** Of each source, the rendition of so many lines, where it has one. */
function chooseQuality(player: SpratPlayer, lines: number): void {
  player.addEventListener('streamtypechange', () => {
    const { videoRenditions } = player;
    const index = [...videoRenditions].findIndex(({ width, height }) => Math.min(width || Infinity, height || 0) === lines);
    if (index >= 0) videoRenditions.selectedIndex = index;
  });
}

function point(player: SpratPlayer, { watchUrl }: { watchUrl?: string }): void {
  if (watchUrl) player.setAttribute('watch-url', watchUrl);
}

/** The page of a playlist opens at what plays here. */
function namePosition(player: SpratPlayer, watch: string, { detail }: CustomEvent<{ index: number }>): void {
  const there = new URL(watch);
  there.searchParams.set('playlistPosition', String(detail.index + 1));
  player.setAttribute('watch-url', there.href);
}
