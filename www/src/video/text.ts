// Captions and metadata as the page sees them: text tracks of the video inside, beside those of `<track>` children.
// What is shown there, or listened to, is what the engine reads; a rendition that nobody enabled is not fetched.
// Ours are `<track>`s too, without a file, for tracks of `addTextTrack` could never be taken away again.
//
// Metadata has tracks of its own, one for what rides on the media and one for date ranges. Their cues have the
// `type` and `value` of a DataCue, as WebKit has it; what they would say as text is empty.

import type { Cue, Datum, EngineEvent, TextRendition } from '../engine-events.ts';

/** Subtitles by index, captions as `CC1`, and two names. */
type Key = number | string;

interface Sheet {
  element: HTMLTrackElement;
  cues: Map<string, TextTrackCue>;
}

const DATE_RANGE = 'com.apple.quicktime.HLS';
/** Cues of a track of metadata. */
const MOST = 2000;
const CAPTIONS = /transcribes-spoken-dialog|describes-music-and-sound/;
const SETTING = /^(vertical|line|position|size|align):([^,]+),?(.*)/;

/** Hears the engine, and null when another source is opened. */
export class TextTracks {
  readonly #sheets = new Map<Key, Sheet>();
  #chosen: number | undefined;

  constructor(
    private readonly media: { readonly nativeEl: HTMLVideoElement },
    private readonly choose: (index?: number) => void,
  ) {
    media.nativeEl.textTracks.addEventListener('change', () => this.#follow());
  }

  hear(event: EngineEvent | null): void {
    switch (event?.type) {
      case 'loaded':
        return this.#loaded(event.text);
      case 'cues':
        return this.#add(event.track, event.cues);
      case 'cueskept':
        return this.#keep(event.track, event.start, event.end);
      case 'metadata':
        return this.#tell(event.cues);
      default:
        return this.#clear();
    }
  }

  #loaded(listed: readonly TextRendition[]): void {
    // The engine may have been replaced: what was enabled is so still.
    const modes = new Map([...this.#sheets].map(([key, { element }]) => [key, element.track.mode]));
    this.#clear();
    listed.forEach(({ name, language, service, characteristics, default: isDefault }, index) => {
      const key = service ?? index;
      const kind = service || CAPTIONS.test(characteristics) ? 'captions' : 'subtitles';
      const { track } = this.#sheet(key, kind, name, language).element;
      track.mode = modes.get(key) ?? (isDefault ? 'showing' : 'disabled');
    });
    this.#follow();
  }

  #add(key: Key, cues: readonly Cue[]): void {
    const sheet = this.#sheet(key, 'captions', String(key));
    for (const { id, start, end, settings, text } of cues) {
      const cue = Object.assign(new VTTCue(start, end, text), { id });
      place(cue, settings);
      put(sheet, [start, end, settings, text].join(), cue);
    }
  }

  /** Cues that lie wholly outside go. */
  #keep(key: Key, start: number, end: number): void {
    const sheet = this.#sheets.get(key);
    for (const [name, cue] of sheet?.cues ?? []) {
      if (cue.endTime <= start || cue.startTime >= end) drop(sheet!, name);
    }
  }

  #tell(data: readonly Datum[]): void {
    for (const { type, id, start, end, key, info, data: content } of data) {
      const sheet = this.#sheet(type === DATE_RANGE ? 'dateranges' : 'metadata', 'metadata');
      const cue = new VTTCue(start, end ?? Number.MAX_VALUE, '');
      Object.assign(cue, { id, type, value: { key, data: content, ...(info && { info }) } });
      put(sheet, id ? [type, id, key].join() : [start, key, info, String(content), sheet.cues.size].join(), cue);
      const [oldest] = sheet.cues.keys();
      if (sheet.cues.size > MOST) drop(sheet, oldest!);
    }
  }

  #clear(): void {
    for (const { element } of this.#sheets.values()) element.remove();
    this.#sheets.clear();
    this.#chosen = undefined;
  }

  #sheet(key: Key, kind: TextTrackKind, label = String(key), srclang = ''): Sheet {
    let sheet = this.#sheets.get(key);
    if (!sheet) {
      const element = Object.assign(document.createElement('track'), { kind, label, srclang, src: '' });
      this.media.nativeEl.append(element);
      element.track.mode = kind === 'metadata' ? 'hidden' : 'disabled';
      const cues = new Map<string, TextTrackCue>();
      // Browsers look for the file once the track is first enabled; some then empty a track whose file is not there.
      // Without the attribute WebKit does so without a word.
      element.addEventListener('error', () => cues.forEach(cue => element.track.addCue(cue)));
      this.#sheets.set(key, (sheet = { element, cues }));
    }
    return sheet;
  }

  #follow(): void {
    const enabled = (mode: TextTrackMode) =>
      [...this.#sheets].find(([key, { element }]) => typeof key === 'number' && element.track.mode === mode)?.[0];
    const index = (enabled('showing') ?? enabled('hidden')) as number | undefined;
    if (index !== this.#chosen) this.choose((this.#chosen = index));
  }
}

function put(sheet: Sheet, name: string, cue: TextTrackCue): void {
  drop(sheet, name);
  sheet.cues.set(name, cue);
  sheet.element.track.addCue(cue);
}

function drop({ element, cues }: Sheet, name: string): void {
  const cue = cues.get(name);
  if (cue) element.track.removeCue(cue);
  cues.delete(name);
}

/** How a cue is to stand is read as browsers read it from a file: what makes no sense is passed over. */
function place(cue: VTTCue, settings: string): void {
  for (const setting of settings.split(/\s+/)) {
    const [, name = '', value = '', anchor] = SETTING.exec(setting) ?? [];
    const number = parseFloat(value);
    try {
      if (/^[va]/.test(name)) Object.assign(cue, { [name]: value });
      else if (!Number.isNaN(number)) {
        const lines = name === 'line' && { snapToLines: !value.endsWith('%') };
        Object.assign(cue, lines, anchor && { [`${name}Align`]: anchor }, { [name]: number });
      }
    } catch {
      // A percentage beyond its range.
    }
  }
}
