// What there is to choose: captions, quality, sound, a chapter to go to. Each list is read from the media element when it is
// opened, and a choice goes back the same way.

import type { TemplateResult } from 'lit/html.js';
import { words } from '../late-strings.ts';
import { type Choice, menu } from './menu.ts';
import type { View } from './view.ts';

export function captionsMenu(view: View): TemplateResult {
  return menu(view, 'captions', words().captions, captionsChoices(view));
}

export function captionsChoices(view: View): Choice[] {
  const { captions } = view;
  const off: Choice = { label: words().captionsOff, taken: !captions.chosen, take: () => captions.choose(null) };
  const tracks = captions.tracks.map((track, i): Choice => {
    const label = instanceName(track, view) ?? nameOf(track, words().captionTrack(i + 1));
    return { label, taken: track === captions.chosen, take: () => captions.choose(track) };
  });
  return [off, ...tracks];
}

export function qualityChoices({ media }: View): Choice[] {
  const { videoRenditions } = media;
  const renditions = [...videoRenditions];
  const names = renditions.map(({ height, width }) => (height ? `${Math.min(height, width || height)}p` : ''));
  const automatic = videoRenditions.selectedIndex < 0;
  const now = renditions[media.playingRendition];
  const nowName = now && (names[media.playingRendition] || bitrate(now.bitrate));
  const auto: Choice = {
    label: automatic && nowName ? words().autoNow(nowName) : words().auto,
    taken: automatic,
    take: () => (videoRenditions.selectedIndex = -1),
  };
  const choices = renditions.map((rendition, index): Choice & { order: number } => {
    const name = names[index] ?? '';
    const twin = name === '' || names.indexOf(name) !== names.lastIndexOf(name);
    return {
      label: name || bitrate(rendition.bitrate),
      ...(twin && name && { note: bitrate(rendition.bitrate) }),
      taken: videoRenditions.selectedIndex === index,
      take: () => (videoRenditions.selectedIndex = index),
      order: (rendition.height ?? 0) * 1e9 + (rendition.bitrate ?? 0),
    };
  });
  return [auto, ...choices.sort((a, b) => b.order - a.order)];
}

export function audioChoices({ media }: View): Choice[] {
  return [...media.audioTracks].map((track): Choice => {
    return { label: nameOf(track, words().audio), taken: track.enabled, take: () => (track.enabled = true) };
  });
}

export function chaptersMenu(view: View): TemplateResult {
  const { marks } = view;
  const chapters = (marks?.chapters ?? []).map(({ start }, index): Choice => {
    return { label: marks!.titleOf(index), note: words().clock(start), taken: index === marks!.current, take: () => view.seek(start) };
  });
  return menu(view, 'chapters', words().chapters, chapters, { places: true });
}

function bitrate(bps: number | undefined): string {
  return bps ? words().perSecond(bps) : '';
}

/** An instance knows languages by names in its own; the viewer reads theirs. */
function instanceName({ label, language }: TextTrack, { media }: View): string | undefined {
  const caption = media.instanceExtras?.captions.find(caption => caption.language === language && label.startsWith(caption.label));
  const name = caption && languageName(language);
  return name && caption.automatic ? words().automatic(name) : name;
}

function nameOf({ label, language }: { label: string; language: string }, otherwise: string): string {
  return label || languageName(language) || otherwise;
}

/** As it stands in a list. Empty where the tag is none. */
function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames(words().lang, { type: 'language' }).of(tag) ?? tag;
    return name.replace(/^\p{Ll}/u, letter => letter.toLocaleUpperCase(words().lang));
  } catch {
    return tag;
  }
}
