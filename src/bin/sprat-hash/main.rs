//! `sprat-hash DIR|URL`: what is asked for, and what is said about it. Writes the digests of a stream's segments where
//! players find them; `docs/digests.md` says what is written.
//!
//! 0: it is written. 1: something about the stream or the disk forbids that; nothing was changed. 2: the command line.

mod digest;
mod follow;
mod listing;
mod sidecar;
mod source;

use source::Source;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: sprat-hash [--follow] [--output FILE] DIR|PLAYLIST|URL

Writes the SHA-256 of every segment of an HLS stream: of all playlists (*.m3u8) in a folder, of one, or of one on a
server, with all its renditions.

  --follow       a live: look at the playlists again as they grow, and keep what is in their windows, until they end
  --output FILE  where to; - is standard output. Else segments-sha256.json, in the folder or, for a URL, here
";

/// Why there are no digests: what it is about, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Trouble(String);

impl Trouble {
    pub(crate) fn new(about: impl fmt::Display, what: impl fmt::Display) -> Self {
        Self(format!("{about}: {what}"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the digests go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Standard,
    File(PathBuf),
}

/// What the command line says.
#[derive(Debug, Default)]
struct Arguments {
    stream: String,
    output: Option<String>,
    follow: bool,
}

fn main() -> ExitCode {
    let Some(arguments) = Arguments::read(std::env::args().skip(1)) else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(&arguments) {
        Ok(said) => {
            eprintln!("sprat-hash: {said}");
            ExitCode::SUCCESS
        }
        Err(trouble) => {
            let then = if arguments.follow { "What was written before stays" } else { "Nothing was written" };
            eprintln!("sprat-hash: {trouble}. {then}.");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<String, Trouble> {
    let source = Source::open(&arguments.stream)?;
    let output = match arguments.output.as_deref() {
        Some("-") => Output::Standard,
        Some(file) => Output::File(PathBuf::from(file)),
        None => Output::File(source.home().unwrap_or(Path::new("")).join("segments-sha256.json")),
    };
    if arguments.follow {
        return follow::run(&source, &output);
    }
    let renditions = listing::renditions(&source)?;
    let sidecar = sidecar::of_everything(&source, &renditions)?;
    source.check_unchanged()?;
    sidecar.write(&output)?;
    Ok(format!("{} digests of {} playlists, {} bytes", sidecar.len(), renditions.len(), sidecar.text().len()))
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut read = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--follow" => read.follow = true,
                "--output" | "-o" => read.output = Some(arguments.next().filter(|file| !file.is_empty())?),
                option if option.starts_with('-') => return None,
                _ if read.stream.is_empty() => read.stream = argument,
                _ => return None,
            }
        }
        (!read.stream.is_empty()).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    #[test]
    fn a_command_line_says_one_stream_and_nothing_unknown() {
        let read = |line: &str| Arguments::read(line.split_whitespace().map(str::to_owned));
        let all = read("--output x.json --follow dir").expect("it is right");
        assert_eq!((all.stream.as_str(), all.output.as_deref(), all.follow), ("dir", Some("x.json"), true));
        assert!(read("dir").is_some_and(|read| !read.follow && read.output.is_none()));
        for wrong in ["", "--follow", "a b", "--output", "dir --output", "--help", "-x dir"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }
}
