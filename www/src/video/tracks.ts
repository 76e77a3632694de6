// Renditions as the page sees them: `videoRenditions` and `audioTracks` (media-tracks) follow the engine's
// events, and what is selected there becomes the viewer's choice.

import type { EngineEvent } from '../engine-events.ts';
import type { SpratVideo } from '../elements/sprat-video.ts';
import type { TextTracks } from './text.ts';

/** By index in the playlist; none means automatic quality, and no subtitles. */
export type Choose = (what: 'Quality' | 'Audio' | 'Text', index?: number) => void;

export class Tracks {
  /** Index of the variant now being fetched, or -1. */
  playingVariant = -1;
  /** The index last asked for or reported; selecting it again is no news. */
  #quality = -1;
  #audio = -1;
  /** Fetched once a stream has text. What is asked of it keeps its order. */
  #text: Promise<TextTracks> | undefined;

  constructor(
    private readonly media: SpratVideo,
    private readonly choose: Choose,
  ) {
    media.videoRenditions.addEventListener('change', () => {
      const index = media.videoRenditions.selectedIndex;
      if (index === this.#quality) return;
      this.#quality = index;
      choose('Quality', index < 0 ? undefined : index);
    });
    media.audioTracks.addEventListener('change', () => {
      // Enabling one disables the one that played: a viewer hears one rendition.
      const index = [...media.audioTracks].findIndex((track, index) => track.enabled && index !== this.#audio);
      if (index < 0) return;
      this.audioPlaying(index);
      choose('Audio', index);
    });
  }

  loaded(event: EngineEvent & { type: 'loaded' }): void {
    const { variants, audio, text } = event;
    this.#clear();
    if (text[0] || this.#text) this.hearText(event);
    const video = this.media.addVideoTrack('main');
    video.id = '1';
    video.selected = true;
    variants.forEach(({ width, height, codecs, bitrate, frameRate }, index) => {
      video.addRendition('', width, height, codecs, bitrate, frameRate ?? undefined).id = String(index);
    });
    audio.forEach(({ name, language, characteristics, default: isDefault }, index) => {
      // What describes the picture has the programme's sound as well (HTML §4.8.11.10).
      const kind = characteristics.includes('describes-video') ? 'main-desc' : isDefault ? 'main' : 'alternative';
      this.media.addAudioTrack(kind, name, language).id = String(index);
    });
    if (audio[0]) this.audioPlaying(Math.max(0, audio.findIndex(rendition => rendition.default)));
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
    [...this.media.audioTracks].forEach((track, i) => (track.enabled = i === index));
  }

  /** Where it cannot be had, the film has no captions and goes on. */
  hearText(event: EngineEvent | null): void {
    this.#text ??= import('./text.ts').then(({ TextTracks }) => new TextTracks(this.media, index => this.choose('Text', index)));
    this.#text.then(text => text.hear(event), () => {});
  }

  clear(): void {
    this.#clear();
    this.#text?.then(text => text.hear(null), () => {});
  }

  #clear(): void {
    for (const track of [...this.media.videoTracks]) this.media.removeVideoTrack(track);
    for (const track of [...this.media.audioTracks]) this.media.removeAudioTrack(track);
    this.playingVariant = this.#quality = this.#audio = -1;
  }
}
