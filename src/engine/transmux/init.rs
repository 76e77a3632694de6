//! What does an initialization section hold? Walks `moov` to the tracks (ISO/IEC 14496-12 §8): id, clock, kind
//! and codec of each, which together make the MIME type a SourceBuffer asks for; and what encrypts them.

pub use super::super::task::TrackKind;
use super::super::task::{Unplayable, Why};
use super::boxes::{be32, boxes, child};
use super::lock::{self, Lock};
use super::{ContainerError, codec, mpeg_audio};

/// More tracks than this are not read; MSE plays one of each kind.
const MAX_TRACKS: usize = 64;

/// The tracks of an initialization section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitInfo {
    /// In file order; at least one is video or audio. None of sound that is no MP4 at all: raw frames, which need no
    /// initialization section.
    pub tracks: Vec<TrackInfo>,
    /// Tracks that the browser is not given, each with the reason.
    pub left_out: Vec<(TrackInfo, Why)>,
    /// What encrypts samples; none where all are clear.
    pub lock: Option<Lock>,
}

/// One track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackInfo {
    /// `track_ID`.
    pub id: u32,
    /// Ticks per second of its media clock.
    pub timescale: u32,
    /// What it is for.
    pub kind: TrackKind,
    /// RFC 6381 codec string, like `avc1.64001e`; the four letters of the sample entry where there is no more to
    /// say. Empty for [`TrackKind::Other`].
    pub codec: String,
    /// Bytes of a sample of which nothing else is said (`trex`, §8.8.3).
    pub default_size: u32,
}

impl InitInfo {
    /// The MIME type with codecs, for `addSourceBuffer`: `video/mp4; codecs="avc1.64001e,mp4a.40.2"`, or
    /// `audio/mp4` without video. Tracks of other kinds are left out. Raw frames have a name without codecs.
    #[must_use]
    pub fn mime(&self) -> String {
        if self.is_raw() {
            return mpeg_audio::RAW.to_owned();
        }
        let video = self.tracks.iter().any(|t| t.kind == TrackKind::Video);
        let mut mime = String::from(if video { "video/mp4; codecs=\"" } else { "audio/mp4; codecs=\"" });
        let mut separator = "";
        for track in self.tracks.iter().filter(|t| t.kind != TrackKind::Other) {
            mime.push_str(separator);
            mime.push_str(&track.codec);
            separator = ",";
        }
        mime.push('"');
        mime
    }

    /// Whether what belongs to it is appended as raw frames of sound.
    #[must_use]
    pub fn is_raw(&self) -> bool {
        self.tracks.is_empty()
    }

    /// The tracks that stay out, by name.
    pub(crate) fn unplayable(&self) -> Vec<Unplayable> {
        let named = |(track, why): &(TrackInfo, Why)| Unplayable {
            kind: track.kind,
            codec: track.codec.clone(),
            why: *why,
        };
        self.left_out.iter().map(named).collect()
    }
}

/// Reads an initialization section: `ftyp`, `moov`, in any company.
///
/// # Errors
/// [`ContainerError`], when it is none, is damaged, or has nothing to see or hear.
pub fn read_init(bytes: &[u8]) -> Result<InitInfo, ContainerError> {
    let Some(moov) = boxes(bytes).find(|b| b.kind == *b"moov") else {
        return Err(ContainerError::NotAnInit { looks_like: looks_like(bytes) });
    };
    if !moov.whole {
        return Err(ContainerError::Malformed { in_box: "moov" });
    }
    let mut info = InitInfo::default();
    for trak in boxes(moov.body).filter(|b| b.kind == *b"trak").take(MAX_TRACKS) {
        let mut track = read_track(trak.body, &mut info.lock)?;
        let extends = child(moov.body, b"mvex").unwrap_or(&[]);
        let mut trex = boxes(extends).filter(|b| b.kind == *b"trex" && be32(b.body, 4) == Some(track.id));
        // Sample description and duration stand before.
        track.default_size = trex.next().and_then(|trex| be32(trex.body, 16)).unwrap_or(0);
        info.tracks.push(track);
    }
    if info.tracks.iter().all(|t| t.kind == TrackKind::Other) {
        return Err(ContainerError::NoTracks);
    }
    if let Some(lock) = &mut info.lock {
        lock.gather(moov.body);
    }
    Ok(info)
}

fn read_track(trak: &[u8], lock: &mut Option<Lock>) -> Result<TrackInfo, ContainerError> {
    let damaged = |in_box| move || ContainerError::Malformed { in_box };
    // Both headers begin with version and flags, then two times of 32 bits, or of 64 in version 1.
    let after_times = |header: &[u8]| be32(header, if header.first()? == &1 { 20 } else { 12 });
    let id = child(trak, b"tkhd").and_then(after_times).ok_or_else(damaged("tkhd"))?;
    let mdia = child(trak, b"mdia").ok_or_else(damaged("mdia"))?;
    let timescale = child(mdia, b"mdhd").and_then(after_times).ok_or_else(damaged("mdhd"))?;
    let handler = child(mdia, b"hdlr").and_then(|h| h.get(8..12)).ok_or_else(damaged("hdlr"))?;
    let kind = match handler {
        b"vide" => TrackKind::Video,
        b"soun" => TrackKind::Audio,
        _ => TrackKind::Other,
    };
    let codec = if kind == TrackKind::Other {
        String::new()
    } else {
        let stbl = child(mdia, b"minf").and_then(|minf| child(minf, b"stbl")).ok_or_else(damaged("stbl"))?;
        // Version, flags and a count stand before the sample entries. All entries of a track are of one codec.
        let entries = child(stbl, b"stsd").and_then(|stsd| stsd.get(8..)).ok_or_else(damaged("stsd"))?;
        let entry = boxes(entries).next().filter(|e| e.whole).ok_or_else(damaged("stsd"))?;
        let entry = lock::unwrapped(entry, kind, lock).ok_or_else(damaged("sinf"))?;
        codec::string(entry, kind).ok_or_else(damaged("stsd"))?
    };
    Ok(TrackInfo { id, timescale, kind, codec, default_size: 0 })
}

/// A guess at what was sent instead, for people.
pub(super) fn looks_like(bytes: &[u8]) -> &'static str {
    // A transport stream has a sync byte every 188 bytes (ISO/IEC 13818-1 §2.4.3.2).
    let sync = |at: usize| bytes.get(at) == Some(&0x47);
    if bytes.is_empty() {
        "an empty file"
    } else if sync(0) && sync(188) {
        "MPEG-TS"
    } else if bytes.trim_ascii_start().starts_with(b"<") {
        "HTML"
    } else if boxes(bytes).any(|b| matches!(&b.kind, b"moof" | b"styp" | b"sidx")) {
        "an MP4 media segment"
    } else {
        "another format"
    }
}
