//! Stories of redundancy servers: copies of the origin's files at places that nobody vouches for. Viewers who share with
//! nobody have them, too.

use crate::origin::{BASE, Fault};
use crate::world::{Outcome, Viewer, World};
use crate::{assert_smooth, seconds, viewer};
use sprat::engine::config::{Bitrate, Integrity, P2p};
use sprat::engine::payload::Bytes;

const GOOD: &str = "https://good.test/vod";
const BETTER: &str = "https://better.test/vod/";
const LIAR: &str = "https://liar.test/vod";
const GONE: &str = "https://gone.test/vod";
const SILENT: &str = "https://silent.test/vod";
const SLOW: &str = "https://slow.test/vod";

fn faults() -> Vec<(&'static str, Fault)> {
    vec![
        (LIAR, Fault::Altered),
        (GONE, Fault::Status(503)),
        (SILENT, Fault::Unreachable),
        (SLOW, Fault::Trickle(4_000)),
    ]
}

fn alone() -> Viewer {
    Viewer { p2p: P2p::Off, ..viewer(0) }
}

/// One viewer, what became of them, and how often each server was asked for a segment.
fn watch(seed: u64, viewer: Viewer, bases: &[&str]) -> (Outcome, impl Fn(&str) -> u32) {
    let mut world = World::<Bytes>::new(seed);
    world.origin.faults = faults();
    world.redundancies = bases.iter().map(ToString::to_string).collect();
    world.add(viewer);
    let outcome = world.run(seconds(80)).remove(0);
    let asked = move |base: &str| {
        let of = |url: &str| url.starts_with(base) && url.ends_with(".mp4");
        world.origin.requests.iter().filter(|(url, _)| of(url)).map(|(_, times)| times).sum()
    };
    (outcome, asked)
}

#[test]
fn a_redundancy_server_that_lies_is_left_named_and_nothing_of_it_is_shown() {
    let mut caught = 0;
    for seed in 1..=8 {
        for down in [20_000_000.0, 3_000_000.0] {
            let viewer = Viewer { down: Bitrate(down), ..alone() };
            let (outcome, asked) = watch(seed, viewer, &[LIAR, GOOD]);
            assert_smooth(std::slice::from_ref(&outcome));
            // Two segments at most are under way at once.
            assert!(asked(LIAR) <= 2, "asked {} times", asked(LIAR));
            let lies = u32::from(asked(LIAR) > 0);
            assert_eq!(outcome.warned, vec!["redundancy-lied"; lies as usize]);
            assert_eq!((outcome.stats.segments_rejected, outcome.stats.p2p_bytes), (lies, 0));
            let [liar, good] = &outcome.stats.redundancies[..] else { panic!("{:?}", outcome.stats) };
            assert_eq!((&*liar.base, liar.bytes, liar.lied), (LIAR, 0, lies > 0));
            assert_eq!((&*good.base, good.lied), (GOOD, false));
            caught += lies;
        }
    }
    println!("{caught} of 16 viewers asked the liar, caught it at its first lie, and saw nothing of it");
    assert!(caught > 8, "{caught}");
}

#[test]
fn servers_that_fail_or_dawdle_rest_and_cost_no_stall() {
    let mut asked_in_all = [0; 4];
    for seed in 1..=8 {
        let bases = [GONE, SILENT, SLOW, GOOD];
        let (outcome, asked) = watch(seed, alone(), &bases);
        assert_smooth(std::slice::from_ref(&outcome));
        assert_eq!(outcome.warned, [""; 0], "nobody lied");
        for (sum, base) in asked_in_all.iter_mut().zip(bases) {
            assert!(base == GOOD || asked(base) <= 4, "{base}: {}", asked(base));
            *sum += asked(base);
        }
    }
    println!("8 viewers asked, of servers that are gone, silent, slow and good: {asked_in_all:?}");
    assert!(asked_in_all.iter().all(|&sum| sum > 0), "{asked_in_all:?}");
}

#[test]
fn the_load_is_spread_over_the_origin_and_its_copies() {
    let mut sums = [0; 3];
    for seed in 1..=8 {
        let bases = [BASE, GOOD, BETTER];
        let (outcome, asked) = watch(seed, alone(), &bases[1..]);
        assert_smooth(std::slice::from_ref(&outcome));
        for (sum, base) in sums.iter_mut().zip(bases) {
            *sum += asked(base);
        }
    }
    println!("segments asked of the origin and of two copies: {sums:?}");
    let all: u32 = sums.iter().sum();
    assert!(sums.iter().all(|&sum| sum * 6 > all), "{sums:?}");
}

#[test]
fn what_has_no_digest_is_asked_of_the_origin_alone() {
    for integrity in [Integrity::Unknown, Integrity::Waived] {
        let (outcome, asked) = watch(3, Viewer { integrity, ..alone() }, &[LIAR, GOOD]);
        assert_smooth(std::slice::from_ref(&outcome));
        assert_eq!((asked(LIAR), asked(GOOD)), (0, 0));
    }
}

#[test]
fn only_web_addresses_that_a_name_can_follow_and_eight_of_them_are_servers() {
    let (outcome, asked) = watch(
        3,
        alone(),
        &["ftp://good.test/vod", "data:,", "https://good.test/vod?to=", "https://good.test/vod#"],
    );
    assert_smooth(std::slice::from_ref(&outcome));
    assert_eq!(asked("ftp:") + asked("data:") + asked("https://good.test"), 0);
    let many: Vec<String> = (0..40).map(|n| format!("https://{n}.test/vod")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let (_, asked) = watch(3, alone(), &many);
    let known = many.iter().filter(|base| asked(base) > 0).count();
    assert!((2..=8).contains(&known), "{known}");
}

#[test]
fn copies_and_neighbours_go_together() {
    let mut world = World::<Bytes>::new(7);
    world.origin.faults = faults();
    world.redundancies = vec![LIAR.into(), GOOD.into()];
    world.add(viewer(0));
    world.add(viewer(5));
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    let asked: u32 = world.fetched.iter().filter(|((url, _), _)| url.starts_with(LIAR)).map(|(_, n)| n).sum();
    assert!(asked <= 4, "{asked}");
    assert!(outcomes[1].stats.p2p_bytes > outcomes[1].stats.http_bytes, "{:?}", outcomes[1].stats);
}
