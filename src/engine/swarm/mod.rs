//! Who is here and who has what: one room per rendition in use, its neighbours, and what they hold. Decides
//! whom to connect to and whom to leave; what to fetch from whom is for `transfer`, what to give for `share`.

pub mod candidates;
pub mod naming;
pub mod native;
pub mod peer;
pub mod rendezvous;
pub mod wire;

mod certificates;
mod churn;
mod conduct;
mod handshake;
mod link;
mod offence;
mod seat;
mod signalling;
mod supply;

pub use supply::{Candidate, Supply};

use super::config::{Bitrate, Candidates, Config, Ice};
use super::contract::{Orders, Output};
use super::id::{ConnectionId, Counter, RenditionId, TrackerId};
use super::payload::Payload;
use super::time::{Instant, Millis};
use certificates::Certificates;
use link::Link;
use litemap::LiteMap;
use naming::{InfoHash, PeerId};
use offence::{Offence, Offences};
use peer::{Heard, Violation};
use seat::{Seat, Tracker};
use std::collections::VecDeque;
use wire::v2::MAX_MESSAGE;
use wire::{Command, Dialect};

/// RTCPeerConnections that may be made at once, and how fast the allowance returns: browsers keep closed ones
/// until garbage is collected and refuse beyond about 500.
const CONNECTIONS_AT_ONCE: f64 = 60.0;
const CONNECTIONS_PER_MS: f64 = 20.0 / 600_000.0;

/// Viewers who are not let in again: the latest, since whoever comes back under new names could go on for ever.
const MAX_BANNED: usize = 256;

/// Everything this page does with other viewers.
pub struct Swarm<P: Payload> {
    me: PeerId,
    max_peers: usize,
    /// The page is on a private network itself.
    local_page: bool,
    offers_per_announce: usize,
    lean_patience: Millis,
    chance: Chance,
    trackers: LiteMap<TrackerId, Tracker>,
    rooms: LiteMap<InfoHash, Room>,
    links: LiteMap<ConnectionId, Link<P>>,
    banned: VecDeque<PeerId>,
    certificates: Certificates,
    /// Whom the page is to be told of.
    pub offences: Offences,
    allowance: (f64, Instant),
    /// The browser last failed to make a connection: until then no offers, only answers.
    barren_until: Option<Instant>,
    /// Attempts to connect that came to nothing since the last that did not.
    unreached: u32,
    /// Nothing is announced while nothing may be uploaded.
    silent: bool,
    /// How our hello names what there is to upload with.
    uplink: u64,
    /// Some swarm was joined.
    met: bool,
    /// What we give at most.
    upload: Bitrate,
    /// Pieces that may be given, as far as it matters; and how many the neighbours know of, since when.
    spare: u64,
    told_spare: (u64, Instant),
    /// The page is hidden away: no socket, no neighbour, rooms kept for the return.
    away: bool,
}

/// Where the viewers of a rendition meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// The swarm's name.
    pub info_hash: InfoHash,
    /// What is spoken there.
    pub dialect: Dialect,
    /// WebSocket URLs.
    pub trackers: Vec<String>,
    /// How connections are made.
    pub ice: Ice,
    /// As long as a tracker tells of fewer viewers, nobody is connected to.
    pub min_viewers: u32,
}

/// A swarm we are in.
struct Room {
    rendition: RenditionId,
    dialect: Dialect,
    ice: Ice,
    min_viewers: u32,
    seats: LiteMap<TrackerId, Seat>,
    joined_at: Instant,
    content: Content,
    stale: bool,
    told: native::Told,
}

/// What we can tell of a rendition, by segment number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Verified and shareable.
    pub held: Vec<u64>,
    /// Being fetched from the origin.
    pub loading: Vec<u64>,
    /// Bytes of each that is held.
    pub lengths: Vec<u64>,
    /// How far others have come, in pieces that were verified.
    pub pieces: Vec<(u64, wire::native::Has)>,
}

/// What a neighbour said that others have to act on.
pub struct News<P> {
    /// Which.
    pub connection: ConnectionId,
    /// Of which rendition its numbers speak.
    pub rendition: RenditionId,
    /// How to answer.
    pub dialect: Dialect,
    /// What.
    pub heard: Heard<P>,
    /// With these bytes the download is complete: v1 has no word for it.
    pub last: bool,
}

