// A list that stands on the page: links, which are there without a script, too.

import { MOST_ITEMS, type Said, checked, web } from './checked.ts';
import type { List } from './items.ts';

/** `<li><a href=… data-start=… data-trackers=…>Title</a></li>`: what stands on the page without a script, too. */
export function authoredList(root: Element): List | undefined {
  const links = [...root.querySelectorAll<HTMLAnchorElement>('li > a[href]')].slice(0, MOST_ITEMS);
  return links.length === 0 ? undefined : checked({ items: links.map(fromLink) }, root.baseURI);
}

function fromLink(link: HTMLAnchorElement): Said {
  const { trackers, swarm, naming, integrity, iceServers, poster, duration, start, stop, channel, type } = link.dataset;
  const attributes = {
    trackers,
    swarm,
    naming,
    integrity: integrity === 'none' ? integrity : web(integrity, link.baseURI),
    'ice-servers': iceServers,
  };
  const image = link.querySelector('img')?.src;
  const src = link.getAttribute('href') ?? undefined;
  return { title: link.textContent, channel, src, type: type ?? link.type, poster: poster ?? image, duration, start, stop, attributes };
}
