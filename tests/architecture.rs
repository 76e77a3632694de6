//! The architecture, held by a test: which module may know which, and through which one file each foreign
//! thing comes in. A new module takes its place in [`ORDER`] before it is written.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the engine, upstream first. Each may use the ones before it, and only those: data flows
/// down this list, and news that travels back goes through the router, which alone sees everyone.
#[rustfmt::skip]
const ORDER: &[&str] = &[
    // What everyone speaks of.
    "time", "id", "task", "payload", "config", "error", "contract", "reach", "documents",
    // What the publisher said, and what is wanted of it.
    "playlist", "timeline", "abr", "schedule",
    // Who brings it.
    "swarm", "catalogue", "transfer",
    // Whether it is what the publisher sent; what is kept and given.
    "digests", "reading", "verify", "heads", "ledger", "store", "relay", "assembly", "share",
    // What the browser takes.
    "decrypt", "keyring", "transmux", "text", "bench", "captions", "inits", "workshop", "parts", "buffer",
    // One player.
    "report", "session",
];

/// The router: it sees everyone, and no one sees it.
const ROUTER: &[&str] = &[
    "src/engine/mod.rs",
    "src/engine/settle.rs",
    "src/engine/made.rs",
    "src/engine/neighbours.rs",
    "src/engine/outage.rs",
    "src/engine/partwork.rs",
    "src/engine/piecework.rs",
];

/// One door per foreign thing: the name, and the files that may say it, each with its reason. A path that
/// ends in `/` stands for everything below it.
const DOORS: &[(&str, &[(&str, &str)])] = &[
    // It is a second opinion in tests/oracle.rs, and too large to ship.
    ("m3u8_rs", &[]),
    (
        "miniserde",
        &[
            ("src/engine/swarm/rendezvous.rs", "tracker messages are JSON"),
            ("src/engine/swarm/wire/v1.rs", "commands of v1 are JSON"),
            ("src/engine/digests.rs", "digest lists are JSON"),
            ("src/engine/playlist/steering.rs", "steering manifests are JSON"),
        ],
    ),
    ("aes", &[("src/engine/decrypt/", "keys and what they open stay in one place")]),
    ("web_sys", &[("src/web/", "the engine decides, the web does")]),
    (
        "js_sys",
        &[
            ("src/web/", "the engine decides, the web does"),
            ("src/benches.rs", "the surface of the other binary"),
        ],
    ),
    ("gloo", &[("src/web/", "the engine decides, the web does")]),
    (
        "wasm_bindgen",
        &[
            ("src/web/", "the engine decides, the web does"),
            ("src/benches.rs", "the surface of the other binary"),
        ],
    ),
    ("wasm_bindgen_futures", &[("src/web/", "the engine decides, the web does")]),
    (
        "JsValue",
        &[
            ("src/web/js.rs", "the bridge: values of the page become ours here, and ours theirs"),
            ("src/web/workshop.rs", "tasks as the host takes them"),
            ("src/benches.rs", "the surface of the other binary: what exported functions take and return"),
            ("src/web/mod.rs", "the wasm-bindgen surface: what exported functions take and return"),
            ("src/web/driver.rs", "what a page's listener is called with"),
            ("src/web/handle.rs", "whatever the page has that can be closed or aborted"),
            ("src/web/page.rs", "`navigator.connection` has no binding"),
            ("src/web/peers.rs", "what RTCPeerConnection and its channel throw"),
            ("src/web/source.rs", "what SourceBuffer throws; a global that may not be there"),
        ],
    ),
];

#[test]
fn every_module_of_the_engine_looks_upstream_only() {
    let mut wrong = Vec::new();
    for file in sources("src/engine") {
        wrong.extend(looks_downstream(&file.path, &file.text));
    }
    report(wrong);
}

#[test]
fn every_foreign_thing_comes_in_by_its_own_door() {
    let mut wrong = Vec::new();
    for file in sources("src") {
        wrong.extend(wrong_doors(&file.path, &file.text));
    }
    report(wrong);
}

