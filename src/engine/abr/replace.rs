//! Fast switching: which segment of the buffer is fetched again, in the better variant that is chosen by now. It
//! costs bytes that were paid for once, so it is for a buffer that can wait and a difference that is seen.

use super::View;
use crate::engine::time::MediaTime;

/// Buffer that must remain when the replacement is here, in seconds.
const COMFORT: f64 = 14.0;
/// It may take this share of the time it plays, so that the buffer does not shrink meanwhile.
const SHARE: f64 = 0.9;
/// It must be expected to be here so many times sooner than it is played.
const SAFETY: f64 = 3.0;
/// By how much more the new one must be worth: utility is the logarithm of the bitrate, so this is half as much
/// again.
const GAIN: f64 = 0.4;

/// The first of the buffered segments worth it: each with where it starts, seen from the playhead, and the variant
/// it is of, in order.
pub fn replaceable<T>(
    view: &View<'_>,
    buffered: impl IntoIterator<Item = (MediaTime, usize, T)>,
) -> Option<T> {
    let rungs = view.ladder.rungs();
    let new = rungs[view.ladder.place(view.current)?];
    let segment = view.segment.secs();
    let fetch = view.paths.origin.wait() + segment * new.bitrate / view.paths.origin_rate();
    if view.ahead.secs() < COMFORT + fetch || fetch > segment * SHARE {
        return None;
    }
    let safe = segment * 0.5 + fetch * SAFETY;
    let worth =
        |index: usize| view.ladder.place(index).is_some_and(|old| new.utility - rungs[old].utility >= GAIN);
    buffered.into_iter().find(|(start, index, _)| start.secs() >= safe && worth(*index)).map(|(.., it)| it)
}
