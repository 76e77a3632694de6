//! The digests of one segment: SHA-256 of the whole, and, where it is worth while to check pieces, of the list of its
//! pieces' digests. The lists themselves are not written: whoever holds a segment can make its list.

use crate::Trouble;
use crate::listing::Item;
use crate::source::Source;
use sha2::{Digest as _, Sha256};
use sprat::engine::payload::Digest;

/// Bytes of a piece; the last one of a segment is shorter.
const PIECE: usize = 64 << 10;

/// What is known of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digests {
    pub(crate) whole: Digest,
    pub(crate) pieces: Option<Digest>,
}

/// Reads a segment and digests it.
pub(crate) fn of(source: &Source, item: &Item) -> Result<Digests, Trouble> {
    let mut hashing = Hashing::default();
    source.segment(&item.url, item.range, &mut |bytes| hashing.take(bytes))?;
    Ok(hashing.finish(item.has_pieces))
}

/// A segment, as its bytes come.
#[derive(Default)]
struct Hashing {
    whole: Sha256,
    piece: Sha256,
    /// Bytes in `piece`.
    filled: usize,
    list: Sha256,
    /// Pieces in `list`.
    pieces: u64,
}

impl Hashing {
    fn take(&mut self, mut bytes: &[u8]) {
        self.whole.update(bytes);
        while !bytes.is_empty() {
            // A full piece is finished when something follows it.
            if self.filled == PIECE {
                self.finish_piece();
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.filled));
            self.piece.update(now);
            self.filled += now.len();
            bytes = later;
        }
    }

    fn finish_piece(&mut self) {
        self.list.update(std::mem::take(&mut self.piece).finalize());
        self.pieces += 1;
        self.filled = 0;
    }

    fn finish(mut self, listed: bool) -> Digests {
        self.finish_piece();
        // A segment that is one piece is checked as a whole.
        let pieces = (listed && self.pieces > 1).then(|| Digest(self.list.finalize().into()));
        Digests { whole: Digest(self.whole.finalize().into()), pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::{Digests, Hashing, PIECE};
    use sha2::{Digest as _, Sha256};

    #[test]
    fn pieces_are_the_same_however_the_bytes_come() {
        for len in [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 5 * PIECE + 777] {
            let bytes: Vec<u8> = (0..len).map(|i| (i % 251) as u8 ^ (i >> 13) as u8).collect();
            let list: Vec<u8> =
                bytes.chunks(PIECE).flat_map(|piece| Sha256::digest(piece).to_vec()).collect();
            for cut in [1_000, PIECE, 100_001, usize::MAX] {
                let Digests { whole, pieces } = hashed(&bytes, cut, true);
                assert_eq!(whole.0, <[u8; 32]>::from(Sha256::digest(&bytes)));
                let expected = (len > PIECE).then(|| <[u8; 32]>::from(Sha256::digest(&list)));
                assert_eq!(pieces.map(|digest| digest.0), expected, "{len} bytes, {cut} at a time");
            }
            assert_eq!(hashed(&bytes, len, false).pieces, None);
        }
    }

    fn hashed(bytes: &[u8], cut: usize, listed: bool) -> Digests {
        let mut hashing = Hashing::default();
        bytes.chunks(cut).for_each(|bytes| hashing.take(bytes));
        hashing.finish(listed)
    }
}
