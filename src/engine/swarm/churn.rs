//! Who stays when the room is full, and what follows when it is empty. A neighbour makes way for a newcomer when it has
//! brought nothing and asked for nothing for a while, and holds nothing that we lack. When the last one is gone, others
//! are looked for before the tracker's interval is over.

use super::link::Link;
use super::naming::InfoHash;
use super::{Room, Swarm};
use crate::engine::contract::Orders;
use crate::engine::id::ConnectionId;
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};

/// A neighbour without use for so long may go: several segments of any stream.
const IDLE: Millis = Millis(60_000);
/// Who has held nothing and brought nothing by then is not about to give.
const NEWCOMER: Millis = Millis(30_000);

impl<P: Payload> Swarm<P> {
    /// Neighbours that may go.
    pub(super) fn idle(&self, now: Instant) -> impl Iterator<Item = ConnectionId> + '_ {
        let of_use = move |link: &Link<P>| {
            let Some(room) = self.rooms.get(&link.info_hash) else { return false };
            link.neighbour().is_none_or(|n| {
                now.since(n.useful_at) < IDLE || n.has_more(link.info_hash, &room.content.held)
            })
        };
        self.links.iter().filter(move |(_, l)| l.is_staying() && !of_use(l)).map(|(&c, _)| c)
    }

    /// Sees to it that one more may come; false: there is no place.
    pub(super) fn make_way(&mut self, now: Instant, orders: &mut Orders<P>) -> bool {
        if self.links.values().filter(|l| l.is_neighbour()).count() < self.max_peers {
            return true;
        }
        let leaves = self.idle(now).next();
        if let Some(connection) = leaves {
            self.close(connection, orders);
        }
        leaves.is_some()
    }

    /// A neighbour is gone, by no wish of ours.
    pub(super) fn miss(&mut self, info_hash: InfoHash, now: Instant) {
        let lonely = !self.links.values().any(|l| l.info_hash == info_hash && l.is_neighbour());
        let jitter = self.chance.unit();
        let Some(room) = self.rooms.get_mut(&info_hash) else { return };
        for (_, seat) in &mut room.seats {
            if lonely {
                seat.missed(jitter, now);
            } else {
                seat.is_settled();
            }
        }
    }

    /// Whether a neighbour gives to others what it can, or is too new to tell.
    #[must_use]
    pub fn gives(&self, connection: ConnectionId, now: Instant) -> bool {
        let link = self.links.get(&connection);
        link.is_some_and(|l| now.since(l.since) < NEWCOMER || l.neighbour().is_some_and(|n| n.gives))
    }
}

impl Room {
    /// Viewers here, by the trackers' word.
    pub(super) fn population(&self) -> u32 {
        self.seats.values().map(|s| s.population).max().unwrap_or(0)
    }

    /// Whether the trackers tell of enough viewers for it to be worth connecting to any.
    pub(super) fn pays(&self) -> bool {
        self.min_viewers <= self.population()
    }
}
