//! How many tests passed and failed, as each of the runners says it.

use std::process::Command;

use crate::run::{Outcome, observed};

/// Tests that passed and failed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// What a run of Node's own runner may leave out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Skips {
    /// A test may skip where it has nothing to test.
    Allowed,
    /// All is there that the tests need: one that skipped has not passed.
    Failures,
}

/// Runs `cargo test`, whose every binary has a tally of its own.
pub(crate) fn of_cargo(command: &mut Command) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let succeeded = observed(command, |line| tally = tally + cargo_tally(line).unwrap_or_default())?;
    settled(tally, succeeded)
}

/// Runs `node --test` with the reporter `spec`.
pub(crate) fn of_node(command: &mut Command, skips: Skips) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let mut skipped = 0;
    let succeeded = observed(command, |line| match node_count(line) {
        Some(("pass", count)) => tally.passed = count,
        Some(("fail" | "cancelled", count)) => tally.failed += count,
        Some(("skipped", count)) => skipped = count,
        _ => {}
    })?;
    match skips {
        Skips::Failures if skipped > 0 => {
            Err(format!("{skipped} skipped, though all is there that they need"))
        }
        _ => settled(tally, succeeded),
    }
}

/// Runs one of our own runners, which end with a line of counts, as we do.
pub(crate) fn of_runner(command: &mut Command) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let succeeded = observed(command, |line| tally = closing_line(line).unwrap_or(tally))?;
    settled(tally, succeeded)
}

/// A runner that ends badly without a failed test, or well without a passed one, has not done its work.
fn settled(tally: Tally, succeeded: bool) -> Outcome<Tally> {
    match (succeeded, tally) {
        (false, Tally { failed: 0, .. }) => Err("ended badly, though no test failed".to_owned()),
        (true, Tally { passed: 0, .. }) => Err("no test ran".to_owned()),
        _ => Ok(tally),
    }
}

/// `test result: ok. 12 passed; 0 failed; …`, as libtest prints it for every binary.
fn cargo_tally(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let mut counts = counts.split("; ");
    let passed = counts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = counts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some(Tally { passed, failed })
}

/// `ℹ pass 12`, one line for each word, at the end of `node --test`.
fn node_count(line: &str) -> Option<(&str, u32)> {
    let (word, count) = line.strip_prefix("ℹ ")?.split_once(' ')?;
    Some((word, count.parse().ok()?))
}

/// `12 passed, 0 failed`.
fn closing_line(line: &str) -> Option<Tally> {
    let (passed, failed) = line.trim().split_once(", ")?;
    let passed = passed.strip_suffix(" passed")?.parse().ok()?;
    let failed = failed.strip_suffix(" failed")?.parse().ok()?;
    Some(Tally { passed, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_every_runner_are_read() {
        let line = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(cargo_tally(line), Some(Tally { passed: 3, failed: 2 }));
        assert_eq!(closing_line("14 passed, 1 failed"), Some(Tally { passed: 14, failed: 1 }));
        assert_eq!(closing_line("14 passed"), None);
        assert_eq!(node_count("ℹ skipped 2"), Some(("skipped", 2)));
        assert_eq!(node_count("ℹ WordPress 6.1.9"), None);
    }

    #[test]
    fn a_runner_that_ran_nothing_has_failed() {
        assert!(settled(Tally::default(), true).is_err());
        assert!(settled(Tally { passed: 1, failed: 0 }, false).is_err());
        assert_eq!(settled(Tally { passed: 1, failed: 1 }, false), Ok(Tally { passed: 1, failed: 1 }));
    }

    #[cfg(unix)]
    #[test]
    fn a_skipped_test_fails_only_where_none_has_a_reason_to_skip() {
        let run = |said: &str, skips| of_node(Command::new("printf").arg(said), skips);
        let passed = Ok(Tally { passed: 3, failed: 0 });
        assert_eq!(run("ℹ pass 3\nℹ fail 0\nℹ skipped 1\n", Skips::Allowed), passed);
        assert_eq!(run("ℹ pass 3\nℹ fail 0\nℹ skipped 0\n", Skips::Failures), passed);
        assert!(run("ℹ pass 3\nℹ fail 0\nℹ skipped 1\n", Skips::Failures).is_err());
    }
}
