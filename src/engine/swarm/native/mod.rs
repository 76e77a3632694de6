//! A conversation between two Sprats, once both have said hello: what the other one has, in which swarms; what we asked
//! of it, piece by piece; whether it gives at present. A state machine over messages, as `peer` is for v2.
//!
//! Several pieces may be under way, in any order. One that never brought a piece that verified has one. What was
//! taken back may still come and is dropped; what was never asked for ends the conversation.

mod connection;
mod greeting;
mod haves;
mod rooms;
mod tell;

pub(super) use greeting::is_pending;
pub use rooms::{Holder, NativeNews, Standing, bits};
pub use tell::PLENTY;
pub(super) use tell::Told;

use super::naming::InfoHash;
use super::peer::{Flow, Violation};
use super::wire::WireError;
use super::wire::native::{Has, Hello, MAX_COMMAND, Message, PIECE, Run, pieces_of};
use crate::engine::config::Bitrate;
use crate::engine::payload::{Digest, Payload};
use crate::engine::time::{Instant, Millis};
use haves::Haves;

/// Pieces that a neighbour may ask of us at once.
pub const OUTSTANDING: u64 = 8;
/// Pieces that we ask of a neighbour at once: one more for each so much that it delivers, which keeps it busy for
/// half a second.
const PER_PIECE: Bitrate = Bitrate(1_000_000.0);
/// Who takes longer for a piece is of no use.
const SLOWEST: Millis = Millis(3_000);
/// Swarms that both are in: renditions and audio of some players.
const MAX_ROOMS: usize = 16;
/// Lists of digests that are answered at once, and how fast the allowance returns: four a second.
const LISTS_AT_ONCE: f64 = 32.0;
const LISTS_PER_MS: f64 = 0.004;
/// Lists of digests asked for at once.
const MAX_LISTS: usize = 4;

/// A piece that was asked for.
#[derive(Clone, Copy, Debug)]
struct Ask {
    info_hash: InfoHash,
    segment: u64,
    piece: u64,
    bytes: u64,
    at: Instant,
}

/// News from the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard<P> {
    Availability,
    Piece {
        info_hash: InfoHash,
        segment: u64,
        piece: u64,
        bytes: P,
    },
    /// Something that was asked for will not come.
    Refused,
    Wanted {
        info_hash: InfoHash,
        segment: u64,
        first: u64,
        count: u64,
    },
    TakenBack {
        info_hash: InfoHash,
        segment: u64,
        first: u64,
        count: u64,
    },
    WantedList {
        info_hash: InfoHash,
        segment: u64,
    },
    List {
        info_hash: InfoHash,
        segment: u64,
        digests: Vec<Digest>,
    },
    Broke(Violation),
}

/// The state of one conversation.
#[derive(Debug)]
pub(super) struct Native {
    theirs: Hello,
    /// Whether their side has gone over, too.
    pub(super) receiving: bool,
    pub(super) since: Instant,
    /// What they call the swarms they are in.
    rooms: Vec<(u64, InfoHash)>,
    haves: Haves,
    /// What we call those we are in: by place.
    mine: Vec<Option<InfoHash>>,
    asks: Vec<Ask>,
    lists: Vec<(InfoHash, u64, Instant)>,
    /// The piece whose bytes come next.
    next: Option<Run>,
    /// Pieces taken back that may still come.
    late: u64,
    choked: bool,
    proven: bool,
    flow: Flow,
    heard_at: Instant,
    timeouts: u32,
    /// Pieces that they may give, by their word; who says nothing has enough.
    spare: u64,
    /// Lists that they may ask for now, and when that was counted.
    lists_left: (f64, Instant),
}

impl Native {
    fn new(theirs: Hello, now: Instant) -> Self {
        Self {
            theirs,
            receiving: false,
            since: now,
            rooms: Vec::new(),
            haves: Haves::default(),
            mine: Vec::new(),
            asks: Vec::new(),
            lists: Vec::new(),
            next: None,
            late: 0,
            choked: false,
            proven: false,
            flow: Flow::default(),
            heard_at: now,
            timeouts: 0,
            spare: u64::MAX,
            lists_left: (LISTS_AT_ONCE, now),
        }
    }

