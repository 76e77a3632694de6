// What opens over the picture when a button of the bar is pressed. None of it is needed before that, so it is
// fetched then.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import type { TemplateResult } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import { attend as attendContext } from './context.ts';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import { keys } from './keys.ts';
import { lately } from './lately.ts';
import { captionsMenu, chaptersMenu } from './menus.ts';
import { sharingPanel } from './panel.ts';
import type { Popup, View } from './view.ts';
import css from '../../styles/player/popups.css' with { type: 'text' };

/** Before the first of them opens. */
export function attend(host: HTMLElement, view: View): void {
  adopt(host.shadowRoot!, css);
  attendContext(host, view);
  (host as SpratPlayer).add(keys(view));
}

export const POPUPS: Record<Popup, (view: View) => TemplateResult> = {
  captions: captionsMenu,
  sharing: sharingPanel,
  chapters: chaptersMenu,
  settings: lately(() => import('./settings.ts'), 'settings'),
  keys: lately(() => import('./settings.ts'), 'keyList'),
  report: lately(() => import('./settings.ts'), 'report'),
  share: lately(() => import('./share.ts'), 'share'),
  context: lately(() => import('./share.ts'), 'context'),
};
