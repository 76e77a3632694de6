//! A low-latency origin (RFC 8216bis): a live in segments of 2 s and parts of 0.4 s, that holds requests for what is
//! not there yet, leaves out what is known, and misbehaves on demand.

use crate::origin::{digest, hex};
use crate::payload::Content;
use sprat::engine::id::ByteRange;
use sprat::engine::payload::Digest;
use sprat::engine::time::{Instant, MediaTime, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(crate) const LOW_LATENCY: &str = "https://origin.test/ll/";
/// The list of its digests.
pub(crate) const DIGESTS: &str = "digests.json";
/// In ms.
const SEGMENT: u64 = 2_000;
const PART: u64 = 400;
const PARTS: u64 = SEGMENT / PART;
/// How long the live has been on when the simulation begins.
const PAST: u64 = 40_000 + 1_130;
const WINDOW: u64 = 12;
/// Of a part, by variant.
const LADDER: [(&str, usize); 3] = [("low", 25_000), ("high", 45_000), ("top", 100_000)];

/// What it does badly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manners {
    /// Answers at once, whatever was asked for.
    pub(crate) hasty: bool,
    /// Answers 400 to any directive.
    pub(crate) strict: bool,
    /// Answers 404 to what is hinted at but not there yet.
    pub(crate) hollow: bool,
    /// Never answers what has directives.
    pub(crate) mute: bool,
    /// Has a third variant, of 2 Mbit/s.
    pub(crate) tall: bool,
    /// Parts are ranges of their segment's file, which is sent on as it grows to who asks for its end.
    pub(crate) growing: bool,
    /// Segments are packaged anew: they are no sum of their parts.
    pub(crate) unlike: bool,
    /// Viewers may come no nearer, in ms; none: a second.
    pub(crate) stands_back: Option<u64>,
    /// Digests of parts are listed, and like those of segments so many ms after they are there.
    pub(crate) parts_told: Option<u64>,
    /// Is silent from then on, for so long, in ms.
    pub(crate) outage: Option<(u64, u64)>,
}

pub(crate) enum Found<P> {
    Text(u16, Vec<u8>),
    Media(P, Option<Span>),
}

/// Parts that exist, from the first segment on.
fn parts_at(now: Instant) -> u64 {
    (PAST + now.as_millis()) / PART
}

/// The wall clock, by the media's.
pub(crate) fn edge_secs(now: Instant) -> f64 {
    (PAST + now.as_millis()) as f64 / 1000.0
}

/// When the answer to a request is there.
pub(crate) fn answered_at(name: &str, manners: Manners, now: Instant) -> Instant {
    let at = |parts: u64| Instant::from_millis((parts * PART).saturating_sub(PAST)).max(now);
    let (_, name) = variant_of(name);
    let due = if let Some((path, query)) = name.split_once('?') {
        let number = |name: &str| query.split('&').find_map(|p| p.strip_prefix(name)?.parse::<u64>().ok());
        match number("_HLS_msn=") {
            _ if manners.mute && query.contains("_HLS_") => Instant::from_millis(3_600_000),
            Some(msn) if path.ends_with(".m3u8") && !manners.hasty && !manners.strict => {
                at(msn * PARTS + number("_HLS_part=").map_or(PARTS, |i| i + 1))
            }
            _ => now,
        }
    } else {
        match part_of(name) {
            Some(part) if !manners.hollow && part == parts_at(now) => at(part + 1),
            _ => now,
        }
    };
    match manners.outage {
        Some((from, len)) if (from..from + len).contains(&now.as_millis()) => {
            due.max(Instant::from_millis(from + len))
        }
        _ => due,
    }
}

/// The bytes of a part of the variant that a name is of, and the name in it.
fn variant_of(name: &str) -> (usize, &str) {
    let inside =
        |&(folder, bytes): &(&str, usize)| Some((bytes, name.strip_prefix(folder)?.strip_prefix('/')?));
    LADDER.iter().find_map(inside).unwrap_or((LADDER[0].1, name))
}

/// Which part, counted from the first segment's first.
fn part_of(name: &str) -> Option<u64> {
    let (n, i) = name.strip_suffix(".m4s")?.split_once('.')?;
    Some(n.parse::<u64>().ok()? * PARTS + i.parse::<u64>().ok()?)
}

