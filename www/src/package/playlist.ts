// `import 'sprat-player/playlist'`: registers `<sprat-playlist>` with its player.

export { SpratPlayer } from '../define/sprat-player.ts';
export { SpratPlaylist } from '../define/sprat-playlist.ts';
export { SpratVideo } from '../define/sprat-video.ts';
export * from './settings.ts';
