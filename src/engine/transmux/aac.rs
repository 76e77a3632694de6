//! AAC in ADTS (ISO/IEC 13818-7 §6.2, 14496-3 §1.A.2): frames, and the AudioSpecificConfig they imply.
//!
//! ADTS cannot announce spectral band replication. Below 32 kHz it is usual, and announcing it where there is none
//! costs nothing (the decoder interpolates), while a decoder that finds it unannounced changes its rate midway. So
//! it is announced at 24 kHz and less, except for one channel, where parametric stereo would have to be guessed too;
//! what the playlist says goes first.

use super::frame::{AudioConfig, Frame, NoFrame, esds};

const RATES: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
/// Index of 24 kHz.
const LOW: u8 = 6;

/// Reads a header.
pub(super) fn read(bytes: &[u8]) -> Result<Frame, NoFrame> {
    match bytes {
        [0xff, second, ..] if second & 0xf6 == 0xf0 => {}
        [0xff] | [] => return Err(NoFrame::Short),
        _ => return Err(NoFrame::Bad),
    }
    let Some([_, second, third, fourth, fifth, sixth, seventh]) = bytes.first_chunk() else {
        return Err(NoFrame::Short);
    };
    let header = if second & 1 == 0 { 9 } else { 7 };
    let len = usize::from(fourth & 3) << 11 | usize::from(*fifth) << 3 | usize::from(sixth >> 5);
    if len <= header || usize::from(third >> 2 & 15) >= RATES.len() {
        return Err(NoFrame::Bad);
    }
    let duration = 1024 * (u32::from(seventh & 3) + 1);
    // Profile, rate, channels.
    let id = u32::from(third & 0xfd) << 8 | u32::from(fourth >> 6);
    Ok(Frame { header, len, duration, id, joins: false })
}

/// What the sample entry says.
pub(super) fn config(frame: &[u8], sbr: Option<bool>) -> Option<AudioConfig> {
    let [_, _, third, fourth] = *frame.first_chunk()?;
    let object = (third >> 6) + 1;
    let rate = third >> 2 & 15;
    let channels = (third & 1) << 2 | fourth >> 6;
    let sbr = object == 2 && rate >= LOW && sbr.unwrap_or(channels != 1);
    // Configuration 0 describes its channels inside the stream; two is what it mostly is.
    let code = if channels == 0 { 2 } else { channels };
    let specific: &[u8] = if sbr {
        // Object type 5, core rate, channels, full rate, then the core's own object type (14496-3 §1.6.2.1).
        let full = rate - 3;
        &[5 << 3 | rate >> 1, rate << 7 | code << 3 | full >> 1, full << 7 | object << 2]
    } else {
        &[object << 3 | rate >> 1, rate << 7 | code << 3]
    };
    Some(AudioConfig {
        entry: b"mp4a",
        inside: b"esds",
        setup: esds(0x40, specific),
        rate: *RATES.get(usize::from(rate))?,
        channels: if code == 7 { 8 } else { code },
    })
}
