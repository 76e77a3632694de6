//! Where a live's media lies by its own clock, and where its playlist says it does, part by and by: durations are
//! rounded, and a live adds them up for hours. The media is right, for it cannot be moved without a gap; the timelines of
//! all tracks follow it, from the segment on that told.

use super::Session;
use crate::engine::time::{MediaTime, Span};

/// So far apart they may be: less than what makes a segment look as if it were missing, and more than the leading
/// pictures of an open group.
const TOLERATED: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 4);
/// Target durations beyond which it is no drift: the encoder's clock was set.
const MOST: i64 = 4;

impl Session {
    /// By how much what is about to be placed at `at` lies elsewhere: nothing, where it is near enough. `start` is its
    /// own clock's word, `offset` what lies between the two.
    pub(super) fn drift(
        &self,
        lane: usize,
        at: MediaTime,
        start: Option<MediaTime>,
        offset: MediaTime,
    ) -> MediaTime {
        let timeline = self.lanes.first().and_then(|l| l.timeline.as_ref());
        let (Some(timeline), Some(start), 0) = (timeline.filter(|t| t.is_live()), start, lane) else {
            return MediaTime::ZERO;
        };
        let by = start + offset - at;
        let most = timeline.target_duration().ticks().saturating_mul(MOST);
        if by.ticks().abs() > TOLERATED.ticks() && by.ticks().abs() < most { by } else { MediaTime::ZERO }
    }

    /// All timelines follow the media; where what was to be placed lies now.
    pub(super) fn follow_media(&mut self, span: Span, by: MediaTime) -> Span {
        if by == MediaTime::ZERO {
            return span;
        }
        for timeline in self.lanes.iter_mut().filter_map(|l| l.timeline.as_mut()) {
            timeline.move_from(span.start, by);
        }
        self.pacing.edge_moved(by);
        Span::new(span.start + by, span.end + by)
    }
}
