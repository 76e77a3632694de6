//! Sample entry to codec string (RFC 6381, and the binding of each codec to ISO BMFF). Browsers judge by this
//! string, so it says exactly what the configuration box says, never what is usual.

use super::boxes::{Atom, be16, be32, child};
use super::init::TrackKind;

/// Bytes before the boxes inside a sample entry (ISO/IEC 14496-12 §12.1.3, §12.2.3).
const VISUAL_HEADER: usize = 78;
const AUDIO_HEADER: usize = 28;
/// What version 1 of QuickTime's sound description adds.
const QUICKTIME_1: usize = 16;

/// Appends what a configuration box adds to the four letters; none when it is cut short.
type Write = fn(&mut String, &[u8]) -> Option<()>;

/// The codec string of a sample entry; none when the entry is too short to have boxes inside. One of an unknown
/// codec, or without a configuration that says enough (ffmpeg can write an empty one for AV1), is named by its
/// four letters.
pub(super) fn string(entry: Atom<'_>, kind: TrackKind) -> Option<String> {
    let letters = four_letters(entry.kind);
    let inside = inside(entry, kind)?;
    let (config, write): (_, Write) = match &entry.kind {
        b"avc1" | b"avc3" => (b"avcC", avc),
        b"hvc1" | b"hev1" => (b"hvcC", hevc),
        b"av01" => (b"av1C", av1),
        b"vp08" | b"vp09" => (b"vpcC", vp),
        b"mp4a" => (b"esds", mpeg4_audio),
        b"Opus" => return Some("opus".to_owned()),
        b"fLaC" => return Some("flac".to_owned()),
        _ => return Some(letters),
    };
    // The box is usually first, but a QuickTime version field may have been set for other reasons.
    let config = child(inside, config).or_else(|| child(entry.body.get(AUDIO_HEADER..)?, config));
    let Some(config) = config else {
        return Some(letters);
    };
    let mut out = letters.clone();
    Some(if write(&mut out, config).is_some() { out } else { letters })
}

/// The boxes inside a sample entry; none when it is too short for any.
pub(super) fn inside(entry: Atom<'_>, kind: TrackKind) -> Option<&[u8]> {
    let header = match kind {
        TrackKind::Video => VISUAL_HEADER,
        TrackKind::Audio if be16(entry.body, 8)? == 1 => AUDIO_HEADER + QUICKTIME_1,
        TrackKind::Audio | TrackKind::Other => AUDIO_HEADER,
    };
    entry.body.get(header..)
}

/// Printable letters of a box type.
fn four_letters(kind: [u8; 4]) -> String {
    let letters = kind.iter().map(|b| if b.is_ascii_graphic() && *b != b'"' { char::from(*b) } else { '_' });
    letters.collect()
}

/// `avc1.PPCCLL`: profile, constraints, level (ISO/IEC 14496-15 §5.3.3.1).
fn avc(out: &mut String, config: &[u8]) -> Option<()> {
    let [_, profile, constraints, level] = config.first_chunk()?;
    out.push('.');
    for byte in [profile, constraints, level] {
        hex(out, *byte, 2);
    }
    Some(())
}

/// `hvc1.SP.C.TL.x…`: profile space and profile, compatibility flags, tier and level, constraint bytes without
/// trailing zeros (ISO/IEC 14496-15 annex E.3).
fn hevc(out: &mut String, config: &[u8]) -> Option<()> {
    let [_, profile, rest @ ..] = config.first_chunk::<13>()?;
    let [_, _, _, _, constraints @ .., level] = rest;
    out.push('.');
    match profile >> 6 {
        0 => {}
        space => out.push(char::from(b'A' + space - 1)),
    }
    decimal(out, profile & 31, 1);
    out.push('.');
    // The flags are written lowest profile first, and printed as a number without leading zeros.
    let flags = be32(config, 2)?.reverse_bits();
    let digits = 8 - (flags.leading_zeros() / 4).min(7);
    for i in (0..digits).rev() {
        hex(out, (flags >> (4 * i)) as u8 & 15, 1);
    }
    out.push('.');
    out.push(if profile & 32 == 0 { 'L' } else { 'H' });
    decimal(out, *level, 1);
    let used = constraints.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    for byte in &constraints[..used] {
        out.push('.');
        hex(out, *byte, if *byte < 16 { 1 } else { 2 });
    }
    Some(())
}

