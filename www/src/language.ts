// In which language does an element speak? In that of the nearest `lang` around it, through the hosts of shadow trees (HTML,
// "The lang and xml:lang attributes"), else in the first of the viewer's languages that there are words for. English is at
// hand; whatever else is wanted is fetched, and until it is there, or where it cannot be had, the words stay what they are.

import { type Strings, en } from './strings.ts';

const LANG = { attributes: true, attributeFilter: ['lang'], subtree: true };

/** Says which table the element is to use, now and whenever that changes, until what it returns is called. */
export function follow(host: Element, heard: (table: Strings) => void): () => void {
  let known = '';
  const look = () => {
    const tags = [nearest(host), ...navigator.languages];
    const wanted = tags.join();
    if (wanted === known) return;
    known = wanted;
    if (/^,*en\b/i.test(wanted)) heard(en);
    else import('./locale/table.ts').then(({ tableFor }) => tableFor(tags)).then(table => wanted === known && heard(table), () => {});
  };
  const observer = new MutationObserver(look);
  for (let at: Element | undefined = host; at; at = (at.getRootNode() as Partial<ShadowRoot>).host) observer.observe(at.getRootNode(), LANG);
  look();
  return () => observer.disconnect();
}

function nearest(at: Element | undefined): string {
  return at ? at.closest<HTMLElement>('[lang]')?.lang ?? nearest((at.getRootNode() as Partial<ShadowRoot>).host) : '';
}
