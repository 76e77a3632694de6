//! What did the publisher say? Text and the URL it came from go in; a [`Media`] or [`Multivariant`] playlist
//! (RFC 8216 §4) with absolute URLs comes out.
//!
//! Reading is forgiving where the text leaves no doubt (line ends, blanks, quotes, stray bytes) and bounded
//! where a hostile text would grow something: bytes, lines, segments, and the URLs made from them. It takes
//! time in proportion to the text. When a segment plays, and how a reload joins what is known, is the
//! timeline's business.

mod address;
mod date;
mod define;
mod media;
mod multivariant;
mod number;
mod scan;

pub use address::Resolve;
pub use media::{Init, Media, Segment};
pub use multivariant::{AudioRendition, Multivariant, Variant};

use core::fmt;
use scan::Line;

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

/// Reads a playlist of either kind. `base_url` is the URL of the response, after redirects; `resolve` joins
/// it with references as the WHATWG URL standard says.
///
/// # Errors
/// [`PlaylistError`], when nothing in `body` can be played.
pub fn parse(body: &[u8], base_url: &str, resolve: Resolve) -> Result<Playlist, PlaylistError> {
    let text = scan::open(body)?;
    let mut addresses = address::Addresses::new(base_url, resolve);
    // The first tag that belongs to one kind only decides (RFC 8216 §4.1: a playlist must not mix them).
    let multivariant = scan::lines(&text).find_map(|line| match line {
        Line::Tag { name: "EXT-X-STREAM-INF" | "EXT-X-I-FRAME-STREAM-INF" | "EXT-X-MEDIA", .. } => Some(true),
        Line::Tag { name: "EXTINF" | "EXT-X-TARGETDURATION" | "EXT-X-MEDIA-SEQUENCE", .. } => Some(false),
        Line::Tag { .. } | Line::Uri(_) => None,
    });
    match multivariant {
        Some(true) => multivariant::read(&text, &mut addresses).map(Playlist::Multivariant),
        Some(false) => media::read(&text, &mut addresses).map(Playlist::Media),
        None => Err(PlaylistError::Empty),
    }
}
