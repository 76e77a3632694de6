//! Who is here and who has what: one room per rendition in use, its neighbours, and what they hold. Decides
//! whom to connect to and whom to leave; what to fetch from whom is for `transfer`, what to give for `share`.

pub mod naming;
pub mod peer;
pub mod rendezvous;
pub mod wire;

mod link;
mod seat;
mod signalling;

use super::config::{Bitrate, Config};
use super::contract::{Orders, Output};
use super::id::{ConnectionId, Counter, RenditionId, SegmentId, TrackerId};
use super::payload::Payload;
use super::time::{Instant, Millis};
use link::Link;
use litemap::LiteMap;
use naming::{InfoHash, PeerId};
use peer::Heard;
use seat::{Seat, Tracker};
use wire::{Command, v2};

/// Silences in a row after which a neighbour is of no use.
const SILENCES: u32 = 3;
/// RTCPeerConnections that may be made at once, and how fast the allowance returns: browsers keep closed ones
/// until garbage is collected and refuse beyond about 500.
const CONNECTIONS_AT_ONCE: f64 = 60.0;
const CONNECTIONS_PER_MS: f64 = 20.0 / 600_000.0;

/// Everything this page does with other viewers.
pub struct Swarm<P: Payload> {
    me: PeerId,
    max_peers: usize,
    offers_per_announce: usize,
    lean_patience: Millis,
    chance: Chance,
    trackers: LiteMap<TrackerId, Tracker>,
    rooms: LiteMap<InfoHash, Room>,
    links: LiteMap<ConnectionId, Link<P>>,
    banned: Vec<PeerId>,
    allowance: (f64, Instant),
    /// Nothing is announced while nothing may be uploaded.
    silent: bool,
    /// The page is hidden away: no socket, no neighbour, rooms kept for the return.
    away: bool,
}

/// Where the viewers of a rendition meet.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// The swarm's name.
    pub info_hash: InfoHash,
    /// WebSocket URLs.
    pub trackers: Vec<String>,
    /// STUN and TURN URLs.
    pub ice_servers: Vec<String>,
}

/// A swarm we are in.
struct Room {
    rendition: RenditionId,
    ice_servers: Vec<String>,
    seats: LiteMap<TrackerId, Seat>,
    joined_at: Instant,
    content: Content,
    stale: bool,
}

/// What we can tell of a rendition, by segment number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Verified and shareable.
    pub held: Vec<u64>,
    /// Being fetched from the origin.
    pub loading: Vec<u64>,
}

/// What the neighbours can do for one segment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Supply {
    /// The best neighbour that holds it and is not busy for us.
    pub best: Option<Candidate>,
    /// Somebody holds it but is busy for us.
    pub busy: bool,
    /// Somebody is fetching it from the origin.
    pub loading: bool,
    /// Another viewer is first in line to fetch it from the origin.
    pub elected_elsewhere: bool,
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

/// What a neighbour said that others have to act on.
pub struct News<P> {
    /// Which.
    pub connection: ConnectionId,
    /// Of which rendition its numbers speak.
    pub rendition: RenditionId,
    /// What.
    pub heard: Heard<P>,
}

