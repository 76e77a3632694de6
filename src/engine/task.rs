//! What is made of kept bytes, and by whom? Not by the engine: decrypting and carrying to fragmented MP4 is work on
//! bytes, which most streams do not need. A [`Task`] describes it, the `bench` does it, and its [`Made`] comes
//! back as a fact. In the browser the bench is a binary of its own, fetched by whoever plays such a stream.

use super::id::{BlobId, PlayerId, Track};
use super::time::MediaTime;

/// An order to make something of what lies on the shelf. It is known by [`Task::into`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Tasks of one bench follow one another; a newer one replaces an older that has not begun. None: it follows
    /// nothing, and nothing replaces it.
    pub bench: Option<(PlayerId, Track)>,
    /// What is to be made.
    pub work: Work,
    /// Of what.
    pub bytes: BlobId,
    /// The name under which what is made goes on the shelf. Drawn for this task, so that it names it as well.
    pub into: BlobId,
    /// What opens it.
    pub lock: Option<Lock>,
}

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// What is under a lock, whole: an initialisation section.
    Open,
    /// What a text says. These do not replace one another.
    Read {
        /// What is asked, as `text::pack` writes it.
        ask: Vec<u8>,
    },
    /// A segment that the browser can take.
    Segment {
        /// The bench forgets what it knows: this is of another rendition than the segment before.
        fresh: bool,
        /// It follows the segment before without a seek or a discontinuity: frames may go on from there.
        contiguous: bool,
        /// A decoder failed on what was made before: nothing that is begun with refers to what was not decoded.
        wary: bool,
        /// Near which time its first timestamp should lie, where that is known.
        expected: Option<MediaTime>,
        /// Leave audio out: it comes from a rendition of its own.
        without_audio: bool,
        /// Whether the playlist says that AAC has spectral band replication; none when it does not say.
        aac_sbr: Option<bool>,
        /// The initialisation section, clear and whole, where the playlist names one: then it is fragmented MP4
        /// already.
        init: Option<BlobId>,
        /// Wanted are the raw frames of its sound, for a SourceBuffer of their own.
        beside: bool,
    },
}

/// A key, and what it locks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    /// AES-128.
    pub key: [u8; 16],
    /// Initialisation vector.
    pub iv: [u8; 16],
    /// Single samples are locked (`METHOD=SAMPLE-AES`), not all of it (`METHOD=AES-128`).
    pub samples: bool,
}

impl core::fmt::Debug for Lock {
    /// A key is not for printing.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Lock")
    }
}

/// What came of a task; the bytes themselves lie on the shelf, under [`Task::into`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// An initialisation section: one that was made, or opened. None where the playlist's own holds.
    pub init: Option<Vec<u8>>,
    /// Where it starts, on the stream's own clock.
    pub start: MediaTime,
    /// Where it ends.
    pub end: MediaTime,
    /// There is nothing to show or hear in it.
    pub is_empty: bool,
    /// Tracks that exist and do not come out.
    pub unplayable: Vec<Unplayable>,
    /// What rides on it, or what it says, as `text::pack_riding` and `text::pack_answer` write it.
    pub said: Vec<u8>,
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

/// What a track is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackKind {
    /// Handler `vide`.
    Video,
    /// Handler `soun`.
    Audio,
    /// Text, metadata.
    Other,
}

/// Why a track does not come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The browser says that it does not decode it.
    Undecodable,
    /// Nothing here carries it to MP4.
    Unsupported,
    /// Its samples are encrypted (SAMPLE-AES), and there is no key.
    Encrypted,
    /// Another of its kind was taken.
    Spare,
    /// The browser takes it as raw frames, in a SourceBuffer of its own.
    Beside,
}

/// Why nothing came of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmade {
    /// It is not what can be played, or the key does not fit: why, in a sentence.
    Unusable(String),
    /// There is no bench: why, in a sentence.
    NoBench(String),
}
