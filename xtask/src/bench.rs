//! `cargo xtask bench media`: how Sprat fares beside others on the same streams in the same run. What is raced and how
//! stands in `playwright/bench/`.

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node, shown};
use crate::site::{self, Profile};
use crate::tree;

/// Races the media path; `runs` of each player, stream and line.
pub(crate) fn media(runs: Option<&str>) -> Outcome {
    npm::install(Packages::Playwright)?;
    site::build(Profile::Release)?;
    let mut command = node(tree::root().join("playwright/bench/main.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    if let Some(runs) = runs {
        command.args(["--runs", runs]);
    }
    shown(&mut command)
}
