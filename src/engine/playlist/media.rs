//! The media playlist (RFC 8216 §4.3.2, §4.3.3, RFC 8216bis §4.4.4): what a list of segments says once it was read.
//! Each [`Segment`] stands for itself; what several have in common they share.

use super::super::id::ByteRange;
use super::super::time::MediaTime;
use super::daterange::DateRange;
use super::key::Keys;
use super::low_latency::{Control, Hint, Part, Report};
use super::number::integer;
use super::resume::Resume;
use std::sync::Arc;

/// A millisecond: shorter segments would vanish in the rounding of `SourceBuffer.buffered`.
pub(super) const MIN_DURATION: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 1000);

/// A list of segments, as it was when it was fetched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    /// `EXT-X-TARGETDURATION`, at least 1 s; the longest segment where the tag is missing.
    pub target_duration: MediaTime,
    /// `EXT-X-MEDIA-SEQUENCE`: number of the first segment of the window, at most 2⁵³ − 1.
    pub media_sequence: u64,
    /// Segments at the front that are left out, because whoever asked has them: `EXT-X-SKIP`, or a text whose
    /// beginning was read before.
    pub skipped: u64,
    /// It is an update (`EXT-X-SKIP`): what was in force before the skipped segments is not said again.
    pub delta: bool,
    /// `EXT-X-DISCONTINUITY-SEQUENCE`: discontinuities before the first segment, at most 2⁵³ − 1.
    pub discontinuity_sequence: u64,
    /// No more segments will come: `EXT-X-ENDLIST`, or `EXT-X-PLAYLIST-TYPE:VOD` (RFC 8216 §6.3.4).
    pub ended: bool,
    /// `EXT-X-PLAYLIST-TYPE:EVENT`: segments are added only, so that the whole programme can be sought.
    pub event: bool,
    /// `EXT-X-I-FRAMES-ONLY`: each segment is one I-frame.
    pub i_frames_only: bool,
    /// `EXT-X-INDEPENDENT-SEGMENTS`: decoding can start at every segment.
    pub independent_segments: bool,
    /// The segments, in order; at most 100,000.
    pub segments: Vec<Segment>,
    /// Index of the first segment whose keys this text tells; those before it have none, or, in an update, those of
    /// what was skipped. The open segment counts as the last.
    pub keys_from: usize,
    /// `EXT-X-START`: where to start, from the first segment's start, or from the last one's end when negative.
    pub start: Option<MediaTime>,
    /// `EXT-X-SERVER-CONTROL`.
    pub control: Control,
    /// `PART-TARGET` of `EXT-X-PART-INF`: the length that no part exceeds.
    pub part_target: Option<MediaTime>,
    /// Parts of the last segments, in order.
    pub parts: Vec<Part>,
    /// The segment that is still open, where it has parts: without a URL, as long as its parts.
    pub open: Option<Box<Segment>>,
    /// `EXT-X-PRELOAD-HINT` with `TYPE=PART`: the part that comes next.
    pub next_part: Option<Hint>,
    /// The same with `TYPE=MAP`: an initialization section that will be needed.
    pub next_map: Option<Hint>,
    /// `EXT-X-RENDITION-REPORT`.
    pub reports: Vec<Report>,
    /// `EXT-X-DATERANGE`, by first appearance.
    pub date_ranges: Vec<DateRange>,
    /// `RECENTLY-REMOVED-DATERANGES` of `EXT-X-SKIP`: their IDs.
    pub removed_date_ranges: Vec<String>,
    /// From where the next copy of this list need be read, if it begins alike.
    pub resume: Option<Arc<Resume>>,
}

impl Media {
    /// Media sequence number of the first of [`Media::segments`].
    #[must_use]
    pub fn first_listed(&self) -> u64 {
        self.media_sequence.saturating_add(self.skipped)
    }
}

/// One media segment, with everything that is in force for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segment {
    /// Absolute URL; empty where the reference makes none (a gap then).
    pub url: Arc<str>,
    /// `EXT-X-BYTERANGE`, its offset filled in. None: the whole resource.
    pub range: Option<ByteRange>,
    /// `EXTINF`, 1 ms to a day; the target duration where it is negative or no number.
    pub duration: MediaTime,
    /// `EXT-X-MAP`. Equal maps in a row share one `Arc`.
    pub init: Option<Arc<Init>>,
    /// `EXT-X-KEY`: the keys in force, shared by all segments in a row that have them.
    pub keys: Keys,
    /// Discontinuity sequence number: timestamps are continuous among segments with the same one.
    pub discontinuity: u64,
    /// `EXT-X-GAP`: there is nothing to fetch.
    pub gap: bool,
    /// `EXT-X-PROGRAM-DATE-TIME` of its start in ms since 1970, carried forward from the last such tag.
    pub date_ms: Option<i64>,
    /// `EXT-X-BITRATE` in kbit/s, carried forward; not where a byte range tells the size.
    pub kilobits: Option<u32>,
}

/// A media initialization section (RFC 8216 §4.3.2.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Init {
    /// Absolute URL.
    pub url: Arc<str>,
    /// None: the whole resource.
    pub range: Option<ByteRange>,
    /// The keys in force where its tag stands (RFC 8216bis §4.4.4.5).
    pub keys: Keys,
}

/// Length and offset of `n[@o]`, perhaps in quotes.
pub(super) fn range_parts(text: &str) -> Option<(u64, Option<u64>)> {
    let (len, start) = match text.trim_matches('"').split_once('@') {
        Some((len, start)) => (len, integer(start)),
        None => (text.trim_matches('"'), None),
    };
    integer(len).map(|len| (len, start))
}

pub(super) fn from_length(start: u64, len: u64) -> ByteRange {
    ByteRange { start, end: start.saturating_add(len) }
}
