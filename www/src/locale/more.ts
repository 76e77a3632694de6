// The second half of a locale: what is said by what is opened on purpose (`../more-strings.ts`).

// Loaded by what has them, and so they are there already: said here, the bundler leaves what all use in one file.
import './table.ts';
import { type More, more } from '../more-strings.ts';
import { type Locale, choose } from './choose.ts';
import { named } from './ids.ts';
import { moreIds } from './more-ids.ts';
import { worded } from './messages.ts';

const RESOURCES: Record<Exclude<Locale, 'en'>, () => Promise<{ default: string }>> = {
  ar: () => import('../../locales/ar.ftl?more'),
  de: () => import('../../locales/de.ftl?more'),
  es: () => import('../../locales/es.ftl?more'),
  fa: () => import('../../locales/fa.ftl?more'),
  fr: () => import('../../locales/fr.ftl?more'),
  he: () => import('../../locales/he.ftl?more'),
  it: () => import('../../locales/it.ftl?more'),
  ja: () => import('../../locales/ja.ftl?more'),
  nl: () => import('../../locales/nl.ftl?more'),
  pl: () => import('../../locales/pl.ftl?more'),
  'pt-BR': () => import('../../locales/pt-BR.ftl?more'),
  ru: () => import('../../locales/ru.ftl?more'),
  uk: () => import('../../locales/uk.ftl?more'),
  'zh-Hans': () => import('../../locales/zh-Hans.ftl?more'),
  'zh-Hant': () => import('../../locales/zh-Hant.ftl?more'),
};

/** In the language of a table. Rejects where they cannot be had. */
export async function learn(tag: string): Promise<Partial<More>> {
  const { locale } = choose([tag]);
  if (locale === 'en') return {};
  const { default: text } = await RESOURCES[locale]();
  return worded(tag, named(text, moreIds()), more);
}
