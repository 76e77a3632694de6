//! Where in its publisher's rhythm a live playlist is polled. Who polls late learns of each segment late, every time, since
//! the next poll is a target duration later (RFC 8216 §6.3.4: no sooner). Neighbours who have a segment before it is
//! listed here show how late; one pause is then longer, so that the polls after it come soon after the publisher's.
//! Viewers who learn of a segment at once have all the time there is to pass it on.

use super::{Lane, Session};
use crate::engine::id::SegmentId;
use crate::engine::time::{Instant, MediaTime, Millis};

/// Behind neighbours by more than one in so many parts of a target duration is out of step.
const OUT_OF_STEP: u64 = 4;
/// Viewers in step are spread over one in so many parts of it, for the sake of who serves the playlist.
const SPREAD: u64 = 16;
/// Segments whose length differs from the target duration by more than one in so many parts have no rhythm.
const STEADY: u64 = 8;
/// Target durations between two changes of step: a publisher who is now early, now late, cannot be followed.
const SELDOM: u64 = 8;

/// What is known of the rhythm.
#[derive(Default)]
pub(super) struct Cadence {
    /// The segment that neighbours had before it was listed here, and since when.
    ahead: Option<(u64, Instant)>,
    /// When a pause was made longer.
    moved_at: Option<Instant>,
}

impl Session {
    /// Neighbours told what they have: whether that is `ahead` of what is listed here. A liar gains one long pause in
    /// eight target durations, and only where there is enough to play.
    pub(crate) fn compare(&mut self, ahead: impl Fn(SegmentId) -> bool, now: Instant) {
        for lane in &mut self.lanes {
            if let Some(number) = lane.awaits()
                && ahead(SegmentId { rendition: lane.rendition, number })
            {
                lane.cadence.ahead = Some((number, now));
            }
        }
    }
}

impl Lane {
    /// The segment that a poll is to list next, unless neighbours are known to have it.
    fn awaits(&self) -> Option<u64> {
        let timeline = self.timeline.as_ref().filter(|t| t.is_live() && !self.by_parts.on)?;
        let (number, _) = timeline.awaited();
        self.cadence.ahead.is_none_or(|(known, _)| known != number).then_some(number)
    }

    /// A playlist came and the next poll is scheduled: puts it off if that brings us into step. `at` is the playhead, what
    /// is listed has to last.
    pub(super) fn fall_in(&mut self, at: MediaTime, chance: u64, now: Instant) -> Option<()> {
        let timeline = self.timeline.as_ref()?;
        let (_, ahead_at) = self.cadence.ahead.take_if(|(number, _)| *number < timeline.awaited().0)?;
        let target = timeline.target_duration().as_millis().0;
        let last = timeline.entries().last()?.span;
        let length = last.len().as_millis().0;
        let late = now.since(ahead_at).0;
        let steady = length.abs_diff(target) <= target / STEADY;
        let calm = self.cadence.moved_at.is_none_or(|at| now.since(at).0 >= SELDOM * target);
        let next = ahead_at + Millis(2 * length + chance % (target / SPREAD).max(1));
        let lasts = last.end - at >= MediaTime::from_timescale(next.since(now).0 + target, 1_000);
        if steady
            && calm
            && lasts
            && (target / OUT_OF_STEP..=target).contains(&late)
            && self.reload_at? < next
        {
            self.reload_at = Some(next);
            self.cadence.moved_at = Some(now);
        }
        Some(())
    }
}
