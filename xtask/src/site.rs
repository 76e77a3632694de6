//! The site: engine, elements and pages together, as `demo` serves it and `dist` packs it.

use std::path::PathBuf;
use std::thread;

use crate::npm::{self, Packages};
use crate::run::{Outcome, node, shown, step};
use crate::{stamp, tree, wasm};

/// Release is small; dev is readable and quicker to make.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Release,
    Dev,
}

impl Profile {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }
}

/// Everything in `target/site`, made only as far as something changed.
pub(crate) fn build(profile: Profile) -> Outcome {
    // npm waits for the network and rustc for the processor: on a clean clone they wait together.
    thread::scope(|scope| {
        let packages =
            scope.spawn(|| npm::install(Packages::Www).and_then(|()| npm::install(Packages::Playwright)));
        let linked = wasm::link();
        packages.join().expect("npm::install does not panic").and(linked)
    })?;
    wasm::bind(profile)?;
    bundle(profile)
}

fn bundle(profile: Profile) -> Outcome {
    let script = tree::root().join("www/build.mjs");
    stamp::unless_done(&tree::site_files(), &inputs(), profile.name(), || {
        step("site: esbuild", || {
            let mut command = node(&script);
            if profile == Profile::Dev {
                command.arg("--dev");
            }
            shown(&mut command)
        })
    })
}

/// All of `www/` but its media, which the origin serves from where they lie, and the engine.
fn inputs() -> Vec<PathBuf> {
    let www = tree::root().join("www");
    let mut inputs = tree::files(&www);
    inputs.retain(|path| !path.starts_with(www.join("media")));
    inputs.extend(tree::files(&tree::web()));
    inputs
}
