//! What captions say, in every format they come in. WebVTT segments here; the other formats in `text/`, and what
//! hostile ones cannot do in `hostile`. The MP4 fixtures were made by shaka-packager.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

#[path = "text/hostile.rs"]
mod hostile;
#[path = "text/line21.rs"]
mod line21;
#[path = "text/mp4.rs"]
mod mp4;
#[path = "text/parcel.rs"]
mod parcel;
#[path = "text/task.rs"]
mod task;
#[path = "text/ttml.rs"]
mod ttml;

use sprat::engine::text::{Cue, TextError, TimestampMap, Twice, WebVtt};
use sprat::engine::time::{MediaTime, Span};

#[test]
fn a_segment_reads_as_its_publisher_means_it() {
    let text = "\u{feff}WEBVTT - a title\r\nX-TIMESTAMP-MAP=LOCAL:00:00:01.000,MPEGTS:900000\r\n\r\n\
                STYLE\r\n::cue { color: red }\r\n\r\nREGION\r\nid:fred\r\n\r\nNOTE\r\nnot a cue\r\n\r\n\
                first\r\n00:01.000 --> 00:02.500 line:80% align:start \r\n<i>One</i> &amp; two\r\nmore\r\n\r\n\r\n\
                100:00:00.067 --> 100:00:01.000\r\nlate";
    let mut segment = open(text);
    let map = TimestampMap { mpegts: MediaTime::from_ticks(900_000), local: secs(1.0) };
    assert_eq!(segment.timestamp_map(), Some(map));
    let first = Cue {
        id: "first".into(),
        start: secs(1.0),
        end: secs(2.5),
        settings: "line:80% align:start".into(),
        text: "<i>One</i> &amp; two\nmore".into(),
    };
    assert_eq!(segment.next(), Some(first));
    assert_eq!(segment.styles(), ["::cue { color: red }"]);
    let late = cue(360_000.067, 360_001.0, "late");
    assert_eq!(segment.next(), Some(late));
    assert_eq!(segment.next(), None);
}

#[test]
fn line_ends_of_every_kind_are_the_same() {
    let text = "WEBVTT\n\na\n00:01.000 --> 00:02.000\none\ntwo\n\n\n00:03.000 --> 00:04.000\nthree\n";
    let cues = read(text);
    assert_eq!(cues.len(), 2);
    assert_eq!(read(&text.replace('\n', "\r\n")), cues);
    assert_eq!(read(&text.replace('\n', "\r")), cues);
    assert_eq!(read(&format!("\u{feff}{}", text.trim_end())), cues);
}

#[test]
fn the_map_is_read_in_either_order_and_dropped_when_it_makes_no_sense() {
    let map = |line: &str| open(&format!("WEBVTT\n{line}\n\n00:01.000 --> 00:02.000\nx")).timestamp_map();
    let good = TimestampMap { mpegts: MediaTime::from_ticks(180_000), local: secs(10.0) };
    assert_eq!(map("X-TIMESTAMP-MAP=MPEGTS:180000,LOCAL:00:00:10.000"), Some(good));
    assert_eq!(map("X-TIMESTAMP-MAP=LOCAL:00:10.000, MPEGTS:180000"), Some(good));
    assert_eq!(map("X-TIMESTAMP-MAP = MPEGTS:8590114592,LOCAL:00:10.000"), Some(good), "beyond 33 bits");
    let late = "\nX-TIMESTAMP-MAP=MPEGTS:180000,LOCAL:00:00:10.000";
    let mut segment = open(&format!("WEBVTT\n{late}\n\n00:01.000 --> 00:02.000\nx"));
    assert!(segment.next().is_some());
    assert_eq!(segment.timestamp_map(), Some(good), "a header cut in two by an empty line");
    for line in [
        "",
        "X-TIMESTAMP-MAP",
        "X-TIMESTAMP-MAP=",
        "X-TIMESTAMP-MAP=MPEGTS:1",
        "X-TIMESTAMP-MAP=MPEGTS:x,LOCAL:0",
    ] {
        assert_eq!(map(line), None, "{line}");
    }
}

