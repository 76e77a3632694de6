//! Tracks that do not fit one SourceBuffer, and samples that the browser has to be given keys for: the engine from
//! playlist to orders, with an origin that is a folder and a browser that takes whatever it is given.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

#[path = "sim/benches.rs"]
mod benches;

use benches::Benches;
use sprat::engine::Engine;
use sprat::engine::config::{Config, Integrity, Naming, P2p, PlayerOptions, Preload};
use sprat::engine::contract::{BufferOutcome, Event, Input, KeysNeeded, Output, Playhead};
use sprat::engine::id::{BlobId, PlayerId, Track};
use sprat::engine::payload::Bytes;
use sprat::engine::task::Work;
use sprat::engine::time::{Instant, MediaTime, Millis, Span};
use sprat::engine::transmux::is_mpeg_audio;
use std::collections::{HashMap, VecDeque};

const BASE: &str = "https://origin.test/";
const PLAYER: PlayerId = PlayerId(1);

/// As Chromium answers.
const CHROMIUM: fn(&str) -> bool = |codec| !is_mpeg_audio(codec) && !codec.starts_with("hvc1");

#[test]
fn mp3_in_a_transport_stream_fills_a_buffer_of_its_own_from_the_same_segments() {
    let page = Page::play("left-out/mp3-ts.m3u8", CHROMIUM);
    let added = page.added();
    assert!(added[0].1.starts_with("video/mp4; codecs=\"avc1."), "{added:?}");
    assert_eq!(added[1], (Track::Audio, "audio/mpeg".to_owned()));
    assert_eq!(added.len(), 2);
    assert_eq!(page.fetched("mp3-"), ["mp3-0.ts", "mp3-1.ts", "mp3-2.ts"], "each once");
    let sound: Vec<_> = page.appended.iter().filter(|a| a.0 == Track::Audio).collect();
    assert_eq!(sound.len(), 3, "raw frames have no initialization section");
    assert!(sound.iter().all(|(_, bytes, _)| bytes[0] == 0xff && bytes[1] & 0xe0 == 0xe0));
    // Each goes where the one before has ended: 32 kbit/s, cut to whole bytes.
    for pair in sound.windows(2) {
        let (length, moved) = (pair[0].1.len() as f64 * 8.0 / 32_000.0, pair[1].2.secs() - pair[0].2.secs());
        assert!((length - moved).abs() < 0.005, "{length} s of sound, {moved} s on");
    }
    assert!(page.warnings().is_empty(), "{:?}", page.warnings());
    assert!(page.ended);
}

#[test]
fn mp3_in_mp4_is_announced_before_its_first_segment_is_here() {
    let page = Page::play("left-out/mp3-fmp4.m3u8", CHROMIUM);
    assert_eq!(page.added().iter().filter(|(_, mime)| mime == "audio/mpeg").count(), 1);
    assert_eq!(page.appended.iter().filter(|a| a.0 == Track::Audio).count(), 3);
    assert!(page.warnings().is_empty(), "{:?}", page.warnings());
    assert!(page.ended);
}

#[test]
fn pictures_that_are_not_decoded_are_named_once_and_the_sound_plays() {
    let page = Page::play("left-out/hevc-fmp4.m3u8", CHROMIUM);
    assert_eq!(page.added(), [(Track::Video, "audio/mp4; codecs=\"mp4a.40.2\"".to_owned())]);
    let [(name, message)] = &page.warnings()[..] else { panic!("{:?}", page.warnings()) };
    assert_eq!(*name, "track-unplayable");
    assert!(message.contains("hvc1."), "{message}");
    assert!(page.ended);
}

#[test]
fn keys_for_the_vault_are_asked_for_once_and_not_by_the_engine() {
    let page = Page::play("clear-key/cbcs/master.m3u8", CHROMIUM);
    let [video, audio] = &page.keys()[..] else { panic!("{:?}", page.keys()) };
    assert_eq!((&video.scheme, &video.key_ids), (b"cbcs", &audio.key_ids));
    assert_eq!((&video.video[..5], video.audio.as_str(), audio.audio.as_str()), ("avc1.", "", "mp4a.40.2"));
    assert_eq!(video.key_ids[0][..4], [0x9e, 0xb4, 0x05, 0x0d]);
    assert_eq!(&video.pssh[4..8], b"pssh");
    let key = format!("{BASE}clear-key/cbcs/key.bin");
    assert_eq!(video.keys, [("identity".into(), key.as_str().into())]);
    assert!(page.fetched("key.bin").is_empty(), "what opens samples in MP4 is between page and browser");
    assert!(page.ended);
}

