//! Stories of browsers that fail: decoders, SourceBuffers, codecs, playheads that stand. Playback never gives up
//! while there is something to play, and when it does, it says whose fault it was.

use crate::element::{Cure, Trouble};
use crate::origin::{BASE, Fault};
use crate::world::{Outcome, Viewer, World};
use crate::{seconds, viewer};
use sprat::engine::config::P2p;
use sprat::engine::error::Culprit;
use sprat::engine::id::Track;
use sprat::engine::payload::Bytes;
use sprat::engine::time::MediaTime;

/// The middle of the clip's sixth segment.
const PLACE: f64 = 22.0;
const ALWAYS: u32 = u32::MAX;

fn at(seconds: f64) -> MediaTime {
    MediaTime::from_secs(seconds)
}

/// The middle of every segment of the clip.
fn everywhere(trouble: impl Fn(MediaTime) -> Trouble) -> Vec<Trouble> {
    (0..15).map(|i| trouble(at(f64::from(i) * 4.0 + 2.0))).collect()
}

/// Plays the clip alone; gives the outcome, and what was ordered and heard.
fn alone(troubles: &[Trouble], faults: Vec<(&'static str, Fault)>) -> (Outcome, Vec<String>) {
    let mut world = World::<Bytes>::new(1);
    world.origin.faults = faults;
    let node = world.add(Viewer { p2p: P2p::Off, ..viewer(0) });
    world.trouble(node, troubles);
    let outcome = world.run(seconds(110)).remove(0);
    if std::env::var_os("SIM_LOG").is_some() {
        world.log.iter().for_each(|line| println!("{line}"));
    }
    (outcome, world.log)
}

fn count(log: &[String], what: &str) -> usize {
    log.iter().filter(|line| line.contains(what)).count()
}

/// Where a seek in the log goes.
fn ticks(line: Option<&String>) -> i64 {
    let line = line.expect("a seek");
    let number = line.rsplit("MediaTime(").next().and_then(|rest| rest.split(')').next());
    number.and_then(|n| n.parse().ok()).expect("a time in ticks")
}

fn assert_played(outcome: &Outcome) {
    assert!(outcome.failed.is_none(), "{:?}", outcome.failed);
    assert!(outcome.ended, "at {} s, {:?}", outcome.at.secs(), outcome.warned);
    assert_eq!(outcome.altered_appends, 0);
}

#[test]
fn a_decoder_that_fails_goes_on_where_it_failed_with_a_new_media_source() {
    let (outcome, log) = alone(&[Trouble::Undecodable(at(PLACE), 1)], vec![]);
    assert_played(&outcome);
    assert_eq!(outcome.warned, ["decode-failed"]);
    assert_eq!(count(&log, "> Renew"), 1);
    let resumed: i64 =
        ticks(log.iter().skip_while(|l| !l.contains("> Renew")).find(|l| l.contains("> Seek")));
    assert!((resumed - at(PLACE).ticks()).abs() < MediaTime::RATE / 2, "{resumed}");
}

#[test]
fn a_decoder_that_fails_again_is_given_the_whole_segment_and_then_goes_on_behind_it() {
    let (outcome, log) = alone(&[Trouble::Undecodable(at(PLACE), ALWAYS)], vec![]);
    assert_played(&outcome);
    assert_eq!(outcome.warned, ["decode-failed"; 3]);
    let begun_again = (20 * MediaTime::RATE).to_string();
    assert_eq!(log.iter().filter(|l| l.contains("> Seek") && l.contains(&begun_again)).count(), 1);
    let resumed = ticks(log.iter().rev().find(|l| l.contains("> Seek")));
    assert_eq!(resumed, 24 * MediaTime::RATE);
}

#[test]
fn a_stream_of_which_nothing_can_be_decoded_fails_with_its_own_fault() {
    let (outcome, log) = alone(&everywhere(|t| Trouble::Undecodable(t, ALWAYS)), vec![]);
    let fault = outcome.failed.expect("it fails");
    assert_eq!((fault.culprit, fault.name), (Culprit::Media, "decode-failed"));
    assert!(count(&log, "> Renew") <= 8, "{}", count(&log, "> Renew"));
}

#[test]
fn a_segment_that_cannot_be_appended_is_fetched_and_tried_once_more() {
    let fetches = |log: &[String]| count(log, "> FetchStream");
    let (_, healthy) = alone(&[], vec![]);
    let (outcome, log) = alone(&[Trouble::Unappendable(at(PLACE), 1)], vec![]);
    assert_played(&outcome);
    assert_eq!(outcome.warned, ["append-failed"]);
    println!("{} fetches, {} in health", fetches(&log), fetches(&healthy));
    assert!(fetches(&log) <= fetches(&healthy) + 2);
}

#[test]
fn another_variant_stands_in_for_a_segment_that_cannot_be_appended() {
    let (outcome, log) = alone(&[Trouble::Unappendable(at(PLACE), 2)], vec![]);
    assert_played(&outcome);
    assert_eq!(outcome.warned, ["append-failed", "append-failed"]);
    assert!(outcome.variants.len() >= 2, "{:?}", outcome.variants);
    assert_eq!(count(&log, "> Renew"), 2);
    assert!(outcome.stats.stalled_ms < 500, "{:?}", outcome.stats);
}

#[test]
fn a_segment_that_no_variant_gives_is_a_gap_and_jumped_over() {
    let (outcome, _) = alone(&[Trouble::Unappendable(at(PLACE), ALWAYS)], vec![]);
    assert_played(&outcome);
    assert!(outcome.warned.iter().all(|name| *name == "append-failed"), "{:?}", outcome.warned);
    assert_eq!(outcome.warned.len(), 4, "twice for each of two variants");
}

#[test]
fn a_stream_of_which_nothing_can_be_appended_fails_and_does_not_hammer_the_origin() {
    let (outcome, log) = alone(&everywhere(|t| Trouble::Unappendable(t, ALWAYS)), vec![]);
    let fault = outcome.failed.expect("it fails");
    assert_eq!((fault.culprit, fault.name), (Culprit::Media, "append-failed"));
    assert!(count(&log, "> FetchStream") < 60, "{}", count(&log, "> FetchStream"));
}

#[test]
fn a_codec_that_is_refused_takes_its_variants_out_and_the_others_play() {
    const MASTER: &str = "#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"av01.0.01M.08,mp4a.40.2\"
360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=426x240,CODECS=\"avc1.64000d,mp4a.40.2\"
240.m3u8
";
    let troubles = [Trouble::RefusedOnce(Track::Video)];
    let (outcome, _) = alone(&troubles, vec![("master.m3u8", Fault::Body(MASTER))]);
    assert_played(&outcome);
    assert_eq!(outcome.warned, ["codec-not-supported"]);
    assert_eq!(outcome.variants.len(), 2, "{:?}", outcome.variants);
}

/// The clip again in place of a sound of its own.
const APART: &str = "#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"one\",DEFAULT=YES,URI=\"240.m3u8\"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\",AUDIO=\"a\"
360.m3u8
";

#[test]
fn a_track_that_is_refused_is_named_and_the_other_plays() {
    for track in [Track::Audio, Track::Video] {
        let (outcome, log) = alone(&[Trouble::RefusedOnce(track)], vec![("master.m3u8", Fault::Body(APART))]);
        assert_played(&outcome);
        assert_eq!(outcome.warned, ["track-unplayable"]);
        assert_eq!(count(&log, "> Renew"), 0);
    }
}

#[test]
fn where_every_track_is_refused_the_codec_is_named() {
    let troubles = [Trouble::RefusedOnce(Track::Video)];
    let (outcome, _) = alone(&troubles, vec![("master.m3u8", Fault::Body(ALONE))]);
    let fault = outcome.failed.expect("it fails");
    assert_eq!((fault.culprit, fault.name), (Culprit::Browser, "codec-not-supported"));
    assert!(fault.message.contains("avc1"), "{}", fault.message);
}

const ALONE: &str = "#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\"
360.m3u8
";

#[test]
fn a_playhead_that_stands_is_nudged_then_fed_anew_then_given_a_new_media_source() {
    for (cure, seeks, removals, renewals) in
        [(Cure::Nudges(2), 2, 0, 0), (Cure::Appending, 4, 1, 0), (Cure::Renewal, 5, 1, 1)]
    {
        let (outcome, log) = alone(&[Trouble::Stuck(at(PLACE), cure)], vec![]);
        assert_played(&outcome);
        assert!(outcome.warned.iter().all(|name| *name == "playback-stuck"), "{:?}", outcome.warned);
        let stuck: Vec<String> = log.iter().skip_while(|l| !l.contains("playback-stuck")).cloned().collect();
        let orders = (count(&stuck, "> Seek"), count(&stuck, "> Remove").min(1), count(&stuck, "> Renew"));
        assert_eq!(orders.0, seeks, "{cure:?}");
        assert!(orders.1 >= removals, "{cure:?}");
        assert_eq!(orders.2, renewals, "{cure:?}");
    }
}

#[test]
fn a_buffer_that_never_answers_is_left_with_its_media_source() {
    let (outcome, log) = alone(&[Trouble::Hung(at(PLACE))], vec![]);
    assert_played(&outcome);
    assert_eq!((count(&log, "> Renew"), outcome.warned.len()), (1, 1), "{:?}", outcome.warned);
}

#[test]
fn a_playhead_that_nothing_moves_is_an_error_after_each_thing_was_tried_once() {
    let (outcome, log) = alone(&[Trouble::Stuck(at(PLACE), Cure::None)], vec![]);
    let fault = outcome.failed.expect("it fails");
    assert_eq!((fault.culprit, fault.name), (Culprit::Browser, "playback-stuck"));
    assert_eq!(count(&log, "> Renew"), 1);
}

#[test]
fn a_viewer_who_pauses_is_not_stuck() {
    let mut world = World::<Bytes>::new(1);
    let node = world.add(Viewer { p2p: P2p::Off, source: format!("{BASE}master.m3u8"), ..viewer(0) });
    world.play_at(node, 0.0);
    let outcome = world.run(seconds(60)).remove(0);
    assert_eq!((outcome.warned.len(), outcome.failed.is_none()), (0, true));
}
