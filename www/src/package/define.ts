// `import 'sprat-player/define'`: registers all elements, at once.

export { SpratEmbed } from '../define/sprat-embed.ts';
export { SpratPlayer } from '../define/sprat-player.ts';
export { SpratPlaylist } from '../define/sprat-playlist.ts';
export { SpratSearch } from '../define/sprat-search.ts';
export { SpratVideo } from '../define/sprat-video.ts';
export * from './settings.ts';
