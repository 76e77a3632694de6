// What both iframe pages do: one element that fills the page, with the attributes that its address asks for.

import { strings } from '../strings.ts';
import { readParameters } from './parameters.ts';

export function fill(element: HTMLElement): void {
  const parameters = readParameters(location);
  if (!parameters.has('src')) {
    const notice = document.createElement('p');
    notice.textContent = strings.noSource;
    document.body.append(notice);
    return;
  }
  for (const [name, value] of parameters) element.setAttribute(name, value);
  document.title = parameters.get('media-title') ?? document.title;
  document.body.append(element);
}
