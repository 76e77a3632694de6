//! One asset on its way: which bytes are here, who brought them, who is bringing the next. Bytes are taken in
//! order, hashed as they come, and kept when their bringer changes.

use super::pieces::Early;
use crate::engine::id::{ByteRange, ConnectionId, RequestId, SegmentId, ServerId};
use crate::engine::payload::{ContentHasher, Digest, Payload};
use crate::engine::time::Instant;
use std::sync::Arc;

/// An initialisation section (`EXT-X-MAP`), interned page-wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InitId(pub u32);

/// A part of a segment (`EXT-X-PART`), interned page-wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub u32);

/// Something to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asset {
    /// Always from the origin: it is small, and what peers exchange are segments.
    Init(InitId),
    /// From whoever is in time.
    Segment(SegmentId),
    /// From the origin, or from whoever is in time where the publisher leaves time for that.
    Part(PartId),
}

/// Where the origin has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Absolute URL.
    pub url: Arc<str>,
    /// Part of it, or all.
    pub range: Option<ByteRange>,
}

/// Who brought some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supplier {
    /// The HTTP origin.
    Origin,
    /// A redundancy server.
    Server(ServerId),
    /// Another viewer, by the connection it used.
    Peer(ConnectionId),
}

/// A run of bytes of one supplier, in offsets of the asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whose.
    pub supplier: Supplier,
    /// Which.
    pub range: ByteRange,
}

/// An asset whose bytes are all here, believed by nobody yet.
pub struct Fetched<P> {
    /// What.
    pub asset: Asset,
    /// Where the origin has it.
    pub place: Place,
    /// The bytes, in order.
    pub parts: Vec<P>,
    /// Their number.
    pub len: u64,
    /// Their digest.
    pub digest: Digest,
    /// Who brought them, in order.
    pub contributions: Vec<Contribution>,
}

impl<P: Payload> Fetched<P> {
    /// Whether every byte came from the origin.
    #[must_use]
    pub fn is_from_origin(&self) -> bool {
        self.contributions.iter().all(|c| c.supplier == Supplier::Origin)
    }

    /// Bytes that peers brought.
    #[must_use]
    pub fn peer_bytes(&self) -> u64 {
        let of_peers = self.contributions.iter().filter(|c| matches!(c.supplier, Supplier::Peer(_)));
        of_peers.map(|c| c.range.len()).sum()
    }

    /// Peers that brought some of them.
    pub fn contributors(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        self.contributions.iter().filter_map(|c| match c.supplier {
            Supplier::Peer(connection) => Some(connection),
            Supplier::Origin | Supplier::Server(_) => None,
        })
    }

    /// The redundancy server that brought all of them.
    #[must_use]
    pub fn server(&self) -> Option<ServerId> {
        match self.contributions[..] {
            [Contribution { supplier: Supplier::Server(server), .. }] => Some(server),
            _ => None,
        }
    }

    /// The digest of a part of the bytes.
    #[must_use]
    pub fn digest_of(&self, range: ByteRange) -> Digest {
        let mut hasher = P::Hasher::default();
        let mut at = 0u64;
        for part in &self.parts {
            let (start, end) = (range.start.max(at), range.end.min(at + part.len() as u64));
            if start < end {
                hasher.feed(&part.slice((start - at) as usize, (end - at) as usize));
            }
            at += part.len() as u64;
        }
        hasher.finish()
    }
}

/// Who is bringing the next bytes.
#[derive(Debug)]
pub(super) enum Route {
    /// Nobody yet.
    Idle,
    /// Nobody until then: the origin failed.
    Resting { until: Instant },
    /// The origin.
    Http(Response),
    /// Another viewer.
    Peer(ConnectionId),
}

/// A request to the origin under way.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) request: RequestId,
    /// Who was asked: the origin, or a redundancy server.
    pub(super) of: Supplier,
    /// Bytes of the body that come before the first wanted one (a 200 to a `Range`).
    pub(super) skip: u64,
    /// The body goes on beyond what is wanted.
    pub(super) surplus: bool,
    /// It goes on to the end of a file that grows.
    pub(super) open: bool,
    /// Bytes that were here when it was asked for.
    pub(super) from: u64,
    /// Byte of the asset before which it ends, as others are here already.
    pub(super) until: u64,
    /// When it was asked for.
    pub(super) asked_at: Instant,
    /// When the last byte, or the order to fetch, happened.
    pub(super) heard_at: Instant,
    /// When the response's head came.
    pub(super) began_at: Option<Instant>,
    /// `Content-Length`, where readable.
    pub(super) length: Option<u64>,
}

