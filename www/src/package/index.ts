// The package itself: the elements' classes, and what a site may say before the first is used. Nothing here happens by being
// imported: no element is registered, no document is looked at, and a server may import it.

export { SpratEmbed } from '../elements/sprat-embed.ts';
export { SpratPlayer } from '../elements/sprat-player.ts';
export { SpratPlaylist } from '../elements/sprat-playlist.ts';
export { SpratSearch } from '../elements/sprat-search.ts';
export { SpratVideo } from '../elements/sprat-video.ts';
export * from './settings.ts';
