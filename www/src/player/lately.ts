// What few viewers open is fetched by the first who does.

import { type TemplateResult, html } from 'lit/html.js';
import type { View } from './view.ts';

/** Draws nothing until it is there. */
export function lately<Name extends string>(load: () => Promise<Record<Name, (view: View) => TemplateResult>>, name: Name): (view: View) => TemplateResult {
  let late: Record<Name, (view: View) => TemplateResult> | undefined;
  return view => {
    if (late) return late[name](view);
    load().then(
      module => {
        late = module;
        view.changed();
      },
      () => view.closePopup(),
    );
    return html``;
  };
}
