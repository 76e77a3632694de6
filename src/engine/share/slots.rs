//! Whom of our own protocol's neighbours we give to at present. A few have a slot, and what they ask for is sent piece
//! by piece; the others are choked, wait in line, and hear when it is their turn. Few slots on a slow line: what one has
//! whole it can pass on, what many have a little of nobody can. Who passes on what it has comes first, and who gave us
//! nothing last.

use super::{Find, Share};
use crate::engine::config::Bitrate;
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{ConnectionId, SegmentId};
use crate::engine::swarm::native::{OUTSTANDING, Standing};
use crate::engine::swarm::wire::native::{Message, PIECE, Run};
use crate::engine::time::{Instant, Millis};
use litemap::LiteMap;
use std::collections::VecDeque;

/// There is a slot for each so much that goes out, and within these bounds.
const PER_SLOT: f64 = 3_000_000.0;
const FEWEST: usize = 1;
const MOST: usize = 6;
/// What a line is taken to bring before anything went out.
const GUESS: f64 = 3_000_000.0;
/// Who asks for nothing for so long leaves the slot to others, if others wait.
const LINGER: Millis = Millis(100);
/// Who has waited in vain for so long may ask again, of us or somebody else.
const PATIENCE: Millis = Millis(5_000);
/// A channel that takes nothing for so long leaves its slot.
const STUCK: Millis = Millis(10_000);
/// Neighbours in line.
const MAX_WAITING: usize = 64;
/// What there must be to give for slots to be given out again: a few pieces in a row.
const REOPENED: f64 = 4.0 * PIECE as f64;

/// One slot.
#[derive(Debug)]
struct Slot {
    asks: VecDeque<Ask>,
    /// Whether the channel has room.
    room: bool,
    since: Instant,
    /// When it last asked, or was given the last of what it asked for.
    idle_since: Instant,
}

#[derive(Clone, Copy, Debug)]
struct Ask {
    segment: SegmentId,
    /// What the rendition is called on this connection.
    room: u64,
    piece: u64,
}

/// All slots, and who waits for one.
#[derive(Debug, Default)]
pub(super) struct Slots {
    slots: LiteMap<ConnectionId, Slot>,
    waiting: Vec<(ConnectionId, Instant)>,
    /// Bytes that went out, and the time it took; halved now and then.
    flow: (f64, f64),
    drained_at: Instant,
}

impl Slots {
    fn most(&self, cap: Bitrate) -> usize {
        let (bytes, ms) = self.flow;
        let rate = if bytes > 0.0 { bytes * 8_000.0 / ms.max(1.0) } else { GUESS };
        ((rate.min(cap.0) / PER_SLOT) as usize + 1).clamp(FEWEST, MOST)
    }

    fn went_out(&mut self, bytes: f64, now: Instant) {
        let took = now.since(self.drained_at).0.min(2_000) as f64;
        self.drained_at = now;
        let (all, ms) = self.flow;
        let (all, ms) = (all + bytes, ms + took);
        self.flow = if ms > 4_000.0 { (all / 2.0, ms / 2.0) } else { (all, ms) };
    }

    pub(super) fn retain(&mut self, here: impl Fn(ConnectionId) -> bool) {
        self.slots.retain(|&connection, _| here(connection));
        self.waiting.retain(|&(connection, _)| here(connection));
    }

    /// What may be given is given: whoever has a slot is to ask others, and waits for another one.
    fn close<P>(&mut self, now: Instant, orders: &mut Orders<P>) {
        for (&connection, _) in self.slots.iter().filter(|(_, s)| !s.asks.is_empty()) {
            self.waiting.push((connection, now));
            tell(connection, &Message::Choke, orders);
        }
        self.slots.clear();
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
    }

    /// When somebody's turn comes, or the cap allows the next piece, after `refilled`.
    pub(super) fn next_wakeup(&self, refilled: Instant) -> Option<Instant> {
        let sending = self.slots.values().any(|s| s.room && !s.asks.is_empty()).then_some(refilled);
        let idle = self.slots.values().filter(|s| s.asks.is_empty()).map(|s| s.idle_since + LINGER).min();
        let tired = self.waiting.iter().map(|w| w.1 + PATIENCE).min();
        sending.into_iter().chain(idle.filter(|_| tired.is_some())).chain(tired).min()
    }
}