#[test]
fn an_authors_mistake_costs_its_own_block() {
    let text = "WEBVTT\n00:01.000 --> 00:02.000\nright below the header\n\n\
                00:0x.000 --> 00:02.000\nnot a time\n\n\
                00:05.000 --> 00:04.000\nbackwards\n\n\
                1 --> 2\nnot either\n\n\
                id\nsecond line\n00:06.000 --> 00:07.000\nafter two lines\n\
                00:08,5-->00:09\nnothing between\nline:1 --> x\n\nlast words without time";
    let texts: Vec<_> = read(text).into_iter().map(|c| (c.start, c.text)).collect();
    let expected = [
        (secs(1.0), "right below the header".to_owned()),
        (secs(6.0), "after two lines".to_owned()),
        (secs(8.5), "nothing between".to_owned()),
    ];
    assert_eq!(texts, expected);
    assert_eq!(read(""), []);
    assert_eq!(read("WEBVTT"), []);
    for other in ["WEBVTTX\n", "<!doctype html>", "1\n00:00:01,000 --> 00:00:02,000\nSubRip", "\n\nWEBVTT"] {
        assert_eq!(WebVtt::open(other.as_bytes()).err(), Some(TextError::NotWebVtt), "{other}");
    }
    assert_eq!(WebVtt::open(&vec![b'W'; 5 << 20]).err(), Some(TextError::TooLong));
    let latin_1 = b"WEBVTT\n\n00:01.000 --> 00:02.000\nd\xe9j\xe0\0";
    assert_eq!(WebVtt::open(latin_1).unwrap().next().unwrap().text, "d\u{fffd}j\u{fffd}\u{fffd}");
}

#[test]
fn cues_find_their_place_in_the_programme() {
    let day = secs(f64::from(1 << 30) * 8.0 / 90_000.0);
    let map = TimestampMap { mpegts: MediaTime::from_ticks(900_000), local: secs(0.0) };
    // The media begins at 10 s of its clock, which is the programme's beginning.
    assert_eq!(map.distance(secs(4.0), secs(4.0), secs(-10.0)), secs(0.0));
    // Without a map zero is zero.
    assert_eq!(TimestampMap::default().distance(secs(4.0), secs(2.6), secs(-1.4)), secs(-1.4));
    // The media's clock turns over after 5 s of programme; a map beyond that has started again.
    let wrapped = TimestampMap { mpegts: MediaTime::from_ticks(90_000), local: secs(0.0) };
    let offset = secs(5.0) - day;
    assert_eq!(wrapped.distance(secs(0.0), secs(6.0), offset), secs(6.0));
    // Cue times that run on past a turn need no help.
    assert_eq!(map.distance(day + secs(9.0), day + secs(9.0), secs(-10.0)), secs(0.0));
    // A map that is counted on, cue times that are not.
    assert_eq!(wrapped.distance(secs(2.0), day + day + secs(3.0), secs(0.0)), secs(1.0) + day + day);
    let far = MediaTime::from_ticks(i64::MAX);
    let _ = map.distance(far, MediaTime::from_ticks(i64::MIN), far);
    assert_eq!(cue(1.0, 2.0, "x").moved(secs(3.0)), cue(4.0, 5.0, "x"));
}

#[test]
fn a_cue_that_stands_in_two_segments_is_given_once() {
    let mut twice = Twice::default();
    let long = cue(1.0, 9.0, "long");
    assert!(twice.is_new(&long));
    assert!(!twice.is_new(&Cue { id: "other".into(), ..long.clone() }));
    assert!(twice.is_new(&cue(1.0, 9.0, "another")));
    assert!(twice.is_new(&cue(1.0, 8.0, "long")));
    twice.keep(Span::new(secs(8.0), secs(20.0)));
    assert!(twice.is_new(&cue(1.0, 8.0, "long")), "it was taken away");
    assert!(!twice.is_new(&long));
    for i in 0..2000 {
        assert!(twice.is_new(&cue(f64::from(i) + 100.0, f64::from(i) + 101.0, "x")));
    }
    assert!(twice.is_new(&long), "forgotten with time");
}

fn open(text: &str) -> WebVtt {
    WebVtt::open(text.as_bytes()).unwrap()
}

fn read(text: &str) -> Vec<Cue> {
    open(text).collect()
}

fn cue(start: f64, end: f64, text: &str) -> Cue {
    Cue { start: secs(start), end: secs(end), text: text.to_owned(), ..Cue::default() }
}

fn secs(s: f64) -> MediaTime {
    MediaTime::from_secs(s)
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/text/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}
