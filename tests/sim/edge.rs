//! Stories of the live edge: a viewer of a low-latency live, whose origin keeps or breaks its promises.

use crate::low_latency::{LOW_LATENCY, Manners};
use crate::world::{Outcome, Viewer, World};
use crate::{seconds, viewer};
use sprat::engine::config::{Bitrate, Integrity, LatencyMode, P2p};
use sprat::engine::payload::Bytes;
use sprat::engine::time::{Instant, MediaTime};

/// A minute and a half at the edge: what it came to, and the requests.
fn watch(manners: Manners) -> (Outcome, World<Bytes>) {
    let mut world = World::<Bytes>::new(3);
    world.origin.low_latency = manners;
    world.add(Viewer {
        source: format!("{LOW_LATENCY}index.m3u8"),
        integrity: Integrity::Unknown,
        p2p: P2p::Off,
        ..viewer(0)
    });
    let outcome = world.run(seconds(90)).remove(0);
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    (outcome, world)
}

/// Median and 95th percentile of the last minute.
fn latency(outcome: &Outcome) -> (f64, f64) {
    let from = outcome.latencies.len().saturating_sub(60 * 20);
    let mut last = outcome.latencies[from..].to_vec();
    last.sort_by(f64::total_cmp);
    let at = |share: f64| last[((last.len() - 1) as f64 * share) as usize];
    (at(0.5), at(0.95))
}

fn requests(world: &World<Bytes>, part: &str) -> u32 {
    world.origin.requests.iter().filter(|(url, _)| url.contains(part)).map(|(_, n)| n).sum()
}

#[test]
fn a_low_latency_live_is_followed_part_by_part_without_a_stall() {
    let (outcome, world) = watch(Manners::default());
    let (median, p95) = latency(&outcome);
    let updates = requests(&world, "_HLS_skip=YES");
    println!("latency {median:.2} s, p95 {p95:.2} s; {updates} updates, {} requests", requests(&world, ""));
    assert_eq!(outcome.stalls, 0, "{:?}", outcome.stats);
    assert!(median <= 1.2 && p95 <= 1.5, "{median} {p95}");
    assert!(updates > 200, "one for each part: {updates}");
    assert!(world.origin.requests.values().all(|n| *n <= 1), "{:?}", world.origin.requests);
    assert!(requests(&world, "") < 2 * 90 * 5 / 2 + 60, "a playlist and a part, every 0.4 s");
}

#[test]
fn another_variant_is_joined_at_the_edge_without_a_stall() {
    let mut world = World::<Bytes>::new(3);
    let node = world.add(Viewer {
        source: format!("{LOW_LATENCY}master.m3u8"),
        integrity: Integrity::Unknown,
        p2p: P2p::Off,
        ..viewer(0)
    });
    for (i, at) in [20_100, 35_500, 51_700].into_iter().enumerate() {
        world.choose(node, Instant::from_millis(at), (i + 1) % 2);
    }
    let outcome = world.run(seconds(90)).remove(0);
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    let (median, p95) = latency(&outcome);
    println!("latency {median:.2} s, p95 {p95:.2} s, {} stalls", outcome.stalls);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert_eq!(outcome.stalls, 0, "{:?}", outcome.stats);
    assert!(p95 < 1.5, "{p95}");
    assert!(requests(&world, "high/index.m3u8?_HLS_msn=") > 0, "the report says how far it is");
}

/// A minute and a half with three variants of 0.5, 0.9 and 2 Mbit/s, on a link that changes: in ms, and in Mbit/s.
fn adapts(links: &[(u64, f64)]) -> (Outcome, Vec<usize>) {
    let mut world = World::<Bytes>::new(3);
    world.origin.low_latency = Manners { tall: true, ..Manners::default() };
    let rate = |mbit: f64| Bitrate(mbit * 1e6);
    let node = world.add(Viewer {
        source: format!("{LOW_LATENCY}master.m3u8"),
        integrity: Integrity::Unknown,
        p2p: P2p::Off,
        down: rate(links[0].1),
        latency_mode: LatencyMode::Low,
        ..viewer(0)
    });
    for &(at, mbit) in &links[1..] {
        world.link(node, Instant::from_millis(at), rate(mbit));
    }
    let outcome = world.run(seconds(90)).remove(0);
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    let (median, p95) = latency(&outcome);
    let variants = outcome.variants.clone();
    println!(
        "{links:?}: latency {median:.2} s, p95 {p95:.2} s, {} stalls, variants {variants:?}",
        outcome.stalls
    );
    (outcome, variants)
}

