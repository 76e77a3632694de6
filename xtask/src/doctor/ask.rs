//! How is a server asked? As a browser asks it for Sprat: with the page's `Origin` where that is another one, a plain
//! `Range`, and nothing that needs a preflight. Redirects are followed here, one by one, so that each can be judged
//! (Fetch §4.4); every answer is bounded in bytes and time, and so is the number of questions.

use std::cell::Cell;
use std::io::Read as _;
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Method, Request, StatusCode};
use url::Url;

/// One answer takes no longer, from the name's look-up to its last byte.
const PATIENCE: Duration = Duration::from_secs(20);
/// All questions together.
const ALL: Duration = Duration::from_secs(180);
const MOST_QUESTIONS: u32 = 150;
/// As many as a browser follows (Fetch §4.4).
const MOST_REDIRECTS: usize = 20;
/// What a browser takes encoded.
pub(super) const ENCODINGS: &str = "gzip, deflate, br, zstd";

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct Want<'a> {
    /// The page's origin, where the question is one of a script's.
    pub(super) from: Option<&'a Url>,
    /// First and last byte.
    pub(super) range: Option<(u64, u64)>,
    /// Bytes that are read.
    pub(super) limit: usize,
    /// Whether a compressed answer is welcome: its bytes are then of no use, but its head is.
    pub(super) encoded: bool,
    pub(super) accept: &'a str,
}

impl<'a> Want<'a> {
    /// A navigation, or what a page loads without CORS.
    pub(super) const fn plain(limit: usize) -> Self {
        Self { from: None, range: None, limit, encoded: false, accept: "*/*" }
    }

    /// By a script of a page.
    pub(super) const fn by(from: &'a Url, limit: usize) -> Self {
        Self { from: Some(from), ..Self::plain(limit) }
    }
}

/// What a server said.
pub(super) struct Answer {
    /// After redirects.
    pub(super) url: Url,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// There was more than `limit`, or no end within the time.
    pub(super) endless: bool,
    /// Addresses that redirected here.
    pub(super) hops: Vec<Url>,
    /// Why a script may not read it, or an answer on the way to it.
    pub(super) forbidden: Option<String>,
    /// When it was there.
    pub(super) at: std::time::SystemTime,
}

/// Why there is no answer; the code of its finding, and what was seen.
pub(super) struct Silence {
    pub(super) code: &'static str,
    pub(super) seen: String,
}

pub(super) struct Asker {
    agent: ureq::Agent,
    began: Instant,
    asked: Cell<u32>,
}

