//! How a player fares: counts what the viewer felt. Decides what a stall is: playback wanted, the first frame
//! shown, no seek under way, and nothing to play.

use super::contract::{Playhead, Stats};
use super::time::{Instant, Millis};

/// Time between two statistics.
const PERIOD: Millis = Millis(1_000);

/// One player's record.
#[derive(Debug)]
pub struct Report {
    opened_at: Instant,
    first_frame_at: Option<Instant>,
    stalled_since: Option<Instant>,
    /// After a seek, waiting for data is the seek's, not a stall.
    seeking: bool,
    stats: Stats,
    due: Instant,
}

impl Report {
    /// A player opened now.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self {
            opened_at: now,
            first_frame_at: None,
            stalled_since: None,
            seeking: false,
            stats: Stats::default(),
            due: now + PERIOD,
        }
    }

    /// The first frame was shown.
    pub fn first_frame(&mut self, now: Instant) {
        self.first_frame_at.get_or_insert(now);
    }

    /// Whether neighbours have brought anything.
    #[must_use]
    pub fn has_shared(&self) -> bool {
        self.stats.p2p_bytes > 0
    }

    /// Whether the first frame was shown.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.first_frame_at.is_some()
    }

    /// Whether the first frame was shown less than so long ago, or is to come.
    #[must_use]
    pub fn is_early(&self, patience: Millis, now: Instant) -> bool {
        let since = self.first_frame_at.unwrap_or(self.opened_at);
        now.since(since) < patience
    }

    /// The media element changed state.
    pub fn playhead(&mut self, state: Playhead, now: Instant) {
        self.seeking = state.seeking || (self.seeking && state.starving);
        let dry = state.starving && !state.paused && !state.ended && !self.seeking;
        match (dry && self.first_frame_at.is_some(), self.stalled_since) {
            (true, None) => {
                self.stats.stalls += 1;
                self.stalled_since = Some(now);
            }
            (false, Some(since)) => {
                self.stats.stalled_ms += now.since(since).0;
                self.stalled_since = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// A segment was verified; `p2p` bytes of its `len` came from peers.
    pub fn segment(&mut self, len: u64, p2p: u64) {
        self.stats.p2p_bytes += p2p;
        if p2p * 2 > len {
            self.stats.segments_p2p += 1;
        } else {
            self.stats.segments_http += 1;
        }
    }

    /// A part was verified; so many bytes of it came from peers.
    pub fn part(&mut self, p2p: u64) {
        self.stats.p2p_bytes += p2p;
    }

    /// A segment's digest did not match.
    pub fn rejected(&mut self) {
        self.stats.segments_rejected += 1;
    }

    /// Whether statistics are due.
    #[must_use]
    pub fn is_due(&self, now: Instant) -> bool {
        self.due <= now
    }

    /// When statistics are due.
    #[must_use]
    pub fn due(&self) -> Instant {
        self.due
    }

    /// The statistics; the next ones are due a second later.
    pub fn take(&mut self, now: Instant) -> Stats {
        self.due = now + PERIOD;
        let mut stats = self.stats.clone();
        stats.first_frame_ms = self.first_frame_at.map(|at| at.since(self.opened_at).0);
        stats.stalled_ms += self.stalled_since.map_or(0, |since| now.since(since).0);
        stats
    }
}
