// What both iframe pages do: one element that fills the page, with the attributes that its address asks for; or, if
// it names nothing to play, the sentence that stands ready in the page.

import { readParameters } from './parameters.ts';

export function fill(element: HTMLElement): void {
  const parameters = readParameters(location);
  if (!parameters.has('src')) {
    document.querySelector('p')?.removeAttribute('hidden');
    return;
  }
  for (const [name, value] of parameters) element.setAttribute(name, value);
  document.title = parameters.get('media-title') ?? document.title;
  document.body.append(element);
}
