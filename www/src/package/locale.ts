// What a module of a language says: its texts, in the order of the English ones. `import 'sprat-player/locales/de.js'` has a bundler
// put them where they are from the start; a player asks for them by itself when they are not.

declare const texts: string;
export default texts;
