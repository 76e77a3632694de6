//! What the network brings: two exponential averages of throughput and of the wait for an answer, for the origin
//! and for the swarm apart. A cache or a neighbour must never pass for the origin's bandwidth.

use crate::engine::config::Bitrate;
use crate::engine::time::{Instant, Millis};
use core::f64::consts::LN_2;

/// Half-lives of the averages, in ms of flow. The fast one sees a drop within a segment, the slow one is not
/// taken in by a burst. Published rules have 3 and 8 s; 4 s switches less and stalls no more.
const FAST: f64 = 4_000.0;
const SLOW: f64 = 8_000.0;
/// The same for what happened just now: at the live edge a part flows for some tenths of a second.
const LATE: f64 = 200.0;
/// Half-life of the wait for an answer, in requests.
const WAITS: f64 = 2.0;
/// Bytes gathered before they count as a sample: less is slow start and latency, not throughput.
const MIN_SAMPLE: u64 = 32 << 10;
/// No sample counts as faster, in bits per ms: 100 Mbit/s plays everything, and a hit in the HTTP cache, which
/// a page cannot tell from a fast origin, then has little weight.
const MAX_RATE: f64 = 100_000.0;
/// How long a sample tells what the network is like.
const FRESH: Millis = Millis(60_000);

/// What the page has measured, for all its players.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Assumed of the origin before anything was measured.
    pub start: Bitrate,
    /// The guaranteed path.
    pub origin: Path,
    /// The bonus.
    pub swarm: Path,
}

/// One path.
#[derive(Clone, Debug)]
pub struct Path {
    fast: Average,
    slow: Average,
    late: Average,
    wait: Average,
    /// Bytes and ms that are no sample yet.
    gathered: (u64, u64),
    sampled_at: Option<Instant>,
}

impl Paths {
    /// Nothing measured; `start` is assumed.
    #[must_use]
    pub fn new(start: Bitrate) -> Self {
        Self { start, origin: Path::new(), swarm: Path::new() }
    }

    /// What the origin sustains, as far as is known, in bit/s; positive.
    pub(super) fn origin_rate(&self) -> f64 {
        self.origin.rate().unwrap_or(self.start).0.max(1.0)
    }
}

impl Path {
    fn new() -> Self {
        Self {
            fast: Average::new(FAST),
            slow: Average::new(SLOW),
            late: Average::new(LATE),
            wait: Average::new(WAITS),
            gathered: (0, 0),
            sampled_at: None,
        }
    }

    /// `bytes` came while any flowed, for `flowing` in all; waiting for the first and pauses between requests
    /// are not in it.
    pub fn brought(&mut self, bytes: u64, flowing: Millis, now: Instant) {
        let (all, ms) = (self.gathered.0.saturating_add(bytes), self.gathered.1.saturating_add(flowing.0));
        if all < MIN_SAMPLE {
            self.gathered = (all, ms);
            return;
        }
        self.gathered = (0, 0);
        self.sampled_at = Some(now);
        let bits = all as f64 * 8.0;
        let ms = (ms as f64).max(bits / MAX_RATE);
        self.fast.add(bits / ms, ms);
        self.slow.add(bits / ms, ms);
        self.late.add(bits / ms, ms);
    }

    /// A request was answered after so long.
    pub fn answered(&mut self, after: Millis) {
        self.wait.add(after.0 as f64, 1.0);
    }

    /// What it sustains; none before enough was measured.
    #[must_use]
    pub fn rate(&self) -> Option<Bitrate> {
        // Bits per ms are kbit/s.
        Some(Bitrate(self.fast.value()?.min(self.slow.value()?) * 1000.0))
    }

    /// The same where the last few parts count most, for who has no buffer to wait for more, in bit/s.
    pub(super) fn rate_of_late(&self) -> Option<f64> {
        Some(self.rate()?.0.min(self.late.value()? * 1000.0))
    }

    /// How long an answer takes, in seconds.
    pub(super) fn wait(&self) -> f64 {
        self.wait.value().unwrap_or(0.0) / 1000.0
    }

    /// Whether what was measured still holds.
    pub(super) fn is_fresh(&self, now: Instant) -> bool {
        self.sampled_at.is_some_and(|at| now.since(at) <= FRESH)
    }
}

/// An exponentially weighted average, free of the bias towards its first value.
#[derive(Clone, Debug)]
struct Average {
    half_life: f64,
    sum: f64,
    /// Weight of all samples; tends to 1.
    weight: f64,
}

impl Average {
    fn new(half_life: f64) -> Self {
        Self { half_life, sum: 0.0, weight: 0.0 }
    }

    fn add(&mut self, value: f64, time: f64) {
        // A half for each half-life; `exp2` would bring a table of 4 KB.
        let keep = (-time / self.half_life * LN_2).exp();
        self.sum = self.sum * keep + value * (1.0 - keep);
        self.weight = self.weight * keep + (1.0 - keep);
    }

    fn value(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}
