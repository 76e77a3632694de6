//! Has this been said already? A cue that lasts beyond its segment stands in the next one again (RFC 8216 §3.5),
//! and renditions of a live stream overlap. Known again by its times and its text.

use super::super::time::{MediaTime, Span};
use super::Cue;
use std::collections::VecDeque;

/// So many cues are remembered: far more than last from one segment into the next.
const MEMORY: usize = 512;

/// The cues a track was given lately, in programme time.
#[derive(Clone, Debug, Default)]
pub struct Twice {
    /// Start, end, and a hash of the text: texts may be long.
    given: VecDeque<(MediaTime, MediaTime, u64)>,
}

impl Twice {
    /// Whether this cue is new; from now on it is not.
    pub fn is_new(&mut self, cue: &Cue) -> bool {
        let cue = (cue.start, cue.end, fnv_1a(&cue.text));
        if self.given.contains(&cue) {
            return false;
        }
        if self.given.len() == MEMORY {
            self.given.pop_front();
        }
        self.given.push_back(cue);
        true
    }

    /// Cues that lie wholly outside of `span` were taken from the track: they may come again.
    pub fn keep(&mut self, span: Span) {
        self.given.retain(|(start, end, _)| *end > span.start && *start < span.end);
    }
}

/// Fowler, Noll and Vo's hash of 64 bits. At equal times only.
fn fnv_1a(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
