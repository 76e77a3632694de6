//! What a run came to. Offload is counted as 1 − media bytes that the origin wrote (aborted ones included) ÷ media bytes
//! that were appended. It is measured against a bound: no crowd can do with fewer than one origin copy of each
//! segment that anybody plays (1 − C/N with one component, and 1 − K/N with K renditions, for an audience that changes),
//! nor take more from one another than it may upload (Σu / (N·r)); of a film that each watches from when they come, a
//! segment meets a random audience of mean c, the mean number of viewers present: 1 − (1 − e^−c)/c.

use crate::scenario::{Kind, Scenario, Viewer};
use crate::tally::ViewerTally;
use crate::world::World;
use serde::Serialize;
use sprat::engine::config::Manners;
use sprat::engine::share::START_ALLOWANCE;

/// The engine's default cap on uploads, in Mbit/s (`Config::default_max_upload`).
const CAP_MBIT: f64 = 5.0;
/// Segments published sooner than that do not count as steadily live, in seconds.
const SETTLING: f64 = 60.0;

#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Figures {
    pub viewers: usize,
    pub mean_online: f64,
    pub offload: f64,
    /// Of those who do not lie, alone.
    pub offload_honest: f64,
    pub bound: f64,
    pub bound_by: &'static str,
    pub efficiency: f64,
    /// Of a live: what relaying whole segments allows at this latency. A slot is a segment's length; one goes by until it
    /// is whole, one until the first has it, and in each of the others the copies grow by 1 + Up, Up being the uplink
    /// of a mean viewer in times of the bit rate: 1 − (1 + Up)^−(slots − 2). Where it is far below `bound`, only smaller
    /// units, longer latency or a higher cap on uploads help.
    pub bound_whole_segments: Option<f64>,
    /// What all may give by the engine's measure, too: no more than `upload_ratio` times what each brought, and a
    /// megabyte to begin with, ÷ bytes of media appended. Above 1 it bounds nothing; a little above, who has much to give
    /// and who lacks something rarely know one another.
    pub measure: f64,
    pub copies_p50: f64,
    pub copies_p99: f64,
    pub origin_mb: f64,
    pub delivered_mb: f64,
    pub peers_mb: f64,
    /// Brought by origin or peers and never appended, of what was brought.
    pub wasted: f64,
    pub stalls: u32,
    /// Viewers that stalled at all.
    pub stalled_viewers: usize,
    /// Of the time watched.
    pub stalled_share: f64,
    pub never_started: usize,
    pub start_up_p50_s: f64,
    pub start_up_p99_s: f64,
    pub latency_p50_s: Option<f64>,
    pub latency_p95_s: Option<f64>,
    /// Jain's index of bytes given ÷ what could have been, over those who may give.
    pub upload_fairness: f64,
    /// Bytes given ÷ bytes of media that were brought, by peers or the origin: of the median viewer, of the 99th of a
    /// hundred, and the most.
    pub upload_p50: f64,
    pub upload_p99: f64,
    pub upload_most: f64,
    /// Addresses that an observer who came first and stayed was told, where the scenario has one.
    pub addresses_learned: Option<usize>,
    /// Names that a liar used, where liars come back: in the mean, and the most.
    pub liar_names: Option<(f64, u32)>,
    pub control_overhead: f64,
    pub control_messages: u64,
    pub tracker_messages: u64,
    pub origin_requests: u64,
    pub playlists_mb: f64,
    pub connections: u64,
    pub unreachable: u64,
    pub peers_p50: f64,
    pub rejected: u32,
    pub altered_shown: u64,
    pub altered_relayed: u64,
    pub failures: usize,
    pub switches: u32,
    pub events: u64,
    pub facts: u64,
    pub chart: Vec<Point>,
}

/// Every five seconds.
#[derive(Clone, Copy, Debug, Serialize, PartialEq)]
pub struct Point {
    pub viewers: u32,
    pub dry: u32,
    pub stalls: u32,
    pub origin_mbit: f64,
    pub peers_mbit: f64,
}

