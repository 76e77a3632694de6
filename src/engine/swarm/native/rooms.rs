//! What neighbours that speak our own protocol have of a segment, and what is asked of them: the swarm's side of all
//! conversations at once, by rendition.

use super::super::link::{Link, Neighbour};
use super::super::offence::Offence;
use super::super::peer::{Heard as PeerHeard, Violation};
use super::super::{News, Swarm};
use super::{Has, Heard, Message, Native};
use crate::engine::config::Bitrate;
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{ConnectionId, RenditionId, SegmentId};
use crate::engine::payload::{Digest, Payload};
use crate::engine::swarm::naming::InfoHash;
use crate::engine::swarm::wire::Dialect;
use crate::engine::swarm::wire::native::MAX_PIECES;
use crate::engine::time::{Instant, Millis};

/// A list of digests that takes longer is asked of another neighbour.
const LIST_LATE: Millis = Millis(1_500);
/// Pieces that make a segment of common lives twice over: who may give so many passes on what it has.
const PASSES_ON: u64 = 24;

/// What a neighbour said that others have to act on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are named for what they hold")]
pub enum NativeNews<P> {
    /// It speaks our own protocol from now on: what was asked in v2 is void.
    Switched,
    /// What it has, or whether it gives, has changed.
    Changed,
    /// A piece that was asked for.
    Piece { segment: SegmentId, piece: u64, bytes: P },
    /// Pieces that were asked for will not come.
    Refused,
    /// It asks for pieces.
    Wanted { segment: SegmentId, first: u64, count: u64 },
    /// It takes that back.
    TakenBack { segment: SegmentId, first: u64, count: u64 },
    /// It asks for the digests of a segment's pieces.
    WantedList { segment: SegmentId },
    /// Those that were asked for; none where it has none.
    List { segment: SegmentId, digests: Vec<Digest> },
}

/// Who comes first when not all can be given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It gave us something that verified, and may give more: others have of it what it has of us.
    PassesOn,
    /// It gave us something that verified; for now it may give little.
    Gave,
    /// It gave us nothing yet.
    Takes,
}

/// A neighbour that has something of a segment.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// How to reach it.
    pub connection: ConnectionId,
    /// What it has.
    pub has: &'a Has,
    /// Pieces that may be asked of it now.
    pub room: u64,
    /// Pieces that it was asked for.
    pub asked: u64,
    /// What it has delivered at, if it has.
    pub rate: Option<Bitrate>,
    /// Pieces that it may give, by its word.
    pub spare: u64,
    /// The last segment of which it has something.
    pub farthest: u64,
}

