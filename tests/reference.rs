//! The page of attributes, members and events is that of the code: `docs/reference.md` names all that the elements have, each in the
//! section of its element, and nothing that there is not. `docs/embed-api.md` has every parameter of the iframe pages.
//!
//! What the code has is read from its text, by how it is written here: lists of names, `getAttribute('…')`, `CustomEvent('…')`,
//! public members of classes.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

type Names = BTreeSet<String>;

const ELEMENTS: [&str; 5] = ["sprat-video", "sprat-player", "sprat-playlist", "sprat-search", "sprat-embed"];

/// Read by the code, and no attribute of an element of ours that a page would write.
const FOREIGN: [&str; 5] = ["aria-haspopup", "aria-label", "disableremoteplayback", "href", "height"];

#[test]
fn every_attribute_of_the_elements_is_in_the_reference() {
    let lists = [
        ("sprat-video", "video/attributes.ts", "OWN_ATTRIBUTES"),
        ("sprat-player", "elements/sprat-player.ts", "OWN"),
        ("sprat-player", "elements/sprat-player.ts", "WISHES"),
        ("sprat-playlist", "elements/sprat-playlist.ts", "NAMED"),
        ("sprat-playlist", "playlist/deck.ts", "PASSED"),
        ("sprat-playlist", "playlist/deck.ts", "SHARED"),
        ("sprat-search", "elements/sprat-search.ts", "PASSED"),
        ("sprat-embed", "elements/sprat-embed.ts", "SWITCHES"),
        ("sprat-embed", "elements/sprat-embed.ts", "TEXTS"),
    ];
    for (element, file, list) in lists {
        let told = told(element, "Attributes");
        for name in listed(&source(file), list) {
            assert!(
                told.contains(&name),
                "docs/reference.md has no attribute {name} of {element} ({file}, {list})"
            );
        }
    }
}

#[test]
fn every_attribute_that_the_code_asks_for_is_in_the_reference() {
    let told: Names = ELEMENTS.iter().flat_map(|element| told(element, "Attributes")).collect();
    let asked = ["getAttribute('", "hasAttribute('", "#off('"].map(|call| named_after(&code(), call));
    let asked: Names = asked.into_iter().flatten().filter(|name| !FOREIGN.contains(&name.as_str())).collect();
    assert!(asked.len() > 30, "{asked:?}");
    for name in asked {
        assert!(told.contains(&name), "docs/reference.md has no attribute {name}");
    }
}

#[test]
fn every_event_that_the_code_sends_is_in_the_reference() {
    let told: Names = ELEMENTS.iter().flat_map(|element| told(element, "Events")).collect();
    let sent = ["new CustomEvent('", "say('", "#tell('"].map(|call| named_after(&code(), call));
    for name in sent.into_iter().flatten() {
        assert!(told.contains(&name), "docs/reference.md has no event {name}");
    }
}

#[test]
fn every_public_member_of_the_elements_is_in_the_reference() {
    for element in ELEMENTS {
        let section = section(element);
        let members = members(&source(&format!("elements/{element}.ts")));
        assert!(members.len() > 2, "{element}: {members:?}");
        for name in members {
            let spelled = [format!("`{name}`"), format!("`{name}(")];
            assert!(
                spelled.iter().any(|one| section.contains(one)),
                "docs/reference.md has no {name} of {element}"
            );
        }
    }
}

#[test]
fn nothing_is_in_the_reference_that_is_not_in_the_code() {
    let code: String = everything().iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    for element in ELEMENTS {
        for name in told(element, "Attributes").into_iter().chain(told(element, "Events")) {
            // What is HTML's or comes with the media element's base class is not spelled in ours.
            let known = ["title", "lang", "crossorigin", "autoplay"].contains(&name.as_str());
            assert!(
                known || code.contains(&format!("'{name}'")),
                "docs/reference.md has {name} of {element}, which is nowhere"
            );
        }
        for name in told(element, "Members") {
            let name = name.split('(').next().unwrap();
            let spelled = ["(", ":", " =", "<", "?:"].map(|after| format!(" {name}{after}"));
            let known = ["videoRenditions", "audioTracks"].contains(&name);
            assert!(
                known || spelled.iter().any(|one| code.contains(one)),
                "docs/reference.md has {name} of {element}, which is nowhere"
            );
        }
    }
}

#[test]
fn every_parameter_of_the_iframe_pages_is_told_of() {
    let code = source("embed/parameters.ts");
    let mut parameters: Vec<String> = Vec::new();
    for table in ["TEXTS", "SWITCHES", "DEFAULTS_ON", "COLOURS"] {
        let (_, rows) = code.split_once(&format!("const {table}: Record<string, string> = {{\n")).unwrap();
        let rows = rows.split("};").next().unwrap().lines();
        parameters
            .extend(rows.filter_map(|row| row.trim().split_once(": ").map(|(name, _)| name.to_owned())));
    }
    for call in ["given.get('", "isOn('", "isOff('"] {
        let names =
            code.match_indices(call).map(|(at, call)| code[at + call.len()..].split('\'').next().unwrap());
        parameters.extend(names.map(str::to_owned));
    }
    assert!(parameters.len() > 50, "{parameters:?}");
    let page = fs::read_to_string(root().join("docs/embed-api.md")).unwrap();
    for name in parameters {
        let told = [format!("`{name}`"), format!("`{name}=")].iter().any(|one| page.contains(one));
        assert!(told, "docs/embed-api.md has no parameter {name}");
    }
}