    /// Takes one message of the other side.
    fn hear<P: Payload>(&mut self, message: &P, now: Instant) -> Option<Heard<P>> {
        if let Some(run) = self.next.take() {
            return self.piece(run, message, now);
        }
        if message.len() > MAX_COMMAND {
            return Some(Heard::Broke(Violation::Malformed(WireError::TooLong)));
        }
        let read = message.to_vec().ok_or(WireError::NotACommand).and_then(|bytes| Message::decode(&bytes));
        match read {
            Ok(Some(message)) => self.command(message, now),
            Ok(None) => None,
            Err(error) => Some(Heard::Broke(Violation::Malformed(error))),
        }
    }

    fn command<P>(&mut self, message: Message, now: Instant) -> Option<Heard<P>> {
        match message {
            Message::Join { room, info_hash } => {
                self.leave(room);
                if self.rooms.len() < MAX_ROOMS && self.rooms.iter().all(|r| r.1 != info_hash) {
                    self.rooms.push((room, info_hash));
                }
                Some(Heard::Availability)
            }
            Message::Leave { room } => {
                self.leave(room);
                Some(Heard::Availability)
            }
            Message::Have { room, changes } => {
                self.theirs(room)?;
                changes.into_iter().for_each(|(segment, has)| self.haves.set(room, segment, has));
                Some(Heard::Availability)
            }
            Message::Want(run) => {
                let (segment, first, count) = (run.segment, run.first, run.count);
                Some(Heard::Wanted { info_hash: self.theirs(run.room)?, segment, first, count })
            }
            Message::Drop(run) => {
                let (segment, first, count) = (run.segment, run.first, run.count);
                Some(Heard::TakenBack { info_hash: self.theirs(run.room)?, segment, first, count })
            }
            Message::Piece(run) => {
                self.next = Some(run);
                None
            }
            Message::Absent(run) => {
                let info_hash = self.theirs(run.room)?;
                let before = self.asks.len();
                let within = run.first..run.first + run.count;
                self.asks.retain(|a| {
                    a.info_hash != info_hash || a.segment != run.segment || !within.contains(&a.piece)
                });
                self.haves.lacks(run.room, run.segment, within);
                (self.asks.len() < before).then_some(Heard::Refused)
            }
            Message::Choke => {
                self.choked = true;
                self.take_back(|_| true);
                Some(Heard::Refused)
            }
            Message::Unchoke => {
                self.choked = false;
                Some(Heard::Availability)
            }
            Message::WantList { room, segment } => {
                // It costs them little to ask, and us more to answer.
                let (left, at) = self.lists_left;
                let left = (left + now.since(at).0 as f64 * LISTS_PER_MS).min(LISTS_AT_ONCE);
                self.lists_left = ((left - 1.0).max(0.0), now);
                if left < 1.0 {
                    return None;
                }
                Some(Heard::WantedList { info_hash: self.theirs(room)?, segment })
            }
            Message::Spare { pieces } => {
                self.spare = pieces;
                Some(Heard::Availability)
            }
            Message::List { room, segment, digests } => {
                let info_hash = self.theirs(room)?;
                let at = self.lists.iter().position(|l| (l.0, l.1) == (info_hash, segment))?;
                self.lists.swap_remove(at);
                Some(Heard::List { info_hash, segment, digests })
            }
        }
    }

    fn piece<P: Payload>(&mut self, run: Run, bytes: &P, now: Instant) -> Option<Heard<P>> {
        let info_hash = self.theirs(run.room);
        let ask = self
            .asks
            .iter()
            .position(|a| (Some(a.info_hash), a.segment, a.piece) == (info_hash, run.segment, run.first));
        let Some(ask) = ask.map(|at| self.asks.swap_remove(at)) else {
            if self.late == 0 || bytes.len() as u64 > PIECE {
                return Some(Heard::Broke(Violation::TooManyBytes));
            }
            self.late -= 1;
            return None;
        };
        if bytes.len() as u64 != ask.bytes {
            return Some(Heard::Broke(Violation::WrongLength));
        }
        self.flow.add(ask.bytes, now.since(ask.at.max(self.heard_at)));
        self.heard_at = now;
        self.timeouts = 0;
        let Ask { info_hash, segment, piece, .. } = ask;
        Some(Heard::Piece { info_hash, segment, piece, bytes: bytes.clone() })
    }

