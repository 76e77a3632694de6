//! `cargo xtask oembed FILE`: what other sites and search engines find of videos, written once for sites without a server.
//! What the file holds and what is made of it stands in `docs/share.md`; the texts are made by `www/oembed.mjs`, with the
//! same code as in the player.

use std::path::{Path, PathBuf};

use crate::npm::{self, Packages};
use crate::run::{Outcome, node, shown};
use crate::tree;

/// What the command line asked for.
pub(crate) struct Options {
    file: String,
    folder: Option<String>,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let (file, folder) = match arguments {
            [file] => (file, None),
            [file, folder] => (file, Some((*folder).to_owned())),
            _ => return None,
        };
        (!file.starts_with("--")).then(|| Self { file: (*file).to_owned(), folder })
    }
}

pub(crate) fn oembed(options: &Options) -> Outcome {
    npm::install(Packages::Www)?;
    let folder = options.folder.as_ref().map_or_else(|| Ok(tree::oembed()), absolute)?;
    let mut command = node(tree::root().join("www/oembed.mjs"));
    shown(command.arg(absolute(&options.file)?).arg(folder))
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
        let options = Options::parse(&["videos.json", "public/oembed"]).expect("it is right");
        assert_eq!(
            (options.file.as_str(), options.folder.as_deref()),
            ("videos.json", Some("public/oembed"))
        );
        assert!(Options::parse(&["videos.json"]).is_some_and(|options| options.folder.is_none()));
        assert!(Options::parse(&[]).is_none());
        assert!(Options::parse(&["--help"]).is_none());
        assert!(Options::parse(&["a", "b", "c"]).is_none());
    }
}