/// `av01.P.LLT.DD`: profile, level and tier, bit depth (AV1 in ISO BMFF §5). The optional fields are left out:
/// they only restrict what a browser may refuse.
fn av1(out: &mut String, config: &[u8]) -> Option<()> {
    let [_, profile_level, flags] = config.first_chunk()?;
    out.push('.');
    decimal(out, profile_level >> 5, 1);
    out.push('.');
    decimal(out, profile_level & 31, 2);
    out.push(if flags & 0x80 == 0 { 'M' } else { 'H' });
    out.push('.');
    let depth = match (flags & 0x40 != 0, flags & 0x20 != 0) {
        (true, true) => 12,
        (true, false) => 10,
        (false, _) => 8,
    };
    decimal(out, depth, 2);
    Some(())
}

/// `vp09.PP.LL.DD`: profile, level, bit depth (VP codec ISO media file format binding §4).
fn vp(out: &mut String, config: &[u8]) -> Option<()> {
    // A full box: version and flags first.
    let [_, _, _, _, profile, level, depth] = config.first_chunk()?;
    for number in [*profile, *level, depth >> 4] {
        out.push('.');
        decimal(out, number, 2);
    }
    Some(())
}

/// `mp4a.OO[.A]`: object type, and for MPEG-4 audio (0x40) the audio object type (RFC 6381 §3.3).
fn mpeg4_audio(out: &mut String, config: &[u8]) -> Option<()> {
    const ES: u8 = 3;
    const DECODER_CONFIG: u8 = 4;
    const DECODER_SPECIFIC: u8 = 5;
    let es = descriptor(config.get(4..)?, ES)?;
    // ES_ID, then flags that announce optional fields (ISO/IEC 14496-1 §7.2.6.5).
    let flags = *es.get(2)?;
    let mut at = 3;
    at += if flags & 0x80 == 0 { 0 } else { 2 };
    at += if flags & 0x40 == 0 { 0 } else { 1 + usize::from(*es.get(at)?) };
    at += if flags & 0x20 == 0 { 0 } else { 2 };
    let decoder = descriptor(es.get(at..)?, DECODER_CONFIG)?;
    let object = *decoder.first()?;
    out.push('.');
    hex(out, object, 2);
    if object == 0x40 {
        let specific = descriptor(decoder.get(13..)?, DECODER_SPECIFIC)?;
        // Five bits, or 31 and then six more (ISO/IEC 14496-3 §1.6.2.1).
        let object = match specific.first()? >> 3 {
            31 => 32 + ((be16(specific, 0)? >> 5) & 63) as u8,
            object => object,
        };
        out.push('.');
        decimal(out, object, 1);
    }
    Some(())
}

/// The body of the descriptor that `bytes` begin with, if it has this tag (ISO/IEC 14496-1 §8.3.3: a length in
/// up to four bytes of seven bits). A length beyond the end is cut there: some writers count wrong.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    if *bytes.first()? != tag {
        return None;
    }
    let mut len = 0;
    for (i, byte) in bytes.iter().enumerate().skip(1).take(4) {
        len = len << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            let body = bytes.get(i + 1..)?;
            return Some(&body[..len.min(body.len())]);
        }
    }
    None
}

fn hex(out: &mut String, value: u8, digits: u32) {
    for i in (0..digits).rev() {
        out.extend(char::from_digit(u32::from(value >> (4 * i) & 15), 16));
    }
}

/// `value` with at least `digits` digits.
fn decimal(out: &mut String, value: u8, digits: usize) {
    let text = value.to_string();
    for _ in text.len()..digits {
        out.push('0');
    }
    out.push_str(&text);
}
