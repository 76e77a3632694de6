//! Stories of viewers, an origin and a tracker on one virtual clock. The engine is the one that ships; the world
//! around it is simulated, and the seed decides everything.

mod benches;
mod broken;
mod cadence;
mod captions;
mod edge;
mod element;
mod heads;
mod lists;
mod low_latency;
mod manners;
mod native;
mod network;
mod origin;
mod parts;
mod payload;
mod published;
mod redundancy;
mod v1;
mod world;

use origin::{BASE, Fault, LIVE};
use payload::{Content, Lengths};
use sprat::engine::config::{self, Bitrate, Integrity, LatencyMode, P2p};
use sprat::engine::contract::Sharing;
use sprat::engine::error::Culprit;
use sprat::engine::payload::Bytes;
use sprat::engine::time::{Instant, MediaTime, Millis};
use world::{Manners, Outcome, Viewer, World};

fn viewer(joins_s: u64) -> Viewer {
    Viewer {
        source: format!("{BASE}master.m3u8"),
        integrity: Integrity::List(format!("{BASE}segments-sha256.json")),
        joins: Instant::from_millis(joins_s * 1000),
        leaves: None,
        down: Bitrate(20_000_000.0),
        up: Bitrate(8_000_000.0),
        rtt: Millis(40),
        p2p: P2p::On,
        manners: Manners::Honest,
        metered: false,
        page: config::Manners::default(),
        latency_mode: LatencyMode::default(),
        viewport: None,
    }
}

fn seconds(s: u64) -> Instant {
    Instant::from_millis(s * 1000)
}

fn offload(outcomes: &[Outcome]) -> f64 {
    let (http, p2p) =
        outcomes.iter().fold((0, 0), |(h, p), o| (h + o.stats.http_bytes, p + o.stats.p2p_bytes));
    p2p as f64 / (http + p2p).max(1) as f64
}

fn assert_smooth(outcomes: &[Outcome]) {
    for (i, o) in outcomes.iter().enumerate() {
        assert!(o.failed.is_none(), "viewer {i} failed: {:?}", o.failed);
        assert!(o.ended, "viewer {i} did not reach the end: at {} s, {:?}", o.at.secs(), o.stats);
        assert_eq!(o.stalls, 0, "viewer {i} stalled: {:?}", o.stats);
        assert_eq!(o.altered_appends, 0, "viewer {i} was shown altered bytes");
    }
}

#[test]
fn where_the_origin_is_quick_a_second_viewer_takes_but_its_first_segment_from_it() {
    let (outcomes, _) = two_viewers::<Bytes>(7);
    assert_smooth(&outcomes);
    assert_eq!(outcomes[1].stats.segments_http, 1, "{:?}", outcomes[1].stats);
}

#[test]
fn one_viewer_plays_to_the_end_from_the_origin() {
    let mut world = World::<Bytes>::new(1);
    world.add(viewer(0));
    let outcomes = world.run(seconds(70));
    assert_smooth(&outcomes);
    assert_eq!(outcomes[0].stats.p2p_bytes, 0);
    let most = world.origin.requests.values().max();
    assert!(most < Some(&40), "{:?}", world.origin.requests);
}

fn two_viewers<P: Content>(seed: u64) -> (Vec<Outcome>, Vec<String>) {
    let mut world = World::<P>::new(seed);
    world.add(viewer(0));
    world.add(viewer(5));
    let outcomes = world.run(seconds(80));
    (outcomes, world.log)
}

#[test]
fn the_second_viewer_takes_most_from_its_neighbour() {
    let (outcomes, log) = two_viewers::<Bytes>(7);
    if std::env::var_os("SIM_LOG").is_some() {
        log.iter().for_each(|line| println!("{line}"));
    }
    assert_smooth(&outcomes);
    let second = &outcomes[1].stats;
    println!(
        "second viewer: {} bytes from the origin, {} from its neighbour",
        second.http_bytes, second.p2p_bytes
    );
    assert!(offload(&outcomes[1..]) >= 0.6, "{second:?}");
    assert_eq!(second.sharing, Sharing::Active);
}