impl<P: Payload> Swarm<P> {
    /// A page in no swarm.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut chance = Chance(config.seed);
        Self {
            me: PeerId::from_seed(chance.next()),
            max_peers: config.max_peers,
            local_page: candidates::is_private(&config.page_host),
            offers_per_announce: config.offers_per_announce,
            lean_patience: config.lean_patience,
            chance,
            trackers: LiteMap::new(),
            rooms: LiteMap::new(),
            links: LiteMap::new(),
            banned: VecDeque::new(),
            certificates: Certificates::default(),
            offences: Offences::default(),
            allowance: (CONNECTIONS_AT_ONCE, Instant::ZERO),
            barren_until: None,
            unreached: 0,
            silent: false,
            uplink: 3,
            met: false,
            upload: config.default_max_upload,
            spare: native::PLENTY,
            told_spare: (native::PLENTY, Instant::ZERO),
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
        self.met = true;
        let info_hash = meeting.info_hash;
        if self.rooms.contains_key(&info_hash) {
            return;
        }
        let room = Room {
            rendition,
            dialect: meeting.dialect.clone(),
            ice: match meeting.ice.candidates {
                Candidates::Public if self.local_page => {
                    Ice { candidates: Candidates::All, ..meeting.ice.clone() }
                }
                _ => meeting.ice.clone(),
            },
            min_viewers: meeting.min_viewers,
            seats: LiteMap::new(),
            joined_at: now,
            content: Content::default(),
            stale: false,
            told: native::Told::default(),
        };
        self.rooms.insert(info_hash, room);
        self.tell_joined(info_hash, orders);
        for url in &meeting.trackers {
            let tracker = self.tracker(url, ids, orders);
            if let Some(room) = self.rooms.get_mut(&info_hash) {
                room.seats.insert(tracker, Seat::new());
            }
            self.sit_down(info_hash, tracker, ids, now, orders);
        }
    }

    /// Whether some swarm was ever joined: before, there is nobody to ask about.
    #[must_use]
    pub const fn has_met(&self) -> bool {
        self.met
    }