#[test]
fn only_verify_makes_a_verified_segment() {
    let mut wrong = Vec::new();
    for file in sources("src").filter(|file| file.path != "src/engine/verify.rs") {
        wrong.extend(makes_verified(&file.path, &file.text));
    }
    report(wrong);
}

#[test]
fn no_source_unwraps_and_every_allowance_has_a_reason() {
    let mut wrong = Vec::new();
    for file in sources("src") {
        wrong.extend(careless(&file.path, &file.text));
    }
    report(wrong);
}

#[test]
fn every_file_opens_with_what_it_decides() {
    let files = ["src", "tests", "xtask"].into_iter().flat_map(sources);
    let silent = files.filter(|file| !file.text.starts_with("//!"));
    report(silent.map(|file| format!("{}: open it with `//!` and what it decides", file.path)).collect());
}

#[test]
fn an_import_turned_round_is_found_however_it_is_written() {
    for (path, source) in [
        ("src/engine/playlist/mod.rs", "use super::swarm::naming;"),
        ("src/engine/playlist/scan.rs", "use super::super::transfer::Fetched;"),
        ("src/engine/playlist/scan.rs", "use crate::engine::{time::Instant, transfer::{self, Fetched}};"),
        ("src/engine/time.rs", "fn f() { crate::engine::id::ByteRange::len(r) }"),
        ("src/engine/time.rs", "fn f(x: super::id::ByteRange) {}"),
        ("src/engine/swarm/mod.rs", "pub(super) use crate::{engine::{share}};"),
        ("src/engine/swarm/wire/v2.rs", "mod inner { use super::super::super::super::verify as v; }"),
        ("src/engine/id.rs", "use super::*;"),
        ("src/engine/id.rs", "use super::Engine;"),
        ("src/engine/id.rs", "use crate::engine;"),
        ("src/engine/id.rs", "use crate::web::driver;"),
        ("src/engine/newcomer.rs", ""),
    ] {
        assert_eq!(looks_downstream(path, source).len(), 1, "{path}: {source}");
    }
}

#[test]
fn a_look_upstream_or_at_home_is_no_fault() {
    for (path, source) in [
        ("src/engine/swarm/peer.rs", "use super::wire::v2; use crate::engine::{time::Instant, config};"),
        ("src/engine/swarm/wire/v2.rs", "use super::{Command, WireError}; use self::inner::X;"),
        (
            "src/engine/id.rs",
            "#[cfg(test)] mod tests { use super::*; fn f() { mod g { use super::super::*; } } }",
        ),
        (
            "src/engine/id.rs",
            "//! [`x`](crate::engine::share)\nconst X: &str = r#\"crate::engine::share\"#; /* super::share */",
        ),
        ("src/engine/mod.rs", "use report::Report; use swarm::Swarm; use self::share::Share;"),
        ("src/engine/time.rs", "pub(super) fn f<'a>(c: &'a char) -> bool { *c == '\"' || *c == '\\'' }"),
    ] {
        assert_eq!(looks_downstream(path, source), [] as [String; 0], "{path}");
    }
}

#[test]
fn the_other_rules_find_what_they_are_for() {
    assert_eq!(wrong_doors("src/engine/playlist/scan.rs", "use m3u8_rs::parse;").len(), 1);
    assert_eq!(wrong_doors("src/engine/time.rs", "fn now() -> f64 { js_sys::Date::now() }").len(), 1);
    assert_eq!(wrong_doors("src/web/media.rs", "fn f(v: &JsValue) {} // JsValue").len(), 1);
    assert_eq!(wrong_doors("src/web/js.rs", "use wasm_bindgen::JsValue;").len(), 0);
    assert_eq!(makes_verified("src/engine/share.rs", "let v = Verified { bytes };").len(), 1);
    assert_eq!(makes_verified("src/engine/share.rs", "fn f() -> Verified { g() }").len(), 0);
    assert_eq!(careless("src/a.rs", "x.unwrap(); x.unwrap_or(1); // y.unwrap()").len(), 1);
    assert_eq!(careless("src/a.rs", "#[allow(dead_code)] fn f() {}").len(), 1);
    assert_eq!(careless("src/a.rs", "#[allow(dead_code, reason = \"to come\")] fn f() {}").len(), 0);
}

