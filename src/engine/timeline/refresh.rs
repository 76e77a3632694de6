//! A reload of a live playlist joins what is known. What [`Timeline::refresh`] promises is decided here.

use super::super::playlist::{Media, Segment};
use super::super::time::MediaTime;
use super::{Refresh, Timeline, delta, edge, split};

/// How far a cache may lag behind, in segments, where only URLs tell an old copy from a new stream.
const MAX_LAG: u64 = 3;
/// Most numbers a hole can have; beyond that, it is another stream (a week of 6 s segments).
const MAX_HOLE: u64 = 100_000;

/// What a reloaded list is.
enum Copy {
    /// The same stream, as far as we have it or further.
    Current,
    /// The same stream as it was before.
    Old,
    /// Another stream.
    Other,
}

pub(super) fn apply(known: &mut Timeline, mut media: Media) -> Refresh {
    let nothing = Refresh { unchanged: true, ..Refresh::default() };
    if known.ended && !(known.live && matches!(judge(known, &media), Copy::Other)) {
        return nothing;
    }
    if !delta::is_known(known, &media) {
        return Refresh { incomplete: true, ..nothing };
    }
    if media.delta {
        delta::complete(known, &mut media);
    }
    match judge(known, &media) {
        Copy::Old => nothing,
        Copy::Current => extend(known, media),
        Copy::Other if media.skipped > 0 => Refresh { incomplete: true, ..nothing },
        Copy::Other => {
            let added = media.segments.len();
            let end = known.edge();
            let ended_now = media.ended;
            // It was live, and numbers stay media sequence numbers even if the new stream is complete.
            let mode = known.mode;
            *known = Timeline::new(Media { ended: false, ..media }, None);
            known.mode = mode;
            known.ended = ended_now;
            known.shift(end);
            Refresh { added, ended_now, restarted: true, unchanged: false, incomplete: false }
        }
    }
}

/// Looks at one segment that both lists have: the newest.
fn judge(known: &Timeline, media: &Media) -> Copy {
    if media.segments.is_empty() || known.entries.is_empty() {
        // Without segments numbers say nothing (some origins are empty while they start).
        return Copy::Current;
    }
    let next = media.first_listed().saturating_add(media.segments.len() as u64);
    let lag = known.next_number.saturating_sub(next);
    let common = next.min(known.next_number).saturating_sub(1);
    let ours = known.by_number(common).map(|e| &e.segment);
    let theirs = common.checked_sub(media.first_listed());
    let theirs = theirs.and_then(|i| media.segments.get(usize::try_from(i).ok()?));
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => match same_date(ours, theirs, known.target_duration) {
            Some(false) => Copy::Other,
            Some(true) if lag == 0 => Copy::Current,
            Some(true) => Copy::Old,
            None if lag == 0 => Copy::Current,
            None if lag <= MAX_LAG && same_place(ours, theirs) => Copy::Old,
            None => Copy::Other,
        },
        (Some(_), None) | (None, Some(_)) | (None, None) => {
            let hole = media.first_listed().saturating_sub(known.next_number);
            if lag > 0 || hole > MAX_HOLE { Copy::Other } else { Copy::Current }
        }
    }
}

/// Whether two copies of a segment have the same date; none when one has no date. Encoders correct their
/// clocks a little, a new stream is at least a segment later.
fn same_date(ours: &Segment, theirs: &Segment, target: MediaTime) -> Option<bool> {
    let apart = ours.date_ms?.abs_diff(theirs.date_ms?);
    Some(apart < target.as_millis().0)
}

/// Whether two copies of a segment name the same bytes; tokens in the query may differ.
fn same_place(ours: &Segment, theirs: &Segment) -> bool {
    ours.url.split('?').next() == theirs.url.split('?').next() && ours.range == theirs.range
}

fn extend(known: &mut Timeline, media: Media) -> Refresh {
    let listed = media.segments.len();
    if known.entries.is_empty() {
        // Nothing was placed yet, so the first number means no hole.
        known.next_number = media.first_listed();
    }
    // A list without segments moves no window: some origins are empty while they restart.
    if listed > 0 {
        let past = known.entries.partition_point(|e| e.number < media.media_sequence);
        known.entries.drain(..past);
    }
    // We have all of theirs before the number that comes next.
    let have = known.next_number.saturating_sub(media.first_listed()).min(listed as u64) as usize;
    renew(known, &media, have);
    if listed > 0 && media.first_listed() > known.next_number {
        known.end += hole(known, &media);
        known.next_number = media.first_listed();
    }
    known.ended = media.ended;
    known.target_duration = media.target_duration;
    let before = known.awaited();
    let parts = known.edge.open_parts();
    let (segments, news) = split(media);
    for segment in segments.into_iter().skip(have) {
        known.push(segment);
    }
    let added = listed - have;
    let fewer = news.parts.iter().rev().take_while(|p| p.segment == listed).count() < parts;
    if added > 0 || known.ended || !fewer {
        edge::place(known, news);
    }
    let unchanged = !known.ended && known.awaited() == before;
    Refresh { added, ended_now: known.ended, unchanged, ..Refresh::default() }
}

/// Takes over what the first `have` segments of `media` say now, if the newest of them has another URL: access
/// tokens expire. Spans and numbers stay.
fn renew(known: &mut Timeline, media: &Media, have: usize) {
    let Some(newest) = have.checked_sub(1) else { return };
    let number = media.first_listed().saturating_add(newest as u64);
    if known.by_number(number).is_none_or(|e| e.segment.url == media.segments[newest].url) {
        return;
    }
    for entry in &mut known.entries {
        let listed = entry.number.checked_sub(media.first_listed()).and_then(|i| usize::try_from(i).ok());
        if let Some(segment) = listed.and_then(|i| media.segments.get(i)) {
            entry.segment = segment.clone();
        }
    }
}

/// How much of the programme was missed between our last segment and their first.
fn hole(known: &Timeline, media: &Media) -> MediaTime {
    let missed = media.first_listed().saturating_sub(known.next_number);
    let missed = i64::try_from(missed).unwrap_or(i64::MAX);
    let guess = MediaTime::from_ticks(known.target_duration.ticks().saturating_mul(missed));
    let theirs = media.segments.first().and_then(|s| s.date_ms);
    let (Some(from), Some(to)) = (known.end_date_ms, theirs) else {
        return guess;
    };
    let dated = MediaTime::from_ticks(to.saturating_sub(from).saturating_mul(MediaTime::RATE / 1000));
    // Clocks are corrected, segments may be short; what is far off is no measure.
    let plausible = guess.ticks() / 4 <= dated.ticks() && dated.ticks() / 2 <= guess.ticks();
    if plausible { dated } else { guess }
}
