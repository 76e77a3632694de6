//! One packet of an elementary stream (ISO/IEC 13818-1 §2.4.3.6): from the header the timestamps are taken, the rest
//! is passed over.

/// A whole packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pes<'a> {
    /// Presentation and decoding time: 33 bits of 90 kHz. The latter is the former when it is not written.
    pub(super) time: Option<(u64, u64)>,
    pub(super) payload: &'a [u8],
}

/// How long the packet that `bytes` begin with is; none while that is not known, or when it says that it does not
/// know itself.
pub(super) fn announced_len(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [_, _, _, _, 0, 0, ..] => None,
        [_, _, _, _, high, low, ..] => Some(6 + usize::from(u16::from_be_bytes([*high, *low]))),
        _ => None,
    }
}

/// Reads a packet; none when it is damaged.
pub(super) fn read(bytes: &[u8]) -> Option<Pes<'_>> {
    let [0, 0, 1, _, _, _, marker, flags, header_len, ..] = bytes else { return None };
    if marker & 0xc0 != 0x80 {
        return None;
    }
    let end = 9 + usize::from(*header_len);
    let fields = bytes.get(9..end)?;
    let pts = (flags & 0x80 != 0).then(|| timestamp(fields)).flatten();
    let dts = (flags & 0x40 != 0).then(|| timestamp(fields.get(5..)?)).flatten();
    let whole = announced_len(bytes).unwrap_or(bytes.len()).min(bytes.len());
    let payload = bytes.get(end..whole)?;
    Some(Pes { time: pts.map(|pts| (pts, dts.unwrap_or(pts))), payload })
}

/// 33 bits in five bytes, with marker bits between.
fn timestamp(bytes: &[u8]) -> Option<u64> {
    let [a, b, c, d, e] = *bytes.first_chunk()?;
    let part = |high: u8, low: u8| u64::from(u16::from_be_bytes([high, low]) >> 1);
    Some(u64::from(a >> 1 & 7) << 30 | part(b, c) << 15 | part(d, e))
}