/// What a file of the engine uses that lies below it in [`ORDER`].
fn looks_downstream(path: &str, text: &str) -> Vec<String> {
    if ROUTER.contains(&path) {
        return Vec::new();
    }
    let home = module_of(path);
    let module = home.first().map_or("", String::as_str);
    let place = |name: &str| ORDER.iter().position(|m| *m == name);
    let Some(own_place) = place(module) else {
        return vec![format!(
            "{path}: `{module}` has no place in ORDER (tests/architecture.rs); give it one"
        )];
    };
    let mut wrong = Vec::new();
    for (line, used) in used_paths(&home, &tokens(text)) {
        let fault = match used.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["engine", used, ..] if used == module => continue,
            ["engine", used, ..] => match place(used) {
                Some(place) if place < own_place => continue,
                Some(_) => format!(
                    "`{used}` comes after `{module}` in ORDER. Data flows down that list: let `{used}` import from \
                     `{module}`, or let engine/mod.rs carry the news"
                ),
                None => {
                    format!("`{used}` is not a module in ORDER; what engine/mod.rs defines, it alone sees")
                }
            },
            _ => format!("`{}` is outside the engine, or all of it", used.join("::")),
        };
        wrong.push(format!("{path}:{line}: {fault}"));
    }
    wrong.dedup();
    wrong
}

fn wrong_doors(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for token in tokens(text) {
        let Some((name, doors)) = DOORS.iter().find(|(name, _)| *name == token.text) else {
            continue;
        };
        let open = |door: &str| path == door || door.ends_with('/') && path.starts_with(door);
        if !doors.iter().any(|(door, _)| open(door)) {
            let doors: Vec<_> = doors.iter().map(|(door, why)| format!("{door} ({why})")).collect();
            wrong.push(format!("{path}:{}: `{name}` belongs in {}", token.line, doors.join(", ")));
        }
    }
    wrong
}

fn makes_verified(path: &str, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let literal = |at: usize| {
        let before = at.checked_sub(1).map_or("", |at| tokens[at].text.as_str());
        tokens[at].text == "Verified"
            && tokens.get(at + 1).is_some_and(|next| next.text == "{")
            && !matches!(before, "impl" | "for" | ">" | "struct")
    };
    let found = (0..tokens.len()).filter(|&at| literal(at));
    found.map(|at| format!("{path}:{}: only verify.rs makes a `Verified`", tokens[at].line)).collect()
}

fn careless(path: &str, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut wrong = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = |n: usize| at.checked_sub(n).map_or("", |at| tokens[at].text.as_str());
        let line = token.line;
        if token.text == "unwrap" && before(1) == "." {
            wrong.push(format!("{path}:{line}: no `unwrap()`; `expect(\"the invariant\")`, or handle it"));
        }
        if token.text == "allow" && before(1) == "[" && matches!(before(2), "#" | "!") {
            let inside = tokens[at..].iter().take_while(|token| token.text != "]");
            if !inside.into_iter().any(|token| token.text == "reason") {
                wrong.push(format!("{path}:{line}: `allow` needs `reason = \"…\"` (or be `expect`)"));
            }
        }
    }
    wrong
}

/// `src/engine/swarm/wire/mod.rs` is `swarm::wire`; `src/engine/mod.rs` is the empty path.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/engine/").trim_end_matches(".rs");
    let path = path
        .strip_suffix("mod")
        .map_or(path, |dir| if dir.is_empty() || dir.ends_with('/') { dir } else { path });
    path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Every path that starts at `crate` or goes through `super`, from the crate's root on, with its line; those
