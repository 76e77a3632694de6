//! Debian's packages, for checks that need other programs: installed where that is ours to do, named elsewhere.
//!
//! It is ours on Debian as root, as on a machine that is there for the checks alone. What a package merely recommends stays
//! out (Hugo recommends 200 MB), and no service begins: a check starts its servers itself, with its own settings.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::run::{Outcome, quiet, shown, step};

/// Where Debian's installers ask whether a service may begin.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// apt lets one at it at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Installs what is missing. Where that is not ours to do nothing happens: whoever needs it looks again, and gives [`advice`].
pub(crate) fn install(missing: &[&str]) -> Outcome {
    if missing.is_empty() || !Path::new("/etc/debian_version").exists() || !is_root() {
        return Ok(());
    }
    let _turn = TURN.lock();
    step(format!("installing {} by apt", missing.join(", ")), || {
        let _policy = Policy::forbid_services(PathBuf::from(POLICY))?;
        shown(Command::new("apt-get").args(["update", "-q"]))?;
        let mut command = Command::new("apt-get");
        command.args(["install", "-q", "-y", "--no-install-recommends"]).args(missing);
        shown(command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1"))
    })
}

/// For whoever has to install it.
pub(crate) fn advice(packages: &[&str]) -> String {
    format!("Debian: sudo apt-get install {}", packages.join(" "))
}

fn is_root() -> bool {
    quiet(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// A policy that answers "not allowed", for as long as this lives; another's is left as it is.
struct Policy(Option<PathBuf>);

impl Policy {
    fn forbid_services(path: PathBuf) -> Outcome<Self> {
        if path.exists() {
            return Ok(Self(None));
        }
        std::fs::write(&path, "#!/bin/sh\nexit 101\n")
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let policy = Self(Some(path.clone()));
        quiet(Command::new("chmod").arg("755").arg(&path))?;
        Ok(policy)
    }
}

impl Drop for Policy {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Nothing depends on it but the next installation, whose administrator will see it.
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn services_are_forbidden_while_the_policy_lives_and_another_one_stays() {
        let path = std::env::temp_dir().join(format!("sprat-policy-{}", std::process::id()));
        let ours = Policy::forbid_services(path.clone()).expect("a file in a temporary folder");
        assert_eq!(Command::new(&path).status().expect("it can be run").code(), Some(101));
        let another = Policy::forbid_services(path.clone()).expect("nothing is written");
        drop(another);
        assert!(path.exists(), "who did not write it does not remove it");
        drop(ours);
        assert!(!path.exists());
    }
}
