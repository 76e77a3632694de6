// What a search can be narrowed to, and what of that a form says.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { Length, Query } from '../instance/search.ts';
import type { More } from '../more-strings.ts';
import { strings } from '../strings.ts';

/** In which videos are marked most, beside those that the viewer's browser prefers (ISO 639). */
const LANGUAGES = 'ar ca cs de el en eo es eu fa fi fr gl he hu it ja ko nl oc pl pt ru sv th tr uk vi zh'.split(' ');
/** By PeerTube's numbers, from 1; they have these names in every language. */
const LICENCES = ['CC BY', 'CC BY-SA', 'CC BY-ND', 'CC BY-NC', 'CC BY-NC-SA', 'CC BY-NC-ND', 'CC0'];
const LENGTHS: readonly Length[] = ['short', 'medium', 'long'];

type Words = More['search'];

export function filters(element: HTMLElement, words: Words): TemplateResult {
  const given = (name: string) => element.getAttribute(name) ?? '';
  const live = given('live');
  return html`
    ${select('language', words.language, words.any, languages(given('language')), given('language'))}
    ${select('licence', words.licence, words.any, LICENCES.map((name, i) => [String(i + 1), name]), given('licence'))}
    ${select('length', words.length, words.any, LENGTHS.map(length => [length, words.lengths[length]]), given('length'))}
    ${select('live', words.live, words.any, [['true', words.onAir], ['false', words.recorded]], live === 'false' || live === 'off' ? 'false' : element.hasAttribute('live') ? 'true' : '')}
    ${select('order', words.order, words.best, [['newest', words.newest]], element.hasAttribute('newest') ? 'newest' : '')}
    ${given('sensitive') === 'never' ? nothing : html`<label class="check"><input type="checkbox" name="sensitive" .defaultChecked=${element.hasAttribute('sensitive')} /><span>${words.sensitiveToo}</span></label>`}
  `;
}

function select(name: string, label: string, usual: string, options: readonly (readonly [value: string, label: string])[], given: string): TemplateResult {
  return html`
    <label>
      <span>${label}</span>
      <select name=${name}>
        <option value="">${usual}</option>
        ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === given}>${label}</option>`)}
      </select>
    </label>
  `;
}

/** By their names in the element's language; the viewer's own come first. */
function languages(given: string): [string, string][] {
  const names = new Intl.DisplayNames(strings.lang, { type: 'language' });
  const named = (code: string): [string, string] => [code, nameOf(code, names)];
  const own = [...new Set([given, ...navigator.languages].map(tag => tag.split('-')[0]!).filter(code => /^[a-z]{2,3}$/.test(code)))];
  const others = LANGUAGES.filter(code => !own.includes(code)).map(named);
  return [...own.map(named), ...others.sort(([, a], [, b]) => a.localeCompare(b, strings.lang))];
}

function nameOf(code: string, names: Intl.DisplayNames): string {
  return names.of(code) ?? code;
}

/** As it stands in the form. */
export function read(form: HTMLFormElement): Query {
  const data = new FormData(form);
  const said = (name: string) => String(data.get(name) ?? '').trim();
  const [language, licence, length, live] = ['language', 'licence', 'length', 'live'].map(said) as [string, string, string, string];
  return {
    text: said('text'),
    ...(language && { language }),
    ...(licence && { licence: Number(licence) }),
    ...(length && { length: length as Length }),
    ...(live && { live: live === 'true' }),
    ...(said('order') && { newest: true }),
    ...(said('sensitive') && { sensitive: true }),
  };
}
