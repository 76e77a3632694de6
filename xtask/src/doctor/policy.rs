//! Does a Content-Security-Policy allow what Sprat does (CSP Level 3)? A page may have several, by header and by `<meta>`;
//! all have to. Sprat starts no workers and writes no style attributes, so there are no words for these.

use url::Url;

use super::page::Tag;

/// One policy: directives with their values, in small letters but for nonces and paths.
struct Policy(Vec<(String, Vec<String>)>);

/// The policies of one page.
#[derive(Default)]
pub(super) struct Policies(Vec<Policy>);

impl Policies {
    /// A header, in which commas part policies, or the content of a `<meta>`.
    pub(super) fn add(&mut self, text: &str) {
        for text in text.split(',') {
            let directives = text.split(';').filter_map(|directive| {
                let mut words = directive.split_ascii_whitespace().map(str::to_owned);
                Some((words.next()?.to_ascii_lowercase(), words.collect()))
            });
            self.0.push(Policy(directives.collect()));
        }
    }

    /// Whether something may be fetched from `url` under the first of these directives that a policy has.
    pub(super) fn allows(&self, directives: &[&str], url: &Url, page: &Url) -> bool {
        self.0.iter().all(|policy| {
            policy
                .first(directives)
                .is_none_or(|sources| sources.iter().any(|source| matches(source, url, page)))
        })
    }

    /// Whether a script is: by its nonce too, and by a hash for all that is known here.
    pub(super) fn allows_script(&self, url: &Url, page: &Url, tag: &Tag) -> bool {
        const CHAIN: [&str; 3] = ["script-src-elem", "script-src", "default-src"];
        self.0.iter().all(|policy| {
            let Some(sources) = policy.first(&CHAIN) else { return true };
            let strict = sources.iter().any(|source| source.eq_ignore_ascii_case("'strict-dynamic'"));
            sources.iter().any(|source| {
                let quoted = source.trim_matches('\'');
                let of_nonce =
                    quoted.strip_prefix("nonce-").is_some_and(|nonce| tag.get("nonce") == Some(nonce));
                let of_hash = quoted.starts_with("sha") && tag.get("integrity").is_some();
                of_nonce || of_hash || !strict && matches(source, url, page)
            })
        })
    }

    /// Whether each has one of these words in the first of these directives that it has.
    pub(super) fn has_word(&self, directives: &[&str], words: &[&str]) -> bool {
        self.0.iter().all(|policy| {
            policy.first(directives).is_none_or(|sources| {
                sources.iter().any(|source| words.iter().any(|word| source.eq_ignore_ascii_case(word)))
            })
        })
    }

    /// Whether one says this in this directive.
    pub(super) fn says(&self, directive: &str, word: &str) -> bool {
        self.0.iter().any(|policy| {
            policy
                .first(&[directive])
                .is_some_and(|words| words.iter().any(|is| is.eq_ignore_ascii_case(word)))
        })
    }

    /// Who may frame the page, where one says: every source list.
    pub(super) fn frame_ancestors(&self) -> Vec<&[String]> {
        self.0.iter().filter_map(|policy| policy.first(&["frame-ancestors"])).collect()
    }
}

impl Policy {
    fn first(&self, directives: &[&str]) -> Option<&[String]> {
        // Of two directives of one name the first counts.
        directives.iter().find_map(|wanted| {
            self.0.iter().find(|(name, _)| name == wanted).map(|(_, words)| words.as_slice())
        })
    }
}

/// CSP §6.7.2.8: does a URL match a source expression?
pub(super) fn matches(source: &str, url: &Url, page: &Url) -> bool {
    let source = source.to_ascii_lowercase();
    if source == "*" {
        return matches!(url.scheme(), "http" | "https" | "ws" | "wss") || url.scheme() == page.scheme();
    }
    if source == "'self'" {
        let same_port = url.port_or_known_default() == page.port_or_known_default()
            || url.port().is_none() && page.port().is_none();
        return url.host() == page.host() && same_port && is_as_safe(page.scheme(), url.scheme());
    }
    if source.starts_with('\'') {
        return false;
    }
    if let Some(scheme) = source.strip_suffix(':') {
        return is_as_safe(scheme, url.scheme());
    }
    let (scheme, rest) = source.split_once("://").unwrap_or((page.scheme(), &source));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) =
        authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let own_host = url.host_str().unwrap_or_default();
    let host_fits = match host.strip_prefix('*') {
        Some(end) => own_host.ends_with(end),
        None => own_host == host,
    };
    let own_port = url.port_or_known_default().map(|port| port.to_string()).unwrap_or_default();
    let port_fits = match port {
        Some("*") => true,
        Some(port) => port == own_port || port == "80" && own_port == "443",
        None => url.port().is_none(),
    };
    let own_path = url.path().to_ascii_lowercase();
    let path_fits =
        path.is_empty() || if path.ends_with('/') { own_path.starts_with(path) } else { own_path == path };
    is_as_safe(scheme, url.scheme()) && host_fits && port_fits && path_fits
}

/// CSP §6.7.2.9: the same scheme, or one with TLS in its place.
fn is_as_safe(wanted: &str, scheme: &str) -> bool {
    wanted == scheme
        || matches!(
            (wanted, scheme),
            ("http", "https" | "ws" | "wss")
                | ("https", "wss")
                | ("ws", "wss" | "http" | "https")
                | ("wss", "https")
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_match_as_the_standard_says() {
        let page = Url::parse("https://site.example/page").unwrap();
        for (source, url, expected) in [
            ("*", "https://cdn.example/x", true),
            ("*", "blob:https://site.example/1", false),
            ("'self'", "https://site.example/sprat.js", true),
            ("'self'", "wss://site.example/tracker", true),
            ("'self'", "https://cdn.site.example/x", false),
            ("https:", "https://cdn.example/x", true),
            ("https:", "http://cdn.example/x", false),
            ("cdn.example", "https://cdn.example/x", true),
            ("cdn.example", "http://cdn.example/x", false),
            ("cdn.example", "https://cdn.example:8443/x", false),
            ("cdn.example:*", "https://cdn.example:8443/x", true),
            ("*.example", "https://cdn.example/x", true),
            ("*.cdn.example", "https://cdn.example/x", false),
            ("https://cdn.example/films/", "https://cdn.example/films/1.ts", true),
            ("https://cdn.example/films/", "https://cdn.example/other/1.ts", false),
            ("wss://t.example", "wss://t.example/tracker/socket", true),
            ("'none'", "https://site.example/", false),
        ] {
            assert_eq!(matches(source, &Url::parse(url).unwrap(), &page), expected, "{source} {url}");
        }
    }

    #[test]
    fn every_policy_has_to_allow_it() {
        let page = Url::parse("https://site.example/").unwrap();
        let url = Url::parse("https://cdn.example/x").unwrap();
        let mut policies = Policies::default();
        assert!(policies.allows(&["connect-src", "default-src"], &url, &page));
        policies.add("default-src 'none'; connect-src https:, script-src 'self'");
        assert!(policies.allows(&["connect-src", "default-src"], &url, &page));
        policies.add("connect-src 'self'");
        assert!(!policies.allows(&["connect-src", "default-src"], &url, &page));
    }
}
