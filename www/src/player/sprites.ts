// Sheets of pictures, fetched when one of their pictures is first to be shown: one at a time, and a few are kept.

interface Sheet {
  image: HTMLImageElement;
  state: 'loading' | 'there' | 'failed';
}

const MOST_KEPT = 8;

export class Sprites {
  readonly #sheets = new Map<string, Sheet>();

  /** `changed`: one has come, or will not. */
  constructor(private readonly changed: () => void) {}

  /** The sheet, if it is here; else it is asked for, unless another is on its way: whoever still wants it then asks again. */
  get(url: string): HTMLImageElement | undefined {
    const { image, state } = this.#sheets.get(url) ?? this.#fetch(url) ?? {};
    return state === 'there' ? image : undefined;
  }

  #fetch(url: string): Sheet | undefined {
    const sheets = this.#sheets;
    if ([...sheets.values()].some(({ state }) => state === 'loading')) return undefined;
    const [oldest] = sheets.keys();
    if (oldest !== undefined && sheets.size >= MOST_KEPT) sheets.delete(oldest);
    const sheet: Sheet = { image: new Image(), state: 'loading' };
    const ended = (state: Sheet['state']) => () => {
      sheet.state = state;
      this.changed();
    };
    sheet.image.onload = ended('there');
    sheet.image.onerror = ended('failed');
    sheet.image.src = url;
    sheets.set(url, sheet);
    return sheet;
  }
}
