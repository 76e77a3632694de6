//! The media playlist (RFC 8216 §4.3.2, §4.3.3). Tags describe the segment that follows; map, key, date and
//! byte offsets carry over from one segment to the next, and are settled here, so that each [`Segment`]
//! stands for itself.
//!
//! A line that names no usable URL or range stays in the list as a gap: dropping it would renumber its
//! successors, and numbers are what peers call segments by.

use super::super::id::ByteRange;
use super::super::time::MediaTime;
use super::address::Addresses;
use super::define::Variables;
use super::number::{MAX_INTEGER, integer, seconds, signed_seconds};
use super::scan::{Line, attribute};
use super::{PlaylistError, date};
use std::sync::Arc;

/// Four days of 4 s segments.
const MAX_SEGMENTS: usize = 100_000;
/// A millisecond: shorter segments would vanish in the rounding of `SourceBuffer.buffered`.
const MIN_DURATION: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 1000);
/// The least target duration that can be written (RFC 8216 §4.3.3.1 has whole seconds).
const MIN_TARGET: MediaTime = MediaTime::from_ticks(MediaTime::RATE);
/// Ticks in a millisecond.
const TICKS_PER_MS: i64 = MediaTime::RATE / 1000;

/// A list of segments, as it was when it was fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// `EXT-X-TARGETDURATION`, at least 1 s; the longest segment where the tag is missing.
    pub target_duration: MediaTime,
    /// `EXT-X-MEDIA-SEQUENCE`: number of the first segment of the window, at most 2⁵³ − 1.
    pub media_sequence: u64,
    /// `EXT-X-SKIP`: segments at the front that are left out, because whoever asked for a delta has them.
    pub skipped: u64,
    /// `EXT-X-DISCONTINUITY-SEQUENCE`: discontinuities before the first segment, at most 2⁵³ − 1.
    pub discontinuity_sequence: u64,
    /// No more segments will come: `EXT-X-ENDLIST`, or `EXT-X-PLAYLIST-TYPE:VOD` (RFC 8216 §6.3.4).
    pub ended: bool,
    /// The segments, in order; at most 100,000.
    pub segments: Vec<Segment>,
    /// `EXT-X-START`: where to start, from the first segment's start, or from the last one's end when negative.
    pub start: Option<MediaTime>,
    /// `HOLD-BACK` of `EXT-X-SERVER-CONTROL`: how far from the end live playback should be.
    pub hold_back: Option<MediaTime>,
}

impl Media {
    /// Media sequence number of the first of [`Media::segments`].
    #[must_use]
    pub fn first_listed(&self) -> u64 {
        self.media_sequence.saturating_add(self.skipped)
    }
}

/// One media segment, with everything that is in force for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Absolute URL; empty where the reference makes none (a gap then).
    pub url: Arc<str>,
    /// `EXT-X-BYTERANGE`, its offset filled in. None: the whole resource.
    pub range: Option<ByteRange>,
    /// `EXTINF`, 1 ms to a day; the target duration where it is negative or no number.
    pub duration: MediaTime,
    /// `EXT-X-MAP`. Equal maps in a row share one `Arc`.
    pub init: Option<Arc<Init>>,
    /// Discontinuity sequence number: timestamps are continuous among segments with the same one.
    pub discontinuity: u64,
    /// `EXT-X-GAP`: there is nothing to fetch.
    pub gap: bool,
    /// `EXT-X-PROGRAM-DATE-TIME` of its start in ms since 1970, carried forward from the last such tag.
    pub date_ms: Option<i64>,
    /// An `EXT-X-KEY` with a method other than `NONE` is in force.
    pub encrypted: bool,
}

/// A media initialization section (RFC 8216 §4.3.2.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Init {
    /// Absolute URL.
    pub url: Arc<str>,
    /// None: the whole resource.
    pub range: Option<ByteRange>,
}

/// What the lines so far have said.
#[derive(Default)]
pub(super) struct Reader {
    segments: Vec<Segment>,
    variables: Variables,
    target_duration: Option<MediaTime>,
    media_sequence: Option<u64>,
    skipped: u64,
    discontinuity_sequence: u64,
    ended: bool,
    start: Option<MediaTime>,
    hold_back: Option<MediaTime>,
    /// Segments whose `EXTINF` is no duration; they get the target duration, which may stand below them.
    untimed: Vec<usize>,

    // In force until changed.
    init: Option<Arc<Init>>,
    encrypted: bool,
    discontinuities: u64,
    /// Date of the next segment's start, in ticks so that rounding does not add up.
    date_ticks: Option<i64>,
    /// First byte after the last segment's range, where it had one.
    range_end: Option<u64>,

    // For the next segment only.
    /// Outer: there was an `EXTINF`. Inner: it was a duration.
    duration: Option<Option<MediaTime>>,
    range: Option<(u64, Option<u64>)>,
    gap: bool,
}