#[test]
fn every_key_system_of_the_playlist_is_told_of() {
    let page = Page::play("clear-key/cenc/master.m3u8", CHROMIUM);
    let formats: Vec<_> = page.keys()[0].keys.iter().map(|(format, _)| format.to_string()).collect();
    assert_eq!(formats, ["com.apple.streamingkeydelivery", "org.w3.clearkey"]);
    // Without a word of the playlist's the page may still know.
    let bare = Page::play("clear-key/cenc/bare.m3u8", CHROMIUM);
    assert_eq!((bare.keys().len(), bare.keys()[0].keys.len()), (2, 0));
}

#[test]
fn a_live_whose_durations_are_too_short_is_placed_where_its_pictures_are() {
    // Segments of 2 s that the playlist has as 1.6 s.
    let playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.6,\nmp3-0.ts\n#EXTINF:1.6,\nmp3-1.ts\n#EXTINF:1.6,\nmp3-2.ts\n";
    let page = Page::play_live("left-out/live.m3u8", playlist, CHROMIUM);
    let pictures: Vec<_> = page.appended.iter().filter(|a| a.0 == Track::Video).collect();
    assert_eq!(pictures.len(), 4, "an initialization section and three segments, each once");
    assert!(pictures.windows(2).all(|pair| pair[0].2 == pair[1].2), "what is contiguous stays so");
    let ends = page.seen.iter().filter_map(|o| match o {
        Output::Notify { event: Event::LiveMoved { window, .. }, .. } => Some(window.end.secs()),
        _ => None,
    });
    let ends: Vec<_> = ends.collect();
    let (first, last) = (ends[0], ends[ends.len() - 1]);
    assert!((last - first - 0.8).abs() < 0.05, "two beginnings lie 0.4 s later each: {ends:?}");
}

#[test]
fn what_begins_a_few_frames_late_is_begun_with() {
    let late = Page::open("left-out/mp3-ts.m3u8", None, 0.1, CHROMIUM);
    let seeks: Vec<_> = late
        .seen
        .iter()
        .filter_map(|o| match o {
            Output::Seek { to, .. } => Some(to.secs()),
            _ => None,
        })
        .collect();
    let [to] = seeks[..] else { panic!("{seeks:?}") };
    assert!((0.1..0.2).contains(&to), "{to}");
    let punctual = Page::open("left-out/mp3-ts.m3u8", None, 0.0, CHROMIUM);
    assert!(!punctual.seen.iter().any(|o| matches!(o, Output::Seek { .. })));
}

struct Page {
    engine: Engine<Bytes>,
    seen: Vec<Output<Bytes>>,
    shelf: HashMap<BlobId, Vec<u8>>,
    benches: Benches,
    appended: Vec<(Track, Vec<u8>, MediaTime)>,
    ended: bool,
    /// A playlist that is no file of the origin's.
    live: Option<(String, &'static str)>,
    /// Where the browser finds the first content, in seconds; a live starts at 60.
    begins: f64,
}

impl Page {
    /// Plays a stream of the browser cases to its end: everything arrives at once.
    fn play(stream: &str, supports: fn(&str) -> bool) -> Self {
        Self::open(stream, None, 0.0, supports)
    }

    /// The same of a live, for some seconds, whose playlist stays what it is.
    fn play_live(stream: &str, playlist: &'static str, supports: fn(&str) -> bool) -> Self {
        Self::open(stream, Some((format!("{BASE}{stream}"), playlist)), 60.0, supports)
    }