impl<P: Payload> Swarm<P> {
    /// Turns what was heard into news for others.
    pub(super) fn native_news(
        &mut self,
        connection: ConnectionId,
        heard: Heard<P>,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<News<P>> {
        let primary = self.links.get(&connection)?.info_hash;
        let segment = |info_hash: InfoHash, number: u64| {
            Some(SegmentId { rendition: self.rooms.get(&info_hash)?.rendition, number })
        };
        let rendition = self.rooms.get(&primary)?.rendition;
        let heard = PeerHeard::Native(match heard {
            Heard::Availability => NativeNews::Changed,
            Heard::Refused => NativeNews::Refused,
            Heard::Piece { info_hash, segment: s, piece, bytes } => {
                NativeNews::Piece { segment: segment(info_hash, s)?, piece, bytes }
            }
            Heard::Wanted { info_hash, segment: s, first, count } => {
                NativeNews::Wanted { segment: segment(info_hash, s)?, first, count }
            }
            Heard::TakenBack { info_hash, segment: s, first, count } => {
                NativeNews::TakenBack { segment: segment(info_hash, s)?, first, count }
            }
            Heard::WantedList { info_hash, segment: s } => {
                NativeNews::WantedList { segment: segment(info_hash, s)? }
            }
            Heard::List { info_hash, segment: s, digests } => {
                NativeNews::List { segment: segment(info_hash, s)?, digests }
            }
            Heard::Broke(violation) => {
                self.note(connection, Offence::Broke);
                self.close(connection, orders);
                return Some(self.broke(connection, rendition, violation));
            }
        });
        if let (Some(n), PeerHeard::Native(news)) =
            (self.links.get_mut(&connection).and_then(Link::neighbour_mut), &heard)
        {
            // That it has joined is said before what it has.
            let has = n.native.as_ref().is_some_and(|native| !native.haves.is_empty());
            n.announced |= has;
            n.gives |= has;
            if matches!(news, NativeNews::Piece { .. } | NativeNews::Wanted { .. }) {
                n.useful_at = now;
            }
        }
        Some(News { connection, rendition, dialect: Dialect::V2, heard, last: false })
    }

    pub(super) fn broke(
        &self,
        connection: ConnectionId,
        rendition: RenditionId,
        violation: Violation,
    ) -> News<P> {
        let heard = PeerHeard::Broke(violation);
        News { connection, rendition, dialect: Dialect::V2, heard, last: false }
    }

    /// Who has something of a segment, or is fetching it from the origin.
    pub fn holders(&self, segment: SegmentId) -> impl Iterator<Item = Holder<'_>> {
        let info_hash = self.info_hash(segment);
        self.links.iter().filter_map(move |(&connection, link)| {
            let native = link.neighbour()?.native.as_ref()?;
            let has = native.has(info_hash?, segment.number)?;
            let (room, asked) = (native.room(), native.asks.len() as u64);
            let (rate, spare, farthest) = (native.flow.rate(), native.spare, native.haves.farthest);
            Some(Holder { connection, has, room, asked, rate, spare, farthest })
        })
    }

