//! The benches, which are a binary of their own: the host fetches it, hands it the tasks in turns, and brings back
//! what was made. Here tasks become plain objects, and what comes back goes on the shelf and becomes a fact.

use super::driver::Driver;
use super::js::object;
use crate::engine::contract::Input;
use crate::engine::id::{BlobId, Track};
use crate::engine::task::{Made, Task, TrackKind, Unmade, Unplayable, Why, Work};
use crate::engine::time::MediaTime;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// See the surface.
    #[wasm_bindgen(typescript_type = "Product")]
    pub type Product;
    #[wasm_bindgen(method, getter)]
    fn bytes(this: &Product) -> Option<Uint8Array>;
    #[wasm_bindgen(method, getter)]
    fn init(this: &Product) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter)]
    fn start(this: &Product) -> f64;
    #[wasm_bindgen(method, getter)]
    fn end(this: &Product) -> f64;
    #[wasm_bindgen(method, getter)]
    fn said(this: &Product) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter)]
    fn empty(this: &Product) -> bool;
    #[wasm_bindgen(method, getter)]
    fn unplayable(this: &Product) -> Array;
    #[wasm_bindgen(method, getter)]
    fn unusable(this: &Product) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = noBench)]
    fn no_bench(this: &Product) -> Option<String>;
}

/// Hands a task to the host. What is not on the shelf any more is not wanted any more either.
pub(super) fn make(page: &Driver, task: &Task) {
    let Some(bytes) = page.shelf.whole(task.bytes) else { return };
    let (player, track) = match task.bench {
        None => (JsValue::UNDEFINED, JsValue::UNDEFINED),
        Some((player, track)) => (player.0.into(), (track == Track::Audio).into()),
    };
    let lock = task.lock.map_or(JsValue::UNDEFINED, |lock| {
        let bytes = [lock.key, lock.iv].concat();
        object(&[("bytes", Uint8Array::from(&bytes[..]).into()), ("samples", lock.samples.into())])
    });
    let mut ask = JsValue::UNDEFINED;
    let work = match &task.work {
        Work::Open => JsValue::UNDEFINED,
        Work::Read { ask: asked } => {
            ask = Uint8Array::from(&asked[..]).into();
            JsValue::UNDEFINED
        }
        &Work::Segment { fresh, contiguous, wary, expected, without_audio, aac_sbr, init, beside } => {
            object(&[
                ("fresh", fresh.into()),
                ("contiguous", contiguous.into()),
                ("wary", wary.into()),
                ("expected", expected.map_or(JsValue::UNDEFINED, |t| (t.ticks() as f64).into())),
                ("withoutAudio", without_audio.into()),
                ("beside", beside.into()),
                ("aacSbr", aac_sbr.map_or(JsValue::UNDEFINED, JsValue::from)),
                (
                    "init",
                    init.and_then(|blob| page.shelf.whole(blob)).map_or(JsValue::UNDEFINED, JsValue::from),
                ),
            ])
        }
    };
    let task = object(&[
        ("blob", task.into.0.into()),
        ("player", player),
        ("audio", track),
        ("bytes", bytes.into()),
        ("lock", lock),
        ("segment", work),
        ("ask", ask),
    ]);
    page.host.make(&task);
}

/// What came of a task.
pub(super) fn made(page: &'static Driver, blob: u32, product: &Product) {
    let blob = BlobId(blob);
    let outcome = match (product.no_bench(), product.unusable()) {
        (Some(why), _) => Err(Unmade::NoBench(why)),
        (None, Some(why)) => Err(Unmade::Unusable(why)),
        (None, None) => {
            if let Some(bytes) = product.bytes() {
                page.shelf.put(blob, &[bytes.into()]);
            }
            Ok(Made {
                init: product.init(),
                start: MediaTime::from_ticks(product.start() as i64),
                end: MediaTime::from_ticks(product.end() as i64),
                is_empty: product.empty(),
                unplayable: unplayable(&product.unplayable()),
                said: product.said().unwrap_or_default(),
            })
        }
    };
    page.tell(Input::Made { blob, outcome });
}

/// Tracks that stay out: kind, reason and codec of each, one after the other, as `benches.rs` writes them.
fn unplayable(list: &Array) -> Vec<Unplayable> {
    let mut tracks = Vec::new();
    for at in (0..list.length()).step_by(3) {
        let said = |n| list.get(at + n).as_string().unwrap_or_default();
        let kind = match said(0).as_str() {
            "video" => TrackKind::Video,
            "audio" => TrackKind::Audio,
            _ => TrackKind::Other,
        };
        let why = match said(1).as_str() {
            "undecodable" => Why::Undecodable,
            "encrypted" => Why::Encrypted,
            "spare" => Why::Spare,
            "beside" => Why::Beside,
            _ => Why::Unsupported,
        };
        tracks.push(Unplayable { kind, codec: said(2), why });
    }
    tracks
}