#[test]
fn the_same_seed_gives_the_same_log() {
    let (_, first) = two_viewers::<Bytes>(11);
    let (_, again) = two_viewers::<Bytes>(11);
    assert!(first.len() > 1_000);
    assert_eq!(first, again);
    let (_, other) = two_viewers::<Bytes>(12);
    assert_ne!(first, other);
}

#[test]
fn lengths_without_bytes_run_the_same_course() {
    let (bytes, _) = two_viewers::<Bytes>(3);
    let (lengths, _) = two_viewers::<Lengths>(3);
    for (b, l) in bytes.iter().zip(&lengths) {
        assert_eq!(b.stats, l.stats);
    }
}

#[test]
fn fifty_viewers_share_one_stream_without_a_stall() {
    let mut world = World::<Lengths>::new(5).without_log();
    for i in 0..50 {
        world.add(viewer(i * 2));
    }
    let outcomes = world.run(seconds(240));
    assert_smooth(&outcomes);
    let offload = offload(&outcomes);
    println!(
        "50 viewers: {:.1} % from one another, {} bytes from the origin",
        offload * 100.0,
        world.origin.sent
    );
    assert!(offload > 0.7, "{offload}");
}

#[test]
fn a_liar_is_found_out_left_and_never_shown() {
    let mut world = World::<Bytes>::new(2);
    world.add(Viewer { manners: Manners::Liar, ..viewer(0) });
    world.add(viewer(5));
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    let honest = &outcomes[1].stats;
    // Others may be under way when the first is found out.
    assert!((1..=4).contains(&honest.segments_rejected), "{honest:?}");
    assert_eq!((honest.p2p_bytes, honest.peers), (0, 0));
}

#[test]
fn a_neighbour_that_announces_and_keeps_silent_costs_no_stall() {
    let mut world = World::<Bytes>::new(2);
    world.add(Viewer { manners: Manners::Mute, ..viewer(0) });
    world.add(viewer(5));
    assert_smooth(&world.run(seconds(80)));
}

#[test]
fn a_neighbour_that_dies_costs_no_stall() {
    for leaves in [7_000, 8_300, 11_100, 20_500] {
        let mut world = World::<Bytes>::new(leaves);
        world.add(Viewer { leaves: Some(Instant::from_millis(leaves)), up: Bitrate(600_000.0), ..viewer(0) });
        world.add(viewer(5));
        let outcomes = world.run(seconds(80));
        assert_smooth(&outcomes[1..]);
    }
}

#[test]
fn a_tracker_that_is_down_changes_nothing_but_the_bill() {
    let mut world = World::<Bytes>::new(4);
    world.tracker_down = true;
    world.add(viewer(0));
    world.add(viewer(5));
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    assert_eq!(outcomes[1].stats.p2p_bytes, 0);
    assert_eq!(outcomes[1].stats.sharing, Sharing::Alone);
}

#[test]
fn without_consent_nothing_is_said_to_anybody() {
    let mut world = World::<Bytes>::new(4);
    world.add(Viewer { p2p: P2p::Ask, ..viewer(0) });
    let outcomes = world.run(seconds(70));
    assert_smooth(&outcomes);
    assert!(!world.log.iter().any(|l| l.contains("OpenTracker")));
    assert_eq!(outcomes[0].stats.sharing, Sharing::Asking);
}

#[test]
fn without_digests_nothing_comes_from_strangers() {
    let mut world = World::<Bytes>::new(4);
    for joins in [0, 5] {
        world.add(Viewer { integrity: Integrity::Unknown, ..viewer(joins) });
    }
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    assert_eq!(outcomes[1].stats.p2p_bytes, 0);
    assert_eq!(outcomes[1].stats.sharing, Sharing::Unverifiable);
}

