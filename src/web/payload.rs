//! Bytes that stay in JavaScript: a view of an ArrayBuffer. Slices share the buffer; only what is hashed or
//! looked into is copied into linear memory, a little at a time.

use crate::engine::payload::{ContentHasher, Digest, Payload, Sha256Hasher};
use js_sys::Uint8Array;

/// How much is copied at once to be hashed. It lies on the stack (1 MiB in wasm).
const SCRATCH: usize = 16 * 1024;

/// A view of bytes outside linear memory.
#[derive(Clone, Debug)]
pub(super) struct JsBytes(Uint8Array);

impl JsBytes {
    /// The view itself.
    pub(super) const fn view(&self) -> &Uint8Array {
        &self.0
    }
}

impl From<Uint8Array> for JsBytes {
    fn from(view: Uint8Array) -> Self {
        Self(view)
    }
}

impl From<Vec<u8>> for JsBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Uint8Array::from(&bytes[..]))
    }
}

impl Payload for JsBytes {
    type Hasher = WebHasher;

    fn len(&self) -> usize {
        self.0.length() as usize
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        // `subarray` clamps to the length by itself, and makes an inverted range empty.
        Self(self.0.subarray(index(from), index(to)))
    }

    fn read(&self, at: usize, into: &mut [u8]) -> usize {
        let n = self.len().saturating_sub(at).min(into.len());
        self.0.subarray(index(at), index(at + n)).copy_to(&mut into[..n]);
        n
    }
}

/// SHA-256 of bytes outside linear memory.
#[derive(Clone, Default)]
pub(super) struct WebHasher(Sha256Hasher);

impl ContentHasher<JsBytes> for WebHasher {
    fn feed(&mut self, piece: &JsBytes) {
        let mut scratch = [0; SCRATCH];
        let mut at = 0;
        loop {
            let n = piece.read(at, &mut scratch);
            self.0.update(&scratch[..n]);
            at += n;
            if n < SCRATCH {
                return;
            }
        }
    }

    fn finish(self) -> Digest {
        self.0.digest()
    }
}

/// A length of linear memory fits 32 bits; what does not is past the end of any view.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
