//! Two kinds of time, kept apart by type: [`Instant`] is when something happens (a monotonic clock that
//! the driver hands in), [`MediaTime`] is where in the programme something lies. Neither reads a clock.

use core::ops::{Add, AddAssign, Sub};

/// A point on the driver's monotonic clock, in milliseconds since an origin of the driver's choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Instant(u64);

/// A length of real time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millis(pub u64);

impl Instant {
    /// The clock's origin.
    pub const ZERO: Self = Self(0);

    /// A point `ms` milliseconds after the clock's origin.
    #[must_use]
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the clock's origin.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The time from `earlier` to `self`; zero when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }

    /// This point moved back by `by`, not before the clock's origin.
    #[must_use]
    pub const fn before(self, by: Millis) -> Self {
        Self(self.0.saturating_sub(by.0))
    }
}

impl Add<Millis> for Instant {
    type Output = Self;
    fn add(self, by: Millis) -> Self {
        Self(self.0.saturating_add(by.0))
    }
}

impl Millis {
    /// `s` seconds; negative and non-finite values become zero.
    #[must_use]
    pub fn from_secs_f64(s: f64) -> Self {
        // A float-to-int `as` cast saturates and maps NaN to 0, which is what is wanted here.
        Self((s * 1000.0) as u64)
    }

    /// Seconds.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, by: Self) -> Self {
        Self(self.0.saturating_add(by.0))
    }
}

/// A position in the programme, or the distance between two, in ticks of 90 kHz (the clock of MPEG-TS;
/// every common frame rate is a whole number of ticks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct MediaTime(i64);

impl MediaTime {
    /// The start of the programme.
    pub const ZERO: Self = Self(0);
    /// Ticks per second.
    pub const RATE: i64 = 90_000;

    /// `t` ticks of 90 kHz.
    #[must_use]
    pub const fn from_ticks(t: i64) -> Self {
        Self(t)
    }

    /// Ticks of 90 kHz.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// `s` seconds, rounded to the nearest tick; non-finite values become zero.
    #[must_use]
    pub fn from_secs(s: f64) -> Self {
        if s.is_finite() { Self((s * Self::RATE as f64).round() as i64) } else { Self::ZERO }
    }

    /// Seconds.
    #[must_use]
    pub fn secs(self) -> f64 {
        self.0 as f64 / Self::RATE as f64
    }

    /// `units` of a clock with `timescale` ticks per second (ISO BMFF `mdhd`), as 90 kHz ticks.
    #[must_use]
    pub fn from_timescale(units: u64, timescale: u32) -> Self {
        let timescale = u64::from(timescale.max(1));
        let (seconds, rest) = (units / timescale, units % timescale);
        // The rest is less than 2³², so that only the seconds can overflow.
        let ticks = seconds.saturating_mul(Self::RATE as u64);
        let ticks = ticks.saturating_add(rest * Self::RATE as u64 / timescale);
        Self(i64::try_from(ticks).unwrap_or(i64::MAX))
    }

    /// How long this much programme takes at normal rate; zero when negative.
    #[must_use]
    pub fn as_millis(self) -> Millis {
        Millis(u64::try_from(self.0 / (Self::RATE / 1000)).unwrap_or(0))
    }
}

impl Add for MediaTime {
    type Output = Self;
    fn add(self, by: Self) -> Self {
        Self(self.0.saturating_add(by.0))
    }
}

impl AddAssign for MediaTime {
    fn add_assign(&mut self, by: Self) {
        *self = *self + by;
    }
}

impl Sub for MediaTime {
    type Output = Self;
    fn sub(self, by: Self) -> Self {
        Self(self.0.saturating_sub(by.0))
    }
}

/// A half-open stretch of programme, `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// First instant inside.
    pub start: MediaTime,
    /// First instant after.
    pub end: MediaTime,
}

impl Span {
    /// From `start` to `end`; empty when `end` is not later.
    #[must_use]
    pub const fn new(start: MediaTime, end: MediaTime) -> Self {
        Self { start, end }
    }

    /// Length, zero when empty.
    #[must_use]
    pub fn len(self) -> MediaTime {
        (self.end - self.start).max(MediaTime::ZERO)
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `at` lies inside.
    #[must_use]
    pub fn contains(self, at: MediaTime) -> bool {
        self.start <= at && at < self.end
    }

    /// How much of this span `others` cover; `others` do not overlap one another.
    #[must_use]
    pub fn covered_by(self, others: &[Self]) -> MediaTime {
        others
            .iter()
            .map(|o| Self::new(self.start.max(o.start), self.end.min(o.end)).len())
            .fold(MediaTime::ZERO, Add::add)
    }
}
