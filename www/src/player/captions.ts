// Which captions are shown, and what do they say now? Tracks are kept `hidden` and their cues are drawn by us,
// above the controls; a track that the page sets to `showing` is thereby chosen. Only where the browser takes the
// whole screen for itself (phones) does it draw them.

import { type TemplateResult, html } from 'lit/html.js';
import type { View } from './view.ts';

interface ActiveCue {
  text: DocumentFragment;
  /** At the top of the picture, as its author asked. */
  high: boolean;
}

export class Captions {
  chosen: TextTrack | null = null;
  #cues: ActiveCue[] = [];
  #native = false;
  /** What to choose again when tracks are replaced, as they are when the element moves. */
  #wished = '';

  constructor(
    private readonly list: TextTrackList,
    private readonly changed: () => void,
  ) {
    for (const type of ['addtrack', 'change', 'removetrack']) list.addEventListener(type, () => this.#follow());
    this.#follow();
  }

  get tracks(): TextTrack[] {
    return [...this.list].filter(track => /^(ca|su)/.test(track.kind));
  }

  /** Heard of what a viewer chooses. */
  onchosen: ((track: TextTrack | null) => void) | undefined;

  choose(track: TextTrack | null): void {
    this.#take(track);
    this.onchosen?.(track);
  }

  /** The last one chosen, or the first, or none. */
  toggle(): void {
    this.choose(this.chosen ? null : (this.tracks[0] ?? null));
  }

  /** The browser's own full screen shows no overlay of ours. */
  leaveToBrowser(native: boolean): void {
    this.#native = native;
    if (this.chosen) this.chosen.mode = native ? 'showing' : 'hidden';
  }

  get active(): readonly ActiveCue[] {
    return this.#native ? [] : this.#cues;
  }

  #follow(): void {
    const { tracks } = this;
    const kept = this.chosen && tracks.includes(this.chosen) ? this.chosen : undefined;
    // The page has switched it off.
    const dropped = kept?.mode === 'disabled';
    if (dropped) this.#wished = '';
    const wanted =
      (this.#native ? undefined : tracks.find(track => track.mode === 'showing')) ??
      (dropped ? undefined : (kept ?? tracks.find(track => identity(track) === this.#wished)));
    if (wanted) this.#take(wanted);
    else this.#listen(null);
  }

  #take(track: TextTrack | null): void {
    this.#wished = track ? identity(track) : '';
    this.#listen(track);
  }

  #listen(track: TextTrack | null): void {
    if (this.chosen !== track) {
      this.chosen?.removeEventListener('cuechange', this.#readCues);
      track?.addEventListener('cuechange', this.#readCues);
      this.chosen = track;
    }
    const mode = this.#native ? 'showing' : 'hidden';
    for (const other of this.tracks) {
      const wanted = other === track ? mode : 'disabled';
      if (other.mode !== wanted) other.mode = wanted;
    }
    this.#readCues();
  }

  readonly #readCues = (): void => {
    this.#cues = [...(this.chosen?.activeCues ?? [])].flatMap(cue => {
      if (!('getCueAsHTML' in cue)) return [];
      const { line, snapToLines } = cue as VTTCue;
      const high = typeof line === 'number' && line >= 0 && line < (snapToLines ? 6 : 50);
      return [{ text: (cue as VTTCue).getCueAsHTML(), high }];
    });
    this.changed();
  };
}

export function captionsLayer({ captions }: View): TemplateResult {
  const lines = (high: boolean) =>
    captions.active.filter(cue => cue.high === high).map(cue => html`<p dir="auto"><span>${cue.text}</span></p>`);
  return html`
    <div class="cues" lang=${captions.chosen?.language ?? ''} aria-hidden="true">
      <div class="high">${lines(true)}</div>
      <div class="low">${lines(false)}</div>
    </div>
  `;
}

function identity(track: TextTrack): string {
  return `${track.kind}/${track.language}/${track.label}`;
}
