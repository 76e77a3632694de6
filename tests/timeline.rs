//! Where segments lie, and how reloads join.

#[path = "timeline/edge.rs"]
mod edge;

use sprat::engine::playlist::{Control, Media, Segment};
use sprat::engine::time::{MediaTime, Millis, Span};
use sprat::engine::timeline::{Refresh, Timeline};

const NEW_YEAR: i64 = 1_767_225_600_000;

#[test]
fn a_complete_playlist_starts_at_zero_and_counts_from_zero() {
    let timeline = Timeline::new(List { ended: true, ..list(7, 3) }.media(), None);
    assert!(!timeline.is_live());
    assert_eq!(numbers(&timeline), [0, 1, 2]);
    assert_eq!(timeline.window(), span(0.0, 12.0));
    assert_eq!(timeline.start_position(), secs(0.0));
}

#[test]
fn a_live_playlist_starts_at_zero_and_counts_by_media_sequence() {
    let timeline = Timeline::new(list(100, 6).media(), None);
    assert!(timeline.is_live());
    assert_eq!(numbers(&timeline), [100, 101, 102, 103, 104, 105]);
    assert_eq!(timeline.window(), span(0.0, 24.0));
    assert_eq!(timeline.live_position(), secs(12.0), "three target durations before the end");
    assert_eq!(timeline.start_position(), secs(12.0));
}

#[test]
fn a_time_finds_its_segment_and_a_boundary_the_next_one() {
    let timeline = Timeline::new(List { ended: true, ..list(0, 3) }.media(), None);
    let number = |t: f64| timeline.at(secs(t)).map(|e| e.number);
    assert_eq!([number(-1.0), number(0.0), number(3.99), number(4.0)], [Some(0), Some(0), Some(0), Some(1)]);
    assert_eq!(number(3.9998), Some(1), "a seek to a boundary arrives rounded");
    let at_the_end = (number(11.9998), number(12.0), number(99.0));
    assert_eq!(at_the_end, (Some(2), Some(2), Some(2)), "whoever goes to the end sees the last one");
    let live = Timeline::new(list(0, 3).media(), None);
    assert!(live.at(secs(12.0)).is_none(), "more may come");
}

#[test]
fn a_number_finds_its_segment_and_its_successor() {
    let mut timeline = Timeline::new(list(5, 2).media(), None);
    timeline.refresh(list(9, 2).media());
    timeline.refresh(list(9, 3).media());
    assert_eq!(numbers(&timeline), [9, 10, 11]);
    let by = |n: u64| timeline.by_number(n).map(|e| e.number);
    assert_eq!((by(8), by(9), by(11), by(12)), (None, Some(9), Some(11), None));
    let after = |n: u64| timeline.after(n).map(|e| e.number);
    assert_eq!((after(0), after(9), after(10), after(11)), (Some(9), Some(10), Some(11), None));
}

#[test]
fn a_reload_adds_what_is_new_drops_what_is_gone_and_moves_nothing() {
    let mut timeline = Timeline::new(list(10, 4).media(), None);
    let before = timeline.by_number(12).cloned();
    // The publisher rounds differently now; what was placed stays.
    let refresh = timeline.refresh(List { duration: 3.9, ..list(12, 4) }.media());
    assert_eq!(refresh, Refresh { added: 2, ..Refresh::default() });
    assert_eq!(numbers(&timeline), [12, 13, 14, 15]);
    assert_eq!(timeline.by_number(12).cloned(), before);
    assert_eq!(timeline.window(), span(8.0, 16.0 + 2.0 * 3.9));
    let again = timeline.refresh(List { duration: 3.9, ..list(12, 4) }.media());
    assert_eq!(again, Refresh { unchanged: true, ..Refresh::default() });
}

#[test]
fn what_the_media_says_of_a_segment_moves_it_and_all_that_follow() {
    let mut timeline = Timeline::new(list(7, 4).media(), None);
    timeline.move_from(secs(8.0), secs(0.5));
    let spans = |timeline: &Timeline| timeline.entries().iter().map(|e| e.span).collect::<Vec<_>>();
    assert_eq!(spans(&timeline), [span(0.0, 4.0), span(4.0, 8.5), span(8.5, 12.5), span(12.5, 16.5)]);
    timeline.move_from(secs(12.5), secs(-1.0));
    assert_eq!(spans(&timeline), [span(0.0, 4.0), span(4.0, 8.5), span(8.5, 11.5), span(11.5, 15.5)]);
    assert_eq!(timeline.edge(), secs(15.5));
    timeline.refresh(list(8, 4).media());
    assert_eq!(timeline.window(), span(4.0, 19.5), "what comes next goes behind");
}

