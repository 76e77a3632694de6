//! What viewers at the edge of a low-latency live do for one another and for those behind it: parts are given, and
//! segments that came part by part are kept whole. A part of the router, which owns no policy.

use super::Engine;
use super::config::Integrity;
use super::id::{BlobId, PlayerId, RenditionId, SegmentId};
use super::payload::Payload;
use super::session::Session;
use super::timeline::PartEntry;
use super::transfer::{Fetched, Place};
use super::verify::{Expected, Verified, verify};

impl<P: Payload> Engine<P> {
    /// Notes where neighbours play part by part, too, and keeps segments of `shared` renditions whose parts are all here.
    pub(super) fn assemble(&mut self, shared: &[RenditionId]) {
        let playing = self.sessions.values().flat_map(Session::edges).map(|(rendition, _)| rendition);
        let swarm = &self.swarm;
        self.ledger.at_edge = playing.filter(|&rendition| swarm.has_parts(rendition)).collect();
        if self.assembly.is_empty() {
            return;
        }
        let (mut at_edge, mut whole) = (Vec::new(), Vec::new());
        // Where the publisher lists no digests, nobody could tell whether they are the segment.
        let catalogue = &self.catalogue;
        let listed = |r| catalogue.get(r).is_some_and(|r| matches!(r.integrity, Integrity::List(_)));
        let edges = self.sessions.values().flat_map(Session::edges);
        for (rendition, timeline) in edges.filter(|&(r, _)| shared.contains(&r) && listed(r)) {
            for parts in timeline.parts().chunk_by(|a, b| a.number == b.number) {
                let Some(number) = parts.first().map(|p| p.number) else { continue };
                let segment = SegmentId { rendition, number };
                if self.store.get(segment).is_some() {
                    continue;
                }
                at_edge.push(segment);
                let known = &self.parts;
                let find =
                    |p: &PartEntry| known.find(&Place { url: p.part.url.clone(), range: p.part.range });
                if self.assembly.grow(segment, parts, find)
                    && let Some(entry) = timeline.by_number(number)
                {
                    whole.push((
                        segment,
                        Place { url: entry.segment.url.clone(), range: entry.segment.range },
                    ));
                }
            }
        }
        self.assembly.retain(|segment| at_edge.contains(&segment));
        for (segment, place) in whole {
            self.assembled(segment, place);
        }
    }

    /// A part is here that neighbours may have had a hand in.
    #[inline(never)]
    pub(super) fn part_came(
        &mut self,
        name: SegmentId,
        fetched: &Fetched<P>,
        verified: &Verified,
        players: &[PlayerId],
    ) {
        self.clear_up(name, fetched, verified);
        if verified.shareable().is_some() {
            fetched.contributors().for_each(|c| self.swarm.proved(c));
        }
        for player in players {
            if let Some(session) = self.sessions.get_mut(player) {
                session.report.part(fetched.peer_bytes());
            }
        }
    }

    /// All parts of a segment are here. Whether they are the segment is the publisher's to say, now or later.
    fn assembled(&mut self, segment: SegmentId, place: Place) {
        let Some(known) = self.catalogue.get(segment.rendition) else { return };
        let expected = self.ledger.expected(&known.integrity, &place);
        let Expected::Digest(digest) = expected else { return };
        let Some(fetched) = self.assembly.finish(segment, place, digest) else { return };
        if let Ok(verified) = verify(&fetched, BlobId(self.ids.draw()), expected) {
            self.whole_came(segment, &fetched, &verified);
            self.keep(segment, verified, fetched);
        }
    }
}
