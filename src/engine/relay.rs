//! What can be given of segments that are not here whole yet: pieces that verified, each a blob of its own until the
//! whole is there; and the lists of digests by which others can check theirs.

use super::contract::{Orders, Output};
use super::id::{RenditionId, SegmentId};
use super::payload::Payload;
use super::swarm::native::bits;
use super::swarm::wire::native::{Has, pieces_of};
use super::verify::{PieceList, Shareable};
use litemap::LiteMap;

/// A segment that has come in part.
#[derive(Debug)]
struct Partial {
    length: u64,
    pieces: LiteMap<u64, Shareable>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Relay {
    lists: LiteMap<SegmentId, PieceList>,
    partial: LiteMap<SegmentId, Partial>,
}

impl Relay {
    /// The list of a segment.
    pub(crate) fn list(&self, segment: SegmentId) -> Option<&PieceList> {
        self.lists.get(&segment)
    }

    /// A list is known.
    pub(crate) fn learn(&mut self, segment: SegmentId, list: PieceList) {
        self.lists.insert(segment, list);
    }

    /// A piece of a segment of so many bytes verified.
    pub(crate) fn keep<P: Payload>(
        &mut self,
        (segment, length): (SegmentId, u64),
        (piece, shareable): (u64, Shareable),
        bytes: P,
        orders: &mut Orders<P>,
    ) {
        let partial =
            self.partial.entry(segment).or_insert_with(|| Partial { length, pieces: LiteMap::new() });
        orders.push_back(Output::Shelve { blob: shareable.blob, parts: vec![bytes] });
        if let Some(old) = partial.pieces.insert(piece, shareable) {
            orders.push_back(Output::Unshelve { blob: old.blob });
        }
    }

    /// A piece of a segment that is not here whole.
    pub(crate) fn piece(&self, segment: SegmentId, piece: u64) -> Option<Shareable> {
        self.partial.get(&segment)?.pieces.get(&piece).copied()
    }

    /// How far the segments of a rendition have come.
    pub(crate) fn progress(&self, rendition: RenditionId) -> Vec<(u64, Has)> {
        let of = self.partial.iter().filter(|(s, _)| s.rendition == rendition);
        of.map(|(s, p)| {
            let bits = bits(pieces_of(p.length), |piece| p.pieces.contains_key(&piece));
            (s.number, Has::Pieces { length: p.length, bits })
        })
        .collect()
    }

    /// Forgets pieces of what is not under way any more, and lists of what is neither that nor here.
    pub(crate) fn retain<P>(
        &mut self,
        under_way: impl Fn(SegmentId) -> bool,
        here: impl Fn(SegmentId) -> bool,
        orders: &mut Orders<P>,
    ) {
        self.partial.retain(|&segment, partial| {
            let keep = under_way(segment);
            if !keep {
                orders.extend(partial.pieces.values().map(|s| Output::Unshelve { blob: s.blob }));
            }
            keep
        });
        self.lists.retain(|&segment, _| under_way(segment) || here(segment));
    }
}
