// What opens over the picture when a button of the bar is pressed. None of it is needed before that, so it is
// fetched then.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../elements/sprat-player.ts';
import { type TemplateResult, html } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import { attend as attendContext } from './context.ts';
import { audioMenu, captionsMenu, chaptersMenu, qualityMenu } from './menus.ts';
import { sharingPanel } from './panel.ts';
import type { Popup, View } from './view.ts';
import css from '../../styles/player/popups.css' with { type: 'text' };

/** Before the first of them opens. */
export function attend(host: HTMLElement, view: View): void {
  adopt(host.shadowRoot!, css);
  attendContext(host, view);
}

export const POPUPS: Record<Popup, (view: View) => TemplateResult> = {
  captions: captionsMenu,
  quality: qualityMenu,
  audio: audioMenu,
  sharing: sharingPanel,
  chapters: chaptersMenu,
  share: lately('share'),
  context: lately('context'),
};

let late: typeof import('./share.ts') | undefined;

/** What few viewers open is fetched by the first who does. */
function lately(name: 'share' | 'context'): (view: View) => TemplateResult {
  return view => {
    if (late) return late[name](view);
    import('./share.ts').then(
      module => {
        late = module;
        view.changed();
      },
      () => view.closePopup(),
    );
    return html``;
  };
}