#[test]
fn a_delta_update_leaves_out_what_is_known_and_moves_nothing() {
    let mut timeline = Timeline::new(list(10, 6).media(), None);
    let mut delta = list(14, 4).media();
    (delta.media_sequence, delta.skipped) = (11, 3);
    let refresh = timeline.refresh(delta);
    assert_eq!(refresh, Refresh { added: 2, ..Refresh::default() });
    assert_eq!(numbers(&timeline), [11, 12, 13, 14, 15, 16, 17]);
    assert_eq!(timeline.window(), span(4.0, 32.0));
}

#[test]
fn a_live_that_ends_keeps_its_numbers() {
    let mut timeline = Timeline::new(list(10, 3).media(), None);
    let refresh = timeline.refresh(List { ended: true, ..list(11, 3) }.media());
    assert_eq!(refresh, Refresh { added: 1, ended_now: true, ..Refresh::default() });
    assert_eq!(numbers(&timeline), [11, 12, 13]);
    assert!(!timeline.is_live());
    assert_eq!(timeline.refresh(list(50, 3).media()), Refresh { unchanged: true, ..Refresh::default() });
    assert_eq!(numbers(&timeline), [11, 12, 13], "an ended stream is over");
}

#[test]
fn a_hole_is_as_long_as_the_dates_say_or_as_the_target_duration_guesses() {
    let mut timeline = Timeline::new(list(10, 3).media(), None);
    timeline.refresh(list(15, 3).media());
    assert_eq!(timeline.window(), span(20.0, 32.0), "two segments of 4 s were missed");

    let mut dated = Timeline::new(List { date: Some(0.0), ..list(10, 3) }.media(), None);
    dated.refresh(List { date: Some(12.0 + 7.5), ..list(15, 3) }.media());
    assert_eq!(dated.window(), span(19.5, 31.5));

    let mut wrong = Timeline::new(List { date: Some(0.0), ..list(10, 3) }.media(), None);
    wrong.refresh(List { date: Some(86_400.0), ..list(15, 3) }.media());
    assert_eq!(wrong.window(), span(20.0, 32.0), "a date that is far off is no measure");
}

#[test]
fn an_old_copy_from_a_cache_changes_nothing() {
    for date in [None, Some(0.0)] {
        let mut timeline = Timeline::new(List { date, ..list(10, 5) }.media(), None);
        let refresh = timeline.refresh(List { date: date.map(|d| d - 8.0), ..list(8, 5) }.media());
        assert_eq!(refresh, Refresh { unchanged: true, ..Refresh::default() });
        assert_eq!(numbers(&timeline), [10, 11, 12, 13, 14]);
        // An empty list says nothing either.
        let refresh = timeline.refresh(list(0, 0).media());
        assert_eq!(refresh, Refresh { unchanged: true, ..Refresh::default() });
        assert_eq!(timeline.entries().len(), 5);
    }
}

#[test]
fn a_stream_that_counts_from_zero_again_is_a_new_one() {
    let mut timeline = Timeline::new(list(500, 5).media(), None);
    let refresh = timeline.refresh(list(0, 2).media());
    assert_eq!(refresh, Refresh { added: 2, restarted: true, ..Refresh::default() });
    assert_eq!(numbers(&timeline), [0, 1]);
    assert_eq!(timeline.window(), span(20.0, 28.0), "it goes on where the old one stopped");
}

#[test]
fn a_new_session_under_the_same_names_is_told_by_its_dates() {
    // A permanent live: the first session was short, the second reuses numbers and URLs minutes later.
    for length in [2, 5, 9] {
        let mut timeline = Timeline::new(List { date: Some(0.0), ..list(0, 5) }.media(), None);
        let refresh = timeline.refresh(List { date: Some(600.0), ..list(0, length) }.media());
        assert_eq!(refresh, Refresh { added: length, restarted: true, ..Refresh::default() });
    }
    // A clock that was corrected by a second is the same session.
    let mut timeline = Timeline::new(List { date: Some(0.0), ..list(0, 5) }.media(), None);
    assert_eq!(timeline.refresh(List { date: Some(1.0), ..list(0, 6) }.media()).added, 1);
}