impl Figures {
    pub(crate) fn of(world: &World, scenario: &Scenario, trace: &[Viewer]) -> Self {
        let tally = &world.tally;
        let here: Vec<_> = tally.viewers.iter().zip(trace).filter(|(t, _)| t.joined.is_some()).collect();
        let online = |t: &ViewerTally| {
            (t.left.unwrap_or_default() - t.joined.unwrap_or_default().min(t.left.unwrap_or_default())) as f64
                / 1e6
        };
        let seconds = scenario.minutes * 60.0;
        let watched: f64 = here.iter().map(|(t, _)| online(t)).sum();
        let mean_online = watched / seconds;
        let delivered: f64 = here.iter().map(|(t, _)| t.delivered as f64).sum();
        let origin: f64 = world.origin.written.values().sum();
        let peers: f64 = here.iter().map(|(t, _)| t.got as f64).sum();
        let once: f64 = world.origin.written.keys().map(|&f| world.origin.length(f) as f64).sum();
        let uploadable = |v: &Viewer| {
            if v.link.metered {
                0.0
            } else {
                v.link.up_mbit.min(scenario.audience.cap_mbit.unwrap_or(CAP_MBIT))
            }
        };
        let upload: f64 = here.iter().map(|(t, v)| uploadable(v) * online(t) * 125_000.0).sum();
        let ratio = Manners::default().upload_ratio;
        let measured = |(t, v): &(&ViewerTally, &Viewer)| {
            let measure = ratio * t.delivered as f64 + START_ALLOWANCE as f64;
            measure.min(uploadable(v) * online(t) * 125_000.0)
        };
        let measure = here.iter().map(measured).sum::<f64>() / delivered.max(1.0);
        let by_copies = match scenario.stream.kind {
            Kind::Live => ("1-C/N", 1.0 - once / delivered.max(1.0)),
            Kind::Vod => ("1-(1-e^-c)/c", 1.0 - (1.0 - (-mean_online).exp()) / mean_online.max(1e-9)),
        };
        let by_upload = ("upload", upload / delivered.max(1.0));
        let (bound_by, bound) = if by_copies.1 <= by_upload.1 { by_copies } else { by_upload };
        let offload = 1.0 - origin / delivered.max(1.0);
        let honest = |of: fn(&ViewerTally) -> f64| -> f64 {
            here.iter().filter(|(_, v)| !v.liar).map(|(t, _)| of(t)).sum()
        };
        let offload_honest = 1.0 - honest(|t| t.from_origin) / honest(|t| t.delivered as f64).max(1.0);
        let steady = |f: u64| {
            let published = world.origin.span(f).map_or(0.0, |s| world.origin.capture(s.end));
            scenario.stream.kind == Kind::Vod || (SETTLING..seconds - 30.0).contains(&published)
        };
        let copies = sorted(
            world
                .origin
                .written
                .iter()
                .filter(|(f, _)| steady(**f))
                .map(|(f, b)| b / world.origin.length(*f) as f64),
        );
        let start_ups =
            sorted(here.iter().filter_map(|(t, _)| Some((t.first_frame? - t.joined?) as f64 / 1e6)));
        let latencies = sorted(tally.latencies.iter().map(|&l| f64::from(l)));
        let live = scenario.stream.kind == Kind::Live;
        let slots = quantile(&latencies, 0.5) / scenario.stream.segment_s;
        let up = upload / delivered.max(1.0);
        let whole = 1.0 - (1.0 + up).powf(-(slots - 2.0).max(0.0));
        let givers: Vec<f64> = here
            .iter()
            .filter(|(t, v)| uploadable(v) > 0.0 && online(t) > 30.0)
            .map(|(t, v)| t.given as f64 / (uploadable(v) * online(t)))
            .collect();
        let ratios = sorted(
            here.iter()
                .filter(|(t, _)| t.delivered > 1_000_000)
                .map(|(t, _)| t.given as f64 / t.delivered as f64),
        );
        let (sum, squares) = givers.iter().fold((0.0, 0.0), |(s, q), g| (s + g, q + g * g));
        let fairness = if squares > 0.0 { sum * sum / (givers.len() as f64 * squares) } else { 1.0 };
        let stalled: f64 = here.iter().map(|(t, _)| t.stalled_us as f64 / 1e6).sum();
        let names: Vec<u32> = here.iter().filter(|(_, v)| v.liar).map(|(t, _)| 1 + t.names).collect();
        let mean_names = f64::from(names.iter().sum::<u32>()) / names.len().max(1) as f64;
        let liar_names = (round(mean_names), names.iter().copied().max().unwrap_or_default());
        let mbit = |bytes: f64| round(bytes * 8.0 / crate::tally::SAMPLE as f64);
        Self {
            viewers: here.len(),
            mean_online: round(mean_online),
            offload: round(offload),
            offload_honest: round(offload_honest),
            bound: round(bound),
            bound_by,
            efficiency: round(if bound > 0.0 { offload / bound } else { 0.0 }),
            bound_whole_segments: live.then(|| round(whole)),
            measure: round(measure),
            copies_p50: round(quantile(&copies, 0.5)),
            copies_p99: round(quantile(&copies, 0.99)),
            origin_mb: round(origin / 1e6),
            delivered_mb: round(delivered / 1e6),
            peers_mb: round(peers / 1e6),
            wasted: round(1.0 - delivered / (origin + peers).max(1.0)),
            stalls: here.iter().map(|(t, _)| t.stalls).sum(),
            stalled_viewers: here.iter().filter(|(t, _)| t.stalls > 0).count(),
            stalled_share: round(stalled / watched.max(1.0)),
            never_started: here.iter().filter(|(t, _)| t.first_frame.is_none() && online(t) > 10.0).count(),
            start_up_p50_s: round(quantile(&start_ups, 0.5)),
            start_up_p99_s: round(quantile(&start_ups, 0.99)),
            latency_p50_s: live.then(|| round(quantile(&latencies, 0.5))),
            latency_p95_s: live.then(|| round(quantile(&latencies, 0.95))),
            upload_fairness: round(fairness),
            upload_p50: round(quantile(&ratios, 0.5)),
            upload_p99: round(quantile(&ratios, 0.99)),
            upload_most: round(quantile(&ratios, 1.0)),
            addresses_learned: scenario.audience.observer.then_some(tally.learned.len()),
            liar_names: scenario.audience.liars_return.then_some(liar_names),
            control_overhead: round(tally.control_bytes as f64 / peers.max(1.0)),
            control_messages: tally.control_messages,
            tracker_messages: world.tracker.messages,
            origin_requests: world.origin.requests,
            playlists_mb: round(world.origin.text_bytes as f64 / 1e6),
            connections: tally.connections,
            unreachable: tally.unreachable,
            peers_p50: quantile(&sorted(here.iter().map(|(t, _)| f64::from(t.peers))), 0.5),
            rejected: here.iter().map(|(t, _)| t.rejected).sum(),
            altered_shown: tally.altered_shown,
            altered_relayed: tally.altered_relayed,
            failures: tally.failures.len(),
            switches: here.iter().map(|(t, _)| t.variants.saturating_sub(1)).sum(),
            events: tally.events,
            facts: tally.facts,
            chart: tally
                .samples
                .iter()
                .map(|s| Point {
                    viewers: s.viewers,
                    dry: s.dry,
                    stalls: s.stalls,
                    origin_mbit: mbit(s.origin),
                    peers_mbit: mbit(s.peers as f64),
                })
                .collect(),
        }
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn quantile(sorted: &[f64], at: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * at).round() as usize).copied().unwrap_or_default()
}

fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
