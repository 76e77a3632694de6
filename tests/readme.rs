//! What is said to be tested, is: every test and every browser case that the tables of the README, of `pains.md` and of `features.md` name
//! exists.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_test_that_the_readme_names_exists() {
    every_test_of_its_table_exists("README.md", 21, false);
}

#[test]
fn each_of_the_fifteen_pains_has_a_test() {
    every_test_of_its_table_exists("tests/pains.md", 15, true);
}

#[test]
fn every_row_of_the_feature_table_has_a_test() {
    every_test_of_its_table_exists("docs/features.md", 50, true);
}

/// At least so many rows; `held`: each names a test.
fn every_test_of_its_table_exists(file: &str, least: usize, held: bool) {
    let readme = fs::read_to_string(root().join(file)).unwrap();
    let (head, table) = readme.split_once("| tested where |").unwrap();
    // What is before the first bar and after the last counts as well.
    let columns = head.lines().last().unwrap().split('|').count() + 2;
    let rows: Vec<_> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() >= least, "{rows:?}");
    let sources: String =
        sources(&root().join("tests")).iter().map(|f| fs::read_to_string(f).unwrap()).collect();
    for row in rows {
        let cells: Vec<_> = row.split('|').collect();
        assert_eq!(cells.len(), columns, "{row}");
        let mut named = false;
        // Words in back quotes are at the odd places.
        let parts: Vec<_> = cells[columns - 2].split('`').collect();
        for (before, name) in parts.iter().step_by(2).zip(parts.iter().skip(1).step_by(2)) {
            let exists = if before.ends_with("case ") {
                root().join("playwright/cases").join(name).join("case.mjs").exists()
            } else if name.contains('/') {
                root().join(name).is_file()
            } else {
                sources.contains(&format!("fn {name}()"))
            };
            assert!(exists, "{file} names {name}, which is nowhere: {row}");
            named = true;
        }
        assert!(named || !held, "{file} names no test: {row}");
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|ext| ext == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
