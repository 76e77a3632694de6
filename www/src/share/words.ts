// What the interface says where a video is shared with others; beside `strings.ts`, for who shares nothing does not fetch it.

export const words = {
  menu: 'This video',
  title: 'Share',
  loop: 'Play in a loop',
  copyLink: 'Copy link',
  copyLinkAt: (time: string) => `Copy link at ${time}`,
  copyEmbed: 'Copy embed code',
  share: 'Share…',
  link: 'Link',
  startAt: (time: string) => `Start at ${time}`,
  wholeList: 'The whole playlist, from this video',
  frame: 'Embed code: a frame',
  tag: 'Embed code: a tag',
  copy: 'Copy',
  copied: 'Copied',
  copyByKeys: (keys: string) => `This page may not copy. The text is selected: press ${keys}.`,
  copyByTouch: 'This page may not copy. The text is selected: touch and hold it, then choose Copy.',
  toApp: 'Share with an app',
  nothing: 'This video has no address that could be shared.',
};
