//! BOLA-E (Spiteri, Sitaraman, Sparacio, 2018): the buffer says how good it can be. Each variant has a buffer
//! level from which it is worth its bytes. What the buffer lacks only because it is young, was full, or has a low
//! goal is made up for by a placeholder: seconds that count as buffered as long as nothing speaks against it.

use super::ladder::Rung;

/// Below this much buffer the lowest variant is best, in seconds.
const LEAST: f64 = 12.0;
/// Buffer that each further variant is given, in seconds; more than the goal has is left to the placeholder.
const PER_RUNG: f64 = 1.5;
/// So much less buffer, in seconds, and the variant is kept: no switch for what the next segment makes up.
const STICKY: f64 = 1.5;

/// A player's placeholder.
#[derive(Clone, Debug, Default)]
pub(super) struct Bola {
    placeholder: f64,
    started: bool,
}

/// What the ladder and the goal make of BOLA's two parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Seconds of buffer that a unit of utility is worth.
    v: f64,
    /// Utility of having a buffer at all.
    gp: f64,
}

impl Shape {
    /// For two rungs or more, and a goal in seconds.
    pub(super) fn new(rungs: &[Rung], goal: f64) -> Self {
        let most = (LEAST + PER_RUNG * rungs.len() as f64).max(goal);
        let range = rungs.last().map_or(0.0, |r| r.utility - 1.0).max(0.01);
        let v = (most - LEAST) / range;
        Self { v, gp: LEAST / v }
    }

    /// What a bit of this variant is worth at a buffer of `level`.
    pub(super) fn score(self, rung: &Rung, level: f64) -> f64 {
        (self.most(rung) - level) / rung.bitrate
    }

    /// The level above which it is no use to fetch this variant.
    fn most(self, rung: &Rung) -> f64 {
        self.v * (rung.utility + self.gp)
    }

    /// The level from which this variant is worth more than any lower one.
    fn least(self, rungs: &[Rung], place: usize) -> f64 {
        let Some(this) = rungs.get(place) else { return 0.0 };
        let over = |lower: &Rung| {
            let gain = this.bitrate * lower.utility - lower.bitrate * this.utility;
            self.v * (self.gp + gain / (this.bitrate - lower.bitrate))
        };
        rungs[..place].iter().map(over).fold(0.0, f64::max)
    }

    fn best(self, rungs: &[Rung], level: f64) -> usize {
        let mut best = 0;
        for place in 1..rungs.len() {
            if self.score(&rungs[place], level) > self.score(&rungs[best], level) {
                best = place;
            }
        }
        best
    }
}

impl Bola {
    /// The buffer as BOLA sees it.
    pub(super) fn effective(&self, level: f64) -> f64 {
        level + self.placeholder
    }

    /// What the buffer says; `fitting` is what the network says, `last` what is fetched now.
    pub(super) fn choose(
        &mut self,
        (shape, rungs): (Shape, &[Rung]),
        level: f64,
        last: usize,
        fitting: usize,
    ) -> usize {
        if !self.started {
            self.started = true;
            self.placeholder = (shape.least(rungs, fitting) - level).max(0.0);
            return fitting;
        }
        let mut place = shape.best(rungs, self.effective(level));
        if place < last {
            place = shape.best(rungs, self.effective(level) + STICKY).min(last);
        }
        if place > last && place > fitting {
            // No further up than the network carries, but no switch down for that.
            place = last.max(fitting);
        }
        // What is beyond use was never there.
        let beyond = self.effective(level) - shape.most(&rungs[place]);
        // Not `clamp`, which can panic, and brings 8 KB to print two numbers.
        self.placeholder -= beyond.max(0.0).min(self.placeholder);
        place
    }

    /// Something else decided for less: no more is pretended than that takes.
    pub(super) fn lower(&mut self, (shape, rungs): (Shape, &[Rung]), level: f64, place: usize) {
        let most = (shape.least(rungs, place) - level).max(0.0);
        self.placeholder = self.placeholder.min(most);
    }

    /// A request was abandoned for this rung: something is wrong.
    pub(super) fn fall(&mut self, (shape, rungs): (Shape, &[Rung]), level: f64, place: usize) {
        let least = if place > 0 { shape.least(rungs, place) } else { LEAST };
        self.placeholder = self.placeholder.min((least - level).max(0.0));
    }

    /// A segment of this rung came where the buffer had been at `level`: what is pretended fits what was fetched.
    pub(super) fn arrived(&mut self, (shape, rungs): (Shape, &[Rung]), level: f64, place: usize, dry: bool) {
        let most = shape.most(&rungs[place]) - level;
        self.placeholder = self.placeholder.min(most.max(0.0));
        if !dry {
            self.placeholder = self.placeholder.max(shape.least(rungs, place) - level);
        }
    }

    /// The buffer is shorter by so much for no fault of the network.
    pub(super) fn lend(&mut self, seconds: f64) {
        self.placeholder += seconds;
    }
}