#[test]
fn without_dates_a_shorter_list_is_new_when_it_lags_far_or_names_other_files() {
    let mut timeline = Timeline::new(list(0, 12).media(), None);
    assert!(timeline.refresh(list(0, 2).media()).restarted, "no cache lags by ten segments");
    let mut timeline = Timeline::new(list(0, 5).media(), None);
    assert!(timeline.refresh(List { path: "other/", ..list(0, 4) }.media()).restarted);
    let mut timeline = Timeline::new(list(0, 5).media(), None);
    assert!(timeline.refresh(list(1 << 40, 4).media()).restarted, "no hole is that long");
}

#[test]
fn a_new_access_token_reaches_segments_that_are_known() {
    let mut timeline = Timeline::new(List { query: "?t=1", ..list(10, 4) }.media(), None);
    timeline.refresh(List { query: "?t=2", ..list(11, 4) }.media());
    assert_eq!(numbers(&timeline), [11, 12, 13, 14]);
    assert!(timeline.entries().iter().all(|e| e.segment.url.ends_with("?t=2")));
    assert_eq!(timeline.window(), span(4.0, 20.0));
}

#[test]
fn a_live_that_was_empty_at_first_starts_without_a_hole() {
    let mut timeline = Timeline::new(list(0, 0).media(), None);
    assert_eq!((timeline.window(), timeline.start_position()), (span(0.0, 0.0), secs(0.0)));
    assert!(timeline.at(secs(0.0)).is_none());
    assert_eq!(timeline.refresh(list(1 << 40, 3).media()).added, 3);
    assert_eq!(timeline.window(), span(0.0, 12.0));
    assert_eq!(numbers(&timeline)[0], 1 << 40);
}

#[test]
fn another_rendition_of_a_live_is_lined_up_by_date() {
    let video = Timeline::new(List { date: Some(0.0), ..list(100, 5) }.media(), None);
    // Other numbers, other segment lengths, half a second off.
    let audio = List { date: Some(8.5), duration: 5.0, ..list(3, 2) }.media();
    assert_eq!(Timeline::new(audio, Some(&video)).window(), span(8.5, 18.5));
    let earlier = List { date: Some(-4.0), ..list(3, 5) }.media();
    assert_eq!(Timeline::new(earlier, Some(&video)).window(), span(-4.0, 16.0));
}

#[test]
fn without_believable_dates_it_is_lined_up_by_number() {
    let video = Timeline::new(list(100, 5).media(), None);
    assert_eq!(Timeline::new(list(102, 5).media(), Some(&video)).window(), span(8.0, 28.0));
    assert_eq!(Timeline::new(list(98, 5).media(), Some(&video)).window(), span(-8.0, 12.0));
    assert_eq!(Timeline::new(list(105, 2).media(), Some(&video)).window(), span(20.0, 28.0));
    let dated = Timeline::new(List { date: Some(0.0), ..list(100, 5) }.media(), None);
    let wrong = List { date: Some(9_999.0), ..list(101, 5) }.media();
    assert_eq!(Timeline::new(wrong, Some(&dated)).window(), span(4.0, 24.0));
}

#[test]
fn with_neither_it_is_lined_up_at_the_live_end() {
    let video = Timeline::new(list(100, 5).media(), None);
    assert_eq!(Timeline::new(list(7, 3).media(), Some(&video)).window(), span(8.0, 20.0));
    // A complete playlist needs no lining up.
    let vod = List { ended: true, ..list(100, 5) }.media();
    assert_eq!(Timeline::new(vod, Some(&video)).window(), span(0.0, 20.0));
}

#[test]
fn a_rendition_that_is_first_seen_when_the_live_has_ended_joins_all_the_same() {
    let mut video = Timeline::new(list(100, 5).media(), None);
    let ended = |first, count| List { ended: true, ..list(first, count) }.media();
    video.refresh(ended(102, 5));
    let other = Timeline::new(ended(103, 4), Some(&video));
    assert_eq!(other.window(), span(12.0, 28.0));
    assert_eq!(numbers(&other), [103, 104, 105, 106]);
    assert!(!other.is_live());
}

#[test]
fn a_live_position_keeps_the_hold_back_and_the_window() {
    let at = |hold_back: Option<f64>, count| {
        Timeline::new(List { hold_back, ..list(0, count) }.media(), None).live_position()
    };
    assert_eq!(at(Some(10.0), 6), secs(14.0));
    assert_eq!(at(Some(0.1), 6), secs(20.0), "closer than one target duration cannot be");
    assert_eq!(at(None, 2), secs(0.0));
}

