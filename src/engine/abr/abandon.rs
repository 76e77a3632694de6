//! Whether a request to the origin is left for a lower variant: when playback would stop before it ends, and the
//! lower one would be there sooner.

use super::{Flight, View};

/// So long a request is left alone: the first bytes of a connection are slow.
const PATIENCE: f64 = 0.5;

/// The rung to fetch instead. Before anything plays (`first`) nothing stalls: a segment may then take the time that
/// it plays.
pub(super) fn abandon(view: &View<'_>, flight: &Flight, first: bool) -> Option<usize> {
    let rungs = view.ladder.rungs();
    let this = view.ladder.place(flight.index)?;
    let elapsed = flight.elapsed.as_secs_f64();
    let wait = flight.waited.as_secs_f64();
    let flowing = elapsed - wait;
    if elapsed < PATIENCE || flowing <= 0.0 || flight.bytes == 0 || flight.bytes >= flight.size {
        return None;
    }
    let bits = |bytes: u64| bytes as f64 * 8.0;
    let rate = bits(flight.bytes) / flowing;
    let left = bits(flight.size - flight.bytes);
    let level = if first { (view.segment.secs() - elapsed).max(0.0) } else { view.ahead.secs() };
    if left / rate <= level {
        return None;
    }
    let size = |place: usize| bits(flight.size) * rungs[place].bitrate / rungs[this].bitrate;
    let in_time = |&place: &usize| wait + size(place) / rate <= level;
    let to = (0..this).rev().find(in_time).unwrap_or(0);
    (to < this && wait * rate + size(to) < left).then_some(to)
}
