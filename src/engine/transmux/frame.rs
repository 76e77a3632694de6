//! Where does a frame of audio end, and what does its header say? One shape for all codecs; each has a file with
//! its own two answers.

use super::{aac, ac3, mpeg_audio, opus};

/// Which standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AudioCodec {
    /// AAC in ADTS; what the playlist says of spectral band replication.
    Aac {
        sbr: Option<bool>,
    },
    /// MPEG-1 and MPEG-2, layers I to III.
    Mpeg,
    Ac3,
    Eac3,
    /// Opus, with the channel configuration of its descriptor.
    Opus {
        channels: u8,
    },
}

/// A frame at the start of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Bytes before the sample.
    pub(super) header: usize,
    /// Bytes of header and sample.
    pub(super) len: usize,
    /// Samples per channel.
    pub(super) duration: u32,
    /// Equal for frames that share a sample entry.
    pub(super) id: u32,
    /// Whether it belongs to the frame before it (a dependent substream).
    pub(super) joins: bool,
}

/// Why there is no frame at the start of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoFrame {
    /// There may be one when more bytes are here.
    Short,
    /// There is none.
    Bad,
}

/// What the sample entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AudioConfig {
    /// Four letters of the sample entry, and of the box inside.
    pub(super) entry: &'static [u8; 4],
    pub(super) inside: &'static [u8; 4],
    /// Body of that box.
    pub(super) setup: Vec<u8>,
    pub(super) rate: u32,
    pub(super) channels: u8,
}

/// Reads a frame's header. A frame that is not all there is given out too: see its `len`.
pub(super) fn read(codec: AudioCodec, bytes: &[u8]) -> Result<Frame, NoFrame> {
    match codec {
        AudioCodec::Aac { .. } => aac::read(bytes),
        AudioCodec::Mpeg => mpeg_audio::read(bytes),
        AudioCodec::Ac3 | AudioCodec::Eac3 => ac3::read(bytes),
        AudioCodec::Opus { .. } => opus::read(bytes),
    }
}

/// What the sample entry says for a frame that [`read`] has read.
pub(super) fn config(codec: AudioCodec, frame: &[u8]) -> Option<AudioConfig> {
    match codec {
        AudioCodec::Aac { sbr } => aac::config(frame, sbr),
        AudioCodec::Mpeg => mpeg_audio::config(frame),
        AudioCodec::Ac3 | AudioCodec::Eac3 => ac3::config(frame),
        AudioCodec::Opus { channels } => opus::config(frame, channels),
    }
}

/// The body of `esds` for this object type and decoder configuration (ISO/IEC 14496-1 §7.2.6, 14496-14 §5.6).
pub(super) fn esds(object: u8, specific: &[u8]) -> Vec<u8> {
    let specific_len = if specific.is_empty() { 0 } else { 2 + specific.len() as u8 };
    // Version and flags; ES descriptor without id and flags; decoder configuration: audio stream, rates unknown.
    let mut out = vec![0, 0, 0, 0, 3, 21 + specific_len, 0, 0, 0, 4, 13 + specific_len, object, 0x15];
    out.extend([0; 11]);
    if !specific.is_empty() {
        out.extend([5, specific.len() as u8]);
        out.extend_from_slice(specific);
    }
    // Sync layer: as in MP4 files.
    out.extend([6, 1, 2]);
    out
}
