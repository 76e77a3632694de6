// Statistics, over the corner of the picture, for whoever wants to know: drawn anew every second while they are open.

import { type TemplateResult, html } from 'lit/html.js';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import { moreWords } from '../more-words.ts';
import { adopt } from '../sheets.ts';
import * as icons from './late-icons.ts';
import type { View } from './view.ts';
import css from '../../styles/player/statistics.css' with { type: 'text' };

const EVERY_MS = 1000;

/** How each player's are closed, while they are open. */
const open = new WeakMap<HTMLElement, () => void>();

export function toggleStatistics(view: View): void {
  const { host } = view;
  const close = open.get(host);
  if (close) return close();
  adopt(host.shadowRoot!, css);
  const remove = (host as SpratPlayer).add({ layer: statistics });
  const ticking = setInterval(() => (host.isConnected ? view.changed() : open.get(host)?.()), EVERY_MS);
  open.set(host, () => {
    open.delete(host);
    clearInterval(ticking);
    remove();
  });
}

function statistics(view: View): TemplateResult {
  const words = moreWords(view.changed);
  return html`
    <div class="statistics" role="group" aria-label=${words.statistics}>
      <button type="button" class="button" aria-label=${words.close} title=${words.close} @click=${() => view.handBackFocus(() => toggleStatistics(view))}>${icons.close}</button>
      <dl>${figures(view).map(([label, value]) => html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
    </div>
  `;
}

function figures(view: View): [string, string][] {
  const words = moreWords(view.changed);
  const { media, host } = view;
  const { stats, videoRenditions } = media;
  const video = media.nativeEl;
  const n = (value: number) => words.number(value);
  const seconds = (value: number) => `${words.number(Math.round(value * 10) / 10)} s`;
  const size = (width: number, height: number) => `${n(width)} × ${n(height)}`;
  const frames = video.getVideoPlaybackQuality?.();
  const playing = videoRenditions[media.playingRendition];
  const { totalVideoFrames = 0, droppedVideoFrames = 0 } = frames ?? {};
  const { throughput, latency, firstFrameMs, segments } = stats;
  const told: [string, string | undefined | false][] = [
    [words.figures.frame, `${size(host.clientWidth, host.clientHeight)} @${words.number(devicePixelRatio)}`],
    [words.figures.quality, size(media.videoWidth, media.videoHeight) + (playing?.bitrate ? `, ${words.perSecond(playing.bitrate)}` : '')],
    [words.figures.codecs, playing?.codec],
    [words.figures.frames, `${n(totalVideoFrames)}, ${n(droppedVideoFrames)}`],
    [words.figures.buffer, seconds(ahead(media))],
    [words.figures.throughput, throughput !== null && words.perSecond(throughput)],
    [words.figures.latency, latency !== null && seconds(latency)],
    [words.figures.begin, firstFrameMs !== null && seconds(firstFrameMs / 1000)],
    [words.figures.stalls, `${n(stats.stalls)} (${seconds(stats.stalledMs / 1000)})`],
    [words.fromServer, words.bytes(stats.httpBytes)],
    [words.fromPeers, words.bytes(stats.p2pBytes)],
    [words.toPeers, words.bytes(stats.uploadedBytes)],
    [words.figures.peers, n(stats.peers)],
    [words.figures.segments, [segments.http, segments.p2p, segments.rejected].map(n).join(', ')],
    [words.figures.version, media.engineVersion],
  ];
  return told.filter((line): line is [string, string] => Boolean(line[1]));
}

/** Seconds that are there beyond what is shown. */
function ahead({ buffered, currentTime }: HTMLMediaElement | View['media']): number {
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) > currentTime) return buffered.end(i) - currentTime;
  }
  return 0;
}
