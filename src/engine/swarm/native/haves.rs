//! What a neighbour said it has: per segment nothing, soon, some pieces or all. It may say as much as it likes; this
//! much is remembered.

use super::{Has, InfoHash, pieces_of};
use litemap::LiteMap;
use std::ops::Range;

/// Segments in all: four hours of 4 s.
const MAX_SEGMENTS: usize = 4_096;
/// Segments of which some pieces are there.
const MAX_PARTIAL: usize = 32;

/// All that one neighbour has.
#[derive(Debug, Default)]
pub(super) struct Haves {
    segments: LiteMap<(InfoHash, u64), Has>,
    partial: usize,
}

impl Haves {
    pub(super) fn set(&mut self, info_hash: InfoHash, segment: u64, has: Has) {
        let key = (info_hash, segment);
        self.remove(&key);
        let is_partial = has.is_partial();
        let room = self.segments.len() < MAX_SEGMENTS && (!is_partial || self.partial < MAX_PARTIAL);
        if room && has != Has::Nothing {
            self.partial += usize::from(is_partial);
            self.segments.insert(key, has);
        }
    }

    pub(super) fn get(&self, info_hash: InfoHash, segment: u64) -> Option<&Has> {
        self.segments.get(&(info_hash, segment))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Segments of which something is there, or soon will be.
    pub(super) fn of(&self, info_hash: InfoHash) -> impl Iterator<Item = u64> + '_ {
        self.segments.keys().filter(move |key| key.0 == info_hash).map(|key| key.1)
    }

    /// Whether it has one of these, or soon will have.
    pub(super) fn has_any(&self, info_hash: InfoHash, segments: Range<u64>) -> bool {
        self.segments.keys().any(|key| key.0 == info_hash && segments.contains(&key.1))
    }

    /// It does not have these pieces after all.
    pub(super) fn lacks(&mut self, info_hash: InfoHash, segment: u64, pieces: Range<u64>) {
        match self.segments.get_mut(&(info_hash, segment)) {
            Some(Has::Pieces { length, bits }) => {
                for piece in pieces.start..pieces.end.min(pieces_of(*length)) {
                    if let Some(byte) = bits.get_mut((piece / 8) as usize) {
                        *byte &= !(1 << (piece % 8));
                    }
                }
            }
            _ => self.remove(&(info_hash, segment)),
        }
    }

    pub(super) fn forget(&mut self, info_hash: InfoHash) {
        self.segments.retain(|key, _| key.0 != info_hash);
        self.partial = self.segments.values().filter(|h| h.is_partial()).count();
    }

    fn remove(&mut self, key: &(InfoHash, u64)) {
        let gone = self.segments.remove(key);
        self.partial -= usize::from(gone.is_some_and(|h| h.is_partial()));
    }
}

impl Has {
    /// Whether this piece is there.
    #[must_use]
    pub fn piece(&self, piece: u64) -> bool {
        match self {
            Self::Nothing | Self::Loading => false,
            Self::Whole { .. } => true,
            Self::Pieces { bits, .. } => {
                bits.get((piece / 8) as usize).is_some_and(|b| b & 1 << (piece % 8) != 0)
            }
        }
    }

    fn is_partial(&self) -> bool {
        matches!(self, Self::Pieces { .. })
    }

    /// Bytes of the whole, where some of it is there.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match *self {
            Self::Nothing | Self::Loading => None,
            Self::Whole { length } | Self::Pieces { length, .. } => Some(length),
        }
    }
}
