//! The simulated origin: the sample clip as PeerTube would serve it, a sliding live window over the same bytes,
//! and faults on demand.

use crate::low_latency::{self, DIGESTS, Found, LOW_LATENCY};
use crate::payload::Content;
use sprat::engine::id::ByteRange;
use sprat::engine::payload::Sha256Hasher;
use sprat::engine::payload::{ContentHasher as _, Digest};
use sprat::engine::swarm::wire::native::PIECE;
use sprat::engine::time::{Instant, MediaTime, Span};
use sprat::engine::transmux::read_init;
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) const BASE: &str = "https://origin.test/vod/";
pub(crate) const LIVE: &str = "https://origin.test/live/";
/// Seconds of a live segment, and how many are listed.
const LIVE_SEGMENT: u64 = 4;
const LIVE_WINDOW: u64 = 6;
/// Live segments that were there before the simulation began.
const LIVE_PAST: u64 = 20;

/// What goes wrong, by a part of the URL.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// This status in place of an answer.
    Status(u16),
    /// This body in place of the real one.
    Body(&'static str),
    /// Only so many bytes, then the connection breaks.
    CutAt(usize),
    /// No answer at all.
    Unreachable,
    /// Other bytes than the real ones.
    Altered,
    /// So many bytes a second.
    Trickle(u64),
}

/// What is on air at the live's address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broadcast {
    /// When, in ms.
    pub(crate) from: u64,
    /// Segments that were there before.
    pub(crate) past: u64,
    /// When it ends, in ms, or stops without a word.
    pub(crate) ends: Option<u64>,
    pub(crate) stops: Option<u64>,
}

pub(crate) struct Origin<P> {
    files: BTreeMap<String, (P, Vec<u8>)>,
    /// Where each segment of the clip lies: file, range, place in the programme.
    pub(crate) segments: Vec<(String, ByteRange, Span)>,
    by_digest: BTreeMap<Digest, Span>,
    pub(crate) faults: Vec<(&'static str, Fault)>,
    /// Media bytes handed out.
    pub(crate) sent: u64,
    pub(crate) requests: BTreeMap<String, u32>,
    /// Segments that are not there, by a part of the URL and a time in them.
    pub(crate) lost: Vec<(&'static str, MediaTime)>,
    /// The status that says so.
    pub(crate) lost_status: u16,
    /// How often each of them was asked for, by URL and first byte.
    pub(crate) in_vain: BTreeMap<(String, u64), u32>,
    /// What follows the live that is on air at first, one after the other.
    pub(crate) broadcasts: Vec<Broadcast>,
    /// Whether the film's digests are of pieces, too.
    pub(crate) pieces: bool,
    /// How long after its playlist the live's digest list knows a segment, in ms.
    pub(crate) digest_lag: u64,
    /// How the low-latency live behaves.
    pub(crate) low_latency: low_latency::Manners,
    ll_digests: low_latency::Digests,
    /// Whether it sends `Repr-Digest`, and whether that is true.
    pub(crate) tells: Option<bool>,
    /// Heads that were asked for.
    pub(crate) heads: u32,
}

pub(crate) enum Answer<P> {
    Text(u16, Vec<u8>),
    Media { status: u16, length: u64, body: P, broken: bool },
}

impl<P: Content> Origin<P> {
    pub(crate) fn new() -> Self {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/www/media/vod/");
        let read =
            |name: &str| std::fs::read(format!("{dir}{name}")).expect("the sample clip is in the repository");
        let mut origin = Self {
            files: BTreeMap::new(),
            segments: Vec::new(),
            by_digest: BTreeMap::new(),
            faults: Vec::new(),
            sent: 0,
            requests: BTreeMap::new(),
            lost: Vec::new(),
            lost_status: 404,
            in_vain: BTreeMap::new(),
            broadcasts: vec![Broadcast { from: 0, past: LIVE_PAST, ends: None, stops: None }],
            pieces: false,
            digest_lag: 0,
            low_latency: low_latency::Manners::default(),
            ll_digests: low_latency::Digests::new(),
            tells: None,
            heads: 0,
        };
        for (id, name) in ["240-fragmented.mp4", "360-fragmented.mp4"].into_iter().enumerate() {
            let bytes = read(name);
            let whole = P::of_file(id as u64, &bytes);
            let playlist =
                String::from_utf8(read(&name.replace("-fragmented.mp4", ".m3u8"))).expect("a playlist");
            let mut at = MediaTime::ZERO;
            let mut seconds = 0.0;
            for line in playlist.lines() {
                if let Some(duration) = line.strip_prefix("#EXTINF:") {
                    seconds = duration.trim_end_matches(',').parse().expect("a duration");
                } else if let Some(range) = line.strip_prefix("#EXT-X-BYTERANGE:") {
                    let (len, start) = range.split_once('@').expect("an offset");
                    let start: u64 = start.parse().expect("a number");
                    let range = ByteRange { start, end: start + len.parse::<u64>().expect("a number") };
                    let span = Span::new(at, at + MediaTime::from_secs(seconds));
                    at = span.end;
                    let digest = digest(&whole.slice(range.start as usize, range.end as usize));
                    origin.by_digest.insert(digest, span);
                    origin.segments.push((name.to_owned(), range, span));
                }
            }
            origin.files.insert(name.to_owned(), (whole, bytes));
        }
        for name in ["master.m3u8", "240.m3u8", "360.m3u8"] {
            origin.files.insert(name.to_owned(), (read(name).into(), read(name)));
        }
        origin
    }

    /// A playlist, as it stands.
    pub(crate) fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.files[name].1).expect("a playlist is text")
    }

