//! Where does a fragment start? Its `tfdt` says (ISO/IEC 14496-12 §8.8.12), in the track's own clock. Of several
//! tracks the video's counts, because a picture in the wrong place is seen first.

use super::super::time::MediaTime;
use super::boxes::{Atom, be32, be64, boxes, child};
use super::init::{InitInfo, TrackKind};

/// The decode time of the first fragment in `head`, the first bytes of a segment: of its video track, else the
/// earliest of all. None while bytes that are needed for the answer are missing, and where there is none.
#[must_use]
pub fn read_start(head: &[u8], init: &InitInfo) -> Option<MediaTime> {
    // Boxes before it (styp, sidx, emsg, prft) do not matter; one that is cut short is the last.
    let moof = boxes(head).find(|b| b.kind == *b"moof")?;
    let mut earliest = None;
    for traf in boxes(moof.body).filter(|b| b.kind == *b"traf") {
        let Some((kind, time)) = track_start(traf, init) else {
            continue;
        };
        if kind == TrackKind::Video {
            return Some(time);
        }
        earliest = Some(earliest.map_or(time, |t: MediaTime| t.min(time)));
    }
    // Without the whole of it a video track may still follow.
    earliest.filter(|_| moof.whole)
}

fn track_start(traf: Atom<'_>, init: &InitInfo) -> Option<(TrackKind, MediaTime)> {
    let id = be32(child(traf.body, b"tfhd")?, 4)?;
    let track = init.tracks.iter().find(|t| t.id == id)?;
    let tfdt = child(traf.body, b"tfdt")?;
    let units = match tfdt.first()? {
        0 => u64::from(be32(tfdt, 4)?),
        _ => be64(tfdt, 4)?,
    };
    Some((track.kind, MediaTime::from_timescale(units, track.timescale)))
}
