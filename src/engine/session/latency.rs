//! How far behind the live edge a viewer is, and should be. Follows the target by playing a little faster or slower,
//! as long as the viewer has not chosen a rate and is not behind on purpose; after a stall the target moves back, and
//! comes nearer again while all goes well.

use super::{Desk, Session};
use crate::engine::config::LatencyMode;
use crate::engine::contract::Output;
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, MediaTime, Millis};

/// The largest change of rate: pitch is kept by the browser, and 5 % goes unnoticed in speech.
const STRONG: f64 = 0.05;
/// For what is nearly right.
const GENTLE: f64 = 0.02;
/// Without a stall for this long, the target comes a little nearer.
const CALM: Millis = Millis(10_000);
/// Stalls move the target by no more than so many units in all.
const MOST: i64 = 6;
/// Further from the target than so many target durations, a viewer who went there, or paused, is there on purpose; one
/// who was held up is brought back.
const REACH: i64 = 3;
/// Who is brought back is left alone for so long: the origin, or the link, may be why.
const AGAIN: Millis = Millis(30_000);
/// Between the order to start and the first frame that moves, at best.
const LEAD: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 4);
/// An ordered rate is in force by then.
const SETTLED: Millis = Millis(1_000);

/// What is remembered of it.
pub(super) struct Pacing {
    /// The edge as it last moved, and when.
    edge: (MediaTime, Instant),
    /// What stalls have added to the target.
    reserve: MediaTime,
    calm_since: Instant,
    starving: bool,
    /// The rate that was ordered last, and when.
    rate: (f64, Instant),
    /// Playback was asked for just now, for the first time.
    joining: bool,
    /// The viewer wants to be at the edge, as far as can be told.
    following: bool,
    /// The viewer went elsewhere, or went on after a pause: what they want is seen by where that is.
    moved: bool,
    /// Until when nobody is brought back.
    left_alone: Instant,
}

impl Pacing {
    pub(super) fn new(now: Instant, placed: bool) -> Self {
        let start = MediaTime::ZERO;
        let rate = (1.0, now);
        Self {
            edge: (start, now),
            reserve: start,
            calm_since: now,
            starving: false,
            rate,
            joining: false,
            following: true,
            moved: placed,
            left_alone: now,
        }
    }

    /// The viewer chose where to be.
    pub(super) fn moved(&mut self) {
        self.moved = true;
    }

    /// The edge turned out to lie elsewhere: it is as old as it was.
    pub(super) fn edge_moved(&mut self, by: MediaTime) {
        self.edge.0 += by;
    }

    /// Playback was asked for, for the first time.
    pub(super) fn joined(&mut self) {
        self.joining = true;
    }
}

impl Session {
    /// Where the live edge must be by now: it moves on while nobody tells.
    fn live_edge(&self, now: Instant) -> Option<MediaTime> {
        let timeline = self.timeline().filter(|t| t.is_live())?;
        let (edge, since) = self.pacing.edge;
        let moved = MediaTime::from_secs(now.since(since).as_secs_f64());
        let unit = self.unit()?;
        Some(timeline.edge() + if edge == timeline.edge() { moved.min(unit) } else { MediaTime::ZERO })
    }

    /// Whether a stream with parts is played part by part.
    pub(super) fn is_low(&self) -> bool {
        self.options.stands() == LatencyMode::Low
    }

    /// By what the edge moves: a part, or a segment.
    fn unit(&self) -> Option<MediaTime> {
        let timeline = self.timeline()?;
        let part = timeline.part_target().filter(|_| self.is_low());
        Some(part.unwrap_or(timeline.target_duration()))
    }

    /// How far behind the live edge the playhead is.
    pub(crate) fn latency(&self, now: Instant) -> Option<MediaTime> {
        Some(self.live_edge(now)? - self.position(now))
    }

    /// How far behind it should be.
    pub(crate) fn target_latency(&self) -> Option<MediaTime> {
        let timeline = self.timeline().filter(|t| t.is_live())?;
        Some(timeline.hold_back() + self.pacing.reserve)
    }

    /// The first playlist is some time old when playback can begin: begins where the live position is by now.
    pub(super) fn begin_at_edge(&mut self, now: Instant) {
        let chosen = self.options.start.is_some();
        let Some(edge) = self.live_edge(now).filter(|_| !chosen && self.start.is_some()) else { return };
        if let Some(timeline) = self.timeline().filter(|t| t.has_parts()) {
            let lead = LEAD.min(MediaTime::from_ticks(timeline.hold_back().ticks() / 4));
            let start = (edge + lead - timeline.hold_back()).max(timeline.start_position());
            self.start = Some(start);
            self.playhead.0 = start;
        }
    }

