// The row of controls, in reading order: play, sound, time; then what is set rarely; full screen last.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { strings } from '../strings.ts';
import { fullscreenPossible, pictureInPicturePossible } from './screen.ts';
import * as icons from './icons.ts';
import { popupButton } from './opener.ts';
import { badge } from './sharing.ts';
import { timeline } from './timeline.ts';
import { type View, atLiveEdge, isLive } from './view.ts';

export function bar(view: View): TemplateResult {
  const { media, captions } = view;
  const hasWindow = !isLive(media) || media.targetLiveWindow > 0;
  return html`
    <div class="bar" role="group" aria-label=${strings.controls}>
      ${hasWindow ? timeline(view) : nothing}
      <div class="row">
        ${view.additions.map(({ before }) => before?.(view))} ${playButton(view)} ${view.additions.map(({ after }) => after?.(view))} ${volume(view)} ${isLive(media) ? liveButton(view) : time(view)}
        <span class="space"></span>
        ${badge(view)} ${view.marks?.button()}
        ${captions.tracks.length > 0 ? popupButton(view, 'captions', strings.captions, icons.captions) : nothing}
        ${popupButton(view, 'settings', strings.settings, icons.quality)}
        ${view.host.getAttribute('share') === 'off' ? nothing : popupButton(view, 'share', strings.shareVideo, icons.share, 'dialog')}
        ${view.wishes?.link()} ${view.additions.map(({ end }) => end?.(view))}
        ${pictureInPicturePossible(media.nativeEl)
          ? button('pip', strings.pictureInPicture, icons.pip, () => view.togglePictureInPicture())
          : nothing}
        ${!fullscreenPossible(media.nativeEl)
          ? nothing
          : view.fullscreen
            ? button('fullscreen', strings.leaveFullscreen, icons.reduce, () => view.toggleFullscreen())
            : button('fullscreen', strings.fullscreen, icons.enlarge, () => view.toggleFullscreen())}
      </div>
    </div>
  `;
}

function playButton(view: View): TemplateResult {
  const { ended, paused } = view.media;
  const [label, picture] = ended
    ? [strings.replay, icons.replay]
    : paused ? [strings.play, icons.play] : [strings.pause, icons.pause];
  return button('play', label, picture, () => view.togglePlay());
}

function volume(view: View): TemplateResult {
  const { muted, volume } = view.media;
  const silent = muted || volume === 0;
  const level = silent ? 0 : volume;
  return html`
    <span class="volume">
      ${button(
        'mute',
        silent ? strings.unmute : strings.mute,
        silent ? icons.muted : volume < 0.5 ? icons.quiet : icons.loud,
        () => view.toggleMute(),
      )}
      <span class="level" dir="ltr">
        <progress max="1" .value=${level} aria-hidden="true"></progress>
        <input
          type="range"
          aria-label=${strings.volume}
          aria-valuetext=${strings.percent(level)}
          min="0"
          max="1"
          step="0.05"
          .value=${String(level)}
          @input=${(event: Event) => view.setVolume(Number((event.target as HTMLInputElement).value))}
        />
      </span>
    </span>
  `;
}

function time({ media }: View): TemplateResult {
  const { currentTime, duration } = media;
  const known = Number.isFinite(duration) && duration > 0;
  // Read out as the position of the time range; here it would only repeat it every second.
  return html`
    <span class="time" dir="ltr" aria-hidden="true">
      <span>${strings.clock(currentTime)}</span>${known ? html`<span class="of"> / ${strings.clock(duration)}</span>` : nothing}
    </span>
  `;
}

function liveButton(view: View): TemplateResult {
  const { media } = view;
  const atEdge = atLiveEdge(media) && !media.paused;
  const behind = Math.round(media.liveTarget - media.currentTime);
  return html`
    <button type="button" class="live" ?data-edge=${atEdge} aria-label=${atEdge ? strings.live : strings.goLive} @click=${() => view.goLive()}>
      <span class="dot"></span>${strings.live}${!atEdge && behind > 0 ? html`<span class="behind" dir="ltr">−${strings.clock(behind)}</span>` : nothing}
    </button>
  `;
}

function button(name: string, label: string, picture: TemplateResult, press: () => void): TemplateResult {
  return html`<button type="button" class="button ${name}" aria-label=${label} title=${label} @click=${press}>${picture}</button>`;
}
