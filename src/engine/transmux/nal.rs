//! Where does a NAL unit begin and end? Annex B of ISO/IEC 14496-10 and 23008-2: units stand between start codes
//! `00 00 01`. The scan looks at eight bytes at a time, because most of a stream has no zero byte at all.

use super::fragment::RandomAccess;

/// The start code.
const CODE: &[u8] = &[0, 0, 1];

/// What a NAL unit is for the one who puts access units together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Coded picture data; `first` of its picture.
    Slice {
        /// Whether a picture begins here.
        first: bool,
        /// Whether decoding can begin with that picture.
        access: RandomAccess,
    },
    /// A parameter set.
    Set,
    /// Supplemental information before the picture.
    Sei,
    /// Says that an access unit begins, and nothing else.
    Delimiter,
    /// Says nothing.
    Filler,
    /// Begins an access unit when one with a picture is open.
    Prefix,
    /// Belongs to what came before it.
    Suffix,
}

/// A parameter set by its kind (NAL unit type) and number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) kind: u8,
    pub(super) id: u32,
    pub(super) bytes: Vec<u8>,
}

/// Where the first start code at or after `at` begins; the length of `bytes` when there is none.
pub(super) fn start_code(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*word);
        // Set where a byte is zero (and sometimes above one that is).
        if word.wrapping_sub(ONES) & !word & TOPS != 0 {
            for i in at..at + 8 {
                if bytes.get(i..i + 3) == Some(CODE) {
                    return i;
                }
            }
        }
        at += 8;
    }
    while at < bytes.len() {
        if bytes.get(at..at + 3) == Some(CODE) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// `unit` without the zeros that may follow it (`trailing_zero_8bits`, and the first byte of a long start code).
pub(super) fn trimmed(mut unit: &[u8]) -> &[u8] {
    while let [rest @ .., 0] = unit {
        unit = rest;
    }
    unit
}