    /// Adjusts target and rate to how it goes.
    pub(super) fn keep_pace<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let now = desk.now;
        let Some((edge, unit)) = self.timeline().filter(|t| t.is_live()).map(|t| t.edge()).zip(self.unit())
        else {
            return self.set_rate(1.0, desk);
        };
        if self.pacing.edge.0 != edge {
            self.pacing.edge = (edge, now);
        }
        let (_, state, _) = self.playhead;
        self.note_stall(state.starving && !state.paused && !state.seeking, unit, now);
        let (Some(latency), Some(target)) = (self.latency(now), self.target_latency()) else { return };
        if std::mem::take(&mut self.pacing.joining) && self.start.is_none() && self.options.start.is_none() {
            // The page was open for a while before the viewer wanted to see something.
            if latency - target > unit + unit
                && let Some(timeline) = self.timeline()
            {
                let to = timeline.live_position();
                return desk.orders.push_back(Output::Seek { player: self.player, to });
            }
        }
        let off = (latency - target).secs();
        let band = unit.secs() / 2.0;
        let reach = self.timeline().map_or(0.0, |t| t.target_duration().secs()) * REACH as f64;
        let moved = std::mem::take(&mut self.pacing.moved);
        self.pacing.following = off <= reach || self.pacing.following && !moved;
        if self.falls_behind(off > reach, desk) {
            return;
        }
        let now_rate = self.pacing.rate.0;
        // Within the band nothing is begun, but what was begun is carried through.
        let done = off.abs() < band / 4.0 || (now_rate > 1.0) != (off > 0.0);
        let lost = off.abs() > reach && !(self.pacing.following && off > 0.0);
        let wanted = if lost || state.starving || state.seeking {
            1.0
        } else if off.abs() > band || !done && now_rate != 1.0 {
            let change = if off.abs() > band { STRONG } else { GENTLE };
            1.0 + change.copysign(off)
        } else {
            1.0
        };
        self.set_rate(wanted, desk);
    }

    /// Brings a viewer back to the edge whom stalls have left so far behind that no rate would: only where low latency
    /// is what the stream is for.
    fn falls_behind<P: Payload>(&mut self, far: bool, desk: &mut Desk<'_, P>) -> bool {
        let (_, state, _) = self.playhead;
        let stands = state.paused || state.seeking || self.start.is_some();
        let low = self.timeline().filter(|t| t.has_parts() && self.is_low());
        let Some(to) = low.map(|t| t.live_position() - self.pacing.reserve) else { return false };
        if !far
            || stands
            || !self.pacing.following
            || !self.options.catch_up
            || desk.now < self.pacing.left_alone
        {
            return false;
        }
        self.pacing.left_alone = desk.now + AGAIN;
        desk.orders.push_back(Output::Seek { player: self.player, to });
        true
    }

    fn note_stall(&mut self, starving: bool, unit: MediaTime, now: Instant) {
        let first_frame = self.report.has_begun();
        let pacing = &mut self.pacing;
        if starving && !std::mem::replace(&mut pacing.starving, starving) && first_frame {
            let most = MediaTime::from_ticks(unit.ticks().saturating_mul(MOST));
            pacing.reserve = (pacing.reserve + unit).min(most);
            pacing.calm_since = now;
        }
        pacing.starving = starving;
        if pacing.reserve > MediaTime::ZERO && now.since(pacing.calm_since) >= CALM {
            let step = MediaTime::from_ticks(unit.ticks() / 4);
            pacing.reserve = (pacing.reserve - step).max(MediaTime::ZERO);
            pacing.calm_since = now;
        }
    }

    /// Orders a rate, unless the viewer has one of their own.
    fn set_rate<P: Payload>(&mut self, rate: f64, desk: &mut Desk<'_, P>) {
        let (ordered, at) = self.pacing.rate;
        let (_, state, _) = self.playhead;
        if !self.options.catch_up || state.paused || rate == ordered || desk.now.since(at) < SETTLED {
            return;
        }
        if (state.rate - ordered).abs() > 0.001 {
            // Somebody else set it. It is ours again once it is back at normal.
            if state.rate == 1.0 {
                self.pacing.rate = (1.0, desk.now);
            }
            return;
        }
        self.pacing.rate = (rate, desk.now);
        desk.orders.push_back(Output::SetRate { player: self.player, rate });
    }
}
