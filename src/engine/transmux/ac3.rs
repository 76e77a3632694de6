//! AC-3 and Enhanced AC-3 (ETSI TS 102 366 §4.3, annex E.1.2; the boxes are annex F). Which of them a frame is, it
//! says itself.

use super::bits::Bits;
use super::frame::{AudioConfig, Frame, NoFrame};

const RATES: [u32; 3] = [48_000, 44_100, 32_000];
const KBITS: [u16; 19] =
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];
/// Channels by `acmod`, without the low-frequency one.
const CHANNELS: [u8; 8] = [2, 1, 2, 3, 3, 4, 4, 5];
/// Streams above this are enhanced.
const LAST_AC3: u32 = 10;

/// The header fields both need.
struct Header {
    enhanced: bool,
    len: usize,
    rate: u32,
    /// `fscod`, `bsid`, `bsmod`, `acmod`, `lfeon` as the boxes write them.
    rate_code: u32,
    version: u32,
    mode: u32,
    channels: u32,
    low: u32,
    /// AC-3 only: `bit_rate_code`.
    bit_rate: u32,
    /// Enhanced only: audio blocks of 256 samples; stream type and substream.
    blocks: u32,
    kind: u32,
    substream: u32,
}

fn header(bytes: &[u8]) -> Result<Header, NoFrame> {
    match bytes {
        [0x0b, 0x77, ..] => {}
        [0x0b] | [] => return Err(NoFrame::Short),
        _ => return Err(NoFrame::Bad),
    }
    let version = u32::from(*bytes.get(5).ok_or(NoFrame::Short)? >> 3);
    let mut bits = Bits::new(bytes.get(2..).unwrap_or(&[]));
    let enhanced = version > LAST_AC3;
    let mut h = Header {
        enhanced,
        len: 0,
        rate: 0,
        rate_code: 0,
        version,
        mode: 0,
        channels: 0,
        low: 0,
        bit_rate: 0,
        blocks: 6,
        kind: 0,
        substream: 0,
    };
    if enhanced {
        h.kind = bits.take(2);
        h.substream = bits.take(3);
        h.len = (bits.take(11) as usize + 1) * 2;
        h.rate_code = bits.take(2);
        let code = bits.take(2);
        h.blocks = match code {
            _ if h.rate_code == 3 => 6,
            3 => 6,
            fewer => fewer + 1,
        };
        // Code 3 halves the rate; the second code says of what.
        let half = if h.rate_code == 3 { 2 } else { 1 };
        let rate = if h.rate_code == 3 { code } else { h.rate_code };
        h.rate = RATES.get(rate as usize).ok_or(NoFrame::Bad)? / half;
        h.channels = bits.take(3);
        h.low = bits.take(1);
    } else {
        bits.skip(16);
        h.rate_code = bits.take(2);
        let size = bits.take(6);
        h.rate = *RATES.get(h.rate_code as usize).ok_or(NoFrame::Bad)?;
        h.bit_rate = size >> 1;
        let kbits = u32::from(*KBITS.get(h.bit_rate as usize).ok_or(NoFrame::Bad)?);
        // 1536 samples, in words of 16 bits; at 44.1 kHz the number of words varies by one.
        let padding = if h.rate_code == 1 { size & 1 } else { 0 };
        h.len = ((kbits * 96_000 / h.rate + padding) * 2) as usize;
        bits.skip(5);
        h.mode = bits.take(3);
        h.channels = bits.take(3);
        // Mix levels stand between, each where there are channels to mix (§4.4.2).
        if h.channels & 1 != 0 && h.channels != 1 {
            bits.skip(2);
        }
        if h.channels & 4 != 0 {
            bits.skip(2);
        }
        if h.channels == 2 {
            bits.skip(2);
        }
        h.low = bits.take(1);
    }
    if bits.overrun() { Err(NoFrame::Short) } else { Ok(h) }
}

/// Reads a header.
pub(super) fn read(bytes: &[u8]) -> Result<Frame, NoFrame> {
    let h = header(bytes)?;
    if h.len < 8 {
        return Err(NoFrame::Bad);
    }
    // Dependent substreams, and further programmes, go with the frame before.
    let joins = h.enhanced && (h.kind == 1 || h.substream > 0);
    let id = h.rate_code << 16 | h.version << 8 | h.mode << 5 | h.channels << 1 | h.low;
    Ok(Frame { header: 0, len: h.len, duration: h.blocks * 256, id, joins })
}

/// What the sample entry says. Dependent substreams that follow the frame are counted.
pub(super) fn config(frame: &[u8]) -> Option<AudioConfig> {
    let h = header(frame).ok()?;
    let channels = CHANNELS.get(h.channels as usize)? + h.low as u8;
    // `fscod` to `lfeon`, of which AC-3 leaves out the two bits of reserve and `asvc`.
    if !h.enhanced {
        let bits = h.rate_code << 22 | h.version << 17 | h.mode << 14 | h.channels << 11 | h.low << 10;
        let setup = (bits | h.bit_rate << 5).to_be_bytes()[1..].to_vec();
        return Some(AudioConfig { entry: b"ac-3", inside: b"dac3", setup, rate: h.rate, channels });
    }
    // One independent substream, and how many depend on it.
    let mut dependent = 0;
    let mut rest = frame.get(h.len..);
    while let Some(next) = rest.and_then(|rest| header(rest).ok()).filter(|next| next.kind == 1) {
        dependent += 1;
        rest = rest.and_then(|rest| rest.get(next.len..));
    }
    let kbits = h.len as u32 * 8 * h.rate / (h.blocks * 256) / 1000;
    let mut setup = (kbits << 3).to_be_bytes()[2..].to_vec();
    let bits = h.rate_code << 22 | h.version << 17 | h.channels << 9 | h.low << 8 | (dependent & 15) << 1;
    setup.extend_from_slice(&bits.to_be_bytes()[1..]);
    if dependent > 0 {
        // Dependent substreams add the rear pair, as far as anybody has heard: `chan_loc` 2.
        setup.push(2);
    }
    Some(AudioConfig { entry: b"ec-3", inside: b"dec3", setup, rate: h.rate, channels })
}