/// One asset on its way.
pub(super) struct Job<P: Payload> {
    pub(super) place: Place,
    /// What neighbours call it.
    pub(super) name: Option<SegmentId>,
    /// Size where known: from the byte range, a peer's or the origin's word.
    pub(super) length: Option<u64>,
    /// Only peers say so.
    pub(super) claimed: bool,
    /// Rough size before it is known.
    pub(super) guess: u64,
    pub(super) deadline: Instant,
    /// Since when it is wanted.
    pub(super) since: Instant,
    pub(super) route: Route,
    /// Failures of the origin at this asset.
    pub(super) failures: u32,
    /// Last HTTP status that failed; 0 for none.
    pub(super) status: u16,
    /// Peers that failed at this asset.
    pub(super) not_from: Vec<ConnectionId>,
    /// After a digest that did not match, only the origin is trusted.
    pub(super) origin_only: bool,
    /// It does not exist yet: the origin holds the request until it does.
    pub(super) held: bool,
    /// What neighbours brought before its turn.
    pub(super) early: Early<P>,
    parts: Vec<P>,
    /// What came beyond the end of a part.
    surplus: Vec<P>,
    have: u64,
    hasher: P::Hasher,
    contributions: Vec<Contribution>,
}

impl<P: Payload> Job<P> {
    pub(super) fn new(place: Place, guess: u64, deadline: Instant, since: Instant) -> Self {
        Self {
            length: place.range.filter(|r| r.end != u64::MAX).map(ByteRange::len),
            claimed: false,
            place,
            name: None,
            guess,
            deadline,
            since,
            route: Route::Idle,
            failures: 0,
            status: 0,
            not_from: Vec::new(),
            origin_only: false,
            held: false,
            early: Early::new(),
            parts: Vec::new(),
            surplus: Vec::new(),
            have: 0,
            hasher: P::Hasher::default(),
            contributions: Vec::new(),
        }
    }

    /// Whether a redundancy server has a hand in it.
    pub(super) fn is_copied(&self) -> bool {
        self.contributions.first().is_some_and(|c| matches!(c.supplier, Supplier::Server(_)))
    }

    /// Whether this request brings it.
    pub(super) fn is_by(&self, request: RequestId) -> bool {
        matches!(&self.route, Route::Http(r) if r.request == request)
    }

    /// Bytes here, from the start.
    pub(super) fn have(&self) -> u64 {
        self.have
    }

    /// Bytes to come, as far as can be known. What cannot be verified yet does not count.
    pub(super) fn remaining(&self) -> u64 {
        let early = if self.early.unlisted { 0 } else { self.early.bytes() };
        self.length.unwrap_or(self.guess.max(self.have)).saturating_sub(self.have + early)
    }

    /// Whether every byte is here; unknown lengths are complete only by their bringer's word.
    pub(super) fn is_full(&self) -> bool {
        self.length.is_some_and(|l| self.have >= l)
    }

    /// Whether more is here than it turned out to need.
    pub(super) fn is_longer(&self) -> bool {
        self.length.is_some_and(|l| self.have > l)
    }

    /// What to ask the origin for next, where its answer is to end before byte `until` of the asset.
    pub(super) fn next_range(&self, until: u64) -> Option<ByteRange> {
        let start = self.place.range.map_or(0, |r| r.start);
        let end = self.place.range.map_or(u64::MAX, |r| r.end).min(start.saturating_add(until));
        let all = self.place.range.is_none() && self.have == 0 && until == u64::MAX;
        (!all).then_some(ByteRange { start: start + self.have, end })
    }

    /// Takes the next bytes, cut at the known length.
    pub(super) fn take(&mut self, piece: P, supplier: Supplier) {
        let room = self.length.map_or(usize::MAX, |l| (l - self.have.min(l)) as usize);
        let (piece, rest) = if piece.len() > room {
            (piece.slice(0, room), Some(piece.slice(room, piece.len())))
        } else {
            (piece, None)
        };
        if matches!(&self.route, Route::Http(r) if r.open) {
            self.surplus.extend(rest);
        }
        if piece.is_empty() {
            return;
        }
        let range = ByteRange { start: self.have, end: self.have + piece.len() as u64 };
        self.hasher.feed(&piece);
        self.have = range.end;
        self.parts.push(piece);
        match self.contributions.last_mut() {
            Some(last) if last.supplier == supplier => last.range.end = range.end,
            _ => self.contributions.push(Contribution { supplier, range }),
        }
    }

    /// What came beyond the end, which may have become known after it came.
    pub(super) fn take_surplus(&mut self) -> Vec<P> {
        let length = self.length.unwrap_or(u64::MAX);
        if self.have <= length {
            return std::mem::take(&mut self.surplus);
        }
        let pieces = std::mem::take(&mut self.parts);
        self.restart();
        let mut rest = Vec::new();
        for piece in pieces {
            let room = (length - self.have).min(piece.len() as u64) as usize;
            if room < piece.len() {
                rest.push(piece.slice(room, piece.len()));
            }
            self.take(piece.slice(0, room), Supplier::Origin);
        }
        rest
    }

    /// Forgets all bytes.
    pub(super) fn restart(&mut self) {
        self.length = self.place.range.filter(|r| r.end != u64::MAX).map(ByteRange::len);
        self.parts.clear();
        self.drop_early();
        self.contributions.clear();
        self.hasher = P::Hasher::default();
        self.have = 0;
    }

    /// The finished asset.
    pub(super) fn finish(self, asset: Asset) -> Fetched<P> {
        Fetched {
            asset,
            place: self.place,
            parts: self.parts,
            len: self.have,
            digest: self.hasher.finish(),
            contributions: self.contributions,
        }
    }
}
