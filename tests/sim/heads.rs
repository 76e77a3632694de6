//! Stories of an origin that says of each file what is in it: what that allows, and what it does not.

use crate::origin::{BASE, LIVE};
use crate::world::{Manners, Outcome, Viewer, World};
use crate::{offload, seconds, viewer};
use sprat::engine::config::Integrity;
use sprat::engine::contract::Sharing;
use sprat::engine::payload::Bytes;

/// Three viewers whose page names no digests: what they came to, and how many heads were asked for.
fn watch(source: &str, tells: Option<bool>, manners: Manners) -> (Vec<Outcome>, u32) {
    let mut world = World::<Bytes>::new(6).without_log();
    world.origin.tells = tells;
    for joins in [0, 3, 6] {
        let manners = if joins == 0 { manners } else { Manners::Honest };
        let (source, integrity) = (source.to_owned(), Integrity::Unknown);
        world.add(Viewer { source, integrity, manners, ..viewer(joins) });
    }
    let outcomes = world.run(seconds(120));
    for o in &outcomes {
        assert!(o.failed.is_none(), "{:?}", o.failed);
        assert_eq!((o.stalls, o.altered_appends), (0, 0), "{:?}", o.stats);
    }
    (outcomes, world.origin.heads)
}

#[test]
fn files_whose_digest_the_origin_tells_are_shared_without_a_list() {
    let live = format!("{LIVE}index.m3u8");
    let (outcomes, heads) = watch(&live, Some(true), Manners::Honest);
    println!("{:.1} % from one another, {heads} heads", offload(&outcomes) * 100.0);
    assert!(offload(&outcomes) > 0.3, "{}", offload(&outcomes));
    assert!(outcomes.iter().all(|o| o.stats.sharing == Sharing::Active));
    assert!(heads > 10 && heads <= 2 * 30, "one for each segment that a neighbour has: {heads}");
}

#[test]
fn a_liar_among_them_is_found_out_by_what_the_origin_told() {
    let (outcomes, _) = watch(&format!("{LIVE}index.m3u8"), Some(true), Manners::Liar);
    assert!(outcomes[1..].iter().map(|o| o.stats.segments_rejected).sum::<u32>() > 0);
}

#[test]
fn an_origin_that_tells_nothing_or_the_wrong_thing_is_not_asked() {
    for tells in [None, Some(false)] {
        let (outcomes, heads) = watch(&format!("{LIVE}index.m3u8"), tells, Manners::Honest);
        assert_eq!((offload(&outcomes), heads), (0.0, 0), "{tells:?}");
        assert!(outcomes.iter().all(|o| o.stats.sharing == Sharing::Unverifiable));
    }
}

#[test]
fn what_is_told_of_a_file_is_not_taken_for_a_part_of_it() {
    let (outcomes, heads) = watch(&format!("{BASE}master.m3u8"), Some(true), Manners::Honest);
    assert_eq!((offload(&outcomes), heads), (0.0, 0));
}
