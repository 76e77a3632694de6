//! A playlist that leaves out what its reader has (RFC 8216bis §6.2.5.1): what was in force in the part left out goes
//! on in the rest.

use super::super::playlist::{Media, Segment};
use super::super::time::MediaTime;
use super::Timeline;

/// Whether what `media` leaves out is known.
pub(super) fn is_known(known: &Timeline, media: &Media) -> bool {
    media.skipped == 0 || (!known.entries.is_empty() && media.first_listed() <= known.next_number)
}

/// Fills in what an update does not say again: map, keys, discontinuities and dates.
pub(super) fn complete(known: &Timeline, media: &mut Media) {
    let first = media.first_listed();
    let before = first.checked_sub(1).and_then(|n| known.by_number(n)).map(|e| &e.segment);
    // Where nothing is left out, or no more than has left the window, the first that is listed is known itself.
    let same = known.by_number(first).map(|e| Segment { duration: MediaTime::ZERO, ..e.segment.clone() });
    let Some(mut last) = before.cloned().or(same) else { return };
    // The update counts from the first of the window; we know what was counted up to here.
    let base = last.discontinuity;
    let listed = media.segments.first().map_or(0, |s| s.discontinuity);
    let counted = if before.is_some() { media.discontinuity_sequence } else { listed };
    let unsaid = media.keys_from;
    let open = media.open.iter_mut().map(Box::as_mut);
    for (i, segment) in media.segments.iter_mut().chain(open).enumerate() {
        let Segment { init, keys, date_ms, discontinuity, .. } = segment;
        if init.is_none() {
            init.clone_from(&last.init);
        }
        if i < unsaid {
            keys.clone_from(&last.keys);
        }
        let end = last.date_ms.map(|ms| ms.saturating_add_unsigned(last.duration.as_millis().0));
        *date_ms = date_ms.or(end);
        *discontinuity = base.saturating_add(discontinuity.saturating_sub(counted));
        last = segment.clone();
    }
}
