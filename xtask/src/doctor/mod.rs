//! `cargo xtask doctor URL`: what stands in Sprat's way at a page, an origin, a tracker or an instance?
//!
//! This file decides which of them an address is, by its scheme, its path and what is there. What can be found stands in
//! `findings`, with its remedy; how servers are asked in `ask`. Everything is read and nothing is changed: at most 150
//! questions, each bounded in bytes and time. The exit code is 1 where something stops playback.

mod ask;
mod assets;
mod digests;
mod findings;
mod frames;
mod instance;
mod origin;
mod page;
mod policy;
mod reach;
mod report;
mod tracker;

use std::process::ExitCode;

use sprat::engine::swarm::naming::{InfoHash, alphanumerics};
use url::Url;

use ask::{Asker, Want, printable, shown};
use findings::Book;
use reach::Visit;
use report::Report;

/// Where the page is taken to be, if nobody says: elsewhere, so that CORS counts.
const ELSEWHERE: &str = "https://page.example/";

/// What the command line asked for.
pub(crate) struct Options {
    address: String,
    /// The page on which an origin, a tracker or an instance is to be used.
    page: Option<String>,
    integrity: Option<String>,
    json: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let [address, rest @ ..] = arguments else { return None };
        let mut options = Self { address: (*address).to_owned(), page: None, integrity: None, json: false };
        let mut rest = rest;
        loop {
            rest = match rest {
                [] => break,
                ["--json", more @ ..] => {
                    options.json = true;
                    more
                }
                ["--page", url, more @ ..] => {
                    options.page = Some((*url).to_owned());
                    more
                }
                ["--integrity", url, more @ ..] => {
                    options.integrity = Some((*url).to_owned());
                    more
                }
                _ => return None,
            };
        }
        (!address.starts_with("--")).then_some(options)
    }
}

pub(crate) fn doctor(options: &Options) -> ExitCode {
    match examined(options) {
        Ok((report, stops)) => {
            println!("{}", if options.json { report.json().to_string() } else { report.text() });
            if stops { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::from(2)
        }
    }
}

fn examined(options: &Options) -> Result<(Report, bool), String> {
    let url = address(&options.address, &["http", "https", "ws", "wss"])?;
    let page = address(options.page.as_deref().unwrap_or(ELSEWHERE), &["http", "https"])?;
    let integrity = options.integrity.as_deref().map(|text| address(text, &["http", "https"])).transpose()?;
    let asker = Asker::new();
    let mut visit = Visit { asker: &asker, page, book: Book::default() };
    let kind = if matches!(url.scheme(), "ws" | "wss") {
        lone_tracker(&mut visit, &url);
        "tracker"
    } else {
        found_there(&mut visit, &url, integrity)
    };
    let stops = visit.book.stops();
    Ok((Report::new(shown(&url), kind, visit.book.findings), stops))
}

fn address(text: &str, schemes: &[&str]) -> Result<Url, String> {
    let named = printable(text);
    let url = Url::parse(text.trim()).map_err(|error| format!("\"{named}\" is no address: {error}"))?;
    if schemes.contains(&url.scheme()) && url.host().is_some() {
        return Ok(url);
    }
    Err(format!("\"{named}\" is no address that can be asked: it has to begin with {}:", schemes.join(":, ")))
}

/// A playlist, a page of Sprat's or with it, or of an instance; what it is is told by what is there.
fn found_there(visit: &mut Visit<'_>, url: &Url, integrity: Option<Url>) -> &'static str {
    let is_playlist = url.path().to_ascii_lowercase().ends_with(".m3u8");
    let wish = integrity.map_or(origin::Digests::Beside, origin::Digests::At);
    if is_playlist {
        origin::examine(visit, url, wish);
        return "origin";
    }
    // As a navigation: the page's own policies count for what it names, not for itself.
    let page = std::mem::replace(&mut visit.page, url.clone());
    let answer = visit.ask_well(url, Want { accept: "text/html, */*", ..Want::plain(page::MOST) });
    visit.page = page;
    let Some(answer) = answer else { return "page" };
    if answer.media_type().ends_with("mpegurl") || answer.body.starts_with(b"#EXTM3U") {
        origin::examine(visit, url, wish);
        return "origin";
    }
    let tags = page::tags(&answer.body);
    if page::has_sprat(&tags) && !instance::names_a_video(url) {
        page::examine(visit, &answer, false);
        return "page";
    }
    let of_peertube = |tag: &page::Tag| {
        tag.get("property") == Some("og:platform") && tag.get("content") == Some("PeerTube")
    };
    if instance::names_a_video(url) || tags.iter().any(of_peertube) || is_instance(visit, url) {
        let page = visit.page.clone();
        if page::is_embed(&tags) {
            page::examine(visit, &answer, false);
            visit.page = page;
        }
        instance::examine(visit, url);
        return "instance";
    }
    page::examine(visit, &answer, false);
    "page"
}

/// Whether the root of a server is an instance's, whatever its pages say.
fn is_instance(visit: &Visit<'_>, url: &Url) -> bool {
    let config = url.join("/api/v1/config").ok().filter(|_| url.path() == "/");
    let answer = config.and_then(|config| visit.asker.get(&config, Want::by(&visit.page, 4 << 20)).ok());
    answer.is_some_and(|answer| answer.status.is_success() && answer.media_type() == "application/json")
}

/// A tracker of an instance is only opened; any other is told of a swarm that nobody else is in.
fn lone_tracker(visit: &mut Visit<'_>, url: &Url) {
    let mut home = url.clone();
    let scheme = if url.scheme() == "wss" { "https" } else { "http" };
    home.set_scheme(scheme).expect("web schemes change into one another");
    home.set_path("/");
    let swarm = (!is_instance(visit, &home)).then(|| InfoHash(alphanumerics(std::process::id().into())));
    tracker::examine(visit, url, swarm);
    visit.book.tracker_is_all();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_first() {
        let options =
            Options::parse(&["https://a.example/", "--json", "--page", "https://b.example/"]).unwrap();
        assert!(options.json && options.page.as_deref() == Some("https://b.example/"));
        assert!(Options::parse(&[]).is_none() && Options::parse(&["--json"]).is_none());
        assert!(Options::parse(&["https://a.example/", "--page"]).is_none());
    }

    #[test]
    fn what_cannot_be_asked_is_a_sentence() {
        for text in [
            "",
            "nonsense",
            "ftp://a.example/",
            "file:///etc/passwd",
            "https://",
            "javascript:0",
            "\u{1b}[2J",
        ] {
            assert!(address(text, &["http", "https"]).is_err(), "{text}");
        }
    }
}
