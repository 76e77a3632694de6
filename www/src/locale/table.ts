// The table of words for a viewer's languages. Each locale is a file that is fetched when the first element speaks it, and is
// made into a table once for each region.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import { type Strings, english } from '../late-strings.ts';
import { type Locale, choose } from './choose.ts';
import { named } from './ids.ts';
import { tableOf } from './messages.ts';

type Resource = () => Promise<{ default: string }>;

const RESOURCES: Record<Exclude<Locale, 'en'>, Resource> = {
  ar: () => import('../../locales/ar.ftl'),
  de: () => import('../../locales/de.ftl'),
  es: () => import('../../locales/es.ftl'),
  fa: () => import('../../locales/fa.ftl'),
  fr: () => import('../../locales/fr.ftl'),
  he: () => import('../../locales/he.ftl'),
  it: () => import('../../locales/it.ftl'),
  ja: () => import('../../locales/ja.ftl'),
  nl: () => import('../../locales/nl.ftl'),
  pl: () => import('../../locales/pl.ftl'),
  'pt-BR': () => import('../../locales/pt-BR.ftl'),
  ru: () => import('../../locales/ru.ftl'),
  uk: () => import('../../locales/uk.ftl'),
  'zh-Hans': () => import('../../locales/zh-Hans.ftl'),
  'zh-Hant': () => import('../../locales/zh-Hant.ftl'),
};

const tables = new Map<string, Promise<Strings>>();

/** In the first of these languages that there are words for. Rejects where they cannot be had. */
export function tableFor(tags: readonly string[]): Promise<Strings> {
  const { locale, tag } = choose(tags);
  if (locale === 'en') return Promise.resolve(english);
  const known = tables.get(tag);
  if (known) return known;
  const made = RESOURCES[locale]().then(({ default: text }) => tableOf(tag, named(text)));
  tables.set(tag, made);
  made.catch(() => tables.delete(tag));
  return made;
}
