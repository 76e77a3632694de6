//! Subtitles on the virtual clock: what a page would have of them, and stories of what is there when.

use crate::origin::{Fault, LIVE};
use crate::world::World;
use crate::{assert_smooth, seconds, viewer};
use sprat::engine::config::Integrity;
use sprat::engine::contract::Cue;
use sprat::engine::error::Fault as Said;
use sprat::engine::payload::Bytes;
use sprat::engine::time::{MediaTime, Span};

/// The cues that a page has, by what it was told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captions {
    pub(crate) cues: Vec<Cue>,
    /// All that were ever added.
    pub(crate) added: Vec<Cue>,
    /// Added although they were there.
    pub(crate) twice: u32,
    pub(crate) most: usize,
    /// What was to be read at some moment, by the second.
    pub(crate) read: Vec<(i64, String)>,
    pub(crate) warned: Vec<Said>,
}

impl Captions {
    pub(crate) fn add(&mut self, cues: Vec<Cue>) {
        for cue in cues {
            self.twice += u32::from(self.cues.contains(&cue));
            self.added.push(cue.clone());
            self.cues.push(cue);
        }
        self.most = self.most.max(self.cues.len());
    }

    pub(crate) fn keep(&mut self, span: Span) {
        self.cues.retain(|cue| cue.end > span.start && cue.start < span.end);
    }

    pub(crate) fn shown(&mut self, at: MediaTime, seeking: bool) {
        let active = self.cues.iter().filter(|cue| !seeking && cue.start <= at && at < cue.end);
        let texts: Vec<&str> = active.map(|cue| cue.text.as_str()).collect();
        if !texts.is_empty() {
            let now = ((at.ticks() / MediaTime::RATE), texts.join("+"));
            if self.read.last() != Some(&now) {
                self.read.push(now);
            }
        }
    }
}

const MASTER: &str = "#EXTM3U
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",NAME=\"One\",LANGUAGE=\"en\",URI=\"text.m3u8\"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",NAME=\"Other\",LANGUAGE=\"de\",URI=\"other.m3u8\"
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\",SUBTITLES=\"t\"
360.m3u8
";
/// Six segments of ten seconds; each has its own cue, and one that stands in the next segment too.
const TEXT: &str = "#EXTM3U
#EXT-X-TARGETDURATION:10
#EXTINF:10,
s0.vtt
#EXTINF:10,
s1.vtt
#EXTINF:10,
s2.vtt
#EXTINF:10,
s3.vtt
#EXTINF:10,
s4.vtt
#EXTINF:10,
s5.vtt
#EXT-X-ENDLIST
";
const SEGMENTS: [&str; 6] = [
    "WEBVTT\n\n00:02.000 --> 00:04.000\nzero\n\n00:09.000 --> 00:11.000\nacross\n",
    "WEBVTT\n\n00:09.000 --> 00:11.000\nacross\n\n00:12.000 --> 00:14.000\none\n",
    "WEBVTT\n\n00:22.000 --> 00:24.000\ntwo\n",
    "WEBVTT\n\n00:32.000 --> 00:34.000\nthree\n",
    "WEBVTT\n\n00:42.000 --> 00:44.000\nfour\n",
    "WEBVTT\n\n00:52.000 --> 00:54.000\nfive\n",
];

fn captioned(seed: u64) -> World<Bytes> {
    let mut world = World::<Bytes>::new(seed);
    world.origin.faults = vec![("master.m3u8", Fault::Body(MASTER)), ("text.m3u8", Fault::Body(TEXT))];
    let names = ["s0.vtt", "s1.vtt", "s2.vtt", "s3.vtt", "s4.vtt", "s5.vtt"];
    world.origin.faults.extend(names.into_iter().zip(SEGMENTS.map(Fault::Body)));
    world
}

fn texts(cues: &[Cue]) -> Vec<&str> {
    cues.iter().map(|cue| cue.text.as_str()).collect()
}

#[test]
fn captions_are_there_when_they_are_due_and_come_once() {
    let mut world = captioned(1);
    let node = world.add(viewer(0));
    world.read_along(node, seconds(1), Some(0));
    let outcomes = world.run(seconds(75));
    assert_smooth(&outcomes);
    let captions = &outcomes[0].captions;
    assert_eq!(texts(&captions.added), ["zero", "across", "one", "two", "three", "four", "five"]);
    let seconds_read: Vec<i64> = captions.read.iter().map(|(at, _)| *at).collect();
    assert_eq!(seconds_read, [2, 3, 9, 10, 12, 13, 22, 23, 32, 33, 42, 43, 52, 53]);
    let asked = world.origin.requests.iter().filter(|(url, _)| url.contains(".vtt")).map(|(_, n)| *n);
    assert_eq!(asked.collect::<Vec<_>>(), [1; 6]);
}

