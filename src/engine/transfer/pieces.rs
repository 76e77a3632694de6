//! A segment that neighbours of our own protocol bring piece by piece, several of them at once: which pieces are here
//! before their turn, which to ask of whom, and what is left for the origin. What comes in order is the job's.
//!
//! Where the publisher lists digests of pieces, one is taken only when it verified, so that a lie costs one piece. The
//! rarest are asked for first: what few have is what others will want of us. Without such a list, and when little time
//! is left, pieces come in order, so that what is late is one run for the origin to bring.

use super::job::{Job, Response, Route, Supplier};
use super::{Asset, Outcome, Place, Transfer};
use crate::engine::config::Bitrate;
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{ConnectionId, SegmentId};
use crate::engine::payload::Payload;
use crate::engine::swarm::Swarm;
use crate::engine::swarm::native::{Holder, PLENTY};
use crate::engine::swarm::wire::native::{PIECE, pieces_of};
use crate::engine::time::{Instant, Millis};
use litemap::LiteMap;
use std::collections::BinaryHeap;

/// Pieces that the line brings in so long are under way at once, or the fewest: more would only keep one another, and
/// what is due from the origin, waiting.
const AHEAD: f64 = 0.6;
const FEWEST: u64 = 2;

/// Pieces that may be under way on a line that brings so much.
pub(super) fn room_for_pieces(rate: Bitrate) -> u64 {
    ((rate.0 * AHEAD / 8.0) as u64 / PIECE).max(FEWEST)
}

/// What it is worth, in ms, not to ask who may give nothing more; whoever may give half of plenty is spared half of it.
const SCARCE: u64 = 6_000;

/// And not to ask who has come farthest of those who have it, in parts of the time that there is to spare: what that one
/// alone has nobody else can give.
const FOREMOST: f64 = 0.25;

/// What it costs to ask a neighbour for one more piece: the time until it is here, and what is taken from those whom
/// nobody else can help. Whoever may give little, or has come far, is left to them, though it be quick.
fn price(holder: &Holder<'_>, (least, most): (u64, u64), patience: Millis) -> u64 {
    let wait = holder.rate.unwrap_or(super::PEER_GUESS).time_for((holder.asked + 1) * PIECE);
    let ahead = (holder.farthest - least) as f64 / (most - least).max(1) as f64;
    let spared = (patience.0 as f64 * FOREMOST * ahead) as u64;
    wait.0 + SCARCE * (PLENTY - holder.spare.min(PLENTY)) / PLENTY + spared
}

/// What the time that is left allows for.
#[derive(Clone, Copy)]
pub(super) struct Order {
    /// What few have comes first; else in order.
    pub(super) rarest_first: bool,
    /// So long whoever is worth asking may be waited for while it is busy for us.
    pub(super) patience: Millis,
}

/// Pieces whose turn has not come.
pub(super) struct Early<P> {
    pieces: LiteMap<u64, (P, ConnectionId)>,
    bytes: u64,
    /// Pieces cannot be told from lies before their list is here.
    pub(super) unlisted: bool,
    /// A neighbour had a hand in it whose bytes never verified.
    pub(super) doubtful: bool,
}

impl<P: Payload> Early<P> {
    pub(super) fn new() -> Self {
        Self { pieces: LiteMap::new(), bytes: 0, unlisted: false, doubtful: false }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    fn take(&mut self, piece: u64) -> Option<(P, ConnectionId)> {
        let taken = self.pieces.remove(&piece)?;
        self.bytes -= taken.0.len() as u64;
        Some(taken)
    }
}

impl<P: Payload> Job<P> {
    /// Whether a piece is neither here nor on its way from the origin.
    pub(super) fn lacks(&self, piece: u64) -> bool {
        let start = piece * PIECE;
        let end = (start + PIECE).min(self.length.unwrap_or(u64::MAX));
        let coming = match &self.route {
            Route::Http(response) => end <= response.until,
            Route::Peer(_) => true,
            Route::Idle | Route::Resting { .. } => false,
        };
        !self.origin_only && !coming && end > self.have() && !self.early.pieces.contains_key(&piece)
    }

    /// Takes a piece; what is in order by now is in its place.
    fn put(&mut self, piece: u64, bytes: P, connection: ConnectionId) {
        self.early.take(piece);
        self.early.bytes += bytes.len() as u64;
        self.early.pieces.insert(piece, (bytes, connection));
        self.order();
    }