    /// Leaves every swarm whose rendition is not wanted any more.
    pub fn retain(&mut self, wanted: impl Fn(RenditionId) -> bool, now: Instant, orders: &mut Orders<P>) {
        let gone: Vec<InfoHash> =
            self.rooms.iter().filter(|(_, r)| !wanted(r.rendition)).map(|(&h, _)| h).collect();
        for info_hash in gone {
            self.stand_up(info_hash, now, orders);
            self.rooms.remove(&info_hash);
            self.tell_left(info_hash, orders);
            self.move_on(info_hash);
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

    /// Whether we are in the swarm of a rendition, by this name of it.
    #[must_use]
    pub fn has_joined(&self, rendition: RenditionId) -> bool {
        self.room(rendition).is_some()
    }

    /// Renditions whose swarms we are in.
    pub fn renditions(&self) -> impl Iterator<Item = RenditionId> + '_ {
        self.rooms.values().map(|r| r.rendition)
    }

    /// Connected viewers among `renditions`.
    #[must_use]
    pub fn peers(&self, among: impl Fn(RenditionId) -> bool) -> u32 {
        self.received(among).count() as u32
    }

    /// Each of them, with the bytes that it sent us.
    pub fn received(&self, among: impl Fn(RenditionId) -> bool) -> impl Iterator<Item = (ConnectionId, u64)> {
        self.links
            .iter()
            .filter(move |(_, l)| self.rooms.iter().any(|(&hash, r)| among(r.rendition) && l.is_in(hash)))
            .filter(|(_, l)| l.is_staying())
            .filter_map(|(&connection, l)| Some((connection, l.neighbour()?.received)))
    }

    /// Viewers in this rendition's swarm, by the trackers' word.
    fn population(&self, rendition: RenditionId) -> u32 {
        self.room(rendition).map_or(0, Room::population)
    }

    /// Whether a tracker has answered for this rendition, the browser makes connections, and they reach somebody.
    #[must_use]
    pub fn is_known(&self, rendition: RenditionId) -> bool {
        self.barren_until.is_none()
            && !self.reaches_nobody()
            && self.room(rendition).is_some_and(|r| r.seats.values().any(|s| s.answered_at.is_some()))
    }

    /// Who is at the other end of a connection.
    #[must_use]
    pub fn peer(&self, connection: ConnectionId) -> Option<PeerId> {
        self.links.get(&connection)?.peer()
    }

    /// Leaves a viewer who lied, for the life of the page.
    pub fn ban(&mut self, peer: PeerId, orders: &mut Orders<P>) {
        self.expel(peer, Offence::Lied, orders);
    }

    /// Leaves a viewer for what it did, for the life of the page.
    fn expel(&mut self, peer: PeerId, offence: Offence, orders: &mut Orders<P>) {
        if !self.banned.contains(&peer) {
            self.banned.truncate(MAX_BANNED - 1);
            self.banned.push_front(peer);
        }
        self.offences.note(peer, offence);
        self.close_links(|l| l.peer() == Some(peer), orders);
    }

    /// What we hold or are fetching of a rendition has changed; told to the neighbours by [`Self::announce`].
    pub fn set_content(&mut self, rendition: RenditionId, content: Content) {
        if let Some((_, room)) = self.rooms.iter_mut().find(|(_, r)| r.rendition == rendition)
            && room.content != content
        {
            room.content = content;
            (room.stale, room.told.stale) = (true, true);
        }
    }

    /// Whether nothing may be uploaded, and hence nothing is announced.
    pub fn set_silent(&mut self, silent: bool) {
        if self.silent != silent {
            self.silent = silent;
            self.rooms.iter_mut().for_each(|(_, r)| (r.stale, r.told.stale) = (true, true));
        }
    }

    /// Tells the neighbours what changed.
    pub fn announce(&mut self, orders: &mut Orders<P>) {
        for (info_hash, room) in self.rooms.iter_mut().filter(|(_, r)| r.stale) {
            room.stale = false;
            let frames = room.hello(self.silent);
            for (&connection, link) in &self.links {
                if link.info_hash == *info_hash && link.neighbour().is_some_and(|n| n.native.is_none()) {
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
        if let Some(neighbour) = self.links.get_mut(&connection).and_then(Link::neighbour_mut) {
            neighbour.received += message.len() as u64;
        }
        if let Some(news) = self.hear_native(connection, message, now, orders) {
            return news;
        }
        let link = self.links.get_mut(&connection)?;
        let room = self.rooms.get(&link.info_hash)?;
        let (rendition, dialect) = (room.rendition, room.dialect.clone());
        let neighbour = link.neighbour_mut()?;
        let peer = neighbour.peer;
        let heard = neighbour.talk.hear(message, now)?;
        let talk = &neighbour.talk;
        if let Some(offence) = neighbour.conduct.judge(&heard, || talk.told(), self.upload, now) {
            self.expel(peer, offence, orders);
            let heard = Heard::Broke(Violation::TooMuch);
            return Some(News { connection, rendition, dialect, heard, last: false });
        }
        neighbour.announced |= matches!(heard, Heard::Availability);
        neighbour.gives |= matches!(heard, Heard::Data { .. }) || neighbour.talk.held().next().is_some();
        if matches!(heard, Heard::Data { .. } | Heard::Wanted { .. }) {
            neighbour.useful_at = now;
        }
        let last = matches!(heard, Heard::Data { .. }) && neighbour.talk.outstanding().is_none();
        if matches!(heard, Heard::Broke(_)) {
            self.offences.note(peer, Offence::Broke);
            self.close(connection, orders);
        }
        Some(News { connection, rendition, dialect, heard, last })
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
        self.rooms.iter().any(|(&hash, r)| r.rendition == rendition && link.is_in(hash))
    }

    fn neighbours(
        &self,
        rendition: RenditionId,
    ) -> impl Iterator<Item = (ConnectionId, &link::Neighbour<P>)> + '_ {
        self.links
            .iter()
            .filter(move |(_, link)| self.is_in(link, rendition) && link.is_staying())
            .filter_map(|(&connection, link)| Some((connection, link.neighbour()?)))
    }
}

impl Room {
    /// The messages that tell what we hold.
    fn hello(&self, silent: bool) -> Vec<Vec<u8>> {
        let content = if silent { Content::default() } else { self.content.clone() };
        let command = Command::Announcement { held: content.held, loading: content.loading };
        self.dialect.encode(&command, MAX_MESSAGE)
    }
}

fn send<P>(connection: ConnectionId, frames: Vec<Vec<u8>>, orders: &mut Orders<P>) {
    orders.extend(frames.into_iter().map(|message| Output::Send { connection, message }));
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