    /// The message that asks for a piece of a segment of so many bytes; none where they are in no such swarm.
    fn ask(
        &mut self,
        info_hash: InfoHash,
        segment: u64,
        run: (u64, u64),
        length: u64,
        now: Instant,
    ) -> Option<Message> {
        let room = self.number(info_hash)?;
        let (first, count) = run;
        for piece in first..first + count {
            let bytes = (length - piece * PIECE).min(PIECE);
            self.asks.push(Ask { info_hash, segment, piece, bytes, at: now });
        }
        Some(Message::Want(Run { room, segment, first, count }))
    }

    fn ask_list(&mut self, info_hash: InfoHash, segment: u64, now: Instant) -> Option<Message> {
        let room = self.number(info_hash).filter(|_| self.lists.len() < MAX_LISTS)?;
        self.lists.push((info_hash, segment, now));
        Some(Message::WantList { room, segment })
    }

    /// The messages that take asks back.
    fn cancel(&mut self, which: impl Fn(InfoHash, u64, u64) -> bool) -> Vec<Message> {
        let gone = self.take_back(|a| which(a.info_hash, a.segment, a.piece));
        let run = |a: &Ask| {
            let room = self.number(a.info_hash)?;
            Some(Message::Drop(Run { room, segment: a.segment, first: a.piece, count: 1 }))
        };
        gone.iter().filter_map(run).collect()
    }

    fn take_back(&mut self, which: impl Fn(&Ask) -> bool) -> Vec<Ask> {
        // Asked after every fact, and mostly in vain.
        if !self.asks.iter().any(&which) {
            return Vec::new();
        }
        let (gone, stay) = self.asks.iter().partition(|a| which(a));
        self.asks = stay;
        let gone: Vec<Ask> = gone;
        self.late += gone.len() as u64;
        gone
    }

    /// How many more pieces may be asked for.
    fn room(&self) -> u64 {
        if self.choked || !self.receiving || self.spare == 0 {
            return 0;
        }
        let rate = self.flow.rate().unwrap_or(PER_PIECE).0;
        let most = if self.proven { 2 + (rate / PER_PIECE.0) as u64 } else { 1 };
        most.min(self.theirs.outstanding).min(OUTSTANDING).saturating_sub(self.asks.len() as u64)
    }

    /// How long a piece takes, as far as that is known.
    fn piece_takes(&self) -> Millis {
        self.flow.rate().map_or(Millis(0), |rate| rate.time_for(PIECE)).min(SLOWEST)
    }

    /// When it was last heard of while something was asked of it.
    fn waiting_since(&self) -> Option<Instant> {
        self.asks.iter().map(|a| a.at.max(self.heard_at)).min()
    }

    fn leave(&mut self, room: u64) {
        if let Some(at) = self.rooms.iter().position(|r| r.0 == room) {
            let (_, info_hash) = self.rooms.swap_remove(at);
            self.haves.forget(room);
            self.take_back(|a| a.info_hash == info_hash);
        }
    }

    /// What they have of a segment.
    fn has(&self, info_hash: InfoHash, segment: u64) -> Option<&Has> {
        self.haves.get(self.room_of(info_hash)?, segment)
    }

    /// Segments of a swarm of which they have something, or soon will.
    fn haves(&self, info_hash: InfoHash) -> impl Iterator<Item = u64> + '_ {
        self.room_of(info_hash).into_iter().flat_map(|room| self.haves.of(room))
    }

    /// What they call a swarm.
    fn room_of(&self, info_hash: InfoHash) -> Option<u64> {
        self.rooms.iter().find(|r| r.1 == info_hash).map(|r| r.0)
    }

    fn theirs(&self, room: u64) -> Option<InfoHash> {
        self.rooms.iter().find(|r| r.0 == room).map(|r| r.1)
    }

    /// Whether they are in this swarm.
    pub(super) fn is_in(&self, info_hash: InfoHash) -> bool {
        self.room_of(info_hash).is_some()
    }

    /// What we call a swarm.
    fn number(&self, info_hash: InfoHash) -> Option<u64> {
        self.mine.iter().position(|m| *m == Some(info_hash)).map(|at| at as u64)
    }

    fn join(&mut self, info_hash: InfoHash) -> Message {
        let free = self.mine.iter().position(Option::is_none).unwrap_or(self.mine.len());
        self.mine.resize(self.mine.len().max(free + 1), None);
        self.mine[free] = Some(info_hash);
        Message::Join { room: free as u64, info_hash }
    }
}
