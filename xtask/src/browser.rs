//! Which browser runs the cases, and what to do when there is none.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, quiet, shown, step};

/// Read here, and passed on to `playwright/run.mjs`.
pub(crate) const VARIABLE: &str = "SPRAT_CHROMIUM";

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Chromium's executable. On Debian as root it is installed; elsewhere the failure says how to.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if Path::new("/etc/debian_version").exists() && is_root() {
        step("installing Chromium by apt", || {
            shown(Command::new("apt-get").args(["update", "-q"]))?;
            let install = ["install", "-q", "-y", "--no-install-recommends", "chromium"];
            shown(Command::new("apt-get").args(install).env("DEBIAN_FRONTEND", "noninteractive"))
        })?;
    }
    find().ok_or_else(|| {
        format!(
            "the browser cases need Chromium. Debian: sudo apt-get install chromium. Fedora: sudo dnf install \
             chromium. Arch: sudo pacman -S chromium. macOS: brew install --cask chromium. \
             Or set {VARIABLE}=/path/to/chromium; or leave the browsers out: cargo xtask test --quick"
        )
    })
}

fn find() -> Option<PathBuf> {
    if let Some(chosen) = std::env::var_os(VARIABLE) {
        return Some(PathBuf::from(chosen));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path =
        std::env::split_paths(&path).flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)));
    in_path.chain(MAC.iter().map(PathBuf::from)).find(|candidate| candidate.is_file())
}

fn is_root() -> bool {
    quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
