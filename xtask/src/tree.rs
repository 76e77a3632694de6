//! Where things lie. Every path that two commands share is named here once.

use std::path::{Path, PathBuf};

/// The repository, wherever `cargo xtask` was started in it.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// The bindings and the optimised wasm: `sprat.js`, `sprat.d.ts`, `sprat_bg.wasm` with its other half
/// `sprat_swarm_bg.wasm`, and those of `sprat_benches`.
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

/// Where `oembed` and `card` write unless they are told where.
pub(crate) fn share() -> PathBuf {
    root().join("target/share")
}

/// What the benchmarks make and find.
pub(crate) fn bench() -> PathBuf {
    root().join("target/bench")
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
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
