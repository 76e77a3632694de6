// What did the author ask for? Reads the attributes that are ours into the engine's options. One that makes no
// sense is reported once on the console and then as good as absent: a typing error must not cost the video.

import type { EngineOptions, Naming, P2p } from '../engine-events.ts';
import { parseTime, timeFragment } from '../time.ts';
import { resolved } from './source.ts';

/** Read when a source is opened. */
export const OWN_ATTRIBUTES = [
  'peertube',
  'trackers',
  'p2p',
  'ice-servers',
  'swarm',
  'naming',
  'integrity',
  'start',
  'catch-up',
  'max-upload',
  'upload-ratio',
  'upload-metered',
  'upload-hidden',
  'p2p-min-viewers',
  'lan',
  'ice-transport-policy',
  'latency-mode',
  'start-bitrate',
  'cap-to-size',
  'license',
] as const;

/** As properties, spelled the way scripts do: `iceServers` for `ice-servers`. */
export function reflectAttributes(prototype: HTMLElement): void {
  for (const name of OWN_ATTRIBUTES) {
    Object.defineProperty(prototype, name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()), {
      configurable: true,
      get(this: HTMLElement) {
        return this.getAttribute(name) ?? '';
      },
      set(this: HTMLElement, value: unknown) {
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    });
  }
}

export interface ReflectedAttributes {
  peertube: string;
  trackers: string;
  p2p: string;
  iceServers: string;
  swarm: string;
  naming: string;
  integrity: string;
  start: string;
  catchUp: string;
  maxUpload: string;
  uploadRatio: string;
  uploadMetered: string;
  uploadHidden: string;
  p2pMinViewers: string;
  lan: string;
  iceTransportPolicy: string;
  latencyMode: string;
  startBitrate: string;
  capToSize: string;
  license: string;
}

export type Attributes = Omit<EngineOptions, 'src' | 'preload' | 'width' | 'height'>;

export function readAttributes(element: HTMLElement, url: string): Attributes {
  return {
    trackers: readTrackers(element),
    p2p: readP2p(element),
    iceServers: readIceServers(element),
    naming: readNaming(element),
    start: readStart(element, url),
    maxUpload: readMaxUpload(element),
    startBitrate: readBitrate(element, 'start-bitrate'),
    ...readManners(element),
    integrity: readIntegrity(element),
    swarm: element.getAttribute('swarm') || undefined,
    catchUp: isOn(element, 'catch-up'),
    saveData: navigator.connection?.saveData,
  };
}

export function readP2p(element: HTMLElement): P2p {
  const p2p = oneOf(element, 'p2p', ['on', 'off', 'ask'] as const, 'ask');
  // Global Privacy Control: a viewer who asks not to be shared with others is asked first (https://w3c.github.io/gpc/).
  return p2p === 'on' && navigator.globalPrivacyControl ? 'ask' : p2p;
}

/** What the page asks of its viewers, and spares them. */
function readManners(element: HTMLElement): Partial<EngineOptions> {
  const relayed = oneOf(element, 'ice-transport-policy', ['all', 'relay'] as const, 'all') === 'relay';
  return {
    uploadRatio: readNumber(element, 'upload-ratio'),
    minViewers: readNumber(element, 'p2p-min-viewers'),
    candidates: relayed ? 'relayed' : isOn(element, 'lan', 'off') ? 'all' : undefined,
    meteredUpload: isOn(element, 'upload-metered', 'off'),
    hiddenUpload: isOn(element, 'upload-hidden'),
    latencyMode: oneOf(element, 'latency-mode', ['low', 'balanced', 'shared'] as const, 'balanced'),
  };
}

export function readMaxUpload(element: HTMLElement): number | undefined {
  return readBitrate(element, 'max-upload');
}

/** Whether the quality follows the size on screen. */
export function readCapToSize(element: HTMLElement): boolean {
  return isOn(element, 'cap-to-size');
}

/** Where licenses of encrypted streams are to be had, unless the page says more (`keySystems`). */
export function readLicense(element: HTMLElement): string | undefined {
  const text = element.getAttribute('license')?.trim();
  return text ? resolved(text, element.baseURI) : undefined;
}

function readBitrate(element: HTMLElement, attribute: string): number | undefined {
  return readNumber(element, attribute, 'bits per second');
}

function readNumber(element: HTMLElement, attribute: string, expected = 'a number'): number | undefined {
  const text = element.getAttribute(attribute);
  if (text === null) return undefined;
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && Number.isFinite(number)) return number;
  warn(element, attribute, text, expected);
  return undefined;
}

/** Trackers are ws or wss; an address without a scheme is one on the page's own server. */
function readTrackers(element: HTMLElement): string[] {
  return words(element, 'trackers').flatMap(word => {
    const url = resolved(word, element.baseURI)?.replace(/^http(?=s?:)/, /^https?:/i.test(word) ? 'http' : 'ws');
    if (url && /^wss?:/.test(url)) return [url];
    warn(element, 'trackers', word, 'ws: or wss: URLs; this one is left out');
    return [];
  });
}

function readIceServers(element: HTMLElement): string[] {
  return words(element, 'ice-servers').filter(word => {
    if (/^(stun|turn)s?:\S+$/i.test(word)) return true;
    warn(element, 'ice-servers', word, 'stun: or turn: URLs; this one is left out');
    return false;
  });
}

function readNaming(element: HTMLElement): Naming {
  const generations = ['v2-position', 'v2-identity', 'v1', 'pt-v2', 'pt-v-2', 'pt-v3', 'published'] as const;
  return oneOf(element, 'naming', generations, 'v2-position');
}

function readIntegrity(element: HTMLElement): string | undefined {
  const text = element.getAttribute('integrity')?.trim();
  if (!text || text === 'none') return text || undefined;
  const url = resolved(text, element.baseURI);
  if (url && /^https?:/.test(url)) return url;
  warn(element, 'integrity', text, '"none" or the URL of the digests; without them nothing is shared');
  return undefined;
}

function readStart(element: HTMLElement, url: string): number | undefined {
  const text = element.getAttribute('start');
  if (text === null) return timeFragment(new URL(url).hash).start;
  const time = parseTime(text);
  if (time === undefined) warn(element, 'start', text, 'seconds, or a time such as 1m30s');
  return time;
}

function isOn(element: HTMLElement, attribute: string, usual: 'on' | 'off' = 'on'): boolean {
  return oneOf(element, attribute, ['on', 'off'] as const, usual) === 'on';
}

function words(element: HTMLElement, attribute: string): string[] {
  return element.getAttribute(attribute)?.split(/\s+/).filter(Boolean) ?? [];
}

function oneOf<T extends string>(element: HTMLElement, attribute: string, values: readonly T[], fallback: T): T {
  const text = element.getAttribute(attribute);
  if (text === null) return fallback;
  const value = values.find(candidate => candidate === text.trim().toLowerCase());
  if (value === undefined) warn(element, attribute, text, `one of ${values.join(', ')}; taken as ${fallback}`);
  return value ?? fallback;
}

const warned = new WeakMap<HTMLElement, Set<string>>();

function warn(element: HTMLElement, attribute: string, value: string, expected: string): void {
  const said = warned.get(element) ?? new Set();
  warned.set(element, said);
  const key = `${attribute}=${value}`;
  if (said.has(key)) return;
  said.add(key);
  console.warn(`<${element.localName}>: ${attribute}="${value}" should be ${expected}.`);
}
