//! What encrypts the samples of fragmented MP4 (ISO/IEC 23001-7, Common Encryption)? The browser opens them, with keys
//! that the page asks for: here is only read what it has to ask with. A sample entry `encv` or `enca` is the clear one
//! under another name; the name, the scheme and the key are in its `sinf` (ISO/IEC 14496-12 §8.12).

use super::boxes::{Atom, boxes, child};
use super::codec;
use super::init::TrackKind;

/// Keys of one initialization section; each track has one.
const MAX_KEYS: usize = 16;
/// `pssh` boxes together; a DRM's are a few kilobytes.
const MAX_PSSH: usize = 64 << 10;

/// What to ask for keys with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// `scheme_type`: `cenc`, `cbcs`, `cens` or `cbc1`.
    pub scheme: [u8; 4],
    /// The `default_KID` of each track, once each.
    pub key_ids: Vec<[u8; 16]>,
    /// The `pssh` boxes one after the other: what EME calls initialization data of type "cenc".
    pub pssh: Vec<u8>,
}

impl Lock {
    /// Takes the `pssh` boxes.
    pub(super) fn gather(&mut self, moov: &[u8]) {
        for Atom { at, header, body, .. } in boxes(moov).filter(|b| b.kind == *b"pssh" && b.whole) {
            let whole = moov.get(at..at + header + body.len()).unwrap_or(&[]);
            if self.pssh.len() + whole.len() <= MAX_PSSH {
                self.pssh.extend_from_slice(whole);
            }
        }
    }
}

/// A sample entry by its clear name; what encrypts it is added to `lock`. None when it does not say that name.
pub(super) fn unwrapped<'a>(entry: Atom<'a>, kind: TrackKind, lock: &mut Option<Lock>) -> Option<Atom<'a>> {
    if !matches!(&entry.kind, b"encv" | b"enca") {
        return Some(entry);
    }
    let sinf = child(codec::inside(entry, kind)?, b"sinf")?;
    let original = *child(sinf, b"frma")?.first_chunk()?;
    let lock = lock.get_or_insert_default();
    // Version and flags first.
    if let Some(scheme) = child(sinf, b"schm").and_then(|schm| schm.get(4..)?.first_chunk()) {
        lock.scheme = *scheme;
    }
    // Then a reserved byte, a pattern, whether it is encrypted at all, and the size of what varies.
    let tenc = child(sinf, b"schi").and_then(|schi| child(schi, b"tenc"));
    if let Some(&key) = tenc.and_then(|tenc| tenc.get(8..)?.first_chunk())
        && !lock.key_ids.contains(&key)
        && lock.key_ids.len() < MAX_KEYS
    {
        lock.key_ids.push(key);
    }
    Some(Atom { kind: original, ..entry })
}
