//! One swarm's place at one tracker: when to announce, with how many offers, and when to leave it be.
//! Also the tracker's socket: when to open it again, and how much may be said to it.

use super::conduct::{ANSWERS_IN_VAIN, Offered};
use super::naming::PeerId;
use crate::engine::id::ConnectionId;
use crate::engine::time::{Instant, Millis};

/// Announces and answers that one tracker hears in [`BUDGET_PERIOD`]: PeerTube's server allows 30 per address,
/// and the viewer may share its address.
const BUDGET: usize = 25;
const BUDGET_PERIOD: Millis = Millis(5 * 60_000);
/// Of these, what is kept for announces: others' offers are not to use up what our own need.
const RESERVED: usize = 6;
/// First pause before a lost socket is opened again; doubled each time, up to [`REOPEN_MAX`].
const REOPEN_FIRST: Millis = Millis(3_000);
const REOPEN_MAX: Millis = Millis(5 * 60_000);
/// First pause before neighbours are looked for again when the last one is gone; doubled each time.
const AGAIN_FIRST: Millis = Millis(5_000);
/// How long offers may gather candidates before the announce goes out with those that are ready.
pub(super) const GATHERING: Millis = Millis(3_500);
/// Once one offer is ready the others get this much longer.
pub(super) const STRAGGLERS: Millis = Millis(250);
/// After a refusal: longer than the 3 minutes for which PeerTube's tracker blocks an address.
const REFUSED: Millis = Millis(10 * 60_000);
/// The tracker's interval when it names none, and the bounds of what it may name.
const INTERVAL: Millis = Millis(120_000);
const INTERVAL_MIN: Millis = Millis(10_000);
const INTERVAL_MAX: Millis = Millis(30 * 60_000);
/// Others are there but none connected: offers may have been lost, so ask again early, a few times.
const EARLY: Millis = Millis(12_000);
const EARLY_TIMES: u32 = 3;
/// With fewer neighbours than that what some have to give and others lack does not meet; more are looked for after the
/// first pause, then after twice as long, up to the tracker's interval.
const ENOUGH: usize = 12;
const MORE_FIRST: Millis = Millis(15_000);

/// A tracker's socket.
pub(super) struct Tracker {
    pub(super) url: String,
    pub(super) socket: Socket,
    losses: u32,
    /// When it was spoken to within the period of the budget.
    spoken: Vec<Instant>,
    /// What it brought.
    pub(super) offered: Offered,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Socket {
    Opening,
    Open,
    Lost { reopen_at: Instant },
}

impl Tracker {
    pub(super) fn new(url: String) -> Self {
        Self { url, socket: Socket::Opening, losses: 0, spoken: Vec::new(), offered: Offered::default() }
    }

    /// `jitter` in 0..1 spreads the return of everybody whom one tracker lost at once.
    pub(super) fn lost(&mut self, jitter: f64, now: Instant) {
        let pause = Millis(REOPEN_FIRST.0 << self.losses.min(8)).min(REOPEN_MAX);
        self.losses += 1;
        let pause = Millis::from_secs_f64(pause.as_secs_f64() * (0.5 + jitter));
        self.socket = Socket::Lost { reopen_at: now + pause };
    }

    /// It said something sensible: the next loss starts from the shortest pause.
    pub(super) fn is_sound(&mut self) {
        self.losses = 0;
    }

    /// Takes one message out of the budget, if there is one.
    pub(super) fn may_speak(&mut self, now: Instant) -> bool {
        let may = self.budget(now) > 0;
        if may {
            self.spoken.push(now);
        }
        may
    }

    /// Whether there is budget for an answer to an offer.
    pub(super) fn may_answer(&mut self, now: Instant) -> bool {
        self.budget(now) > RESERVED
    }

