//! Opus in MPEG-TS (ETSI TS 103 491 annex, "Opus in MPEG-TS" §4): access units with a control header. Durations are
//! in the first byte of a packet (RFC 6716 §3.1); `dOps` is that of "Encapsulation of Opus in ISO BMFF" §4.3.2.

use super::frame::{AudioConfig, Frame, NoFrame};

/// Opus always counts at this rate.
const RATE: u32 = 48_000;

/// A longer packet is damage: 48 frames of 1275 bytes and their lengths (RFC 6716 §3.2.5), of one stream.
const MAX_PACKET: usize = 64 << 10;

/// A control header.
struct Control {
    header: usize,
    len: usize,
    start_trim: u16,
    end_trim: u16,
}

fn control(bytes: &[u8]) -> Result<Control, NoFrame> {
    match bytes {
        [0x7f, flags, ..] if flags & 0xe0 == 0xe0 => {}
        [0x7f] | [] => return Err(NoFrame::Short),
        _ => return Err(NoFrame::Bad),
    }
    let byte = |at: usize| bytes.get(at).copied().ok_or(NoFrame::Short);
    let flags = byte(1)?;
    let (mut header, mut size) = (2, 0);
    loop {
        let more = byte(header)?;
        header += 1;
        size += usize::from(more);
        if more != 255 {
            break;
        }
        if size > MAX_PACKET {
            return Err(NoFrame::Bad);
        }
    }
    let mut trims = [0; 2];
    for (trim, flag) in trims.iter_mut().zip([0x10, 8]) {
        if flags & flag != 0 {
            *trim = u16::from_be_bytes([byte(header)?, byte(header + 1)?]) & 0x1fff;
            header += 2;
        }
    }
    if flags & 4 != 0 {
        header += 1 + usize::from(byte(header)?);
    }
    let [start_trim, end_trim] = trims;
    Ok(Control { header, len: header + size, start_trim, end_trim })
}

/// Reads a control header and the first bytes of its packet.
pub(super) fn read(bytes: &[u8]) -> Result<Frame, NoFrame> {
    let control = control(bytes)?;
    if control.len == control.header {
        return Err(NoFrame::Bad);
    }
    let first = *bytes.get(control.header).ok_or(NoFrame::Short)?;
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ if control.len == control.header + 1 => return Err(NoFrame::Bad),
        _ => u32::from(*bytes.get(control.header + 1).ok_or(NoFrame::Short)? & 63),
    };
    let frame = match first >> 3 {
        silk @ 0..12 => [480, 960, 1920, 2880][usize::from(silk & 3)],
        hybrid @ 12..16 => 480 << (hybrid & 1),
        celt => 120 << (celt & 3),
    };
    let duration = (frames * frame).saturating_sub(control.end_trim.into()).max(1);
    Ok(Frame { header: control.header, len: control.len, duration, id: 0, joins: false })
}

/// What the sample entry says, by the `channel_config_code` of the descriptor.
pub(super) fn config(frame: &[u8], code: u8) -> Option<AudioConfig> {
    /// Streams, coupled ones, and which output takes which (RFC 7845 §5.1.1.2), from three channels on.
    const MAPS: [(u8, u8, &[u8]); 6] = [
        (2, 1, &[0, 2, 1]),
        (2, 2, &[0, 1, 2, 3]),
        (3, 2, &[0, 4, 1, 2, 3]),
        (4, 2, &[0, 4, 1, 2, 3, 5]),
        (4, 3, &[0, 4, 1, 2, 3, 5, 6]),
        (5, 3, &[0, 6, 1, 2, 3, 4, 5, 7]),
    ];
    // What a first packet cuts off is what the encoder put in front.
    let [high, low] = control(frame).ok()?.start_trim.to_be_bytes();
    let channels = if code == 0 { 2 } else { code };
    let mut setup = vec![0, channels, high, low, 0, 0, 0xbb, 0x80, 0, 0, u8::from(channels > 2)];
    if channels > 2 {
        let (streams, coupled, map) = MAPS.get(usize::from(channels) - 3)?;
        setup.extend([*streams, *coupled]);
        setup.extend_from_slice(map);
    }
    Some(AudioConfig { entry: b"Opus", inside: b"dOps", setup, rate: RATE, channels })
}
