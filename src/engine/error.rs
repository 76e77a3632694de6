//! What went wrong, whose fault it is, and what happens next. One shape for everything a viewer, a site
//! owner or a log may be told.

use core::fmt;

/// Who has to act for it to go away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Culprit {
    /// The server of playlists, segments or digests, or the network on the way to it.
    Origin,
    /// A tracker, another viewer or a redundancy server; playback goes on from the origin.
    Peer,
    /// The stream itself: its playlists, its container, its codecs.
    Media,
    /// The browser, or a policy of the embedding page.
    Browser,
    /// Sprat.
    Player,
}

impl Culprit {
    /// The word that the `error` event carries.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Peer => "peer",
            Self::Media => "media",
            Self::Browser => "browser",
            Self::Player => "player",
        }
    }
}

/// The `MediaError.code` of the HTML standard that a fatal fault maps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaErrorCode {
    /// 2: a network error after the resource was known to be usable.
    Network = 2,
    /// 3: the bytes could not be decoded.
    Decode = 3,
    /// 4: the source is not there or not playable.
    SourceNotSupported = 4,
}

/// A fault as it is reported: warning when playback goes on, error when it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whose fault.
    pub culprit: Culprit,
    /// The standard's code, for a fatal fault.
    pub code: MediaErrorCode,
    /// A stable word for programs, in kebab case: `playlist-not-found`.
    pub name: &'static str,
    /// One sentence for people, naming the culprit; URLs are shown without their query.
    pub message: String,
    /// What was tried before giving up, or what happens next.
    pub tried: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {} {}", self.name, self.culprit.as_str(), self.message, self.tried)
    }
}

/// Why a request brought nothing, as far as a page can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NetworkFault {
    /// No response: offline, refused, blocked by CORS or by `connect-src` (a page cannot tell which).
    Unreachable,
    /// The connection broke after the response had begun.
    Broken,
    /// The document was larger than the limit given with the request.
    TooLarge,
}

/// `url` without query and fragment: what may be shown, since tokens travel in queries.
#[must_use]
pub fn redacted(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}
