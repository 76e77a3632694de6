//! The characters of line 21 (ANSI/CTA-608-E §6.4): ASCII but for ten, and three sets of two-byte ones.

/// `0x30..=0x3f` after `0x11`. The tenth is a space that lets the picture through.
const SPECIAL: &str = "®°½¿™¢£♪à èâêîôû";
/// `0x20..=0x3f` after `0x12`: Spanish and French.
const WESTERN: &str = "ÁÉÓÚÜü‘¡*’—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»";
/// `0x20..=0x3f` after `0x13`: Portuguese, German, Danish, and frames.
const OTHERS: &str = "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤¦ÅåØø┌┐└┘";

/// A character of one byte, `0x20..=0x7f`.
pub(super) fn basic(code: u8) -> char {
    match code {
        0x2a => 'á',
        0x5c => 'é',
        0x5e => 'í',
        0x5f => 'ó',
        0x60 => 'ú',
        0x7b => 'ç',
        0x7c => '÷',
        0x7d => 'Ñ',
        0x7e => 'ñ',
        0x7f => '█',
        code => char::from(code),
    }
}

/// A character of two bytes, channel bit taken off; those after `0x12` and `0x13` replace the one before, which
/// is for decoders that do not know them (§6.4.2).
pub(super) fn extended(pair: [u8; 2]) -> Option<char> {
    let (set, first) = match pair[0] {
        0x11 => (SPECIAL, 0x30),
        0x12 => (WESTERN, 0x20),
        0x13 => (OTHERS, 0x20),
        _ => return None,
    };
    set.chars().nth(usize::from(pair[1].checked_sub(first)?))
}
