//! Is a segment here whole that came part by part? Its parts one after the other are the segment, as far as the
//! publisher's digest of it agrees: then viewers who stand further behind the edge can have it of us. Nothing is fetched
//! for that, and what does not agree is let go. Some packagers' segments are no sum of their parts; of those it is not
//! tried for long.

use super::id::{ByteRange, SegmentId};
use super::payload::{ContentHasher as _, Digest, Payload};
use super::timeline::PartEntry;
use super::transfer::{Asset, Contribution, Fetched, PartId, Place, Supplier};

/// Parts whose turn has not come, or that are not listed yet: those of a segment of 6 s, of video and audio.
const MAX_LOOSE: usize = 48;
/// So many segments in a row that are no sum of their parts: none will be, as long as somebody plays by parts.
const UNLIKE: u32 = 2;

/// A segment, as far as it is here.
struct Growing<P: Payload> {
    segment: SegmentId,
    parts: usize,
    bytes: Vec<P>,
    len: u64,
    hasher: P::Hasher,
}

/// All of them.
pub(crate) struct Assembly<P: Payload> {
    loose: Vec<(PartId, Vec<P>)>,
    growing: Vec<Growing<P>>,
    unlike: u32,
}

impl<P: Payload> Assembly<P> {
    pub(crate) const fn new() -> Self {
        Self { loose: Vec::new(), growing: Vec::new(), unlike: 0 }
    }

    /// A part is here.
    pub(crate) fn take(&mut self, part: PartId, bytes: &[P]) {
        if self.unlike < UNLIKE {
            if self.loose.len() >= MAX_LOOSE {
                self.loose.remove(0);
            }
            self.loose.push((part, bytes.to_vec()));
        }
    }

    /// Joins what is here of a segment's `parts`, which `find` tells the names of. Whether that is all of them.
    pub(crate) fn grow(
        &mut self,
        segment: SegmentId,
        parts: &[PartEntry],
        find: impl Fn(&PartEntry) -> Option<PartId>,
    ) -> bool {
        let mut at = self.growing.iter().position(|g| g.segment == segment);
        let mut count = at.map_or(0, |at| self.growing[at].parts);
        while let Some(part) = parts.get(count)
            && let Some(id) = find(part)
            && let Some(loose) = self.loose.iter().position(|l| l.0 == id)
        {
            let (_, bytes) = self.loose.remove(loose);
            let at = *at.get_or_insert(self.growing.len());
            if at == self.growing.len() {
                let hasher = P::Hasher::default();
                self.growing.push(Growing { segment, parts: 0, bytes: Vec::new(), len: 0, hasher });
            }
            let growing = &mut self.growing[at];
            for piece in bytes {
                growing.hasher.feed(&piece);
                growing.len += piece.len() as u64;
                growing.bytes.push(piece);
            }
            count += 1;
            growing.parts = count;
        }
        count == parts.len()
    }

    /// The segment, if its digest is this one. It is not here any more.
    pub(crate) fn finish(
        &mut self,
        segment: SegmentId,
        place: Place,
        expected: Digest,
    ) -> Option<Fetched<P>> {
        let at = self.growing.iter().position(|g| g.segment == segment)?;
        let Growing { bytes, len, hasher, .. } = self.growing.swap_remove(at);
        let digest = hasher.finish();
        if digest != expected {
            self.unlike += 1;
            return None;
        }
        self.unlike = 0;
        let whole = Contribution { supplier: Supplier::Origin, range: ByteRange { start: 0, end: len } };
        let contributions = vec![whole];
        Some(Fetched { asset: Asset::Segment(segment), place, parts: bytes, len, digest, contributions })
    }

    /// Segments that come part by part.
    pub(crate) fn growing(&self) -> impl Iterator<Item = SegmentId> + '_ {
        self.growing.iter().map(|g| g.segment)
    }

    /// Forgets all segments but those `at_edge`.
    pub(crate) fn keep(&mut self, at_edge: &[SegmentId]) {
        let mut i = 0;
        while let Some(growing) = self.growing.get(i) {
            if at_edge.contains(&growing.segment) {
                i += 1;
            } else {
                self.growing.swap_remove(i);
            }
        }
        if at_edge.is_empty() {
            self.loose.clear();
            self.unlike = 0;
        }
    }
}