#[test]
fn nothing_is_fetched_for_captions_that_nobody_chose_and_nothing_is_left_of_those_that_were() {
    let mut world = captioned(2);
    let node = world.add(viewer(0));
    world.run(seconds(5));
    assert!(!world.origin.requests.keys().any(|url| url.contains("text") || url.contains(".vtt")));
    world.read_along(node, seconds(6), Some(0));
    world.read_along(node, seconds(20), None);
    let outcomes = world.run(seconds(40));
    assert_eq!(outcomes[0].captions.cues, []);
    assert!(outcomes[0].captions.added.len() > 3);
    let before: u32 = world.origin.requests.values().sum();
    assert!(!world.origin.requests.keys().any(|url| url.contains("s5.vtt")), "{before}");
}

#[test]
fn after_a_seek_back_captions_are_there_again_and_none_is_there_twice() {
    let mut world = captioned(3);
    let node = world.add(viewer(0));
    world.read_along(node, seconds(1), Some(0));
    let to = [3.0, 50.0, 8.5, 41.0].map(MediaTime::from_secs);
    world.seek_to(node, to.to_vec());
    let outcomes = world.run(seconds(90));
    assert_smooth(&outcomes);
    let captions = &outcomes[0].captions;
    assert_eq!(captions.twice, 0, "{:?}", captions.added);
    assert!(captions.read.iter().any(|(_, text)| text == "three"), "{:?}", captions.read);
    assert_eq!(captions.read.iter().filter(|(at, _)| *at == 52).count(), 1, "{:?}", captions.read);
}

#[test]
fn captions_that_are_missing_are_one_warning_and_the_rest_is_read() {
    let mut world = captioned(4);
    world.origin.faults.insert(0, ("s1.vtt", Fault::Status(404)));
    world.origin.faults.insert(0, ("s2.vtt", Fault::Body("<html>not here</html>")));
    let node = world.add(viewer(0));
    world.read_along(node, seconds(1), Some(0));
    let outcomes = world.run(seconds(75));
    assert_smooth(&outcomes);
    let captions = &outcomes[0].captions;
    assert_eq!(texts(&captions.added), ["zero", "across", "three", "four", "five"]);
    let names: Vec<&str> = captions.warned.iter().map(|w| w.name).collect();
    assert!(
        (1..=2).contains(&names.len()) && names.iter().all(|n| *n == "captions-unavailable"),
        "{names:?}"
    );
    let asked = world.origin.requests.iter().find(|(url, _)| url.contains("s1.vtt")).map(|(_, n)| *n);
    assert_eq!(asked, Some(1), "what is not there is not asked for again");
}

#[test]
fn a_playlist_of_captions_that_is_none_ends_nothing() {
    let mut world = captioned(5);
    world.origin.faults.insert(0, ("text.m3u8", Fault::Status(404)));
    let node = world.add(viewer(0));
    world.read_along(node, seconds(1), Some(0));
    let outcomes = world.run(seconds(75));
    assert_smooth(&outcomes);
    assert_eq!(outcomes[0].captions.warned.len(), 1);
}

#[test]
fn captions_of_a_live_keep_to_its_pictures_and_do_not_pile_up() {
    let mut world = World::<Bytes>::new(6);
    let node = world.add(crate::Viewer {
        source: format!("{LIVE}captioned.m3u8"),
        integrity: Integrity::Unknown,
        ..viewer(0)
    });
    world.read_along(node, seconds(2), Some(0));
    let outcomes = world.run(seconds(185));
    assert!(outcomes[0].failed.is_none(), "{:?}", outcomes[0].failed);
    let captions = &outcomes[0].captions;
    assert!(captions.added.len() > 40, "{}", captions.added.len());
    let first = &captions.added[0];
    let number = |cue: &Cue| cue.text.parse::<i64>().expect("a number");
    for (i, cue) in captions.added.iter().enumerate() {
        assert_eq!(number(cue), number(first) + i as i64, "each once, in order");
        let after = (cue.start - first.start).secs();
        assert!((after - 4.0 * i as f64).abs() < 0.2, "number {i} is {after} s after the first");
    }
    // The first segment of the window starts where a live's clock does, a minute after zero.
    let begins = (first.start.secs() - 61.0).rem_euclid(4.0);
    assert!(begins.min(4.0 - begins) < 0.2, "a second into its segment, not {begins}");
    assert!(captions.most < 40, "{} at once", captions.most);
    assert!(captions.read.len() > 30, "{:?}", captions.read);
}
