//! What does the browser accept? Fragmented MP4, and raw MPEG audio where it takes none in MP4. Of a stream that is
//! fragmented MP4 there is only to find out what an initialization section holds (the MIME type for a SourceBuffer)
//! and where a segment starts (for its timestamp offset). MPEG-TS and packed audio become it: [`Remuxer`].
//!
//! From outside in: `sniff` (what is it?), `remux` (one segment), `ts` and `pes` (packets), `video` and `audio` (one
//! track each), a file per codec for headers and configuration boxes, `assemble` and `write` (the fragment and its
//! boxes), `fragment` (what comes out). `boxes`, `init`, `start`, `codec`, `lock` read boxes, also our own; `fit` and
//! `unwrap` take from fragmented MP4 what the browser does not; `silence` begins sound that is late.

mod aac;
mod ac3;
mod assemble;
mod audio;
mod bits;
mod boxes;
mod codec;
mod fit;
mod fragment;
mod frame;
mod h264;
mod hevc;
mod id3;
mod init;
mod lock;
mod mpeg_audio;
mod nal;
mod opus;
mod pes;
mod remux;
mod sei;
mod silence;
mod sniff;
mod start;
mod ts;
mod unwrap;
mod video;
mod write;

pub use super::task::{Unplayable, Why};
pub use fit::{Fitted, fit_init, fit_segment};
pub use fragment::{Cue, CueKind, Fragment, RandomAccess, Run, Sample};
pub use init::{InitInfo, TrackInfo, TrackKind, read_init};
pub use lock::Lock;
pub use mpeg_audio::is as is_mpeg_audio;
pub use remux::{RemuxOptions, Remuxer};
pub use sei::read as read_sei;
pub use sniff::{Container, sniff};
pub use start::read_start;

use core::fmt;

/// Why a container cannot be used. The stream's fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerError {
    /// No `moov` box: not an initialization section, or not MP4 at all.
    NotAnInit {
        /// What it seems to be: "MPEG-TS", "an MP4 media segment", "HTML", "an empty file" or "another format".
        looks_like: &'static str,
    },
    /// A box is shorter than what it must hold, or longer than what holds it.
    Malformed {
        /// The four letters of the box.
        in_box: &'static str,
    },
    /// A sample entry is `encv` or `enca`: ISO common encryption.
    Encrypted,
    /// No video and no audio track.
    NoTracks,
    /// Neither a transport stream nor packed audio.
    NotASegment {
        /// What it seems to be, as in [`Self::NotAnInit`].
        looks_like: &'static str,
    },
    /// A transport stream without a programme map, in this segment and before.
    NoProgramme,
    /// There are tracks, and the browser decodes none of them.
    Undecodable,
    /// Not a single frame.
    NoFrames,
}

impl fmt::Display for ContainerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnInit { looks_like } => {
                f.write_str("The initialization section is ")?;
                f.write_str(looks_like)?;
                f.write_str(", not fragmented MP4.")
            }
            Self::Malformed { in_box } => {
                f.write_str("The initialization section is damaged in its '")?;
                f.write_str(in_box)?;
                f.write_str("' box.")
            }
            Self::Encrypted => f.write_str("The tracks are encrypted."),
            Self::NoTracks => f.write_str("The initialization section has neither video nor audio."),
            Self::NotASegment { looks_like } => {
                f.write_str("A segment is ")?;
                f.write_str(looks_like)?;
                f.write_str(", not MPEG-TS or packed audio.")
            }
            Self::NoProgramme => f.write_str("A transport stream does not say what it holds."),
            Self::Undecodable => f.write_str("The browser decodes none of the tracks."),
            Self::NoFrames => f.write_str("A segment has neither video nor audio."),
        }
    }
}

impl core::error::Error for ContainerError {}
