//! What follows from our own protocol, in the order of the path: a piece is verified, passed on and put in its place; a
//! neighbour that asks is served. A part of the router, which owns no policy.

use super::Engine;
use super::config::Integrity;
use super::contract::Output;
use super::id::{BlobId, ByteRange, ConnectionId, SegmentId};
use super::parts::Parts;
use super::payload::{Digest, Payload};
use super::relay::Relay;
use super::share::Find;
use super::store::Store;
use super::swarm::native::NativeNews;
use super::swarm::wire::native::{Message, PIECE, pieces_of};
use super::transfer::{Fetched, Place};
use super::verify::{PieceList, Verified};

/// Pieces that were not what they should be, kept until somebody else brings them.
const MAX_SUSPECTS: usize = 64;

/// Where pieces lie: in a segment that is here, or each by itself.
struct Shelf<'a>(&'a Store, &'a Relay, &'a Parts);

impl Find for Shelf<'_> {
    fn piece(&self, segment: SegmentId, piece: u64) -> Option<(BlobId, ByteRange)> {
        if let Some(whole) = self.0.shareable(segment).or_else(|| self.2.shareable(segment)) {
            let start = piece.checked_mul(PIECE).filter(|&s| s < whole.len)?;
            return Some((whole.blob, ByteRange { start, end: (start + PIECE).min(whole.len) }));
        }
        let found = self.1.piece(segment, piece)?;
        Some((found.blob, ByteRange { start: 0, end: found.len }))
    }
}

impl<P: Payload> Engine<P> {
    /// A neighbour said something in our own protocol. None when nothing follows from it.
    pub(super) fn native_said(&mut self, connection: ConnectionId, news: NativeNews<P>) -> Option<()> {
        match news {
            NativeNews::Switched => {
                self.share.forget(connection);
                self.transfer.peer_switched(connection, self.now);
            }
            NativeNews::Changed => self.compare(),
            NativeNews::Refused => {}
            NativeNews::Piece { segment, piece, bytes } => self.piece_came(connection, segment, piece, bytes),
            NativeNews::List { segment, digests } => self.list_came(connection, segment, digests),
            NativeNews::Wanted { segment, first, count } => {
                let room = self.swarm.number(connection, segment.rendition)?;
                let (asked, run) = ((segment, room), (first, count));
                self.share.wanted_pieces(connection, asked, run, self.now, &mut self.orders);
                self.serve();
                return None;
            }
            NativeNews::TakenBack { segment, first, count } => {
                self.share.taken_back(connection, segment, (first, count));
                return None;
            }
            NativeNews::WantedList { segment } => {
                let room = self.swarm.number(connection, segment.rendition)?;
                let list = self.relay.list(segment).filter(|_| self.share.is_allowed());
                let digests = list.map_or(Vec::new(), |l| l.digests().to_vec());
                let list = |digests| Message::List { room, segment: segment.number, digests }.encode();
                let mut message = list(digests);
                if message.len() > self.swarm.takes(connection) {
                    message = list(Vec::new());
                }
                self.orders.push_back(Output::Send { connection, message });
                return None;
            }
        }
        Some(())
    }

    /// Sends what was asked for, as far as there is room.
    pub(super) fn serve(&mut self) {
        let (shelf, swarm) = (Shelf(&self.store, &self.relay, &self.parts), &self.swarm);
        self.share.serve(&shelf, |c| swarm.standing(c), self.now, &mut self.orders);
    }

    fn piece_came(&mut self, connection: ConnectionId, segment: SegmentId, piece: u64, bytes: P) {
        let Some(length) = self.transfer.length(segment) else { return };
        if let Some(list) = self.relay.list(segment) {
            let blob = BlobId(self.ids.draw());
            let Some(shareable) = list.shareable(piece, &bytes, blob) else {
                self.transfer.shun(connection, segment);
                if let Some(peer) = self.swarm.peer(connection).filter(|_| self.suspects.len() < MAX_SUSPECTS)
                {
                    self.suspects.push((segment, piece, peer));
                }
                let players = self.players();
                return self.note_rejected(&players);
            };
            self.swarm.proved(connection);
            // Its digest is the publisher's, and somebody has bytes that match: who brought others lied.
            for (_, _, liar) in self.suspects.extract_if(.., |(s, p, _)| (*s, *p) == (segment, piece)) {
                self.swarm.ban(liar, &mut self.orders);
            }
            let kept = (piece, shareable);
            self.relay.keep((segment, length), kept, bytes.clone(), &mut self.orders);
        }
        let (came, by) = ((piece, bytes), (connection, self.swarm.is_proven(connection)));
        let outcome = self.transfer.piece_came(by, segment, came, self.now, &mut self.orders);
        self.transferred(outcome);
    }

    fn list_came(&mut self, connection: ConnectionId, segment: SegmentId, digests: Vec<Digest>) {
        if digests.is_empty() || self.relay.list(segment).is_some() {
            return;
        }
        let Some(expected) = self.transfer.place(segment).and_then(|place| self.pieces_of(segment, &place))
        else {
            return;
        };
        // Whose list is another one may have other bytes, too; that alone is no lie, since lists lag behind.
        let Some(list) = PieceList::checked(digests, expected) else {
            return self.transfer.shun(connection, segment);
        };
        let count = list.digests().len() as u64;
        if self.transfer.length(segment).is_some_and(|l| pieces_of(l) != count) {
            self.transfer.mistaken(segment, &self.swarm);
        }
        self.relay.learn(segment, list);
        for (piece, bytes, from) in self.transfer.listed(segment) {
            self.piece_came(from, segment, piece, bytes);
        }
    }

    /// What the publisher says of the list of a segment's pieces.
    fn pieces_of(&self, segment: SegmentId, place: &Place) -> Option<Digest> {
        let rendition = self.catalogue.get(segment.rendition)?;
        self.ledger.pieces(&rendition.integrity, place)
    }

    /// A segment is here whole: others may want the list of its pieces; who brought it has proved worth asking.
    pub(super) fn whole_came(&mut self, segment: SegmentId, fetched: &Fetched<P>, verified: &Verified) {
        self.judge(segment, fetched, verified);
        if verified.shareable().is_some() {
            fetched.contributors().for_each(|c| self.swarm.proved(c));
            let is_listed = self.suspects.iter().any(|(s, ..)| *s == segment)
                && self.relay.list(segment) == Some(&PieceList::of(fetched));
            for (_, _, liar) in self.suspects.extract_if(.., |(s, ..)| is_listed && *s == segment) {
                self.swarm.ban(liar, &mut self.orders);
            }
        }
        let integrity = self.catalogue.get(segment.rendition).map(|r| &r.integrity);
        let listable = matches!(integrity, Some(Integrity::List(_)))
            && (verified.shareable().is_none() || self.pieces_of(segment, &fetched.place).is_some());
        if listable && fetched.len > PIECE && self.relay.list(segment).is_none() && self.swarm.speaks_native()
        {
            self.relay.learn(segment, PieceList::of(fetched));
        }
    }

    /// Forgets what is of no use any more.
    pub(super) fn tidy_relay(&mut self) {
        let (transfer, store) = (&self.transfer, &self.store);
        let here = |s| store.get(s).is_some();
        self.relay.retain(|s| transfer.wants_segment(s), here, &mut self.orders);
        self.suspects.retain(|(s, ..)| transfer.wants_segment(*s));
    }
}
