//! What `docs/recipes.md` tells of other systems, tried in those systems. Which programs that takes is known to
//! `playwright/recipes/debian.mjs`, which the tests ask as well.

use std::process::Command;

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node, quiet};
use crate::{debian, tree};

/// The tests to observe, once all is there that they need: none has a reason to skip.
pub(crate) fn tests() -> Outcome<Command> {
    npm::install(Packages::Playwright)?;
    npm::install(Packages::Www)?;
    let programs = tree::root().join("playwright/recipes/debian.mjs");
    let missing = || quiet(node(&programs).arg("--missing"));
    debian::install(&missing()?.lines().collect::<Vec<_>>())?;
    let missing = missing()?;
    if !missing.is_empty() {
        let packages: Vec<_> = missing.lines().collect();
        return Err(format!(
            "the recipes are tried in Hugo, Jekyll and WordPress. {}",
            debian::advice(&packages)
        ));
    }
    // WordPress itself is not installed but unpacked.
    quiet(&mut node(&programs))?;
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec", "playwright/recipes/"]).current_dir(tree::root());
    browser::provide(&[Browser::Chromium], &mut command)?;
    Ok(command)
}
