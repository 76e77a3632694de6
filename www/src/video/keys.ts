// How do encrypted samples get their keys? The browser opens them in a vault of its own (W3C Encrypted Media
// Extensions); what it needs for that is asked for here, with what the playlist and the page say. Loaded when the
// first encrypted track is met, and not before.
//
// Key systems are tried in order: those the page configured, then those the playlist names. A key system that the
// browser lacks, or whose license cannot be had, makes room for the next; with none left it is the end.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { KeysNeeded } from '../engine-events.ts';
import type { Fault } from '../fault.ts';

/** How licenses of one key system are to be had. All of it is optional for `org.w3.clearkey`. */
export interface KeySystem {
  /** URL to which the CDM's message is posted, or a function that brings what it answers with. */
  license?: string | ((message: ArrayBuffer, info: LicenseInfo) => Promise<BufferSource> | BufferSource);
  /** Of a request to `license`, when that is a URL. */
  headers?: Record<string, string>;
  /** The server certificate, or its URL. */
  certificate?: string | BufferSource;
  /** As in MediaKeySystemMediaCapability. */
  robustness?: { video?: string; audio?: string };
  /** ClearKey alone: keys by key id, both as 32 hexadecimal digits. */
  keys?: Record<string, string>;
}

/** By name: `com.widevine.alpha`, `com.microsoft.playready`, `com.apple.fps`, `org.w3.clearkey`. */
export type KeySystems = Record<string, KeySystem>;

export interface LicenseInfo {
  keySystem: string;
  /** MediaKeyMessageEvent.messageType. */
  messageType: string;
  /** URIs of the playlist for this key system. */
  uris: string[];
}

const CLEAR = 'org.w3.clearkey';

/** What KEYFORMAT calls a key system (DASH-IF registers the UUIDs; HLS uses some by name). */
const FORMATS: Record<string, string> = {
  identity: CLEAR,
  'org.w3.clearkey': CLEAR,
  'urn:uuid:e2719d58-a985-b3c9-781a-b030af78d30e': CLEAR,
  'urn:uuid:1077efec-c0b2-4d02-ace3-3c1e52e2fb4b': CLEAR,
  'urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed': 'com.widevine.alpha',
  'com.widevine': 'com.widevine.alpha',
  'com.microsoft.playready': 'com.microsoft.playready',
  'urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95': 'com.microsoft.playready',
  'com.apple.streamingkeydelivery': 'com.apple.fps',
  'urn:uuid:94ce86fb-07ff-4f43-adb8-93d2fa968ca2': 'com.apple.fps',
};

/** The keys of the source before: a video takes no others while these are being taken out. */
const leaving = new WeakMap<HTMLVideoElement, Promise<void>>();

/** A CDM that has been waiting this long without a request under way will not get its key any more. */
const PATIENCE_MS = 3_000;

