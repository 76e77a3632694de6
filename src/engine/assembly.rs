//! Is a segment here whole that came part by part? Its parts one after the other are the segment, as far as the
//! publisher's digest of it agrees: then viewers who stand further behind the edge can have it of us. Nothing is fetched
//! for that, and what does not agree is let go. Some packagers' segments are no sum of their parts; of those it is not
//! tried for long.

use super::id::{ByteRange, RenditionId, SegmentId};
use super::payload::{ContentHasher as _, Digest, Payload};
use super::timeline::PartEntry;
use super::transfer::{Asset, Contribution, Fetched, PartId, Place, Supplier};
use litemap::LiteMap;
use std::collections::VecDeque;

/// Parts whose turn has not come, or that are not listed yet: those of a segment of 6 s, of video and audio.
const MAX_LOOSE: usize = 48;
/// So many segments in a row that are no sum of their parts: none of this rendition will be.
const UNLIKE: u32 = 2;

/// A segment, as far as it is here.
struct Growing<P: Payload> {
    first: PartId,
    parts: usize,
    bytes: Vec<P>,
    len: u64,
    hasher: P::Hasher,
}

/// All of them.
pub(crate) struct Assembly<P: Payload> {
    loose: VecDeque<(PartId, Vec<P>)>,
    growing: LiteMap<SegmentId, Growing<P>>,
    unlike: LiteMap<RenditionId, u32>,
}

impl<P: Payload> Assembly<P> {
    pub(crate) fn new() -> Self {
        Self { loose: VecDeque::new(), growing: LiteMap::new(), unlike: LiteMap::new() }
    }

    /// A part is here.
    pub(crate) fn take(&mut self, part: PartId, bytes: &[P]) {
        if self.loose.len() >= MAX_LOOSE {
            self.loose.pop_front();
        }
        self.loose.push_back((part, bytes.to_vec()));
    }

    /// Whether nothing is here that could become a segment.
    pub(crate) fn is_empty(&self) -> bool {
        self.loose.is_empty() && self.growing.is_empty()
    }

    /// Joins what is here of a segment's `parts`, which `find` tells the names of. Whether that is all of them.
    pub(crate) fn grow(
        &mut self,
        segment: SegmentId,
        parts: &[PartEntry],
        find: impl Fn(&PartEntry) -> Option<PartId>,
    ) -> bool {
        if self.unlike.get(&segment.rendition).is_some_and(|&times| times >= UNLIKE) {
            return false;
        }
        // A broadcast that began anew has other parts under the same number.
        let first = parts.first().and_then(&find);
        self.growing.retain(|&s, g| s != segment || first.is_none_or(|first| first == g.first));
        let here = self.growing.get(&segment).map_or(0, |g| g.parts);
        for part in parts.iter().skip(here) {
            let Some(id) = find(part) else { break };
            let Some(at) = self.loose.iter().position(|l| l.0 == id) else { break };
            let Some((_, bytes)) = self.loose.remove(at) else { break };
            self.growing.entry(segment).or_insert_with(|| Growing::new(id)).add(bytes);
        }
        self.growing.get(&segment).is_some_and(|g| g.parts == parts.len())
    }

    /// The segment, if its digest is this one. It is not here any more.
    pub(crate) fn finish(
        &mut self,
        segment: SegmentId,
        place: Place,
        expected: Digest,
    ) -> Option<Fetched<P>> {
        let Growing { bytes, len, hasher, .. } = self.growing.remove(&segment)?;
        let digest = hasher.finish();
        let unlike = self.unlike.entry(segment.rendition).or_insert(0);
        *unlike = if digest == expected { 0 } else { *unlike + 1 };
        let whole = Contribution { supplier: Supplier::Origin, range: ByteRange { start: 0, end: len } };
        let (asset, contributions) = (Asset::Segment(segment), vec![whole]);
        (digest == expected).then_some(Fetched { asset, place, parts: bytes, len, digest, contributions })
    }

    /// Segments of a rendition that come part by part.
    pub(crate) fn growing(&self, rendition: RenditionId) -> impl Iterator<Item = u64> + '_ {
        self.growing.keys().filter(move |s| s.rendition == rendition).map(|s| s.number)
    }

    /// Forgets segments that are not at the edge any more.
    pub(crate) fn retain(&mut self, at_edge: impl Fn(SegmentId) -> bool) {
        self.growing.retain(|&segment, _| at_edge(segment));
    }
}

impl<P: Payload> Growing<P> {
    fn new(first: PartId) -> Self {
        Self { first, parts: 0, bytes: Vec::new(), len: 0, hasher: P::Hasher::default() }
    }

    fn add(&mut self, bytes: Vec<P>) {
        for piece in &bytes {
            self.hasher.feed(piece);
            self.len += piece.len() as u64;
        }
        self.parts += 1;
        self.bytes.extend(bytes);
    }
}
