//! Meeting other viewers: tracker sockets and announces, in WebTorrent's protocol without trickle ICE. What follows
//! an offer or an answer is in `handshake`.

use super::candidates::incoming;
use super::certificates::Seen;
use super::conduct::ANSWERS_AT_ONCE;
use super::link::{Link, State};
use super::naming::{InfoHash, PeerId};
use super::offence::Offence;
use super::rendezvous::{self, AnnounceEvent, Offer, TrackerMessage};
use super::seat::{GATHERING, Phase, Socket, Tracker};
use super::{CONNECTIONS_AT_ONCE, CONNECTIONS_PER_MS, Swarm};
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{ConnectionId, Counter, TrackerId};
use crate::engine::payload::Payload;
use crate::engine::time::Instant;

impl Socket {
    /// Whether the driver has a socket for it.
    pub(super) fn is_held(self) -> bool {
        matches!(self, Self::Opening | Self::Open)
    }
}

impl<P: Payload> Swarm<P> {
    /// The tracker at `url`, its socket opened if it is new.
    pub(super) fn tracker(&mut self, url: &str, ids: &mut Counter, orders: &mut Orders<P>) -> TrackerId {
        if let Some((&id, _)) = self.trackers.iter().find(|(_, t)| t.url == url) {
            return id;
        }
        let tracker = TrackerId(ids.draw());
        self.trackers.insert(tracker, Tracker::new(url.into()));
        orders.push_back(Output::OpenTracker { tracker, url: url.into() });
        tracker
    }

    /// Makes offers for a swarm at a tracker, as many as there are places for neighbours; none needed, or none
    /// possible: announces without. Each is a connection that the browser makes, wanted or not.
    pub(super) fn sit_down(
        &mut self,
        info_hash: InfoHash,
        tracker: TrackerId,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        if self.away || self.trackers.get(&tracker).is_none_or(|t| t.socket != Socket::Open) {
            return;
        }
        let neighbours = self.links.values().filter(|l| l.is_neighbour()).count();
        let barren = self.barren_until.is_some_and(|until| now < until);
        let Some(room) = self.rooms.get(&info_hash) else {
            return;
        };
        let (ice, pays) = (room.ice.clone(), room.pays());
        // All whom the trackers tell of are here. Who comes makes offers, and were there more the answer would say so.
        let here = self.neighbours(room.rendition).count();
        let all_here = here > 0 && here + 1 >= room.population() as usize;
        let full = neighbours >= self.max_peers;
        let places = if full { self.idle(now).count() } else { self.max_peers - neighbours };
        let wanted = if barren || !pays || all_here { 0 } else { places.min(self.offers_per_announce) };
        // Offers of the last announce that nobody took are of no use any more.
        self.close_links(
            |l| {
                l.info_hash == info_hash
                    && matches!(l.state, State::Offered { tracker: t, .. } | State::Gathering { tracker: t } if t == tracker)
            },
            orders,
        );
        let mut offers = Vec::new();
        for _ in 0..wanted {
            if !self.take_allowance(now) {
                break;
            }
            let connection = ConnectionId(ids.draw());
            self.links.insert(connection, Link::new(info_hash, State::Gathering { tracker }, now));
            orders.push_back(Output::CreateOffer { connection, ice: ice.clone() });
            offers.push(connection);
        }
        let none = offers.is_empty();
        if let Some(seat) = self.seat(info_hash, tracker) {
            seat.phase = Phase::Gathering { offers, until: if none { now } else { now + GATHERING } };
        }
        if none {
            self.announce_to(info_hash, tracker, now, orders);
        }
    }

    /// Sends the announce with the offers that are ready.
    pub(super) fn announce_to(
        &mut self,
        info_hash: InfoHash,
        tracker: TrackerId,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let Some(seat) = self.rooms.get_mut(&info_hash).and_then(|r| r.seats.get_mut(&tracker)) else {
            return;
        };
        let Phase::Gathering { offers, .. } = std::mem::replace(&mut seat.phase, Phase::Away) else {
            return;
        };
        let event = if seat.started { AnnounceEvent::Periodic } else { AnnounceEvent::Started };
        seat.announced(now);
        let ready: Vec<Offer> = offers
            .iter()
            .filter_map(|c| match &self.links.get(c)?.state {
                State::Offered { offer_id, sdp, .. } => {
                    Some(Offer { id: offer_id.clone(), sdp: sdp.clone() })
                }
                _ => None,
            })
            .collect();
        let text = rendezvous::announce(info_hash, self.me, event, self.offers_per_announce, &ready);
        if self.trackers.get_mut(&tracker).is_some_and(|t| t.may_speak(now)) {
            orders.push_back(Output::TellTracker { tracker, text });
        }
    }

    /// Says goodbye to the trackers of a swarm.
    pub(super) fn stand_up(&mut self, info_hash: InfoHash, now: Instant, orders: &mut Orders<P>) {
        let Some(room) = self.rooms.get_mut(&info_hash) else {
            return;
        };
        for (&tracker, seat) in &mut room.seats {
            let Some(t) = self.trackers.get_mut(&tracker) else {
                continue;
            };
            if seat.started && t.socket == Socket::Open && t.may_speak(now) {
                let text = rendezvous::announce(info_hash, self.me, AnnounceEvent::Stopped, 0, &[]);
                orders.push_back(Output::TellTracker { tracker, text });
            }
            seat.lost();
        }
    }

