//! Captions in fragmented MP4 (ISO/IEC 14496-30): what a text track is, and where in a segment its samples lie
//! and when (ISO/IEC 14496-12 §8.8). What a sample says, its format knows.
//!
//! Text segments are small and come whole, so that all of this is one pass over one slice. Sizes and counts are
//! those of a stranger: no sample reaches beyond the segment, and all together are no longer than it.

use super::super::time::{MediaTime, Span};
use super::{Cue, MAX_LEN, TextError, ttml, wvtt};

/// Runs of samples without a size are mere counts; no more of them are read of a segment.
const MAX_SAMPLES: usize = 1 << 16;

/// How a text track is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextCodec {
    /// Sample entry `wvtt`.
    WebVtt,
    /// Sample entry `stpp`: TTML, IMSC 1.
    Ttml,
}

/// A text track, as its initialization section describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextInit {
    /// How its samples are written.
    pub codec: TextCodec,
    /// `track_ID`.
    pub track: u32,
    /// Ticks per second of its media clock.
    pub timescale: u32,
    /// Duration and size of a sample that says nothing of its own (`trex`).
    default: Sample,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sample {
    /// On the track's clock.
    duration: u32,
    /// In bytes.
    size: u32,
}

/// Reads the initialization section of a text track: the first track that is one.
///
/// # Errors
/// [`TextError::UnknownCodec`], [`TextError::Malformed`].
pub fn read_text_init(bytes: &[u8]) -> Result<TextInit, TextError> {
    let damaged = |in_box| TextError::Malformed { in_box };
    let moov = child(bytes, b"moov").ok_or(damaged("moov"))?;
    for (_, _, trak) in boxes(moov).filter(|b| b.1 == *b"trak") {
        let Some(mdia) = child(trak, b"mdia") else { continue };
        let stbl = child(mdia, b"minf").and_then(|minf| child(minf, b"stbl"));
        // Version, flags and a count stand before the sample entries, and a size before the letters.
        let codec = match stbl.and_then(|stbl| child(stbl, b"stsd")).and_then(|stsd| stsd.get(12..16)) {
            Some(b"wvtt") => TextCodec::WebVtt,
            Some(b"stpp") => TextCodec::Ttml,
            _ => continue,
        };
        let track = child(trak, b"tkhd").and_then(after_times).ok_or(damaged("tkhd"))?;
        let timescale = child(mdia, b"mdhd").and_then(after_times).ok_or(damaged("mdhd"))?;
        let mut default = Sample::default();
        for (_, _, trex) in boxes(child(moov, b"mvex").unwrap_or_default()).filter(|b| b.1 == *b"trex") {
            let mut fields = Fields(trex);
            if fields.skip(4).u32() == Some(track) {
                default.duration = fields.skip(4).u32().ok_or(damaged("trex"))?;
                default.size = fields.u32().ok_or(damaged("trex"))?;
            }
        }
        return Ok(TextInit { codec, track, timescale, default });
    }
    Err(TextError::UnknownCodec)
}

/// The cues of a media segment of [`TextCodec::WebVtt`], on the track's media clock: [`Cue::moved`] by the
/// discontinuity's timestamp offset they are in programme time. One that lasts over several samples is one cue.
///
/// # Errors
/// [`TextError`]. What was read before the damage is lost with it.
pub fn read_wvtt_fragment(bytes: &[u8], init: &TextInit) -> Result<Vec<Cue>, TextError> {
    let mut cues = Vec::new();
    read_text(bytes, init, &mut |sample, span, _| {
        wvtt::read_sample(sample, span, &mut cues);
        Ok(())
    })?;
    Ok(cues)
}

/// The same of a media segment of [`TextCodec::Ttml`], whose samples are documents. Apart, so that who does not
/// call it does not ship it: it is larger than all else there is for WebVTT.
///
/// # Errors
/// [`TextError`], as above.
pub fn read_ttml_fragment(bytes: &[u8], init: &TextInit) -> Result<Vec<Cue>, TextError> {
    let mut cues = Vec::new();
    read_text(bytes, init, &mut |sample, span, _| {
        if !sample.is_empty() {
            cues.extend(ttml::read_ttml(sample, span)?);
        }
        Ok(())
    })?;
    Ok(cues)
}

/// What is made of a sample: its bytes, the span for which it is decoded, by how much later it is shown.
type ReadSample<'a> = &'a mut dyn FnMut(&[u8], Span, MediaTime) -> Result<(), TextError>;

/// A track, and what holds for its samples where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    track: u32,
    timescale: u32,
    default: Sample,
}

impl Lane {
    /// A track whose samples last for `duration` each, in ticks of its clock, unless they say otherwise.
    pub(super) fn new(track: u32, timescale: u32, duration: u32) -> Self {
        Self { track, timescale, default: Sample { duration, size: 0 } }
    }
}

fn read_text(bytes: &[u8], init: &TextInit, read: ReadSample<'_>) -> Result<(), TextError> {
    if bytes.len() > MAX_LEN {
        return Err(TextError::TooLong);
    }
    let lane = Lane { track: init.track, timescale: init.timescale, default: init.default };
    read_fragment(bytes, &lane, read)
}

