// What is known of a video or a playlist when it is shown to others: on another site, in a network's card, to a search
// engine. Links, embed codes, oEmbed, cards and structured data are all made of this one description, by the player, the
// demo, `cargo xtask oembed` and `card` alike. Sharing with other viewers, segment by segment, is something else (`../player/sharing.ts`).

import type { Chapter, Extras, InstanceVideo } from '../instance/model.ts';

/** What sites take for an embedded player of unknown size. */
export const [WIDTH, HEIGHT] = [560, 315];

export interface Named {
  name: string;
  url?: string;
}

export interface Picture {
  url: string;
  /** Pixels. */
  width?: number;
  height?: number;
}

/** Addresses are absolute, and http or https. Texts are strangers': whoever writes them anywhere escapes them. */
export interface Description {
  kind: 'video' | 'playlist';
  title: string;
  text?: string;
  /** In which it is spoken and called, as BCP 47 writes it. */
  language?: string;
  /** Where it is watched. */
  page?: string;
  /** The iframe page. */
  embed?: string;
  /** What a tag is given: attributes of `<sprat-player>` or `<sprat-playlist>`. */
  attributes?: Record<string, string>;
  poster?: Picture;
  /** Of the player, in CSS pixels. */
  width: number;
  height: number;
  /** Seconds. */
  duration?: number;
  /** ISO 8601. */
  published?: string;
  /** The stream or the file. */
  content?: string;
  live?: boolean;
  /** When a live begins, in milliseconds since 1970. */
  begins?: number;
  sensitive?: boolean;
  /** Its owner shows it only to those who have the link. */
  unlisted?: boolean;
  author?: Named;
  provider?: Named;
  chapters?: Chapter[];
  /** Of a playlist. */
  items?: Item[];
}

export interface Item {
  title: string;
  page?: string;
  /** Of an authored list: what its link names, and its `data-…`. */
  href?: string;
  data?: Record<string, string>;
  poster?: string;
  /** Seconds. */
  duration?: number;
}

/** A video of an instance is watched there, and embedded from there. */
export function ofInstance(video: InstanceVideo, extras?: Extras): Description {
  const { origin, uuid, title, channel, poster, duration, aspectRatio, live, schedules, nsfw, source, watchUrl, published, privacy } = video;
  const embeddable = video.embedAnywhere && privacy !== 'private' && privacy !== 'internal';
  return {
    kind: 'video',
    title,
    page: watchUrl,
    ...(embeddable && { embed: `${origin}/videos/embed/${uuid}` }),
    attributes: { peertube: watchUrl },
    // Of what is not for everybody nothing is shown unasked.
    ...(poster && !nsfw && { poster: { url: poster } }),
    ...size(aspectRatio),
    ...(duration !== undefined && { duration }),
    ...(published !== undefined && { published: new Date(published).toISOString() }),
    ...(source && { content: source.url }),
    ...(live && { live }),
    ...(live && schedules[0] !== undefined && { begins: schedules[0] }),
    ...(nsfw && { sensitive: true }),
    ...(privacy !== 'public' && { unlisted: true }),
    ...(channel && { author: { name: channel } }),
    provider: { name: new URL(origin).host, url: origin },
    ...(extras?.chapters.length && { chapters: extras.chapters }),
  };
}

/** As wide as usual, or as high, where it is higher than wide. */
export function size(aspectRatio = WIDTH / HEIGHT): { width: number; height: number } {
  const sane = aspectRatio > 0.2 && aspectRatio < 5 ? aspectRatio : WIDTH / HEIGHT;
  return sane < 1 ? { width: Math.round(WIDTH * sane), height: WIDTH } : { width: WIDTH, height: Math.round(WIDTH / sane) };
}
