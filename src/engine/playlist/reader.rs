//! Lines to a media playlist. Tags describe the segment that follows; map, keys, date, bit rate and byte offsets
//! carry over from one segment to the next, and are settled here.
//!
//! A line that names no usable URL or range stays in the list as a gap: dropping it would renumber its
//! successors, and numbers are what peers call segments by.

use super::super::id::ByteRange;
use super::super::time::MediaTime;
use super::address::Addresses;
use super::define::{Variable, Variables};
use super::key::Ring;
use super::low_latency::{Control, Hint, MAX_PARTS, MAX_REPORTS, Report, part};
use super::media::{Init, MIN_DURATION, Media, Segment, from_length, range_parts};
use super::number::{MAX_INTEGER, integer, seconds, signed_seconds};
use super::scan::{Line, attribute};
use super::{PlaylistError, date, daterange};
use std::sync::Arc;

/// Four days of 4 s segments.
const MAX_SEGMENTS: usize = 100_000;
/// The least target duration that can be written (RFC 8216 §4.3.3.1 has whole seconds).
const MIN_TARGET: MediaTime = MediaTime::from_ticks(MediaTime::RATE);
/// Ticks in a millisecond.
const TICKS_PER_MS: i64 = MediaTime::RATE / 1000;
/// Date ranges that one update may say are gone.
const MAX_REMOVED: usize = 256;

/// What the lines so far have said.
#[derive(Default)]
pub(super) struct Reader {
    /// All that needs no settling.
    media: Media,
    variables: Variables,
    target_duration: Option<MediaTime>,
    longest: MediaTime,
    /// Segments whose `EXTINF` is no duration; they get the target duration, which may stand below them.
    untimed: Vec<usize>,

    // In force until changed.
    init: Option<Arc<Init>>,
    keys: Ring,
    kilobits: Option<u32>,
    discontinuities: u64,
    /// Date of the next segment's start, in ticks so that rounding does not add up.
    date_ticks: Option<i64>,
    /// Where the last segment lies, and the first byte after its range, where it had one.
    last: Option<(Arc<str>, Option<u64>)>,

    // For the next segment only.
    /// Outer: there was an `EXTINF`. Inner: it was a duration.
    duration: Option<Option<MediaTime>>,
    range: Option<(u64, Option<u64>)>,
    gap: bool,
}

impl Reader {
    /// Nothing read yet; `imports` are the multivariant playlist's variables.
    pub(super) fn new(imports: Arc<[Variable]>) -> Self {
        let mut reader = Self { variables: Variables::new(imports), ..Self::default() };
        reader.media.keys_from = usize::MAX;
        reader
    }

