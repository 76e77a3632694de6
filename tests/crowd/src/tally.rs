//! What is counted while a crowd runs: per viewer, in all, and every few seconds for the chart.

use sprat::engine::time::MediaTime;
use std::collections::BTreeSet;

/// How often a sample is taken, in µs.
pub(crate) const SAMPLE: u64 = 5_000_000;

#[derive(Clone, Default)]
pub(crate) struct ViewerTally {
    /// In µs, as everything here.
    pub(crate) joined: Option<u64>,
    pub(crate) left: Option<u64>,
    pub(crate) first_frame: Option<u64>,
    pub(crate) stalls: u32,
    pub(crate) stalled_us: u64,
    pub(crate) reached: MediaTime,
    /// Media bytes that were appended.
    pub(crate) delivered: u64,
    /// Media bytes that the origin wrote.
    pub(crate) from_origin: f64,
    pub(crate) given: u64,
    pub(crate) got: u64,
    pub(crate) requests: u32,
    pub(crate) variants: u32,
    pub(crate) peers: u32,
    pub(crate) rejected: u32,
    /// Of a liar: how often somebody left it for altered bytes, and under how many names it came back.
    pub(crate) left_for_lies: u32,
    pub(crate) names: u32,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Sample {
    pub(crate) viewers: u32,
    /// Viewers whose playback stands.
    pub(crate) dry: u32,
    /// Stalls that began.
    pub(crate) stalls: u32,
    /// Bytes.
    pub(crate) origin: f64,
    pub(crate) peers: u64,
}

#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) viewers: Vec<ViewerTally>,
    pub(crate) samples: Vec<Sample>,
    pub(crate) latencies: Vec<f32>,
    pub(crate) failures: Vec<&'static str>,
    pub(crate) events: u64,
    pub(crate) facts: u64,
    pub(crate) control_bytes: u64,
    pub(crate) control_messages: u64,
    pub(crate) connections: u64,
    pub(crate) unreachable: u64,
    pub(crate) altered_shown: u64,
    pub(crate) altered_relayed: u64,
    /// Viewers whose candidates the first one was given, connected to or not.
    pub(crate) learned: BTreeSet<usize>,
    pub(crate) origin_now: f64,
    pub(crate) stalls_now: u32,
    peers_now: u64,
}

impl Tally {
    pub(crate) fn new(viewers: usize) -> Self {
        Self { viewers: vec![ViewerTally::default(); viewers], ..Self::default() }
    }

    pub(crate) fn sample(&mut self, viewers: u32, dry: u32) {
        let origin = std::mem::take(&mut self.origin_now);
        let peers = std::mem::take(&mut self.peers_now);
        let stalls = std::mem::take(&mut self.stalls_now);
        self.samples.push(Sample { viewers, dry, stalls, origin, peers });
    }

    pub(crate) fn delivered(&mut self, node: usize, bytes: u64) {
        self.viewers[node].delivered += bytes;
    }

    pub(crate) fn gave(&mut self, from: usize, to: usize, bytes: u64) {
        self.viewers[from].given += bytes;
        self.viewers[to].got += bytes;
        self.peers_now += bytes;
    }
}
