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

    /// Allows or forbids peers.
    #[wasm_bindgen]
    pub fn consent(&self, player: u32, allowed: bool) {
        self.0.tell(Input::ConsentChanged { player: PlayerId(player), p2p: allowed });
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
  naming: "v2-position" | "v2-identity";
  /** Absolute URL of the digests, or "none". */
  integrity?: string;
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
  /** False: a live viewer never plays faster or slower to follow the edge. */
  catchUp?: boolean;
  saveData?: boolean;
}

export interface Variant { bitrate: number; width: number; height: number; codecs: string; frameRate: number | null }
export interface Audio { name: string; language: string; default: boolean }
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
}
export type PlayerEvent =
  | { type: "loaded"; /** Infinity while live. */ duration: number; live: boolean; variants: Variant[]; audio: Audio[] }
  | { type: "variant"; index: number; auto: boolean }
  | { type: "audio"; index: number }
  | { type: "live"; start: number; end: number; target: number }
  | { type: "liveended" }
  | ({ type: "warning" | "error" } & Fault)
  | ({ type: "stats" } & Stats);

export interface Counts { fetches: number; sockets: number; peers: number; timers: number; players: number; listeners: number }
"#;
