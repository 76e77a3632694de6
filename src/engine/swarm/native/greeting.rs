//! From v2 to our own protocol. Both say hello in v2 when the channel opens, and again, as the last thing in v2, when
//! they have heard the other's. So each side knows from which message on the other speaks how, whoever was first. A
//! stranger whose id begins like ours says nothing, and is asked in v2 after [`PATIENCE`].

use super::super::link::Link;
use super::super::peer::{Conversation, Heard as PeerHeard, Violation};
use super::super::wire::v2::MAX_MESSAGE;
use super::super::{News, Swarm};
use super::{MAX_COMMAND, Native, NativeNews, OUTSTANDING};
use crate::engine::config::Bitrate;
use crate::engine::contract::{Orders, Output};
use crate::engine::id::ConnectionId;
use crate::engine::payload::Payload;
use crate::engine::swarm::wire::Dialect;
use crate::engine::swarm::wire::native::{Hello, VERSION};
use crate::engine::time::{Instant, Millis};

/// How long a hello is waited for.
const PATIENCE: Millis = Millis(2_000);
/// How long the other side may take to go over when we have.
const HALFWAY: Millis = Millis(10_000);
/// A hello is no longer.
const MAX_HELLO: usize = 128;

impl<P: Payload> Swarm<P> {
    /// Says hello to whoever may be a Sprat.
    pub(in super::super) fn greet(&mut self, connection: ConnectionId, now: Instant, orders: &mut Orders<P>) {
        let hello = self.hello(false);
        let Some(link) = self.links.get_mut(&connection) else { return };
        let is_v2 = self.rooms.get(&link.info_hash).is_some_and(|r| r.dialect == Dialect::V2);
        if let Some(n) = link.neighbour_mut()
            && is_v2
            && n.peer.looks_like_sprat()
            && n.native.is_none()
        {
            n.greeted_at.get_or_insert(now);
            orders.push_back(Output::Send { connection, message: hello.encode() });
        }
    }

    /// What there is to upload with, which new neighbours are told.
    pub fn set_uplink(&mut self, cap: Bitrate) {
        let steps = [0.0, 1e6, 4e6, 16e6];
        self.upload = cap;
        self.uplink = steps.iter().filter(|&&step| cap.0 > step).count() as u64;
    }

    fn hello(&self, heard: bool) -> Hello {
        let uplink = if self.silent { 0 } else { self.uplink };
        Hello { version: VERSION, outstanding: OUTSTANDING, message: MAX_COMMAND as u64, uplink, heard }
    }

    /// Takes a message, if it is a hello or comes after one. None: it is of another protocol.
    pub(in super::super) fn hear_native(
        &mut self,
        connection: ConnectionId,
        message: &P,
        now: Instant,
        orders: &mut Orders<P>,
    ) -> Option<Option<News<P>>> {
        let answer = self.hello(true);
        let link = self.links.get_mut(&connection)?;
        let info_hash = link.info_hash;
        let n = link.neighbour_mut()?;
        n.greeted_at?;
        if let Some(native) = n.native.as_mut().filter(|native| native.receiving) {
            let Some(heard) = native.hear(message, now) else { return Some(None) };
            let (peer, bytes) = (n.peer, message.len());
            if let Some(offence) = n.conduct.judge_native(&heard, bytes, self.upload, now) {
                let rendition = self.rooms.get(&info_hash)?.rendition;
                self.expel(peer, offence, orders);
                return Some(Some(self.broke(connection, rendition, Violation::TooMuch)));
            }
            return Some(self.native_news(connection, heard, now, orders));
        }
        let short = (message.len() <= MAX_HELLO).then(|| message.to_vec()).flatten();
        let Some(theirs) = short.and_then(|bytes| Hello::decode(&bytes)) else {
            // What is left of v2 when we have gone over is of no use any more.
            return n.native.is_some().then_some(None);
        };
        let first = n.native.is_none();
        if first {
            n.native = Some(Box::new(Native::new(theirs, now)));
            n.talk = Conversation::new(MAX_MESSAGE);
            n.repeat_at = None;
            // What it has it says once more, in our own words.
            n.announced = false;
            orders.push_back(Output::Send { connection, message: answer.encode() });
        }
        if let Some(native) = n.native.as_mut() {
            native.receiving |= theirs.heard;
        }
        if first {
            self.tell_all(connection, orders);
        }
        if theirs.heard {
            self.merge(connection, orders);
        }
        let rendition = self.rooms.get(&info_hash)?.rendition;
        let heard = PeerHeard::Native(if first { NativeNews::Switched } else { NativeNews::Changed });
        Some(Some(News { connection, rendition, dialect: Dialect::V2, heard, last: false }))
    }

    /// Leaves those who said hello and never went over.
    pub(in super::super) fn leave_half(&mut self, now: Instant, orders: &mut Orders<P>) {
        let half = |l: &Link<P>| {
            let native = l.neighbour().and_then(|n| n.native.as_ref());
            native.is_some_and(|n| !n.receiving && now.since(n.since) >= HALFWAY)
        };
        self.close_links(half, orders);
    }
}

/// Whether the other side may still say hello, and is asked for nothing until then.
pub(in super::super) fn is_pending(greeted_at: Option<Instant>, now: Instant) -> bool {
    greeted_at.is_some_and(|at| now.since(at) < PATIENCE)
}