    /// Pieces of a segment that were asked for.
    pub fn asked(&self, segment: SegmentId) -> impl Iterator<Item = (u64, ConnectionId)> + '_ {
        let info_hash = self.info_hash(segment);
        let asks = self.links.iter().filter_map(|(&c, l)| Some((c, l.neighbour()?.native.as_ref()?)));
        asks.flat_map(|(c, native)| native.asks.iter().map(move |ask| (c, ask)))
            .filter(move |(_, a)| Some(a.info_hash) == info_hash && a.segment == segment.number)
            .map(|(c, ask)| (ask.piece, c))
    }

    /// Pieces that were asked for, of whatever.
    #[must_use]
    pub fn asked_in_all(&self) -> u64 {
        let asks = |l: &Link<P>| l.neighbour()?.native.as_ref().map(|n| n.asks.len() as u64);
        self.links.values().filter_map(asks).sum()
    }

    /// Asks a neighbour for a run of pieces of a segment of so many bytes.
    pub fn ask_pieces(
        &mut self,
        connection: ConnectionId,
        segment: SegmentId,
        run: (u64, u64),
        length: u64,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let Some(info_hash) = self.info_hash(segment) else { return };
        let message = self
            .native_mut(connection)
            .and_then(|native| native.ask(info_hash, segment.number, run, length, now));
        say(connection, message, orders);
    }

    /// Asks for the digests of a segment's pieces, unless somebody was asked a moment ago.
    pub fn ask_list(
        &mut self,
        connection: ConnectionId,
        segment: SegmentId,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let Some(info_hash) = self.info_hash(segment) else { return };
        let mut pending = false;
        for (_, link) in &mut self.links {
            if let Some(native) = link.neighbour_mut().and_then(|n| n.native.as_mut()) {
                native.lists.retain(|(_, _, at)| now.since(*at) < LIST_LATE);
                pending |= native.lists.iter().any(|l| (l.0, l.1) == (info_hash, segment.number));
            }
        }
        if !pending {
            let message =
                self.native_mut(connection).and_then(|n| n.ask_list(info_hash, segment.number, now));
            say(connection, message, orders);
        }
    }

    /// Takes back what was asked of a segment: of one neighbour, or of all; these pieces.
    pub fn drop_pieces(
        &mut self,
        segment: SegmentId,
        which: impl Fn(u64, ConnectionId) -> bool,
        orders: &mut Orders<P>,
    ) {
        let Some(info_hash) = self.info_hash(segment) else { return };
        for (&connection, link) in &mut self.links {
            if let Some(native) = link.neighbour_mut().and_then(|n| n.native.as_mut()) {
                let of = |hash, number, piece| {
                    hash == info_hash && number == segment.number && which(piece, connection)
                };
                native.cancel(of).into_iter().for_each(|m| say(connection, Some(m), orders));
            }
        }
    }

    /// Takes back what was asked of segments that are not wanted.
    pub fn drop_unwanted(&mut self, wanted: impl Fn(SegmentId) -> bool, orders: &mut Orders<P>) {
        let rooms = &self.rooms;
        for (&connection, link) in &mut self.links {
            if let Some(native) = link.neighbour_mut().and_then(|n| n.native.as_mut()) {
                let gone = |hash, number, _| {
                    let room = rooms.get(&hash);
                    !room.is_some_and(|r| wanted(SegmentId { rendition: r.rendition, number }))
                };
                native.cancel(gone).into_iter().for_each(|m| say(connection, Some(m), orders));
            }
        }
    }

    /// In which order this viewer, unlike others, asks for pieces that are as rare as one another.
    #[must_use]
    pub fn order(&self, segment: SegmentId, piece: u64) -> u64 {
        super::super::supply::rank(self.me, SegmentId { number: segment.number << 12 | piece, ..segment })
    }

    /// Neighbours of whom nothing came for so long: what was asked of them is taken back, and whoever does so
    /// repeatedly is left. Says who.
    pub fn silent_natives(
        &mut self,
        silence: Millis,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Vec<ConnectionId> {
        let mut silent = Vec::new();
        let mut useless = Vec::new();
        for (&connection, link) in &mut self.links {
            let Some(native) = link.neighbour_mut().and_then(|n| n.native.as_mut()) else { continue };
            let Some(waited) = native.waiting_since().map(|at| now.since(at)) else { continue };
            // A slow line takes its time for a piece, and gives to others in between.
            if waited >= silence && waited >= native.piece_takes() + native.piece_takes() {
                native.timeouts += 1;
                native.cancel(|_, _, _| true).into_iter().for_each(|m| say(connection, Some(m), orders));
                silent.push(connection);
                if native.timeouts >= super::super::supply::SILENCES {
                    useless.push(connection);
                }
            }
        }
        for connection in useless {
            self.note(connection, Offence::Silent);
            self.close(connection, orders);
        }
        silent
    }

    /// Something of this neighbour verified: it may be asked for more at once, and its word counts.
    pub fn proved(&mut self, connection: ConnectionId) {
        if let Some(n) = self.links.get_mut(&connection).and_then(Link::neighbour_mut) {
            n.in_vain = 0;
            n.native.iter_mut().for_each(|native| native.proven = true);
        }
    }

    /// Whether anything of this neighbour verified.
    #[must_use]
    pub fn is_proven(&self, connection: ConnectionId) -> bool {
        let native = self.links.get(&connection).and_then(|l| l.neighbour()?.native.as_ref());
        native.is_some_and(|n| n.proven)
    }

    /// The longest message that a neighbour takes.
    #[must_use]
    pub fn takes(&self, connection: ConnectionId) -> usize {
        let native = self.links.get(&connection).and_then(|l| l.neighbour()?.native.as_ref());
        native.map_or(0, |n| usize::try_from(n.theirs.message).unwrap_or(usize::MAX))
    }

    /// What a neighbour said it uploads with, as [`Hello`](crate::engine::swarm::wire::native::Hello) has it; none of
    /// those who said no hello.
    #[must_use]
    pub fn uplink(&self, connection: ConnectionId) -> Option<u64> {
        Some(self.links.get(&connection)?.neighbour()?.native.as_ref()?.theirs.uplink)
    }

    /// What is to be expected of a neighbour to whom we give.
    #[must_use]
    pub fn standing(&self, connection: ConnectionId) -> Standing {
        let native = self.links.get(&connection).and_then(|l| l.neighbour()?.native.as_ref());
        match native.filter(|n| n.proven) {
            Some(n) if n.spare >= PASSES_ON => Standing::PassesOn,
            Some(_) => Standing::Gave,
            None => Standing::Takes,
        }
    }

    /// Whether any neighbour speaks our own protocol.
    #[must_use]
    pub fn speaks_native(&self) -> bool {
        self.links.values().any(|l| l.neighbour().is_some_and(|n| n.native.is_some()))
    }

    fn native_mut(&mut self, connection: ConnectionId) -> Option<&mut Box<Native>> {
        self.links.get_mut(&connection)?.neighbour_mut()?.native.as_mut()
    }

    fn note(&mut self, connection: ConnectionId, offence: Offence) {
        if let Some(peer) = self.peer(connection) {
            self.offences.note(peer, offence);
        }
    }

    pub(in super::super) fn info_hash(&self, segment: SegmentId) -> Option<InfoHash> {
        self.rooms.iter().find(|(_, r)| r.rendition == segment.rendition).map(|(&h, _)| h)
    }
}

