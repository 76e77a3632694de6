//! What of Sprat is on a page, and does the page let it work? Its tags are read as they are sent: what a script makes later is
//! not seen. Elements, the loader, the iframes, and the page's policy.

use html5gum::{Token, Tokenizer, emitters::default::DefaultEmitter};
use url::Url;

use super::ask::{Answer, Want, printable};
use super::policy::Policies;
use super::reach::Visit;
use super::{assets, frames, instance, origin, tracker};

/// Pages are shorter.
pub(super) const MOST: usize = 8 << 20;
/// Players of one page that are looked at.
const MOST_PLAYERS: usize = 8;

/// A start tag.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(its, _)| its == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a page, at most so many.
pub(super) fn tags(html: &[u8]) -> Vec<Tag> {
    const MOST_TAGS: usize = 50_000;
    let mut emitter = DefaultEmitter::default();
    // What stands in scripts and styles is no tag.
    emitter.naively_switch_states(true);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let starts = Tokenizer::new_with_emitter(html, emitter).filter_map(|token| match token {
        Ok(Token::StartTag(tag)) => Some(Tag {
            name: text(&tag.name),
            attributes: tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect(),
        }),
        _ => None,
    });
    starts.take(MOST_TAGS).collect()
}

/// What is to be played, however the page says it.
#[derive(Clone, Debug, Default)]
pub(super) struct Player {
    pub(super) src: Option<String>,
    peertube: Option<String>,
    integrity: Option<String>,
    trackers: Vec<String>,
    p2p_off: bool,
    pub(super) swarm: Option<String>,
}

impl Player {
    fn of(tag: &Tag) -> Self {
        let owned = |name| tag.get(name).map(str::to_owned);
        Self {
            src: owned("src"),
            peertube: owned("peertube"),
            integrity: owned("integrity"),
            trackers: words(tag.get("trackers")),
            p2p_off: tag.get("p2p") == Some("off"),
            swarm: owned("swarm"),
        }
    }

    /// As iframe pages are told it.
    fn asked(url: &Url) -> Self {
        let get =
            |name: &str| url.query_pairs().find(|(its, _)| its == name).map(|(_, value)| value.into_owned());
        Self {
            src: get("src"),
            peertube: get("peertube"),
            integrity: get("integrity"),
            trackers: words(get("trackers").as_deref()),
            p2p_off: get("p2p").is_some_and(|value| value == "0"),
            swarm: get("swarm"),
        }
    }
}

fn words(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default().split_ascii_whitespace().take(8).map(str::to_owned).collect()
}

/// Whether a page is one of Sprat's own, for iframes.
pub(super) fn is_embed(tags: &[Tag]) -> bool {
    loaders(tags, "embed.js").next().is_some() || loaders(tags, "playlist-page.js").next().is_some()
}

pub(super) fn has_sprat(tags: &[Tag]) -> bool {
    tags.iter().any(|tag| tag.name.starts_with("sprat-")) || loaders(tags, "sprat.js").next().is_some()
}

fn loaders<'a>(tags: &'a [Tag], file: &'a str) -> impl Iterator<Item = &'a Tag> {
    tags.iter().filter(move |tag| {
        let path = tag.get("src").unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
        tag.name == "script" && path.rsplit('/').next() == Some(file)
    })
}

/// Looks at a page that was fetched, and at what it names.
pub(super) fn examine(visit: &mut Visit<'_>, answer: &Answer, framed: bool) {
    let page = answer.url.clone();
    let tags = tags(&answer.body);
    let base = base(&tags, &page);
    let policies = policies(answer, &tags);
    visit.page.clone_from(&page);
    let embed = is_embed(&tags);
    let mut players: Vec<Player> = tags
        .iter()
        .filter(|tag| matches!(tag.name.as_str(), "sprat-player" | "sprat-video"))
        .take(MOST_PLAYERS)
        .map(Player::of)
        .collect();
    if embed {
        players.push(Player::asked(&page));
        frames::framing(visit, answer, &policies);
    }
    let frames = if framed { Vec::new() } else { frames::of(visit, &tags, &base, &policies) };
    let all_loaders: Vec<&Tag> = loaders(&tags, "sprat.js").collect();
    let lists = tags.iter().any(|tag| tag.name.starts_with("sprat-"));
    if players.is_empty() && all_loaders.is_empty() && frames.is_empty() && !lists {
        visit.book.add("no-player", &page, "no element of Sprat, no sprat.js and no iframe page of it");
    }
    if !players.is_empty() || !all_loaders.is_empty() {
        if all_loaders.is_empty() {
            visit.book.add("no-loader", &page, "elements of Sprat, and no script called sprat.js");
        }
        allowed(visit, &policies);
        assets::examine(visit, &all_loaders, &base, &policies);
    }
    for player in players {
        play(visit, &player, &base, &policies);
    }
    for frame in frames {
        visit.page.clone_from(&page);
        if let Some(answer) = visit.ask_well(&frame, Want::plain(MOST))
            && is_embed(&self::tags(&answer.body))
        {
            examine(visit, &answer, true);
        }
    }
}

