//! The whole surface that JavaScript sees: one [`Page`] per wasm instance, any number of players on it.
//!
//! Everything behind it is private. One file per browser API carries out the engine's orders and turns
//! events into facts; [`driver`] runs the conversation; none of them decides anything about playback.
#![expect(unreachable_pub, reason = "what is exported to JavaScript has to be `pub`, in whatever module")]

mod clock;
mod driver;
mod handle;
mod http;
mod js;
mod media;
mod orders;
mod page;
mod payload;
mod peers;
mod shelf;
mod source;
mod tracker;
mod workshop;

use crate::engine::config::Bitrate;
use crate::engine::contract::Input;
use crate::engine::id::PlayerId;
use driver::{Driver, Opening};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlVideoElement, MediaSource};

/// The version of the engine.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The engine of a page, driven by its browser. It lives as long as the wasm instance does.
#[wasm_bindgen]
pub struct Page(&'static Driver);

#[wasm_bindgen]
impl Page {
    /// Starts the engine. `host` owns what has to be closed should this instance trap.
    #[wasm_bindgen(constructor)]
    pub fn new(host: js::Host) -> Result<Self, JsValue> {
        Driver::start(host).map(Self)
    }

    /// Opens a player on a video element, whose media source is attached or about to be. `early` is the
    /// fetch of `src`, if it is under way already.
    #[wasm_bindgen]
    pub fn open(
        &self,
        player: u32,
        video: HtmlVideoElement,
        source: MediaSource,
        options: js::Options,
        #[wasm_bindgen(js_name = onEvent, unchecked_param_type = "(event: PlayerEvent) => void")]
        on_event: Function,
        #[wasm_bindgen(unchecked_optional_param_type = "Promise<Response>")] early: Option<Promise>,
    ) -> Result<(), JsValue> {
        let save_data = options.save_data() == Some(true);
        let options = js::player_options(&options)?;
        self.0.open(PlayerId(player), Opening { video, source, options, on_event, save_data, early });
        Ok(())
    }

    /// The element has a new media source, attached or about to be: the answer to the event `renew`.
    #[wasm_bindgen]
    pub fn renew(&self, player: u32, source: MediaSource) {
        self.0.renewed(PlayerId(player), source);
    }

    /// Closes a player; its callback is not called again.
    #[wasm_bindgen]
    pub fn close(&self, player: u32) {
        self.0.close(PlayerId(player));
    }

    /// Fixes a variant by its index in `loaded`, or leaves the choice to the engine.
    #[wasm_bindgen(js_name = chooseQuality)]
    pub fn choose_quality(&self, player: u32, index: Option<u32>) {
        let choice = index.map(|index| index as usize);
        self.0.tell(Input::QualityChosen { player: PlayerId(player), choice });
    }

    /// The element takes so many device pixels on screen; 0 × 0 lifts the limit.
    #[wasm_bindgen]
    pub fn viewport(&self, player: u32, width: u32, height: u32) {
        self.0.tell(Input::ViewportChanged { player: PlayerId(player), width, height });
    }

    /// Fixes an audio rendition by its index in `loaded`.
    #[wasm_bindgen(js_name = chooseAudio)]
    pub fn choose_audio(&self, player: u32, index: u32) {
        self.0.tell(Input::AudioChosen { player: PlayerId(player), index: index as usize });
    }

    /// Fixes subtitles by their index in `loaded`, or has none read.
    #[wasm_bindgen(js_name = chooseText)]
    pub fn choose_text(&self, player: u32, index: Option<u32>) {
        let index = index.map(|index| index as usize);
        self.0.tell(Input::TextChosen { player: PlayerId(player), index });
    }

    /// Allows or forbids peers.
    #[wasm_bindgen]
    pub fn consent(&self, player: u32, allowed: bool) {
        self.0.tell(Input::ConsentChanged { player: PlayerId(player), p2p: allowed });
    }

    /// Tells which swarms the instance lists: their info hashes, 20 bytes each, one after the other.
    #[wasm_bindgen]
    pub fn published(&self, player: u32, #[wasm_bindgen(js_name = infoHashes)] info_hashes: &[u8]) {
        let info_hashes = info_hashes.as_chunks().0.to_vec();
        self.0.tell(Input::SwarmsPublished { player: PlayerId(player), info_hashes });
    }

    /// Caps the upload, in bit/s; the engine's default without a number.
    #[wasm_bindgen(js_name = capUpload)]
    pub fn cap_upload(
        &self,
        player: u32,
        #[wasm_bindgen(js_name = bitsPerSecond)] bits_per_second: Option<f64>,
    ) {
        self.0.tell(Input::UploadCapped { player: PlayerId(player), cap: bits_per_second.map(Bitrate) });
    }

    /// The answer to `Host.make`.
    #[wasm_bindgen]
    pub fn made(&self, blob: u32, product: &workshop::Product) {
        workshop::made(self.0, blob, product);
    }

    /// The answer to `Host.fetchSwarm`.
    #[wasm_bindgen(js_name = swarmReady)]
    pub fn swarm_ready(&self) {
        self.0.tell(Input::SwarmReady);
    }

    /// What is open now, for tests that look for leaks.
    #[wasm_bindgen(unchecked_return_type = "Counts")]
    #[must_use]
    pub fn counts(&self) -> JsValue {
        js::counts(self.0.players.len())
    }

    /// Traps on purpose: recovery has to be tested.
    #[wasm_bindgen]
    pub fn trap(&self) {
        panic!("a trap was asked for");
    }
}

/// What goes in and comes out as plain objects; `js.rs` reads and builds them.
#[wasm_bindgen(typescript_custom_section)]
const SHAPES: &str = r#"
/** What the page lends to the engine, and closes should the engine trap. */
export interface Host {
  /** Everything open; after a trap, close or abort each, and call nothing of the instance again. */
  resources: Set<{ close?(): void; abort?(): void }>;
  /** Called once, inside the trap: return before recovering. */
  trapped(message: string): void;
  /** Fetch the benches' binary: there will be tasks. */
  fetchBench(): void;
  /** Fetch the other half of this binary, for there may be viewers to meet: make an instance with `sprat` standing for the first's exports, then call `Page.swarmReady`. */
  fetchSwarm(): void;
  /** Have something made, in turns; answer with `Page.made`. Tasks of one player's bench replace older ones that have not begun. */
  make(task: Task): void;
  /** Forget the benches of a player. */
  clearBenches(player: number): void;
}

/** Something to be made of bytes: an initialisation section to be opened or, with `segment`, a segment; or to be read. */
export interface Task {
  blob: number;
  /** Whose bench; none for what belongs to no player. */
  player?: number;
  audio?: boolean;
  bytes: Uint8Array;
  /** Key and initialisation vector, 16 bytes each. */
  lock?: { bytes: Uint8Array; samples: boolean };
  segment?: {
    fresh: boolean; contiguous: boolean; wary: boolean; /** Ticks of 90 kHz. */ expected?: number;
    withoutAudio: boolean; aacSbr?: boolean; init?: Uint8Array; beside: boolean;
  };
  /** A text is to be read: what is asked, for `Reader.read`. */
  ask?: Uint8Array;
}

/** What came of a task: bytes and what is known of them, or why not. */
export interface Product {
  bytes?: Uint8Array; init?: Uint8Array; /** Ticks of 90 kHz. */ start: number; end: number; empty: boolean;
  /** What rides on it, or what it says, packed. */ said?: Uint8Array;
  /** Kind, reason and codec of each, one after the other. */ unplayable: string[];
  unusable?: string; noBench?: string;
}

/** What a player is asked to do. */
export interface Options {
  /** Absolute URL of the playlist. */
  src: string;
  /** ws or wss URLs. */
  trackers: string[];
  p2p: "on" | "off" | "ask";
  iceServers: string[];
  swarm?: string;
  naming: "v2-position" | "v2-identity" | "v1" | "pt-v2" | "pt-v-2" | "pt-v3";
  /** Absolute URL of the digests, or "none". */
  integrity?: string;
  /** http(s) URLs of folders with the same files. */
  redundancies?: string[];
  /** bit/s */
  maxUpload?: number;
  /** Seconds. */
  start?: number;
  /** bit/s, assumed until something was measured. */
  startBitrate?: number;
  /** Device pixels that the element takes on screen. */
  width?: number;
  height?: number;
  preload: "metadata" | "auto";
  /** What leaves in session descriptions: all but those of private networks, unless the page is on one. */
  candidates?: "all" | "relayed";
  /** Bytes given ÷ bytes brought, at most. */
  uploadRatio?: number;
  /** True: uploads over a metered connection too, and while data is to be saved. */
  meteredUpload?: boolean;
  /** False: a hidden page uploads nothing. */
  hiddenUpload?: boolean;
  /** While the trackers tell of fewer, nobody is connected to. */
  minViewers?: number;
  latencyMode?: "low" | "balanced" | "shared";
  /** False: a live viewer never plays faster or slower to follow the edge. */
  catchUp?: boolean;
  saveData?: boolean;
}

export interface Variant { bitrate: number; width: number; height: number; codecs: string; frameRate: number | null }
export interface Audio { name: string; language: string; default: boolean; /** UTIs, separated by commas. */ characteristics: string }
export interface Text {
  name: string; language: string; default: boolean; autoselect: boolean; forced: boolean;
  /** UTIs, separated by commas. */
  characteristics: string;
  /** Of closed captions: `CC1` to `CC4`. Subtitles are known by their index. */
  service: string | null;
}
/** As WebVTT has it; times in seconds of the programme. */
export interface Cue { id: string; start: number; end: number; /** `line:80% align:start` */ settings: string; text: string }
/** `type` and `value` (key, info, data) are those of a DataCue. */
export interface Datum { type: string; id: string; start: number; end: number | null; key: string; info: string; data: string | ArrayBuffer }
export interface Fault {
  culprit: "origin" | "peer" | "media" | "browser" | "player";
  /** As in MediaError. */
  code: 2 | 3 | 4;
  name: string;
  message: string;
  tried: string;
}
export interface Stats {
  httpBytes: number; p2pBytes: number; uploadedBytes: number; peers: number;
  stalls: number; stalledMs: number; firstFrameMs: number | null; latency: number | null; targetLatency: number | null;
  segments: { http: number; p2p: number; rejected: number };
  /** What the origin sustains, bit/s. */
  throughput: number | null;
  sharing: "off" | "asking" | "unverifiable" | "alone" | "active";
  /** What went to and fro between us and each neighbour, since its channel opened. */
  exchanges: { id: number; bytesReceived: number; bytesSent: number }[];
  redundancies: { url: string; /** Brought and verified. */ bytes: number; lied: boolean }[];
}
export type PlayerEvent =
  | { type: "loaded"; /** Infinity while live. */ duration: number; live: boolean; variants: Variant[]; audio: Audio[]; text: Text[] }
  | { type: "variant"; index: number; auto: boolean }
  | { type: "audio"; index: number }
  | { type: "cues"; track: number | string; cues: Cue[] }
  /** Cues of this track that lie wholly outside of this are dropped. */
  | { type: "cueskept"; track: number | string; start: number; end: number }
  | { type: "metadata"; cues: Datum[] }
  | { type: "live"; start: number; end: number; target: number }
  | { type: "liveended" }
  /** The media source is of no use any more: attach another, and say so with `renew`. */
  | { type: "renew" }
  | {
      type: "keys"; scheme: string;
      /** Codec strings, or empty. */
      video: string; audio: string;
      keyIds: Uint8Array[]; pssh: Uint8Array; keys: { format: string; uri: string }[];
    }
  | ({ type: "warning" | "error" } & Fault)
  | ({ type: "stats" } & Stats);

export interface Counts { fetches: number; sockets: number; peers: number; timers: number; players: number; listeners: number }
"#;
