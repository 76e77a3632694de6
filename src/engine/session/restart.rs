//! Another broadcast under the same address: a permanent live that began again, with names that were used before.
//! Nothing that was kept is what those names mean now. And after the end of a live: whoever presses play again is
//! shown the next one, if there is one by then.

use super::{Desk, Session};
use crate::engine::contract::Output;
use crate::engine::id::Track;
use crate::engine::payload::Payload;
use crate::engine::timeline::Timeline;

impl Session {
    /// The playlist of a track turned out to be another broadcast's.
    pub(super) fn restarted<P: Payload>(&mut self, track: Track, desk: &mut Desk<'_, P>) {
        let (mut these, others): (Vec<_>, Vec<_>) = self.lanes.iter_mut().partition(|l| l.track == track);
        let Some(lane) = these.pop() else { return };
        if let Some(timeline) = &mut lane.timeline {
            // The second track to learn of it follows the first: both were at slightly different ends.
            if let Some(other) = others.first().and_then(|l| l.timeline.as_ref()) {
                timeline.line_up(other);
            }
            forget_names(timeline, desk);
        }
        lane.gone.clear();
        lane.came.clear();
        lane.forget_edge();
        let rendition = lane.rendition;
        self.offsets.clear();
        self.lost.clear();
        desk.store.retain(|r| r != rendition, desk.orders);
        desk.parts.clear(desk.orders);
        desk.workshop.close(self.player, desk.orders);
        // What is under way belongs to the old one: wanting nothing for a moment breaks it off.
        self.wants_nothing = true;
        let over = std::mem::take(&mut self.over);
        if track == Track::Video && over {
            self.ended = false;
            desk.orders.push_back(Output::SetDuration { player: self.player, duration: None });
            let to = self.timeline().map(|t| t.live_position());
            desk.orders.extend(to.map(|to| Output::Seek { player: self.player, to }));
        }
    }

    /// A live is opened: the page may have shown an earlier broadcast of this address.
    pub(super) fn begins_afresh<P: Payload>(&self, desk: &mut Desk<'_, P>) {
        let timelines = self.lanes.iter().filter_map(|l| l.timeline.as_ref());
        timelines.filter(|t| t.is_live()).for_each(|t| forget_names(t, desk));
    }

    /// The viewer plays on after the end of a live: perhaps it goes on too.
    pub(super) fn played_again(&mut self) {
        for lane in self.lanes.iter_mut().filter(|_| self.over) {
            lane.reload_at = Some(self.playhead.2);
        }
    }
}

/// What lies at the addresses of this timeline's sections and keys may be others by now.
fn forget_names<P: Payload>(timeline: &Timeline, desk: &mut Desk<'_, P>) {
    for entry in timeline.entries().iter().chain(timeline.newest()) {
        if let Some(init) = &entry.segment.init {
            desk.inits.forget(init, desk.orders);
        }
        desk.keyring.forget(&entry.segment.keys);
    }
}
