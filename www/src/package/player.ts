// `import 'sprat-player/player'`: registers `<sprat-player>` and the `<sprat-video>` inside it, and nothing else.

export { SpratPlayer } from '../define/sprat-player.ts';
export { SpratVideo } from '../define/sprat-video.ts';
export * from './settings.ts';
