//! Does an answer come at all, from whom a page may ask? What holds for every address: TLS, redirects, mixed content, the
//! status, the clock, and an end.

use std::time::Duration;

use url::{Host, Url};

use super::ask::{Answer, Asker, Want};
use super::findings::Book;

/// Dates have whole seconds, and answers take some.
const MOST_SKEW: Duration = Duration::from_secs(10);

/// What every examination has at hand.
pub(super) struct Visit<'a> {
    pub(super) asker: &'a Asker,
    /// The page on which it is to play.
    pub(super) page: Url,
    pub(super) book: Book,
}

impl Visit<'_> {
    /// The answer of a page, or of anything asked without CORS, if it is of use.
    pub(super) fn ask(&mut self, url: &Url, want: Want<'_>) -> Option<Answer> {
        self.mixed(url);
        let answer = match self.asker.get(url, want) {
            Ok(answer) => answer,
            Err(silence) => {
                self.book.add_by(silence.code, url, silence.seen);
                return None;
            }
        };
        self.judge(url, &answer);
        Some(answer)
    }

    /// The same; an answer that is not 2xx is a finding, and of no use.
    pub(super) fn ask_well(&mut self, url: &Url, want: Want<'_>) -> Option<Answer> {
        let answer = self.ask(url, want)?;
        if !answer.status.is_success() {
            self.book.add("status", url, format!("the server answered {}", answer.status.as_u16()));
            return None;
        }
        if answer.endless {
            self.book.add("endless", url, format!("no end after {} bytes or 20 s", answer.body.len()));
            return None;
        }
        Some(answer)
    }

    fn judge(&mut self, url: &Url, answer: &Answer) {
        let Self { book, .. } = self;
        if !answer.hops.is_empty() {
            book.add("redirects", url, format!("{} before the answer", answer.hops.len()));
        }
        if let Some(date) = answer.date() {
            // A cache on the way may have kept it for a while, and says so.
            let age = Duration::from_secs(answer.header("age").parse().unwrap_or(0).min(1 << 31));
            let date = date + age;
            let skew = answer.at.duration_since(date).unwrap_or_else(|ahead| ahead.duration());
            if skew > MOST_SKEW {
                let side = if date > answer.at { "ahead of" } else { "behind" };
                book.add(
                    "clock",
                    url,
                    format!("its Date is {} s {side} this machine's clock", skew.as_secs()),
                );
            }
        }
        for hop in answer.hops.iter().skip(1).chain([&answer.url]) {
            self.mixed(hop);
        }
    }

    /// An http: address on an https: page.
    pub(super) fn mixed(&mut self, url: &Url) {
        if is_mixed(&self.page, url) {
            let seen = format!("{}: on a page of https:", url.scheme());
            self.book.add("mixed-content", url, seen);
        }
    }
}

/// Browsers ask nothing without TLS for a page with it, but what is on the viewer's own machine (Mixed Content §4, Secure
/// Contexts §3.1).
fn is_mixed(page: &Url, url: &Url) -> bool {
    page.scheme() == "https" && matches!(url.scheme(), "http" | "ws") && !is_loopback(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_tls_is_mixed_content_except_on_this_machine() {
        let mixed = |page: &str, url: &str| is_mixed(&Url::parse(page).unwrap(), &Url::parse(url).unwrap());
        assert!(
            mixed("https://a.example", "http://b.example/x")
                && mixed("https://a.example", "ws://b.example/x")
        );
        assert!(
            !mixed("https://a.example", "wss://b.example/") && !mixed("http://a.example", "http://b.example")
        );
        assert!(
            !mixed("https://a.example", "http://127.0.0.1/")
                && !mixed("https://a.example", "ws://[::1]:8000/")
        );
        assert!(!mixed("https://a.example", "http://localhost:8000/"));
    }
}
