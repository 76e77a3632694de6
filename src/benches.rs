//! The whole surface of the other binary: the benches, for streams that the browser does not take as they lie. Built
//! from the same crate (`--features benches`); the engine is not in it, and this is not in the engine's.
//!
//! `www/src/benches.ts` owns the instances, cuts the bytes into turns, and carries results back to the engine.

use crate::engine::bench;
use crate::engine::id::BlobId;
use crate::engine::task::{Lock, Made, TrackKind, Unmade, Why, Work};
use crate::engine::text;
use crate::engine::time::MediaTime;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    /// The browser's word on codecs: a bench asks by a plain function.
    static DECODES: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}

fn decodes(codec: &str) -> bool {
    DECODES.with_borrow(|ask| {
        let answer = ask.as_ref().and_then(|ask| ask.call1(&JsValue::UNDEFINED, &codec.into()).ok());
        answer.is_some_and(|answer| answer.is_truthy())
    })
}

/// One bench: the tasks of one SourceBuffer, one after the other.
#[wasm_bindgen]
pub struct Bench(bench::Bench);

/// What was made.
#[wasm_bindgen]
pub struct Product {
    made: Made,
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl Bench {
    /// `decodes` tells whether this browser decodes a codec string in MP4.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "(codec: string) => boolean")] ask: js_sys::Function,
    ) -> Self {
        DECODES.set(Some(ask));
        Self(bench::Bench::new(decodes))
    }

    /// Begins to open what `lock` (key, then initialisation vector) locks whole.
    #[wasm_bindgen]
    pub fn open(&mut self, lock: Option<Vec<u8>>) {
        self.0.begin(&Work::Open, read_lock(lock, false), None);
    }

    /// Begins a segment; `expected` is in ticks of 90 kHz.
    #[wasm_bindgen]
    #[expect(clippy::too_many_arguments, reason = "plain values cross the border without code to read them")]
    pub fn segment(
        &mut self,
        fresh: bool,
        contiguous: bool,
        wary: bool,
        expected: Option<f64>,
        without_audio: bool,
        aac_sbr: Option<bool>,
        init: Option<Vec<u8>>,
        beside: bool,
        lock: Option<Vec<u8>>,
        samples: bool,
    ) {
        let expected = expected.map(|ticks| MediaTime::from_ticks(ticks as i64));
        // Which blob it was does not matter here, for its bytes are at hand.
        let named = init.as_ref().map(|_| BlobId(0));
        let work =
            Work::Segment { fresh, contiguous, wary, expected, without_audio, aac_sbr, init: named, beside };
        self.0.begin(&work, read_lock(lock, samples), init.as_deref());
    }

    /// Takes the next bytes.
    #[wasm_bindgen]
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// There are no more. Throws a sentence when nothing comes of it.
    #[wasm_bindgen]
    pub fn finish(&mut self) -> Result<Product, JsValue> {
        match self.0.finish() {
            Ok((made, bytes)) => Ok(Product { made, bytes }),
            Err(Unmade::Unusable(why) | Unmade::NoBench(why)) => Err(why.into()),
        }
    }
}

#[wasm_bindgen]
impl Product {
    /// What goes on the shelf; empty from then on.
    #[wasm_bindgen]
    pub fn bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// An initialisation section; none from then on.
    #[wasm_bindgen]
    pub fn init(&mut self) -> Option<Vec<u8>> {
        self.made.init.take()
    }

    /// Where it starts, in ticks of 90 kHz.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn start(&self) -> f64 {
        self.made.start.ticks() as f64
    }

    /// Where it ends.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn end(&self) -> f64 {
        self.made.end.ticks() as f64
    }

    /// What rides on it, packed; nothing from then on.
    #[wasm_bindgen]
    pub fn said(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.made.said)
    }

    /// Nothing to show or hear.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn empty(&self) -> bool {
        self.made.is_empty
    }

    /// Tracks that stay out: kind, reason and codec of each, one after the other.
    #[wasm_bindgen]
    #[must_use]
    pub fn unplayable(&self) -> Vec<String> {
        let tracks = self.made.unplayable.iter();
        tracks.flat_map(|t| [kind(t.kind), why(t.why), &t.codec].map(str::to_owned)).collect()
    }
}

/// Reads the texts of one player, one after the other.
#[wasm_bindgen]
pub struct Reader(text::Reader);

#[wasm_bindgen]
impl Reader {
    /// One that has read nothing.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self(text::Reader::default())
    }

    /// What was asked of these bytes, and the answer, both packed.
    #[wasm_bindgen]
    pub fn read(&mut self, ask: &[u8], lock: Option<Vec<u8>>, bytes: Vec<u8>) -> Vec<u8> {
        bench::read(&mut self.0, ask, read_lock(lock, false), bytes)
    }
}

fn read_lock(bytes: Option<Vec<u8>>, samples: bool) -> Option<Lock> {
    let bytes = bytes?;
    let (key, iv) = bytes.split_at_checked(16)?;
    Some(Lock { key: key.try_into().ok()?, iv: iv.try_into().ok()?, samples })
}

const fn kind(kind: TrackKind) -> &'static str {
    match kind {
        TrackKind::Video => "video",
        TrackKind::Audio => "audio",
        TrackKind::Other => "other",
    }
}

const fn why(why: Why) -> &'static str {
    match why {
        Why::Undecodable => "undecodable",
        Why::Unsupported => "unsupported",
        Why::Encrypted => "encrypted",
        Why::Spare => "spare",
        Why::Beside => "beside",
    }
}
