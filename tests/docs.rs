//! No link leads nowhere: every relative link of every Markdown file of the repository names a file that is there, and a heading
//! that this file has. Links into the web are counted and not followed, for a check asks nobody.
//!
//! The pages under `docs/` are a book as well (`docs/book.toml`), so what they link to lies there, or in the web.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Component, Path, PathBuf};

#[test]
fn no_link_in_the_documents_is_dead() {
    let pages = pages(root());
    let (mut links, mut external, mut dead) = (0, BTreeSet::new(), Vec::new());
    for page in &pages {
        for link in links_of(&fs::read_to_string(page).unwrap()) {
            links += 1;
            if is_external(&link) {
                external.insert(link);
            } else if let Err(why) = follow(page, &link) {
                dead.push(format!("{}: ({link}) {why}", shown(page)));
            }
        }
    }
    for link in &external {
        println!("  not followed: {link}");
    }
    let (count, elsewhere) = (pages.len(), external.len());
    println!(
        "{count} documents, {links} links to {elsewhere} places in the web and to our own pages, {} dead",
        dead.len()
    );
    assert!(dead.is_empty(), "{} dead links:\n{}", dead.len(), dead.join("\n"));
    assert!(links > 50, "only {links} links were found: is this still how they are written?");
}

#[test]
fn every_page_of_the_book_is_in_its_table_of_contents() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let listed = links_of(&summary);
    for page in pages(&root().join("docs")) {
        let name = page.strip_prefix(root().join("docs")).unwrap().to_str().unwrap().replace('\\', "/");
        assert!(name == "SUMMARY.md" || listed.contains(&name), "docs/SUMMARY.md does not list {name}");
    }
}

#[test]
fn a_link_is_found_wherever_it_is_written() {
    let text = "[a](a.md) ![b](b.svg \"B\") [![c](c.svg)](c.md)\n`[no](no.md)`\n```\n[no](no.md)\n```\n[d]: d.md\n    [e](<e f.md>)\n";
    assert_eq!(links_of(text), ["a.md", "b.svg", "c.svg", "c.md", "d.md", "e f.md"]);
}

#[test]
fn headings_have_the_anchors_that_readers_and_the_book_give_them() {
    let text = "# What `sprat-hash` writes, and\n## A live\n## A live\n```\n# not one\n```\n";
    assert_eq!(anchors_of(text), ["what-sprat-hash-writes-and", "a-live", "a-live-1"]);
}

/// Why a relative link leads nowhere, if it does.
fn follow(page: &Path, link: &str) -> Result<(), String> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { page.to_owned() } else { flat(&page.parent().unwrap().join(path)) };
    if !target.exists() {
        return Err("is not there".to_owned());
    }
    let book = root().join("docs");
    if page.starts_with(&book) && !target.starts_with(&book) {
        return Err("lies outside of the book".to_owned());
    }
    match anchor {
        Some(anchor)
            if !anchors_of(&fs::read_to_string(&target).unwrap()).iter().any(|one| one == anchor) =>
        {
            Err("has no such heading".to_owned())
        }
        _ => Ok(()),
    }
}

fn is_external(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphabetic()))
}

/// Targets of `[…](…)`, `![…](…)` and `[…]: …`, outside of code.
fn links_of(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in prose(text) {
        let line = without_code(line);
        if let Some((_, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) {
            links.push(target.trim().to_owned());
        }
        for rest in line.match_indices("](").map(|(at, two)| &line[at + two.len()..]) {
            let target = match rest.strip_prefix('<') {
                Some(bracketed) => bracketed.split_once('>').map(|(target, _)| target),
                None => {
                    rest.split_once(')').map(|(target, _)| target.split_whitespace().next().unwrap_or(""))
                }
            };
            links.extend(target.map(str::to_owned));
        }
    }
    links
}

/// As GitHub and mdBook make them of headings; the second of a name ends in `-1`.
fn anchors_of(text: &str) -> Vec<String> {
    let mut seen = HashMap::new();
    let headings =
        prose(text).filter(|line| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#'));
    headings
        .map(|heading| {
            let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
            let name: String =
                heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect();
            let name = name.replace(' ', "-");
            let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(0);
            if *count == 0 { name } else { format!("{name}-{count}") }
        })
        .collect()
}

/// The lines outside of fenced code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    })
}

/// What stands in back quotes is no link.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

/// The Markdown files under a folder; packages of others and what is built are not ours.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries
        .flat_map(|path| match path.file_name().unwrap().to_str().unwrap() {
            "node_modules" | "target" | "dist" | "out" | ".git" => Vec::new(),
            _ if path.is_dir() => pages(&path),
            name if name.ends_with(".md") => vec![path],
            _ => Vec::new(),
        })
        .collect();
    found.sort();
    found
}

/// Without `.` and `..`, so that it can be seen what it lies in.
fn flat(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut flat, part| {
        match part {
            Component::ParentDir => drop(flat.pop()),
            Component::CurDir => {}
            other => flat.push(other),
        }
        flat
    })
}

fn shown(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
