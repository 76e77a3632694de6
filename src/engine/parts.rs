//! Parts of segments (`EXT-X-PART`) of the page: each is fetched once, and kept until it has been appended and newer ones
//! need its room. Known by their place: what a hint promised is the part that is listed later; and, where neighbours may
//! have it, by the name that it has among them.

use super::contract::{Orders, Output};
use super::id::{RenditionId, SegmentId};
use super::payload::Payload;
use super::store;
use super::swarm::wire::native::Has;
use super::transfer::{PartId, Place};
use super::verify::{Expected, Shareable, Verified};
use std::collections::VecDeque;

/// Parts that are remembered: more than all players of a page need at once.
const MAX_KNOWN: usize = 256;
/// Parts whose bytes are kept: 20 s of video and audio in parts of 0.33 s.
const MAX_KEPT: usize = 120;

/// One of them.
struct Known {
    place: Place,
    name: Option<SegmentId>,
    ready: Option<Ready>,
}

impl Known {
    /// What a hint promised from some byte on is the part that begins there.
    fn is_at(&self, place: &Place) -> bool {
        let start = |place: &Place| place.range.map_or(0, |r| r.start);
        self.place.url == place.url && start(&self.place) == start(place)
    }
}

/// Its bytes.
pub(crate) struct Ready {
    pub(crate) verified: Verified,
    /// The first of them; empty where the payload shows none.
    pub(crate) head: Vec<u8>,
}

/// All of them, in the order in which they were first heard of.
#[derive(Default)]
pub(crate) struct Parts {
    known: VecDeque<Known>,
    /// The id of the first.
    first: u32,
}

impl Parts {
    /// The id of the part at `place`.
    pub(crate) fn intern<P>(&mut self, place: &Place, orders: &mut Orders<P>) -> PartId {
        if let Some(id) = self.find(place) {
            let at = self.index(id);
            if let Some(known) = self.known.get_mut(at).filter(|k| k.place.range != place.range) {
                // It has an end by now.
                known.place.range = place.range;
            }
            return id;
        }
        self.known.push_back(Known { place: place.clone(), name: None, ready: None });
        if self.known.len() > MAX_KNOWN {
            self.first = self.first.wrapping_add(1);
            let gone = self.known.pop_front().and_then(|k| k.ready);
            forget(gone, orders);
        }
        PartId(self.first.wrapping_add(self.known.len() as u32 - 1))
    }

    /// The id of the part at `place`, if it was heard of.
    pub(crate) fn find(&self, place: &Place) -> Option<PartId> {
        let at = self.known.iter().rposition(|k| k.is_at(place))?;
        Some(PartId(self.first.wrapping_add(at as u32)))
    }

    /// What neighbours call a part.
    pub(crate) fn name(&mut self, id: PartId, name: Option<SegmentId>) {
        let at = self.index(id);
        if let Some(known) = self.known.get_mut(at) {
            known.name = name;
        }
    }

    /// What neighbours call a part, if it is for them.
    pub(crate) fn named(&self, id: PartId) -> Option<SegmentId> {
        self.known.get(self.index(id))?.name
    }

    /// The bytes of a part, if other viewers may have them.
    pub(crate) fn shareable(&self, name: SegmentId) -> Option<Shareable> {
        let known = self.known.iter().find(|k| k.name == Some(name) && k.ready.is_some())?;
        known.ready.as_ref()?.verified.shareable()
    }

    /// Tells which parts of a rendition other viewers may have, and which they will when their digests are here.
    pub(crate) fn tell(&self, rendition: RenditionId, told: &mut Vec<(u64, Has)>) {
        for known in &self.known {
            if let (Some(name), Some(ready)) = (known.name, &known.ready)
                && name.rendition == rendition
            {
                let whole = ready.verified.shareable().map(|s| Has::Whole { length: s.len });
                told.push((name.number, whole.unwrap_or(Has::Loading)));
            }
        }
    }

    /// Digests came after bytes: parts that match become shareable.
    pub(crate) fn confirm(&mut self, expected: impl Fn(SegmentId, &Place) -> Expected) {
        for known in &mut self.known {
            if let (Some(name), Some(ready)) = (known.name, &mut known.ready)
                && ready.verified.shareable().is_none()
                && let Expected::Digest(digest) = expected(name, &known.place)
            {
                ready.verified.confirm(digest);
            }
        }
    }

    /// The part, once it is here.
    pub(crate) fn get(&self, id: PartId) -> Option<&Ready> {
        self.known.get(self.index(id))?.ready.as_ref()
    }

    /// It is here.
    pub(crate) fn arrived<P: Payload>(
        &mut self,
        id: PartId,
        verified: Verified,
        parts: Vec<P>,
        orders: &mut Orders<P>,
    ) {
        let at = self.index(id);
        let Some(known) = self.known.get_mut(at) else { return };
        let head = store::head(&parts);
        orders.push_back(Output::Shelve { blob: verified.blob(), parts });
        forget(known.ready.replace(Ready { verified, head }), orders);
        let mut kept = self.known.iter_mut().rev().filter(|k| k.ready.is_some());
        if let Some(oldest) = kept.nth(MAX_KEPT) {
            forget(oldest.ready.take(), orders);
        }
    }

    /// Forgets all: their names mean others from now on.
    pub(crate) fn clear<P>(&mut self, orders: &mut Orders<P>) {
        self.first = self.first.wrapping_add(self.known.len() as u32);
        self.known.drain(..).for_each(|k| forget(k.ready, orders));
    }

    fn index(&self, id: PartId) -> usize {
        id.0.wrapping_sub(self.first) as usize
    }
}

fn forget<P>(ready: Option<Ready>, orders: &mut Orders<P>) {
    if let Some(ready) = ready {
        orders.push_back(Output::Unshelve { blob: ready.verified.blob() });
    }
}
