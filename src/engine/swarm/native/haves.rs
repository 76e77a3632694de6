//! What a neighbour said it has: per segment nothing, soon, some pieces or all. Swarms go by the numbers that it gave
//! them: they are compared with every fact. It may say as much as it likes; this much is remembered.

use super::{Has, pieces_of};
use litemap::LiteMap;
use std::ops::Range;

/// Segments in all: four hours of 4 s.
const MAX_SEGMENTS: usize = 4_096;
/// Segments of which some pieces are there.
const MAX_PARTIAL: usize = 32;

/// All that one neighbour has.
#[derive(Debug, Default)]
pub(super) struct Haves {
    segments: LiteMap<(u64, u64), Has>,
    partial: usize,
    /// The last segment of which it said that there is something, in whichever swarm.
    pub(super) farthest: u64,
}

impl Haves {
    pub(super) fn set(&mut self, room: u64, segment: u64, has: Has) {
        let key = (room, segment);
        self.remove(&key);
        let is_partial = has.is_partial();
        let room = self.segments.len() < MAX_SEGMENTS && (!is_partial || self.partial < MAX_PARTIAL);
        if room && has != Has::Nothing {
            self.farthest = self.farthest.max(segment);
            self.partial += usize::from(is_partial);
            self.segments.insert(key, has);
        }
    }

    pub(super) fn get(&self, room: u64, segment: u64) -> Option<&Has> {
        self.segments.get(&(room, segment))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Segments of which something is there, or soon will be.
    pub(super) fn of(&self, room: u64) -> impl Iterator<Item = u64> + '_ {
        self.segments.keys().filter(move |key| key.0 == room).map(|key| key.1)
    }

    /// It does not have these pieces after all.
    pub(super) fn lacks(&mut self, room: u64, segment: u64, pieces: Range<u64>) {
        match self.segments.get_mut(&(room, segment)) {
            Some(Has::Pieces { length, bits }) => {
                for piece in pieces.start..pieces.end.min(pieces_of(*length)) {
                    if let Some(byte) = bits.get_mut((piece / 8) as usize) {
                        *byte &= !(1 << (piece % 8));
                    }
                }
            }
            _ => self.remove(&(room, segment)),
        }
    }

    pub(super) fn forget(&mut self, room: u64) {
        self.segments.retain(|key, _| key.0 != room);
        self.partial = self.segments.values().filter(|h| h.is_partial()).count();
    }

    fn remove(&mut self, key: &(u64, u64)) {
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