    /// Takes the next line.
    pub(super) fn take(&mut self, line: Line<'_>, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        match line {
            Line::Tag { name, value } => self.tag(name, value, addresses),
            Line::Uri(reference) => self.uri(reference, addresses),
            Line::Nothing => Ok(()),
        }
    }

    fn tag(&mut self, name: &str, value: &str, addresses: &mut Addresses) -> Result<(), PlaylistError> {
        let media = &mut self.media;
        match name {
            "EXTINF" => self.duration = Some(seconds(value)),
            "EXT-X-BYTERANGE" => self.range = range_parts(value),
            "EXT-X-DISCONTINUITY" => self.discontinuities += 1,
            "EXT-X-GAP" => self.gap = true,
            "EXT-X-BITRATE" => self.kilobits = integer(value).and_then(|n| u32::try_from(n).ok()),
            "EXT-X-KEY" => {
                if media.keys_from == usize::MAX {
                    media.keys_from = media.segments.len();
                }
                self.keys.take(value, &mut self.variables, addresses)?;
            }
            "EXT-X-MAP" => self.map(value, addresses)?,
            "EXT-X-PROGRAM-DATE-TIME" => {
                if let Some(ms) = date::milliseconds(value) {
                    self.date_ticks = Some(ms * TICKS_PER_MS);
                }
            }
            "EXT-X-DATERANGE" => daterange::take(&mut media.date_ranges, value, &mut self.variables),
            "EXT-X-TARGETDURATION" => self.target_duration = seconds(value),
            // These count what is before the list; below a segment, in this text or in the part that was read
            // before, they could only confuse (§4.3.3.2, §4.3.3.3).
            "EXT-X-MEDIA-SEQUENCE" | "EXT-X-DISCONTINUITY-SEQUENCE"
                if media.segments.is_empty() && (media.skipped == 0 || media.delta) =>
            {
                let counts = if name == "EXT-X-MEDIA-SEQUENCE" {
                    &mut media.media_sequence
                } else {
                    &mut media.discontinuity_sequence
                };
                *counts = integer(value).unwrap_or(0);
            }
            "EXT-X-ENDLIST" => media.ended = true,
            "EXT-X-PLAYLIST-TYPE" => {
                media.ended |= value == "VOD";
                media.event |= value == "EVENT";
            }
            "EXT-X-I-FRAMES-ONLY" => media.i_frames_only = true,
            "EXT-X-INDEPENDENT-SEGMENTS" => media.independent_segments = true,
            "EXT-X-START" => media.start = attribute(value, "TIME-OFFSET").and_then(signed_seconds),
            "EXT-X-SKIP" => {
                let skipped = attribute(value, "SKIPPED-SEGMENTS").and_then(integer);
                media.skipped = skipped.unwrap_or(0).min(MAX_SEGMENTS as u64);
                media.delta = true;
                let removed = attribute(value, "RECENTLY-REMOVED-DATERANGES").unwrap_or_default();
                let removed = removed.split('\t').filter(|id| !id.is_empty()).take(MAX_REMOVED);
                media.removed_date_ranges = removed.map(str::to_owned).collect();
            }
            "EXT-X-SERVER-CONTROL" => media.control = Control::read(value),
            "EXT-X-PART-INF" => media.part_target = attribute(value, "PART-TARGET").and_then(seconds),
            "EXT-X-PART" | "EXT-X-PRELOAD-HINT" | "EXT-X-RENDITION-REPORT" => {
                self.low_latency(name, value, addresses)?;
            }
            "EXT-X-DEFINE" => self.variables.define(value, addresses.base()),
            _ => {}
        }
        Ok(())
    }

    fn low_latency(
        &mut self,
        name: &str,
        list: &str,
        addresses: &mut Addresses,
    ) -> Result<(), PlaylistError> {
        let media = &mut self.media;
        let reference = self.variables.apply(attribute(list, "URI").unwrap_or_default());
        let url = addresses.url(&reference)?;
        match (name, url) {
            ("EXT-X-PART", url) if media.parts.len() < MAX_PARTS => {
                media.parts.extend(part(list, url, media.parts.last(), media.segments.len()));
            }
            ("EXT-X-PRELOAD-HINT", Some(url)) => match attribute(list, "TYPE") {
                Some("PART") => media.next_part = Some(Hint::read(list, url)),
                Some("MAP") => media.next_map = Some(Hint::read(list, url)),
                _ => {}
            },
            ("EXT-X-RENDITION-REPORT", Some(url)) if media.reports.len() < MAX_REPORTS => {
                media.reports.extend(Report::read(list, url));
            }
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
        let init = Init { url, range, keys: self.keys.seal() };
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
        if self.media.segments.len() == MAX_SEGMENTS {
            return Err(PlaylistError::TooLarge);
        }
        let reference = self.variables.apply(reference);
        let url = addresses.url(&reference)?;
        let missing = url.is_none();
        let url = url.unwrap_or_else(|| "".into());
        // Without an offset a range follows that of the segment before, in the same resource (§4.3.2.2).
        let previous = self.last.take().filter(|(last, _)| *last == url).and_then(|(_, end)| end);
        let range = range.map(|(len, start)| from_length(start.or(previous).unwrap_or(0), len));
        self.last = Some((Arc::clone(&url), range.map(|r| r.end)));

        if duration.is_none() {
            self.untimed.push(self.media.segments.len());
        }
        let duration = duration.unwrap_or_default().max(MIN_DURATION);
        self.longest = self.longest.max(duration);
        let segment = Segment {
            url,
            range,
            gap: gap || missing || range.is_some_and(ByteRange::is_empty),
            kilobits: self.kilobits.filter(|_| range.is_none()),
            ..self.described(duration)
        };
        self.media.segments.push(segment);
        self.date_ticks = self.date_ticks.map(|t| t + duration.ticks());
        Ok(())
    }

    /// A segment of this length, with what is in force, and no URL.
    fn described(&mut self, duration: MediaTime) -> Segment {
        Segment {
            duration,
            init: self.init.clone(),
            keys: self.keys.seal(),
            discontinuity: (self.media.discontinuity_sequence + self.discontinuities).min(MAX_INTEGER),
            date_ms: self.date_ticks.map(|t| t.div_euclid(TICKS_PER_MS)),
            ..Segment::default()
        }
    }

    /// Segments so far, in the text or before it.
    pub(super) fn count(&self) -> usize {
        self.media.segments.len()
    }

    /// Whether nothing further down can change what was read so far.
    pub(super) fn is_settled(&self) -> bool {
        let Self { media, untimed, duration, range, gap, .. } = self;
        let between = duration.is_none() && range.is_none() && !gap;
        between && media.parts.is_empty() && untimed.is_empty() && !media.delta
    }

    /// What of this carries over, to read on from here another time. Date ranges do not: they are known by then.
    pub(super) fn carried(&self) -> Self {
        let m = &self.media;
        Self {
            media: Media {
                media_sequence: m.media_sequence,
                skipped: m.skipped + m.segments.len() as u64,
                discontinuity_sequence: m.discontinuity_sequence,
                ended: m.ended,
                event: m.event,
                i_frames_only: m.i_frames_only,
                independent_segments: m.independent_segments,
                start: m.start,
                control: m.control,
                part_target: m.part_target,
                ..Media::default()
            },
            variables: self.variables.clone(),
            target_duration: self.target_duration,
            longest: self.longest,
            init: self.init.clone(),
            keys: self.keys.clone(),
            kilobits: self.kilobits,
            discontinuities: self.discontinuities,
            date_ticks: self.date_ticks,
            last: self.last.clone(),
            ..Self::default()
        }
    }

    /// All lines were taken.
    pub(super) fn finish(mut self) -> Media {
        let target = self.target_duration.filter(|t| *t > MediaTime::ZERO).unwrap_or(self.longest);
        let target = target.max(MIN_TARGET);
        let listed = self.media.segments.len();
        let open = self.media.parts.iter().rev().take_while(|p| p.segment == listed);
        let open = open.fold(MediaTime::ZERO, |sum, p| sum + p.duration);
        if open > MediaTime::ZERO {
            self.media.open = Some(Box::new(self.described(open)));
        }
        let Self { mut media, untimed, .. } = self;
        for i in untimed {
            media.segments[i].duration = target;
        }
        media.keys_from = media.keys_from.min(listed + 1);
        media.target_duration = target;
        media
    }
}
