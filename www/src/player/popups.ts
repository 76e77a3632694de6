// What opens over the picture when a button of the bar is pressed. None of it is needed before that, so it is
// fetched then.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../elements/sprat-player.ts';
import type { TemplateResult } from 'lit/html.js';
import { audioMenu, captionsMenu, chaptersMenu, qualityMenu } from './menus.ts';
import { sharingPanel } from './panel.ts';
import type { Popup, View } from './view.ts';

export const POPUPS: Record<Popup, (view: View) => TemplateResult> = {
  captions: captionsMenu,
  quality: qualityMenu,
  audio: audioMenu,
  sharing: sharingPanel,
  chapters: chaptersMenu,
};