impl Reader {
    /// Takes the next line.
    pub(super) fn take(&mut self, line: Line<'_>, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        match line {
            Line::Tag { name, value } => self.tag(name, value, addresses),
            Line::Uri(reference) => self.uri(reference, addresses),
            Line::Nothing => Ok(()),
        }
    }

    fn tag(&mut self, name: &str, value: &str, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        match name {
            "EXTINF" => self.duration = Some(seconds(value)),
            "EXT-X-BYTERANGE" => self.range = range_parts(value),
            "EXT-X-DISCONTINUITY" => self.discontinuities += 1,
            "EXT-X-GAP" => self.gap = true,
            "EXT-X-KEY" => self.encrypted = attribute(value, "METHOD") != Some("NONE"),
            "EXT-X-MAP" => self.map(value, addresses)?,
            "EXT-X-PROGRAM-DATE-TIME" => {
                if let Some(ms) = date::milliseconds(value) {
                    self.date_ticks = Some(ms * TICKS_PER_MS);
                }
            }
            "EXT-X-TARGETDURATION" => self.target_duration = seconds(value),
            "EXT-X-MEDIA-SEQUENCE" => self.media_sequence = integer(value),
            // It counts discontinuities before the list; below a segment it could only confuse (§4.3.3.3).
            "EXT-X-DISCONTINUITY-SEQUENCE" if self.segments.is_empty() => {
                self.discontinuity_sequence = integer(value).unwrap_or(0);
            }
            "EXT-X-ENDLIST" => self.ended = true,
            "EXT-X-PLAYLIST-TYPE" => self.ended |= value == "VOD",
            "EXT-X-START" => self.start = attribute(value, "TIME-OFFSET").and_then(signed_seconds),
            "EXT-X-SKIP" => {
                let skipped = attribute(value, "SKIPPED-SEGMENTS").and_then(integer);
                self.skipped = skipped.unwrap_or(0).min(MAX_SEGMENTS as u64);
            }
            "EXT-X-SERVER-CONTROL" => self.hold_back = attribute(value, "HOLD-BACK").and_then(seconds),
            "EXT-X-DEFINE" => self.variables.define(value),
            _ => {}
        }
        Ok(())
    }

    fn map(&mut self, list: &str, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        let reference = self.variables.apply(attribute(list, "URI").unwrap_or_default());
        let Some(url) = addresses.url(&reference)? else {
            return Ok(());
        };
        let range = attribute(list, "BYTERANGE").and_then(range_parts);
        let range = range.map(|(len, start)| from_length(start.unwrap_or(0), len));
        let init = Init { url, range };
        if self.init.as_deref() != Some(&init) {
            self.init = Some(Arc::new(init));
        }
        Ok(())
    }

    /// A URI ends the description of a segment. Without an `EXTINF` it is none (§4.3.2.1).
    fn uri(&mut self, reference: &str, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        let (range, gap) = (self.range.take(), core::mem::take(&mut self.gap));
        let Some(duration) = self.duration.take() else {
            return Ok(());
        };
        if self.segments.len() == MAX_SEGMENTS {
            return Err(PlaylistError::TooLarge);
        }
        let reference = self.variables.apply(reference);
        let url = addresses.url(&reference)?;
        let missing = url.is_none();
        let url = url.unwrap_or_else(|| "".into());
        // Without an offset a range follows that of the segment before, in the same resource (§4.3.2.2).
        let previous = self.segments.last().filter(|s| s.url == url).and(self.range_end);
        let range = range.map(|(len, start)| from_length(start.or(previous).unwrap_or(0), len));
        self.range_end = range.map(|r| r.end);

        if duration.is_none() {
            self.untimed.push(self.segments.len());
        }
        let duration = duration.unwrap_or_default().max(MIN_DURATION);
        self.segments.push(Segment {
            url,
            range,
            duration,
            init: self.init.clone(),
            discontinuity: (self.discontinuity_sequence + self.discontinuities).min(MAX_INTEGER),
            gap: gap || missing || range.is_some_and(ByteRange::is_empty),
            date_ms: self.date_ticks.map(|t| t.div_euclid(TICKS_PER_MS)),
            encrypted: self.encrypted,
        });
        self.date_ticks = self.date_ticks.map(|t| t + duration.ticks());
        Ok(())
    }

    /// All lines were taken.
    pub(super) fn finish(mut self) -> Media {
        let longest = self.segments.iter().map(|s| s.duration).max().unwrap_or_default();
        let target_duration = self.target_duration.filter(|t| *t > MediaTime::ZERO).unwrap_or(longest);
        let target_duration = target_duration.max(MIN_TARGET);
        for i in self.untimed {
            self.segments[i].duration = target_duration;
        }
        Media {
            target_duration,
            media_sequence: self.media_sequence.unwrap_or(0),
            skipped: self.skipped,
            discontinuity_sequence: self.discontinuity_sequence,
            ended: self.ended,
            segments: self.segments,
            start: self.start,
            hold_back: self.hold_back,
        }
    }
}

/// Length and offset of `n[@o]`, perhaps in quotes.
fn range_parts(text: &str) -> Option<(u64, Option<u64>)> {
    let (len, start) = match text.trim_matches('"').split_once('@') {
        Some((len, start)) => (len, integer(start)),
        None => (text.trim_matches('"'), None),
    };
    integer(len).map(|len| (len, start))
}

fn from_length(start: u64, len: u64) -> ByteRange {
    ByteRange { start, end: start.saturating_add(len) }
}
