//! `cargo xtask bench swarm`: crowds of real viewers, beside p2p-media-loader and hls.js alone. Who watches what, and how
//! it is counted, stands in `playwright/bench/swarm.mjs`.

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node, quiet, shown};
use crate::site::{self, Profile};
use crate::{debian, tree};
use std::process::Command;

/// What the bench takes: with a word behind it, and without.
const OPTIONS: [&str; 4] = ["--runs", "--only", "--player", "--minutes"];
const FLAGS: [&str; 3] = ["--short", "--threads", "--twice"];

/// What the command line asked for, as the bench takes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options(Vec<String>);

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            if !(FLAGS.contains(word) || OPTIONS.contains(word) && words.next().is_some()) {
                return None;
            }
        }
        Some(Self(arguments.iter().map(|word| (*word).to_owned()).collect()))
    }
}

/// Lets the crowds watch.
pub(crate) fn swarm(options: &Options) -> Outcome {
    npm::install(Packages::Playwright)?;
    npm::install(Packages::Www)?;
    quiet(Command::new("ffmpeg").arg("-version"))
        .map_err(|_| format!("the stream is made by ffmpeg with libx264. {}", debian::advice(&["ffmpeg"])))?;
    site::build(Profile::Release)?;
    let mut command = node(tree::root().join("playwright/bench/swarm.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    shown(command.args(&options.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_the_bench_does_not_know_is_refused_before_anything_is_built() {
        assert!(Options::parse(&["--only", "vod-4", "--short", "--runs", "1", "--threads"]).is_some());
        assert!(Options::parse(&["--onyl", "vod-4"]).is_none());
        assert!(Options::parse(&["--runs"]).is_none());
    }
}
