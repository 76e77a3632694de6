//! Where things lie. Every path that two commands share is named here once.

use std::path::{Path, PathBuf};

/// The repository, wherever `cargo xtask` was started in it.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// The bindings and the optimised wasm: `sprat.js`, `sprat.d.ts`, `sprat_bg.wasm`.
pub(crate) fn web() -> PathBuf {
    root().join("target/web")
}

/// The site as it is served and shipped.
pub(crate) fn site() -> PathBuf {
    root().join("target/site")
}

/// What each script of the site is for, one `purpose file` per line, written by `www/build.mjs`.
pub(crate) fn site_files() -> PathBuf {
    root().join("target/site.files")
}

/// What the benchmarks make and find.
pub(crate) fn bench() -> PathBuf {
    root().join("target/bench")
}

/// The wasm between the bindings and the optimiser, which takes its function names away.
pub(crate) fn bound_wasm() -> PathBuf {
    root().join("target/sprat_bound.wasm")
}

/// The wasm as rustc left it.
pub(crate) fn linked_wasm() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("wasm32-unknown-unknown/release/sprat.wasm")
}

/// All files under `folder`, sorted, without `node_modules`. An absent folder has none.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                found.extend(files(&path));
            }
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
