//! Stories of networks and time that go away and come back, and of origins that lose things: playback goes on by
//! itself, and nothing is asked for more often than that takes.

use crate::origin::{BASE, Broadcast, Fault, LIVE};
use crate::world::{Outcome, Viewer, World};
use crate::{assert_smooth, seconds, viewer};
use sprat::engine::config::{Bitrate, Integrity, P2p};
use sprat::engine::error::Culprit;
use sprat::engine::payload::Bytes;
use sprat::engine::time::{MediaTime, Millis};

fn alone() -> Viewer {
    Viewer { p2p: P2p::Off, ..viewer(0) }
}

fn live_viewer() -> Viewer {
    Viewer { source: format!("{LIVE}index.m3u8"), integrity: Integrity::Unknown, ..alone() }
}

fn asked(world: &World<Bytes>, part: &str) -> u32 {
    world.origin.requests.iter().filter(|(url, _)| url.contains(part)).map(|(_, n)| n).sum()
}

fn show(world: &World<Bytes>) {
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
}

fn run(world: &mut World<Bytes>, to_s: u64) -> Outcome {
    let outcome = world.run(seconds(to_s)).remove(0);
    show(world);
    println!(
        "at {:.1} s, {} stalls, warned {:?}, {} requests",
        outcome.at.secs(),
        outcome.stalls,
        outcome.warned,
        asked(world, "")
    );
    outcome
}

// Pain 5: offline, online, sleep.

#[test]
fn thirty_seconds_without_a_network_in_the_middle_of_a_film_end_in_playing_on() {
    for told in [true, false] {
        let mut world = World::<Bytes>::new(1);
        // Slow enough that the buffer holds some ten seconds when the network goes.
        let node = world.add(Viewer { down: Bitrate(450_000.0), ..alone() });
        world.cut_off(node, seconds(12), seconds(42), told);
        let outcome = run(&mut world, 130);
        assert!(outcome.failed.is_none(), "told {told}: {:?}", outcome.failed);
        assert!(outcome.ended, "told {told}: at {} s", outcome.at.secs());
        assert!(outcome.stalls <= 2, "told {told}: {} stalls", outcome.stalls);
        let said = if told { "offline" } else { "origin-unreachable" };
        assert_eq!(outcome.warned.iter().filter(|w| **w == said).count(), 1, "{:?}", outcome.warned);
        assert!(asked(&world, "") < 80, "{} requests", asked(&world, ""));
    }
}

#[test]
fn an_hour_without_a_network_costs_few_requests_and_ends_in_playing_on() {
    let mut world = World::<Bytes>::new(1).without_log();
    let node = world.add(Viewer { down: Bitrate(450_000.0), ..alone() });
    world.cut_off(node, seconds(12), seconds(3_612), false);
    let outcome = run(&mut world, 3_700);
    assert!(outcome.failed.is_none() && outcome.ended, "{:?} at {}", outcome.failed, outcome.at.secs());
    assert!(asked(&world, "") < 1_000, "a request in eight seconds or so: {}", asked(&world, ""));
}

#[test]
fn a_live_goes_on_at_its_edge_after_the_network_was_away() {
    for (told, away) in [(true, 30), (false, 30), (true, 200), (false, 200)] {
        let mut world = World::<Bytes>::new(1);
        let node = world.add(live_viewer());
        world.cut_off(node, seconds(20), seconds(20 + away), told);
        let end = 20 + away + 40;
        let outcome = run(&mut world, end);
        assert!(outcome.failed.is_none(), "{told} {away}: {:?}", outcome.failed);
        let latency = outcome.stats.latency.unwrap_or(f64::MAX);
        assert!(latency < 24.0, "{told} {away}: {latency} s behind");
        assert!(outcome.stalls <= 3, "{told} {away}: {} stalls", outcome.stalls);
    }
}

