//! Are Sprat's own files there, of one version, and served as browsers want them? The loader names its parts and its binary;
//! each part carries the fingerprint of the build it belongs to, as the loader does.

use std::collections::BTreeSet;

use url::Url;

use super::ask::{Answer, Want, printable};
use super::page::Tag;
use super::policy::Policies;
use super::reach::Visit;

/// No file of ours is longer.
const MOST: usize = 16 << 20;
/// Parts of the loader that are looked at, of some 40.
const MOST_PARTS: usize = 12;
/// Binaries that go uncompressed in less are not worth a word.
const WORTH_IT: usize = 20_000;
/// The loader keeps its name from version to version.
const LONGEST_FRESH_S: u64 = 86_400;
const SCRIPTS: [&str; 4] =
    ["text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript"];

/// Looks at every loader of a page, and at what it loads.
pub(super) fn examine(visit: &mut Visit<'_>, loaders: &[&Tag], base: &Url, policies: &Policies) {
    let page = visit.page.clone();
    let mut builds = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for tag in loaders {
        let Some(url) = tag.get("src").and_then(|src| base.join(src).ok()) else { continue };
        if tag.get("type") != Some("module") {
            visit.book.add(
                "loader-classic",
                &page,
                "sprat.js is loaded as a classic script, which it is not",
            );
        }
        if !policies.allows_script(&url, &page, tag) {
            visit.book.add("csp-script", &page, "script-src does not allow sprat.js");
        }
        if seen.insert(url.clone()) && seen.len() <= 3 {
            builds.extend(loader(visit, &url));
        }
    }
    if builds.len() > 1 {
        let seen = format!("{} versions of sprat.js: {}", builds.len(), Vec::from_iter(builds).join(", "));
        visit.book.add("copies", &page, seen);
    }
}

/// Looks at one loader; its build's fingerprint.
fn loader(visit: &mut Visit<'_>, url: &Url) -> Option<String> {
    let answer = script(visit, url)?;
    if let Some(seconds) = answer.fresh_for().filter(|seconds| *seconds > LONGEST_FRESH_S) {
        let days = seconds / 86_400;
        visit.book.add("loader-cached", url, format!("browsers keep sprat.js for {days} days"));
    }
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let build = build_of(&text);
    for part in parts(&text).into_iter().take(MOST_PARTS) {
        let Ok(at) = answer.url.join(&part) else { continue };
        let Some(part) = part_of(visit, &at) else { continue };
        let its = build_of(&String::from_utf8_lossy(&part.body));
        if let (Some(ours), Some(its)) = (&build, &its)
            && ours != its
        {
            visit.book.add("copy-mixed", &at, format!("sprat.js is of build {ours}, this of build {its}"));
        }
    }
    if let Some(at) = text.contains("sprat_bg.wasm").then(|| answer.url.join("sprat_bg.wasm").ok()).flatten()
    {
        binary(visit, &at);
    }
    build
}

/// A module script, which browsers ask for with CORS.
fn script(visit: &mut Visit<'_>, url: &Url) -> Option<Answer> {
    let page = visit.page.clone();
    let answer = visit.ask_well(url, Want::by(&page, MOST))?;
    if let Some(why) = &answer.forbidden {
        visit.book.add("files-cors", url, why.clone());
    }
    let kind = answer.media_type();
    if !SCRIPTS.contains(&kind.as_str()) {
        visit.book.add("script-type", url, format!("Content-Type: {}", printable(&kind)));
        return None;
    }
    Some(answer)
}

fn part_of(visit: &mut Visit<'_>, url: &Url) -> Option<Answer> {
    let page = visit.page.clone();
    let answer = visit.ask(url, Want::by(&page, MOST))?;
    let is_script = SCRIPTS.contains(&answer.media_type().as_str());
    if answer.status.is_success() && is_script {
        return Some(answer);
    }
    let seen = format!("sprat.js names it, and the server answered {}", answer.status.as_u16());
    visit.book.add("chunk-missing", url, seen);
    None
}

fn binary(visit: &mut Visit<'_>, url: &Url) {
    let page = visit.page.clone();
    let Some(answer) = visit.ask(url, Want::by(&page, MOST)) else { return };
    if !answer.status.is_success() {
        let seen = format!("the server answered {}", answer.status.as_u16());
        return visit.book.add("wasm-missing", url, seen);
    }
    if let Some(why) = &answer.forbidden {
        visit.book.add("files-cors", url, why.clone());
    }
    let announced: Option<usize> = answer.header("content-length").parse().ok();
    let cut = answer.endless || announced.is_some_and(|length| length != answer.body.len());
    if answer.header("content-encoding").is_empty() && (cut || !answer.body.starts_with(b"\0asm")) {
        let seen = format!("{} bytes, which are not WebAssembly, or not all of it", answer.body.len());
        return visit.book.add("wasm-damaged", url, seen);
    }
    if answer.media_type() != "application/wasm" {
        let seen = format!(
            "Content-Type: {}: it is not compiled while it downloads",
            printable(&answer.media_type())
        );
        visit.book.add("wasm-type", url, seen);
    }
    let length = answer.body.len();
    if length >= WORTH_IT {
        let want = Want { encoded: true, ..Want::by(&page, MOST) };
        let Some(packed) = visit.ask(url, want) else { return };
        if packed.status.is_success() && packed.header("content-encoding").is_empty() {
            let seen = format!("{length} bytes, uncompressed: each new viewer waits for all of them");
            visit.book.add("wasm-uncompressed", url, seen);
        }
    }
}

/// `Symbol.for("sprat 5af242bd")`: the fingerprint of the build.
fn build_of(script: &str) -> Option<String> {
    let quoted = script.split("Symbol.for(").skip(1).find_map(|rest| {
        let rest = rest.strip_prefix(['"', '\'', '`'])?;
        rest.strip_prefix("sprat ")
    })?;
    let word: String = quoted.chars().take(40).take_while(char::is_ascii_alphanumeric).collect();
    (!word.is_empty()).then_some(word)
}

/// `import("./x.js")`, `from"./x.js"`, `import"./x.js"`, each once.
fn parts(script: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in script.split("\"./").skip(1) {
        let name: String = rest.chars().take(100).take_while(|c| *c != '"').collect();
        if name.ends_with(".js") && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_tells_its_build_and_its_parts() {
        let text = r#"var k=Symbol.for("sprat.runtime"),m=Symbol.for("sprat 5af242bd");import("./a-1.js");import{b}from"./b.js";import("./a-1.js")"#;
        assert_eq!(build_of(text).as_deref(), Some("5af242bd"));
        assert_eq!(parts(text), ["a-1.js", "b.js"]);
        assert_eq!(build_of("Symbol.for("), None);
    }
}
