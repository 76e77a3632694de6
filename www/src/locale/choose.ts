// Which of our locales is meant? Languages are compared as their speakers write them: `zh-TW` is in traditional characters
// and `pt` in those of everybody who speaks it, so a tag is completed (Intl.Locale, "maximize") and then agrees in language
// and script, or does not. The viewer's own tag is kept: regions differ in digits and separators where words do not.

export const LOCALES = ['ar', 'de', 'en', 'es', 'fa', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt-BR', 'ru', 'uk', 'zh-Hans', 'zh-Hant'] as const;
export type Locale = (typeof LOCALES)[number];

export interface Chosen {
  locale: Locale;
  /** BCP 47. */
  tag: string;
}

/** The first of these tags that there are words for; English where there is none. */
export function choose(tags: readonly string[]): Chosen {
  for (const given of tags) {
    const wanted = likely(given);
    const locale = wanted && LOCALES.find(ours => sameWriting(likely(ours)!, wanted));
    if (locale) return { locale, tag: new Intl.Locale(given).toString() };
  }
  return { locale: 'en', tag: 'en' };
}

export function direction(tag: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he)\b/.test(tag) ? 'rtl' : 'ltr';
}

/** Undefined where the text is no tag. */
function likely(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}

function sameWriting(one: Intl.Locale, other: Intl.Locale): boolean {
  return one.language === other.language && one.script === other.script;
}