impl<P: Payload> Swarm<P> {
    /// A page in no swarm.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut chance = Chance(config.seed);
        Self {
            me: PeerId::from_seed(chance.next()),
            max_peers: config.max_peers,
            offers_per_announce: config.offers_per_announce,
            lean_patience: config.lean_patience,
            chance,
            trackers: LiteMap::new(),
            rooms: LiteMap::new(),
            links: LiteMap::new(),
            banned: Vec::new(),
            allowance: (CONNECTIONS_AT_ONCE, Instant::ZERO),
            silent: false,
            away: false,
        }
    }

    /// Joins the swarm of a rendition, once.
    pub fn join(
        &mut self,
        rendition: RenditionId,
        meeting: &Meeting,
        ids: &mut Counter,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let info_hash = meeting.info_hash;
        if self.rooms.contains_key(&info_hash) {
            return;
        }
        let room = Room {
            rendition,
            ice_servers: meeting.ice_servers.clone(),
            seats: LiteMap::new(),
            joined_at: now,
            content: Content::default(),
            stale: false,
        };
        self.rooms.insert(info_hash, room);
        for url in &meeting.trackers {
            let tracker = self.tracker(url, ids, orders);
            if let Some(room) = self.rooms.get_mut(&info_hash) {
                room.seats.insert(tracker, Seat::new());
            }
            self.sit_down(info_hash, tracker, ids, now, orders);
        }
    }

    /// Leaves every swarm whose rendition is not wanted any more.
    pub fn retain(&mut self, wanted: impl Fn(RenditionId) -> bool, now: Instant, orders: &mut Orders<P>) {
        let gone: Vec<InfoHash> =
            self.rooms.iter().filter(|(_, r)| !wanted(r.rendition)).map(|(&h, _)| h).collect();
        for info_hash in gone {
            self.stand_up(info_hash, now, orders);
            self.rooms.remove(&info_hash);
            self.close_links(|l| l.info_hash == info_hash, orders);
        }
        let rooms = &self.rooms;
        self.trackers.retain(|tracker, t| {
            let used = rooms.values().any(|r| r.seats.contains_key(tracker));
            if !used && t.socket.is_held() {
                orders.push_back(Output::CloseTracker { tracker: *tracker });
            }
            used
        });
    }

    /// Renditions whose swarms we are in.
    pub fn renditions(&self) -> impl Iterator<Item = RenditionId> + '_ {
        self.rooms.values().map(|r| r.rendition)
    }

    /// Connected viewers among `renditions`.
    #[must_use]
    pub fn peers(&self, among: impl Fn(RenditionId) -> bool) -> u32 {
        self.links
            .values()
            .filter(|l| l.neighbour().is_some())
            .filter(|l| self.rooms.get(&l.info_hash).is_some_and(|r| among(r.rendition)))
            .count() as u32
    }

    /// Whether a tracker has answered for this rendition.
    #[must_use]
    pub fn is_known(&self, rendition: RenditionId) -> bool {
        self.room(rendition).is_some_and(|r| r.seats.values().any(|s| s.answered_at.is_some()))
    }

    /// Whether more is to be heard of this rendition within moments: a first neighbour may still turn up (within
    /// the patience after its tracker answered that others are there, and as long for the tracker to answer at
    /// all), or one is here and has not said yet what it holds.
    #[must_use]
    pub fn may_find_someone(&self, rendition: RenditionId, now: Instant) -> bool {
        let Some(room) = self.room(rendition) else {
            return false;
        };
        let fresh = |at: Instant| now.since(at) < self.lean_patience;
        if self.has_neighbour(rendition) {
            let mut links = self.links.values().filter(|l| self.is_in(l, rendition));
            return links.any(|l| fresh(l.since) && l.neighbour().is_some_and(|n| !n.announced));
        }
        !self.away
            && room.seats.values().any(|seat| match seat.answered_at {
                Some(at) => seat.population > 1 && fresh(at),
                None => fresh(room.joined_at),
            })
    }

    /// Whether anybody is connected in this rendition's swarm.
    #[must_use]
    pub fn has_neighbour(&self, rendition: RenditionId) -> bool {
        self.neighbours(rendition).next().is_some()
    }

    /// What the neighbours can do for a segment; those in `not` are not asked again.
    #[must_use]
    pub fn supply(&self, segment: SegmentId, not: &[ConnectionId]) -> Supply {
        let mut supply = Supply::default();
        let mine = rank(self.me, segment);
        for (connection, n) in self.neighbours(segment.rendition) {
            let talk = &n.talk;
            // Whoever has come as far as this segment needs it as soon as we do; others are no candidates.
            let near = |number| talk.holds(number) || talk.is_loading(number);
            supply.elected_elsewhere |= n.peer.looks_like_sprat()
                && segment.number.checked_sub(1).is_some_and(near)
                && rank(n.peer, segment) > mine;
            if not.contains(&connection) {
                continue;
            }
            supply.loading |= talk.is_loading(segment.number);
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
        supply
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
            self.close(connection, orders);
        }
    }

    /// Who is at the other end of a connection.
    #[must_use]
    pub fn peer(&self, connection: ConnectionId) -> Option<PeerId> {
        self.links.get(&connection)?.peer()
    }

    /// Leaves a viewer who lied, for the life of the page.
    pub fn ban(&mut self, peer: PeerId, orders: &mut Orders<P>) {
        self.banned.push(peer);
        self.close_links(|l| l.peer() == Some(peer), orders);
    }

    /// What we hold or are fetching of a rendition has changed; told to the neighbours by [`Self::announce`].
    pub fn set_content(&mut self, rendition: RenditionId, content: Content) {
        if let Some((_, room)) = self.rooms.iter_mut().find(|(_, r)| r.rendition == rendition)
            && room.content != content
        {
            room.content = content;
            room.stale = true;
        }
    }

    /// Whether nothing may be uploaded, and hence nothing is announced.
    pub fn set_silent(&mut self, silent: bool) {
        if self.silent != silent {
            self.silent = silent;
            self.rooms.iter_mut().for_each(|(_, r)| r.stale = true);
        }
    }

    /// Tells the neighbours what changed.
    pub fn announce(&mut self, orders: &mut Orders<P>) {
        for (info_hash, room) in self.rooms.iter_mut().filter(|(_, r)| r.stale) {
            room.stale = false;
            let frames = v2::encode(&announcement(&room.content, self.silent), v2::MAX_MESSAGE);
            for (&connection, link) in &self.links {
                if link.info_hash == *info_hash && link.neighbour().is_some() {
                    send(connection, frames.clone(), orders);
                }
            }
        }
    }

    /// A binary message came.
    pub fn hear(
        &mut self,
        connection: ConnectionId,
        message: &P,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<News<P>> {
        let link = self.links.get_mut(&connection)?;
        let rendition = self.rooms.get(&link.info_hash)?.rendition;
        let neighbour = link.neighbour_mut()?;
        let heard = neighbour.talk.hear(message, now)?;
        neighbour.announced |= matches!(heard, Heard::Availability);
        if matches!(heard, Heard::Broke(_)) {
            self.close(connection, orders);
        }
        Some(News { connection, rendition, heard })
    }

    /// Closes one connection.
    fn close(&mut self, connection: ConnectionId, orders: &mut Orders<P>) {
        if self.links.remove(&connection).is_some() {
            orders.push_back(Output::CloseConnection { connection });
        }
    }

    fn close_links(&mut self, which: impl Fn(&Link<P>) -> bool, orders: &mut Orders<P>) {
        self.links.retain(|&connection, link| {
            let gone = which(link);
            if gone {
                orders.push_back(Output::CloseConnection { connection });
            }
            !gone
        });
    }

    /// Whether a connection that `transfer` or `share` still speaks of is open.
    #[must_use]
    pub fn is_open(&self, connection: ConnectionId) -> bool {
        self.links.get(&connection).is_some_and(|l| l.neighbour().is_some())
    }

    fn room(&self, rendition: RenditionId) -> Option<&Room> {
        self.rooms.values().find(|r| r.rendition == rendition)
    }

    fn is_in(&self, link: &Link<P>, rendition: RenditionId) -> bool {
        self.rooms.get(&link.info_hash).is_some_and(|r| r.rendition == rendition)
    }

    fn neighbours(
        &self,
        rendition: RenditionId,
    ) -> impl Iterator<Item = (ConnectionId, &link::Neighbour<P>)> + '_ {
        self.links
            .iter()
            .filter(move |(_, link)| self.is_in(link, rendition))
            .filter_map(|(&connection, link)| Some((connection, link.neighbour()?)))
    }
}

fn announcement(content: &Content, silent: bool) -> Command {
    let content = if silent { Content::default() } else { content.clone() };
    Command::Announcement { held: content.held, loading: content.loading }
}

fn send<P>(connection: ConnectionId, frames: Vec<Vec<u8>>, orders: &mut Orders<P>) {
    orders.extend(frames.into_iter().map(|message| Output::Send { connection, message }));
}

/// Unproven neighbours come after proven ones, but before slow ones: everybody gets a first chance.
fn speed(c: &Candidate) -> f64 {
    c.rate.map_or(1_000_000.0, |r| r.0)
}

/// Rendezvous hash (highest random weight): every viewer computes the same order for a segment, a different one
/// for each. SplitMix64's finaliser over the peer id and the segment number.
fn rank(peer: PeerId, segment: SegmentId) -> u64 {
    let seed = peer.0.iter().fold(segment.number, |h, &b| mix(h ^ u64::from(b)));
    mix(seed)
}

fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The engine's dice: the same throws for the same seed.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(1);
        mix(self.0)
    }

    /// In 0..1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
