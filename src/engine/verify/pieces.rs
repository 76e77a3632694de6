//! Is a piece what the publisher sent? The publisher's word is the digest of the list of all pieces' digests
//! (`docs/digests.md`); a list that has it says what each piece has to be.

use super::Shareable;
use crate::engine::id::{BlobId, ByteRange};
use crate::engine::payload::{ContentHasher, Digest, Payload, Sha256Hasher};
use crate::engine::swarm::wire::native::{PIECE, pieces_of};
use crate::engine::transfer::Fetched;

/// The digests of a segment's pieces, as the publisher has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceList(Vec<Digest>);

impl PieceList {
    /// A list that somebody brought, if it is the publisher's.
    #[must_use]
    pub fn checked(digests: Vec<Digest>, expected: Digest) -> Option<Self> {
        let mut hasher = Sha256Hasher::default();
        digests.iter().for_each(|d| hasher.update(&d.0));
        (hasher.digest() == expected).then_some(Self(digests))
    }

    /// The list of a segment that is here whole.
    #[must_use]
    pub fn of<P: Payload>(fetched: &Fetched<P>) -> Self {
        let range = |piece| ByteRange { start: piece * PIECE, end: (piece + 1) * PIECE };
        Self((0..pieces_of(fetched.len)).map(|piece| fetched.digest_of(range(piece))).collect())
    }

    /// The digests.
    #[must_use]
    pub fn digests(&self) -> &[Digest] {
        &self.0
    }

    /// Whether these bytes are this piece.
    #[must_use]
    pub fn accepts<P: Payload>(&self, piece: u64, bytes: &P) -> bool {
        let mut hasher = P::Hasher::default();
        hasher.feed(bytes);
        self.0.get(piece as usize) == Some(&hasher.finish())
    }

    /// A piece that may be given to other viewers, if these bytes are it.
    #[must_use]
    pub fn shareable<P: Payload>(&self, piece: u64, bytes: &P, blob: BlobId) -> Option<Shareable> {
        self.accepts(piece, bytes).then(|| Shareable { blob, len: bytes.len() as u64 })
    }
}
