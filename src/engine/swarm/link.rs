//! One connection to another viewer, from offer to close. Decides how long each step may take and which of
//! two crossing connections stays.

use super::conduct::Conduct;
use super::naming::{InfoHash, PeerId};
use super::native::Native;
use super::peer::Conversation;
use crate::engine::id::TrackerId;
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};

/// An unanswered offer is given up: the incumbent forgets its own after 50 s.
const OFFER_LIFE: Millis = Millis(50_000);
/// From answer to open channel; ICE that takes longer has failed in all but name.
const CONNECTING: Millis = Millis(15_000);

/// A connection and what it has come to.
pub(super) struct Link<P: Payload> {
    pub(super) info_hash: InfoHash,
    pub(super) state: State<P>,
    pub(super) since: Instant,
}

pub(super) enum State<P: Payload> {
    /// Our offer gathers candidates.
    Gathering { tracker: TrackerId },
    /// Our offer is ready, and announced or about to be.
    Offered { tracker: TrackerId, offer_id: String, sdp: String },
    /// Their offer; our answer gathers candidates.
    Answering { tracker: TrackerId, peer: PeerId, offer_id: String },
    /// Offer and answer are exchanged.
    Connecting { peer: PeerId, ours: bool },
    /// The channel is open.
    Open(Box<Neighbour<P>>),
}

/// Another viewer whom we can talk to.
pub(super) struct Neighbour<P: Payload> {
    pub(super) peer: PeerId,
    /// Whether the offer was ours.
    pub(super) ours: bool,
    /// Whether it has said what it holds.
    pub(super) announced: bool,
    /// Bytes that it sent.
    pub(super) received: u64,
    /// Whether it has ever held something, or brought something.
    pub(super) gives: bool,
    /// How often in a row it was waited for in vain.
    pub(super) in_vain: u32,
    /// When it last brought something or asked for something.
    pub(super) useful_at: Instant,
    /// When this connection closes, because another one to the same viewer stays.
    pub(super) closes_at: Option<Instant>,
    /// When it is told once more what we hold: browsers have lost the first message of a channel.
    pub(super) repeat_at: Option<Instant>,
    pub(super) talk: Conversation<P>,
    /// What it did that an honest one would do less of.
    pub(super) conduct: Conduct,
    /// When it was greeted as a Sprat.
    pub(super) greeted_at: Option<Instant>,
    /// The conversation in our own protocol, once it said hello, too.
    pub(super) native: Option<Box<Native>>,
}

impl<P: Payload> Link<P> {
    pub(super) fn new(info_hash: InfoHash, state: State<P>, since: Instant) -> Self {
        Self { info_hash, state, since }
    }

    /// Who is at the other end, once that is known.
    pub(super) fn peer(&self) -> Option<PeerId> {
        match &self.state {
            State::Gathering { .. } | State::Offered { .. } => None,
            State::Answering { peer, .. } | State::Connecting { peer, .. } => Some(*peer),
            State::Open(n) => Some(n.peer),
        }
    }

    /// Whether it serves this swarm: where it was made, and, between Sprats, wherever both are.
    pub(super) fn is_in(&self, info_hash: InfoHash) -> bool {
        let native = self.neighbour().and_then(|n| n.native.as_ref());
        self.info_hash == info_hash || native.is_some_and(|n| n.is_in(info_hash))
    }

    /// Whether this connection counts against the limit of neighbours.
    pub(super) fn is_neighbour(&self) -> bool {
        self.peer().is_some()
    }

    /// Whether it answers an offer of theirs and is not open yet.
    pub(super) fn is_answer(&self) -> bool {
        matches!(self.state, State::Answering { .. } | State::Connecting { ours: false, .. })
    }

    /// In which swarm a channel is to come of it, to whom, and whether the offer was ours.
    pub(super) fn attempt(&self) -> Option<(InfoHash, PeerId, bool)> {
        match self.state {
            State::Connecting { peer, ours } => Some((self.info_hash, peer, ours)),
            State::Gathering { .. } | State::Offered { .. } | State::Answering { .. } | State::Open(_) => {
                None
            }
        }
    }

    /// When this step has taken too long.
    pub(super) fn expires(&self) -> Option<Instant> {
        match self.state {
            State::Gathering { .. } | State::Offered { .. } => Some(self.since + OFFER_LIFE),
            State::Answering { .. } | State::Connecting { .. } => Some(self.since + CONNECTING),
            State::Open(ref n) => n.closes_at,
        }
    }

    /// Whether something may be asked here: the channel is open, and not about to be closed.
    pub(super) fn is_staying(&self) -> bool {
        self.neighbour().is_some_and(|n| n.closes_at.is_none())
    }

    /// The open neighbour.
    pub(super) fn neighbour(&self) -> Option<&Neighbour<P>> {
        match &self.state {
            State::Open(n) => Some(n),
            _ => None,
        }
    }

    /// The open neighbour.
    pub(super) fn neighbour_mut(&mut self) -> Option<&mut Neighbour<P>> {
        match &mut self.state {
            State::Open(n) => Some(n),
            _ => None,
        }
    }
}

/// Of two connections between the same ends, whether the one whose offer is `ours` stays. Both ends come to the
/// same answer: the offer of the smaller peer id wins.
pub(super) fn stays(ours: bool, me: PeerId, them: PeerId) -> bool {
    ours == (me < them)
}
