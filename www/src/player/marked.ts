// Where do chapters and pictures of a film come from? Of what the page says in text tracks (`kind="chapters"`; `kind="metadata"
// label="thumbnails"`, as media-chrome has it), else of what the instance says of its video. Tracks are read when
// they are first needed; one that the page switches off after that stays off.

import type { SpratVideo } from '../elements/sprat-video.ts';
import { type Chapter, chaptersWithin, lastBegun } from './chapters.ts';
import { type Picture, pictureNamed, pictureOf } from './storyboard.ts';

export class Marked {
  readonly #enabled = new WeakSet<TextTrack>();
  #chapters: Chapter[] = [];
  /** What they were read from. */
  #read: unknown[] = [];

  /** `changed`: there may be others now. */
  constructor(
    private readonly media: SpratVideo,
    changed: () => void,
  ) {
    for (const type of ['addtrack', 'removetrack', 'change']) media.textTracks.addEventListener(type, changed);
    for (const type of ['instanceextras', 'durationchange', 'emptied']) media.addEventListener(type, changed);
    // Files of tracks, which have come.
    media.nativeEl.addEventListener('load', changed, true);
  }

  get chapters(): readonly Chapter[] {
    const { duration, instanceExtras } = this.media;
    const cues = this.#track('chapters')?.cues;
    const now = [duration, instanceExtras, cues, cues?.length];
    if (now.some((fact, i) => fact !== this.#read[i])) {
      this.#read = now;
      const said = cues?.length ? [...cues].map(cue => ({ start: cue.startTime, title: wordsOf(cue) })) : instanceExtras?.chapters;
      this.#chapters = chaptersWithin(said ?? [], duration);
    }
    return this.#chapters;
  }

  pictureAt(time: number): Picture | undefined {
    const track = this.#track('metadata');
    const [storyboard] = this.media.instanceExtras?.storyboards ?? [];
    if (!track) return storyboard && pictureOf(storyboard, time);
    const cues = track.cues ?? [];
    const cue = cues[lastBegun(cues, ({ startTime }) => startTime, time)];
    return cue && pictureNamed(wordsOf(cue), this.#baseOf(track));
  }

  #track(kind: 'chapters' | 'metadata'): TextTrack | undefined {
    const tracks = [...this.media.textTracks].filter(
      track => track.kind === kind && (kind === 'chapters' || track.label === 'thumbnails') && (track.mode !== 'disabled' || !this.#enabled.has(track)),
    );
    const spoken = (track: TextTrack) => navigator.languages.some(language => language.split('-')[0] === track.language.split('-')[0]);
    const track = tracks.find(({ mode }) => mode !== 'disabled') ?? tracks.find(spoken) ?? tracks[0];
    if (!track) return undefined;
    this.#enabled.add(track);
    if (track.mode === 'disabled') track.mode = 'hidden';
    return track;
  }

  /** Addresses in a file of cues are read from where it lies. */
  #baseOf(track: TextTrack): string {
    const element = [...this.media.nativeEl.querySelectorAll('track')].find(element => element.track === track);
    return element?.src || this.media.baseURI;
  }
}

function wordsOf(cue: TextTrackCue): string {
  return 'text' in cue ? String(cue.text).trim() : '';
}