/// Hands on the samples of a track, in decoding order.
pub(super) fn read_fragment(bytes: &[u8], lane: &Lane, read: ReadSample<'_>) -> Result<(), TextError> {
    let mut reading = Reading { bytes, lane, read, allowed: bytes.len(), left: MAX_SAMPLES };
    // Once, for a stranger may write thousands of fragments: nothing is looked for from each of them.
    let data: Vec<usize> = boxes(bytes).filter(|b| b.1 == *b"mdat").map(|b| b.0).collect();
    for (at, _, moof) in boxes(bytes).filter(|b| b.1 == *b"moof") {
        // Where nothing is said, and where places count from the start of a file of which this is a part.
        let usual = data.get(data.partition_point(|mdat| *mdat < at)).map_or(0, |mdat| mdat + 8);
        for (_, _, traf) in boxes(moof).filter(|b| b.1 == *b"traf") {
            reading.traf(at, usual, traf)?;
        }
    }
    Ok(())
}

struct Reading<'a> {
    bytes: &'a [u8],
    lane: &'a Lane,
    read: ReadSample<'a>,
    /// Runs that overlap could make a short segment a very long one.
    allowed: usize,
    /// Samples that may still come.
    left: usize,
}

impl Reading<'_> {
    /// A track's fragment, in the `moof` at this offset; its samples are at `at` unless it says otherwise.
    fn traf(&mut self, moof: usize, mut at: usize, traf: &[u8]) -> Result<(), TextError> {
        let damaged = |in_box| TextError::Malformed { in_box };
        let mut tfhd = Fields(child(traf, b"tfhd").ok_or(damaged("tfhd"))?);
        let flags = tfhd.u32().ok_or(damaged("tfhd"))?;
        if tfhd.u32() != Some(self.lane.track) {
            return Ok(());
        }
        let from_the_file = flags & 1 != 0;
        tfhd.skip(if from_the_file { 8 } else { 0 }).skip(if flags & 2 == 0 { 0 } else { 4 });
        let default = Sample {
            duration: tfhd.optional(flags & 8, self.lane.default.duration).ok_or(damaged("tfhd"))?,
            size: tfhd.optional(flags & 16, self.lane.default.size).ok_or(damaged("tfhd"))?,
        };
        let mut tfdt = Fields(child(traf, b"tfdt").ok_or(damaged("tfdt"))?);
        let is_long = tfdt.u32().is_some_and(|flags| flags >> 24 != 0);
        let high = tfdt.optional(u32::from(is_long), 0).ok_or(damaged("tfdt"))?;
        let mut time = u64::from(high) << 32 | u64::from(tfdt.u32().ok_or(damaged("tfdt"))?);
        for (_, _, trun) in boxes(traf).filter(|b| b.1 == *b"trun") {
            let mut trun = Fields(trun);
            let damaged = damaged("trun");
            let flags = trun.u32().ok_or(damaged)?;
            let count = trun.u32().ok_or(damaged)? as usize;
            if flags & 1 != 0 {
                let offset = trun.u32().ok_or(damaged)? as usize;
                at = if from_the_file { at } else { moof.saturating_add(offset) };
            }
            trun.skip(if flags & 4 == 0 { 0 } else { 4 });
            for _ in 0..count.min(self.left) {
                self.left -= 1;
                let duration = trun.optional(flags & 0x100, default.duration).ok_or(damaged)?;
                let size = trun.optional(flags & 0x200, default.size).ok_or(damaged)? as usize;
                trun.skip(if flags & 0x400 == 0 { 0 } else { 4 });
                // Signed in version 1, and small in version 0.
                let later = trun.optional(flags & 0x800, 0).ok_or(damaged)?.cast_signed();
                let sample = self.bytes.get(at..at.saturating_add(size)).ok_or(damaged)?;
                self.allowed = self.allowed.checked_sub(size).ok_or(damaged)?;
                let start = MediaTime::from_timescale(time, self.lane.timescale);
                time = time.saturating_add(u64::from(duration));
                at += size;
                let span = Span::new(start, MediaTime::from_timescale(time, self.lane.timescale));
                let ticks = MediaTime::from_timescale(u64::from(later.unsigned_abs()), self.lane.timescale);
                let later = if later < 0 { MediaTime::ZERO - ticks } else { ticks };
                (self.read)(sample, span, later)?;
            }
        }
        Ok(())
    }
}

/// Big-endian numbers one after the other. What is not there is none, for ever after.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn u32(&mut self) -> Option<u32> {
        let (field, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*field))
    }

    /// The next number where its flag is set, the default otherwise.
    fn optional(&mut self, flag: u32, default: u32) -> Option<u32> {
        if flag == 0 { Some(default) } else { self.u32() }
    }

    fn skip(&mut self, bytes: usize) -> &mut Self {
        self.0 = self.0.get(bytes..).unwrap_or_default();
        self
    }
}

/// What stands behind the two times of `tkhd` and `mdhd`: of 32 bits, or of 64 in version 1.
fn after_times(header: &[u8]) -> Option<u32> {
    let is_long = header.first()? == &1;
    Fields(header).skip(if is_long { 20 } else { 12 }).u32()
}

/// The first whole box of this kind.
fn child<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|b| b.1 == *kind).map(|b| b.2)
}

/// The whole boxes in `bytes` (ISO/IEC 14496-12 §4.2): the offset of each, its letters, its body. Ends where one
/// is cut short.
pub(super) fn boxes(bytes: &[u8]) -> impl Iterator<Item = (usize, [u8; 4], &[u8])> {
    let mut at = 0;
    core::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let (size, after) = rest.split_first_chunk()?;
        let kind = *after.first_chunk()?;
        let size = match u32::from_be_bytes(*size) {
            // To the end of what holds it.
            0 => rest.len(),
            size => size as usize,
        };
        // A box of more than 4 GiB (size 1) has no place in text; nor has one smaller than its header.
        let body = rest.get(8..size)?;
        let from = at;
        at += size;
        Some((from, kind, body))
    })
}
