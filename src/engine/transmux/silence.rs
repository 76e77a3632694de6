//! Sound that the programme announces and that begins late, or leaves a hole between segments. A SourceBuffer with two
//! tracks plays only what both have, so that pictures without sound would be passed over, and a track that comes later
//! cannot be added. AAC is therefore begun with silence (RFC 8216bis has nothing on it; a raw data block of ISO/IEC
//! 14496-3 §4.4.2 without spectral data is a frame of it). Of a stream that has not shown a frame yet the usual
//! configuration is assumed; the real one replaces it as any change of configuration does.

use super::super::time::MediaTime;
use super::aac;
use super::audio::Audio;
use super::fragment::{RandomAccess, Sample};
use super::frame::AudioCodec;
use super::video::Video;

/// Samples in a frame.
const FRAME: i64 = 1024;
/// Shorter breaks are jumped over, or are none: encoders begin their tracks a few frames apart.
const WORTH: i64 = MediaTime::RATE * 3 / 10;
/// No segment is longer; timestamps that say so are damage.
const MOST: i64 = 120 * MediaTime::RATE;
/// An ADTS header: AAC-LC, 48 kHz, two channels.
const USUAL: [u8; 4] = [0xff, 0xf1, 0x4c, 0x80];

/// Begins the sound of a segment where its pictures begin, or where the sound before has ended.
pub(super) fn fill(audio: &mut Audio, video: &Video) {
    let AudioCodec::Aac { sbr } = audio.codec() else { return };
    let shown = |s: &Sample| s.dts + i64::from(s.cts);
    let Some(first) = video.samples.iter().map(shown).min() else { return };
    let last = video.samples.iter().map(|s| shown(s) + i64::from(s.duration)).max().unwrap_or(first);
    if audio.config.is_none() {
        audio.config = aac::config(&USUAL, sbr);
    }
    let Some(config) = &audio.config else { return };
    let rate = i64::from(config.rate);
    let to_ticks = |samples: i64| samples * MediaTime::RATE / rate;
    let begun = audio.samples.first().map(|s| s.dts);
    let (from, to) = (audio.before.unwrap_or(first), begun.map_or(last, to_ticks));
    if !(WORTH..MOST).contains(&(to - from)) {
        return;
    }
    let count = (to - from) * rate / MediaTime::RATE / FRAME;
    let Some(frame) = frame(config.channels) else { return };
    // Up to what follows without a break; without that, on from what came before.
    let start = begun.map_or(from * rate / MediaTime::RATE, |begun| begun - count * FRAME);
    let silence = (0..count).map(|i| Sample {
        dts: start + i * FRAME,
        cts: 0,
        duration: FRAME as u32,
        size: frame.len() as u32,
        access: RandomAccess::Clean,
    });
    audio.samples.splice(..0, silence);
    audio.data.splice(..0, frame.repeat(count as usize));
    if begun.is_none() {
        audio.went_on_to(start + count * FRAME);
    }
}

/// A frame of silence for so many channels in their usual order (§1.6.3.5, channel configurations).
fn frame(channels: u8) -> Option<Vec<u8>> {
    // Single channels, pairs, the one for low frequencies.
    const SINGLE: u32 = 0;
    const PAIR: u32 = 1;
    const LOW: u32 = 3;
    let elements: &[u32] = match channels {
        1 => &[SINGLE],
        2 => &[PAIR],
        3 => &[SINGLE, PAIR],
        4 => &[SINGLE, PAIR, SINGLE],
        5 => &[SINGLE, PAIR, PAIR],
        6 => &[SINGLE, PAIR, PAIR, LOW],
        8 => &[SINGLE, PAIR, PAIR, PAIR, LOW],
        _ => return None,
    };
    let mut bits = Bits::default();
    let mut seen = [0; 4];
    for &kind in elements {
        let tag = &mut seen[kind as usize];
        bits.put(kind, 3);
        bits.put(*tag, 4);
        *tag += 1;
        // Gain, one long window without bands, and none of the three tools; twice in a pair, which shares nothing.
        bits.put(0, if kind == PAIR { 1 + 22 + 22 } else { 22 });
    }
    // The end.
    bits.put(7, 3);
    Some(bits.bytes)
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    fn put(&mut self, value: u32, count: usize) {
        for at in (0..count).rev() {
            if self.used & 7 == 0 {
                self.bytes.push(0);
            }
            let bit = value.checked_shr(at as u32).unwrap_or(0) as u8 & 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= bit << (7 - (self.used & 7));
            }
            self.used += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::frame;

    #[test]
    fn a_frame_of_silence_says_nothing_for_every_channel() {
        assert_eq!(frame(1), Some(vec![0, 0, 0, 7]));
        assert_eq!(frame(2), Some(vec![0x20, 0, 0, 0, 0, 0, 0x0e]));
        // 29 bits, twice 52, 29, and three to end with.
        assert_eq!(frame(6).map(|bytes| bytes.len()), Some((29 + 52 + 52 + 29 + 3_usize).div_ceil(8)));
        assert_eq!(frame(7), None);
    }
}