#[test]
fn every_seek_ends_in_playing_within_three_seconds() {
    let mut world = World::<Bytes>::new(9);
    let node = world.add(viewer(0));
    let mut at = 17u64;
    let positions = (0..50).map(|_| {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        MediaTime::from_secs((at >> 33) as f64 % 59.0)
    });
    world.seek_to(node, positions.collect());
    let outcomes = world.run(seconds(200));
    assert_smooth(&outcomes);
    println!("slowest of 50 seeks: {} ms", outcomes[0].slowest_seek.0);
    assert!(outcomes[0].slowest_seek < Millis(3_000));
}

#[test]
fn a_live_window_slides_for_three_minutes_without_a_stall() {
    let mut world = World::<Bytes>::new(6);
    for joins in [0, 3] {
        world.add(Viewer {
            source: format!("{LIVE}index.m3u8"),
            integrity: Integrity::List(format!("{LIVE}digests.json")),
            ..viewer(joins)
        });
    }
    let outcomes = world.run(seconds(185));
    for o in &outcomes {
        assert!(o.failed.is_none(), "{:?}", o.failed);
        assert_eq!(o.stalls, 0, "{:?} at {}", o.stats, o.at.secs());
        assert!(o.stats.latency.is_some_and(|l| l < 20.0), "{:?}", o.stats);
        assert!(o.at.secs() > 170.0, "{}", o.at.secs());
    }
    println!("live: {:.1} % from one another", offload(&outcomes) * 100.0);
}

#[test]
fn a_live_of_half_an_hour_keeps_no_more_than_its_window() {
    let mut world = World::<Bytes>::new(6).without_log();
    world.add(Viewer {
        source: format!("{LIVE}index.m3u8"),
        integrity: Integrity::Unknown,
        p2p: P2p::Off,
        ..viewer(0)
    });
    let outcome = world.run(seconds(1_800)).remove(0);
    println!("half an hour: {} blobs, {} stalls, {:?}", outcome.shelved, outcome.stalls, outcome.stats);
    assert!(outcome.failed.is_none() && outcome.stalls == 0, "{outcome:?}");
    assert!(outcome.shelved <= 6 + 3, "six segments are listed: {} are kept", outcome.shelved);
}

#[test]
fn a_page_in_place_of_a_playlist_is_the_origins_fault() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("master.m3u8", Fault::Body("<!doctype html><p>Hello"))];
    world.add(viewer(0));
    let outcomes = world.run(seconds(5));
    let fault = outcomes[0].failed.as_ref().expect("it fails");
    assert_eq!((fault.culprit, fault.name), (Culprit::Origin, "not-a-playlist"));
    assert!(fault.message.contains("HTML"), "{}", fault.message);
}

#[test]
fn a_playlist_that_is_not_there_ends_in_one_error_and_few_requests() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("master.m3u8", Fault::Status(404))];
    world.add(viewer(0));
    let outcomes = world.run(seconds(60));
    assert!(outcomes[0].failed.is_some());
    assert_eq!(world.origin.requests.values().sum::<u32>(), 1);
}

#[test]
fn a_variant_that_is_not_there_is_replaced_by_another() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("360.m3u8", Fault::Status(404))];
    world.add(viewer(0));
    assert_smooth(&world.run(seconds(70)));
}

/// One variant at two places.
const MIRRORED: &str = "#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\"
a/360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\"
b/360.m3u8
";

#[test]
fn a_redundant_variant_stands_in_for_a_playlist_or_a_segment_that_is_not_there() {
    for gone in ["a/360.m3u8", "a/360-fragmented"] {
        let mut world = World::<Bytes>::new(1);
        world.origin.faults = vec![("master.m3u8", Fault::Body(MIRRORED)), (gone, Fault::Status(404))];
        world.add(viewer(0));
        let outcomes = world.run(seconds(75));
        assert_smooth(&outcomes);
        let asked = world.origin.requests.iter().filter(|(url, _)| url.contains(gone)).map(|(_, n)| n);
        let asked: u32 = asked.sum();
        assert!(asked < 16, "{asked} requests where it is not");
    }
}

