//! What did the publisher say? Text and the URL it came from go in; a [`Media`] or [`Multivariant`] playlist
//! (RFC 8216 §4) with absolute URLs comes out.
//!
//! Reading is forgiving where the text leaves no doubt (line ends, blanks, quotes, stray bytes) and bounded
//! where a hostile text would grow something: bytes, lines, segments, and the URLs made from them. It takes
//! time in proportion to the text. When a segment plays, and how a reload joins what is known, is the
//! timeline's business.

mod address;
mod date;
mod daterange;
mod define;
mod key;
mod low_latency;
mod media;
mod multivariant;
mod number;
mod reader;
mod rendition;
mod resume;
mod scan;
mod steering;

pub use address::Resolve;
pub use daterange::DateRange;
pub use define::Variable;
pub use key::{Key, Keys, Method};
pub use low_latency::{Control, Hint, Part, Report};
pub use media::{Init, Media, Segment};
pub use multivariant::{Multivariant, SessionData, Steering, Variant};
pub use rendition::Rendition;
pub use resume::Resume;
pub use steering::{Manifest, PathwayClone};

use address::Addresses;
use core::fmt;
use resume::Marker;
use scan::{Line, Lines};
use std::sync::Arc;

/// Either kind of playlist.
#[derive(Clone, Debug, PartialEq)]
pub enum Playlist {
    /// Segments.
    Media(Media),
    /// Variants and renditions.
    Multivariant(Multivariant),
}

/// Why a document cannot be read as a playlist. The publisher's fault, or that of whoever answered instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaylistError {
    /// No `#EXTM3U` at the start (RFC 8216 §4.3.1.1).
    NotAPlaylist {
        /// What it seems to be: "HTML", "XML", "JSON", "an empty document", "binary data" or "text".
        looks_like: &'static str,
    },
    /// A playlist with neither segments nor variants in it.
    Empty,
    /// A multivariant playlist without one usable variant.
    NoVariants,
    /// More bytes, lines, segments or URLs than any real playlist has.
    TooLarge,
}

impl fmt::Display for PlaylistError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPlaylist { looks_like } => {
                f.write_str("The server answered with ")?;
                f.write_str(looks_like)?;
                f.write_str(" in place of an HLS playlist.")
            }
            Self::Empty => f.write_str("The playlist lists neither segments nor variants."),
            Self::NoVariants => f.write_str("The multivariant playlist has no usable variant."),
            Self::TooLarge => f.write_str("The playlist is too large."),
        }
    }
}

impl core::error::Error for PlaylistError {}

/// Reads a playlist of either kind, whole: for tests and tools. `base_url` is the URL of the response, after
/// redirects; `resolve` joins it with references as the WHATWG URL standard says.
///
/// # Errors
/// [`PlaylistError`], when nothing in `body` can be played.
pub fn parse(body: &[u8], base_url: &str, resolve: Resolve) -> Result<Playlist, PlaylistError> {
    let mut reading = Reading::new(body.to_vec(), base_url, resolve)?;
    loop {
        if let Some(result) = reading.step(usize::MAX) {
            return result;
        }
    }
}

/// A playlist that is being read, in slices: a long one takes longer than a turn may.
pub struct Reading {
    lines: Lines,
    addresses: Addresses,
    imports: Arc<[Variable]>,
    marker: Marker,
    state: State,
}

enum State {
    /// No tag so far belongs to one kind only.
    Undecided,
    Media(Box<reader::Reader>),
    Multivariant(Box<multivariant::Reader>),
    Finished,
}

impl Reading {
    /// Begins; see [`parse`].
    ///
    /// # Errors
    /// [`PlaylistError`], when this is no playlist.
    pub fn new(body: Vec<u8>, base_url: &str, resolve: Resolve) -> Result<Self, PlaylistError> {
        let addresses = Addresses::new(base_url, resolve);
        let (lines, imports) = (Lines::open(body)?, Arc::default());
        Ok(Self { lines, addresses, imports, marker: Marker::default(), state: State::Undecided })
    }

    /// The multivariant playlist's variables, which this one may import.
    #[must_use]
    pub fn importing(mut self, imports: Arc<[Variable]>) -> Self {
        self.imports = imports;
        self
    }

    /// A copy of this list was read before: if it begins alike, only the rest is read, and what comes out has
    /// [`skipped`](Media::skipped) the segments before.
    #[must_use]
    pub fn resuming(mut self, before: Option<&Resume>) -> Self {
        if let Some((reader, marker)) = before.and_then(|before| before.apply(&mut self.lines)) {
            (self.state, self.marker) = (State::Media(Box::new(reader)), marker);
        }
        self
    }

    /// Reads on for about `budget` bytes. None: there is more to read.
    pub fn step(&mut self, budget: usize) -> Option<Result<Playlist, PlaylistError>> {
        let until = self.spent().saturating_add(budget);
        loop {
            match self.line() {
                Ok(true) if self.spent() < until => {}
                Ok(true) => return None,
                Ok(false) => return Some(self.finish()),
                Err(e) => return Some(Err(e)),
            }
        }
    }

    fn spent(&self) -> usize {
        self.lines.at() + self.addresses.cost()
    }

    /// Takes a line; false at the end.
    fn line(&mut self) -> Result<bool, PlaylistError> {
        let Some(line) = self.lines.next()? else {
            return Ok(false);
        };
        match &mut self.state {
            State::Undecided => {
                self.state = match line {
                    // The first tag that belongs to one kind only decides (RFC 8216 §4.1: a playlist must not mix them).
                    Line::Tag { name, .. } => match name {
                        "EXT-X-STREAM-INF"
                        | "EXT-X-I-FRAME-STREAM-INF"
                        | "EXT-X-MEDIA"
                        | "EXT-X-SESSION-DATA"
                        | "EXT-X-SESSION-KEY"
                        | "EXT-X-CONTENT-STEERING" => State::Multivariant(Box::default()),
                        "EXTINF" | "EXT-X-TARGETDURATION" | "EXT-X-MEDIA-SEQUENCE" => {
                            State::Media(Box::new(reader::Reader::new(Arc::clone(&self.imports))))
                        }
                        _ => return Ok(true),
                    },
                    Line::Uri(_) | Line::Nothing => return Ok(true),
                };
                // Lines above it mean something to either kind.
                self.lines.rewind();
            }
            State::Media(reader) => {
                reader.take(line, &mut self.addresses)?;
                self.marker.passed(&self.lines, reader);
            }
            State::Multivariant(reader) => reader.take(line, &mut self.addresses)?,
            State::Finished => return Ok(false),
        }
        Ok(true)
    }

    fn finish(&mut self) -> Result<Playlist, PlaylistError> {
        match core::mem::replace(&mut self.state, State::Finished) {
            State::Undecided | State::Finished => Err(PlaylistError::Empty),
            State::Media(reader) => {
                let mut media = reader.finish();
                media.resume = self.marker.finish().map(Arc::new);
                Ok(Playlist::Media(media))
            }
            State::Multivariant(reader) => reader.finish().map(Playlist::Multivariant),
        }
    }
}
