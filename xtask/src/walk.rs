//! A stranger's walk: the guide's first page from an empty folder, as `playwright/walk/` follows it, and what that page takes for
//! given.

use std::process::Command;

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node};
use crate::{debian, tree};

/// Programs, and what asks each whether it is there.
const PROGRAMS: [(&str, &str); 3] = [("python3", "--version"), ("unzip", "-v"), ("ffmpeg", "-version")];

/// The walk to observe, once a stranger could begin it.
pub(crate) fn walk() -> Outcome<Command> {
    npm::install(Packages::Playwright)?;
    debian::install(&missing())?;
    let missing = missing();
    if !missing.is_empty() {
        return Err(format!("the guide's first page needs more than is here. {}", debian::advice(&missing)));
    }
    let mut command = node(tree::root().join("playwright/walk/run.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    Ok(command)
}

/// Debian calls the packages what the programs are called.
fn missing() -> Vec<&'static str> {
    let is_there = |program, question| Command::new(program).arg(question).output().is_ok();
    PROGRAMS
        .iter()
        .filter(|(program, question)| !is_there(program, question))
        .map(|(program, _)| *program)
        .collect()
}