    /// Puts in its place what is in order, unless somebody is bringing bytes in order now.
    pub(super) fn order(&mut self) {
        if self.early.pieces.is_empty() || matches!(self.route, Route::Http(_) | Route::Peer(_)) {
            return;
        }
        let all = self.length.is_some_and(|l| self.have() + self.early.bytes >= l);
        if self.early.unlisted && !all {
            return;
        }
        loop {
            let piece = self.have() / PIECE;
            // The origin went past some of them.
            while let Some((&first, _)) = self.early.pieces.first()
                && first < piece
            {
                self.early.take(first);
            }
            let Some((bytes, connection)) = self.early.take(piece) else { return };
            let from = (self.have() - piece * PIECE) as usize;
            self.take(bytes.slice(from, bytes.len()), Supplier::Peer(connection));
        }
    }

    /// Where what the origin is to bring ends: before the next piece that is here already.
    pub(super) fn hole_ends(&self) -> u64 {
        self.listed_early().next().map_or(u64::MAX, |piece| piece * PIECE)
    }

    /// How many requests to the origin it would take, beyond the first.
    pub(super) fn holes(&self) -> u64 {
        let mut here = self.listed_early().peekable();
        let mut holes = 0;
        while let Some(piece) = here.next() {
            let end = piece + 1;
            let more = self.length.is_none_or(|l| end < pieces_of(l));
            holes += u64::from(more && here.peek() != Some(&end));
        }
        holes
    }

    /// Pieces that are here before their turn, and are no lies.
    fn listed_early(&self) -> impl Iterator<Item = u64> + '_ {
        let known = (!self.early.unlisted).then(|| self.early.pieces.keys().copied());
        known.into_iter().flatten().filter(|piece| piece * PIECE > self.have())
    }

    /// Forgets what peers brought early.
    pub(super) fn drop_early(&mut self) {
        self.early = Early { unlisted: self.early.unlisted, ..Early::new() };
    }

    /// Asks neighbours for what is missing.
    #[inline(never)]
    pub(super) fn ask_neighbours(
        &mut self,
        segment: SegmentId,
        swarm: &mut Swarm<P>,
        (order, most): (Order, u64),
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        if most == 0 && self.length.is_some() && !self.early.unlisted {
            return;
        }
        let welcome = |h: &Holder<'_>| h.has.length().is_some() && !self.not_from.contains(&h.connection);
        let lengths = || swarm.holders(segment).filter(welcome).filter_map(|h| h.has.length());
        // What most of them say.
        let said = || lengths().max_by_key(|&length| lengths().filter(|&l| l == length).count());
        let Some(length) = self.length.or_else(said) else { return };
        let holders = swarm.holders(segment).filter(|h| welcome(h) && h.has.length() == Some(length));
        let mut holders: Vec<Holder<'_>> = holders.collect();
        if holders.is_empty() {
            return;
        }
        self.claimed |= self.length.is_none();
        self.length = Some(length);
        let able = most > 0 && holders.iter().any(|h| h.room > 0);
        let asked: Vec<u64> = swarm.asked(segment).map(|(piece, _)| piece).collect();
        let all = if able { pieces_of(length) } else { 0 };
        let missing = (0..all).filter(|&p| self.lacks(p) && !asked.contains(&p));
        let missing: BinaryHeap<(u64, u64)> = missing
            .map(|piece| {
                let rarity = holders.iter().filter(|h| h.has.piece(piece)).count() as u64;
                let by_rarity = || rarity << 32 | swarm.order(segment, piece) >> 32;
                (if order.rarest_first { by_rarity() } else { piece }, piece)
            })
            .collect();
        // One after the other, since not all have it.
        let turn = (now.as_millis() / 1_500) as usize + segment.number as usize;
        let list_from = holders.get(turn % holders.len()).map(|h| h.connection);
        let mut asks: Vec<(ConnectionId, u64, u64)> = Vec::new();
        let mut left = most;
        let farthest = || holders.iter().map(|h| h.farthest);
        let span = (farthest().min().unwrap_or(0), farthest().max().unwrap_or(0));
        for (_, piece) in missing.into_sorted_vec() {
            if left == 0 {
                break;
            }
            // Who is choked was asked for nothing.
            let may =
                |h: &Holder<'_>| h.spare > 0 && (h.room > 0 || order.patience > Millis(0) && h.asked > 0);
            let able = holders.iter_mut().filter(|h| may(h) && h.has.piece(piece));
            let Some(best) = able.min_by_key(|h| price(h, span, order.patience)).filter(|h| h.room > 0)
            else {
                continue;
            };
            left -= 1;
            best.room -= 1;
            best.asked += 1;
            best.spare -= 1;
            match asks.last_mut() {
                Some((c, first, count)) if *c == best.connection && *first + *count == piece => *count += 1,
                _ => asks.push((best.connection, piece, 1)),
            }
        }
        for (connection, first, count) in asks {
            swarm.ask_pieces(connection, segment, (first, count), length, now, orders);
        }
        if self.early.unlisted
            && let Some(connection) = list_from
        {
            swarm.ask_list(connection, segment, now, orders);
        }
    }
}

