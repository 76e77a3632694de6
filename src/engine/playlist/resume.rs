//! A long live list changes at its end only. Where the beginning of a text is, byte for byte, one that was read
//! before, reading goes on behind it: an event of hours costs, at each reload, what was added.
//!
//! The beginning itself is not kept, only a hash of it. It is not a cryptographic one: whoever could forge it writes
//! the list anyway.

use super::reader::Reader;
use super::scan::Lines;
use core::fmt;

/// Between two places at which reading could be taken up.
const STRIDE: usize = 16 << 10;
/// The longest beginning that is looked at: hashing it is part of one turn.
const MAX_HEAD: usize = 4 << 20;

/// A place behind a segment, and what carries over from before it.
pub struct Resume {
    /// Bytes before it.
    at: usize,
    /// Line ends before it.
    ends: usize,
    hash: Hash,
    value: u64,
    reader: Reader,
}

impl fmt::Debug for Resume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resume").field("at", &self.at).finish_non_exhaustive()
    }
}

impl PartialEq for Resume {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.value) == (other.at, other.value)
    }
}

impl Resume {
    /// Moves `lines` to this place, if they begin as the text it was made of; what to read on with.
    pub(super) fn apply(&self, lines: &mut Lines) -> Option<(Reader, Marker)> {
        let (text, _) = lines.text();
        let head = text.get(..self.at)?;
        let mut hash = Hash::default();
        hash.feed(head);
        if hash.value(head) != self.value {
            return None;
        }
        lines.skip_to(self.at, self.ends);
        let marker = Marker { hash: self.hash, at: self.at, ..Marker::default() };
        Some((self.reader.carried(), marker))
    }
}

/// Looks for such places while a text is read.
#[derive(Default)]
pub(super) struct Marker {
    hash: Hash,
    at: usize,
    segments: usize,
    found: Option<Resume>,
}

impl Marker {
    /// A line was taken by `reader`.
    pub(super) fn passed(&mut self, lines: &Lines, reader: &Reader) {
        let (text, at) = lines.text();
        if at < self.at + STRIDE || at > MAX_HEAD || reader.count() == self.segments {
            return;
        }
        if !reader.is_settled() {
            return;
        }
        self.segments = reader.count();
        self.at = at;
        let head = &text[..at];
        self.hash.feed(head);
        let (hash, value) = (self.hash, self.hash.value(head));
        self.found = Some(Resume { at, ends: lines.ends(), hash, value, reader: reader.carried() });
    }

    /// The last of them.
    pub(super) fn finish(&mut self) -> Option<Resume> {
        self.found.take()
    }
}

/// Eight bytes at a time.
#[derive(Clone, Copy, Default)]
struct Hash {
    fed: usize,
    state: u64,
}

impl Hash {
    /// Takes what `head` has beyond what was taken before, up to a whole word.
    fn feed(&mut self, head: &[u8]) {
        let (words, _) = head.get(self.fed..).unwrap_or_default().as_chunks::<8>();
        for word in words {
            self.state = mix(self.state, u64::from_le_bytes(*word));
        }
        self.fed += words.len() * 8;
    }

    /// The hash of `head`, all of whose whole words were taken.
    fn value(self, head: &[u8]) -> u64 {
        let rest = head.get(self.fed..).unwrap_or_default();
        rest.iter().fold(mix(self.state, head.len() as u64), |state, b| mix(state, u64::from(*b)))
    }
}

/// A multiplication spreads upwards, a rotation brings it down again; the factor is 2⁶⁴ over the golden ratio.
fn mix(state: u64, word: u64) -> u64 {
    (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}
