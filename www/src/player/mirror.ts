// A player is used like the video inside it: its attributes go in, its events come out, and every property and
// method of `<sprat-video>` is there under the same name.

import { SpratVideo } from '../elements/sprat-video.ts';

/** What the player forwards as it stands. `controls` is the player's own. */
export const FORWARDED: readonly string[] = SpratVideo.observedAttributes.filter(name => !['controls', 'id', 'class'].includes(name));

/** `consentrequired` bubbles out by itself. */
const EVENTS = [
  ...SpratVideo.Events,
  'statschange',
  'consentchange',
  'streamtypechange',
  'targetlivewindowchange',
  'renditionplaying',
  'warning',
];

export interface HasMedia extends HTMLElement {
  readonly media: SpratVideo;
}

/** Gives a class the properties and methods of the video, save those it has already. */
export function mirrorMembers(player: { prototype: HasMedia }): void {
  // On a server there are no elements, and nobody asks this class for anything.
  if (!globalThis.HTMLElement) return;
  const reflected = new Map([...FORWARDED.map(name => [name.replaceAll('-', ''), name] as const), ['defaultmuted', 'muted']]);
  for (let proto = SpratVideo.prototype as object; proto !== HTMLElement.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(proto))) {
      if (name in player.prototype || name.endsWith('Callback') || INTERNAL.has(name)) continue;
      Object.defineProperty(player.prototype, name, mirrored(name, member, reflected.get(name.toLowerCase())));
    }
  }
}

/** Sends on what the video says; `heard` sees it first. */
export function mirrorEvents(host: HasMedia, heard: (event: Event) => void): void {
  for (const type of EVENTS) {
    host.media.addEventListener(type, event => {
      heard(event);
      host.dispatchEvent(new CustomEvent(type, { detail: (event as CustomEvent).detail }));
    });
  }
}

const INTERNAL = new Set(['constructor', 'init', 'handleEvent', 'get', 'set', 'call']);

function mirrored(name: string, member: PropertyDescriptor, attribute: string | undefined): PropertyDescriptor {
  type Members = Record<string, unknown>;
  const media = (host: HasMedia) => host.media as unknown as Members;
  if (typeof member.value === 'function') {
    return {
      configurable: true,
      value(this: HasMedia, ...args: unknown[]) {
        return (media(this)[name] as (...args: unknown[]) => unknown).apply(this.media, args);
      },
    };
  }
  return {
    configurable: true,
    get(this: HasMedia) {
      return media(this)[name];
    },
    set(this: HasMedia, value: unknown) {
      // A property that stands for an attribute is one: the markup shows what is asked for.
      if (!attribute || name === 'muted') media(this)[name] = value;
      else if (value == null || typeof value === 'boolean') this.toggleAttribute(attribute, Boolean(value));
      else this.setAttribute(attribute, String(value));
    },
  };
}
