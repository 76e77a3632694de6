// The words exchanged with the engine: what one player is opened with, and what is heard of it. The engine's
// own account is `src/engine/contract.rs`; a change there is a change here.

import type { Fault } from './fault.ts';

/** What one player is opened with; fixed while it is open, but for consent and the upload cap. */
export interface EngineOptions {
  /** Absolute. */
  src: string;
  /** Absolute ws or wss URLs. */
  trackers: string[];
  p2p: P2p;
  iceServers: string[];
  swarm?: string | undefined;
  naming: Naming;
  /** Absolute URL of the digests, or `none`. */
  integrity?: string | undefined;
  /** http(s) URLs of folders with the same files; eight count. */
  redundancies?: readonly string[] | undefined;
  /** Bit/s. */
  maxUpload?: number | undefined;
  /** Seconds. */
  start?: number | undefined;
  /** Bit/s, assumed until something was measured. */
  startBitrate?: number | undefined;
  /** Device pixels that the element takes on screen; nothing higher is chosen than covers it. 0 × 0: no limit. */
  width?: number;
  height?: number;
  preload: 'metadata' | 'auto';
  /** False: a live viewer never plays faster or slower to follow the edge. */
  catchUp?: boolean;
  /** Candidates that leave: all but those of private networks, unless the page is on one. */
  candidates?: 'all' | 'relayed' | undefined;
  /** Bytes given ÷ bytes brought, at most. */
  uploadRatio?: number | undefined;
  meteredUpload?: boolean;
  hiddenUpload?: boolean;
  /** While the trackers tell of fewer, nobody is connected to. */
  minViewers?: number | undefined;
  latencyMode?: 'low' | 'balanced' | 'shared';
  saveData?: boolean | undefined;
}

export type P2p = 'on' | 'off' | 'ask';
export type Naming = 'v2-position' | 'v2-identity' | 'v1' | 'pt-v2' | 'pt-v-2' | 'pt-v3' | 'published';
export type Sharing = 'off' | 'asking' | 'unverifiable' | 'unlisted' | 'alone' | 'active';

export interface Variant {
  /** Bit/s. */
  bitrate: number;
  width: number;
  height: number;
  codecs: string;
  frameRate?: number | null;
}

export interface AudioRendition {
  name: string;
  /** BCP 47, possibly empty. */
  language: string;
  default: boolean;
  /** UTIs, separated by commas. */
  characteristics: string;
}

/** Subtitles, known by their index, or closed captions. */
export interface TextRendition extends AudioRendition {
  autoselect: boolean;
  forced: boolean;
  /** Of closed captions: `CC1` to `CC4`. */
  service: string | null;
}

export interface Cue {
  id: string;
  /** In seconds of the programme. */
  start: number;
  end: number;
  /** As on a WebVTT timing line: `line:80% align:start`. */
  settings: string;
  text: string;
}

/** One thing that timed metadata tells. */
export interface Datum {
  /** `org.id3`, `com.apple.quicktime.HLS` (date ranges), or the scheme of an event message. */
  type: string;
  /** With the same `key` it replaces an earlier one; empty where there is none. */
  id: string;
  start: number;
  end: number | null;
  key: string;
  info: string;
  data: string | ArrayBuffer;
}

export interface Stats {
  httpBytes: number;
  p2pBytes: number;
  uploadedBytes: number;
  peers: number;
  stalls: number;
  stalledMs: number;
  firstFrameMs: number | null;
  /** Seconds behind the live edge. */
  latency: number | null;
  /** Where `latency` should be; null where it is. */
  targetLatency: number | null;
  segments: { http: number; p2p: number; rejected: number };
  /** What the origin sustains, in bit/s. */
  throughput: number | null;
  sharing: Sharing;
  /** What went to and fro between this page and each connected viewer, since its channel opened. */
  exchanges: readonly { id: number; bytesReceived: number; bytesSent: number }[];
  /** Servers with copies, once they may be asked: bytes that they brought and that were verified, and whether one lied. */
  redundancies: readonly { url: string; bytes: number; lied: boolean }[];
}

/** Samples are encrypted, and the browser has to be given the keys. */
export interface KeysNeeded {
  /** `cenc`, `cbcs` …; empty where the stream does not say. */
  scheme: string;
  /** Codec string of what is encrypted, or empty. */
  video: string;
  audio: string;
  /** Of 16 bytes each. */
  keyIds: Uint8Array[];
  /** The initialization section's `pssh` boxes. */
  pssh: Uint8Array;
  /** What the playlist says: KEYFORMAT and URI. */
  keys: { format: string; uri: string }[];
}

export type EngineEvent =
  | { type: 'loaded'; duration: number; live: boolean; variants: Variant[]; audio: AudioRendition[]; text: TextRendition[] }
  | { type: 'variant'; index: number; auto: boolean }
  | { type: 'audio'; index: number }
  | { type: 'cues'; track: number | string; cues: Cue[] }
  | { type: 'cueskept'; track: number | string; start: number; end: number }
  | { type: 'metadata'; cues: Datum[] }
  | { type: 'live'; start: number; end: number; target: number }
  | { type: 'liveended' }
  /** The media source is of no use any more: the runtime has another attached. */
  | { type: 'renew' }
  | ({ type: 'keys' } & KeysNeeded)
  | ({ type: 'warning' | 'error' } & Fault)
  | ({ type: 'stats' } & Stats);

/** The account of a player that has done nothing yet. */
export const NO_STATS: Readonly<Stats> = {
  httpBytes: 0,
  p2pBytes: 0,
  uploadedBytes: 0,
  peers: 0,
  stalls: 0,
  stalledMs: 0,
  firstFrameMs: null,
  latency: null,
  targetLatency: null,
  segments: { http: 0, p2p: 0, rejected: 0 },
  throughput: null,
  sharing: 'off',
  exchanges: [],
  redundancies: [],
};
