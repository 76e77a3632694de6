//! What the neighbours have and what they deliver: who could bring a segment, who is asked, and who is elected to
//! fetch it from the origin for the others.

use super::link::Link;
use super::naming::PeerId;
use super::native::is_pending;
use super::offence::Offence;
use super::{Swarm, mix, send};
use crate::engine::config::Bitrate;
use crate::engine::contract::Orders;
use crate::engine::id::{ConnectionId, RenditionId, SegmentId};
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};

/// Silences in a row after which a neighbour is of no use.
pub(super) const SILENCES: u32 = 3;

/// Times in a row that a neighbour said it was fetching something, and nothing of it had come when time was up, after
/// which its word is nothing to wait for.
const IN_VAIN: u32 = 3;

/// Until so many are here, others are waited for: the first to come need not be who has most.
const FEW: u32 = 3;

/// So many begin at once, for one may be slow or gone.
const FIRST: f64 = 2.0;
/// And so many of all where a segment can be passed on only when it is whole: copies double in a second and a half, and
/// have some six seconds before it is due. It is fewer who begin, for whoever hears that a neighbour has begun waits.
const FIRST_OF_ALL: f64 = 0.25;
/// Between one's turn and the next, in ms.
const STEP: f64 = 50.0;

/// What the neighbours can do for one segment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Supply {
    /// The best neighbour that holds it and is not busy for us.
    pub best: Option<Candidate>,
    /// Somebody holds it but is busy for us.
    pub busy: bool,
    /// Somebody is fetching it from the origin.
    pub loading: bool,
    /// Somebody who speaks our own protocol has it, or some of it.
    pub by_pieces: bool,
    /// Another viewer is before us in line to fetch it from the origin.
    pub elected_elsewhere: bool,
    /// How many viewers are before us in that line, of all.
    pub before: f64,
    /// How many there are, by the trackers' word.
    pub population: f64,
}

impl Supply {
    /// How long who is first among its neighbours leaves it to those who are first among all: every viewer sees a few of
    /// them, and were all who are first among those to fetch at once, there would be one copy for each neighbourhood. The
    /// rank tells how many are before us in all; the first begin, and what they bring has time to come here before the
    /// next do. Where pieces can be passed on it comes sooner than where only the whole can.
    #[must_use]
    pub fn turn(&self, by_pieces: bool) -> Millis {
        let first = if by_pieces { FIRST } else { FIRST.max(self.population * FIRST_OF_ALL) };
        Millis(((self.before - first).max(0.0) * STEP) as u64)
    }
}

/// A neighbour that could be asked.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// How to reach it.
    pub connection: ConnectionId,
    /// What it has delivered at, if it has.
    pub rate: Option<Bitrate>,
    /// Round trip.
    pub rtt: Millis,
}

impl<P: Payload> Swarm<P> {
    /// Whether more is to be heard of this rendition within moments: one who is here has not said yet what it holds, or
    /// there are few, and others may still turn up (within the patience after a tracker answered that there are more,
    /// and as long for the first tracker to answer at all).
    #[must_use]
    pub fn may_find_someone(&self, rendition: RenditionId, now: Instant) -> bool {
        let Some(room) = self.room(rendition) else {
            return false;
        };
        let fresh = |at: Instant| now.since(at) < self.lean_patience;
        let mut links = self.links.values().filter(|l| self.is_in(l, rendition));
        if links.any(|l| fresh(l.since) && l.neighbour().is_some_and(|n| !n.announced)) {
            return true;
        }
        let here = self.neighbours(rendition).count() as u32;
        here < FEW
            && !self.away
            && room.seats.values().any(|seat| match seat.answered_at {
                Some(at) => seat.population >= room.min_viewers.max(here + 2) && fresh(at),
                None => here == 0 && fresh(room.joined_at),
            })
    }

    /// Whether anybody is connected in this rendition's swarm.
    #[must_use]
    pub fn has_neighbour(&self, rendition: RenditionId) -> bool {
        self.neighbours(rendition).next().is_some()
    }

    /// Whether a neighbour has a segment or some of it, or is fetching it.
    #[must_use]
    pub fn knows_of(&self, segment: SegmentId) -> bool {
        let room = self.rooms.iter().find(|(_, r)| r.rendition == segment.rendition);
        room.is_some_and(|(&info_hash, _)| {
            let mut all = self.neighbours(segment.rendition);
            all.any(|(_, n)| n.holds(info_hash, segment.number) || n.is_loading(info_hash, segment.number))
        })
    }

