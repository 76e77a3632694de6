//! The claims of `fuzz/claims/`, held against what is in `fuzz/corpus/`: what the fuzzer once broke one with, what it
//! starts from, and our other fixtures. `cargo xtask fuzz` goes on from there.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

#[path = "fuzz/claims/mod.rs"]
mod claims;

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn what_the_fuzzer_knows_holds() {
    for (name, claim) in claims::ALL {
        let files = inputs(name);
        assert!(!files.is_empty(), "{name} has nothing to start from");
        for file in files {
            // A claim that breaks says which file did it.
            println!("{name}: {}", file.display());
            claim(&fs::read(file).unwrap());
        }
    }
}

#[test]
fn every_claim_has_a_target_and_every_target_a_claim() {
    let mut targets: Vec<_> = files(&here().join("targets")).iter().map(|f| stem(f)).collect();
    targets.sort();
    let mut claims = claims::ALL.map(|(name, _)| name.to_owned());
    claims.sort();
    assert_eq!(targets, claims);
    let manifest = fs::read_to_string(here().join("Cargo.toml")).unwrap();
    for name in claims {
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name} is not built");
    }
}

/// The corpus of a claim, and the fixtures of other tests that suit it.
fn inputs(name: &str) -> Vec<PathBuf> {
    let mut found = files(&here().join("corpus").join(name));
    let more = match name {
        "playlist" => "tests/fixtures/playlists",
        "fmp4" => "tests/fixtures/mp4",
        "remux" => "tests/remux",
        _ => return found,
    };
    found.extend(files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(more)));
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}
