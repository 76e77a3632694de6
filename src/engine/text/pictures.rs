//! Captions that ride on the pictures of fragmented MP4: each sample is an access unit, its NAL units with their lengths
//! before them (ISO/IEC 14496-15 §5.3.2), of which some are supplemental information.

use super::super::time::MediaTime;
use super::super::transmux::read_sei;
use super::fmp4::{Lane, read_fragment};

/// Which track has the pictures, and of what kind they are.
#[derive(Clone, Copy, Debug)]
pub struct Pictures {
    /// `track_ID`.
    pub track: u32,
    /// Ticks per second of its media clock.
    pub timescale: u32,
    /// HEVC; else H.264.
    pub hevc: bool,
    /// How long the segment is, by the playlist: where samples do not say how long they last, they share it.
    pub length: MediaTime,
}

/// The `cc_data` triplets of a segment's pictures, in the order in which they are shown. What is damaged ends it.
pub(super) fn read(bytes: &[u8], of: &Pictures) -> Vec<(MediaTime, Vec<u8>)> {
    let mut count = 0_i64;
    let counts = Lane::new(of.track, of.timescale, 0);
    let _ = read_fragment(bytes, &counts, &mut |_, _, _| {
        count += 1;
        Ok(())
    });
    let ticks = of.length.ticks().saturating_mul(i64::from(of.timescale)) / MediaTime::RATE / count.max(1);
    let lane = Lane::new(of.track, of.timescale, u32::try_from(ticks).unwrap_or(0));
    let mut pictures = Vec::new();
    let _ = read_fragment(bytes, &lane, &mut |sample, span, later| {
        let mut captions = Vec::new();
        units(sample, of.hevc, &mut captions);
        if !captions.is_empty() {
            pictures.push((span.start + later, captions));
        }
        Ok(())
    });
    pictures.sort_by_key(|(time, _)| *time);
    pictures
}

fn units(sample: &[u8], hevc: bool, captions: &mut Vec<u8>) {
    let mut rest = sample;
    // Lengths of four bytes are the only ones in use.
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let Some((unit, next)) = after.split_at_checked(u32::from_be_bytes(*length) as usize) else { return };
        rest = next;
        let header = if hevc { 2 } else { 1 };
        let is_sei = unit.first().is_some_and(|b| if hevc { b >> 1 & 63 == 39 } else { b & 31 == 6 });
        if let (true, Some(payload)) = (is_sei, unit.get(header..)) {
            read_sei(payload, captions);
        }
    }
}
