//! Stories of viewers of a live who poll its playlist at different times, and of who learns of a segment first.

use crate::origin::LIVE;
use crate::world::{Manners, Outcome, Viewer, World};
use crate::{offload, seconds, viewer};
use sprat::engine::config::{Integrity, P2p};
use sprat::engine::payload::Bytes;
use sprat::engine::time::Instant;

/// The origin publishes every so many ms.
const RHYTHM: u64 = 4_000;
/// By then everybody should be in step, in ms.
const SETTLED: u64 = 60_000;

/// Two minutes of viewers who came at these times, in ms: what they came to, and for each how long after the publisher it
/// polled, once settled.
fn watch(joins: &[u64], p2p: P2p, manners: &[Manners]) -> (Vec<Outcome>, Vec<Vec<u64>>) {
    let mut world = World::<Bytes>::new(8);
    for (i, &ms) in joins.iter().enumerate() {
        world.add(Viewer {
            source: format!("{LIVE}index.m3u8"),
            integrity: Integrity::List(format!("{LIVE}digests.json")),
            joins: Instant::from_millis(ms),
            p2p,
            manners: manners.get(i).copied().unwrap_or(Manners::Honest),
            ..viewer(0)
        });
    }
    let outcomes = world.run(seconds(125));
    let polls = |node: usize| {
        let from = |line: &&String| line.contains("FetchDocument") && line.contains("index.m3u8");
        let mine = format!(" #{node} ");
        let times = world.log.iter().filter(|line| line.contains(&mine)).filter(from);
        let times = times.filter_map(|line| line.split(' ').next()?.parse::<u64>().ok());
        // Half a round trip later it is there.
        times.filter(|t| *t > SETTLED).map(|t| (t + 20) % RHYTHM).collect()
    };
    let late = (0..joins.len()).map(polls).collect();
    (outcomes, late)
}

fn latest(late: &[Vec<u64>]) -> u64 {
    late.iter().flatten().copied().max().unwrap_or_default()
}

#[test]
fn who_learns_of_segments_later_than_neighbours_falls_in_step_with_them() {
    let joins = [200, 1_300, 2_400, 3_500, 4_900, 6_600];
    let (alone, late) = watch(&joins, P2p::Off, &[]);
    println!("alone: at the latest {} ms after the publisher", latest(&late));
    assert!(latest(&late) > 2_000, "each in its own time");
    let (shared, late) = watch(&joins, P2p::On, &[]);
    println!("together: {} ms, {:.1} % from one another", latest(&late), 100.0 * offload(&shared));
    assert!(latest(&late) < RHYTHM / 4 + 250, "{late:?}");
    for o in alone.iter().chain(&shared) {
        assert!(o.failed.is_none() && o.stalls == 0, "{o:?}");
    }
    assert!(late.iter().all(|polls| polls.len() <= 17), "no poll more than every four seconds: {late:?}");
}

#[test]
fn who_promises_and_never_has_it_is_soon_not_waited_for() {
    let joins = [200, 1_300, 2_400, 3_500, 4_900, 6_600];
    let (outcomes, _) = watch(&joins, P2p::On, &[Manners::Promiser]);
    let shared = offload(&outcomes[1..]);
    println!("beside a promiser {:.1} % from one another", shared * 100.0);
    assert!(outcomes.iter().all(|o| o.failed.is_none() && o.stalls == 0), "{outcomes:?}");
    assert!(shared > 0.74, "{shared}");
}
