//! Is it what the publisher sent? The only place where [`Verified`] is made, and the only thing that is kept,
//! shared or decoded. Bytes from the origin may be shown before their digest is known, never shared.

mod pieces;

pub use pieces::PieceList;

use super::id::{BlobId, ByteRange, ConnectionId};
use super::payload::{Digest, Payload};
use super::transfer::{Fetched, Supplier};

/// Why bytes are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Their digest is the publisher's.
    Digest,
    /// They came from our own origin; no digest is known, or none that matches.
    Origin,
    /// The page owner wrote `integrity="none"`.
    Waived,
}

/// A segment that may be stored and decoded. Made by [`verify`] alone.
#[derive(Clone, Copy, Debug)]
pub struct Verified {
    blob: BlobId,
    len: u64,
    digest: Digest,
    proof: Proof,
}

/// A segment that may be given to other viewers. Made by [`Verified::shareable`] alone.
#[derive(Clone, Copy, Debug)]
pub struct Shareable {
    /// Its bytes.
    pub blob: BlobId,
    /// Their number.
    pub len: u64,
}

/// What the publisher says of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This digest.
    Digest(Digest),
    /// Nothing, or nothing yet.
    Unknown,
    /// Nothing, and the page owner does not mind.
    Waived,
}

/// A digest that did not match: what to compare once the origin's bytes are here.
#[derive(Clone, Debug)]
pub struct Suspicion<Who = ConnectionId> {
    /// What each peer brought: which bytes, with which digest.
    pub peers: Vec<(Who, ByteRange, Digest)>,
}

/// Judges complete bytes. Peers' bytes need a digest that matches (or the owner's waiver); the origin's bytes
/// pass in any case, but a mismatch keeps them from being shared.
///
/// # Errors
/// The digest does not match and peers had a hand in it.
pub fn verify<P: Payload>(
    fetched: &Fetched<P>,
    blob: BlobId,
    expected: Expected,
) -> Result<Verified, Suspicion> {
    let matches = match expected {
        Expected::Digest(d) => d == fetched.digest,
        Expected::Unknown | Expected::Waived => false,
    };
    let proof = match expected {
        Expected::Digest(_) if matches => Proof::Digest,
        Expected::Waived => Proof::Waived,
        Expected::Digest(_) | Expected::Unknown if fetched.is_from_origin() => Proof::Origin,
        Expected::Digest(_) | Expected::Unknown => {
            let peers = fetched.contributions.iter().filter_map(|c| match c.supplier {
                Supplier::Peer(connection) => Some((connection, c.range, fetched.digest_of(c.range))),
                Supplier::Origin | Supplier::Server(_) => None,
            });
            return Err(Suspicion { peers: peers.collect() });
        }
    };
    Ok(Verified { blob, len: fetched.len, digest: fetched.digest, proof })
}

impl Suspicion {
    /// The same by the peers' own ids, which outlive their connections.
    pub fn named<Who>(self, who: impl Fn(ConnectionId) -> Option<Who>) -> Suspicion<Who> {
        let peers = self.peers.into_iter().filter_map(|(c, range, digest)| Some((who(c)?, range, digest)));
        Suspicion { peers: peers.collect() }
    }
}

impl<Who: Copy> Suspicion<Who> {
    /// Who lied, by the origin's bytes: those whose range differs from them.
    pub fn liars<'a, P: Payload>(&'a self, origin: &'a Fetched<P>) -> impl Iterator<Item = Who> + 'a {
        self.peers
            .iter()
            .filter(|(_, range, digest)| origin.digest_of(*range) != *digest)
            .map(|&(who, ..)| who)
    }
}

impl Verified {
    /// The bytes.
    #[must_use]
    pub fn blob(&self) -> BlobId {
        self.blob
    }

    /// Their number.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Why they are believed.
    #[must_use]
    pub fn proof(&self) -> Proof {
        self.proof
    }

    /// The publisher's digest came after the bytes: a match makes them shareable.
    pub fn confirm(&mut self, expected: Digest) {
        if self.proof == Proof::Origin && self.digest == expected {
            self.proof = Proof::Digest;
        }
    }

    /// The same, to be given away, if that is allowed.
    #[must_use]
    pub fn shareable(&self) -> Option<Shareable> {
        match self.proof {
            Proof::Digest | Proof::Waived => Some(Shareable { blob: self.blob, len: self.len }),
            Proof::Origin => None,
        }
    }
}
