// The player's own state, beside that of the media: what is open, what is asked, whether waiting has lasted long
// enough to say so. Every action of a control is a method here.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { SpratError } from '../fault.ts';
import { recall, remember } from '../memory.ts';
import type { Addition } from './additions.ts';
import { Captions } from './captions.ts';
import type { Marks } from './marks.ts';
import type { Wishes } from './wishes.ts';
import { Idle } from './idle.ts';
import { isFullscreen, keepPictureClear, toggleFullscreen, togglePictureInPicture } from './screen.ts';
import type { Traffic } from './traffic.ts';
import { type Popup, type View, span } from './view.ts';

/** A shorter wait is better not mentioned. */
const PATIENCE_MS = 400;
const CHART_STEP_MS = 1000;

export class Controller implements View {
  popup: Popup | null = null;
  page = '';
  waiting = false;
  asking = false;
  fresh = true;
  wishes: Wishes | undefined;
  marks: Marks | undefined;
  additions: Addition[] = [];
  readonly captions: Captions;
  traffic: Traffic | undefined;
  readonly idle: Idle;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly host: HTMLElement,
    readonly media: SpratVideo,
    readonly changed: () => void,
  ) {
    this.captions = new Captions(media.textTracks, changed);
    this.idle = new Idle(() => this.#mayFade(), changed);
    media.addEventListener('consentrequired', () => this.#ask());
    for (const list of [media.videoRenditions, media.audioTracks]) {
      for (const type of ['change', 'addrendition', 'addtrack', 'removetrack']) list.addEventListener(type, changed);
    }
  }

  get error(): SpratError | null {
    return this.media.error;
  }

  get fullscreen(): boolean {
    return isFullscreen(this.host);
  }

  get mediaTitle(): string {
    return this.host.getAttribute('media-title') ?? '';
  }

  // Facts

  connected(): void {
    if (this.#remembers) {
      this.#recallVolume();
      this.#recallSpeed();
    }
    document.addEventListener('fullscreenchange', this.changed);
    document.addEventListener('pointerdown', this.#pressedElsewhere);
    this.idle.wake();
  }

  disconnected(): void {
    document.removeEventListener('fullscreenchange', this.changed);
    document.removeEventListener('pointerdown', this.#pressedElsewhere);
    this.closePopup();
    this.idle.stop();
    clearTimeout(this.#patience);
  }

  heard({ type }: Event): void {
    switch (type) {
      case 'emptied':
        this.fresh = true;
        this.asking = false;
        break;
      case 'loadstart':
      case 'leavepictureinpicture':
        keepPictureClear(this.media.nativeEl);
        break;
      case 'playing':
        this.fresh = false;
        break;
      case 'play':
      case 'pause':
      case 'ended':
        this.idle.wake();
        break;
      case 'consentchange':
        this.asking = false;
        break;
      case 'webkitbeginfullscreen':
      case 'webkitendfullscreen':
        this.captions.leaveToBrowser(type === 'webkitbeginfullscreen');
        break;
    }
    this.#judgePatience();
    this.changed();
  }

  // Actions

  togglePlay(): void {
    const { media } = this;
    if (!media.paused && !media.ended) return media.pause();
    // Refused without a gesture: it stays paused, and the button stays.
    media.play().catch(() => this.changed());
  }

  seek(to: number): void {
    const { start, end } = span(this.media);
    this.media.currentTime = Math.min(end, Math.max(start, to));
    this.idle.wake();
  }

  goLive(): void {
    const { liveTarget } = this.media;
    if (Number.isFinite(liveTarget)) this.seek(liveTarget);
    if (this.media.paused) this.togglePlay();
  }

  setVolume(volume: number): void {
    this.media.volume = volume;
    this.media.muted = volume === 0;
    this.idle.wake();
  }

  toggleMute(): void {
    const { media } = this;
    const silent = media.muted || media.volume === 0;
    media.muted = !silent;
    if (silent && media.volume === 0) media.volume = 0.5;
    this.idle.wake();
  }

  toggleFullscreen(): void {
    void toggleFullscreen(this.host, this.media.nativeEl);
  }

  togglePictureInPicture(): void {
    void togglePictureInPicture(this.media.nativeEl);
  }

  toggle(popup: Popup): void {
    const open = this.popup !== popup;
    this.closePopup();
    if (!open) return;
    this.popup = popup;
    this.page = '';
    if (popup === 'sharing') this.#ticking = setInterval(this.changed, CHART_STEP_MS);
    this.changed();
  }

  closePopup(): void {
    clearInterval(this.#ticking);
    if (this.popup === null) return;
    const root = this.host.shadowRoot;
    // Without a button of its own it was opened from the settings.
    const opener = root?.getElementById(`${this.popup}-button`) ?? root?.getElementById('settings-button');
    const focusWithin = root?.getElementById('popup')?.contains(root.activeElement);
    this.popup = null;
    if (focusWithin) this.handBackFocus(() => opener?.focus());
    this.changed();
  }

  allowSharing(allowed: boolean): void {
    if (this.#remembers) remember('sharing', allowed ? 'yes' : 'no');
    if (allowed) this.media.grantConsent();
    else this.media.revokeConsent();
  }

  retry(): void {
    this.media.load();
    this.media.play().catch(() => {});
    this.changed();
  }

  handBackFocus(press: () => void): void {
    this.host.shadowRoot?.querySelector<HTMLElement>('.frame')?.focus({ preventScroll: true });
    press();
  }

  #ask(): void {
    const before = this.#remembers ? recall('sharing') : null;
    if (before === null) this.asking = true;
    else this.allowSharing(before === 'yes');
    this.changed();
  }

  #judgePatience(): void {
    const { paused, seeking, ended, readyState } = this.media;
    const waits = !ended && (paused ? seeking && readyState < 2 : readyState < 3);
    if (!waits) {
      clearTimeout(this.#patience);
      this.#patience = undefined;
      this.waiting = false;
    } else if (this.#patience === undefined) {
      this.#patience = setTimeout(() => {
        this.waiting = true;
        this.changed();
      }, PATIENCE_MS);
    }
  }

  #mayFade(): boolean {
    const focused = this.host.shadowRoot?.activeElement;
    const keyboardInside = focused?.closest('.bar, .question') && focused.matches(':focus-visible');
    return !this.media.paused && !this.popup && !this.error && !keyboardInside;
  }

  readonly #pressedElsewhere = (event: Event): void => {
    const root = this.host.shadowRoot;
    if (!this.popup || !root) return;
    const within = [root.getElementById('popup'), root.getElementById(`${this.popup}-button`)];
    if (!event.composedPath().some(target => within.includes(target as HTMLElement))) this.closePopup();
  };

  get #remembers(): boolean {
    return this.host.hasAttribute('remember');
  }

  /** Starts at half of what the network last brought: the first picture should not wait for a guess. */
  #recallSpeed(): void {
    const speed = Number(recall('speed'));
    if (speed > 0 && !this.host.hasAttribute('start-bitrate')) this.media.startBitrate = String(speed / 2);
  }

  #recallVolume(): void {
    const [sound, level] = recall('volume')?.split(' ') ?? [];
    const volume = Number(level);
    if (sound === undefined || !(volume >= 0 && volume <= 1)) return;
    this.media.volume = volume;
    if (sound === 'muted') this.media.muted = true;
  }
}