#[test]
fn a_laptop_that_slept_goes_on_with_a_film_where_it_was() {
    let mut world = World::<Bytes>::new(1);
    let node = world.add(alone());
    world.sleep(node, seconds(7), seconds(4_000));
    let outcome = run(&mut world, 4_080);
    assert_smooth(std::slice::from_ref(&outcome));
}

#[test]
fn a_laptop_that_slept_goes_on_with_a_live_at_its_edge_and_asks_for_nothing_that_is_gone() {
    let mut world = World::<Bytes>::new(1);
    let node = world.add(live_viewer());
    world.sleep(node, seconds(30), seconds(1_000));
    let outcome = run(&mut world, 1_040);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.stats.latency.is_some_and(|l| l < 24.0), "{:?}", outcome.stats.latency);
    assert!(outcome.warned.is_empty(), "{:?}", outcome.warned);
}

// Pain 6: trouble in the middle of a live.

#[test]
fn a_live_whose_playlist_is_refused_for_a_while_goes_on() {
    for fault in [Fault::Status(404), Fault::Status(503), Fault::Body("<!doctype html>"), Fault::Unreachable]
    {
        let mut world = World::<Bytes>::new(1);
        world.add(live_viewer());
        world.faults(seconds(20), vec![("index.m3u8", fault.clone())]);
        world.faults(seconds(50), vec![]);
        let outcome = run(&mut world, 100);
        assert!(outcome.failed.is_none(), "{fault:?}: {:?}", outcome.failed);
        assert!(outcome.stats.latency.is_some_and(|l| l < 24.0), "{fault:?}: {:?}", outcome.stats.latency);
        assert!(asked(&world, "index.m3u8") < 60, "{fault:?}: {}", asked(&world, "index.m3u8"));
    }
}

#[test]
fn a_live_whose_playlist_is_gone_for_good_ends_in_an_error_that_names_the_origin() {
    let mut world = World::<Bytes>::new(1);
    world.add(live_viewer());
    world.faults(seconds(20), vec![("index.m3u8", Fault::Status(404))]);
    let outcome = run(&mut world, 200);
    let fault = outcome.failed.expect("it fails");
    assert_eq!((fault.culprit, fault.name), (Culprit::Origin, "document-not-found"));
    assert!(outcome.at.secs() > 75.0, "what was buffered is played first: {}", outcome.at.secs());
}

#[test]
fn a_broadcast_that_begins_again_under_the_same_address_is_played_from_its_own_segments() {
    let mut world = World::<Bytes>::new(1);
    world.origin.broadcasts.push(Broadcast { from: 40_000, past: 2, ends: None, stops: None });
    world.add(live_viewer());
    let outcome = run(&mut world, 150);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.at.secs() > 60.0 + 100.0, "{}", outcome.at.secs());
    assert!(outcome.stalls <= 1, "{}", outcome.stalls);
    // The first broadcast was at 20 to 30; the second is there after a minute or so.
    assert_eq!(asked(&world, "/24.m4s"), 2, "what was kept under this name is another one by now");
    assert_eq!(asked(&world, "/init.mp4"), 2);
}

#[test]
fn a_live_that_ended_is_played_to_its_end_and_the_next_one_when_the_viewer_plays_on() {
    let mut world = World::<Bytes>::new(1);
    world.origin.broadcasts[0].ends = Some(30_000);
    world.origin.broadcasts.push(Broadcast { from: 90_000, past: 3, ends: None, stops: None });
    let node = world.add(live_viewer());
    // Once too early: then the same broadcast is there, from its beginning.
    world.replay(node, seconds(120));
    let outcome = run(&mut world, 160);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(!outcome.ended, "it is live again");
    assert!(outcome.stats.latency.is_some_and(|l| l < 24.0), "{:?}", outcome.stats.latency);
    assert!(asked(&world, "index.m3u8") < 40, "{}", asked(&world, "index.m3u8"));
}

// Pain 4: loops.

