//! Of fragmented MP4, what reaches the browser? All of it, as it lies, unless a track cannot be decoded: such a track
//! is made invisible where it stands, by calling its boxes `free` (ISO/IEC 14496-12 §8.1.2), so that no size and no
//! offset changes. MPEG audio that the browser does not take in MP4 is taken out of it instead.

use super::super::task::Why;
use super::super::time::MediaTime;
use super::boxes::{Atom, be32, boxes, child};
use super::init::{InitInfo, TrackKind};
use super::{mpeg_audio, unwrap};

/// A segment as a SourceBuffer takes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The bytes; empty when there is nothing in it.
    pub bytes: Vec<u8>,
    /// Where it starts by its own clock, if it says so.
    pub start: Option<MediaTime>,
}

/// Leaves out of an initialization section the tracks that the browser does not decode, in `bytes` and in `info`.
/// Where it decodes none, it is left to say so itself.
pub fn fit_init(bytes: &mut [u8], info: &mut InitInfo, decodes: fn(&str) -> bool) {
    let refused = |codec: &str| !codec.is_empty() && !decodes(codec);
    let raw = |codec: &str| mpeg_audio::is(codec) && decodes(mpeg_audio::RAW);
    let media = || info.tracks.iter().filter(|t| t.kind != TrackKind::Other);
    if media().all(|t| refused(&t.codec) && !raw(&t.codec)) {
        return;
    }
    for track in info.tracks.extract_if(.., |t| refused(&t.codec)) {
        let why = if raw(&track.codec) { Why::Beside } else { Why::Undecodable };
        info.left_out.push((track, why));
    }
    if info.tracks.iter().all(|t| t.kind == TrackKind::Other) {
        // Raw frames are all there is.
        info.tracks.clear();
    }
    let mut places = Vec::new();
    for moov in boxes(bytes).filter(|b| b.kind == *b"moov") {
        let base = moov.at + moov.header;
        for inner in boxes(moov.body) {
            let out = |id| is_out(info, id);
            match &inner.kind {
                b"trak" if track_id(inner).is_some_and(out) => places.push(base + inner.at),
                b"mvex" => {
                    let of = |trex: &Atom<'_>| trex.kind == *b"trex" && be32(trex.body, 4).is_some_and(out);
                    let base = base + inner.at + inner.header;
                    places.extend(boxes(inner.body).filter(of).map(|trex| base + trex.at));
                }
                _ => {}
            }
        }
    }
    free(bytes, places);
}

/// The same of a media segment. `sound`: what is wanted of it are the raw frames of the track that was left out for
/// being taken so.
#[must_use]
pub fn fit_segment(mut bytes: Vec<u8>, info: &InitInfo, sound: bool) -> Fitted {
    if sound || info.is_raw() {
        let beside = info.left_out.iter().find(|(_, why)| *why == Why::Beside);
        let (bytes, start) = beside.map(|(track, _)| unwrap::frames(&bytes, track)).unwrap_or_default();
        return Fitted { bytes, start };
    }
    let start = super::read_start(&bytes, info);
    if !info.left_out.is_empty() {
        let mut places = Vec::new();
        for moof in boxes(&bytes).filter(|b| b.kind == *b"moof") {
            let base = moof.at + moof.header;
            for traf in boxes(moof.body).filter(|b| b.kind == *b"traf") {
                let id = child(traf.body, b"tfhd").and_then(|tfhd| be32(tfhd, 4));
                if id.is_some_and(|id| is_out(info, id)) {
                    places.push(base + traf.at);
                }
            }
        }
        free(&mut bytes, places);
    }
    Fitted { bytes, start }
}

fn is_out(info: &InitInfo, id: u32) -> bool {
    info.left_out.iter().any(|(track, _)| track.id == id)
}

fn track_id(trak: Atom<'_>) -> Option<u32> {
    let tkhd = child(trak.body, b"tkhd")?;
    be32(tkhd, if tkhd.first()? == &1 { 20 } else { 12 })
}

/// Calls the boxes that begin at these places `free`.
fn free(bytes: &mut [u8], places: Vec<usize>) {
    for at in places {
        if let Some(kind) = bytes.get_mut(at + 4..at + 8) {
            kind.copy_from_slice(b"free");
        }
    }
}