    fn budget(&mut self, now: Instant) -> usize {
        self.spoken.retain(|&at| now.since(at) <= BUDGET_PERIOD);
        BUDGET - self.spoken.len()
    }
}

/// One swarm at one tracker.
pub(super) struct Seat {
    pub(super) phase: Phase,
    /// `event: started` was sent and not followed by a loss.
    pub(super) started: bool,
    /// Members by the tracker's last word, ourselves included.
    pub(super) population: u32,
    /// When the tracker first answered.
    pub(super) answered_at: Option<Instant>,
    early: u32,
    misses: u32,
    /// Who offered since the last announce, was answered and never came.
    in_vain: Vec<PeerId>,
    /// Announces in a row that found too few.
    sparse: u32,
}

pub(super) enum Phase {
    /// The socket is not open.
    Away,
    /// Offers are gathering candidates.
    Gathering { offers: Vec<ConnectionId>, until: Instant },
    /// Announced, or waiting for budget.
    Seated { again_at: Instant },
}

impl Seat {
    pub(super) fn new() -> Self {
        Self {
            phase: Phase::Away,
            started: false,
            population: 0,
            answered_at: None,
            early: 0,
            misses: 0,
            sparse: 0,
            in_vain: Vec::new(),
        }
    }

    /// The socket was lost; candidates of pending offers go stale, the tracker forgets us.
    pub(super) fn lost(&mut self) -> Vec<ConnectionId> {
        self.started = false;
        match std::mem::replace(&mut self.phase, Phase::Away) {
            Phase::Gathering { offers, .. } => offers,
            Phase::Away | Phase::Seated { .. } => Vec::new(),
        }
    }

    /// The tracker answered an announce; so many are connected, of as many as there can be.
    pub(super) fn answered(
        &mut self,
        interval_s: Option<u32>,
        population: u32,
        (neighbours, most): (usize, usize),
        now: Instant,
    ) {
        self.answered_at.get_or_insert(now);
        self.population = population;
        let named = interval_s.map_or(INTERVAL, |s| Millis(u64::from(s) * 1000));
        let mut pause = named.clamp(INTERVAL_MIN, INTERVAL_MAX);
        let others = population.saturating_sub(1) as usize;
        if neighbours == 0 && others > 0 && self.early < EARLY_TIMES {
            self.early += 1;
            pause = pause.min(EARLY);
        } else if neighbours < ENOUGH.min(most).min(others) {
            pause = pause.min(Millis(MORE_FIRST.0 << self.sparse.min(8)));
            self.sparse += 1;
        } else {
            self.sparse = 0;
        }
        if !matches!(self.phase, Phase::Gathering { .. }) {
            self.phase = Phase::Seated { again_at: now + pause };
        }
    }

    /// The last neighbour is gone: others are looked for sooner than the tracker asks, ever more seldom. `jitter` in
    /// 0..1 spreads the return of everybody whom one network lost at once.
    pub(super) fn missed(&mut self, jitter: f64, now: Instant) {
        if let Phase::Seated { again_at } = &mut self.phase {
            let pause = Millis(AGAIN_FIRST.0 << self.misses.min(8)).min(REOPEN_MAX);
            self.misses += 1;
            *again_at = (*again_at).min(now + Millis((pause.0 as f64 * (0.5 + jitter)) as u64));
        }
    }

    /// Neighbours have been here for long enough: the next loss starts from the shortest pause.
    pub(super) fn is_settled(&mut self) {
        self.misses = 0;
    }

    /// The tracker refused this swarm.
    pub(super) fn refused(&mut self, now: Instant) {
        self.phase = Phase::Seated { again_at: now + REFUSED };
    }

    /// An announce was sent.
    pub(super) fn announced(&mut self, now: Instant) {
        self.started = true;
        self.in_vain.clear();
        self.phase = Phase::Seated { again_at: now + INTERVAL };
    }

    /// Whether an offer of this viewer is worth an answer: who was answered and did not come has its next chance after
    /// the next announce, and so has everybody while too many did not.
    pub(super) fn may_answer(&self, peer: PeerId) -> bool {
        self.in_vain.len() < ANSWERS_IN_VAIN && !self.in_vain.contains(&peer)
    }

    /// A viewer was answered, and nothing came of it.
    pub(super) fn answered_in_vain(&mut self, peer: PeerId) {
        if self.may_answer(peer) {
            self.in_vain.push(peer);
        }
    }

    /// When this seat wants attention.
    pub(super) fn next_wakeup(&self) -> Option<Instant> {
        match self.phase {
            Phase::Away => None,
            Phase::Gathering { until, .. } => Some(until),
            Phase::Seated { again_at } => Some(again_at),
        }
    }
}
