//! What `cargo xtask bench media` measures of the engine alone: the steps of the workshop on one lane's segments, and
//! a playlist from its bytes to its timeline. Built as the engine is, and called as the player calls it: bytes are
//! copied into linear memory slice by slice, and out of it into buffers of their own.

use sprat::engine::playlist::{Playlist, Reading};
use sprat::engine::timeline::Timeline;
use sprat::engine::transmux::{RemuxOptions, Remuxer};
use wasm_bindgen::prelude::*;

/// A playlist is read so many bytes in a turn.
const SLICE: usize = 32 << 10;

/// One lane.
#[wasm_bindgen]
pub struct Lane {
    remuxer: Remuxer,
    init: Vec<u8>,
    media: Vec<u8>,
}

#[wasm_bindgen]
impl Lane {
    /// One that has seen nothing, in a browser that decodes everything.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "nobody needs one but JavaScript")]
    #[must_use]
    pub fn new() -> Self {
        let options = RemuxOptions { decodes: |_| true, without_audio: false, aac_sbr: None };
        Self { remuxer: Remuxer::new(options), init: Vec::new(), media: Vec::new() }
    }

    /// A segment begins, after the one before or anywhere.
    pub fn begin(&mut self, contiguous: bool) {
        self.remuxer.begin(None, contiguous, None);
    }

    /// The next of its bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.remuxer.push(bytes);
    }

    /// It has ended; how many samples it had, none when it was refused.
    pub fn finish(&mut self) -> usize {
        let Ok(fragment) = self.remuxer.finish() else { return 0 };
        (self.init, self.media) = (fragment.init, fragment.media);
        fragment.runs.iter().map(|run| run.samples.len()).sum()
    }

    /// The initialization segment of what was finished last.
    #[must_use]
    pub fn init(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.init)
    }

    /// And its media segment.
    #[must_use]
    pub fn media(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.media)
    }
}

#[wasm_bindgen]
extern "C" {
    type URL;
    #[wasm_bindgen(constructor, catch)]
    fn new(reference: &str, base: &str) -> Result<URL, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn href(this: &URL) -> String;
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    URL::new(reference, base).ok().map(|url| url.href())
}

/// Reads a media playlist and places its segments; how many there are.
#[wasm_bindgen]
#[must_use]
pub fn segments(body: Vec<u8>, base: &str) -> usize {
    let Ok(mut reading) = Reading::new(body, base, resolve) else { return 0 };
    loop {
        match reading.step(SLICE) {
            None => {}
            Some(Ok(Playlist::Media(media))) => return Timeline::new(media, None).entries().len(),
            Some(_) => return 0,
        }
    }
}
