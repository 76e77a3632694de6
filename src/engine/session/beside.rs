//! Sound that the browser takes only as raw frames (MPEG audio, in Chromium), out of segments that hold pictures too.
//! It gets a lane of its own that follows the first one: the same segments at the same times, taken apart a second
//! time on a bench of its own. So each of the two buffers is filled, emptied and sought in like any other.

use super::lane::Lane;
use super::{Desk, Session};
use crate::engine::id::Track;
use crate::engine::inits::Inits;
use crate::engine::keyring::whole;
use crate::engine::payload::Payload;
use crate::engine::timeline::Entry;
use crate::engine::transmux::Why;

impl Session {
    /// The first lane's segments have such sound. False when it is too late: SourceBuffers are added all at once.
    pub(super) fn hear_beside(&mut self) -> bool {
        if let [first] = &self.lanes[..]
            && first.mime.is_none()
        {
            let mut lane = Lane::new(self.player, Track::Audio, first.rendition, first.url.clone());
            lane.beside = true;
            lane.timeline = first.timeline.clone();
            self.lanes.push(lane);
        }
        self.lanes.get(1).is_some_and(|l| l.beside)
    }

    /// The same by the word of an initialization section, before a segment is looked into.
    pub(super) fn expect_beside<P: Payload>(&mut self, desk: &Desk<'_, P>) {
        let [Lane { mime: None, timeline: Some(timeline), .. }] = &self.lanes[..] else { return };
        let init =
            timeline.entries_from(self.position(desk.now)).first().and_then(|e| e.segment.init.as_ref());
        let info = init.and_then(|init| desk.inits.look(init));
        if info.is_some_and(|i| !i.is_raw() && i.left_out.iter().any(|(_, why)| *why == Why::Beside)) {
            self.hear_beside();
        }
    }

    /// The first lane learnt of other segments, or went over to another rendition.
    pub(super) fn follow_first(&mut self) {
        let [first, beside] = &mut self.lanes[..] else { return };
        if beside.beside {
            if beside.rendition != first.rendition {
                beside.gone.clear();
            }
            (beside.rendition, beside.url) = (first.rendition, first.url.clone());
            beside.timeline = first.timeline.clone();
        }
    }
}

/// Whether the browser does not take a segment as it lies.
pub(super) fn needs_work(lane: &Lane, entry: &Entry, inits: &Inits) -> bool {
    let Some(init) = &entry.segment.init else { return true };
    let altered = || inits.look(init).is_some_and(|info| !info.left_out.is_empty());
    lane.beside || whole(&entry.segment.keys).is_some() || altered()
}

/// Whether parts of segments can be appended as they lie.
pub(super) fn takes_parts<P: Payload>(lane: &Lane, desk: &Desk<'_, P>) -> bool {
    let newest = lane.timeline.as_ref().and_then(|t| t.newest());
    newest.is_none_or(|e| e.segment.init.is_none() || !needs_work(lane, e, desk.inits))
}
