// What is fetched when a viewer opens the menu of the picture, or wants to pass on what plays.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';

export { context } from './context-menu.ts';
export { share } from './share-dialog.ts';
