//! When digest lists are asked for: seldom, only where somebody could use them, and again where they lag.

use crate::origin::{Fault, LIVE};
use crate::world::{Viewer, World};
use crate::{offload, seconds, viewer};
use sprat::engine::config::{Integrity, P2p};
use sprat::engine::contract::Sharing;
use sprat::engine::payload::Bytes;

const LIST: &str = "digests.json";
/// How long these watch, and the segments that are added meanwhile.
const WATCHED: u64 = 120;
const ADDED: u32 = 30;

#[test]
fn a_live_viewer_who_is_alone_asks_for_no_list() {
    let mut world = World::<Bytes>::new(6);
    world.add(live(0));
    let outcomes = world.run(seconds(WATCHED));
    assert_eq!((outcomes[0].stalls, asked(&world)), (0, 0));
}

#[test]
fn the_list_of_a_live_is_asked_for_at_most_once_per_new_segment() {
    let mut world = World::<Bytes>::new(6);
    world.add(live(0));
    world.add(live(3));
    let outcomes = world.run(seconds(WATCHED));
    let asked = asked(&world);
    println!("{asked} lists for 2 viewers and {ADDED} segments, {:.1} % offload", offload(&outcomes) * 100.0);
    assert!(outcomes.iter().all(|o| o.stalls == 0 && o.failed.is_none()), "{outcomes:?}");
    assert!(outcomes[1].stats.p2p_bytes > 0, "{:?}", outcomes[1].stats);
    assert!(asked > ADDED && asked <= 2 * (ADDED + 1), "{asked}");
}

#[test]
fn a_list_that_lags_is_asked_for_again_until_it_has_the_newest_segment() {
    let mut world = World::<Bytes>::new(6);
    world.origin.digest_lag = 1_600;
    world.add(live(0));
    world.add(live(3));
    let outcomes = world.run(seconds(WATCHED));
    let asked = asked(&world);
    println!("{asked} lists that lag by 1.6 s, {:.1} % offload", offload(&outcomes) * 100.0);
    assert!(outcomes.iter().all(|o| o.stalls == 0 && o.failed.is_none()), "{outcomes:?}");
    assert!(outcomes[1].stats.p2p_bytes > 0, "{:?}", outcomes[1].stats);
    assert!(asked > 2 * ADDED && asked <= 2 * 5 * (ADDED + 1), "{asked}");
}

#[test]
fn a_list_that_stays_behind_is_given_up_until_the_stream_grows() {
    let mut world = World::<Bytes>::new(6);
    world.origin.digest_lag = 1_000_000;
    world.origin.broadcasts[0].stops = Some(10_000);
    world.add(live(0));
    world.add(live(3));
    world.run(seconds(WATCHED));
    // Two viewers, three growths at most, eleven looks for each.
    let asked = asked(&world);
    assert!((2..=2 * 3 * 11).contains(&asked), "{asked}");
}

#[test]
fn a_live_whose_list_is_not_there_does_not_join_and_leave_with_every_segment() {
    let mut world = World::<Bytes>::new(6);
    world.origin.faults = vec![(LIST, Fault::Status(404))];
    world.add(live(0));
    world.add(live(3));
    let outcomes = world.run(seconds(4 * WATCHED));
    let asked = asked(&world);
    let joined = world.log.iter().filter(|line| line.contains("OpenTracker")).count();
    println!("{asked} lists that are not there, {joined} times at the tracker in {} s", 4 * WATCHED);
    for outcome in &outcomes {
        assert_eq!((outcome.stalls, outcome.stats.p2p_bytes), (0, 0), "{:?}", outcome.stats);
        assert!(outcome.warned.contains(&"digests-unavailable"), "{:?}", outcome.warned);
    }
    assert!(asked <= 2 * 8 && joined <= 2 * 8, "{asked} lists, {joined} times at the tracker");
}

#[test]
fn who_does_not_share_asks_for_no_list() {
    for p2p in [P2p::Off, P2p::Ask] {
        let mut world = World::<Bytes>::new(4);
        world.add(Viewer { p2p, ..viewer(0) });
        let outcomes = world.run(seconds(70));
        assert_eq!(outcomes[0].stalls, 0);
        assert!(!world.origin.requests.keys().any(|url| url.contains("sha256")), "{p2p:?}");
    }
}

#[test]
fn a_film_has_its_list_from_the_start_and_once() {
    let mut world = World::<Bytes>::new(4);
    world.add(viewer(0));
    let outcomes = world.run(seconds(70));
    let lists = world.origin.requests.iter().filter(|(url, _)| url.contains("sha256")).map(|(_, n)| n);
    assert_eq!(lists.sum::<u32>(), 1);
    assert_eq!(outcomes[0].stats.sharing, Sharing::Active);
}

fn live(joins: u64) -> Viewer {
    Viewer {
        source: [LIVE, "index.m3u8"].concat(),
        integrity: Integrity::List([LIVE, LIST].concat()),
        ..viewer(joins)
    }
}

fn asked(world: &World<Bytes>) -> u32 {
    world.origin.requests.iter().filter(|(url, _)| url.contains(LIST)).map(|(_, n)| n).sum()
}