impl<P: Payload> Neighbour<P> {
    /// Whether it says that it has all of a segment.
    pub(in super::super) fn holds(&self, info_hash: InfoHash, segment: u64) -> bool {
        match &self.native {
            Some(native) => matches!(native.has(info_hash, segment), Some(Has::Whole { .. })),
            None => self.talk.holds(segment),
        }
    }

    /// Whether it says that it has something that is not `held` here.
    pub(in super::super) fn has_more(&self, info_hash: InfoHash, held: &[u64]) -> bool {
        let mut those: Box<dyn Iterator<Item = u64> + '_> = match &self.native {
            Some(native) => Box::new(native.haves(info_hash)),
            None => Box::new(self.talk.held()),
        };
        those.any(|segment| !held.contains(&segment))
    }

    /// Whether it has any of it to give, piece by piece.
    pub(in super::super) fn has_pieces(&self, info_hash: InfoHash, segment: u64) -> bool {
        let has = self.native.as_ref().and_then(|n| n.has(info_hash, segment));
        has.is_some_and(|h| h.length().is_some())
    }

    /// Whether it has what comes before a segment, or is fetching it; of a part, anything shortly before it, for who knows
    /// how many parts the segment before has.
    pub(in super::super) fn has_come_to(&self, info_hash: InfoHash, segment: SegmentId) -> bool {
        let mut before = segment.before();
        match &self.native {
            Some(native) if segment.is_part() => native.haves(info_hash).any(|n| before.contains(&n)),
            Some(_) | None => {
                before.next().is_some_and(|n| self.holds(info_hash, n) || self.is_loading(info_hash, n))
            }
        }
    }

    /// Whether it says that it is fetching it.
    pub(in super::super) fn is_loading(&self, info_hash: InfoHash, segment: u64) -> bool {
        match &self.native {
            Some(native) => {
                matches!(native.has(info_hash, segment), Some(Has::Loading | Has::Pieces { .. }))
            }
            None => self.talk.is_loading(segment),
        }
    }
}

/// How far a segment of so many pieces has come.
#[must_use]
pub fn bits(count: u64, has: impl Fn(u64) -> bool) -> Vec<u8> {
    let mut bits = vec![0; count.min(MAX_PIECES).div_ceil(8) as usize];
    for piece in (0..count.min(MAX_PIECES)).filter(|&p| has(p)) {
        bits[(piece / 8) as usize] |= 1 << (piece % 8);
    }
    bits
}

fn say<P>(connection: ConnectionId, message: Option<Message>, orders: &mut Orders<P>) {
    orders.extend(message.map(|m| Output::Send { connection, message: m.encode() }));
}
