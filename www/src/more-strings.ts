// What is said by what is opened on purpose: settings, statistics, lists of keys. Apart from the other tables, for locales ship
// it apart: a viewer's language fetches it with the first view that needs it (`more-words.ts`).

export const more = {
  back: 'Back',
  speed: 'Speed',
  normal: 'Normal',

  look: {
    title: 'Caption style',
    size: 'Text size',
    font: 'Font',
    ink: 'Text colour',
    inkShare: 'Text opacity',
    ground: 'Background colour',
    groundShare: 'Background opacity',
    window: 'Window colour',
    windowShare: 'Window opacity',
    edge: 'Edges of letters',
    reset: 'As it was',
  },
  fonts: { sans: 'Sans serif', serif: 'Serif', mono: 'Monospaced', casual: 'Casual', script: 'Script', capitals: 'Small capitals' },
  colours: { white: 'White', yellow: 'Yellow', green: 'Green', cyan: 'Cyan', blue: 'Blue', magenta: 'Magenta', red: 'Red', black: 'Black' },
  edges: { none: 'None', shadow: 'Drop shadow', raised: 'Raised', depressed: 'Depressed', outline: 'Outline' },

  statistics: 'Statistics',
  figures: {
    frame: 'Player',
    quality: 'Picture',
    frames: 'Pictures shown, dropped',
    codecs: 'Codecs',
    buffer: 'Loaded ahead',
    throughput: 'Speed of the server',
    latency: 'Behind the live',
    begin: 'First picture after',
    stalls: 'Interruptions',
    peers: 'Viewers connected',
    segments: 'Segments: server, viewers, refused',
    version: 'Version',
  },

  keys: 'Keyboard shortcuts',
  does: {
    play: 'Play or pause',
    short: '5 seconds back or on',
    long: '10 seconds back or on',
    volume: 'Louder or quieter',
    mute: 'Sound off or on',
    captions: 'Captions off or on',
    fullscreen: 'Full screen',
    pip: 'Picture in picture',
    theatre: 'Wide view',
    tenths: 'A tenth of the video',
    ends: 'To the beginning or the end',
    speed: 'Slower or faster',
    frame: 'One picture back or on, while paused',
    chapter: 'Previous or next chapter',
    item: 'Previous or next video',
    help: 'This list',
  },
  theatre: 'Wide view',
  popOut: 'Open in a window of its own',
  limit: 'Upload at most',

  report: 'Report this video',
  reportTo: (who: string) => `Your report goes to those who run ${who}. They decide what happens to the video.`,
  reportThere: (time: string) => `The page of the video opens at ${time}. There you find “Report” in the menu beneath the picture. Say what is wrong, and when it is seen.`,
  reportOpen: (who: string) => `Go to ${who}`,
};

export type More = typeof more;