#[test]
fn a_steering_server_says_which_place_to_use_and_names_new_ones() {
    let master = "#EXTM3U
#EXT-X-CONTENT-STEERING:SERVER-URI=\"steering.json\",PATHWAY-ID=\"a\"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\",PATHWAY-ID=\"a\",STABLE-VARIANT-ID=\"v\"
a/360.m3u8
";
    let manifest = "{\"VERSION\":1,\"TTL\":20,\"PATHWAY-PRIORITY\":[\"b\",\"a\"],\"PATHWAY-CLONES\":[{\"BASE-ID\":\"a\",\"ID\":\"b\",
        \"URI-REPLACEMENT\":{\"PER-VARIANT-URIS\":{\"v\":\"https://origin.test/vod/b/360.m3u8\"}}}]}";
    let mut world = World::<Bytes>::new(1);
    world.origin.faults =
        vec![("master.m3u8", Fault::Body(master)), ("steering.json", Fault::Body(manifest))];
    world.add(viewer(0));
    assert_smooth(&world.run(seconds(75)));
    let asked = |part: &str| -> u32 {
        world.origin.requests.iter().filter(|(url, _)| url.contains(part)).map(|(_, n)| n).sum()
    };
    assert!(asked("/b/360-") > asked("/a/360-"), "{:?}", world.origin.requests);
    assert_eq!(asked("steering.json?_HLS_pathway=a"), 1, "{:?}", world.origin.requests);
    assert!(asked("steering.json?_HLS_pathway=b") >= 2, "as often as it says");
}

#[test]
fn where_no_place_has_it_a_redundant_variant_is_no_way_round_in_circles() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults =
        vec![("master.m3u8", Fault::Body(MIRRORED)), ("360-fragmented", Fault::Status(404))];
    world.add(viewer(0));
    let outcomes = world.run(seconds(120));
    assert!(outcomes[0].failed.is_some());
    assert!(world.origin.requests.values().sum::<u32>() < 40, "{:?}", world.origin.requests);
}

#[test]
fn a_response_cut_short_is_resumed_where_it_broke() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("360-fragmented", Fault::CutAt(60_000))];
    world.add(viewer(0));
    let outcomes = world.run(seconds(90));
    assert!(outcomes[0].failed.is_none(), "{:?}", outcomes[0].failed);
    assert!(outcomes[0].ended);
}

#[test]
fn an_origin_that_loses_every_segment_is_named_and_not_hammered() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("fragmented.mp4", Fault::Status(404))];
    world.add(viewer(0));
    let outcomes = world.run(seconds(60));
    let fault = outcomes[0].failed.as_ref().expect("it fails");
    assert_eq!(fault.culprit, Culprit::Origin);
    assert!(world.origin.requests.values().sum::<u32>() < 30, "{:?}", world.origin.requests);
}

#[test]
fn a_metered_viewer_takes_but_gives_nothing() {
    let mut world = World::<Bytes>::new(8);
    world.add(Viewer { metered: true, ..viewer(0) });
    world.add(viewer(5));
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    assert_eq!(outcomes[0].stats.uploaded_bytes, 0);
    assert_eq!(outcomes[1].stats.p2p_bytes, 0);
}

#[test]
fn an_upload_cap_below_the_bit_rate_is_kept_and_costs_no_stall() {
    let mut world = World::<Bytes>::new(8);
    world.add(Viewer { up: Bitrate(200_000.0), ..viewer(0) });
    world.add(viewer(5));
    let outcomes = world.run(seconds(80));
    assert_smooth(&outcomes);
    let given = outcomes[0].stats.uploaded_bytes as f64 * 8.0;
    assert!(given <= 200_000.0 * 60.0 + 1_000_000.0, "{given} bits in a minute");
}

