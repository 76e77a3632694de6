//! ID3v2 tags (id3.org, ID3v2.4.0 structure §3): how long one is, and the timestamp that packed audio begins with
//! (RFC 8216bis §3.4).

/// Bytes of a header, and of a footer.
pub(super) const HEADER: usize = 10;
/// The owner of the timestamp's private frame.
const OWNER: &[u8] = b"com.apple.streaming.transportStreamTimestamp\0";

/// Whether `bytes` begin with a tag, as far as they go.
pub(super) fn begins(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().zip(b"ID3").all(|(a, b)| a == b)
}

/// The whole length of the tag that `bytes` begin with; none while its header is not there.
pub(super) fn tag_len(bytes: &[u8]) -> Option<usize> {
    let [_, _, _, _, _, flags, size @ ..] = bytes.first_chunk::<HEADER>()?;
    let footer = if flags & 0x10 == 0 { 0 } else { HEADER };
    Some(HEADER + number(size, 7) + footer)
}

/// The timestamp in a tag: 33 bits of 90 kHz.
pub(super) fn timestamp(tag: &[u8]) -> Option<u64> {
    let version = *tag.get(3)?;
    let mut rest = tag.get(HEADER..)?;
    // Frames: four letters, size, two bytes of flags. Padding is zeros.
    while let Some([name @ .., s0, s1, s2, s3, _, _]) = rest.first_chunk::<10>() {
        let size = number(&[*s0, *s1, *s2, *s3], if version >= 4 { 7 } else { 8 });
        let body = rest.get(10..)?;
        let frame = body.get(..size)?;
        if name == b"PRIV"
            && let Some(time) = frame.strip_prefix(OWNER).and_then(|time| time.first_chunk())
        {
            return Some(u64::from_be_bytes(*time) & 0x1_ffff_ffff);
        }
        rest = body.get(size..)?;
    }
    None
}

/// Big-endian, with this many bits in each byte (seven: "synchsafe").
fn number(bytes: &[u8], bits: u32) -> usize {
    bytes.iter().fold(0, |n, b| n << bits | usize::from(*b) & ((1 << bits) - 1))
}