impl Asker {
    pub(super) fn new() -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("Mozilla/5.0 (compatible; sprat-doctor/", env!("CARGO_PKG_VERSION"), ")"))
            .build();
        Self { agent: agent.into(), began: Instant::now(), asked: Cell::new(0) }
    }

    /// Asks, and follows redirects.
    pub(super) fn get(&self, url: &Url, want: Want<'_>) -> Result<Answer, Silence> {
        let mut url = url.clone();
        let mut hops = Vec::new();
        let mut forbidden = None;
        // Who is redirected from one foreign origin to another asks as nobody from then on.
        let mut tainted = false;
        loop {
            let foreign = want.from.is_some_and(|from| from.origin() != url.origin());
            let origin = want.from.filter(|_| foreign || tainted);
            let origin = origin
                .map(|from| if tainted { "null".to_owned() } else { from.origin().ascii_serialization() });
            let mut answer = self.once(&url, want, origin.as_deref())?;
            forbidden = forbidden.or_else(|| origin.and_then(|origin| forbids(&answer.headers, &origin)));
            let location = answer.headers.get("location").and_then(|value| value.to_str().ok());
            match location.filter(|_| answer.status.is_redirection()) {
                Some(location) => {
                    if hops.len() >= MOST_REDIRECTS || hops.contains(&url) {
                        let seen = format!("{} redirects, and no answer", hops.len());
                        return Err(Silence { code: "redirect-loop", seen });
                    }
                    let next =
                        url.join(location).ok().filter(|next| matches!(next.scheme(), "http" | "https"));
                    let Some(next) = next else {
                        let seen = "a redirect to what is no address".to_owned();
                        return Err(Silence { code: "redirect-loop", seen });
                    };
                    tainted |= foreign && next.origin() != url.origin();
                    hops.push(std::mem::replace(&mut url, next));
                }
                None => {
                    (answer.hops, answer.forbidden) = (hops, forbidden);
                    return Ok(answer);
                }
            }
        }
    }

    fn once(&self, url: &Url, want: Want<'_>, origin: Option<&str>) -> Result<Answer, Silence> {
        self.asked.set(self.asked.get() + 1);
        if self.asked.get() > MOST_QUESTIONS || self.began.elapsed() > ALL {
            let seen = "so much was asked before that this was not asked any more".to_owned();
            return Err(Silence { code: "endless", seen });
        }
        let encodings = if want.encoded { ENCODINGS } else { "identity" };
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(url.as_str())
            .header("accept", want.accept)
            .header("accept-encoding", encodings);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if let Some((first, last)) = want.range {
            request = request.header("range", format!("bytes={first}-{last}"));
        }
        let request = request.body(()).map_err(|error| unreachable(&error.to_string()))?;
        let mut response = self.agent.run(request).map_err(|error| silence(&error))?;
        let at = std::time::SystemTime::now();
        let (body, endless) = bounded(&mut response.body_mut().as_reader(), want.limit);
        let (head, _) = response.into_parts();
        Ok(Answer {
            url: url.clone(),
            status: head.status,
            headers: head.headers,
            body,
            endless,
            hops: Vec::new(),
            forbidden: None,
            at,
        })
    }
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// `Content-Type` without parameters, in small letters.
    pub(super) fn media_type(&self) -> String {
        self.header("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// How long a browser keeps it without asking, in seconds, what a cache on the way has used up taken off.
    pub(super) fn fresh_for(&self) -> Option<u64> {
        let control = self.header("cache-control").to_ascii_lowercase();
        let word = |name: &str| control.split(',').any(|word| word.trim() == name);
        if word("no-store") || word("no-cache") {
            return None;
        }
        let age = control.split(',').find_map(|word| word.trim().strip_prefix("max-age=")?.parse().ok());
        let from_date = || {
            let expires = httpdate::parse_http_date(self.header("expires")).ok()?;
            Some(expires.duration_since(self.date()?).ok()?.as_secs())
        };
        let age: u64 = age.or_else(from_date)?;
        Some(age.saturating_sub(self.header("age").parse().unwrap_or(0)))
    }

    pub(super) fn date(&self) -> Option<std::time::SystemTime> {
        httpdate::parse_http_date(self.header("date")).ok()
    }
}

/// Why a script of `origin` may not read an answer with this head (Fetch §4.9, without credentials).
fn forbids(headers: &HeaderMap, origin: &str) -> Option<String> {
    let all = headers.get_all("access-control-allow-origin");
    let values: Vec<&str> = all.iter().map(|value| value.to_str().unwrap_or("?")).collect();
    match values.as_slice() {
        [] => Some("no Access-Control-Allow-Origin".to_owned()),
        [value] if *value == "*" || *value == origin => None,
        [value] => Some(format!("Access-Control-Allow-Origin: {}, asked by {origin}", printable(value))),
        // A server and the one behind it both say so: browsers take neither.
        _ => Some(format!("{} Access-Control-Allow-Origin in one answer", values.len())),
    }
}

fn bounded(from: &mut dyn std::io::Read, limit: usize) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    let mut taken = from.take(limit as u64 + 1);
    let failed = taken.read_to_end(&mut body).is_err();
    let endless = failed || body.len() > limit;
    body.truncate(limit);
    (body, endless)
}

fn silence(error: &ureq::Error) -> Silence {
    use ureq::Error;
    match error {
        Error::Timeout(_) => unreachable(&format!("no answer within {} s", PATIENCE.as_secs())),
        Error::Tls(_) | Error::Rustls(_) => Silence { code: "tls", seen: printable(&error.to_string()) },
        // Whatever goes wrong with TLS while it is spoken.
        Error::Io(inner) if inner.kind() == std::io::ErrorKind::InvalidData => {
            Silence { code: "tls", seen: printable(&inner.to_string()) }
        }
        Error::HostNotFound => unreachable("no server of this name"),
        _ => unreachable(&printable(&error.to_string())),
    }
}

fn unreachable(seen: &str) -> Silence {
    Silence { code: "unreachable", seen: seen.to_owned() }
}

/// An address without what may be secret in it.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Either fails where there is nothing to take away.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    printable(sprat::engine::error::redacted(url.as_str()))
}

/// A stranger's text, on one line, without what a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    text.chars().take(200).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_star_or_the_very_origin_allows_and_two_headers_do_not() {
        let judged = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("access-control-allow-origin", value.parse().unwrap());
            }
            forbids(&headers, "https://a.example").is_none()
        };
        assert!(judged(&["*"]) && judged(&["https://a.example"]));
        assert!(!judged(&[]) && !judged(&["https://b.example"]) && !judged(&["https://a.example/"]));
        assert!(!judged(&["*", "*"]) && !judged(&["null"]));
    }

    #[test]
    fn what_is_printed_has_no_secrets_and_no_escape_sequences() {
        let url = Url::parse("https://me:word@a.example/x?token=1#y").unwrap();
        assert_eq!(shown(&url), "https://a.example/x");
        assert_eq!(printable("a\u{1b}[2Jb\n"), "a\u{fffd}[2Jb\u{fffd}");
    }
}
