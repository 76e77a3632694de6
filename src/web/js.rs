//! The only bridge between JavaScript's values and ours: options are read here, events built, errors put
//! into words. A value of the wrong type is refused at this door, by name.

use super::handle::{Kind, open};
use crate::engine::config::{
    Bitrate, Candidates, Integrity, LatencyMode, Manners, Naming, P2p, PlayerOptions, Preload,
};
use crate::engine::contract::{
    AudioInfo, Copies, Cue, Data, Datum, Event, Exchange, KeysNeeded, Loaded, Stats, TextInfo, TextTrack,
    VariantInfo,
};
use crate::engine::error::Fault;
use crate::engine::time::MediaTime;
use js_sys::{Array, Function, Object, Reflect, Set, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// See the surface.
    #[wasm_bindgen(typescript_type = "Host")]
    #[derive(Clone)]
    pub type Host;
    #[wasm_bindgen(method, getter)]
    pub(super) fn resources(this: &Host) -> Set;
    #[wasm_bindgen(method, catch)]
    pub(super) fn trapped(this: &Host, message: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = fetchBench)]
    pub(super) fn fetch_bench(this: &Host);
    #[wasm_bindgen(method, js_name = fetchSwarm)]
    pub(super) fn fetch_swarm(this: &Host);
    #[wasm_bindgen(method)]
    pub(super) fn make(this: &Host, task: &JsValue);
    #[wasm_bindgen(method, js_name = clearBenches)]
    pub(super) fn clear_benches(this: &Host, player: u32);

    /// See the surface.
    #[wasm_bindgen(typescript_type = "Options")]
    pub type Options;
    #[wasm_bindgen(method, getter)]
    fn src(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn trackers(this: &Options) -> Option<Array>;
    #[wasm_bindgen(method, getter)]
    fn p2p(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = iceServers)]
    fn ice_servers(this: &Options) -> Option<Array>;
    #[wasm_bindgen(method, getter)]
    fn swarm(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn naming(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn integrity(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn redundancies(this: &Options) -> Option<Array>;
    #[wasm_bindgen(method, getter, js_name = maxUpload)]
    fn max_upload(this: &Options) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn start(this: &Options) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = startBitrate)]
    fn start_bitrate(this: &Options) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Options) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Options) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn preload(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = catchUp)]
    fn catch_up(this: &Options) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    fn candidates(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = uploadRatio)]
    fn upload_ratio(this: &Options) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = meteredUpload)]
    fn metered_upload(this: &Options) -> Option<bool>;
    #[wasm_bindgen(method, getter, js_name = hiddenUpload)]
    fn hidden_upload(this: &Options) -> Option<bool>;
    #[wasm_bindgen(method, getter, js_name = minViewers)]
    fn min_viewers(this: &Options) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = latencyMode)]
    fn latency_mode(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = saveData)]
    pub(super) fn save_data(this: &Options) -> Option<bool>;
}