pub(crate) fn find<P: Content>(name: &str, manners: Manners, init: &[u8], now: Instant) -> Found<P> {
    let (path, query) = name.split_once('?').unwrap_or((name, ""));
    if path == "master.m3u8" {
        let variants = if manners.tall { 3 } else { 2 };
        let text = LADDER[..variants].iter().map(|(name, bytes)| {
            let rate = *bytes as u64 * 8 * 1000 / PART;
            format!(
                "#EXT-X-STREAM-INF:BANDWIDTH={rate},CODECS=\"avc1.64001e,mp4a.40.2\"\n{name}/index.m3u8\n"
            )
        });
        return Found::Text(200, ("#EXTM3U\n".to_owned() + &text.collect::<String>()).into_bytes());
    }
    let (bytes, path) = variant_of(path);
    if path == "index.m3u8" {
        if manners.strict && !query.is_empty() {
            return Found::Text(400, Vec::new());
        }
        return Found::Text(
            200,
            playlist(query.contains("_HLS_skip=YES"), manners, manners.growing.then_some(bytes), now)
                .into_bytes(),
        );
    }
    if path == "init.mp4" {
        return Found::Media(init.to_vec().into(), None);
    }
    let exists = parts_at(now);
    if let Some(part) = part_of(path) {
        if part < exists {
            return Found::Media(content(bytes, part, part + 1), Some(span(part, part + 1)));
        }
    } else if let Some(n) = path.strip_suffix(".m4s").and_then(|n| n.parse::<u64>().ok())
        && (n + 1) * PARTS <= exists
    {
        return Found::Media(segment(bytes, n, manners), Some(span(n * PARTS, (n + 1) * PARTS)));
    }
    Found::Text(404, Vec::new())
}

/// A segment: its parts, one after the other.
fn segment<P: Content>(bytes: usize, n: u64, manners: Manners) -> P {
    let parts = n * PARTS..(n + 1) * PARTS;
    if manners.unlike {
        return content(bytes, parts.start, parts.end);
    }
    parts.flat_map(|part| fragment(bytes, part, part + 1)).collect::<Vec<u8>>().into()
}

/// Digests of runs of parts, by the first and the one behind the last: what takes longest here.
pub(crate) type Digests = BTreeMap<(u64, u64), Digest>;

/// What the publisher says of the first variant's segments: of those listed, and a few before; and of the parts at its
/// edge, a while after they are there. And where segments play.
pub(crate) fn digests<P: Content>(
    manners: Manners,
    known: &mut Digests,
    now: Instant,
) -> (String, Vec<(Digest, Span)>) {
    let bytes = LADDER[0].1;
    let there = (PAST + now.as_millis() - manners.parts_told.unwrap_or(0)) / PART;
    let open = there / PARTS;
    let (mut lines, mut segments) = (Vec::new(), Vec::new());
    for n in open - WINDOW - 4..open {
        let (from, to) = (n * PARTS, (n + 1) * PARTS);
        let said = *known.entry((from, to)).or_insert_with(|| digest(&segment::<P>(bytes, n, manners)));
        lines.push(format!("\"{n}.m4s\":\"{}\"", hex(said)));
        segments.push((said, span(from, to)));
    }
    for part in (open - 3) * PARTS..manners.parts_told.map_or(0, |_| there) {
        let said = known.entry((part, part + 1));
        let said = hex(*said.or_insert_with(|| digest(&content::<P>(bytes, part, part + 1))));
        let (n, i, len) = (part / PARTS, part % PARTS, file_bytes(bytes));
        match (manners.growing, i, part + 1 == there || i + 1 == PARTS) {
            (false, ..) => lines.push(format!("\"{n}.{i}.m4s?parts\":\"{said}\"")),
            (true, _, last) => {
                let opening = if i == 0 { format!("\"{n}.m4s?parts\":{{") } else { String::new() };
                let closing = if last { "}" } else { "" };
                lines.push(format!("{opening}\"{}-{}\":\"{said}\"{closing}", i * len, (i + 1) * len - 1));
            }
        }
    }
    (format!("{{{}}}", lines.join(",")), segments)
}

