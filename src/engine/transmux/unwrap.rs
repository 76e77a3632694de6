//! Takes the samples of one track out of fragmented MP4 (ISO/IEC 14496-12 §8.8), one after the other: for sound whose
//! frames need no container.

use super::super::time::MediaTime;
use super::boxes::{Atom, be32, be64, boxes, child};
use super::init::TrackInfo;

/// Sizes that a run says are a stranger's; more samples in one are not read.
const MAX_SAMPLES: u32 = 1 << 16;

/// The samples of `track`, and when the first of them is decoded. Ends where the segment contradicts itself.
pub(super) fn frames(segment: &[u8], track: &TrackInfo) -> (Vec<u8>, Option<MediaTime>) {
    let mut taken = Taken { segment, track, bytes: Vec::new(), start: None };
    for moof in boxes(segment).filter(|b| b.kind == *b"moof") {
        for traf in boxes(moof.body).filter(|b| b.kind == *b"traf") {
            if taken.fragment(moof, traf.body).is_none() {
                break;
            }
        }
    }
    (taken.bytes, taken.start)
}

struct Taken<'a> {
    segment: &'a [u8],
    track: &'a TrackInfo,
    bytes: Vec<u8>,
    start: Option<MediaTime>,
}

impl Taken<'_> {
    fn fragment(&mut self, moof: Atom<'_>, traf: &[u8]) -> Option<()> {
        let tfhd = child(traf, b"tfhd")?;
        if be32(tfhd, 4)? != self.track.id {
            return Some(());
        }
        // Optional fields come in the order of their flags (§8.8.7).
        let flags = be32(tfhd, 0)?;
        let mut at = 8;
        let mut field = |flag: u32, len| {
            let here = at;
            at += if flags & flag == 0 { 0 } else { len };
            (flags & flag != 0).then_some(here)
        };
        let base = field(1, 8);
        field(2, 4);
        field(8, 4);
        let size = field(16, 4);
        let usual = match size {
            Some(at) => be32(tfhd, at)?,
            None => self.track.default_size,
        };
        let tfdt = child(traf, b"tfdt")?;
        let time = if tfdt.first()? == &0 { u64::from(be32(tfdt, 4)?) } else { be64(tfdt, 4)? };
        self.start.get_or_insert(MediaTime::from_timescale(time, self.track.timescale));
        // Where nothing is said: behind the header of what follows the `moof`.
        let mut place = moof.at + moof.header + moof.body.len() + 8;
        for trun in boxes(traf).filter(|b| b.kind == *b"trun") {
            let flags = be32(trun.body, 0)?;
            let count = be32(trun.body, 4)?.min(MAX_SAMPLES);
            let mut at = 8;
            if flags & 1 != 0 {
                // Places from the start of a file cannot be told here; then it goes on.
                if base.is_none() {
                    place = moof.at.saturating_add(be32(trun.body, at)? as usize);
                }
                at += 4;
            }
            at += if flags & 4 == 0 { 0 } else { 4 };
            let each = |flag: u32| if flags & flag == 0 { 0 } else { 4 };
            let stride = each(0x100) + each(0x200) + each(0x400) + each(0x800);
            for _ in 0..count {
                let size = match flags & 0x200 {
                    0 => usual,
                    _ => be32(trun.body, at + each(0x100))?,
                };
                at += stride;
                let end = place.saturating_add(size as usize);
                // Runs that overlap could make a short segment a very long one.
                if self.bytes.len() + size as usize > self.segment.len() {
                    return None;
                }
                self.bytes.extend_from_slice(self.segment.get(place..end)?);
                place = end;
            }
        }
        Some(())
    }
}