    /// A socket opened.
    pub fn tracker_opened(
        &mut self,
        tracker: TrackerId,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let Some(t) = self.trackers.get_mut(&tracker) else {
            return;
        };
        t.socket = Socket::Open;
        for info_hash in self.rooms.keys().copied().collect::<Vec<_>>() {
            if self.seat(info_hash, tracker).is_some() {
                self.sit_down(info_hash, tracker, ids, now, orders);
            }
        }
    }

    /// A socket was lost. Neighbours stay: they do not need the tracker any more.
    pub fn tracker_closed(&mut self, tracker: TrackerId, now: Instant, orders: &mut Orders<P>) {
        let jitter = self.chance.unit();
        let Some(t) = self.trackers.get_mut(&tracker) else {
            return;
        };
        t.lost(jitter, now);
        for (_, room) in self.rooms.iter_mut() {
            if let Some(seat) = room.seats.get_mut(&tracker) {
                seat.lost();
            }
        }
        self.close_links(
            |l| matches!(l.state, State::Gathering { tracker: t } | State::Offered { tracker: t, .. } | State::Answering { tracker: t, .. } if t == tracker),
            orders,
        );
    }

    /// A tracker said something. Garbage is ignored: the next announce will show whether it recovers.
    pub fn tracker_said(
        &mut self,
        tracker: TrackerId,
        text: &str,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let Ok(message) = rendezvous::parse(text) else {
            return;
        };
        if let Some(t) = self.trackers.get_mut(&tracker) {
            t.is_sound();
        }
        match message {
            TrackerMessage::Announced { info_hash, interval_s, complete, incomplete } => {
                let of_room = |l: &&Link<P>| l.is_in(info_hash) && l.is_neighbour();
                let neighbours = self.links.values().filter(of_room).count();
                let company = (neighbours, self.max_peers);
                let paid = self.rooms.get(&info_hash).is_some_and(super::Room::pays);
                if let Some(seat) = self.seat(info_hash, tracker) {
                    seat.answered(interval_s, complete.saturating_add(incomplete), company, now);
                }
                if !paid && self.rooms.get(&info_hash).is_some_and(super::Room::pays) {
                    self.sit_down(info_hash, tracker, ids, now, orders);
                }
            }
            TrackerMessage::Offer { info_hash, peer_id, offer_id, sdp } => {
                let Some(room) = self.rooms.get(&info_hash) else {
                    return;
                };
                let (ice, pays) = (room.ice.clone(), room.pays());
                let neighbours = self.links.values().filter(|l| l.is_neighbour()).count();
                // While our own offer to them is being answered, theirs can wait for the next announce.
                let met = self.links.values().any(|l| l.is_in(info_hash) && l.peer() == Some(peer_id));
                let welcome = pays && peer_id != self.me && !met && !self.banned.contains(&peer_id);
                let welcome = self.is_plausible(tracker, peer_id, &sdp, now) && welcome;
                let place = neighbours < self.max_peers || self.idle(now).next().is_some();
                let place = place && self.may_answer(info_hash, tracker, peer_id, now);
                if welcome && place && !self.away && self.take_allowance(now) {
                    self.make_way(now, orders);
                    let sdp = incoming(sdp, ice.candidates);
                    let connection = ConnectionId(ids.draw());
                    let state = State::Answering { tracker, peer: peer_id, offer_id };
                    self.links.insert(connection, Link::new(info_hash, state, now));
                    orders.push_back(Output::CreateAnswer { connection, ice, offer: sdp });
                }
            }
            TrackerMessage::Answer { info_hash, peer_id, offer_id, sdp } => {
                let Some((&connection, _)) = self.links.iter().find(|(_, l)| {
                    l.info_hash == info_hash
                        && matches!(&l.state, State::Offered { offer_id: o, .. } if *o == offer_id)
                }) else {
                    return;
                };
                let open = self
                    .links
                    .values()
                    .any(|l| l.is_in(info_hash) && l.neighbour().is_some_and(|n| n.peer == peer_id));
                let which = self.rooms.get(&info_hash).map_or_else(Default::default, |r| r.ice.candidates);
                let poses = self.poses(peer_id, &sdp);
                if open || poses || self.banned.contains(&peer_id) || !self.make_way(now, orders) {
                    self.close(connection, orders);
                } else if let Some(link) = self.links.get_mut(&connection) {
                    link.state = State::Connecting { peer: peer_id, ours: true };
                    link.since = now;
                    orders.push_back(Output::AcceptAnswer { connection, sdp: incoming(sdp, which) });
                }
            }
            TrackerMessage::Refused { info_hash, .. } => {
                let here: Vec<InfoHash> =
                    info_hash.map_or_else(|| self.rooms.keys().copied().collect(), |h| vec![h]);
                for info_hash in here {
                    if let Some(seat) = self.seat(info_hash, tracker) {
                        seat.refused(now);
                    }
                }
            }
            TrackerMessage::Warning(_) => {}
        }
    }

