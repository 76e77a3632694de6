//! What viewers at the edge of a low-latency live do for one another and for those behind it: parts are given, and
//! segments that came part by part are kept whole. A part of the router, which owns no policy.

use super::Engine;
use super::config::Integrity;
use super::id::{RenditionId, SegmentId};
use super::payload::Payload;
use super::timeline::PartEntry;
use super::transfer::{Fetched, PartId, Place};
use super::verify::{Expected, Verified};

impl<P: Payload> Engine<P> {
    /// Keeps segments of `shared` renditions whose parts are all here.
    pub(super) fn assemble(&mut self, shared: &[RenditionId]) {
        let (mut at_edge, mut whole) = (Vec::new(), Vec::new());
        for (_, session) in &self.sessions {
            for (rendition, timeline) in session.edges() {
                // Where the publisher lists no digests, nobody could tell whether they are the segment.
                let Some(Integrity::List(_)) = self.catalogue.get(rendition).map(|r| &r.integrity) else {
                    continue;
                };
                if !shared.contains(&rendition) {
                    continue;
                }
                for parts in timeline.parts().chunk_by(|a, b| a.number == b.number) {
                    let segment = SegmentId { rendition, number: parts[0].number };
                    at_edge.push(segment);
                    let known = &self.parts;
                    let find =
                        |p: &PartEntry| known.find(&Place { url: p.part.url.clone(), range: p.part.range });
                    if self.store.get(segment).is_none()
                        && self.assembly.grow(segment, parts, find)
                        && let Some(entry) = timeline.by_number(segment.number)
                    {
                        let listed = &entry.segment;
                        whole.push((segment, Place { url: listed.url.clone(), range: listed.range }));
                    }
                }
            }
        }
        self.assembly.keep(&at_edge);
        // All parts are here. Whether they are the segment is the publisher's to say, now or later.
        for (segment, place) in whole {
            let Some(known) = self.catalogue.get(segment.rendition) else { continue };
            let Expected::Digest(digest) = self.ledger.expected(&known.integrity, &place) else { continue };
            if let Some(fetched) = self.assembly.finish(segment, place, digest) {
                self.media_fetched(Some(segment), fetched, &[]);
            }
        }
    }

    /// A part is here that neighbours may have had a hand in, and may want.
    #[inline(never)]
    pub(super) fn part_came(&mut self, part: PartId, fetched: &Fetched<P>, verified: &Verified) {
        self.assembly.take(part, &fetched.parts);
        if verified.shareable().is_some() {
            fetched.contributors().for_each(|c| self.swarm.proved(c));
        }
    }
}
