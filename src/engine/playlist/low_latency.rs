//! The tags of low-latency HLS (RFC 8216bis §4.4.3.7, §4.4.3.8, §4.4.4.9, §4.4.5.3, §4.4.5.4): parts of segments, what
//! the server can do, what comes next, and where the other renditions are.

use super::super::id::ByteRange;
use super::super::time::MediaTime;
use super::media::{from_length, range_parts};
use super::number::{integer, seconds};
use super::scan::{attribute, yes};
use std::sync::Arc;

/// Parts of a playlist: those of three target durations and of the open segment, as short as they may be.
pub(super) const MAX_PARTS: usize = 4_000;
/// Reports of a playlist: one for each rendition.
pub(super) const MAX_REPORTS: usize = 200;

/// `EXT-X-SERVER-CONTROL` (RFC 8216bis §4.4.3.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// `CAN-BLOCK-RELOAD`: the server holds a request until what it asks for is there.
    pub can_block_reload: bool,
    /// `CAN-SKIP-UNTIL`: what lies this far before the end may be left out of an update.
    pub skip_until: Option<MediaTime>,
    /// `HOLD-BACK`: how far from the end live playback should be.
    pub hold_back: Option<MediaTime>,
    /// `PART-HOLD-BACK`: the same where parts are played.
    pub part_hold_back: Option<MediaTime>,
}

impl Control {
    pub(super) fn read(list: &str) -> Self {
        let time = |name| attribute(list, name).and_then(seconds);
        Self {
            can_block_reload: yes(list, "CAN-BLOCK-RELOAD"),
            skip_until: time("CAN-SKIP-UNTIL"),
            hold_back: time("HOLD-BACK"),
            part_hold_back: time("PART-HOLD-BACK"),
        }
    }
}

/// A part of a segment (RFC 8216bis §4.4.4.9).
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Index in the list of the segment it is part of; the list's length for the segment that is still open.
    pub segment: usize,
    /// Absolute URL; empty where the reference makes none (a gap then).
    pub url: Arc<str>,
    /// `BYTERANGE`, its offset filled in. None: the whole resource.
    pub range: Option<ByteRange>,
    /// `DURATION`.
    pub duration: MediaTime,
    /// `INDEPENDENT=YES`: decoding can start here.
    pub independent: bool,
    /// `GAP=YES`: there is nothing to fetch.
    pub gap: bool,
}

/// What will be needed next (RFC 8216bis §4.4.5.3). Asked for now, it comes the moment it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Absolute URL.
    pub url: Arc<str>,
    /// `BYTERANGE-START`, `BYTERANGE-LENGTH`; to the end of the resource (`u64::MAX`) without a length. None: the
    /// whole resource.
    pub range: Option<ByteRange>,
}

impl Hint {
    pub(super) fn read(list: &str, url: Arc<str>) -> Self {
        let number = |name| attribute(list, name).and_then(integer);
        let start = number("BYTERANGE-START").unwrap_or(0);
        let range = match number("BYTERANGE-LENGTH") {
            Some(len) => Some(from_length(start, len)),
            None => (start > 0).then_some(ByteRange { start, end: u64::MAX }),
        };
        Self { url, range }
    }
}

/// How far another rendition is (RFC 8216bis §4.4.5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Absolute URL of its media playlist.
    pub url: Arc<str>,
    /// `LAST-MSN`: the media sequence number of its last segment, the open one where it has parts.
    pub last_msn: u64,
    /// `LAST-PART`: the index of that segment's last part.
    pub last_part: Option<u64>,
}

impl Report {
    pub(super) fn read(list: &str, url: Arc<str>) -> Option<Self> {
        let number = |name| attribute(list, name).and_then(integer);
        Some(Self { url, last_msn: number("LAST-MSN")?, last_part: number("LAST-PART") })
    }
}

/// The part that an attribute list describes; without an offset its range follows `previous` in the same resource.
pub(super) fn part(
    list: &str,
    url: Option<Arc<str>>,
    previous: Option<&Part>,
    segment: usize,
) -> Option<Part> {
    let duration = attribute(list, "DURATION").and_then(seconds)?.max(super::media::MIN_DURATION);
    let missing = url.is_none();
    let url = url.unwrap_or_else(|| "".into());
    let follows = previous.filter(|p| p.url == url).and_then(|p| p.range).map(|r| r.end);
    let range = attribute(list, "BYTERANGE").and_then(range_parts);
    let range = range.map(|(len, start)| from_length(start.or(follows).unwrap_or(0), len));
    Some(Part {
        segment,
        gap: missing || yes(list, "GAP") || range.is_some_and(ByteRange::is_empty),
        independent: yes(list, "INDEPENDENT"),
        url,
        range,
        duration,
    })
}
