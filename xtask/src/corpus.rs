//! `cargo xtask corpus DIR`: whether a browser plays the streams under a folder. What counts as played is decided in
//! `playwright/corpus/`; here only the site, the browser and the words of the command line are seen to. With
//! `--samples`, whether every sample of its transport streams is what an independent demuxer says: `tests/samples.rs`.

use crate::browser::{self, Browser};
use crate::npm::{self, Packages};
use crate::run::{Outcome, cargo, node, shown};
use crate::site::{self, Profile};
use crate::tree;

/// What the command line asked for.
pub(crate) struct Options {
    folder: String,
    browser: Browser,
    only: Option<String>,
    clear_key: Option<String>,
    samples: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        match arguments {
            [folder] if !folder.starts_with("--") => Some(Self {
                folder: (*folder).to_owned(),
                browser: Browser::Chromium,
                only: None,
                clear_key: None,
                samples: false,
            }),
            [rest @ .., "--browser", name] => {
                Some(Self { browser: Browser::named(name)?, ..Self::parse(rest)? })
            }
            [rest @ .., "--samples"] => Some(Self { samples: true, ..Self::parse(rest)? }),
            [rest @ .., "--only", name] => {
                Some(Self { only: Some((*name).to_owned()), ..Self::parse(rest)? })
            }
            [rest @ .., "--clear-key", key] => {
                Some(Self { clear_key: Some((*key).to_owned()), ..Self::parse(rest)? })
            }
            _ => None,
        }
    }
}

pub(crate) fn corpus(options: &Options) -> Outcome {
    let folder =
        std::fs::canonicalize(&options.folder).map_err(|error| format!("{}: {error}", options.folder))?;
    if options.samples {
        let mut test = cargo(&["test", "--quiet", "--package", "sprat", "--test", "samples"]);
        return shown(test.args(["--", "--ignored", "--nocapture"]).env("SPRAT_STREAMS", folder));
    }
    npm::install(Packages::Playwright)?;
    site::build(Profile::Release)?;
    let mut command = node(tree::root().join("playwright/corpus.mjs"));
    browser::provide(&[options.browser], &mut command)?;
    command.arg(folder).args(["--browser", options.browser.name()]);
    if let Some(only) = &options.only {
        command.args(["--only", only]);
    }
    if let Some(key) = &options.clear_key {
        command.args(["--clear-key", key]);
    }
    shown(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_comes_first_and_the_rest_in_any_order() {
        let options =
            Options::parse(&["streams", "--only", "ts", "--browser", "firefox"]).expect("it is right");
        assert_eq!(
            (&*options.folder, options.browser, options.only.as_deref()),
            ("streams", Browser::Firefox, Some("ts"))
        );
        let with_key = Options::parse(&["streams", "--clear-key", "00:ff"]).expect("so is this");
        assert_eq!(with_key.clear_key.as_deref(), Some("00:ff"));
        assert!(Options::parse(&["streams", "--samples"]).expect("so is this").samples);
        assert!(Options::parse(&["--browser", "firefox"]).is_none());
        assert!(Options::parse(&["streams", "--browser", "netscape"]).is_none());
    }
}