/// that stay inside the file's own modules are among them.
fn used_paths(home: &[String], tokens: &[Token]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    // Modules written inline, each with the brace depth outside of it.
    let mut inline: Vec<(usize, String)> = Vec::new();
    let (mut depth, mut at) = (0, 0);
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "mod" if tokens.get(at + 2).is_some_and(|t| t.text == "{") => {
                inline.push((depth, tokens[at + 1].text.clone()));
                at += 1;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.retain(|(outside, _)| *outside < depth);
            }
            // Visibility, not a path.
            "crate" | "super" if tokens.get(at + 1).is_some_and(|t| t.text == ")") => {}
            "crate" | "super" | "self" if !tokens[..at].ends_with_text("::") => {
                let mut base = vec!["engine".to_owned()];
                base.extend(home.iter().cloned());
                base.extend(inline.iter().map(|(_, name)| name.clone()));
                let line = token.line;
                let mut paths = Vec::new();
                at = path_from(tokens, at, base, &mut paths);
                found.extend(paths.into_iter().map(|path| (line, path)));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    // A lone `self` is a receiver; a path into one's own module is nobody's business.
    found.retain(|(_, path)| path.len() < 2 || home.first() != path.get(1));
    found
}

/// Follows the path (or tree of paths) that starts at `at`, relative to `base`; where it ends.
fn path_from(tokens: &[Token], mut at: usize, mut base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "crate" => base.clear(),
            "super" => {
                base.pop();
            }
            "self" => {}
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|t| t.text != "}") {
                    at = path_from(tokens, at, base.clone(), found);
                    while tokens.get(at).is_some_and(|t| t.text != "}" && t.text != ",") {
                        at += 1;
                    }
                    at += usize::from(tokens.get(at).is_some_and(|t| t.text == ","));
                }
                return at + 1;
            }
            name => base.push(name.to_owned()),
        }
        at += 1;
        if tokens.get(at).is_none_or(|t| t.text != "::") {
            break;
        }
        at += 1;
    }
    found.push(base);
    at
}

struct Token {
    line: usize,
    text: String,
}

trait EndsWith {
    fn ends_with_text(&self, text: &str) -> bool;
}

impl EndsWith for [Token] {
    fn ends_with_text(&self, text: &str) -> bool {
        self.last().is_some_and(|token| token.text == text)
    }
}

/// Words, `::`, and single signs; comments, texts and lifetimes are left out.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (length, keep) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), false)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), false)
        } else if let Some(length) = raw_text(rest) {
            (length, false)
        } else if c == '"' {
            (quoted(rest, '"'), false)
        } else if c == '\'' {
            // 'x' and '\n' are characters, 'x without a closing quote is a lifetime.
            let is_char = rest[1..].starts_with('\\') || rest.chars().nth(2) == Some('\'');
            (if is_char { quoted(rest, '\'') } else { 1 }, false)
        } else if word > 0 {
            (word, true)
        } else if rest.starts_with("::") {
            (2, true)
        } else {
            (c.len_utf8(), !c.is_whitespace())
        };
        if keep {
            tokens.push(Token { line, text: rest[..length].to_owned() });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of `"…"` or `'…'`, backslashes considered.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of `r"…"`, `r#"…"#`, `br"…"`.
fn raw_text(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let inside = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = inside.find(&close).map_or(inside.len(), |end| end + close.len());
    Some(text.len() - inside.len() + end)
}

struct Source {
    /// Relative to the repository, with `/`.
    path: String,
    text: String,
}

fn sources(folder: &str) -> impl Iterator<Item = Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut files) = (vec![root.join(folder)], Vec::<PathBuf>::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.into_iter().map(move |file| Source {
        path: file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(&file).unwrap(),
    })
}

fn report(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
