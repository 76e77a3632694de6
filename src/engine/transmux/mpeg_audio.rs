//! MPEG audio, layers I to III (ISO/IEC 11172-3 §2.4.1.3, 13818-3 §2.4.2.3; version 2.5 by convention).

use super::frame::{AudioConfig, Frame, NoFrame, esds};

/// The MIME type of raw frames one after the other (the W3C's "MPEG Audio Byte Stream Format"), which some browsers
/// take where they take none in MP4.
pub(super) const RAW: &str = "audio/mpeg";

/// Whether a codec string is of MPEG audio: by RFC 6381's object types, as an MPEG-4 object, or by a sample entry of
/// QuickTime's.
#[must_use]
pub fn is(codec: &str) -> bool {
    matches!(
        codec,
        "mp4a.6b" | "mp4a.6B" | "mp4a.69" | "mp4a.40.32" | "mp4a.40.33" | "mp4a.40.34" | ".mp3" | "mp3"
    )
}

/// kbit/s by version, layer and index.
const V1_L1: [u16; 15] = [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const V1_L2: [u16; 15] = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const V1_L3: [u16; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2_L1: [u16; 15] = [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const V2_L23: [u16; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// Sample rate of a header's second and third byte.
fn rate(second: u8, third: u8) -> Option<u32> {
    let full = match third >> 2 & 3 {
        0 => 44_100,
        1 => 48_000,
        2 => 32_000,
        _ => return None,
    };
    match second >> 3 & 3 {
        3 => Some(full),
        2 => Some(full / 2),
        0 => Some(full / 4),
        _ => None,
    }
}

/// Reads a header.
pub(super) fn read(bytes: &[u8]) -> Result<Frame, NoFrame> {
    let Some([first, second, third, fourth]) = bytes.first_chunk() else {
        return Err(if bytes.first().is_none_or(|b| *b == 0xff) { NoFrame::Short } else { NoFrame::Bad });
    };
    let whole = *first == 0xff && second & 0xe0 == 0xe0;
    let (version_1, layer) = (second & 8 != 0, 4 - (second >> 1 & 3));
    let rate = rate(*second, *third).filter(|_| whole && layer < 4).ok_or(NoFrame::Bad)?;
    let rates = match (version_1, layer) {
        (true, 1) => &V1_L1,
        (true, 2) => &V1_L2,
        (true, _) => &V1_L3,
        (false, 1) => &V2_L1,
        (false, _) => &V2_L23,
    };
    // Index 0 is a free rate, which nothing carries.
    let bits = rates.get(usize::from(third >> 4)).map_or(0, |kilo| u32::from(*kilo) * 1000);
    let duration = match (layer, version_1) {
        (1, _) => 384,
        (3, false) => 576,
        _ => 1152,
    };
    let slot = if layer == 1 { 4 } else { 1 };
    let len = (duration / 8 / slot * bits / rate + u32::from(third >> 1 & 1)) * slot;
    if len < 8 {
        return Err(NoFrame::Bad);
    }
    let mono = fourth >> 6 == 3;
    let id = u32::from(second & 0x1e) << 8 | u32::from(third & 0x0c) | u32::from(mono);
    Ok(Frame { header: 0, len: len as usize, duration, id, joins: false })
}

/// What the sample entry says.
pub(super) fn config(frame: &[u8]) -> Option<AudioConfig> {
    let [_, second, third, fourth] = *frame.first_chunk()?;
    let rate = rate(second, third)?;
    // Object type 0x6b is MPEG-1 audio, 0x69 MPEG-2 (RFC 6381 names them mp4a.6b and mp4a.69).
    let object = if second & 8 != 0 { 0x6b } else { 0x69 };
    let channels = if fourth >> 6 == 3 { 1 } else { 2 };
    Some(AudioConfig { entry: b"mp4a", inside: b"esds", setup: esds(object, &[]), rate, channels })
}
