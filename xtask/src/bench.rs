//! `cargo xtask bench media`: how Sprat fares beside others on the same streams in the same run. What is raced and how
//! stands in `playwright/bench/`.

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node, shown};
use crate::site::{self, Profile};
use crate::{tree, wasm};

/// What can be asked for alone.
const RACES: [&str; 4] = ["first-frame", "transmux", "playlists", "main-thread"];

/// What the command line asked for: how many runs of each, and which race.
#[derive(Default)]
pub(crate) struct Options {
    runs: Option<u32>,
    only: Option<&'static str>,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        match arguments {
            [] => Some(Self::default()),
            ["--runs", runs, rest @ ..] => {
                Some(Self { runs: Some(runs.parse().ok()?), ..Self::parse(rest)? })
            }
            ["--only", name, rest @ ..] => {
                let only = RACES.into_iter().find(|race| race == name)?;
                Some(Self { only: Some(only), ..Self::parse(rest)? })
            }
            _ => None,
        }
    }
}

/// Races the media path.
pub(crate) fn media(options: &Options) -> Outcome {
    npm::install(Packages::Playwright)?;
    npm::install(Packages::Www)?;
    site::build(Profile::Release)?;
    wasm::bench()?;
    let mut command = node(tree::root().join("playwright/bench/main.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    if let Some(runs) = options.runs {
        command.args(["--runs", &runs.to_string()]);
    }
    if let Some(only) = options.only {
        command.args(["--only", only]);
    }
    shown(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_race_is_run_alone_where_it_is_named() {
        let options = Options::parse(&["--only", "transmux", "--runs", "3"]).expect("it is right");
        assert_eq!((options.only, options.runs), (Some("transmux"), Some(3)));
        assert!(Options::parse(&["--only", "horses"]).is_none());
    }
}
