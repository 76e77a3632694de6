//! Stories of a low-latency live that some follow part by part and others from further behind: what those at its edge
//! have, they give.

use crate::low_latency::{DIGESTS, LOW_LATENCY, Manners};
use crate::world::{self, Outcome, Viewer, World};
use crate::{seconds, viewer};
use sprat::engine::config::{Bitrate, Integrity, LatencyMode};
use sprat::engine::payload::Bytes;
use sprat::engine::time::Instant;

fn live(joins: u64, latency_mode: LatencyMode) -> Viewer {
    Viewer {
        source: format!("{LOW_LATENCY}index.m3u8"),
        integrity: Integrity::List(format!("{LOW_LATENCY}{DIGESTS}")),
        latency_mode,
        ..viewer(joins)
    }
}

/// A minute and a half, with the first at the edge, the others behind.
fn watch(origin: Manners, first: Viewer, others: u64) -> (Vec<Outcome>, World<Bytes>) {
    let mut world = World::<Bytes>::new(4);
    world.origin.low_latency = origin;
    world.add(first);
    (0..others).for_each(|i| _ = world.add(live(6 + 2 * i, LatencyMode::Balanced)));
    let outcomes = run(&mut world);
    (outcomes, world)
}

fn run(world: &mut World<Bytes>) -> Vec<Outcome> {
    let outcomes = world.run(seconds(90));
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    for o in &outcomes {
        assert!(o.failed.is_none(), "{:?}", o.failed);
        assert_eq!((o.stalls, o.altered_appends), (0, 0), "{:?}", o.stats);
        let (http, p2p) = (o.stats.http_bytes, o.stats.p2p_bytes);
        println!("{http} bytes from the origin, {p2p} from others, {} given", o.stats.uploaded_bytes);
    }
    outcomes
}

/// Three at the edge of a live that lets them stand four seconds behind it, if nothing else is said.
fn at_the_edge(origin: Manners, first: Viewer) -> (Vec<Outcome>, World<Bytes>) {
    let mut world = World::<Bytes>::new(9);
    let (stands_back, parts_told) = (origin.stands_back.or(Some(4_000)), origin.parts_told.or(Some(150)));
    world.origin.low_latency = Manners { stands_back, parts_told, ..origin };
    world.add(first);
    world.add(live(5, LatencyMode::Low));
    world.add(live(8, LatencyMode::Low));
    let outcomes = run(&mut world);
    for o in &outcomes[1..] {
        let latency = o.stats.latency.unwrap_or_default();
        let target = stands_back.unwrap_or_default() as f64 / 1000.0;
        assert!((latency - target).abs() < 0.8, "part by part, {latency} s behind");
    }
    (outcomes, world)
}

fn share(outcome: &Outcome) -> f64 {
    outcome.stats.p2p_bytes as f64 / (outcome.stats.http_bytes + outcome.stats.p2p_bytes) as f64
}

fn lists(world: &World<Bytes>) -> u32 {
    world.origin.requests.iter().filter(|(url, _)| url.contains(DIGESTS)).map(|(_, n)| n).sum()
}

#[test]
fn what_came_part_by_part_is_given_as_segments_to_those_behind() {
    for growing in [false, true] {
        let manners = Manners { growing, ..Manners::default() };
        let (outcomes, _) = watch(manners, live(0, LatencyMode::Low), 2);
        assert!(outcomes[0].latencies.last().is_some_and(|l| *l < 1.6), "the first is at the edge");
        assert_eq!(outcomes[0].stats.p2p_bytes, 0, "and has everything from the origin");
        for behind in &outcomes[1..] {
            assert!(share(behind) > 0.8, "{:?}", behind.stats);
            assert_eq!(behind.stats.segments_rejected, 0);
        }
    }
}

#[test]
fn segments_that_are_no_sum_of_their_parts_are_not_given() {
    let manners = Manners { unlike: true, ..Manners::default() };
    let (outcomes, world) = watch(manners, live(0, LatencyMode::Low), 1);
    assert_eq!((outcomes[0].stats.uploaded_bytes, outcomes[1].stats.p2p_bytes), (0, 0));
    assert!(outcomes.iter().all(|o| o.warned.is_empty() && o.stats.segments_rejected == 0));
    assert!(world.origin.requests.values().all(|n| *n <= 90), "{:?}", world.origin.requests);
}

