//! `cargo xtask oembed FILE` and `cargo xtask card URL`: what other sites and search engines find of videos, written once for
//! sites without a server. What is read and what is made of it stands in `docs/share.md`; the texts are made by
//! `www/share.mjs`, with the same code as in the player.

use std::path::{Path, PathBuf};

use crate::npm::{self, Packages};
use crate::run::{Outcome, node, shown};
use crate::tree;

/// What the command line asked for.
pub(crate) enum Options {
    /// Of the videos that a file describes.
    Oembed { file: String, folder: Option<String> },
    /// Of what lies at an address; `said` goes to the script as it is.
    Card { address: String, folder: Option<String>, said: Vec<String> },
}

impl Options {
    pub(crate) fn oembed(arguments: &[&str]) -> Option<Self> {
        let (file, folder) = match arguments {
            [file] => (file, None),
            [file, folder] => (file, Some((*folder).to_owned())),
            _ => return None,
        };
        (!file.starts_with("--")).then(|| Self::Oembed { file: (*file).to_owned(), folder })
    }

    pub(crate) fn card(arguments: &[&str]) -> Option<Self> {
        let [address, options @ ..] = arguments else { return None };
        let mut folder = None;
        let mut said = Vec::new();
        for option in options.chunks(2) {
            match option {
                ["--out", value] => folder = Some((*value).to_owned()),
                // Whatever it begins with, a title is a value.
                [name @ ("--site" | "--title" | "--poster" | "--lang"), value] => {
                    said.push(format!("{name}={value}"))
                }
                _ => return None,
            }
        }
        (!address.starts_with("--")).then(|| Self::Card { address: (*address).to_owned(), folder, said })
    }
}

pub(crate) fn share(options: &Options) -> Outcome {
    npm::install(Packages::Www)?;
    let mut command = node(tree::root().join("www/share.mjs"));
    match options {
        Options::Oembed { file, folder } => {
            command.arg("oembed").arg(absolute(file)?).arg(into(folder.as_ref())?);
        }
        Options::Card { address, folder, said } => {
            command.arg("card").arg(address).arg(into(folder.as_ref())?).args(said);
        }
    }
    shown(&mut command)
}

fn into(folder: Option<&String>) -> Outcome<PathBuf> {
    folder.map_or_else(|| Ok(tree::share()), absolute)
}

/// As the caller meant it: the program runs in the repository.
fn absolute(path: impl AsRef<Path>) -> Outcome<PathBuf> {
    let path = path.as_ref();
    std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_first_and_a_folder_may_follow() {
        let options = Options::oembed(&["videos.json", "public/oembed"]);
        assert!(matches!(
            options,
            Some(Options::Oembed { file, folder: Some(folder) }) if file == "videos.json" && folder == "public/oembed"
        ));
        assert!(matches!(Options::oembed(&["videos.json"]), Some(Options::Oembed { folder: None, .. })));
        assert!(Options::oembed(&[]).is_none());
        assert!(Options::oembed(&["--help"]).is_none());
        assert!(Options::oembed(&["a", "b", "c"]).is_none());
    }

    #[test]
    fn an_address_comes_first_and_each_option_has_a_value() {
        let options =
            Options::card(&["https://a.example/", "--out", "public", "--title", "--Life--", "--lang", "en"]);
        assert!(matches!(
            options,
            Some(Options::Card { folder: Some(folder), said, .. })
                if folder == "public" && said == ["--title=--Life--", "--lang=en"]
        ));
        assert!(matches!(Options::card(&["https://a.example/"]), Some(Options::Card { folder: None, .. })));
        assert!(Options::card(&[]).is_none());
        assert!(Options::card(&["--out", "public"]).is_none());
        assert!(Options::card(&["https://a.example/", "--site"]).is_none());
        assert!(Options::card(&["https://a.example/", "--film", "x"]).is_none());
    }
}
