// Which cues does a track have? Those the engine read, each once, for as long as what is buffered has need of them.
// How a cue is to stand is read as browsers read it from a file: what makes no sense is passed over.

export interface Cue {
  id: string;
  /** In seconds of the programme. */
  start: number;
  end: number;
  /** As on a WebVTT timing line: `line:80% align:start`. */
  settings: string;
  text: string;
}

const SETTING = /^(vertical|line|position|size|align):([^,]+),?(.*)/;

/** Adds those that the track does not have yet. */
export function addCues(track: TextTrack, cues: readonly Cue[]): void {
  whileListed(track, list => {
    const known = new Set([...list].map(cue => key(cue.startTime, cue.endTime, (cue as VTTCue).text)));
    for (const { id, start, end, settings, text } of cues) {
      if (known.size === known.add(key(start, end, text)).size) continue;
      const cue = new VTTCue(start, end, text);
      cue.id = id;
      place(cue, settings);
      track.addCue(cue);
    }
  });
}

/** Takes away those that end before a time in seconds. */
export function removeCues(track: TextTrack, before: number): void {
  whileListed(track, list => {
    for (const cue of [...list]) if (cue.endTime <= before) track.removeCue(cue);
  });
}

/** A disabled track does not tell its cues. */
function whileListed(track: TextTrack, work: (list: TextTrackCueList) => void): void {
  const { mode } = track;
  if (mode === 'disabled') track.mode = 'hidden';
  if (track.cues) work(track.cues);
  track.mode = mode;
}

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

function key(...parts: unknown[]): string {
  return parts.join(' ');
}