    /// Where in the programme a blob of this content plays.
    pub(crate) fn span_of(&self, content: &P) -> Option<Span> {
        self.by_digest.get(&digest(content)).copied()
    }

    /// When the answer to a request is there.
    pub(crate) fn answered_at(&self, url: &str, now: Instant) -> Instant {
        url.strip_prefix(LOW_LATENCY)
            .map_or(now, |name| low_latency::answered_at(name, self.low_latency, now))
    }

    /// The parts of a file that grows, if that is what was asked for.
    pub(crate) fn growing(&mut self, url: &str, range: Option<ByteRange>) -> Option<Vec<(Instant, P)>> {
        let pieces = low_latency::growing::<P>(url.strip_prefix(LOW_LATENCY)?, self.low_latency, range?)?;
        *self.requests.entry(format!("{url}@{}", range?.start)).or_default() += 1;
        let told = |(at, piece, span): (Instant, P, Span)| {
            self.by_digest.insert(digest(&piece), span);
            (at, piece)
        };
        Some(pieces.into_iter().map(told).collect())
    }

    /// `Repr-Digest` of what is there, if it sends that (RFC 9530 §3): of all of it, whatever part was asked for.
    pub(crate) fn repr_digest(&mut self, url: &str, now: Instant) -> Option<Digest> {
        let true_word = self.tells?;
        let Answer::Media { body, .. } = self.answer(url, None, now) else { return None };
        *self.requests.entry(url.to_owned()).or_default() -= 1;
        Some(digest(&if true_word { body } else { body.slice(0, 1) }))
    }

