//! What comes out of the remuxer: the bytes to append, and what the engine has to know about them. All times are on
//! the stream's own clock, as its timestamps give it.

use super::super::time::{MediaTime, Span};
use super::init::{InitInfo, TrackKind};

/// A media segment as a SourceBuffer takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Initialization segment. To be appended before `media` where it differs from that of the fragment before.
    pub init: Vec<u8>,
    /// What `init` holds; its [`InitInfo::mime`] names the SourceBuffer.
    pub info: InitInfo,
    /// One `moof` and one `mdat`.
    pub media: Vec<u8>,
    /// What `media` holds of each track of `init`; video first. A track without samples is not among them.
    pub runs: Vec<Run>,
    /// Tracks that exist and are not in `init`.
    pub unplayable: Vec<Unplayable>,
    /// Timed metadata and captions, in presentation order.
    pub cues: Vec<Cue>,
}

/// The samples of one track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// `track_ID` in the initialization segment.
    pub track: u32,
    /// Video or audio.
    pub kind: TrackKind,
    /// Ticks per second of the numbers in `samples`.
    pub timescale: u32,
    /// From where to where it is presented.
    pub span: Span,
    /// In decoding order; never empty.
    pub samples: Vec<Sample>,
}

/// A coded picture, or a frame of audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When it is decoded, in ticks of its track. Increases from sample to sample.
    pub dts: i64,
    /// How much later it is presented.
    pub cts: i32,
    /// Until the next one is decoded.
    pub duration: u32,
    /// Bytes.
    pub size: u32,
    /// Whether decoding may begin here.
    pub access: RandomAccess,
}

/// Whether decoding may begin at a picture; worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RandomAccess {
    /// It needs pictures before it.
    No,
    /// It may, but pictures that follow in decoding order refer to earlier ones (open GOP): an H.264 recovery
    /// point, an HEVC clean random access picture. Chromium does not begin at the former.
    Open,
    /// Nothing after it refers to anything before it.
    Clean,
}

impl Fragment {
    /// How well one can begin here: what its first picture says; without video always well.
    #[must_use]
    pub fn random_access(&self) -> RandomAccess {
        match self.runs.first() {
            Some(Run { kind: TrackKind::Video, samples, .. }) => {
                samples.first().map_or(RandomAccess::No, |s| s.access)
            }
            _ => RandomAccess::Clean,
        }
    }

    /// Where it starts: with its video, else with its audio.
    #[must_use]
    pub fn start(&self) -> MediaTime {
        self.runs.first().map_or(MediaTime::ZERO, |run| run.span.start)
    }
}

/// A track that does not come out, by name: a viewer who hears nothing should be told why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplayable {
    /// Video or audio.
    pub kind: TrackKind,
    /// Its codec string (`ac-3`), or its name where there is none (`MPEG-2 video`).
    pub codec: String,
    /// Why.
    pub why: Why,
}

/// Why a track does not come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The browser says that it does not decode it.
    Undecodable,
    /// Nothing here carries it to MP4.
    Unsupported,
    /// Its samples are encrypted (SAMPLE-AES).
    Encrypted,
    /// Another of its kind was taken.
    Spare,
    /// The browser takes it as raw frames, in a SourceBuffer of its own.
    Beside,
}

/// Something to be shown or told at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// When.
    pub time: MediaTime,
    /// What `bytes` are.
    pub kind: CueKind,
    /// As they stand in the stream.
    pub bytes: Vec<u8>,
}

/// Kinds of cues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    /// An ID3v2 tag.
    Id3,
    /// `cc_data` triplets of one picture, the valid ones: CEA-608 and CEA-708.
    Captions,
}