    fn open(
        stream: &str,
        live: Option<(String, &'static str)>,
        begins: f64,
        supports: fn(&str) -> bool,
    ) -> Self {
        let resolve =
            |base: &str, reference: &str| Some(url::Url::parse(base).ok()?.join(reference).ok()?.into());
        let mut page = Self {
            engine: Engine::new(Config::new(1, resolve, supports)),
            seen: Vec::new(),
            shelf: HashMap::new(),
            benches: Benches::new(supports),
            appended: Vec::new(),
            ended: false,
            live,
            begins,
        };
        let options = PlayerOptions {
            source: format!("{BASE}{stream}"),
            trackers: Vec::new(),
            p2p: P2p::Off,
            ice_servers: Vec::new(),
            manners: Default::default(),
            latency_mode: Default::default(),
            swarm: None,
            naming: Naming::V2Position,
            redundancies: Vec::new(),
            integrity: Integrity::Unknown,
            max_upload: None,
            start: None,
            start_bitrate: None,
            viewport: None,
            catch_up: true,
            preload: Preload::Auto,
        };
        let opened =
            [Input::PlayerOpened { player: PLAYER, options }, Input::SourceOpened { player: PLAYER }];
        let mut inputs = VecDeque::from(opened);
        let mut now = Instant::ZERO;
        for _ in 0..2000 {
            now = now + Millis(5);
            let due = page.engine.next_wakeup().is_some_and(|(at, _)| at <= now);
            match inputs.pop_front() {
                Some(input) => page.engine.handle(input, now),
                None if due => page.engine.handle(Input::Woke, now),
                None => {}
            }
            while let Some(order) = page.engine.poll() {
                page.carry_out(&order, &mut inputs);
                page.seen.push(order);
            }
            if page.ended && inputs.is_empty() && now >= Instant::ZERO + Millis(2000) {
                break;
            }
        }
        page
    }

    fn carry_out(&mut self, order: &Output<Bytes>, inputs: &mut VecDeque<Input<Bytes>>) {
        let live = self.live.clone();
        let file = |url: &str| {
            if let Some((_, text)) = live.as_ref().filter(|(live, _)| live == url) {
                return text.as_bytes().to_vec();
            }
            let name = url.strip_prefix(BASE).unwrap();
            std::fs::read(format!("{}/playwright/cases/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        };
        match order.clone() {
            Output::FetchDocument { request, url, .. } => {
                let body = file(&url);
                inputs.push_back(Input::DocumentArrived { request, status: 200, url, body });
            }
            Output::FetchStream { request, url, .. } => {
                let body = file(&url);
                inputs.push_back(Input::ResponseStarted {
                    request,
                    status: 200,
                    length: Some(body.len() as u64),
                });
                inputs.push_back(Input::ChunkArrived { request, chunk: body.into() });
                inputs.push_back(Input::ResponseEnded { request });
            }
            Output::Shelve { blob, parts } => {
                let parts: Vec<_> = parts.iter().map(bytes).collect();
                self.shelf.insert(blob, parts.concat());
            }
            Output::Make(task) => {
                let init = match task.work {
                    Work::Segment { init: Some(blob), .. } => Some(self.shelf[&blob].clone()),
                    _ => None,
                };
                let outcome = self.benches.make(&task, self.shelf[&task.bytes].clone(), init);
                let outcome = outcome.map(|(made, bytes)| {
                    self.shelf.insert(task.into, bytes);
                    made
                });
                inputs.push_back(Input::Made { blob: task.into, outcome });
            }
            Output::Append { player, track, blob, timestamp_offset } => {
                self.appended.push((track, self.shelf[&blob].clone(), timestamp_offset));
                // However long a segment is: as many as there are reach to the end.
                let media = |bytes: &[u8]| bytes.get(4..8) != Some(b"ftyp");
                let of = |a: &&(Track, Vec<u8>, MediaTime)| a.0 == track && media(&a.1);
                let start = MediaTime::from_secs(self.begins);
                let length = MediaTime::from_secs(self.appended.iter().filter(of).count() as f64 * 4.1);
                let is_there = length > MediaTime::ZERO;
                let buffered = is_there.then(|| Span::new(start, start + length)).into_iter().collect();
                inputs.push_back(Input::BufferChanged {
                    player,
                    track,
                    buffered,
                    outcome: BufferOutcome::Done,
                });
            }
            Output::Seek { player, to } => {
                let state =
                    Playhead { paused: true, seeking: false, starving: false, ended: false, rate: 1.0 };
                inputs.push_back(Input::PlayheadMoved { player, at: to, state });
            }
            Output::ClearBenches { player } => self.benches.clear(player),
            Output::EndStream { .. } => self.ended = true,
            _ => {}
        }
    }

    fn added(&self) -> Vec<(Track, String)> {
        let of = |o: &Output<Bytes>| match o {
            Output::AddTrack { track, mime, .. } => Some((*track, mime.clone())),
            _ => None,
        };
        self.seen.iter().filter_map(of).collect()
    }

    /// The names of what was fetched, of those that contain this.
    fn fetched(&self, part: &str) -> Vec<String> {
        let of = |o: &Output<Bytes>| match o {
            Output::FetchStream { url, .. } | Output::FetchDocument { url, .. } => Some(url.clone()),
            _ => None,
        };
        let names =
            self.seen.iter().filter_map(of).filter_map(|url| Some(url.rsplit('/').next()?.to_owned()));
        names.filter(|name| name.contains(part) && !name.ends_with("m3u8")).collect()
    }

    fn warnings(&self) -> Vec<(&'static str, String)> {
        let of = |o: &Output<Bytes>| match o {
            Output::Notify { event: Event::Warned(f) | Event::Failed(f), .. } => {
                Some((f.name, f.message.clone()))
            }
            _ => None,
        };
        self.seen.iter().filter_map(of).collect()
    }

    fn keys(&self) -> Vec<KeysNeeded> {
        let of = |o: &Output<Bytes>| match o {
            Output::Notify { event: Event::KeysNeeded(needed), .. } => Some(needed.clone()),
            _ => None,
        };
        self.seen.iter().filter_map(of).collect()
    }
}

fn bytes(payload: &Bytes) -> Vec<u8> {
    use sprat::engine::payload::Payload;
    payload.to_vec().unwrap()
}