export class Vault {
  #needs: KeysNeeded[] = [];
  #tried: string[] = [];
  #why: string[] = [];
  #culprit: Fault['culprit'] = 'media';
  #current: { system: string; keys: MediaKeys } | undefined;
  #sessions = new Map<string, MediaKeySession>();
  #busy = 0;
  #turn: Promise<void> = Promise.resolve();
  #over = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** The element's `keySystems` are read when they are needed. */
  constructor(
    private readonly element: SpratVideo,
    /** The `license` attribute: for every key system that has no address of its own. */
    private readonly license: () => string | undefined,
    private readonly failed: (fault: Fault) => void,
  ) {
    element.nativeEl.addEventListener('waitingforkey', this.#waits);
  }

  /** Tracks that need keys were met. */
  need(need: KeysNeeded): void {
    this.#needs.push(need);
    this.#next(() => this.#serve(need));
  }

  /** The source is another, or none. */
  close(): void {
    this.#over = true;
    clearTimeout(this.#patience);
    this.element.nativeEl.removeEventListener('waitingforkey', this.#waits);
    this.#leave();
    // Possible only once nothing that is encrypted is attached any more, which the caller has seen to.
    const { nativeEl: video } = this.element;
    if (video.mediaKeys) leaving.set(video, video.setMediaKeys(null).catch(() => {}));
  }

  /** One thing after another: key systems are chosen once, for all tracks. */
  #next(what: () => Promise<void>): void {
    this.#busy += 1;
    this.#turn = this.#turn
      .then(() => (this.#over ? undefined : what()))
      .catch(error => this.#give(String(error)))
      .finally(() => (this.#busy -= 1));
  }

  async #serve(need: KeysNeeded): Promise<void> {
    while (!this.#current) {
      const system = this.#candidates(need).find(name => !this.#tried.includes(name));
      if (!system) return this.#fail();
      this.#tried.push(system);
      try {
        this.#current = { system, keys: await this.#open(system, need) };
      } catch (error) {
        this.#why.push(`${system}: ${words(error)}`);
        this.#culprit = 'browser';
      }
    }
    await this.#ask(need);
  }

  #candidates(need: KeysNeeded): string[] {
    const listed = need.keys.map(({ format }) => FORMATS[format.toLowerCase()]).filter(name => name !== undefined);
    const configured = Object.keys(this.element.keySystems);
    // Without a word from anybody ClearKey has nothing to open with.
    return [...new Set([...configured, ...listed, ...(this.license() ? [CLEAR] : [])])];
  }

  async #open(system: string, need: KeysNeeded): Promise<MediaKeys> {
    if (!navigator.requestMediaKeySystemAccess) {
      throw new Error(isSecureContext ? 'this browser has no Encrypted Media Extensions' : 'the page is not served over HTTPS');
    }
    const { certificate, robustness } = this.element.keySystems[system] ?? {};
    const capability = (kind: 'video' | 'audio') => {
      const codec = this.#needs.findLast(known => known[kind])?.[kind];
      if (!codec) return {};
      const one = { contentType: `${kind}/mp4; codecs="${codec}"`, robustness: robustness?.[kind] ?? '' };
      return { [`${kind}Capabilities`]: [{ ...one, ...(need.scheme && { encryptionScheme: need.scheme }) }] };
    };
    const wanted = { initDataTypes: ['cenc', 'keyids', 'skd', 'sinf'], ...capability('video'), ...capability('audio') };
    const access = await navigator.requestMediaKeySystemAccess(system, [wanted]);
    const keys = await access.createMediaKeys();
    if (certificate) await keys.setServerCertificate(typeof certificate === 'string' ? await bytesAt(certificate) : certificate);
    await leaving.get(this.element.nativeEl);
    await this.element.nativeEl.setMediaKeys(keys);
    return keys;
  }

  /** A session for each key that has none yet. */
  async #ask(need: KeysNeeded): Promise<void> {
    const { system, keys } = this.#current!;
    for (const [type, data] of this.#initData(system, need)) {
      const name = `${type} ${hex(data)}`;
      if (this.#sessions.has(name)) continue;
      const session = keys.createSession();
      this.#sessions.set(name, session);
      session.addEventListener('message', event => this.#next(() => this.#answer(system, session, event)));
      session.addEventListener('keystatuseschange', () => this.#judge(system, session));
      try {
        await session.generateRequest(type, data as Uint8Array<ArrayBuffer>);
      } catch (error) {
        return this.#giveUp(system, `it does not accept the stream's initialization data (${words(error)})`, 'media');
      }
    }
  }

  #initData(system: string, need: KeysNeeded): [type: string, data: Uint8Array][] {
    const uris = urisOf(system, need);
    if (system === CLEAR) {
      const kids = need.keyIds.map(id => base64url(id));
      // One session each, so that what was asked for once is known again.
      return kids.map(kid => ['keyids', new TextEncoder().encode(JSON.stringify({ kids: [kid] }))]);
    }
    if (system === 'com.apple.fps') return uris.map(uri => ['skd', new TextEncoder().encode(uri)]);
    const listed = uris.filter(uri => uri.startsWith('data:')).map(uri => pssh(system, bytesIn(uri)));
    return [...listed, ...(listed.length === 0 && need.pssh.length > 0 ? [need.pssh] : [])].map(data => ['cenc', data]);
  }

  async #answer(system: string, session: MediaKeySession, { message, messageType }: MediaKeyMessageEvent): Promise<void> {
    const { license = this.license(), headers } = this.element.keySystems[system] ?? {};
    const uris = this.#needs.flatMap(need => urisOf(system, need));
    let answer: BufferSource;
    try {
      if (typeof license === 'function') answer = await license(message, { keySystem: system, messageType, uris });
      else if (system === CLEAR) answer = await this.#clearLicense(message, license, headers);
      else if (license) answer = await bytesAt(license, { method: 'POST', body: message, ...(headers && { headers }) });
      else return this.#giveUp(system, 'the page does not say where its licenses are (`keySystems`)', 'media');
    } catch (error) {
      return this.#giveUp(system, words(error), 'origin');
    }
    if (this.#over || system !== this.#current?.system) return;
    try {
      await session.update(answer);
    } catch (error) {
      this.#giveUp(system, `what came is no license (${words(error)})`, 'origin');
    }
  }

  /** ClearKey's license (EME §9.1): from the page's keys, from the playlist's, or from a server. */
  async #clearLicense(message: ArrayBuffer, url: string | undefined, headers?: Record<string, string>): Promise<BufferSource> {
    const { kids } = JSON.parse(new TextDecoder().decode(message)) as { kids: string[] };
    const given = Object.entries(this.element.keySystems[CLEAR]?.keys ?? {}).map(([id, key]) => [base64url(bytesOf(id)), base64url(bytesOf(key))]);
    const known = new Map(given as [string, string][]);
    if (url && !kids.every(kid => known.has(kid))) return bytesAt(url, { method: 'POST', body: message, headers: { 'content-type': 'application/json', ...headers } });
    for (const need of this.#needs) {
      const ids = need.keyIds.map(id => base64url(id));
      const wanted = ids.filter(id => kids.includes(id) && !known.has(id));
      for (const uri of wanted.length > 0 ? urisOf(CLEAR, need) : []) {
        const bytes = await (uri.startsWith('data:') ? bytesIn(uri) : bytesAt(uri));
        // Sixteen bytes are the key of everything that this playlist entry is about; anything else is a license.
        if (bytes.byteLength === 16) wanted.forEach(id => known.set(id, base64url(new Uint8Array(bytes))));
        else for (const { kid, k } of licensed(bytes)) known.set(kid, k);
      }
    }
    const keys = kids.filter(kid => known.has(kid)).map(kid => ({ kty: 'oct', kid, k: known.get(kid) }));
    if (keys.length === 0) throw new Error('neither the playlist nor the page has a key of this id');
    return new TextEncoder().encode(JSON.stringify({ keys, type: 'temporary' }));
  }

  #judge(system: string, session: MediaKeySession): void {
    const statuses = [...session.keyStatuses].map(([, status]) => status);
    const bad = statuses.find(status => status !== 'usable' && status !== 'status-pending' && status !== 'output-downscaled');
    // Some keys of a license may be for what this screen is not allowed to show.
    if (bad && !statuses.includes('usable')) this.#giveUp(system, `its keys are ${bad}`, bad === 'expired' ? 'origin' : 'browser');
  }

  /** This key system is of no use: the next one's turn. */
  #giveUp(system: string, why: string, culprit: Fault['culprit']): void {
    if (this.#over || system !== this.#current?.system) return;
    this.#why.push(`${system}: ${why}`);
    this.#culprit = culprit;
    this.#leave();
    const needs = [...this.#needs];
    for (const need of needs) this.#next(() => this.#serve(need));
  }

  #leave(): void {
    for (const session of this.#sessions.values()) session.close().catch(() => {});
    this.#sessions.clear();
    this.#current = undefined;
  }

  /** Fatal only where there is something to play and it does not go on: the event comes before every license, too. */
  #waits = (): void => {
    clearTimeout(this.#patience);
    const { nativeEl: video } = this.element;
    const at = video.currentTime;
    const look = () => {
      if (this.#over || video.currentTime !== at || video.readyState > 2) return;
      const ahead = [...Array(video.buffered.length).keys()].some(i => video.buffered.start(i) <= at && video.buffered.end(i) > at + 1);
      const asked = [...this.#sessions.values()].some(({ keyStatuses }) => keyStatuses.size === 0);
      if (ahead && !asked && this.#busy === 0 && this.#current) this.#giveUp(this.#current.system, 'it has no key for these samples', 'origin');
      else this.#patience = setTimeout(look, PATIENCE_MS);
    };
    this.#patience = setTimeout(look, PATIENCE_MS);
  };

  #give(why: string): void {
    this.#why.push(why);
    this.#fail();
  }

  #fail(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave();
    const none = this.#why.length === 0;
    this.failed({
      culprit: none ? 'media' : this.#culprit,
      code: 4,
      name: none ? 'key-missing' : 'key-system-failed',
      message: none
        ? 'The stream is encrypted, and neither its playlist nor the page says where its keys are.'
        : `The stream is encrypted, and no key system opens it. ${this.#why.join('; ')}.`,
      tried: none ? 'The page can say so: `element.keySystems`.' : 'Every key system that the playlist or the page names was tried.',
    });
  }
}

function urisOf(system: string, need: KeysNeeded): string[] {
  return need.keys.filter(({ format, uri }) => uri && FORMATS[format.toLowerCase()] === system).map(({ uri }) => uri);
}

async function bytesAt(url: string, request?: RequestInit): Promise<ArrayBuffer> {
  let response: Response;
  // Tokens travel in queries, and are not for showing.
  const where = url.split(/[?#]/)[0];
  try {
    response = await fetch(url, request);
  } catch {
    throw new Error(`${where} does not answer, or forbids it by CORS`);
  }
  if (!response.ok) throw new Error(`${where} answered ${response.status}`);
  return response.arrayBuffer();
}

/** Of a `data:` URI (RFC 2397); without `fetch`, which a content security policy may deny it. */
function bytesIn(uri: string): Uint8Array<ArrayBuffer> {
  const [head = '', body = ''] = uri.split(/,(.*)/s);
  const text = /;base64$/i.test(head) ? atob(body) : decodeURIComponent(body);
  return Uint8Array.from(text, letter => letter.charCodeAt(0));
}

/** PlayReady's playlists carry its header object alone; EME wants the box around it (ISO/IEC 23001-7 §8.1). */
function pssh(system: string, data: Uint8Array): Uint8Array {
  if (system !== 'com.microsoft.playready' || String.fromCharCode(...data.subarray(4, 8)) === 'pssh') return data;
  const box = new Uint8Array(32 + data.length);
  const view = new DataView(box.buffer);
  view.setUint32(0, box.length);
  box.set(new TextEncoder().encode('pssh'), 4);
  box.set(bytesOf('9a04f07998404286ab92e65be0885f95'), 12);
  view.setUint32(28, data.length);
  box.set(data, 32);
  return box;
}

function licensed(bytes: BufferSource): { kid: string; k: string }[] {
  try {
    const { keys } = JSON.parse(new TextDecoder().decode(bytes)) as { keys?: { kid?: unknown; k?: unknown }[] };
    return (keys ?? []).flatMap(({ kid, k }) => (typeof kid === 'string' && typeof k === 'string' ? [{ kid, k }] : []));
  } catch {
    return [];
  }
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.replaceAll('-', '').match(/../g) ?? [], pair => Number.parseInt(pair, 16));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function words(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