    pub(crate) fn answer(&mut self, url: &str, range: Option<ByteRange>, now: Instant) -> Answer<P> {
        *self.requests.entry(url.to_owned()).or_default() += 1;
        let fault = self.faults.iter().find(|(part, _)| url.contains(part)).map(|(_, f)| f.clone());
        match fault {
            Some(Fault::Status(status)) => return Answer::Text(status, Vec::new()),
            Some(Fault::Body(body)) => return Answer::Text(200, body.into()),
            Some(Fault::CutAt(_) | Fault::Unreachable | Fault::Altered | Fault::Trickle(_)) | None => {}
        }
        if let Some(name) = url.strip_prefix(LOW_LATENCY) {
            if name == DIGESTS {
                let (text, segments) = low_latency::digests::<P>(self.low_latency, &mut self.ll_digests, now);
                self.by_digest.extend(segments);
                return Answer::Text(200, text.into_bytes());
            }
            let init = &self.files["240-fragmented.mp4"].1[..1274];
            return match low_latency::find::<P>(name, self.low_latency, init, now) {
                Found::Text(status, body) => Answer::Text(status, body),
                Found::Media(content, span) => {
                    if let Some(span) = span {
                        self.by_digest.insert(digest(&content), span);
                    }
                    Answer::Media { status: 200, length: content.len() as u64, body: content, broken: false }
                }
            };
        }
        if let Some(name) = url.strip_prefix(LIVE) {
            return self.live(name, now);
        }
        // Mirrors are folders with the same files.
        let name = url.split_once("/vod/").map_or("", |(_, name)| name);
        let gone = |(name, at): &(&str, MediaTime)| {
            let start = self.segments.iter().find(|(n, _, span)| n.contains(name) && span.contains(*at));
            url.contains(name) && start.map(|(_, r, _)| r.start) == range.map(|r| r.start)
        };
        if let Some(range) = range
            && self.lost.iter().any(gone)
        {
            *self.in_vain.entry((url.to_owned(), range.start)).or_default() += 1;
            return Answer::Text(self.lost_status, Vec::new());
        }
        let name = name.trim_start_matches("a/").trim_start_matches("b/");
        if name == "segments-sha256.json" {
            return Answer::Text(200, self.digests());
        }
        match self.files.get(name) {
            None => Answer::Text(404, Vec::new()),
            Some((_, text)) if name.ends_with(".m3u8") => Answer::Text(200, text.clone()),
            Some((whole, _)) => {
                let end = range.map_or(whole.len(), |r| (r.end as usize).min(whole.len()));
                let body = whole.slice(range.map_or(0, |r| r.start as usize), end);
                let length = body.len() as u64;
                let (body, broken) = match fault {
                    Some(Fault::CutAt(n)) if n < body.len() => (body.slice(0, n), true),
                    _ => (body, false),
                };
                self.sent += body.len() as u64;
                Answer::Media { status: if range.is_some() { 206 } else { 200 }, length, body, broken }
            }
        }
    }

    fn digests(&self) -> Vec<u8> {
        let mut json = String::from("{");
        for (i, name) in ["240-fragmented.mp4", "360-fragmented.mp4"].into_iter().enumerate() {
            let _ = write!(json, "{}\"{name}\":{{", if i > 0 { "," } else { "" });
            let (whole, _) = &self.files[name];
            for (j, (_, range, _)) in self.segments.iter().filter(|(n, ..)| n == name).enumerate() {
                let content = whole.slice(range.start as usize, range.end as usize);
                let comma = if j > 0 { "," } else { "" };
                let _ = write!(
                    json,
                    "{comma}\"{}-{}\":\"{}\"",
                    range.start,
                    range.end - 1,
                    hex(digest(&content))
                );
            }
            json.push('}');
            if self.pieces {
                let _ = write!(json, ",\"{name}?pieces\":{{");
                for (j, (_, range, _)) in self.segments.iter().filter(|(n, ..)| n == name).enumerate() {
                    let mut list = Sha256Hasher::default();
                    for at in (range.start..range.end).step_by(PIECE as usize) {
                        let end = (at + PIECE).min(range.end);
                        list.update(&digest(&whole.slice(at as usize, end as usize)).0);
                    }
                    let comma = if j > 0 { "," } else { "" };
                    let (first, last) = (range.start, range.end - 1);
                    let _ = write!(json, "{comma}\"{first}-{last}\":\"{}\"", hex(list.digest()));
                }
                json.push('}');
            }
        }
        json.push('}');
        json.into_bytes()
    }

