//! `cargo xtask peertube URL`: whether the player works on a PeerTube instance. What is asked of it and what counts as
//! working stands in `playwright/peertube.mjs`; here only the site, the browser and the words of the command line are seen to.

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, node, shown};
use crate::site::{self, Profile};
use crate::tree;

/// What may be named on the command line, each with an id of the instance.
const KINDS: [&str; 5] = ["--vod", "--split", "--live", "--password", "--playlist"];

/// What the command line asked for.
pub(crate) struct Options {
    arguments: Vec<String>,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let [url, ids @ ..] = arguments else { return None };
        let pairs =
            ids.chunks(2).all(|pair| matches!(pair, [kind, id] if KINDS.contains(kind) && !id.is_empty()));
        (pairs && !url.starts_with("--"))
            .then(|| Self { arguments: arguments.iter().map(|&argument| argument.to_owned()).collect() })
    }
}

pub(crate) fn peertube(options: &Options) -> Outcome {
    npm::install(Packages::Playwright)?;
    site::build(Profile::Release)?;
    let mut command = node(tree::root().join("playwright/peertube.mjs"));
    browser::provide(&[Browser::Chromium], &mut command)?;
    shown(command.args(&options.arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_first_and_ids_by_their_kind() {
        let options = Options::parse(&["https://tube.example", "--vod", "abc", "--password", "def=word"]);
        assert_eq!(options.expect("it is right").arguments.len(), 5);
        assert!(Options::parse(&["local"]).is_some());
        assert!(Options::parse(&[]).is_none());
        assert!(Options::parse(&["--vod", "abc"]).is_none());
        assert!(Options::parse(&["local", "--vod"]).is_none());
        assert!(Options::parse(&["local", "--film", "abc"]).is_none());
    }
}