fn playlist(skip: bool, manners: Manners, growing: Option<usize>, now: Instant) -> String {
    let behind = manners.stands_back.unwrap_or(1_000) as f64 / 1000.0;
    let parts = parts_at(now);
    let (open, open_parts) = (parts / PARTS, parts % PARTS);
    let first = open - WINDOW;
    let skipped = if skip { 6 } else { 0 };
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:10\n#EXT-X-TARGETDURATION:2\n#EXT-X-PART-INF:PART-TARGET=0.4\n\
         #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={behind},CAN-SKIP-UNTIL=12\n#EXT-X-MEDIA-SEQUENCE:{first}\n"
    );
    if skip {
        let _ = writeln!(text, "#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}");
    } else {
        text += "#EXT-X-MAP:URI=\"init.mp4\"\n";
    }
    let mut list = |n: u64, count: u64| {
        for i in 0..count {
            let independent = if i == 0 { ",INDEPENDENT=YES" } else { "" };
            let place = match growing.map(file_bytes) {
                None => format!("URI=\"{n}.{i}.m4s\""),
                Some(len) => format!("URI=\"{n}.m4s\",BYTERANGE=\"{len}@{}\"", i * len),
            };
            let _ = writeln!(text, "#EXT-X-PART:DURATION=0.4,{place}{independent}");
        }
        if count == PARTS || n < open {
            let _ = writeln!(text, "#EXTINF:2.0,\n{n}.m4s");
        }
    };
    for n in first + skipped..open {
        list(n, if n + 3 > open { PARTS } else { 0 });
    }
    list(open, open_parts);
    for (other, _) in LADDER {
        let (msn, part) = if open_parts > 0 { (open, open_parts - 1) } else { (open - 1, PARTS - 1) };
        let _ = writeln!(
            text,
            "#EXT-X-RENDITION-REPORT:URI=\"../{other}/index.m3u8\",LAST-MSN={msn},LAST-PART={part}"
        );
    }
    let _ = match growing.map(file_bytes) {
        None => writeln!(text, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{open}.{open_parts}.m4s\""),
        Some(len) => {
            let start = open_parts * len;
            writeln!(text, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{open}.m4s\",BYTERANGE-START={start}")
        }
    };
    text
}

/// Of a part in its file: a fragment is a little more than its body.
fn file_bytes(bytes: usize) -> u64 {
    bytes as u64 + 60
}

/// What a request for a range of a file that grows is answered with: its parts, and when each is there. None where that
/// is no such request.
pub(crate) fn growing<P: Content>(
    name: &str,
    manners: Manners,
    range: ByteRange,
) -> Option<Vec<(Instant, P, Span)>> {
    let (bytes, path) = variant_of(name);
    let number: u64 = path.strip_suffix(".m4s").filter(|_| manners.growing)?.parse().ok()?;
    let (from, to) = (range.start / file_bytes(bytes), (range.end / file_bytes(bytes)).min(PARTS));
    let part = |i: u64| {
        let part = number * PARTS + i;
        let there = Instant::from_millis(((part + 1) * PART).saturating_sub(PAST));
        (there, content(bytes, part, part + 1), span(part, part + 1))
    };
    Some((from..to).map(part).collect())
}

fn span(from: u64, to: u64) -> Span {
    let at = |part: u64| MediaTime::from_secs((part * PART) as f64 / 1000.0);
    Span::new(at(from), at(to))
}

fn content<P: Content>(bytes: usize, from: u64, to: u64) -> P {
    fragment(bytes, from, to).into()
}

/// A fragment that says when it is decoded, and bytes that nobody looks at.
fn fragment(bytes: usize, from: u64, to: u64) -> Vec<u8> {
    let boxed = |kind: &[u8; 4], body: &[u8]| {
        let size = (body.len() as u32 + 8).to_be_bytes();
        [&size[..], kind, body].concat()
    };
    // The clip's first track counts 12,800 a second.
    let time = (from * PART * 12_800 / 1000).to_be_bytes();
    let header = boxed(b"tfhd", &[0, 2, 0, 0, 0, 0, 0, 1]);
    let decode = boxed(b"tfdt", &[&[1, 0, 0, 0][..], &time].concat());
    let moof = boxed(b"moof", &boxed(b"traf", &[header, decode].concat()));
    let mut body = vec![0; bytes * (to - from) as usize];
    body[..8].copy_from_slice(&from.to_be_bytes());
    [moof, boxed(b"mdat", &body)].concat()
}
