//! What `cargo xtask bench media` measures of the engine alone: a playlist from its bytes to its timeline. Built as the
//! engine is.

use sprat::engine::playlist::{Playlist, Reading};
use sprat::engine::timeline::Timeline;
use wasm_bindgen::prelude::*;

/// A playlist is read so many bytes in a turn.
const SLICE: usize = 32 << 10;

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