#[test]
fn a_live_that_stops_updating_is_asked_for_ever_more_seldom_and_found_when_it_goes_on() {
    let mut world = World::<Bytes>::new(1);
    world.origin.broadcasts[0].stops = Some(40_000);
    world.add(live_viewer());
    let outcome = run(&mut world, 640);
    let polled = asked(&world, "index.m3u8");
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert_eq!(outcome.warned, ["live-stands-still"]);
    assert!(polled < 60, "{polled} requests in ten minutes of silence");

    let mut world = World::<Bytes>::new(1);
    world.origin.broadcasts[0].stops = Some(40_000);
    world.origin.broadcasts.push(Broadcast { from: 40_000 + 120_000, past: 30, ends: None, stops: None });
    world.add(live_viewer());
    let outcome = run(&mut world, 240);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.stats.latency.is_some_and(|l| l < 24.0), "{:?}", outcome.stats.latency);
}

#[test]
fn a_segment_that_no_buffer_keeps_is_fetched_twice_and_then_skipped_by_name() {
    let mut world = World::<Bytes>::new(1);
    let node = world.add(alone());
    world.forgets(node, MediaTime::from_secs(22.0));
    let outcome = run(&mut world, 120);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.ended, "at {} s", outcome.at.secs());
    let most = world.fetched.values().max();
    assert!(most <= Some(&2), "{:?}", world.fetched);
}

// Pain 3: quota.

#[test]
fn a_small_buffer_is_kept_full_without_fetching_anything_again() {
    for quota in [700_000, 400_000, 250_000] {
        let mut world = World::<Bytes>::new(1);
        let node = world.add(alone());
        world.quota(node, quota);
        let outcome = run(&mut world, 80);
        println!("{quota}: {} refused, fullest {:.1} s", outcome.refused, outcome.fullest);
        assert_smooth(std::slice::from_ref(&outcome));
        assert!(outcome.refused > 0 && outcome.refused < 40, "{} refused", outcome.refused);
        assert!(world.fetched.values().max() <= Some(&1), "{:?}", world.fetched);
    }
}

#[test]
fn seeks_with_a_small_buffer_end_in_playing_and_hardly_anything_comes_twice() {
    let mut world = World::<Bytes>::new(1);
    let node = world.add(alone());
    world.quota(node, 400_000);
    let places = [50.0, 3.0, 31.0, 30.0, 5.0, 44.0];
    world.seek_to(node, places.iter().map(|s| MediaTime::from_secs(*s)).collect());
    let outcome = run(&mut world, 100);
    assert_smooth(std::slice::from_ref(&outcome));
    // Seeks break off what is under way; what came is kept, whatever the buffer has room for.
    assert!(outcome.stats.http_bytes < 2_421_546 * 5 / 4, "{} bytes", outcome.stats.http_bytes);
}

#[test]
fn a_live_that_is_paused_for_an_hour_fills_no_memory() {
    let mut world = World::<Bytes>::new(1).without_log();
    let node = world.add(live_viewer());
    world.pause(node, seconds(20), seconds(3_620));
    let outcome = run(&mut world, 3_660);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.fullest < 60.0, "{} s in a buffer", outcome.fullest);
    assert!(outcome.stats.latency.is_some_and(|l| l < 24.0), "{:?}", outcome.stats.latency);
}

// Pain 9 and fail-over: rung by rung.

#[test]
fn a_segment_that_is_not_there_is_taken_from_another_variant_unseen() {
    let mut world = World::<Bytes>::new(1);
    world.origin.lost = vec![("360-fragmented", MediaTime::from_secs(22.0))];
    world.add(alone());
    let outcome = run(&mut world, 80);
    assert_smooth(std::slice::from_ref(&outcome));
    assert!(outcome.variants.contains(&0) && outcome.variants.contains(&1), "{:?}", outcome.variants);
    assert_eq!(outcome.warned, ["segment-unavailable"]);
}

