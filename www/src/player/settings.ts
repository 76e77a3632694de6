// What a viewer may set, page by page: quality, speed, captions and how they look, sound; and what else there is to open. What is
// chosen goes to the media element; what is remembered of it, `session.ts` remembers.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import './popups.ts';
import type { TemplateResult } from 'lit/html.js';
import type { More } from '../more-strings.ts';
import { moreWords } from '../more-words.ts';
import type { Strings } from '../late-strings.ts';
import { remember } from '../memory.ts';
import { RATES, theatre } from './keys.ts';
import { LOOK, type Look, type Property, USUAL, keepLook, readLook } from './look.ts';
import { type Choice, menu } from './menu.ts';
import { audioChoices, captionsChoices, qualityChoices } from './menus.ts';
import { isReportable } from './report.ts';
import { isOffered } from './sharing.ts';
import { toggleStatistics } from './statistics.ts';
import { type View, isLive } from './view.ts';

export { keyList } from './key-list.ts';
export { report } from './report.ts';

/** In bit/s. */
const UPLOADS = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000];
const USUAL_UPLOAD = 5_000_000;

interface Page {
  title: string;
  choices: Choice[];
  /** The page that leads here; the first where it is none. */
  from?: string;
}

type Words = Strings & More;

export function settings(view: View): TemplateResult {
  const words = moreWords(view.changed);
  const page = pageOf(view, words);
  const back = { label: words.back, go: () => turn(view, page?.from ?? '') };
  return page ? menu(view, 'settings', page.title, page.choices, { back }) : menu(view, 'settings', words.settings, first(view, words));
}

function turn(view: View, page: string): void {
  view.page = page;
  view.changed();
}

function first(view: View, words: Words): Choice[] {
  const { media, captions, host } = view;
  const lead = (page: string, label: string, note?: string): Choice => ({ label, ...(note && { note }), leads: true, take: () => turn(view, page) });
  const taken = (choices: Choice[]) => choices.find(({ taken }) => taken)?.label;
  const act = (label: string, take: () => void): Choice => ({ label, take });
  const embed = host.getAttribute('embed-url');
  return [
    media.videoRenditions.length > 1 && lead('quality', words.quality, taken(qualityChoices(view))),
    (!isLive(media) || media.targetLiveWindow > 0) && lead('speed', words.speed, rate(media.playbackRate, words)),
    captions.tracks.length > 0 && lead('captions', words.captions, taken(captionsChoices(view))),
    captions.tracks.length > 0 && lead('look', words.look.title),
    media.audioTracks.length > 1 && lead('audio', words.audio, taken(audioChoices(view))),
    isOffered(view) && lead('limit', words.limit, words.perSecond(uploadCap(view))),
    ...view.additions.flatMap(({ choices }) => choices?.(view) ?? []),
    embed && act(words.popOut, () => popOut(view, embed)),
    host.hasAttribute('theatre') && act(words.theatre, () => theatre(view)),
    act(words.statistics, () => toggleStatistics(view)),
    isReportable(view) && act(words.report, () => setTimeout(() => view.toggle('report'))),
    host.getAttribute('keyboard') !== 'off' && act(words.keys, () => setTimeout(() => view.toggle('keys'))),
  ].filter((choice): choice is Choice => Boolean(choice));
}

function pageOf(view: View, words: Words): Page | undefined {
  const { page } = view;
  if (page.startsWith('look-')) return propertyPage(view, page.slice(5) as Property, words);
  switch (page) {
    case 'quality':
      return { title: words.quality, choices: qualityChoices(view) };
    case 'captions':
      return { title: words.captions, choices: captionsChoices(view) };
    case 'audio':
      return { title: words.audio, choices: audioChoices(view) };
    case 'speed':
      return { title: words.speed, choices: speeds(view, words) };
    case 'limit':
      return { title: words.limit, choices: caps(view, words) };
    case 'look':
      return { title: words.look.title, choices: look(view, words) };
  }
  return undefined;
}

function speeds({ media }: View, words: Words): Choice[] {
  return RATES.map(speed => ({ label: rate(speed, words), taken: media.playbackRate === speed, take: () => (media.playbackRate = speed) }));
}

function caps(view: View, words: Words): Choice[] {
  return UPLOADS.map(bits => ({ label: words.perSecond(bits), taken: uploadCap(view) === bits, take: () => limit(view, bits) }));
}

function limit({ host }: View, bits: number): void {
  host.setAttribute('max-upload', String(bits));
  if (host.hasAttribute('remember')) remember('upload', String(bits));
}

/** As the page or the viewer has it, or as it is where nobody says. */
function uploadCap({ host }: View): number {
  return Number(host.getAttribute('max-upload')) || USUAL_UPLOAD;
}

function rate(speed: number, words: Words): string {
  return speed === 1 ? words.normal : `${words.number(speed)}×`;
}

function look(view: View, words: Words): Choice[] {
  const now = { ...USUAL, ...readLook() };
  const properties = Object.keys(LOOK) as Property[];
  const lines = properties.map((name): Choice => ({ label: words.look[name], note: valueName(name, now[name], words), leads: true, take: () => turn(view, `look-${name}`) }));
  return [...lines, { label: words.look.reset, leads: false, take: () => keepLook({}, view.host) }];
}

function propertyPage(view: View, name: Property, words: Words): Page {
  const kept = readLook();
  const now = kept[name] ?? USUAL[name];
  const choices = inOrder(name).map((value): Choice => ({ label: valueName(name, value, words), taken: value === now, take: () => keepLook({ ...kept, [name]: value } as Look, view.host) }));
  return { title: words.look[name], choices, from: 'look' };
}

function inOrder(name: Property): string[] {
  return Object.keys(LOOK[name]);
}

function valueName(name: Property, value: string, words: Words): string {
  if (/^\d+$/.test(value)) return words.percent(Number(value) / 100);
  const names = { font: words.fonts, edge: words.edges }[name as string] ?? words.colours;
  return (names as Record<string, string>)[value] ?? value;
}

/** Goes on there, and no longer here. */
function popOut({ media, host }: View, address: string): void {
  const url = new URL(address, host.baseURI);
  if (!/^https?:$/.test(url.protocol)) return;
  if (!isLive(media)) url.searchParams.set('start', `${Math.floor(media.currentTime)}s`);
  url.searchParams.set('autoplay', '1');
  if (window.open(url, '_blank', `popup,width=${Math.max(480, host.clientWidth)},height=${Math.max(270, host.clientHeight)}`)) media.pause();
}
