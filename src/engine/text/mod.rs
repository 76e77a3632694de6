//! What is said? Every format of captions becomes the same thing, a [`Cue`] as WebVTT has it: a time, settings,
//! text. WebVTT segments ([`WebVtt`]), WebVTT and TTML in fragmented MP4 ([`read_text_init`],
//! [`read_wvtt_fragment`], [`read_ttml_fragment`]), and line 21 captions that ride on video ([`Captions608`]).
//!
//! Times are the format's own; where that lies in the programme only the timeline knows. [`TimestampMap`] and
//! [`Cue::moved`] carry them over. What a cue looks like is the browser's business: markup stays text.

mod decimal;
mod emsg;
mod fmp4;
mod id3;
mod line21;
mod parcel;
mod pictures;
mod task;
mod timestamp_map;
mod ttml;
mod twice;
mod webvtt;
mod wvtt;

pub use fmp4::{TextCodec, TextInit, read_text_init, read_ttml_fragment, read_wvtt_fragment};
pub use line21::{Captions608, Channel};
pub use timestamp_map::TimestampMap;
pub use ttml::read_ttml;
pub use twice::Twice;
pub use webvtt::WebVtt;

pub use super::contract::Cue;
pub use parcel::{pack, pack_answer, pack_riding, unpack, unpack_answer, unpack_riding};
pub use pictures::Pictures;
pub use task::{Reader, Said, Task};

use core::fmt;

/// Why text cannot be read. The stream's fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// It does not begin with `WEBVTT`.
    NotWebVtt,
    /// It is not XML whose root is `tt`, or is in an encoding other than UTF-8.
    NotTtml,
    /// A box is missing, or shorter than what it must hold.
    Malformed {
        /// The four letters of the box.
        in_box: &'static str,
    },
    /// A track of a format other than WebVTT and TTML.
    UnknownCodec,
    /// More than is read of one segment, 4 MiB: it would keep the page from everything else.
    TooLong,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self {
            Self::NotWebVtt => "The captions are not WebVTT.",
            Self::NotTtml => "The captions are not TTML.",
            Self::Malformed { in_box } => {
                f.write_str("The captions are damaged in their '")?;
                f.write_str(in_box)?;
                "' box."
            }
            Self::UnknownCodec => "The captions are of an unknown format.",
            Self::TooLong => "A segment of captions is too long.",
        };
        f.write_str(said)
    }
}

impl core::error::Error for TextError {}

/// The most that is read of one segment. A film's worth of WebVTT is a few hundred kilobytes.
const MAX_LEN: usize = 4 << 20;