#[test]
fn at_the_edge_quality_rises_to_what_the_origin_sustains_and_stays_there() {
    for (mbit, best) in [(8.0, 2), (2.2, 1), (1.0, 0)] {
        let (outcome, variants) = adapts(&[(0, mbit)]);
        assert_eq!(variants.last(), Some(&best), "{mbit} Mbit/s");
        assert!(variants.len() <= 3, "no to and fro: {variants:?}");
        // The first choice was made before anything was known of the link, and took all of the slowest.
        assert!(outcome.stalls <= u32::from(best == 0), "{mbit} Mbit/s: {:?}", outcome.stats);
        assert!(latency(&outcome).1 < 2.0, "{mbit} Mbit/s");
    }
}

#[test]
fn at_the_edge_quality_goes_down_in_time_and_up_again() {
    // What the link still carries, but only just, is left before it is too late.
    let (outcome, variants) = adapts(&[(0, 8.0), (20_000, 2.2)]);
    assert_eq!((outcome.stalls, variants.last()), (0, Some(&1)), "{variants:?}");
    // Half a second is what the buffer holds when the next part is due: it runs dry until the segment ends, where the
    // lower variant takes over; a fifth of a second each time.
    let (outcome, variants) = adapts(&[(0, 8.0), (20_000, 1.7), (50_000, 8.0)]);
    assert!(outcome.stalls <= 4 && outcome.stats.stalled_ms < 1_000, "{:?}", outcome.stats);
    assert!(variants.contains(&1) && variants.last() == Some(&2), "down, and up again: {variants:?}");
    let (outcome, variants) = adapts(&[(0, 8.0), (20_000, 0.8)]);
    assert!(outcome.stalls <= 3 && outcome.stats.stalled_ms < 3_000, "{:?}", outcome.stats);
    assert_eq!(variants.last(), Some(&0), "{variants:?}");
}

#[test]
fn a_rate_that_the_viewer_chose_is_left_alone() {
    let mut world = World::<Bytes>::new(3);
    let node = world.add(Viewer {
        source: format!("{LOW_LATENCY}index.m3u8"),
        integrity: Integrity::Unknown,
        p2p: P2p::Off,
        ..viewer(0)
    });
    world.play_at(node, 0.9);
    let outcome = world.run(seconds(30)).remove(0);
    assert!(outcome.latencies.last().is_some_and(|l| *l > 3.0), "{:?}", outcome.latencies.last());
    assert!(!world.log.iter().any(|l| l.contains("SetRate")));
}

#[test]
fn an_origin_that_answers_too_early_is_polled() {
    let (outcome, world) = watch(Manners { hasty: true, ..Manners::default() });
    let (median, p95) = latency(&outcome);
    println!("latency {median:.2} s, p95 {p95:.2} s; {} playlists", requests(&world, "m3u8"));
    assert!(outcome.stalls <= 1 && p95 < 2.5, "{} stalls, {p95}", outcome.stalls);
    assert!(requests(&world, "m3u8") < 400, "{}", requests(&world, "m3u8"));
}

#[test]
fn an_origin_that_refuses_directives_is_polled() {
    let (outcome, world) = watch(Manners { strict: true, ..Manners::default() });
    let (median, p95) = latency(&outcome);
    println!("latency {median:.2} s, p95 {p95:.2} s; {} refused", requests(&world, "_HLS_"));
    assert!(outcome.stalls <= 4 && p95 < 8.0, "{} stalls, {p95}", outcome.stalls);
    assert!(requests(&world, "_HLS_") <= 8);
}

