// What reads a list that is not one of an instance: fetched where there is one.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';

export { authoredList } from './authored.ts';
export { readAnswer, readList } from './fetched.ts';
