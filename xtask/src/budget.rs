//! What a visitor downloads, in Brotli bytes, held by `pkg-config/size-budget.toml`.

use std::path::PathBuf;

use crate::run::{Outcome, quiet};
use crate::tree;
use crate::wasm::Binary;

/// Node's zlib has the encoder every CDN uses, at the quality they use for files that never change (11, its default).
const BROTLI: &str = "const {brotliCompressSync} = require('node:zlib'), {readFileSync} = require('node:fs');\
    for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length)";

/// A part of the download: its name in the budget, its Brotli size and its allowance, in bytes.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) brotli: u64,
    pub(crate) allowed: u64,
}

impl Part {
    fn fits(&self) -> bool {
        self.brotli <= self.allowed
    }
}

/// Measures the built site and prints a line for each part; fails if one has outgrown its budget.
pub(crate) fn check() -> Outcome {
    let parts = measure()?;
    for Part { name, brotli, allowed } in &parts {
        println!("  {name:<10} {brotli:>8} B brotli of {allowed:>8} B, {:>3} %", brotli * 100 / allowed);
    }
    let over: Vec<_> = parts.iter().filter(|part| !part.fits()).map(|part| part.name).collect();
    if over.is_empty() { Ok(()) } else { Err(format!("over the size budget: {}", over.join(", "))) }
}

/// `pkg-config/size-budget.toml`, in bytes.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    loader: u64,
    ui: u64,
    playlist: u64,
    lists: u64,
    feeds: u64,
    glue: u64,
    wasm: u64,
    swarm_wasm: u64,
    bench_wasm: u64,
    bench_glue: u64,
    keys: u64,
    instance: u64,
    lives: u64,
    popups: u64,
    settings: u64,
    session: u64,
    map: u64,
    remote: u64,
    search: u64,
    share: u64,
    wishes: u64,
    marks: u64,
    words: u64,
    locale: u64,
    extensions: u64,
    annotations: u64,
    sanitiser: u64,
    end_cards: u64,
    frame: u64,
    embed: u64,
    plugins: u64,
}

/// Purposes of the scripts that a package ships; the others belong to our own pages.
pub(crate) const SHIPPED: [&str; 26] = [
    "loader",
    "engine",
    "benches",
    "keys",
    "instance",
    "lives",
    "ui",
    "popups",
    "settings",
    "session",
    "map",
    "remote",
    "search",
    "extensions",
    "annotations",
    "sanitiser",
    "end-cards",
    "share",
    "wishes",
    "marks",
    "words",
    "locale",
    "playlist",
    "lists",
    "feeds",
    "frame",
];

fn measure() -> Outcome<Vec<Part>> {
    let budget = read_budget()?;
    let wasm = |binary: Binary| [tree::site().join(binary.file())];
    Ok(vec![
        part("loader", &scripts(&["loader"])?, budget.loader)?,
        part("ui", &scripts(&["ui"])?, budget.ui)?,
        part("playlist", &scripts(&["playlist"])?, budget.playlist)?,
        part("lists", &scripts(&["lists"])?, budget.lists)?,
        part("feeds", &scripts(&["feeds"])?, budget.feeds)?,
        part("glue", &scripts(&["engine"])?, budget.glue)?,
        part("wasm", &wasm(Binary::Engine), budget.wasm)?,
        part("swarm_wasm", &wasm(Binary::Swarm), budget.swarm_wasm)?,
        part("bench_wasm", &wasm(Binary::Benches), budget.bench_wasm)?,
        part("bench_glue", &scripts(&["benches"])?, budget.bench_glue)?,
        part("keys", &scripts(&["keys"])?, budget.keys)?,
        part("instance", &scripts(&["instance"])?, budget.instance)?,
        part("lives", &scripts(&["lives"])?, budget.lives)?,
        part("popups", &scripts(&["popups"])?, budget.popups)?,
        part("settings", &scripts(&["settings"])?, budget.settings)?,
        part("session", &scripts(&["session"])?, budget.session)?,
        part("map", &scripts(&["map"])?, budget.map)?,
        part("remote", &scripts(&["remote"])?, budget.remote)?,
        part("search", &scripts(&["search"])?, budget.search)?,
        part("share", &scripts(&["share"])?, budget.share)?,
        part("wishes", &scripts(&["wishes"])?, budget.wishes)?,
        part("marks", &scripts(&["marks"])?, budget.marks)?,
        part("words", &scripts(&["words"])?, budget.words)?,
        largest("locale", &scripts(&["locale"])?, budget.locale)?,
        part("extensions", &scripts(&["extensions"])?, budget.extensions)?,
        part("annotations", &scripts(&["annotations"])?, budget.annotations)?,
        part("sanitiser", &scripts(&["sanitiser"])?, budget.sanitiser)?,
        part("end_cards", &scripts(&["end-cards"])?, budget.end_cards)?,
        part("frame", &scripts(&["frame"])?, budget.frame)?,
        part("embed", &scripts(&["embed"])?, budget.embed)?,
        part("plugins", &scripts(&["plugins"])?, budget.plugins)?,
    ])
}

fn part(name: &'static str, files: &[PathBuf], allowed: u64) -> Outcome<Part> {
    Ok(Part { name, brotli: brotli(files)?, allowed })
}

/// Of files of which a visitor downloads one.
fn largest(name: &'static str, files: &[PathBuf], allowed: u64) -> Outcome<Part> {
    let sizes: Vec<u64> =
        files.iter().map(|file| brotli(std::slice::from_ref(file))).collect::<Outcome<_>>()?;
    Ok(Part { name, brotli: sizes.into_iter().max().unwrap_or(0), allowed })
}

/// The scripts of the site that serve one of these purposes.
pub(crate) fn scripts(purposes: &[&str]) -> Outcome<Vec<PathBuf>> {
    let list = tree::site_files();
    let text = std::fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    Ok(lines
        .filter(|(purpose, _)| purposes.contains(purpose))
        .map(|(_, file)| tree::site().join(file))
        .collect())
}

fn brotli(files: &[PathBuf]) -> Outcome<u64> {
    let mut command = std::process::Command::new("node");
    let sizes = quiet(command.args(["--eval", BROTLI, "--"]).args(files))?;
    Ok(sizes.lines().filter_map(|line| line.parse::<u64>().ok()).sum())
}

fn read_budget() -> Outcome<Budget> {
    let path = tree::root().join("pkg-config/size-budget.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}