#[test]
fn a_liar_at_the_edge_is_found_out_and_one_that_dies_costs_no_stall() {
    let liar = Viewer { manners: world::Manners::Liar, ..live(0, LatencyMode::Low) };
    let (outcomes, _) = watch(Manners::default(), liar, 1);
    assert_eq!(outcomes[1].stats.p2p_bytes, 0);
    assert!(outcomes[1].stats.segments_rejected > 0, "{:?}", outcomes[1].stats);
    for leaves in [21_300, 22_900] {
        let leaves = Some(Instant::from_millis(leaves));
        let up = Bitrate(1_000_000.0);
        let (outcomes, _) = watch(Manners::default(), Viewer { leaves, up, ..live(0, LatencyMode::Low) }, 1);
        assert!(outcomes[1].stats.p2p_bytes > 0, "{:?}", outcomes[1].stats);
    }
}

#[test]
fn parts_travel_between_those_at_the_edge_where_there_is_time_for_it() {
    for growing in [false, true] {
        let manners = Manners { growing, ..Manners::default() };
        let (outcomes, world) = at_the_edge(manners, live(0, LatencyMode::Low));
        let (http, p2p) =
            outcomes.iter().fold((0, 0), |(h, p), o| (h + o.stats.http_bytes, p + o.stats.p2p_bytes));
        let shared = p2p as f64 / (http + p2p) as f64;
        println!("growing {growing}: {:.1} % from one another, {} lists", shared * 100.0, lists(&world));
        assert!(shared > 0.4, "{shared}");
        assert!(lists(&world) <= 3 * 46, "no more than one for each segment: {}", lists(&world));
        assert!(outcomes.iter().all(|o| o.stats.segments_rejected == 0 && o.warned.is_empty()));
    }
}

#[test]
fn parts_come_from_the_origin_where_viewers_stand_near_or_nothing_is_said_of_them() {
    let near = Manners { parts_told: Some(0), ..Manners::default() };
    let untold = Manners { stands_back: Some(4_000), ..Manners::default() };
    for manners in [near, untold] {
        let mut world = World::<Bytes>::new(9);
        world.origin.low_latency = manners;
        [0, 5].into_iter().for_each(|joins| _ = world.add(live(joins, LatencyMode::Low)));
        let outcomes = run(&mut world);
        assert!(outcomes.iter().all(|o| o.stats.p2p_bytes == 0), "{outcomes:?}");
        assert!(lists(&world) <= 2 * 46, "no more than one for each segment: {}", lists(&world));
    }
}

#[test]
fn a_part_that_is_a_lie_is_refused_and_whoever_brought_it_is_left() {
    let liar = Viewer { manners: world::Manners::Liar, ..live(0, LatencyMode::Low) };
    let (outcomes, _) = at_the_edge(Manners::default(), liar);
    let rejected: u32 = outcomes[1..].iter().map(|o| o.stats.segments_rejected).sum();
    assert!((1..=6).contains(&rejected), "{rejected}");
    assert!(outcomes[1..].iter().all(|o| o.stats.peers == 1), "the honest ones know one another");
    assert!(share(&outcomes[1]) + share(&outcomes[2]) > 0.4, "and go on sharing");
}

#[test]
fn a_neighbour_that_dies_or_falls_silent_in_the_middle_of_a_part_costs_no_stall() {
    for (manners, leaves) in [
        (world::Manners::Honest, Some(31_300)),
        (world::Manners::Honest, Some(32_050)),
        (world::Manners::Mute, None),
    ] {
        let (leaves, up) = (leaves.map(Instant::from_millis), Bitrate(700_000.0));
        at_the_edge(Manners::default(), Viewer { manners, leaves, up, ..live(0, LatencyMode::Low) });
    }
}

#[test]
fn the_less_time_there_is_the_more_comes_from_the_origin_and_nobody_stalls_for_it() {
    let shared = [(5_000, 150), (4_000, 900), (3_000, 150), (2_800, 150)].map(|(stands_back, told)| {
        let manners =
            Manners { stands_back: Some(stands_back), parts_told: Some(told), ..Manners::default() };
        let (outcomes, _) = at_the_edge(manners, live(0, LatencyMode::Low));
        let shared = outcomes[1..].iter().map(share).sum::<f64>() / 2.0;
        println!("{stands_back} ms behind, told after {told} ms: {:.1} %", shared * 100.0);
        shared
    });
    assert!(shared[0] > 0.5 && shared[3] < shared[0], "{shared:?}");
}
