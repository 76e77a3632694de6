//! What we tell other Sprats of what we have: what has changed, when it has. Segments are told of at once; how far one
//! has come is gathered for a moment, since each piece of each is news to two dozen neighbours.

use super::super::{Room, Swarm};
use super::{Message, Native};
use crate::engine::contract::{Orders, Output};
use crate::engine::id::{ConnectionId, RenditionId};
use crate::engine::payload::Payload;
use crate::engine::swarm::naming::InfoHash;
use crate::engine::swarm::wire::native::{Has, MAX_CHANGES};
use crate::engine::time::{Instant, Millis};
use litemap::LiteMap;

/// News of single pieces are told no oftener.
const GATHERED: Millis = Millis(100);
/// Who may give so many pieces, 4 MiB, has enough for whoever asks; nobody needs to know of more.
pub const PLENTY: u64 = 64;

/// What the neighbours were told of a rendition.
#[derive(Default)]
pub(in super::super) struct Told {
    has: LiteMap<u64, Has>,
    at: Instant,
    /// Whether something may have changed since.
    pub(in super::super) stale: bool,
    /// When what waits is to be told.
    due: Option<Instant>,
}

impl<P: Payload> Swarm<P> {
    /// So many pieces may be given at present. Neighbours hear of it when that is twice as much, or half, and when it
    /// is nothing.
    pub fn set_spare(&mut self, pieces: u64, now: Instant, orders: &mut Orders<P>) {
        self.spare = pieces.min(PLENTY);
        let (told, at) = self.told_spare;
        let soon = self.spare > 0 && now.since(at) < GATHERED;
        if soon || self.spare.checked_ilog2() == told.checked_ilog2() {
            return;
        }
        self.told_spare = (self.spare, now);
        let natives = self.links.iter().filter(|(_, l)| l.neighbour().is_some_and(|n| n.native.is_some()));
        let message = Message::Spare { pieces: self.spare }.encode();
        orders.extend(natives.map(|(&connection, _)| Output::Send { connection, message: message.clone() }));
    }

    /// Tells what has changed since it was last told.
    pub fn tell(&mut self, now: Instant, orders: &mut Orders<P>) {
        let silent = self.silent;
        for (&info_hash, room) in self.rooms.iter_mut() {
            if !room.told.stale {
                continue;
            }
            let has = room.has(silent);
            let told = &mut room.told;
            let mut changes: Vec<(u64, Has)> = Vec::new();
            for (&segment, has) in &has {
                if told.has.get(&segment) != Some(has) {
                    changes.push((segment, has.clone()));
                }
            }
            changes.extend(told.has.keys().filter(|s| !has.contains_key(s)).map(|&s| (s, Has::Nothing)));
            let slight = changes.iter().all(|(_, has)| matches!(has, Has::Pieces { .. }));
            (told.due, told.stale) = (None, false);
            if changes.is_empty() {
                continue;
            }
            if slight && now.since(told.at) < GATHERED {
                (told.due, told.stale) = (Some(told.at + GATHERED), true);
                continue;
            }
            *told = Told { has, at: now, stale: false, due: None };
            for (&connection, link) in &self.links {
                let Some(native) = link.neighbour().and_then(|n| n.native.as_ref()) else { continue };
                let news = changes.iter().filter(|(segment, has)| native.cares(info_hash, *segment, has));
                say(native, connection, info_hash, news.cloned().collect(), orders);
            }
        }
    }

    /// When the next news are due.
    pub(in super::super) fn news_due(&self) -> Option<Instant> {
        self.rooms.values().filter_map(|r| r.told.due).min()
    }

    /// Tells a new neighbour in which swarms we are and what we have there.
    pub(super) fn tell_all(&mut self, connection: ConnectionId, orders: &mut Orders<P>) {
        if self.spare < PLENTY {
            let message = Message::Spare { pieces: self.spare }.encode();
            orders.push_back(Output::Send { connection, message });
        }
        let rooms: Vec<InfoHash> = self.rooms.keys().copied().collect();
        rooms.into_iter().for_each(|info_hash| self.tell_of(connection, info_hash, orders));
    }

    fn tell_of(&mut self, connection: ConnectionId, info_hash: InfoHash, orders: &mut Orders<P>) {
        let (Some(room), Some(link)) = (self.rooms.get(&info_hash), self.links.get_mut(&connection)) else {
            return;
        };
        let Some(native) = link.neighbour_mut().and_then(|n| n.native.as_mut()) else { return };
        let message = native.join(info_hash).encode();
        orders.push_back(Output::Send { connection, message });
        let has = room.told.has.iter().map(|(&segment, has)| (segment, has.clone()));
        say(native, connection, info_hash, has.collect(), orders);
    }

    /// Tells everybody that we joined.
    pub(in super::super) fn tell_joined(&mut self, info_hash: InfoHash, orders: &mut Orders<P>) {
        let speakers = self.links.iter().filter(|(_, l)| l.neighbour().is_some_and(|n| n.native.is_some()));
        let speakers: Vec<ConnectionId> = speakers.map(|(&c, _)| c).collect();
        speakers.into_iter().for_each(|connection| self.tell_of(connection, info_hash, orders));
    }

    /// Tells everybody that we left.
    pub(in super::super) fn tell_left(&mut self, info_hash: InfoHash, orders: &mut Orders<P>) {
        for (&connection, link) in &mut self.links {
            let Some(native) = link.neighbour_mut().and_then(|n| n.native.as_mut()) else { continue };
            let Some(room) = native.number(info_hash) else { continue };
            native.mine[room as usize] = None;
            native.take_back(|a| a.info_hash == info_hash);
            orders.push_back(Output::Send { connection, message: Message::Leave { room }.encode() });
        }
    }

    /// What we call a rendition in talking to a neighbour.
    #[must_use]
    pub fn number(&self, connection: ConnectionId, rendition: RenditionId) -> Option<u64> {
        let (&info_hash, _) = self.rooms.iter().find(|(_, r)| r.rendition == rendition)?;
        self.links.get(&connection)?.neighbour()?.native.as_ref()?.number(info_hash)
    }
}

impl Room {
    /// What we have to give. One at a time: `extend` would bring a sort for each kind of iterator, 2 KB of brotli.
    fn has(&self, silent: bool) -> LiteMap<u64, Has> {
        let mut has = LiteMap::new();
        if !silent {
            let mut put = |segment, what| _ = has.insert(segment, what);
            let content = &self.content;
            content.loading.iter().for_each(|&segment| put(segment, Has::Loading));
            content.pieces.iter().for_each(|(segment, pieces)| put(*segment, pieces.clone()));
            let whole = content.held.iter().zip(&content.lengths);
            whole.for_each(|(&segment, &length)| put(segment, Has::Whole { length }));
        }
        has
    }
}

impl Native {
    /// Whether something is news to them: single pieces are none to whoever has all.
    fn cares(&self, info_hash: InfoHash, segment: u64, has: &Has) -> bool {
        let all = matches!(self.has(info_hash, segment), Some(Has::Whole { .. }));
        !(all && matches!(has, Has::Pieces { .. }))
    }
}

fn say<P>(
    native: &Native,
    connection: ConnectionId,
    info_hash: InfoHash,
    mut changes: Vec<(u64, Has)>,
    orders: &mut Orders<P>,
) {
    let Some(room) = native.number(info_hash) else { return };
    while !changes.is_empty() {
        let rest = changes.split_off(changes.len().min(MAX_CHANGES));
        let message = Message::Have { room, changes }.encode();
        orders.push_back(Output::Send { connection, message });
        changes = rest;
    }
}
