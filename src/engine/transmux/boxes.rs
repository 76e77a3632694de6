//! The one reader of boxes (ISO/IEC 14496-12 §4.2). It never looks beyond the bytes it was given, whatever a
//! length says, and never goes deeper by itself: who wants the children of a box asks for them by name, so
//! the depth is that of the code.

/// A box, or as much of it as there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Atom<'a> {
    /// Its four letters.
    pub(super) kind: [u8; 4],
    /// What follows the header.
    pub(super) body: &'a [u8],
    /// Whether `body` is all of it.
    pub(super) whole: bool,
    /// Where it begins, in the bytes that were given.
    pub(super) at: usize,
    /// Bytes before `body`.
    pub(super) header: usize,
}

/// The boxes in `bytes`, in order. Ends at the first one that is cut short (given out, not `whole`) or whose
/// header makes no sense (not given out).
pub(super) fn boxes(bytes: &[u8]) -> Boxes<'_> {
    Boxes { rest: bytes, at: 0 }
}

/// The first box of this kind in `bytes`, if all of it is there.
pub(super) fn child<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|b| b.kind == *kind && b.whole).map(|b| b.body)
}

pub(super) struct Boxes<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Atom<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.rest;
        let kind = *bytes.get(4..)?.first_chunk()?;
        let (header, size) = match be32(bytes, 0)? {
            // To the end of the file, or of the box around it.
            0 => (8, bytes.len() as u64),
            1 => (16, be64(bytes, 8)?),
            size => (8, u64::from(size)),
        };
        // A size below that of the header would stand still or go back.
        if size < header as u64 {
            self.rest = &[];
            return None;
        }
        let whole = size <= bytes.len() as u64;
        // `size` fits in `usize` where it is at most a length.
        let end = if whole { size as usize } else { bytes.len() };
        self.rest = &bytes[end..];
        let at = self.at;
        self.at += end;
        Some(Atom { kind, body: bytes.get(header..end)?, whole, at, header })
    }
}

/// The big-endian number of 16 bits at `at`.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The big-endian number of 32 bits at `at`.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The big-endian number of 64 bits at `at`.
pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}
