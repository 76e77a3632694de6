//! What does the browser accept? Clear fragmented MP4 passes unchanged, so all there is to find out is what an
//! initialization section holds (the MIME type for a SourceBuffer) and where a segment starts (for its
//! timestamp offset). ISO/IEC 14496-12; one file per concern.

mod boxes;
mod codec;
mod init;
mod start;

pub use init::{InitInfo, TrackInfo, TrackKind, read_init};
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
        }
    }
}

impl core::error::Error for ContainerError {}
