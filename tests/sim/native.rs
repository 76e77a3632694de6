//! Stories of viewers who speak our own protocol with one another: pieces from several at once, passed on before the
//! segment is whole where they have digests, and lies that cost one.

use crate::world::{Manners, Outcome, Viewer, World};
use crate::{assert_smooth, offload, seconds, viewer};
use sprat::engine::config::Bitrate;
use sprat::engine::payload::Bytes;
use sprat::engine::time::MediaTime;

/// An uplink that carries the stream to a few. (A slower one would hold up the whole of a neighbour's link down, which
/// this world keeps in the order in which things were sent.)
const MODEST: Bitrate = Bitrate(2_000_000.0);

fn crowd(pieces: bool, viewers: u64, seed: u64) -> (Vec<Outcome>, World<Bytes>) {
    let mut world = World::<Bytes>::new(seed);
    world.origin.pieces = pieces;
    for i in 0..viewers {
        world.add(Viewer { up: MODEST, ..viewer(i * 5) });
    }
    let outcomes = world.run(seconds(75 + viewers * 5));
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    (outcomes, world)
}

#[test]
fn viewers_with_modest_uplinks_share_what_one_of_them_could_not_bring() {
    for pieces in [false, true] {
        let (outcomes, _) = crowd(pieces, 4, 5);
        assert_smooth(&outcomes);
        let shared = offload(&outcomes);
        println!("digests of pieces {pieces}: {:.1} % from one another", shared * 100.0);
        assert!(shared > 0.5, "{shared}");
        assert!(outcomes.iter().all(|o| o.stats.segments_rejected == 0));
    }
}

#[test]
fn a_liar_costs_a_piece_is_banned_and_never_shown() {
    for seed in 1..=4 {
        let mut world = World::<Bytes>::new(seed);
        world.origin.pieces = true;
        world.add(Viewer { manners: Manners::Liar, ..viewer(0) });
        world.add(viewer(5));
        let outcomes = world.run(seconds(80));
        assert_smooth(&outcomes);
        let honest = &outcomes[1].stats;
        assert!((1..=4).contains(&honest.segments_rejected), "{honest:?}");
        assert_eq!((honest.p2p_bytes, honest.peers), (0, 0));
    }
}

#[test]
fn between_honest_viewers_a_liar_changes_little() {
    let mut world = World::<Bytes>::new(3);
    world.origin.pieces = true;
    world.add(viewer(0));
    world.add(Viewer { manners: Manners::Liar, ..viewer(2) });
    world.add(viewer(6));
    world.add(viewer(9));
    let outcomes = world.run(seconds(85));
    let honest: Vec<Outcome> =
        outcomes.into_iter().enumerate().filter(|(i, _)| *i != 1).map(|(_, o)| o).collect();
    assert_smooth(&honest);
    assert!(offload(&honest) > 0.4, "{}", offload(&honest));
    assert!(honest.iter().all(|o| o.stats.segments_rejected <= 6), "{honest:?}");
}

#[test]
fn neighbours_that_keep_silent_or_die_cost_no_stall() {
    for (seed, manners, leaves) in [(1, Manners::Mute, None), (2, Manners::Honest, Some(11_100))] {
        let mut world = World::<Bytes>::new(seed);
        world.origin.pieces = true;
        let leaves = leaves.map(sprat::engine::time::Instant::from_millis);
        world.add(Viewer { manners, leaves, up: MODEST, ..viewer(0) });
        world.add(Viewer { up: MODEST, ..viewer(3) });
        world.add(viewer(6));
        let outcomes = world.run(seconds(85));
        assert_smooth(&outcomes[1..]);
    }
}

#[test]
fn viewers_who_are_busy_with_one_another_are_named_for_nothing() {
    let mut world = World::<Bytes>::new(11).without_log();
    world.origin.pieces = true;
    let fast = Bitrate(50_000_000.0);
    for i in 0..10 {
        let node = world.add(Viewer { up: fast, down: fast, ..viewer(i) });
        // Back and forth: asks and takes back at every step.
        let ticks = |n: i64| MediaTime::from_ticks((n * 17 + i as i64 * 5) % 55 * MediaTime::RATE);
        world.seek_to(node, (0..40).map(ticks).collect());
    }
    let outcomes = world.run(seconds(110));
    let taken: u64 = outcomes.iter().map(|o| o.stats.p2p_bytes).sum();
    println!("{taken} bytes from one another");
    assert!(taken > 1 << 20, "{taken}");
    for o in &outcomes {
        assert!(o.failed.is_none(), "{:?}", o.failed);
        assert_eq!(o.warned, Vec::<&str>::new());
    }
}
