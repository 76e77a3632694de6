//! From an offer to an open channel, and its end: what follows when candidates are gathered, a channel opens, a
//! connection closes.

use super::candidates::outgoing;
use super::conduct::Conduct;
use super::link::{Link, Neighbour, State, stays};
use super::naming::{InfoHash, PeerId};
use super::peer::Conversation;
use super::rendezvous;
use super::seat::{Phase, STRAGGLERS, Socket};
use super::wire::v2::MAX_MESSAGE;
use super::{Swarm, send};
use crate::engine::contract::{Orders, Output};
use crate::engine::id::ConnectionId;
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};

/// How long after a channel opened what we hold is told once more, in case the first message was lost.
const REPEAT: Millis = Millis(1_000);
/// How long the connection that loses stays open: what was asked over it may still come, and the other end may not know
/// of the one that stays yet.
const PARTING: Millis = Millis(2_000);
/// Attempts in a row that came to nothing after which it is not the other end: that may be gone, or behind a bad NAT.
const UNREACHED: u32 = 2;
/// How long a browser that cannot make a connection is not asked for offers: each costs it a constructor.
const BARREN: Millis = Millis(5 * 60_000);

impl<P: Payload> Swarm<P> {
    /// An offer of ours has its candidates.
    pub fn offer_ready(
        &mut self,
        connection: ConnectionId,
        sdp: String,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let offer_id = rendezvous::offer_id(self.chance.next());
        self.barren_until = None;
        let Some(link) = self.links.get_mut(&connection) else {
            return;
        };
        let State::Gathering { tracker } = link.state else {
            return;
        };
        let info_hash = link.info_hash;
        let which = self.rooms.get(&info_hash).map_or_else(Default::default, |r| r.ice.candidates);
        link.state = State::Offered { tracker, offer_id, sdp: outgoing(&sdp, which) };
        let Some(seat) = self.rooms.get_mut(&info_hash).and_then(|r| r.seats.get_mut(&tracker)) else {
            return;
        };
        let Phase::Gathering { offers, until } = &mut seat.phase else {
            return;
        };
        *until = (*until).min(now + STRAGGLERS);
        let links = &self.links;
        let all =
            offers.iter().all(|c| links.get(c).is_none_or(|l| !matches!(l.state, State::Gathering { .. })));
        if all {
            self.announce_to(info_hash, tracker, now, orders);
        }
    }

    /// An answer of ours has its candidates.
    pub fn answer_ready(
        &mut self,
        connection: ConnectionId,
        sdp: &str,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let Some(link) = self.links.get_mut(&connection) else {
            return;
        };
        let State::Answering { tracker, peer, ref offer_id } = link.state else {
            return;
        };
        let which = self.rooms.get(&link.info_hash).map_or_else(Default::default, |r| r.ice.candidates);
        let text = rendezvous::answer(link.info_hash, self.me, peer, offer_id, &outgoing(sdp, which));
        self.barren_until = None;
        let told = self
            .trackers
            .get_mut(&tracker)
            .is_some_and(|t| t.socket == Socket::Open && t.may_answer(now) && t.may_speak(now));
        if told {
            link.state = State::Connecting { peer, ours: false };
            link.since = now;
            orders.push_back(Output::TellTracker { tracker, text });
        } else {
            self.close(connection, orders);
        }
    }

    /// A channel opened: the other end learns at once what we hold.
    pub fn channel_opened(&mut self, connection: ConnectionId, now: Instant, orders: &mut Orders<P>) {
        let Some(link) = self.links.get(&connection) else {
            return;
        };
        let State::Connecting { peer, ours } = link.state else {
            return;
        };
        let info_hash = link.info_hash;
        self.unreached = 0;
        let mut closes_at = None;
        let mut others = self.links.iter_mut().filter(|(_, l)| l.is_in(info_hash));
        if let Some(other) =
            others.find_map(|(_, l)| l.neighbour_mut().filter(|n| n.peer == peer && n.closes_at.is_none()))
        {
            // Strangers keep the one that opened first, as we then do too.
            if !peer.looks_like_sprat() {
                return self.close(connection, orders);
            }
            let newcomer_stays = ours != other.ours && stays(ours, self.me, peer);
            let loser = if newcomer_stays { &mut other.closes_at } else { &mut closes_at };
            *loser = Some(now + PARTING);
        }
        let Some(room) = self.rooms.get(&info_hash) else {
            return;
        };
        if let Some(link) = self.links.get_mut(&connection) {
            let talk = Conversation::in_dialect(room.dialect.clone(), MAX_MESSAGE);
            link.state = State::Open(Box::new(Neighbour {
                peer,
                ours,
                announced: false,
                received: 0,
                gives: false,
                useful_at: now,
                closes_at,
                repeat_at: Some(now + REPEAT),
                talk,
                conduct: Conduct::default(),
                in_vain: 0,
                greeted_at: None,
                native: None,
            }));
            link.since = now;
        }
        self.greet(connection, now, orders);
        let Some(room) = self.rooms.get(&info_hash) else { return };
        send(connection, room.hello(self.silent), orders);
    }

    /// Tells new neighbours once more what we hold.
    pub(super) fn repeat_hellos(&mut self, now: Instant, orders: &mut Orders<P>) {
        let mut again = Vec::new();
        for (&connection, link) in &mut self.links {
            let Some(room) = self.rooms.get(&link.info_hash) else { continue };
            let Some(neighbour) = link.neighbour_mut() else { continue };
            if neighbour.repeat_at.is_some_and(|at| at <= now) {
                neighbour.repeat_at = None;
                again.push(connection);
                send(connection, room.hello(self.silent), orders);
            }
        }
        again.into_iter().for_each(|connection| self.greet(connection, now, orders));
    }

    /// Offer and answer were exchanged, and no channel came of it.
    pub(super) fn failed(&mut self, (info_hash, peer, ours): (InfoHash, PeerId, bool)) {
        self.unreached += 1;
        if let Some(room) = self.rooms.get_mut(&info_hash).filter(|_| !ours) {
            room.seats.iter_mut().for_each(|(_, seat)| seat.answered_in_vain(peer));
        }
    }

    /// Whether viewers were tried and none could be reached: a network, or a browser, that lets nobody near.
    pub(super) fn reaches_nobody(&self) -> bool {
        self.unreached >= UNREACHED && !self.links.values().any(Link::is_staying)
    }

    /// A connection closed, failed, or could not be made.
    pub fn connection_closed(&mut self, connection: ConnectionId, now: Instant, orders: &mut Orders<P>) {
        let Some(link) = self.links.remove(&connection) else {
            return;
        };
        if matches!(link.state, State::Gathering { .. } | State::Answering { .. }) {
            self.barren_until = Some(now + BARREN);
        }
        link.attempt().into_iter().for_each(|attempt| self.failed(attempt));
        if link.is_staying() {
            self.miss(link.info_hash, now);
        }
        if let State::Gathering { tracker } = link.state {
            let waiting = self.seat(link.info_hash, tracker).is_some_and(|s| match &s.phase {
                Phase::Gathering { offers, .. } => offers.contains(&connection),
                Phase::Away | Phase::Seated { .. } => false,
            });
            let others = self.links.values().any(|l| {
                l.info_hash == link.info_hash
                    && matches!(l.state, State::Gathering { tracker: t } if t == tracker)
            });
            if waiting && !others {
                self.announce_to(link.info_hash, tracker, now, orders);
            }
        }
    }
}
