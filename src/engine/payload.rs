//! Bytes that the engine moves but does not hold. On the web a payload is a view of an ArrayBuffer, in tests
//! a `Vec`, in the simulator a length and a content id; the engine runs the same code over each.

use core::fmt;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// SHA-256 of some content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// A run of bytes that can be measured, cut, hashed, and looked into where a decision needs it.
pub trait Payload: Clone + From<Vec<u8>> {
    /// Computes the [`Digest`] of payloads fed in order; one answer for every way of cutting the content.
    type Hasher: ContentHasher<Self>;

    /// Number of bytes.
    fn len(&self) -> usize;

    /// Bytes `from..to` of this payload, clamped to its length; shares memory where it can.
    #[must_use]
    fn slice(&self, from: usize, to: usize) -> Self;

    /// Copies up to `into.len()` bytes from `at` on and says how many; fewer means the end was reached, or
    /// that this payload has no bytes to show (the simulator's).
    fn read(&self, at: usize, into: &mut [u8]) -> usize;

    /// Whether there is nothing.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All bytes, or `None` where the payload has none to show. For commands and box headers, not for media.
    fn to_vec(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; self.len()];
        (self.read(0, &mut bytes) == bytes.len()).then_some(bytes)
    }
}

/// An incremental content hash.
pub trait ContentHasher<P>: Default + Clone {
    /// Takes the next piece.
    fn feed(&mut self, piece: &P);
    /// The digest of all pieces.
    fn finish(self) -> Digest;
}

/// Incremental SHA-256 over bytes.
#[derive(Clone, Default)]
pub struct Sha256Hasher(Sha256);

impl Sha256Hasher {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes.
    #[must_use]
    pub fn digest(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// Plain bytes in memory: the payload of native tests.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes {
    all: Arc<[u8]>,
    from: usize,
    to: usize,
}

impl Bytes {
    /// The bytes themselves.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.all[self.from..self.to]
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(v: Vec<u8>) -> Self {
        Self { to: v.len(), all: v.into(), from: 0 }
    }
}

impl Payload for Bytes {
    type Hasher = Sha256Hasher;

    fn len(&self) -> usize {
        self.to - self.from
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        let to = (self.from + to).min(self.to);
        Self { all: Arc::clone(&self.all), from: (self.from + from).min(to), to }
    }

    fn read(&self, at: usize, into: &mut [u8]) -> usize {
        let bytes = self.as_slice().get(at..).unwrap_or_default();
        let n = bytes.len().min(into.len());
        into[..n].copy_from_slice(&bytes[..n]);
        n
    }
}

impl ContentHasher<Bytes> for Sha256Hasher {
    fn feed(&mut self, piece: &Bytes) {
        self.update(piece.as_slice());
    }

    fn finish(self) -> Digest {
        self.digest()
    }
}
