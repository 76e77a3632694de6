//! Whether a step's work is already done: a fingerprint of its inputs, kept beside its output.
//!
//! Path, size and modification time of every input. Contents are not read: a no-change `demo` has to start in seconds.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::run::Outcome;

/// Does `work` unless it was last done on the same inputs and `output` is still there.
pub(crate) fn unless_done(
    output: &Path,
    inputs: &[PathBuf],
    variant: &str,
    work: impl FnOnce() -> Outcome,
) -> Outcome {
    let stamp = output.with_file_name(format!(".{}.stamp", name(output)));
    let wanted = fingerprint(inputs, variant);
    if output.exists() && std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    // A step that dies half way must not look done.
    std::fs::remove_file(&stamp).ok();
    work()?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// An input of every step whose flags stand in this program.
pub(crate) fn this_program() -> PathBuf {
    std::env::current_exe().unwrap_or_default()
}

fn fingerprint(inputs: &[PathBuf], variant: &str) -> String {
    let mut hasher = DefaultHasher::new();
    variant.hash(&mut hasher);
    for path in inputs {
        path.hash(&mut hasher);
        if let Ok(metadata) = path.metadata() {
            metadata.len().hash(&mut hasher);
            let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            modified.hash(&mut hasher);
        }
    }
    format!("{:016x}", hasher.finish())
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
