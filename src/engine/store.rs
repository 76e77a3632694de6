//! What we keep: verified segments, on the shelf, within a byte budget. What goes first is what lies farthest
//! from any playhead, behind counting double: viewers are followed, not led, by most of the swarm.

use super::contract::{Orders, Output};
use super::id::{RenditionId, SegmentId};
use super::payload::Payload;
use super::time::MediaTime;
use super::transfer::Place;
use super::verify::{Expected, Shareable, Verified};
use litemap::LiteMap;
use std::collections::BinaryHeap;

/// How much of each segment's beginning stays readable: enough for `styp`, `sidx` and the whole of a `moof`
/// with a few seconds of samples.
pub const HEAD: usize = 8 << 10;

/// A segment on the shelf.
#[derive(Debug)]
struct Kept {
    verified: Verified,
    place: Place,
    head: Vec<u8>,
}

/// The page's shelf of segments.
#[derive(Debug)]
pub struct Store {
    kept: LiteMap<SegmentId, Kept>,
    bytes: u64,
    limit: u64,
}

impl Store {
    /// An empty shelf that holds `limit` bytes.
    #[must_use]
    pub fn new(limit: u64) -> Self {
        Self { kept: LiteMap::new(), bytes: 0, limit }
    }

    /// Keeps a segment, in place of what was kept under its name.
    pub fn keep<P: Payload>(
        &mut self,
        segment: SegmentId,
        verified: Verified,
        (place, parts): (Place, Vec<P>),
        orders: &mut Orders<P>,
    ) {
        self.forget(segment, orders);
        self.bytes += verified.len();
        let head = head(&parts);
        orders.push_back(Output::Shelve { blob: verified.blob(), parts });
        self.kept.insert(segment, Kept { verified, place, head });
    }

    /// The first bytes of a segment; empty where the payload shows none.
    #[must_use]
    pub fn head(&self, segment: SegmentId) -> &[u8] {
        self.kept.get(&segment).map_or(&[], |k| &k.head)
    }

    /// The bytes of a segment.
    #[must_use]
    pub fn get(&self, segment: SegmentId) -> Option<&Verified> {
        self.kept.get(&segment).map(|k| &k.verified)
    }

    /// Digests came after bytes of this rendition: those that match become shareable.
    pub fn confirm(&mut self, rendition: RenditionId, expected: impl Fn(&Place) -> Expected) {
        for (_, kept) in self.kept.iter_mut().filter(|(s, _)| s.rendition == rendition) {
            if let Expected::Digest(digest) = expected(&kept.place) {
                kept.verified.confirm(digest);
            }
        }
    }

    /// The bytes of a segment, if other viewers may have them.
    #[must_use]
    pub fn shareable(&self, segment: SegmentId) -> Option<Shareable> {
        self.get(segment).and_then(Verified::shareable)
    }

    /// Segments of a rendition that other viewers may have, in order.
    pub fn shared(&self, rendition: RenditionId) -> impl Iterator<Item = u64> + '_ {
        self.of(rendition).filter(|(_, v)| v.shareable().is_some()).map(|(s, _)| s.number)
    }

    /// Forgets segments until the budget holds. `distance` tells how far from the nearest playhead one lies
    /// (none: nobody plays that rendition).
    pub fn evict<P>(&mut self, distance: impl Fn(SegmentId) -> Option<MediaTime>, orders: &mut Orders<P>) {
        if self.bytes <= self.limit {
            return;
        }
        let mut by_distance: BinaryHeap<(MediaTime, SegmentId)> =
            self.kept.keys().map(|&s| (distance(s).unwrap_or(MediaTime::from_ticks(i64::MAX)), s)).collect();
        while self.bytes > self.limit
            && let Some((_, segment)) = by_distance.pop()
        {
            self.forget(segment, orders);
        }
    }

    /// Forgets segments that are in nobody's list any more: for lives, which never come back to what has left their
    /// window, and go on for ever.
    pub fn forget_past<P>(
        &mut self,
        distance: impl Fn(SegmentId) -> Option<MediaTime>,
        orders: &mut Orders<P>,
    ) {
        let past: Vec<SegmentId> = self.kept.keys().filter(|&&s| distance(s).is_none()).copied().collect();
        for segment in past {
            self.forget(segment, orders);
        }
    }

    /// Forgets one segment.
    pub fn forget<P>(&mut self, segment: SegmentId, orders: &mut Orders<P>) {
        if let Some(old) = self.kept.remove(&segment) {
            self.bytes -= old.verified.len();
            orders.push_back(Output::Unshelve { blob: old.verified.blob() });
        }
    }

    /// Forgets all segments of renditions that are not `wanted`.
    pub fn retain<P>(&mut self, wanted: impl Fn(RenditionId) -> bool, orders: &mut Orders<P>) {
        let gone: Vec<SegmentId> = self.kept.keys().filter(|s| !wanted(s.rendition)).copied().collect();
        for segment in gone {
            self.forget(segment, orders);
        }
    }

    fn of(&self, rendition: RenditionId) -> impl Iterator<Item = (SegmentId, &Verified)> + '_ {
        let kept = self.kept.iter().filter(move |(s, _)| s.rendition == rendition);
        kept.map(|(&s, k)| (s, &k.verified))
    }
}

/// The first [`HEAD`] bytes.
pub(crate) fn head<P: Payload>(parts: &[P]) -> Vec<u8> {
    let mut head = vec![0; HEAD];
    let mut filled = 0;
    for part in parts {
        let read = part.read(0, &mut head[filled..]);
        filled += read;
        if read < part.len() {
            break;
        }
    }
    head.truncate(filled);
    head
}
