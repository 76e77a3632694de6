// Playback on another screen: AirPlay, by WebKit's own interface, or whatever the browser knows (W3C Remote Playback). The other
// screen gets the source itself; meanwhile nothing is fetched here and nobody is met, and afterwards playback goes on where it was.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import './session.ts';
import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { SpratVideo } from '../elements/sprat-video.ts';
import { moreWords } from '../more-words.ts';
import { runtime } from '../runtime.ts';
import { adopt } from '../sheets.ts';
import { playsPlaylistsNatively } from '../video/attach.ts';
import { isPlaylist } from '../video/source.ts';
import * as icons from './remote-icons.ts';
import type { AirVideo } from './remotable.ts';
import type { View } from './view.ts';
import css from '../../styles/player/remote.css' with { type: 'text' };

interface Screen {
  /** Whether there is another; called again whenever that changes. */
  watch(available: (is: boolean) => void): void;
  /** Lets the viewer choose one, or come back. Within a gesture. */
  choose(): void;
}

export function attend(host: SpratPlayer, view: View): void {
  const video = view.media.nativeEl as AirVideo;
  let available = false;
  let away = false;
  const hand = (is: boolean) => {
    if (is === away) return;
    away = is;
    handOver(view.media, is);
    view.changed();
  };
  const screen = video.webkitShowPlaybackTargetPicker ? airPlay(video, hand) : 'remote' in video ? remotePlayback(view, hand) : undefined;
  if (!screen) return;
  screen.watch(is => {
    available = is;
    view.changed();
  });
  adopt(host.shadowRoot!, css);
  host.add({
    end: () => (available || away ? button(view, away, () => screen.choose()) : nothing),
    layer: () => (away ? html`<p class="remote" role="status">${icons.screen}${moreWords(view.changed).onAnotherScreen}</p>` : nothing),
  });
}

/** The other screen plays the source itself; or does so no more, and the engine goes on where it was. */
function handOver({ nativeEl: video, playback }: SpratVideo, away: boolean): void {
  const { currentTime } = video;
  const { source, session } = playback;
  if (!away) return playback.reopen();
  if (!session || !source) return;
  runtime.close(session);
  // One that was given both has gone over by itself.
  if (video.currentSrc === source.url) playback.session = undefined;
  else {
    playback.playNatively(source);
    video.addEventListener('loadedmetadata', () => (video.currentTime = currentTime), { once: true });
  }
}

function button(view: View, away: boolean, press: () => void): TemplateResult {
  const label = moreWords(view.changed).anotherScreen;
  return html`<button type="button" class="button screen" aria-label=${label} title=${label} aria-pressed=${away} @click=${press}>${icons.screen}</button>`;
}

/** WebKit goes over to the second source by itself (`../video/attach.ts`), and says so. */
function airPlay(video: AirVideo, hand: (away: boolean) => void): Screen {
  video.addEventListener('webkitcurrentplaybacktargetiswirelesschanged', () => hand(video.webkitCurrentPlaybackTargetIsWireless === true));
  return {
    watch: available => video.addEventListener('webkitplaybacktargetavailabilitychanged', event => available((event as Event & { availability?: string }).availability === 'available')),
    choose: () => video.webkitShowPlaybackTargetPicker!(),
  };
}

/**
 * What a media source feeds is not for other screens, and a browser says so of the video that has one: so another video, which
 * fetches nothing, is asked about the source itself, and ours goes over to it when the viewer wants another screen.
 */
function remotePlayback({ media }: View, hand: (away: boolean) => void): Screen {
  const { remote } = media.nativeEl;
  for (const type of ['connect', 'disconnect']) remote.addEventListener(type, () => hand(type === 'connect'));
  return {
    watch(available) {
      const probe = Object.assign(document.createElement('video'), { preload: 'none' });
      const ask = () => {
        const { currentSrc } = media;
        if (currentSrc && (!isPlaylist(currentSrc) || playsPlaylistsNatively(probe))) probe.src = currentSrc;
      };
      media.addEventListener('loadstart', ask);
      ask();
      // A browser that cannot watch has none to offer.
      probe.remote.watchAvailability(available).catch(() => {});
    },
    choose() {
      hand(true);
      // The viewer has thought better of it.
      remote.prompt().catch(() => remote.state === 'disconnected' && hand(false));
    },
  };
}
