//! `cargo xtask fuzz`: bytes by a stranger, as many as there is time for. What has to hold for them stands in
//! `tests/fuzz/claims/`; here only the tool, the places and the time are seen to.

use std::path::Path;
use std::process::Command;

use crate::run::{Outcome, quiet, shown, step};
use crate::tree;

/// Seconds for each target, where nobody says.
const SECONDS: &str = "60";
/// The longest input tried, in bytes: everything has happened by then, and short ones are quick.
const LONGEST: &str = "-max_len=16384";
/// A claim of its own measures time and memory more closely; these end what it cannot.
const LIMITS: [&str; 2] = ["-timeout=60", "-rss_limit_mb=2048"];

/// What the command line asked for.
pub(crate) struct Options {
    target: Option<String>,
    seconds: String,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        match arguments {
            [] => Some(Self { target: None, seconds: SECONDS.to_owned() }),
            ["--seconds", seconds, rest @ ..] => {
                seconds.parse::<u32>().ok()?;
                Some(Self { seconds: (*seconds).to_owned(), ..Self::parse(rest)? })
            }
            [target, rest @ ..] if !target.starts_with("--") => {
                Some(Self { target: Some((*target).to_owned()), ..Self::parse(rest)? })
            }
            _ => None,
        }
    }
}

/// Tries the targets one after the other, also after one was broken: whoever leaves it running overnight wants all.
pub(crate) fn fuzz(options: &Options) -> Outcome {
    let targets = targets();
    let wanted: Vec<_> = targets.iter().filter(|t| options.target.as_ref().is_none_or(|w| w == *t)).collect();
    if wanted.is_empty() {
        return Err(format!("there is no such target; there are {}", targets.join(", ")));
    }
    provide()?;
    let broken: Vec<_> = wanted.iter().filter(|target| run(target, &options.seconds).is_err()).collect();
    if broken.is_empty() {
        return Ok(());
    }
    let names = broken.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
    Err(format!("broken: {names}; by which input, `target/fuzz/artifacts/` tells"))
}

fn targets() -> Vec<String> {
    let files = tree::files(&folder().join("targets"));
    files.iter().filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned())).collect()
}

fn run(target: &str, seconds: &str) -> Outcome {
    let out = tree::root().join("target/fuzz");
    let [learned, broken] = ["corpus", "artifacts"].map(|name| out.join(name).join(target));
    for folder in [&learned, &broken] {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    step(format!("{target}, {seconds} s"), || {
        let mut command = cargo_fuzz();
        // No sanitiser: `unsafe` is forbidden here, and without one the stable toolchain will do.
        command.args(["run", "--sanitizer", "none", "--fuzz-dir"]).arg(folder());
        command.arg("--target-dir").arg(&out).arg(target);
        // What is learned goes to the first folder.
        command.arg(&learned).arg(folder().join("corpus").join(target)).args(fixtures(target));
        command.arg("--").arg(format!("-max_total_time={seconds}")).arg(LONGEST).args(LIMITS);
        command.arg(format!("-artifact_prefix={}/", broken.display())).arg("-print_final_stats=1");
        shown(&mut command)
    })
}

/// Fixtures of other tests that suit a target.
fn fixtures(target: &str) -> Option<std::path::PathBuf> {
    let place = match target {
        "playlist" => "tests/fixtures/playlists",
        "fmp4" => "tests/fixtures/mp4",
        _ => return None,
    };
    Some(tree::root().join(place))
}

fn provide() -> Outcome {
    if quiet(cargo_fuzz().arg("--version")).is_ok() {
        return Ok(());
    }
    step("installing cargo-fuzz", || {
        shown(Command::new(cargo()).args(["install", "--locked", "cargo-fuzz"])).map_err(|failure| {
            format!("cargo-fuzz could not be installed ({failure}): https://rust-fuzz.github.io/book/")
        })
    })
}

fn cargo_fuzz() -> Command {
    let mut command = Command::new(cargo());
    command.arg("fuzz").current_dir(folder());
    command
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn folder() -> std::path::PathBuf {
    Path::new(tree::root()).join("tests/fuzz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_and_a_time_come_in_any_order() {
        let options = Options::parse(&["remux", "--seconds", "600"]).expect("it is right");
        assert_eq!((options.target.as_deref(), &*options.seconds), (Some("remux"), "600"));
        assert_eq!(Options::parse(&["--seconds", "5"]).expect("so is this").target, None);
        assert!(Options::parse(&["--seconds", "soon"]).is_none());
    }

    #[test]
    fn every_target_has_something_to_start_from() {
        for target in targets() {
            assert!(!tree::files(&folder().join("corpus").join(&target)).is_empty(), "{target}");
        }
    }
}
