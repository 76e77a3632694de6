//! How good can it be? Bytes and the time in which they flowed go in, the index of a rendition comes out.
//!
//! [`Abr`] is the seam: the session knows no more of a rule than this. The one rule so far, [`Throughput`],
//! asks what the origin could sustain if every peer left now; it is fed with bytes of the origin only. Peers
//! are a bonus, and a cache or a neighbour must never pass for bandwidth.

use super::config::Bitrate;
use super::time::{MediaTime, Millis};
use core::f64::consts::LN_2;

/// A rule for choosing renditions.
pub trait Abr {
    /// `bytes` came from the origin while they flowed for `time`; waiting for the first byte and pauses of a
    /// live source do not count.
    fn downloaded(&mut self, bytes: u64, time: Millis);

    /// What the origin sustains; none before enough was measured.
    fn throughput(&self) -> Option<Bitrate>;

    /// Which of `bitrates` to fetch next, by index: `current` is fetched now, `buffer_ahead` lies between the
    /// playhead and the end of the buffer. Zero where `bitrates` is empty.
    fn choose(&self, bitrates: &[Bitrate], current: usize, buffer_ahead: MediaTime) -> usize;
}

/// Half-lives of the two averages, in ms of flow. The fast one sees a drop within a segment, the slow one is
/// not taken in by a burst; hls.js has the same two.
const FAST: f64 = 3_000.0;
const SLOW: f64 = 9_000.0;
/// Bytes gathered before they count as a sample: less is slow start and latency, not throughput.
const MIN_SAMPLE: u64 = 32 << 10;
/// No sample counts as faster, in bits per ms: 100 Mbit/s plays everything, and a hit in the HTTP cache, which
/// a page cannot tell from a fast origin, then has little weight.
const MAX_RATE: f64 = 100_000.0;

/// Going up, a rendition may take this share of the throughput: the next segment then arrives in 0.7 of the
/// time it plays, so the buffer still grows if its peaks are 40 % above the average.
const UP: f64 = 0.7;
/// The present one may take this share: staying is free of the risk that the estimate is wrong, and a switch
/// for 5 % would be undone by the next sample.
const STAY: f64 = 0.95;
/// With [`AMPLE`] buffered it may take this share: it drains 4 s in 20, and a short dip goes by unseen.
const STAY_AMPLE: f64 = 1.2;
const AMPLE: MediaTime = MediaTime::from_ticks(20 * MediaTime::RATE);
/// With less than this buffered nothing goes up: one late segment would stall.
const SCARCE: MediaTime = MediaTime::from_ticks(2 * MediaTime::RATE);

/// The throughput rule: the best rendition that fits, with less room for going up than for staying.
#[derive(Clone, Debug)]
pub struct Throughput {
    /// Assumed before anything was measured.
    start: Bitrate,
    fast: Average,
    slow: Average,
    /// Bytes and ms that are no sample yet.
    gathered: (u64, u64),
}

impl Throughput {
    /// A rule that assumes `start` until it has measured.
    #[must_use]
    pub fn new(start: Bitrate) -> Self {
        Self { start, fast: Average::new(FAST), slow: Average::new(SLOW), gathered: (0, 0) }
    }
}

impl Abr for Throughput {
    fn downloaded(&mut self, bytes: u64, time: Millis) {
        let (all, ms) = (self.gathered.0.saturating_add(bytes), self.gathered.1.saturating_add(time.0));
        if all < MIN_SAMPLE {
            self.gathered = (all, ms);
            return;
        }
        self.gathered = (0, 0);
        let bits = all as f64 * 8.0;
        let ms = (ms as f64).max(bits / MAX_RATE);
        self.fast.add(bits / ms, ms);
        self.slow.add(bits / ms, ms);
    }

    fn throughput(&self) -> Option<Bitrate> {
        // Bits per ms are kbit/s.
        Some(Bitrate(self.fast.value()?.min(self.slow.value()?) * 1000.0))
    }

    fn choose(&self, bitrates: &[Bitrate], current: usize, buffer_ahead: MediaTime) -> usize {
        let now = bitrates.get(current).map(|b| cost(*b));
        let Some(throughput) = self.throughput() else {
            return best(bitrates, self.start.0, current);
        };
        let up = best(bitrates, throughput.0 * UP, current);
        let Some(now) = now else { return up };
        let stay = if buffer_ahead >= AMPLE { STAY_AMPLE } else { STAY };
        if now > throughput.0 * stay {
            return up;
        }
        let better = bitrates.get(up).is_some_and(|b| cost(*b) > now);
        if better && buffer_ahead >= SCARCE { up } else { current }
    }
}

/// The highest bitrate within `limit`, else the lowest of all. Among equals `preferred`, else the first.
fn best(bitrates: &[Bitrate], limit: f64, preferred: usize) -> usize {
    // Ranked: fits or not, then the higher if it fits and the lower if not, then the preferred.
    let rank = |i: usize, bitrate: Bitrate| {
        let cost = cost(bitrate);
        (cost <= limit, if cost <= limit { cost } else { -cost }, i == preferred)
    };
    let mut best = 0;
    for (i, bitrate) in bitrates.iter().enumerate().skip(1) {
        if rank(i, *bitrate) > rank(best, bitrates[best]) {
            best = i;
        }
    }
    best
}

/// A bitrate that is unknown (0) or no number costs nothing: it is better to try it than to exclude it.
fn cost(bitrate: Bitrate) -> f64 {
    if bitrate.0 > 0.0 { bitrate.0 } else { 0.0 }
}

/// An exponentially weighted average over time of flow, free of the bias towards its first value.
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
