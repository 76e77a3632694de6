//! At the edge of a low-latency live the buffer is as full as it can be, and tells nothing: by throughput alone. Every
//! part has to arrive in the time that it plays, or playback stops; so going up takes more than staying, and a drop
//! counts at once.

use super::View;
use super::dynamic::below;
use super::ladder::Rung;

/// Shares of the throughput that a variant may take, going up and staying. Nothing hides a mistake: half of it may be
/// gone within a part, and what is joined begins with the largest picture.
const UP: f64 = 0.6;
const STAY: f64 = 0.85;

/// The rung to fetch next.
pub(super) fn place(rungs: &[Rung], view: &View<'_>) -> usize {
    // What is no longer allowed was above what is.
    let last = view.ladder.place(view.current).unwrap_or(rungs.len() - 1);
    let Some(rate) = view.paths.origin.rate_of_late() else { return last };
    let up = below(rungs, |r| r.bitrate <= rate * UP);
    let calm = view.paths.origin.is_fresh(view.now) && view.ahead >= view.segment;
    if up > last && calm { up } else { below(rungs, |r| r.bitrate <= rate * STAY).min(last) }
}
