//! Where does another rendition of a known live stream start? Dates are exact where both playlists have them,
//! but a publisher may get them wrong; sequence numbers are usually equal, but need not be (RFC 8216 §6.2.4).
//! So each is believed only while it puts the two windows side by side.

use super::super::playlist::Media;
use super::super::time::{MediaTime, Span};
use super::Timeline;

/// Target durations that may lie between two windows of one stream: one list is a little older than the other.
const SLACK: i64 = 3;

/// The start of `media`'s first segment in the programme that `known` is part of.
pub(super) fn start(media: &Media, known: &Timeline) -> MediaTime {
    let length = media.segments.iter().fold(MediaTime::ZERO, |sum, s| sum + s.duration);
    let near = |start: &MediaTime| {
        let slack = MediaTime::from_ticks(known.target_duration.ticks().saturating_mul(SLACK));
        let window = Span::new(known.window().start - slack, known.end + slack);
        *start < window.end && window.start < *start + length
    };
    by_date(media, length, known)
        .filter(near)
        .or_else(|| by_number(media, known).filter(near))
        .unwrap_or_else(|| known.end - length)
}

/// The last segment is compared with the known one that is nearest in date: dates may jump at a
/// discontinuity, and neighbours are the least likely to have one between them.
fn by_date(media: &Media, length: MediaTime, known: &Timeline) -> Option<MediaTime> {
    let last = media.segments.last()?;
    let date = last.date_ms?;
    let (nearest, theirs) = known
        .entries
        .iter()
        .filter_map(|e| e.segment.date_ms.map(|d| (e, d)))
        .min_by_key(|(_, d)| d.abs_diff(date))?;
    let apart = MediaTime::from_ticks((date - theirs).saturating_mul(MediaTime::RATE / 1000));
    Some(nearest.span.start + apart + last.duration - length)
}

fn by_number(media: &Media, known: &Timeline) -> Option<MediaTime> {
    let first = known.entries.first()?;
    if media.first_listed() < first.number {
        // Ours reaches further back: count from the first segment that both have.
        let before = usize::try_from(first.number - media.first_listed()).ok()?;
        let before = media.segments.get(..before)?;
        return Some(before.iter().fold(first.span.start, |t, s| t - s.duration));
    }
    match known.by_number(media.first_listed()) {
        Some(same) => Some(same.span.start),
        None => (media.first_listed() == known.next_number).then_some(known.end),
    }
}