impl Share {
    /// A neighbour asks for pieces of a segment, which we call `room` in talking to it.
    pub fn wanted_pieces<P>(
        &mut self,
        connection: ConnectionId,
        (segment, room): (SegmentId, u64),
        (first, count): (u64, u64),
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        let cap = self.cap;
        let spent = self.allowance() < PIECE as f64;
        let free = self.is_allowed() && !spent && self.slots.slots.len() < self.slots.most(cap);
        let slots = &mut self.slots;
        if !slots.slots.contains_key(&connection) {
            let idle = |s: &Slot| s.asks.is_empty() && now.since(s.idle_since) >= LINGER;
            let idler = slots.slots.iter().find(|(_, s)| idle(s)).map(|(&c, _)| c);
            if !free && (spent || idler.is_none() || !slots.waiting.is_empty()) {
                // Once is enough, however often it asks.
                if slots.waiting.len() < MAX_WAITING && slots.waiting.iter().all(|w| w.0 != connection) {
                    slots.waiting.push((connection, now));
                    tell(connection, &Message::Choke, orders);
                }
                return;
            }
            if let Some(idler) = idler.filter(|_| !free) {
                slots.slots.remove(&idler);
            }
            slots.waiting.retain(|w| w.0 != connection);
            slots.slots.insert(connection, Slot::new(now));
        }
        let Some(slot) = slots.slots.get_mut(&connection) else { return };
        slot.idle_since = now;
        for piece in first..first + count {
            if slot.asks.len() as u64 >= OUTSTANDING {
                let run = Run { room, segment: segment.number, first: piece, count: first + count - piece };
                return tell(connection, &Message::Absent(run), orders);
            }
            slot.asks.push_back(Ask { segment, room, piece });
        }
    }

    /// A neighbour takes back what it asked for.
    pub fn taken_back(&mut self, connection: ConnectionId, segment: SegmentId, (first, count): (u64, u64)) {
        if let Some(slot) = self.slots.slots.get_mut(&connection) {
            let within = first..first.saturating_add(count);
            slot.asks.retain(|a| a.segment != segment || !within.contains(&a.piece));
        }
    }

    /// Sends what the cap and the channels allow, the oldest slot first; gives idle slots to who waits. `find` says
    /// where a piece lies, `gives` whether a neighbour gave us anything.
    pub fn serve<P>(
        &mut self,
        find: &impl Find,
        standing: impl Fn(ConnectionId) -> Standing,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        self.refill(now);
        self.turn(standing, now, orders);
        while self.tokens.0 > 0.0 {
            if self.allowance() < PIECE as f64 {
                return self.slots.close(now, orders);
            }
            let ready = self.slots.slots.iter_mut().filter(|(_, s)| s.room && !s.asks.is_empty());
            let Some((&connection, slot)) = ready.min_by_key(|(_, s)| s.since) else { return };
            let Some(Ask { segment, room, piece }) = slot.asks.pop_front() else { return };
            slot.idle_since = now;
            let run = Run { room, segment: segment.number, first: piece, count: 1 };
            let Some((blob, range)) = find.piece(segment, piece) else {
                tell(connection, &Message::Absent(run), orders);
                continue;
            };
            slot.room = false;
            if self.slots.flow == (0.0, 0.0) {
                self.slots.drained_at = now;
            }
            self.give(connection, range.len());
            tell(connection, &Message::Piece(run), orders);
            orders.push_back(Output::SendBlob { connection, blob, range });
        }
    }

    /// Whether this was a slot's channel that has room again.
    pub(super) fn slot_drained(&mut self, connection: ConnectionId, now: Instant) {
        if let Some(slot) = self.slots.slots.get_mut(&connection) {
            slot.room = true;
            self.slots.went_out(PIECE as f64, now);
        }
    }

    /// Slots that nobody uses go to who passes on most, then to who has waited longest.
    fn turn<P>(&mut self, standing: impl Fn(ConnectionId) -> Standing, now: Instant, orders: &mut Orders<P>) {
        let afforded = self.is_allowed() && self.allowance() >= REOPENED;
        let most = if afforded { self.slots.most(self.cap) } else { 0 };
        let slots = &mut self.slots;
        slots.slots.retain(|_, s| s.room || now.since(s.idle_since) < STUCK);
        slots.waiting.retain(|&(connection, since)| {
            let waits = now.since(since) < PATIENCE;
            if !waits {
                tell(connection, &Message::Unchoke, orders);
            }
            waits
        });
        while let Some(next) =
            (0..slots.waiting.len()).min_by_key(|&i| (standing(slots.waiting[i].0), slots.waiting[i].1))
        {
            if slots.slots.len() >= most {
                let idle = |s: &Slot| s.asks.is_empty() && now.since(s.idle_since) >= LINGER;
                let Some((&idler, _)) = slots.slots.iter().find(|(_, s)| idle(s)) else { return };
                slots.slots.remove(&idler);
            }
            let (connection, _) = slots.waiting.swap_remove(next);
            slots.slots.insert(connection, Slot::new(now));
            tell(connection, &Message::Unchoke, orders);
        }
    }
}

impl Slot {
    fn new(now: Instant) -> Self {
        Self { asks: VecDeque::new(), room: true, since: now, idle_since: now }
    }
}

fn tell<P>(connection: ConnectionId, message: &Message, orders: &mut Orders<P>) {
    orders.push_back(Output::Send { connection, message: message.encode() });
}
