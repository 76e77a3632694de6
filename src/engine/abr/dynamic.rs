//! DYNAMIC: by throughput while the buffer is low, by the buffer (BOLA-E) once it tells something; below a goal of
//! 15 s by the buffer alone, whose placeholder stands in for what the goal lacks. Nothing is chosen that may not
//! arrive before the buffer ends, and nothing higher on the word of an origin that was last measured long ago.

use super::bola::{Bola, Shape};
use super::ladder::Rung;
use super::{Abr, Flight, View, abandon, edge};
use crate::engine::time::MediaTime;

/// From this goal on the buffer has a range in which throughput decides, in seconds.
const AMPLE_GOAL: f64 = 15.0;
/// The buffer decides from the second on, and throughput again below the first, in seconds.
const BY_BUFFER: (f64, f64) = (7.0, 12.0);
/// By throughput alone a variant may take this share of it, going up and staying: what a sample more or less would
/// undo is no reason to switch.
const UP: f64 = 0.8;
const STAY: f64 = 1.0;
/// With less than this here throughput alone does not go up, in seconds.
const RISES: f64 = 4.0;
/// By the buffer a variant may take all of the throughput, and with a full buffer so much more.
const FULL_BONUS: f64 = 0.08;
/// A segment must arrive before the buffer ends if no more than this share of the throughput is there: nearly all
/// is trusted at the start, where little is lost, less from then on.
const TRUST: (f64, f64) = (0.9, 0.75);

/// The player's rule.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    bola: Bola,
    by_buffer: bool,
    /// What of [`TRUST`] is left; none before the first segment came.
    trust: Option<f64>,
    /// The buffer when a segment was last chosen, in seconds.
    level: f64,
}

/// The best rung whose segments arrive in the time they play.
fn fitting(rungs: &[Rung], view: &View<'_>, rate: f64) -> usize {
    let segment = view.segment.secs();
    below(rungs, |r| view.paths.origin.wait() + segment * r.bitrate / rate <= segment)
}

/// The last rung up to which all but the lowest are `fine`.
pub(super) fn below(rungs: &[Rung], fine: impl Fn(&Rung) -> bool) -> usize {
    rungs.iter().skip(1).take_while(|r| fine(r)).count()
}

impl Abr for Rule {
    fn choose(&mut self, view: &View<'_>) -> usize {
        let rungs = view.ladder.rungs();
        if rungs.len() < 2 {
            return rungs.first().map_or(view.current, |r| r.index);
        }
        if view.by_parts {
            return rungs[edge::place(rungs, view)].index;
        }
        let (level, goal) = (view.ahead.secs(), view.goal.secs().max(1.0));
        let origin = &view.paths.origin;
        let rate = view.paths.origin_rate();
        if self.trust.is_none() {
            // The buffer is empty because nothing was fetched yet; that is no reason to fear for it.
            let share = if origin.rate().is_some() { UP } else { 1.0 };
            return rungs[fitting(rungs, view, rate * share)].index;
        }
        // What is no longer allowed was above what is.
        let last = view.ladder.place(view.current).unwrap_or(rungs.len() - 1);
        self.level = level;
        let threshold = if self.by_buffer { BY_BUFFER.0 } else { BY_BUFFER.1 };
        self.by_buffer = goal < AMPLE_GOAL || level > threshold;
        let shape = Shape::new(rungs, goal);
        let mut place = if self.by_buffer {
            let bonus = FULL_BONUS * (level / goal).min(1.0);
            let most = fitting(rungs, view, rate * (1.0 + bonus));
            let place = self.bola.choose((shape, rungs), level, last, most);
            // What waits for neighbours says nothing of the network; that it may come late is judged below.
            if view.shared { place.max(last) } else { place }
        } else {
            let stay = fitting(rungs, view, rate * STAY).min(last);
            let up = fitting(rungs, view, rate * UP);
            if level < RISES { stay } else { up.max(stay) }
        };
        let safe = self.trust.unwrap_or(TRUST.1) * (level - origin.wait()) * rate;
        let arriving = below(rungs, |r| r.bitrate * view.segment.secs() <= safe);
        if arriving < place {
            place = arriving;
            self.bola.lower((shape, rungs), level, place);
        }
        if place > last && !origin.is_fresh(view.now) {
            place = last;
        }
        rungs[place].index
    }

    fn arrived(&mut self, view: &View<'_>, index: usize, replaced: bool) {
        self.trust = Some(self.trust.map_or(TRUST.0, |t| (t * TRUST.0).max(TRUST.1)));
        let rungs = view.ladder.rungs();
        let Some(place) = view.ladder.place(index).filter(|_| rungs.len() > 1) else { return };
        if replaced {
            return self.bola.lend(view.segment.secs());
        }
        let shape = Shape::new(rungs, view.goal.secs());
        let (segment, level) = (view.segment.secs(), view.ahead.secs());
        self.bola.arrived((shape, rungs), (self.level + segment).max(level), place, level <= segment);
    }

    fn rested(&mut self, played: MediaTime) {
        self.bola.lend(played.secs());
    }

    fn sought(&mut self) {
        *self = Self::default();
    }

    fn abandon(&mut self, view: &View<'_>, flight: &Flight) -> Option<usize> {
        let place = abandon::abandon(view, flight, self.trust.is_none())?;
        let rungs = view.ladder.rungs();
        let shape = Shape::new(rungs, view.goal.secs());
        self.bola.fall((shape, rungs), view.ahead.secs(), place);
        Some(rungs[place].index)
    }
}