impl<P: Payload> Transfer<P> {
    /// A neighbour sent a piece that verified, or cannot be verified alone; whether anything of it ever has.
    pub fn piece_came(
        &mut self,
        (connection, proven): (ConnectionId, bool),
        segment: SegmentId,
        (piece, bytes): (u64, P),
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<Outcome<P>> {
        self.next_look = Some(now);
        let (asset, job) = self.named_mut(segment).filter(|(_, j)| !j.origin_only)?;
        let size = bytes.len() as u64;
        job.early.doubtful |= !proven;
        job.put(piece, bytes, connection);
        self.swarm_meter.add(size, Instant::ZERO, now);
        self.whole_by_pieces(asset, now, orders)
    }

    /// The list of a segment's pieces is here: what came before it, with who brought it, is to be looked at again.
    pub fn listed(&mut self, segment: SegmentId) -> Vec<(u64, P, ConnectionId)> {
        let Some((_, job)) = self.named_mut(segment) else { return Vec::new() };
        let Early { pieces, .. } = std::mem::replace(&mut job.early, Early::new());
        pieces.into_iter().map(|(piece, (bytes, connection))| (piece, bytes, connection)).collect()
    }

    /// How long a segment on its way is.
    #[must_use]
    pub fn length(&self, segment: SegmentId) -> Option<u64> {
        self.named(segment)?.length
    }

    /// What is wanted under this name.
    fn named(&self, segment: SegmentId) -> Option<&Job<P>> {
        self.jobs.iter().find(|(_, job)| job.name == Some(segment)).map(|(_, job)| job)
    }

    fn named_mut(&mut self, segment: SegmentId) -> Option<(Asset, &mut Job<P>)> {
        self.jobs.iter_mut().find(|(_, job)| job.name == Some(segment)).map(|(&asset, job)| (asset, job))
    }

    /// Whether a segment is wanted and not here.
    #[must_use]
    pub fn wants_segment(&self, segment: SegmentId) -> bool {
        self.named(segment).is_some()
    }

    /// Where the origin has it.
    #[must_use]
    pub fn place(&self, segment: SegmentId) -> Option<Place> {
        self.named(segment).map(|j| j.place.clone())
    }

    /// What a neighbour was asked for in another protocol will not come; that is nobody's fault.
    pub fn peer_switched(&mut self, connection: ConnectionId, now: Instant) {
        for (_, job) in self.jobs.iter_mut() {
            if matches!(job.route, Route::Peer(c) if c == connection) {
                job.route = Route::Idle;
                self.next_look = Some(now);
            }
        }
    }

    /// Takes nothing more of a segment from this neighbour.
    pub fn shun(&mut self, connection: ConnectionId, segment: SegmentId) {
        if let Some((_, job)) = self.named_mut(segment) {
            job.not_from.push(connection);
        }
    }

    /// Somebody lied about a segment's length: it begins anew, without those who say the same.
    pub fn mistaken(&mut self, segment: SegmentId, swarm: &Swarm<P>) {
        if let Some((_, job)) = self.named_mut(segment)
            && job.have() == 0
        {
            job.drop_early();
            let wrong = job.length.take_if(|_| job.claimed);
            let liars = swarm.holders(segment).filter(|h| h.has.length() == wrong);
            job.not_from.extend(liars.map(|h| h.connection));
        }
    }

    /// The segment, if its last piece came.
    fn whole_by_pieces(&mut self, asset: Asset, now: Instant, orders: &mut Orders<P>) -> Option<Outcome<P>> {
        let job = self.jobs.get_mut(&asset).filter(|j| j.is_full())?;
        if let Route::Http(Response { request, .. }) = job.route {
            orders.push_back(Output::Abort { request });
            job.route = Route::Idle;
        }
        self.complete(asset, now, orders)
    }

    /// Takes back what is not missing any more, and what neighbours keep silent about.
    #[inline(never)]
    pub(super) fn review_pieces(&mut self, swarm: &mut Swarm<P>, now: Instant, orders: &mut Orders<P>) {
        let silent = swarm.silent_natives(self.peer_silence, now, orders);
        for (_, job) in self.jobs.iter_mut() {
            if let Some(segment) = job.name {
                job.order();
                job.not_from.extend(&silent);
                swarm.drop_pieces(segment, |piece, _| !job.lacks(piece), orders);
            }
        }
        swarm.drop_unwanted(|segment| self.named(segment).is_some(), orders);
    }
}
