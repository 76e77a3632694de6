// Renditions as the page sees them: `videoRenditions` and `audioTracks` (media-tracks) follow the engine's
// events, and what is selected there becomes the viewer's choice.

import type { AudioRendition, EngineEvent } from '../engine-events.ts';
import type { SpratVideo } from '../elements/sprat-video.ts';
import { TextTracks } from './text.ts';

export interface Choices {
  /** By index in the playlist; undefined means automatic. */
  quality(index: number | undefined): void;
  audio(index: number): void;
  text(index: number | undefined): void;
}

export class Tracks {
  /** Index of the variant now being fetched, or -1. */
  playingVariant = -1;
  /** The index last asked for or reported; selecting it again is no news. */
  #quality = -1;
  #audio = -1;
  readonly text: TextTracks;

  constructor(
    private readonly media: SpratVideo,
    choices: Choices,
  ) {
    this.text = new TextTracks(media, choices.text);
    media.videoRenditions.addEventListener('change', () => {
      const index = media.videoRenditions.selectedIndex;
      if (index === this.#quality) return;
      this.#quality = index;
      choices.quality(index < 0 ? undefined : index);
    });
    media.audioTracks.addEventListener('change', () => {
      const enabled = [...media.audioTracks].flatMap((track, index) => (track.enabled ? [index] : []));
      // Enabling one disables the one that played: a viewer hears one rendition.
      const index = enabled.find(candidate => candidate !== this.#audio) ?? enabled[0];
      if (index === undefined || (index === this.#audio && enabled.length === 1)) return;
      this.#enableOnly(index);
      if (index !== this.#audio) choices.audio((this.#audio = index));
    });
  }

  loaded({ variants, audio, text }: EngineEvent & { type: 'loaded' }): void {
    this.#clearMedia();
    this.text.loaded(text);
    const video = this.media.addVideoTrack('main');
    video.id = '1';
    video.selected = true;
    variants.forEach((variant, index) => {
      const { width, height, codecs, bitrate, frameRate } = variant;
      const rendition = video.addRendition('', width, height, codecs, bitrate, frameRate ?? undefined);
      rendition.id = String(index);
    });
    audio.forEach((rendition, index) => {
      const track = this.media.addAudioTrack(kindOf(rendition), rendition.name, rendition.language);
      track.id = String(index);
    });
    const first = audio.findIndex(rendition => rendition.default);
    if (audio.length > 0) this.audioPlaying(Math.max(0, first));
  }

  variantPlaying(index: number, auto: boolean): void {
    this.playingVariant = index;
    const chosen = auto ? -1 : index;
    if (this.#quality === chosen) return;
    this.#quality = chosen;
    this.media.videoRenditions.selectedIndex = chosen;
  }

  audioPlaying(index: number): void {
    this.#audio = index;
    this.#enableOnly(index);
  }

  clear(): void {
    this.#clearMedia();
    this.text.clear();
  }

  #clearMedia(): void {
    for (const track of [...this.media.videoTracks]) this.media.removeVideoTrack(track);
    for (const track of [...this.media.audioTracks]) this.media.removeAudioTrack(track);
    this.playingVariant = this.#quality = this.#audio = -1;
  }

  #enableOnly(index: number): void {
    [...this.media.audioTracks].forEach((track, i) => (track.enabled = i === index));
  }
}

/** As HTML has it (§4.8.11.10, "kind"): a rendition that describes the picture has the programme's sound as well. */
function kindOf({ characteristics, default: isDefault }: AudioRendition): string {
  if (characteristics.includes('describes-video')) return 'main-desc';
  return isDefault ? 'main' : 'alternative';
}