    /// A live window: segment `n` is the clip's segment `n mod 15`, one file each.
    fn live(&mut self, name: &str, now: Instant) -> Answer<P> {
        let ms = now.as_millis();
        let which = self.broadcasts.iter().rposition(|b| b.from <= ms).expect("one is on air from the start");
        let on_air = self.broadcasts[which];
        let until = on_air.ends.or(on_air.stops).unwrap_or(ms).min(ms);
        let ended = on_air.ends.is_some_and(|at| at <= ms);
        let newest = on_air.past + (until - on_air.from) / (LIVE_SEGMENT * 1000);
        let window = newest.saturating_sub(LIVE_WINDOW)..newest;
        if name == "index.m3u8" {
            let mut text = format!(
                "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{LIVE_SEGMENT}\n#EXT-X-MEDIA-SEQUENCE:{}\n#EXT-X-MAP:URI=\"init.mp4\"\n",
                window.start
            );
            window.for_each(|n| {
                let _ = write!(text, "#EXTINF:{LIVE_SEGMENT}.000,\n{n}.m4s\n");
            });
            if ended {
                text.push_str("#EXT-X-ENDLIST\n");
            }
            return Answer::Text(200, text.into_bytes());
        }
        if name == "captioned.m3u8" {
            let text = "#EXTM3U\n#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",NAME=\"T\",URI=\"text.m3u8\"\n\
                        #EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES=\"t\"\nindex.m3u8\n";
            return Answer::Text(200, text.into());
        }
        if name == "text.m3u8" {
            let first = window.start;
            let lines: Vec<String> = window.map(|n| format!("#EXTINF:{LIVE_SEGMENT},\n{n}.vtt\n")).collect();
            let head =
                format!("#EXTM3U\n#EXT-X-TARGETDURATION:{LIVE_SEGMENT}\n#EXT-X-MEDIA-SEQUENCE:{first}\n");
            return Answer::Text(200, (head + &lines.concat()).into());
        }
        if let Some(n) = name.strip_suffix(".vtt").and_then(|n| n.parse::<u64>().ok()) {
            let mpegts = n * LIVE_SEGMENT * 90_000 % (1 << 33);
            let text = format!(
                "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:10:00.000,MPEGTS:{mpegts}\n\n10:01.000 --> 10:02.000\n{n}\n"
            );
            return Answer::Text(200, text.into());
        }
        if name == "digests.json" {
            let known = until.saturating_sub(on_air.from + self.digest_lag) / (LIVE_SEGMENT * 1000);
            let known = window.end.min(on_air.past + known);
            let entries: Vec<String> = (window.start.saturating_sub(4)..known)
                .map(|n| format!("\"{n}.m4s\":\"{}\"", hex(digest(&self.live_segment(n)))))
                .collect();
            return Answer::Text(200, format!("{{{}}}", entries.join(",")).into_bytes());
        }
        let content = match name.strip_suffix(".m4s").and_then(|n| n.parse().ok()) {
            Some(n) if n < newest => self.live_segment(n),
            Some(_) => return Answer::Text(404, Vec::new()),
            None => self.files["240-fragmented.mp4"].0.slice(0, 1274),
        };
        self.sent += content.len() as u64;
        Answer::Media { status: 200, length: content.len() as u64, body: content, broken: false }
    }

    /// The clip's segment with its decode times moved on by whole turns of the clip.
    fn live_segment(&mut self, n: u64) -> P {
        let (name, range, span) = self.segments[(n % 15) as usize].clone();
        let content = self.files[&name].0.slice(range.start as usize, range.end as usize);
        let turns = n / 15;
        let mut bytes = content.to_vec().expect("live is simulated with real bytes");
        let init = read_init(&self.files[&name].1[..1274]).expect("the clip's init");
        for at in 0..2_000 {
            if &bytes[at..at + 4] == b"tfhd" {
                let track = u32::from_be_bytes(bytes[at + 8..at + 12].try_into().expect("four bytes"));
                let timescale = init.tracks.iter().find(|t| t.id == track).expect("a known track").timescale;
                let tfdt = at + bytes[at..].windows(4).position(|w| w == b"tfdt").expect("a tfdt") + 8;
                let time = u64::from_be_bytes(bytes[tfdt..tfdt + 8].try_into().expect("eight bytes"));
                let moved = time + turns * 60 * u64::from(timescale);
                bytes[tfdt..tfdt + 8].copy_from_slice(&moved.to_be_bytes());
            }
        }
        let content = P::from(bytes);
        let by = MediaTime::from_secs(turns as f64 * 60.0);
        self.by_digest.insert(digest(&content), Span::new(span.start + by, span.end + by));
        content
    }
}

pub(crate) fn digest<P: Content>(content: &P) -> Digest {
    let mut hasher = P::Hasher::default();
    hasher.feed(content);
    hasher.finish()
}

pub(crate) fn hex(digest: Digest) -> String {
    digest.0.iter().map(|b| format!("{b:02x}")).collect()
}