#[test]
fn an_origin_that_never_answers_directives_is_asked_without() {
    let (outcome, world) = watch(Manners { mute: true, ..Manners::default() });
    let last = outcome.latencies.last().copied().unwrap_or(f64::MAX);
    // What is never answered is in no account of the origin's.
    let vain = |line: &&String| line.contains("FetchDocument") && line.contains("_HLS_");
    let asked = world.log.iter().filter(vain).count();
    println!("{} stalls, in the end {last:.2} s; {asked} in vain", outcome.stalls);
    assert!(outcome.stalls <= 6 && asked <= 4, "{} stalls, {asked} in vain", outcome.stalls);
    assert!(last < 12.0, "{last}");
}

#[test]
fn an_origin_that_holds_no_hint_is_asked_for_parts_that_are_there() {
    let (outcome, world) = watch(Manners { hollow: true, ..Manners::default() });
    let (median, p95) = latency(&outcome);
    println!("latency {median:.2} s, p95 {p95:.2} s; {} parts", requests(&world, ".m4s"));
    assert!(outcome.stalls <= 1 && p95 < 1.6, "{} stalls, {p95}", outcome.stalls);
    assert!(requests(&world, ".m4s") < 240, "a hint that is not held is not taken again");
}

#[test]
fn a_viewer_who_went_back_is_left_there_and_one_who_was_held_up_is_brought_back() {
    let at_edge = |work: &dyn Fn(&mut World<Bytes>, usize)| {
        let mut world = World::<Bytes>::new(3);
        let node = world.add(Viewer {
            source: format!("{LOW_LATENCY}index.m3u8"),
            integrity: Integrity::Unknown,
            p2p: P2p::Off,
            latency_mode: LatencyMode::Low,
            ..viewer(0)
        });
        work(&mut world, node);
        let outcome = world.run(seconds(60)).remove(0);
        let last = outcome.latencies.last().copied().unwrap_or_default();
        println!("in the end {last:.1} s behind, {} stalls", outcome.stalls);
        last
    };
    // The window begins at 60 s and is 24 s long.
    let back = at_edge(&|world, node| world.seek_to(node, vec![MediaTime::from_secs(70.0)]));
    assert!(back > 10.0, "left alone: {back}");
    // Nothing comes for ten seconds.
    let held_up = at_edge(&|world, node| {
        world.link(node, Instant::from_millis(15_000), Bitrate(20_000.0));
        world.link(node, Instant::from_millis(25_000), Bitrate(20e6));
    });
    assert!(held_up < 4.0, "brought back: {held_up}");
}

#[test]
fn one_request_brings_all_parts_of_a_file_that_grows() {
    let (outcome, world) = watch(Manners { growing: true, ..Manners::default() });
    let (median, p95) = latency(&outcome);
    let files = requests(&world, ".m4s@");
    println!("latency {median:.2} s, p95 {p95:.2} s; {files} requests for 45 segments of 5 parts");
    assert_eq!((outcome.stalls, outcome.altered_appends), (0, 0), "{:?}", outcome.stats);
    assert!(median <= 1.2 && p95 <= 1.5, "{median} {p95}");
    assert!(files < 45 + 10, "one for each segment: {files}");
    assert!(world.log.iter().filter(|l| l.contains("Abort")).count() <= 2, "answers end by themselves");
}

#[test]
fn after_an_outage_the_edge_is_caught_up_with() {
    let (outcome, _) = watch(Manners { outage: Some((20_000, 1_500)), ..Manners::default() });
    let (median, p95) = latency(&outcome);
    let last = outcome.latencies.last().copied().unwrap_or(f64::MAX);
    println!("latency {median:.2} s, p95 {p95:.2} s, in the end {last:.2} s; {} stalls", outcome.stalls);
    assert!(outcome.stalls <= 2, "{}", outcome.stalls);
    assert!(last < 1.4, "{last}");
}