/// The clip's variants take 172 and 337 kbit/s.
fn over_links(first: f64, then: &[(u64, f64)]) -> (Outcome, u64) {
    let mut world = World::<Bytes>::new(1);
    let down = Bitrate(first * 1000.0);
    let node = world.add(Viewer { down, p2p: P2p::Off, ..viewer(0) });
    for &(from, down) in then {
        world.link(node, seconds(from), Bitrate(down * 1000.0));
    }
    let mut outcomes = world.run(seconds(100));
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    (outcomes.remove(0), world.origin.sent)
}

#[test]
fn a_network_that_slows_down_costs_quality_and_no_stall() {
    let (outcome, _) = over_links(2_000.0, &[(6, 150.0)]);
    println!("{:?}", outcome.variants);
    assert_smooth(std::slice::from_ref(&outcome));
    assert_eq!(outcome.variants, [1, 0]);
}

#[test]
fn a_network_that_recovers_brings_the_quality_back() {
    let (outcome, _) = over_links(2_000.0, &[(4, 150.0), (30, 2_000.0)]);
    println!("{:?}", outcome.variants);
    assert_smooth(std::slice::from_ref(&outcome));
    assert_eq!(outcome.variants, [1, 0, 1]);
}

#[test]
fn a_network_that_collapses_before_there_is_a_buffer_is_left_in_time() {
    let (outcome, _) = over_links(600.0, &[(5, 200.0)]);
    println!("{:?} {:?}", outcome.variants, outcome.stats);
    assert_smooth(std::slice::from_ref(&outcome));
}

#[test]
fn a_network_that_flutters_does_not_make_the_quality_flutter() {
    let flutter: Vec<(u64, f64)> = (1..20).map(|i| (i * 3, if i % 2 == 0 { 900.0 } else { 200.0 })).collect();
    let (outcome, _) = over_links(900.0, &flutter);
    println!("{:?}", outcome.variants);
    assert_smooth(std::slice::from_ref(&outcome));
    assert!(outcome.variants.len() <= 4, "{:?}", outcome.variants);
}

#[test]
fn a_late_rise_is_seen_at_once_and_hardly_anything_is_fetched_twice() {
    let (outcome, sent) = over_links(260.0, &[(12, 8_000.0)]);
    println!("{:?} {sent}", outcome.variants);
    assert_smooth(std::slice::from_ref(&outcome));
    assert_eq!(outcome.variants.last(), Some(&1));
    assert!(sent < 2_421_546 * 5 / 4, "{sent} bytes for a film of 2.4 MB");
}

/// The clip again in place of sounds of their own.
const TWO_SOUNDS: &str = "#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"s\",NAME=\"one\",DEFAULT=YES,URI=\"240.m3u8\"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"s\",NAME=\"two\",URI=\"a/240.m3u8\"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\",AUDIO=\"s\"
360.m3u8
";

#[test]
fn a_sound_that_is_chosen_takes_the_place_of_what_was_loaded_of_the_other() {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = vec![("master.m3u8", Fault::Body(TWO_SOUNDS))];
    let node = world.add(Viewer { p2p: P2p::Off, ..viewer(0) });
    // By then all of the film is loaded, with the other sound.
    world.listen_to(node, seconds(10), 1);
    let outcomes = world.run(seconds(70));
    assert_smooth(&outcomes);
    let asked = |name: &str| world.origin.requests.get(&format!("{BASE}{name}-fragmented.mp4")).copied();
    // The init, and the segments from 16 s on: the one that plays at 9 s and the next stay as they were.
    assert_eq!(asked("a/240"), Some(1 + 11));
    assert_eq!(asked("360"), Some(1 + 15), "the picture is loaded once");
}

#[test]
fn a_small_picture_is_given_no_more_than_it_shows() {
    for (viewport, variant) in [((426, 240), 0), ((427, 241), 1), ((0, 0), 1)] {
        let mut world = World::<Bytes>::new(1);
        world.add(Viewer { viewport: Some(viewport), ..viewer(0) });
        let outcomes = world.run(seconds(70));
        assert_smooth(&outcomes);
        assert_eq!(outcomes[0].variants, [variant], "{viewport:?}");
    }
}
