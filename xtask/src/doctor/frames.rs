//! Iframes on both sides: does a page let Sprat's iframe pages work in it, and do they let other sites show them?

use url::Url;

use super::ask::{Answer, printable};
use super::page::Tag;
use super::policy::{Policies, matches};
use super::reach::Visit;

/// Iframes of one page that are looked at.
const MOST: usize = 8;

/// Whether other sites may show an iframe page.
pub(super) fn framing(visit: &mut Visit<'_>, answer: &Answer, policies: &Policies) {
    let elsewhere = Url::parse("https://elsewhere.example/").expect("it is an address");
    let ancestors = policies.frame_ancestors();
    // Where there is frame-ancestors, X-Frame-Options does not count (HTML §7.5).
    if ancestors.is_empty() {
        let options = answer.header("x-frame-options").to_ascii_lowercase();
        if matches!(options.trim(), "deny" | "sameorigin") {
            visit.book.add("frame-denied", &answer.url, format!("X-Frame-Options: {options}"));
        }
        return;
    }
    for sources in ancestors {
        if !sources.iter().any(|source| matches(source, &elsewhere, &answer.url)) {
            let seen = format!("frame-ancestors {}", printable(&sources.join(" ")));
            visit.book.add("frame-denied", &answer.url, seen);
        }
    }
}

/// The iframes that are, or may be, Sprat's.
pub(super) fn of(visit: &mut Visit<'_>, tags: &[Tag], base: &Url, policies: &Policies) -> Vec<Url> {
    let mut found = Vec::new();
    for tag in tags.iter().filter(|tag| matches!(tag.name.as_str(), "iframe" | "sprat-embed")) {
        let Some(url) = tag.get("src").and_then(|src| base.join(src).ok()) else { continue };
        let path = url.path();
        let ours = ["/embed.html", "/playlist.html"].iter().any(|end| path.ends_with(end))
            || path.starts_with("/videos/embed/")
            || path.starts_with("/video-playlists/embed/");
        if !ours || found.len() >= MOST {
            continue;
        }
        if !policies.allows(&["frame-src", "child-src", "default-src"], &url, &visit.page) {
            visit.book.add(
                "csp-frame",
                &visit.page.clone(),
                "frame-src does not name the iframe page's origin",
            );
        }
        if tag.get("sandbox").is_some_and(|words| !words.to_ascii_lowercase().contains("allow-scripts")) {
            visit.book.add("frame-sandbox", &url, "sandbox without allow-scripts");
        }
        let allow = tag.get("allow").unwrap_or_default();
        let may_fill = allow.contains("fullscreen") || tag.get("allowfullscreen").is_some();
        if tag.name == "iframe" && !(may_fill && allow.contains("autoplay")) {
            visit.book.add("frame-allow", &url, "allow without autoplay or fullscreen");
        }
        found.push(url);
    }
    found
}