#[test]
fn the_examples_in_the_documents_have_no_attribute_that_there_is_not() {
    let html = ["id", "class", "slot", "poster", "preload", "muted", "playsinline", "crossorigin", "style"];
    let mut count = 0;
    for file in documents() {
        let text = fs::read_to_string(&file).unwrap();
        for (at, _) in text.match_indices("<sprat-") {
            let (element, attributes) = tag(&text[at + 1..]);
            if !ELEMENTS.contains(&element) {
                continue;
            }
            count += attributes.len();
            // A player has what the video inside it has.
            let video =
                if element == "sprat-player" { told("sprat-video", "Attributes") } else { Names::new() };
            let known = &told(element, "Attributes") | &video;
            for name in attributes {
                let is_there = known.contains(name) || html.contains(&name);
                assert!(is_there, "{} has {name} of {element}, which is nowhere", file.display());
            }
        }
    }
    println!("{count} attributes in examples");
    assert!(count > 30, "only {count} attributes were found: is this still how examples are written?");
}

/// Names in back quotes of the first cell of each row of a table of an element's section.
fn told(element: &str, table: &str) -> Names {
    let section = section(element);
    let heading = format!("### {table} of {element}\n");
    let (_, table) = section.split_once(&heading).unwrap_or_else(|| panic!("no {heading}"));
    let table = table.split("\n#").next().unwrap();
    let cells =
        table.lines().filter(|line| line.starts_with("| `")).map(|line| line.split('|').nth(1).unwrap());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned)).collect()
}

fn section(element: &str) -> String {
    let page = fs::read_to_string(root().join("docs/reference.md")).unwrap();
    let (_, section) = page.split_once(&format!("\n## {element}\n")).unwrap();
    section.split("\n## ").next().unwrap().to_owned()
}

/// The strings of `const NAME = [ … ]`.
fn listed(text: &str, name: &str) -> Names {
    let (_, list) = text.split_once(&format!("const {name} = [")).unwrap_or_else(|| panic!("no list {name}"));
    let list = list.split("] as const").next().and_then(|list| list.split("];").next()).unwrap();
    list.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What stands in quotes behind a call.
fn named_after(text: &str, call: &str) -> Names {
    let names =
        text.match_indices(call).map(|(at, call)| text[at + call.len()..].split('\'').next().unwrap());
    names.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')).map(str::to_owned).collect()
}

/// Public fields, getters and methods of the class of a file, and of the interface that completes it.
fn members(text: &str) -> Names {
    let class = text
        .split("\nexport ")
        .filter(|part| part.starts_with("class ") || part.starts_with("interface Sprat"));
    let lines = class.flat_map(|part| part.split("\n}").next().unwrap().lines().skip(1));
    lines.filter_map(member).collect()
}

fn member(line: &str) -> Option<String> {
    let mut rest = line.strip_prefix("  ")?;
    while let Some(more) = ["override ", "async ", "get ", "set ", "readonly ", "declare "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
    {
        rest = more;
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, after) = rest.split_at(end);
    let lifecycle = ["constructor", "init", "handleEvent"].contains(&name) || name.ends_with("Callback");
    let is_member = after.starts_with(['(', ':', '?']) || after.starts_with(" = ");
    (!name.is_empty() && !lifecycle && is_member && name.starts_with(|c: char| c.is_ascii_lowercase()))
        .then(|| name.to_owned())
}

/// The name of an element and of its attributes, from where its tag begins; values may have anything in them.
fn tag(text: &str) -> (&str, Vec<&str>) {
    let name_end =
        |text: &str| text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    let (element, mut rest) = text.split_at(name_end(text));
    let mut names = Vec::new();
    loop {
        rest = rest.trim_start();
        let (name, after) = rest.split_at(name_end(rest));
        if name.is_empty() {
            return (element, names);
        }
        names.push(name);
        rest = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"').map_or("", |(_, after)| after),
            None => after,
        };
    }
}

/// For whoever uses it: the README, `docs/`, and what lies in the packages.
fn documents() -> Vec<PathBuf> {
    let mut found = files(&root().join("docs"), "md");
    found.extend(files(&root().join("pkg-config"), "md"));
    found.push(root().join("README.md"));
    found
}

/// What runs in elements: not what speaks to pages above an iframe, nor what reads feeds.
fn code() -> String {
    let folders = ["elements", "player", "playlist", "search", "instance", "plugins", "video"];
    let files = everything().into_iter().filter(|file| {
        let path = file.strip_prefix(root().join("www/src")).unwrap().to_str().unwrap().replace('\\', "/");
        folders.iter().any(|folder| path.starts_with(folder))
            && !path.contains("/feeds/")
            && path != "elements/sprat-embed.ts"
    });
    files.map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn source(file: &str) -> String {
    fs::read_to_string(root().join("www/src").join(file)).unwrap()
}

fn everything() -> Vec<PathBuf> {
    files(&root().join("www/src"), "ts")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all = entries.flat_map(|path| if path.is_dir() { files(&path, extension) } else { vec![path] });
    all.filter(|path| path.extension().is_some_and(|its| its == extension)).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
