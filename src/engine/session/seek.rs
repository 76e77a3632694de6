//! A seek to where nothing is yet. A live's seekable range ends at its edge, and whoever seeks there wants to see it
//! live: it goes on at the live position, rather than waiting for what is still to be produced.

use super::{Desk, Session};
use crate::engine::contract::Output;
use crate::engine::payload::Payload;
use crate::engine::time::MediaTime;

/// With less than this before the edge there is nothing to begin with.
const TOO_CLOSE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 4);

impl Session {
    /// Moves a seek beyond the live edge back to the live position.
    pub(super) fn stay_behind_edge<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let (at, state, _) = self.playhead;
        let Some(timeline) = self.timeline().filter(|t| t.is_live() && state.seeking) else { return };
        let to = timeline.live_position();
        if self.start.is_none() && at + TOO_CLOSE > timeline.edge() && to + TOO_CLOSE < at {
            // Where it is from now on: the order is given once.
            self.playhead.0 = to;
            desk.orders.push_back(Output::Seek { player: self.player, to });
        }
    }
}