#[test]
fn a_variant_whose_segments_are_all_gone_is_left_for_another() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("360-fragmented", Fault::Status(404))];
    world.add(alone());
    let outcome = run(&mut world, 80);
    assert_smooth(std::slice::from_ref(&outcome));
    assert!(asked(&world, "360-fragmented") < 20, "{}", asked(&world, "360-fragmented"));
}

#[test]
fn what_no_variant_has_is_skipped_by_name_and_nothing_else_is_lost() {
    for at in [0.0, 22.0, 58.0] {
        let mut world = World::<Bytes>::new(1);
        let lost = MediaTime::from_secs(at);
        world.origin.lost = vec![("240-fragmented", lost), ("360-fragmented", lost)];
        world.add(alone());
        let outcome = run(&mut world, 90);
        assert!(outcome.failed.is_none(), "{at}: {:?}", outcome.failed);
        assert!(outcome.ended, "{at}: at {} s", outcome.at.secs());
        assert!(outcome.warned.contains(&"segment-unavailable"), "{at}: {:?}", outcome.warned);
        assert!(asked(&world, "fragmented") < 60, "{at}: {}", asked(&world, "fragmented"));
    }
}

#[test]
fn a_segment_that_never_comes_has_four_attempts_in_each_variant_however_often_that_is_returned_to() {
    let mut world = World::<Bytes>::new(1);
    let from_8_s = |part| (2..15).map(move |n| (part, MediaTime::from_secs(f64::from(n) * 4.0 + 1.0)));
    world.origin.lost = from_8_s("240-fragmented").chain(from_8_s("360-fragmented")).collect();
    world.origin.lost_status = 503;
    world.add(alone());
    let outcome = run(&mut world, 90);
    let failed = outcome.failed.expect("nothing plays from there on");
    assert_eq!((failed.culprit, failed.name), (Culprit::Origin, "segment-unavailable"));
    println!("{:?}", world.origin.in_vain);
    // One more where an attempt was broken off as the variant changed.
    assert!(world.origin.in_vain.values().all(|n| *n <= 5));
    assert!(world.origin.in_vain.values().filter(|n| **n == 5).count() <= 2);
}

#[test]
fn a_hole_that_is_sought_again_and_again_is_one_hole() {
    let mut world = World::<Bytes>::new(1);
    let lost = MediaTime::from_secs(22.0);
    world.origin.lost = vec![("240-fragmented", lost), ("360-fragmented", lost)];
    let node = world.add(alone());
    // Everything else is here after a while, so that nothing more comes.
    let there =
        [21.0, 3.0, 22.5, 50.0, 21.0, 40.0, 23.0, 5.0, 21.5, 33.0, 22.0, 50.0, 21.0, 10.0, 45.0, 30.0];
    world.seek_to(node, there.iter().map(|s| MediaTime::from_secs(*s)).collect());
    let outcome = run(&mut world, 200);
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.slowest_seek < Millis(3_000), "{:?}", outcome.slowest_seek);
}

#[test]
fn a_server_that_is_down_is_left_for_another_one() {
    let mirrored = "#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\"
https://one.test/vod/360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\"
https://two.test/vod/360.m3u8
";
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("master.m3u8", Fault::Body(mirrored))];
    world.add(Viewer { down: Bitrate(450_000.0), ..alone() });
    world.faults(seconds(12), vec![("one.test", Fault::Unreachable)]);
    let outcome = run(&mut world, 120);
    assert_smooth(std::slice::from_ref(&outcome));
    assert!(asked(&world, "two.test/vod/360-") > 0);
}

#[test]
fn a_segment_server_that_never_answered_is_an_error_and_not_an_outage() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("fragmented.mp4", Fault::Unreachable)];
    world.add(alone());
    let outcome = run(&mut world, 120);
    let fault = outcome.failed.expect("it fails");
    assert_eq!(fault.culprit, Culprit::Origin);
    assert!(asked(&world, BASE) < 80, "{}", asked(&world, BASE));
}
