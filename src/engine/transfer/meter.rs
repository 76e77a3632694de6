//! How much came by one path, and in what time: the time in which any of it flowed. Requests side by side share
//! the path, so their times are not added up; pauses between them, and the wait for an answer, do not count.

use crate::engine::time::{Instant, Millis};

/// What was measured since it was last asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample {
    /// Body bytes.
    pub bytes: u64,
    /// Time in which they flowed.
    pub flowing: Millis,
}

/// One path.
#[derive(Debug, Default)]
pub(super) struct Meter {
    sample: Sample,
    last: Instant,
}

impl Meter {
    /// Something begins to flow where nothing did.
    pub(super) fn begin(&mut self, now: Instant) {
        self.last = now;
    }

    /// Bytes came from a source that had been quiet since `since`.
    pub(super) fn add(&mut self, bytes: u64, since: Instant, now: Instant) {
        self.sample.bytes += bytes;
        self.sample.flowing = self.sample.flowing + now.since(self.last.max(since));
        self.last = now;
    }

    /// What came since the last call.
    pub(super) fn take(&mut self) -> Sample {
        std::mem::take(&mut self.sample)
    }
}
