// What there is to choose: captions, quality, sound, a chapter to go to. Each list is read from the media element when it is opened,
// and a choice goes back the same way.

import type { TemplateResult } from 'lit/html.js';
import { strings } from '../strings.ts';
import { clock } from '../time.ts';
import { type Choice, menu } from './menu.ts';
import type { View } from './view.ts';

export function captionsMenu(view: View): TemplateResult {
  const { captions } = view;
  const off: Choice = { label: strings.captionsOff, taken: !captions.chosen, take: () => captions.choose(null) };
  const tracks = captions.tracks.map((track, i): Choice => {
    const label = nameOf(track, strings.captionTrack(i + 1));
    return { label, taken: track === captions.chosen, take: () => captions.choose(track) };
  });
  return menu(view, 'captions', strings.captions, [off, ...tracks]);
}

export function qualityMenu(view: View): TemplateResult {
  const { media } = view;
  const { videoRenditions } = media;
  const renditions = [...videoRenditions];
  const names = renditions.map(({ height, width }) => (height ? `${Math.min(height, width || height)}p` : ''));
  const automatic = videoRenditions.selectedIndex < 0;
  const now = renditions[media.playingRendition];
  const nowName = now && (names[media.playingRendition] || bitrate(now.bitrate));
  const auto: Choice = {
    label: automatic && nowName ? strings.autoNow(nowName) : strings.auto,
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
  return menu(view, 'quality', strings.quality, [auto, ...choices.sort((a, b) => b.order - a.order)]);
}

export function audioMenu(view: View): TemplateResult {
  const tracks = [...view.media.audioTracks].map((track): Choice => {
    return { label: nameOf(track, strings.audio), taken: track.enabled, take: () => (track.enabled = true) };
  });
  return menu(view, 'audio', strings.audio, tracks);
}

export function chaptersMenu(view: View): TemplateResult {
  const { marks } = view;
  const chapters = (marks?.chapters ?? []).map(({ start }, index): Choice => {
    return { label: marks!.titleOf(index), note: clock(start), taken: index === marks!.current, take: () => view.seek(start) };
  });
  return menu(view, 'chapters', strings.chapters, chapters, true);
}

function bitrate(bps: number | undefined): string {
  return bps ? strings.perSecond(bps) : '';
}

function nameOf({ label, language }: { label: string; language: string }, otherwise: string): string {
  if (label || !language) return label || otherwise;
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
