//! `cargo xtask sim`: crowds of viewers on one virtual clock. What is simulated stands in `tests/crowd/`; here only the
//! build that is fast enough is seen to.

use crate::run::{Outcome, cargo, shown};

pub(crate) fn sim(options: &[&str]) -> Outcome {
    shown(cargo(&["run", "--quiet", "--profile", "crowd", "--package", "sprat-crowd", "--"]).args(options))
}
