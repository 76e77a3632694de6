//! The npm packages that build and test: installed from the two lock files, and again only when a lock changes.

use std::process::Command;

use crate::run::{self, Outcome, quiet, step};
use crate::{stamp, tree};

/// Packages in `www/` bundle the site; those in `playwright/` are the tracker and the browser drivers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packages {
    Www,
    Playwright,
}

pub(crate) fn install(packages: Packages) -> Outcome {
    let name = match packages {
        Packages::Www => "www",
        Packages::Playwright => "playwright",
    };
    let folder = tree::root().join(name);
    let inputs = [folder.join("package.json"), folder.join("package-lock.json")];
    // npm's own record of what it installed, written last.
    let installed = folder.join("node_modules/.package-lock.json");
    stamp::unless_done(&installed, &inputs, "", || {
        step(format!("npm packages of {name}/"), || {
            // Install scripts stay off: one package's would fetch a native WebRTC stack that nothing here uses.
            quiet(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))?;
            if packages == Packages::Www {
                // … but esbuild's is wanted: it puts this platform's binary in place.
                quiet(&mut run::node(folder.join("node_modules/esbuild/install.js")))?;
            }
            Ok(())
        })
    })
}

pub(crate) fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
