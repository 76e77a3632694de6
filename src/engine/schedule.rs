//! What next, by when: turns segments that a track misses into wants with deadlines. The deadline is the moment
//! at which the playhead gets there; whoever is asked has to deliver before it.

use super::time::{Instant, MediaTime, Millis};

/// Wants of one track at a time: more than can be fetched at once, fewer than a pass should look at.
pub(crate) const DEPTH: usize = 12;

/// A playhead that moves, or would move if playback were not paused.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) playhead: MediaTime,
    pub(crate) rate: f64,
}

impl Pace {
    /// When the playhead reaches `at`; now, when it is there or past it.
    pub(crate) fn deadline(self, at: MediaTime, now: Instant) -> Instant {
        let ahead = (at - self.playhead).as_millis().as_secs_f64();
        // A paused player may go on at any moment, at normal rate.
        let rate = if self.rate > 0.1 { self.rate } else { 1.0 };
        now + Millis::from_secs_f64(ahead / rate)
    }
}