#[test]
fn a_start_is_where_the_publisher_says_within_reason() {
    let vod = |start: f64| {
        let media = Media { start: Some(secs(start)), ..List { ended: true, ..list(0, 3) }.media() };
        Timeline::new(media, None).start_position()
    };
    assert_eq!([vod(5.0), vod(-5.0), vod(-99.0), vod(99.0)], [secs(5.0), secs(7.0), secs(0.0), secs(8.0)]);
    let live = Media { start: Some(secs(-1.0)), ..list(0, 6).media() };
    assert_eq!(Timeline::new(live, None).start_position(), secs(12.0), "not into the last three durations");
}

#[test]
fn a_start_in_a_gap_is_behind_the_gap() {
    let mut media = List { ended: true, ..list(0, 4) }.media();
    media.segments[0].gap = true;
    media.segments[1].gap = true;
    assert_eq!(Timeline::new(media, None).start_position(), secs(8.0));
}

#[test]
fn a_reload_is_due_after_a_target_duration_or_half_of_it() {
    let timeline = Timeline::new(list(0, 3).media(), None);
    assert_eq!((timeline.reload_after(true), timeline.reload_after(false)), (Millis(4_000), Millis(2_000)));
    let hasty = Media { target_duration: secs(0.0), ..list(0, 3).media() };
    assert_eq!(Timeline::new(hasty, None).reload_after(false), Millis(500), "an origin is not hammered");
}

#[test]
fn spans_and_numbers_stay_in_order_whatever_reloads_say() {
    // A plain generator: the seed is the story, and it is printed on failure.
    for seed in 0..300_u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut roll = |n: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % n
        };
        let mut timeline = Timeline::new(list(roll(50), roll(5) as usize).media(), None);
        for _ in 0..40 {
            let date = (roll(2) == 0).then(|| roll(1_000) as f64 - 500.0);
            let first = if roll(20) == 0 { (1 << 53) - 1 - roll(3) } else { roll(60) };
            let duration = [0.001, 4.0, 86_400.0][roll(3) as usize];
            let next = List { date, duration, ended: roll(60) == 0, ..list(first, roll(8) as usize) };
            let before: Vec<_> = timeline.entries().to_vec();
            let refresh = timeline.refresh(next.media());
            let entries = timeline.entries();
            assert!(refresh.added <= entries.len(), "seed {seed}");
            for (a, b) in entries.iter().zip(entries.iter().skip(1)) {
                assert!(a.number <= b.number && a.span.end <= b.span.start, "seed {seed}: {a:?} {b:?}");
            }
            if !refresh.restarted {
                for old in before {
                    let now = timeline.by_number(old.number);
                    assert!(now.is_none_or(|e| e.span == old.span), "seed {seed}: {old:?} moved");
                }
            }
            let at = timeline.start_position();
            assert!(at >= timeline.window().start && at <= timeline.window().end, "seed {seed}");
        }
    }
}

/// A media playlist in a few words.
#[derive(Clone, Copy)]
struct List {
    first: u64,
    count: usize,
    duration: f64,
    ended: bool,
    /// Seconds after new year at the first segment's start.
    date: Option<f64>,
    hold_back: Option<f64>,
    path: &'static str,
    query: &'static str,
}

fn list(first: u64, count: usize) -> List {
    List { first, count, duration: 4.0, ended: false, date: None, hold_back: None, path: "", query: "" }
}

impl List {
    fn media(self) -> Media {
        let segment = |i: usize| Segment {
            url: format!(
                "https://example.com/{}{}.mp4{}",
                self.path,
                self.first.wrapping_add(i as u64),
                self.query
            )
            .into(),
            range: None,
            duration: secs(self.duration),
            init: None,
            discontinuity: 0,
            gap: false,
            date_ms: self.date.map(|d| NEW_YEAR + ((d + i as f64 * self.duration) * 1000.0) as i64),
            ..Segment::default()
        };
        Media {
            target_duration: secs(4.0),
            media_sequence: self.first,
            skipped: 0,
            discontinuity_sequence: 0,
            ended: self.ended,
            segments: (0..self.count).map(segment).collect(),
            control: Control { hold_back: self.hold_back.map(secs), ..Control::default() },
            ..Media::default()
        }
    }
}

fn numbers(timeline: &Timeline) -> Vec<u64> {
    timeline.entries().iter().map(|e| e.number).collect()
}

fn secs(s: f64) -> MediaTime {
    MediaTime::from_secs(s)
}

fn span(start: f64, end: f64) -> Span {
    Span::new(secs(start), secs(end))
}