/// An option that the surface does not allow: a mistake of the calling script, hence a `TypeError`.
pub(super) struct BadOption(&'static str);

impl From<BadOption> for JsValue {
    fn from(bad: BadOption) -> Self {
        js_sys::TypeError::new(bad.0).into()
    }
}

/// Reads the options of a player.
pub(super) fn player_options(from: &Options) -> Result<PlayerOptions, BadOption> {
    Ok(PlayerOptions {
        source: from.src().ok_or(BadOption("src"))?,
        trackers: strings(from.trackers()),
        p2p: match from.p2p().as_deref() {
            Some("on") => P2p::On,
            Some("off") => P2p::Off,
            Some("ask") => P2p::Ask,
            _ => return Err(BadOption("p2p")),
        },
        ice_servers: strings(from.ice_servers()),
        swarm: from.swarm(),
        naming: match from.naming().as_deref() {
            Some("v2-position") => Naming::V2Position,
            Some("v2-identity") => Naming::V2Identity,
            Some("v1") => Naming::V1,
            Some("pt-v2") => Naming::Resolution("v2"),
            Some("pt-v-2") => Naming::Resolution("v-2"),
            Some("pt-v3") => Naming::Resolution("v3"),
            Some("published") => Naming::Published,
            _ => return Err(BadOption("naming")),
        },
        integrity: match from.integrity() {
            None => Integrity::Unknown,
            Some(word) if word == "none" => Integrity::Waived,
            Some(url) => Integrity::List(url),
        },
        redundancies: strings(from.redundancies()),
        max_upload: from.max_upload().map(Bitrate),
        manners: Manners {
            candidates: match from.candidates().as_deref() {
                Some("all") => Candidates::All,
                Some("relayed") => Candidates::Relayed,
                None => Candidates::Public,
                Some(_) => return Err(BadOption("candidates")),
            },
            upload_ratio: from.upload_ratio().unwrap_or(Manners::default().upload_ratio),
            metered_upload: from.metered_upload() == Some(true),
            hidden_upload: from.hidden_upload() != Some(false),
            min_viewers: from.min_viewers().unwrap_or(0),
        },
        latency_mode: match from.latency_mode().as_deref() {
            Some("low") => LatencyMode::Low,
            Some("shared") => LatencyMode::Shared,
            Some("balanced") | None => LatencyMode::Balanced,
            Some(_) => return Err(BadOption("latencyMode")),
        },
        start: from.start().map(MediaTime::from_secs),
        start_bitrate: from.start_bitrate().filter(|b| *b > 0.0).map(Bitrate),
        viewport: from.width().zip(from.height()),
        catch_up: from.catch_up() != Some(false),
        preload: match from.preload().as_deref() {
            Some("metadata") => Preload::Metadata,
            Some("auto") => Preload::Auto,
            _ => return Err(BadOption("preload")),
        },
    })
}

fn strings(list: Option<Array>) -> Vec<String> {
    let mut strings = Vec::new();
    if let Some(list) = list {
        for at in 0..list.length() {
            strings.extend(list.get(at).as_string());
        }
    }
    strings
}

/// An event as the page's callback receives it.
pub(super) fn event(event: &Event) -> JsValue {
    match event {
        Event::Loaded(loaded) => loaded_event(loaded),
        Event::VariantChanged { index, auto } => {
            object(&[("type", "variant".into()), ("index", count(*index)), ("auto", (*auto).into())])
        }
        Event::AudioChanged { index } => object(&[("type", "audio".into()), ("index", count(*index))]),
        Event::Cues { track, cues } => {
            object(&[("type", "cues".into()), ("track", text_track(*track)), ("cues", list(cues, cue))])
        }
        Event::CuesKept { track, span } => object(&[
            ("type", "cueskept".into()),
            ("track", text_track(*track)),
            ("start", span.start.secs().into()),
            ("end", span.end.secs().into()),
        ]),
        Event::Metadata(data) => object(&[("type", "metadata".into()), ("cues", list(data, datum))]),
        Event::LiveMoved { window, target } => object(&[
            ("type", "live".into()),
            ("start", window.start.secs().into()),
            ("end", window.end.secs().into()),
            ("target", target.secs().into()),
        ]),
        Event::LiveEnded => object(&[("type", "liveended".into())]),
        Event::KeysNeeded(needed) => keys_event(needed),
        Event::Warned(fault) => fault_event("warning", fault),
        Event::Failed(fault) => fault_event("error", fault),
        Event::Stats(stats) => stats_event(stats),
    }
}

/// The page is asked for a new media source.
pub(super) fn renew_event() -> JsValue {
    object(&[("type", "renew".into())])
}

fn loaded_event(loaded: &Loaded) -> JsValue {
    let variants = Array::new();
    for VariantInfo { bitrate, width, height, codecs, frame_rate } in &loaded.variants {
        variants.push(&object(&[
            ("bitrate", bitrate.0.into()),
            ("width", (*width).into()),
            ("height", (*height).into()),
            ("codecs", codecs.as_str().into()),
            ("frameRate", or_null(*frame_rate)),
        ]));
    }
    let audio = Array::new();
    for AudioInfo { name, language, default, characteristics } in &loaded.audio {
        audio.push(&object(&[
            ("name", name.as_str().into()),
            ("language", language.as_str().into()),
            ("default", (*default).into()),
            ("characteristics", characteristics.as_str().into()),
        ]));
    }
    object(&[
        ("type", "loaded".into()),
        ("duration", loaded.duration.map_or(f64::INFINITY, MediaTime::secs).into()),
        ("live", loaded.duration.is_none().into()),
        ("variants", variants.into()),
        ("audio", audio.into()),
        ("text", list(&loaded.text, text_info)),
    ])
}

fn text_info(text: &TextInfo) -> JsValue {
    object(&[
        ("name", text.name.as_str().into()),
        ("language", text.language.as_str().into()),
        ("default", text.default.into()),
        ("autoselect", text.autoselect.into()),
        ("forced", text.forced.into()),
        ("characteristics", text.characteristics.as_str().into()),
        ("service", text.service.map_or(JsValue::NULL, service)),
    ])
}

/// Subtitles by their index, everything else by name.
fn text_track(track: TextTrack) -> JsValue {
    match track {
        TextTrack::Subtitles(index) => count(index),
        TextTrack::Captions(number) => service(number),
        TextTrack::Metadata => "metadata".into(),
    }
}

fn service(number: u8) -> JsValue {
    ["CC", &number.to_string()].concat().into()
}

fn cue(cue: &Cue) -> JsValue {
    object(&[
        ("id", cue.id.as_str().into()),
        ("start", cue.start.secs().into()),
        ("end", cue.end.secs().into()),
        ("settings", cue.settings.as_str().into()),
        ("text", cue.text.as_str().into()),
    ])
}

fn datum(datum: &Datum) -> JsValue {
    let data = match &datum.data {
        Data::Text(text) => text.as_str().into(),
        Data::Bytes(bytes) => Uint8Array::from(&bytes[..]).buffer().into(),
    };
    object(&[
        ("type", datum.scheme.as_str().into()),
        ("id", datum.id.as_str().into()),
        ("start", datum.start.secs().into()),
        ("end", or_null(datum.end.map(MediaTime::secs))),
        ("key", datum.key.as_str().into()),
        ("info", datum.info.as_str().into()),
        ("data", data),
    ])
}

fn keys_event(needed: &KeysNeeded) -> JsValue {
    let bytes = |bytes: &[u8]| -> JsValue { Uint8Array::from(bytes).into() };
    let ids = list(&needed.key_ids, |id| bytes(id));
    let keys = Array::new();
    for (format, uri) in &needed.keys {
        keys.push(&object(&[("format", (&**format).into()), ("uri", (&**uri).into())]));
    }
    object(&[
        ("type", "keys".into()),
        ("scheme", core::str::from_utf8(&needed.scheme).unwrap_or("").trim_matches('\0').into()),
        ("video", needed.video.as_str().into()),
        ("audio", needed.audio.as_str().into()),
        ("keyIds", ids),
        ("pssh", bytes(&needed.pssh)),
        ("keys", keys.into()),
    ])
}

fn fault_event(kind: &str, fault: &Fault) -> JsValue {
    object(&[
        ("type", kind.into()),
        ("culprit", fault.culprit.as_str().into()),
        ("code", (fault.code as u32).into()),
        ("name", fault.name.into()),
        ("message", fault.message.as_str().into()),
        ("tried", fault.tried.as_str().into()),
    ])
}

fn stats_event(stats: &Stats) -> JsValue {
    let segments = object(&[
        ("http", stats.segments_http.into()),
        ("p2p", stats.segments_p2p.into()),
        ("rejected", stats.segments_rejected.into()),
    ]);
    // A JavaScript number counts bytes exactly up to 2⁵³.
    object(&[
        ("type", "stats".into()),
        ("httpBytes", (stats.http_bytes as f64).into()),
        ("p2pBytes", (stats.p2p_bytes as f64).into()),
        ("uploadedBytes", (stats.uploaded_bytes as f64).into()),
        ("peers", stats.peers.into()),
        ("stalls", stats.stalls.into()),
        ("stalledMs", (stats.stalled_ms as f64).into()),
        ("firstFrameMs", or_null(stats.first_frame_ms.map(|ms| ms as f64))),
        ("latency", or_null(stats.latency)),
        ("targetLatency", or_null(stats.target_latency)),
        ("segments", segments),
        ("throughput", or_null(stats.throughput.map(|b| b.0))),
        ("sharing", stats.sharing.as_str().into()),
        ("exchanges", list(&stats.exchanges, exchange)),
        ("redundancies", list(&stats.redundancies, copies)),
    ])
}

fn exchange(exchange: &Exchange) -> JsValue {
    object(&[
        ("id", exchange.connection.0.into()),
        ("bytesReceived", (exchange.received as f64).into()),
        ("bytesSent", (exchange.sent as f64).into()),
    ])
}

fn copies(copies: &Copies) -> JsValue {
    object(&[
        ("url", copies.base.as_str().into()),
        ("bytes", (copies.bytes as f64).into()),
        ("lied", copies.lied.into()),
    ])
}

/// What is open now.
pub(super) fn counts(players: usize) -> JsValue {
    object(&[
        ("fetches", open(Kind::Fetch).into()),
        ("sockets", open(Kind::Socket).into()),
        ("peers", open(Kind::Peer).into()),
        ("timers", open(Kind::Timer).into()),
        ("players", count(players)),
        ("listeners", open(Kind::Listener).into()),
    ])
}

/// An array. `js_sys` collects one, too, in ten times the code.
fn list<T>(items: &[T], value: impl Fn(&T) -> JsValue) -> JsValue {
    let array = Array::new();
    for item in items {
        array.push(&value(item));
    }
    array.into()
}

/// A plain object.
pub(super) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in fields {
        let set = set(&object, name, value);
        debug_assert!(set.is_ok(), "a new object takes any property");
    }
    object
}

/// `target[name]`, or undefined.
pub(super) fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// `target[name] = value`, for setters that may throw.
pub(super) fn set(target: &JsValue, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(target, &name.into(), value).map(drop)
}

/// `target[name](...arguments)`, for methods that may be missing or throw where the bindings say otherwise.
pub(super) fn call(target: &JsValue, name: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let method = get(target, name);
    let method: &Function = method.dyn_ref().ok_or(JsValue::UNDEFINED)?;
    Reflect::apply(method, target, arguments)
}

/// The `name` of an exception.
pub(super) fn error_name(error: &JsValue) -> String {
    get(error, "name").as_string().unwrap_or_default()
}

/// An exception in words.
pub(super) fn error_words(error: &JsValue) -> String {
    let mut words = error_name(error);
    words.push_str(": ");
    words.push_str(&get(error, "message").as_string().unwrap_or_default());
    words
}

/// Random bytes of the browser's generator; zeros where it has none, which costs unpredictability only.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

fn or_null(number: Option<f64>) -> JsValue {
    number.map_or(JsValue::NULL, JsValue::from)
}

fn count(n: usize) -> JsValue {
    (n as f64).into()
}
