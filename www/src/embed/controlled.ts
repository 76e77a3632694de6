// What an embedder may ask of the one player of an iframe page, whichever protocol it speaks: each protocol is a
// translation of this. No protocol can name an address to play.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { SpratPlaylist } from '../elements/sprat-playlist.ts';

export interface Resolution {
  /** -1: chosen by the player. */
  id: number;
  label: string;
  active: boolean;
  width?: number;
  height?: number;
}

export interface Caption {
  id: string;
  label: string;
  /** Empty where the text comes inside the stream. */
  src: string;
  mode: 'showing' | 'disabled';
}

export type PlaybackState = 'unstarted' | 'playing' | 'paused' | 'ended';

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export class Controlled {
  readonly player: SpratPlayer;
  /** The first source is known; at once where nothing is to be fetched before somebody plays. */
  readonly loaded: Promise<void>;
  isLoaded = false;
  #started = false;

  static async of(element: SpratPlayer | SpratPlaylist): Promise<Controlled> {
    await customElements.whenDefined(element.localName);
    return new Controlled(element);
  }

  private constructor(readonly element: SpratPlayer | SpratPlaylist) {
    const player = 'player' in element ? element.player : element;
    if (!player) throw new Error('An iframe page has its element in the document before it is controlled.');
    this.player = player;
    player.addEventListener('playing', () => (this.#started = true));
    player.addEventListener('emptied', () => (this.#started = false));
    const waits = player.preload === 'none' && !player.autoplay;
    this.loaded = new Promise<void>(resolve => {
      if (waits || player.readyState > 0) resolve();
      else player.addEventListener('loadedmetadata', () => resolve(), { once: true });
    }).then(() => void (this.isLoaded = true));
  }

  get playlist(): SpratPlaylist | undefined {
    return 'player' in this.element ? this.element : undefined;
  }

  get state(): PlaybackState {
    const { ended, paused } = this.player;
    if (ended) return 'ended';
    if (!paused && this.player.readyState > 2) this.#started = true;
    return !this.#started ? 'unstarted' : paused ? 'paused' : 'playing';
  }

  /** Highest first, and none of them: all that a plain file has. */
  get resolutions(): Resolution[] {
    const { videoRenditions } = this.player;
    const active = videoRenditions.selectedIndex;
    const renditions = [...videoRenditions].map(({ width, height, bitrate }, id): Resolution => {
      const lines = height ? Math.min(height, width || height) : 0;
      return {
        id,
        label: lines ? `${lines}p` : `${Math.round((bitrate ?? 0) / 1000)} kbit/s`,
        active: id === active,
        ...(width && { width }),
        ...(height && { height }),
      };
    });
    if (renditions.length === 0) return [];
    return [...renditions.sort((a, b) => (b.height ?? 0) - (a.height ?? 0)), { id: -1, label: 'Auto', active: active < 0 }];
  }

  set resolution(id: number) {
    if (id !== -1 && !this.player.videoRenditions[id]) throw new RangeError(`There is no resolution ${id}.`);
    this.player.videoRenditions.selectedIndex = id;
  }

  get captions(): Caption[] {
    const authored = [...this.player.querySelectorAll('track')];
    return this.#captionTracks.map(([id, { label, language, mode }]) => ({
      id,
      label: label || language,
      src: authored.find(track => track.label === label && track.srclang === language)?.src ?? '',
      // Those that the player draws are `hidden` to the browser.
      mode: mode === 'disabled' ? 'disabled' : 'showing',
    }));
  }

  /** None, where there is none of that name. */
  set caption(id: string) {
    for (const [name, track] of this.#captionTracks) track.mode = name === id ? 'showing' : 'disabled';
  }

  /** By a name of its own: that of the track, or its language, with a number where two share it. */
  get #captionTracks(): [string, TextTrack][] {
    const names = new Set<string>();
    return [...this.player.textTracks]
      .filter(({ kind }) => kind === 'captions' || kind === 'subtitles')
      .map(track => {
        const wanted = track.id || track.language || 'captions';
        let name = wanted;
        for (let n = 2; names.has(name); n++) name = `${wanted}-${n}`;
        names.add(name);
        return [name, track];
      });
  }

  /** From 1. */
  get position(): number {
    return this.#list.currentIndex + 1;
  }

  next(): boolean {
    return this.#list.next();
  }

  previous(): boolean {
    return this.#list.previous();
  }

  get #list(): SpratPlaylist {
    if (!this.playlist) throw new DOMException('This page plays one video, and no playlist.', 'NotSupportedError');
    return this.playlist;
  }

  /** The picture on screen, as a JPEG. */
  get image(): string {
    const video = this.player.media.nativeEl;
    if (!video.videoWidth) throw new DOMException('There is no picture yet.', 'InvalidStateError');
    const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return canvas.toDataURL('image/jpeg');
  }

  /** For a video that asks for one; any other ignores it. */
  set password(password: string) {
    (this.player as { setVideoPassword?(password: string): void }).setVideoPassword?.(password);
  }

  /** In seconds; what lies outside is its nearest end. */
  seek(seconds: number): void {
    this.player.currentTime = seconds;
  }

  set volume(volume: number) {
    this.player.volume = Math.min(1, Math.max(0, volume));
  }

  /** Refused without a gesture: it stays paused, as the embedder is told by its state. */
  play(): void {
    this.player.play().catch(() => {});
  }
}

/** A number that somebody else sent. */
export function number(value: unknown): number {
  const found = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof found !== 'number' || !Number.isFinite(found)) throw new TypeError(`Not a number: ${String(value).slice(0, 40)}`);
  return found;
}
