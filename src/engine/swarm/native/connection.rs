//! One connection for all swarms that both sides are in: it moves on when the one where it was made is left, and of two
//! that were made in two swarms one is closed.

use super::super::Swarm;
use super::super::link::Link;
use crate::engine::contract::Orders;
use crate::engine::id::ConnectionId;
use crate::engine::payload::Payload;
use crate::engine::swarm::naming::{InfoHash, PeerId};

impl<P: Payload> Swarm<P> {
    /// Connections that were made in a swarm that is left go on in another one.
    pub(in super::super) fn move_on(&mut self, left: InfoHash) {
        let rooms = &self.rooms;
        for (_, link) in self.links.iter_mut().filter(|(_, l)| l.info_hash == left) {
            if let Some(&next) = rooms.keys().find(|&&hash| link.is_in(hash)) {
                link.info_hash = next;
            }
        }
    }

    /// Of two connections with one Sprat the one that was made in the swarm of the lesser name stays: both ends come to
    /// the same answer.
    pub(super) fn merge(&mut self, connection: ConnectionId, orders: &mut Orders<P>) {
        let speaks = |l: &Link<P>| -> Option<(PeerId, InfoHash)> {
            let n = l.neighbour()?;
            n.native.as_ref().filter(|native| native.receiving)?;
            Some((n.peer, l.info_hash))
        };
        let Some((peer, here)) = self.links.get(&connection).and_then(speaks) else { return };
        let others = self.links.iter().filter(|(c, _)| **c != connection);
        let other = others.filter_map(|(&c, l)| Some((c, speaks(l)?))).find(|(_, (p, _))| *p == peer);
        if let Some((other, (_, there))) = other
            && here != there
        {
            self.close(if here < there { other } else { connection }, orders);
        }
    }
}
