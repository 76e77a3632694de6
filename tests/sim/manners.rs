//! Stories of what viewers spare one another and themselves: how much they give, to whom, from where, and how far from
//! the edge they stand for it.

use crate::low_latency::LOW_LATENCY;
use crate::origin::LIVE;
use crate::payload::Lengths;
use crate::world::{Outcome, Viewer, World};
use crate::{assert_smooth, offload, seconds, viewer};
use sprat::engine::config::{Bitrate, Integrity, LatencyMode, Manners};
use sprat::engine::contract::{Exchange, Sharing};
use sprat::engine::payload::Bytes;
use sprat::engine::share::START_ALLOWANCE;

/// One who came first, and so many others.
fn crowd(first: Viewer, others: u64) -> Vec<Outcome> {
    let mut world = World::<Lengths>::new(8).without_log();
    world.add(first);
    for i in 0..others {
        world.add(viewer(5 + i));
    }
    let outcomes = world.run(seconds(100));
    assert_smooth(&outcomes);
    outcomes
}

fn polite(page: Manners) -> Viewer {
    Viewer { page, ..viewer(0) }
}

#[test]
fn nobody_gives_more_than_the_ratio_allows_and_nobody_stalls_for_it() {
    let given = |upload_ratio: f64| {
        let page = Manners { upload_ratio, ..Manners::default() };
        let stats = crowd(polite(page), 4).remove(0).stats;
        println!("ratio {upload_ratio}: {} given, {} brought", stats.uploaded_bytes, stats.http_bytes);
        (stats.uploaded_bytes as f64, (stats.http_bytes + stats.p2p_bytes) as f64)
    };
    let (freely, brought) = given(100.0);
    let most = brought * 0.2 + START_ALLOWANCE as f64;
    assert!(freely > most, "more is asked for: {freely}");
    let (given, brought) = given(0.2);
    assert!(given <= brought * 0.2 + START_ALLOWANCE as f64, "{given} of {brought}");
}

#[test]
fn a_metered_page_gives_where_it_is_allowed_to() {
    let given = |metered_upload: bool| {
        let page = Manners { metered_upload, ..Manners::default() };
        crowd(Viewer { metered: true, ..polite(page) }, 1).remove(0).stats.uploaded_bytes
    };
    assert_eq!(given(false), 0);
    assert!(given(true) > 0);
}

#[test]
fn a_hidden_page_gives_unless_it_is_asked_not_to() {
    let given = |hidden_upload: bool| {
        let mut world = World::<Lengths>::new(8).without_log();
        let node = world.add(polite(Manners { hidden_upload, ..Manners::default() }));
        world.hide(node, seconds(1));
        world.add(viewer(5));
        let outcomes = world.run(seconds(80));
        assert_smooth(&outcomes);
        outcomes[0].stats.uploaded_bytes
    };
    assert_eq!(given(false), 0);
    assert!(given(true) > 0);
}

#[test]
fn nobody_is_connected_to_before_there_are_enough_viewers() {
    let watch = |viewers: u64| {
        let mut world = World::<Bytes>::new(8);
        for i in 0..viewers {
            let page = Manners { min_viewers: 3, ..Manners::default() };
            world.add(Viewer { page, ..viewer(i * 3) });
        }
        let outcomes = world.run(seconds(90));
        assert_smooth(&outcomes);
        let connections =
            world.log.iter().filter(|l| l.contains("CreateOffer") || l.contains("CreateAnswer"));
        (connections.count(), offload(&outcomes[1..]))
    };
    assert_eq!(watch(2), (0, 0.0));
    let (connections, offload) = watch(3);
    println!("three: {connections} connections, {:.1} % from one another", offload * 100.0);
    assert!(connections > 0 && offload > 0.1, "{connections} {offload}");
}

/// Four viewers of a live: how far behind its edge the last of them ends, and what they had from one another.
fn live(source: &str, integrity: &Integrity, latency_mode: LatencyMode) -> (f64, f64) {
    let mut world = World::<Bytes>::new(6).without_log();
    for joins in [0, 3, 6, 9] {
        let (source, integrity) = (source.to_owned(), integrity.clone());
        let up = Bitrate(4e6);
        world.add(Viewer { source, integrity, latency_mode, up, ..viewer(joins) });
    }
    let outcomes = world.run(seconds(150));
    for o in &outcomes {
        assert!(o.failed.is_none(), "{:?}", o.failed);
        assert_eq!((o.stalls, o.stats.sharing), (0, Sharing::Active), "{latency_mode:?} {:?}", o.stats);
    }
    let latency = outcomes[3].stats.latency.unwrap_or_default();
    let share = offload(&outcomes);
    println!("{source} {latency_mode:?}: {latency:.1} s behind, {:.1} % from one another", share * 100.0);
    (latency, share)
}

#[test]
fn a_viewer_stands_as_far_behind_the_edge_as_the_mode_says() {
    let modes = [LatencyMode::Low, LatencyMode::Balanced, LatencyMode::Shared];
    // Segments of 4 s, six of them listed: three target durations by rule, and four are as far as is safe.
    let list = Integrity::List(format!("{LIVE}digests.json"));
    let [low, balanced, shared] = modes.map(|mode| live(&format!("{LIVE}index.m3u8"), &list, mode));
    assert!(
        (low.0 - balanced.0).abs() < 0.5,
        "nothing is nearer than the publisher allows: {low:?} {balanced:?}"
    );
    assert!(shared.0 > balanced.0 + 2.0, "{balanced:?} {shared:?}");
    assert!([low, balanced, shared].iter().all(|(_, share)| *share > 0.4), "{low:?} {balanced:?} {shared:?}");
    // Parts of 0.4 s, a second behind the edge; segments of 2 s, twelve of them listed.
    let source = format!("{LOW_LATENCY}index.m3u8");
    let [low, balanced, shared] = modes.map(|mode| live(&source, &Integrity::Waived, mode));
    assert!(low.0 < 1.6, "{low:?}");
    assert!((5.0..8.0).contains(&balanced.0), "{balanced:?}");
    assert!((13.0..18.0).contains(&shared.0), "{shared:?}");
    assert!(shared.1 > 0.4, "{balanced:?} {shared:?}");
}

#[test]
fn what_goes_to_and_fro_is_told_of_each_neighbour() {
    let mut world = World::<Bytes>::new(7);
    for joins in [0, 5, 10] {
        world.add(viewer(joins));
    }
    let outcomes = world.run(seconds(40));
    let sums = |o: &Outcome| {
        let sum = |one: fn(&Exchange) -> u64| o.stats.exchanges.iter().map(one).sum::<u64>();
        (sum(|e| e.received), sum(|e| e.sent))
    };
    for o in &outcomes {
        let (received, sent) = sums(o);
        println!("{:?}, {} given, {} brought", o.stats.exchanges, o.stats.uploaded_bytes, o.stats.p2p_bytes);
        assert_eq!((o.stats.exchanges.len(), o.stats.peers), (2, 2));
        assert_eq!(sent, o.stats.uploaded_bytes, "what was given was given to them");
        assert!(received >= o.stats.p2p_bytes, "what was brought they brought: {received}");
    }
    let all = outcomes.iter().map(sums).fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    assert!(all.1 > 1_000_000, "{all:?}");
    // What comes besides are words, and what is under way.
    assert!(all.0.abs_diff(all.1) < all.1 / 10, "{all:?}");
}
