//! Where verified bytes lie: whole ArrayBuffers outside linear memory, by the name the engine gave them.
//! What stays and what goes is the engine's decision.

use super::handle::Table;
use super::payload::JsBytes;
use crate::engine::id::{BlobId, ByteRange};
use crate::engine::payload::Payload as _;
use js_sys::Uint8Array;

/// Blobs by name.
#[derive(Default)]
pub(super) struct Shelf(Table<BlobId, Uint8Array>);

impl Shelf {
    /// Keeps `parts`, joined.
    pub(super) fn put(&self, blob: BlobId, parts: &[JsBytes]) {
        let length = parts.iter().map(JsBytes::len).sum::<usize>();
        let bytes = match parts {
            // A part that fills its buffer is kept as it is; a slice would keep the rest of the buffer alive.
            [part] if part.view().buffer().byte_length() as usize == part.len() => part.view().clone(),
            _ => joined(parts, length),
        };
        self.0.put(blob, bytes);
    }

    /// Forgets a blob.
    pub(super) fn remove(&self, blob: BlobId) {
        self.0.take(blob);
    }

    /// All of a blob.
    pub(super) fn whole(&self, blob: BlobId) -> Option<Uint8Array> {
        self.0.get(blob)
    }

    /// A view of part of a blob.
    pub(super) fn part(&self, blob: BlobId, range: ByteRange) -> Option<Uint8Array> {
        let bytes = JsBytes::from(self.0.get(blob)?);
        let (from, to) = (usize::try_from(range.start).ok()?, usize::try_from(range.end).ok()?);
        Some(bytes.slice(from, to).view().clone())
    }

    /// Forgets everything.
    pub(super) fn clear(&self) {
        self.0.clear();
    }
}

fn joined(parts: &[JsBytes], length: usize) -> Uint8Array {
    let all =
        Uint8Array::new_with_length(u32::try_from(length).expect("the shelf's limit is far below 4 GB"));
    let mut at = 0;
    for part in parts {
        all.set(part.view(), at);
        at += part.view().length();
    }
    all
}