    /// The page is left: everything is closed, with a word to the trackers.
    pub fn leave_page(&mut self, now: Instant, orders: &mut Orders<P>) {
        self.away = true;
        for info_hash in self.rooms.keys().copied().collect::<Vec<_>>() {
            self.stand_up(info_hash, now, orders);
        }
        self.close_links(|_| true, orders);
        for (&tracker, t) in &mut self.trackers {
            if t.socket.is_held() {
                orders.push_back(Output::CloseTracker { tracker });
            }
            t.socket = Socket::Lost { reopen_at: Instant::from_millis(u64::MAX) };
        }
    }

    /// The page came back: the trackers are opened again.
    pub fn return_to_page(&mut self, orders: &mut Orders<P>) {
        if std::mem::take(&mut self.away) {
            for (&tracker, t) in &mut self.trackers {
                t.socket = Socket::Opening;
                orders.push_back(Output::OpenTracker { tracker, url: t.url.clone() });
            }
        }
    }

    /// What is due: announces, sockets to reopen, steps that took too long.
    pub fn wake(&mut self, ids: &mut Counter, now: Instant, orders: &mut Orders<P>) {
        for (&tracker, t) in &mut self.trackers {
            if matches!(t.socket, Socket::Lost { reopen_at } if reopen_at <= now) && !self.away {
                t.socket = Socket::Opening;
                orders.push_back(Output::OpenTracker { tracker, url: t.url.clone() });
            }
        }
        let late = |l: &Link<P>| l.expires().is_some_and(|at| at <= now);
        let failed: Vec<_> = self.links.values().filter(|l| late(l)).filter_map(Link::attempt).collect();
        failed.into_iter().for_each(|attempt| self.failed(attempt));
        self.close_links(late, orders);
        self.repeat_hellos(now, orders);
        self.leave_half(now, orders);
        let due: Vec<(InfoHash, TrackerId, bool)> = self
            .rooms
            .iter()
            .flat_map(|(&h, r)| r.seats.iter().map(move |(&t, s)| (h, t, s)))
            .filter(|(_, _, s)| s.next_wakeup().is_some_and(|at| at <= now))
            .map(|(h, t, s)| (h, t, matches!(s.phase, Phase::Gathering { .. })))
            .collect();
        for (info_hash, tracker, gathering) in due {
            if gathering {
                self.announce_to(info_hash, tracker, now, orders);
            } else {
                self.sit_down(info_hash, tracker, ids, now, orders);
            }
        }
    }

    /// When the next thing is due.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<Instant> {
        if self.away {
            return None;
        }
        let seats = self.rooms.values().flat_map(|r| r.seats.values()).filter_map(super::Seat::next_wakeup);
        let sockets = self.trackers.values().filter_map(|t| match t.socket {
            Socket::Lost { reopen_at } => Some(reopen_at),
            Socket::Opening | Socket::Open => None,
        });
        let links = self.links.values().filter_map(|l| l.expires().or(l.neighbour()?.repeat_at));
        seats.chain(sockets).chain(links).chain(self.news_due()).min()
    }

    pub(super) fn seat(&mut self, info_hash: InfoHash, tracker: TrackerId) -> Option<&mut super::Seat> {
        self.rooms.get_mut(&info_hash)?.seats.get_mut(&tracker)
    }

    /// Whether an offer may be what it seems: of one viewer among as many as the tracker may bring.
    fn is_plausible(&mut self, tracker: TrackerId, peer: PeerId, sdp: &str, now: Instant) -> bool {
        if let Some(t) = self.trackers.get_mut(&tracker)
            && t.offered.one_more(now)
        {
            self.offences.note_tracker(&t.url);
        }
        !self.poses(peer, sdp)
    }

    /// Whether a description is of one viewer under many names.
    fn poses(&mut self, peer: PeerId, sdp: &str) -> bool {
        let seen = self.certificates.seen(sdp, peer);
        if seen == Seen::Posing {
            self.offences.note(peer, Offence::Posed);
        }
        seen != Seen::Sound
    }

    /// Whether there is room for one more answer: in the tracker's budget, and among those that may come to nothing.
    fn may_answer(&mut self, info_hash: InfoHash, tracker: TrackerId, peer: PeerId, now: Instant) -> bool {
        let under_way = self.links.values().filter(|l| l.info_hash == info_hash && l.is_answer()).count();
        under_way < ANSWERS_AT_ONCE
            && self.trackers.get_mut(&tracker).is_some_and(|t| t.may_answer(now))
            && self.seat(info_hash, tracker).is_some_and(|s| s.may_answer(peer))
    }

    /// Takes one RTCPeerConnection out of the allowance.
    fn take_allowance(&mut self, now: Instant) -> bool {
        let (left, at) = self.allowance;
        let left = (left + now.since(at).0 as f64 * CONNECTIONS_PER_MS).min(CONNECTIONS_AT_ONCE);
        let may = left >= 1.0;
        self.allowance = (if may { left - 1.0 } else { left }, now);
        may
    }
}