    /// What the neighbours can do for a segment; those in `not` are not asked again.
    #[must_use]
    pub fn supply(&self, segment: SegmentId, not: &[ConnectionId], now: Instant) -> Supply {
        let mut supply = Supply::default();
        let Some((&info_hash, _)) = self.rooms.iter().find(|(_, r)| r.rendition == segment.rendition) else {
            return supply;
        };
        let mine = rank(self.me, segment);
        let mut near = 1;
        for (connection, n) in self.neighbours(segment.rendition) {
            let talk = &n.talk;
            // Whoever has come as far as this segment needs it as soon as we do; others are no candidates, and nobody is
            // who does not give.
            let kept = n.in_vain < IN_VAIN;
            if kept && n.peer.looks_like_sprat() && n.has_come_to(info_hash, segment) {
                near += 1;
                let elected = supply.elected_elsewhere || self.silent;
                supply.elected_elsewhere = elected || rank(n.peer, segment) > mine;
            }
            if not.contains(&connection) {
                continue;
            }
            supply.loading |= kept && n.is_loading(info_hash, segment.number);
            if n.native.is_some() || is_pending(n.greeted_at, now) {
                // Asked piece by piece, or as soon as it is known how.
                supply.busy |= n.holds(info_hash, segment.number);
                supply.by_pieces |= n.has_pieces(info_hash, segment.number);
                continue;
            }
            if !talk.holds(segment.number) {
                continue;
            }
            if talk.outstanding().is_some() {
                supply.busy = true;
                continue;
            }
            let candidate = Candidate { connection, rate: talk.rate(), rtt: talk.rtt() };
            let better = supply.best.is_none_or(|b| speed(&candidate) > speed(&b));
            if better {
                supply.best = Some(candidate);
            }
        }
        // How many play part by part nobody tells.
        let among = if segment.is_part() { near } else { self.population(segment.rendition) };
        supply.population = f64::from(among);
        supply.before = (u64::MAX - mine) as f64 / u64::MAX as f64 * supply.population;
        supply
    }

    /// Time is up for a segment: those who said that they were fetching it have nothing of it.
    pub fn waited_in_vain(&mut self, segment: SegmentId) {
        let Some(info_hash) = self.info_hash(segment) else { return };
        for n in self.links.iter_mut().filter_map(|(_, link)| link.neighbour_mut()) {
            let nothing = n.is_loading(info_hash, segment.number) && !n.has_pieces(info_hash, segment.number);
            n.in_vain += u32::from(nothing);
        }
    }

    /// Asks a neighbour for a segment from byte `from` on.
    pub fn ask(
        &mut self,
        connection: ConnectionId,
        segment: SegmentId,
        from: u64,
        length: Option<u64>,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        if let Some(n) = self.links.get_mut(&connection).and_then(Link::neighbour_mut) {
            send(connection, n.talk.ask(segment.number, from, length, now), orders);
        }
    }

    /// Takes a request back.
    pub fn cancel(&mut self, connection: ConnectionId, now: Instant, orders: &mut Orders<P>) {
        if let Some(n) = self.links.get_mut(&connection).and_then(Link::neighbour_mut) {
            send(connection, n.talk.cancel(now), orders);
        }
    }

    /// When the neighbour was asked or last sent something of what it was asked for.
    #[must_use]
    pub fn heard_at(&self, connection: ConnectionId) -> Option<Instant> {
        self.links.get(&connection)?.neighbour()?.talk.outstanding().map(|o| o.heard_at)
    }

    /// What a neighbour delivers at, and its round trip.
    #[must_use]
    pub fn pace(&self, connection: ConnectionId) -> (Option<Bitrate>, Millis) {
        match self.links.get(&connection).and_then(Link::neighbour) {
            Some(n) => (n.talk.rate(), n.talk.rtt()),
            None => (None, Millis(0)),
        }
    }

    /// A neighbour kept silent when asked: its request is taken back, and one that does so repeatedly is left.
    pub fn give_up(&mut self, connection: ConnectionId, now: Instant, orders: &mut Orders<P>) {
        let Some(n) = self.links.get_mut(&connection).and_then(Link::neighbour_mut) else {
            return;
        };
        send(connection, n.talk.time_out(now), orders);
        if n.talk.timeouts() >= SILENCES {
            let peer = n.peer;
            self.offences.note(peer, Offence::Silent);
            self.close(connection, orders);
        }
    }
}

/// Unproven neighbours come after proven ones, but before slow ones: everybody gets a first chance.
fn speed(c: &Candidate) -> f64 {
    c.rate.map_or(1_000_000.0, |r| r.0)
}

/// Rendezvous hash (highest random weight): every viewer computes the same order for a segment, a different one
/// for each. SplitMix64's finaliser over the peer id and the segment number.
pub(super) fn rank(peer: PeerId, segment: SegmentId) -> u64 {
    let seed = peer.0.iter().fold(segment.number, |h, &b| mix(h ^ u64::from(b)));
    mix(seed)
}