fn base(tags: &[Tag], page: &Url) -> Url {
    let href = tags.iter().find(|tag| tag.name == "base").and_then(|tag| tag.get("href"));
    href.and_then(|href| page.join(href).ok()).unwrap_or_else(|| page.clone())
}

fn policies(answer: &Answer, tags: &[Tag]) -> Policies {
    let mut policies = Policies::default();
    for value in answer.headers.get_all("content-security-policy") {
        policies.add(&String::from_utf8_lossy(value.as_bytes()));
    }
    let metas = tags.iter().filter(|tag| {
        let is = tag.get("http-equiv").unwrap_or_default();
        tag.name == "meta" && is.eq_ignore_ascii_case("content-security-policy")
    });
    metas.for_each(|meta| policies.add(meta.get("content").unwrap_or_default()));
    policies
}

/// What the engine and the elements need, wherever their files lie.
fn allowed(visit: &mut Visit<'_>, policies: &Policies) {
    let page = visit.page.clone();
    let book = &mut visit.book;
    if !policies.has_word(&["script-src", "default-src"], &["'wasm-unsafe-eval'", "'unsafe-eval'"]) {
        book.add("csp-wasm", &page, "script-src without 'wasm-unsafe-eval': the engine is not compiled");
    }
    if !policies.has_word(&["media-src", "default-src"], &["blob:"]) {
        book.add("csp-media", &page, "media-src without blob: Media Source Extensions have no address");
    }
    let demanded = policies.says("require-trusted-types-for", "'script'");
    if demanded && !policies.has_word(&["trusted-types"], &["lit-html", "*"]) {
        book.add("csp-types", &page, "trusted-types without lit-html: the controls cannot be drawn");
    }
    if policies.says("webrtc", "'block'") {
        book.add("csp-webrtc", &page, "webrtc 'block': no peers");
    }
    if !policies.has_word(&["sandbox"], &["allow-scripts"]) {
        book.add("csp-sandbox", &page, "sandbox without allow-scripts");
    }
}

/// What one player names.
fn play(visit: &mut Visit<'_>, player: &Player, base: &Url, policies: &Policies) {
    const CONNECT: [&str; 2] = ["connect-src", "default-src"];
    let page = visit.page.clone();
    let address = |visit: &mut Visit<'_>, name: &str, text: &Option<String>| {
        let text = text.as_deref()?;
        let url = base.join(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        if url.is_none() {
            visit.book.add("no-address", &page, format!("{name}=\"{}\"", printable(text)));
        }
        url
    };
    if let Some(url) = address(visit, "peertube", &player.peertube) {
        if !policies.allows(&CONNECT, &url, &page) {
            visit.book.add("csp-connect", &page, "connect-src does not name the instance");
        }
        instance::examine(visit, &url);
        return;
    }
    let Some(src) = address(visit, "src", &player.src) else { return };
    if !policies.allows(&CONNECT, &src, &page) {
        visit.book.add(
            "csp-connect",
            &page,
            format!("connect-src does not name {}", src.origin().ascii_serialization()),
        );
    }
    let none = player.integrity.as_deref() == Some("none");
    let named = player.integrity.clone().filter(|_| !none);
    let integrity = address(visit, "integrity", &named);
    if integrity.as_ref().is_some_and(|list| !policies.allows(&CONNECT, list, &page)) {
        visit.book.add("csp-digests", &page, "connect-src does not name the origin of the digests");
    }
    let shares = !player.p2p_off && !player.trackers.is_empty();
    let wish = match integrity {
        Some(list) => origin::Digests::At(list),
        None if shares && !none => origin::Digests::Wanted,
        None => origin::Digests::Unwanted,
    };
    let stream = origin::examine(visit, &src, wish);
    for text in player.trackers.iter().filter(|_| !player.p2p_off) {
        let Some(url) = tracker::address_on(base, text) else {
            visit.book.add("tracker-address", &page, format!("trackers=\"{}\"", printable(text)));
            continue;
        };
        if !policies.allows(&CONNECT, &url, &page) {
            visit.book.add("csp-tracker", &page, format!("connect-src does not name {}", printable(text)));
        }
        let swarm = stream.as_ref().map(|stream| stream.swarm(player.swarm.as_deref()));
        tracker::examine(visit, &url, swarm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_and_scripts_are_not_read_as_tags() {
        let html = b"<!doctype html><script>'<sprat-player src=no>'</script><SPRAT-Player SRC='a&amp;b' src=c></SPRAT-Player>";
        let tags = tags(html);
        assert_eq!(tags.len(), 2);
        assert_eq!((tags[1].name.as_str(), tags[1].get("src")), ("sprat-player", Some("a&b")));
    }

    #[test]
    fn garbage_is_read_to_its_end() {
        let garbage: Vec<u8> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(tags(&garbage).len() < 50_000);
        assert!(tags(&b"<a ".repeat(30_000)).len() <= 50_000);
    }
}
