//! A playhead that does not move although it should. A hole that nothing will fill is jumped over before playback
//! runs into it for good. Where content is buffered and playback stands all the same, the ladder is climbed: a nudge
//! of a tenth of a second, a few times; the segment appended anew; a new media source; each once for a place, and
//! then it is the end.

use super::{Desk, Session};
use crate::engine::contract::{Event, Output};
use crate::engine::error::{Culprit, Fault, MediaErrorCode};
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, MediaTime, Millis};

/// Breaks in the buffer up to this long are jumped over: encoders leave them between tracks and segments.
const BREAK: MediaTime = MediaTime::from_ticks(MediaTime::RATE * 6 / 10);
/// Jumps at one place; then something else is wrong.
const JUMPS: u32 = 4;
const JUMP_PAUSE: Millis = Millis(300);
/// A seek that has waited this long with content so close by is stuck.
const SEEK_PATIENCE: Millis = Millis(700);
/// How far inside content a jump lands: rounding must not put it before.
const INSIDE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 100);
/// Nudges at one place, and how far each goes.
const NUDGES: usize = 3;
const NUDGE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 10);
/// How long playback may stand with content before it, before each rung: the nudges, appending anew, a new media
/// source, the end. Decoders that have just been given something to do are slow on loaded machines.
const PATIENCE: [Millis; NUDGES + 3] =
    [Millis(1_500), Millis(900), Millis(900), Millis(900), Millis(1_900), Millis(12_000)];
/// An operation on a SourceBuffer that has not ended by then never will (WebKitGTK, in a seek that hangs).
const HUNG: Millis = Millis(6_000);
/// Less content than this may be too little to go on.
const ENOUGH: MediaTime = MediaTime::from_ticks(MediaTime::RATE * 4 / 10);
/// Further on than this it is another place.
const PLACE: MediaTime = MediaTime::from_ticks(2 * MediaTime::RATE);
/// A playhead that differs by less has not moved.
const STILL: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 50);

/// What is remembered of a playhead that stands.
pub(super) struct Unstick {
    /// The last jump: from where, how often, when.
    jumped: (MediaTime, u32, Instant),
    /// Where the playhead stands, and since when with content before it.
    stood: (MediaTime, Instant),
    /// Where the ladder was begun, and how far up it is.
    place: MediaTime,
    rung: usize,
    /// How many operations the SourceBuffers were given, when the last of them was.
    operated: (u32, Instant),
    /// Since when there is something to begin with.
    landed: Option<Instant>,
    /// The playhead was sent to where it starts.
    pub(super) started: bool,
}

impl Unstick {
    pub(super) fn new(now: Instant) -> Self {
        let start = MediaTime::ZERO;
        let (jumped, stood) = ((start, 0, now), (start, now));
        Self { jumped, stood, place: start, rung: 0, operated: (0, now), landed: None, started: false }
    }

    /// The time that has passed was nobody's: the device slept.
    pub(super) fn awoke(&mut self, now: Instant) {
        self.stood.1 = now;
        self.operated.1 = now;
    }

    /// The viewer went elsewhere.
    pub(super) fn pardon(&mut self) {
        self.jumped.1 = 0;
        self.rung = 0;
    }
}

impl Session {
    /// Jumps where there is a hole, and takes the next step where playback stands without a reason.
    pub(super) fn unstick<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        self.jump(desk);
        let (at, state, _) = self.playhead;
        if self.is_hung(desk.now) {
            return self.renew(at, stuck("A new media source takes the place of one that hangs."), desk);
        }
        let unstick = &mut self.unstick;
        let moved = (at - unstick.stood.0).ticks().abs() > STILL.ticks();
        if moved && (at - unstick.place).ticks().abs() > PLACE.ticks() {
            unstick.rung = 0;
        }
        let waits = state.paused || state.ended || state.rate == 0.0 || !self.engaged;
        if moved || waits || !self.has_content(at) {
            self.unstick.stood = (at, desk.now);
            return;
        }
        let rung = self.unstick.rung;
        let (_, since) = self.unstick.stood;
        let busy = self.lanes.iter().any(|l| !l.buffer.is_idle());
        if busy || PATIENCE.get(rung).is_none_or(|patience| desk.now.since(since) < *patience) {
            return;
        }
        self.climb(rung, at, desk);
    }

    /// Whether a SourceBuffer does not end what it was ordered to do.
    fn is_hung(&mut self, now: Instant) -> bool {
        let ordered = self.lanes.iter().fold(0u32, |sum, l| sum.wrapping_add(l.buffer.ordered()));
        let idle = self.lanes.iter().all(|l| l.buffer.is_idle());
        if idle || self.unstick.operated.0 != ordered {
            self.unstick.operated = (ordered, now);
        }
        now.since(self.unstick.operated.1) >= HUNG
    }

    fn climb<P: Payload>(&mut self, rung: usize, at: MediaTime, desk: &mut Desk<'_, P>) {
        let player = self.player;
        self.unstick.stood.1 = desk.now;
        self.unstick.rung += 1;
        if rung == 0 {
            self.unstick.place = at;
        }
        if let Some(end) = self.end_before(at) {
            if rung < NUDGES {
                desk.orders.push_back(Output::Seek { player, to: end });
            }
            return;
        }
        match rung {
            0..NUDGES => {
                if rung == 0 {
                    self.notify(desk.orders, Event::Warned(stuck("The playhead is nudged.")));
                }
                desk.orders.push_back(Output::Seek { player, to: at + NUDGE });
            }
            NUDGES => {
                self.notify(desk.orders, Event::Warned(stuck("What is to be played is appended anew.")));
                for lane in &mut self.lanes {
                    let entry = lane.timeline.as_ref().and_then(|t| t.at(at));
                    if let Some(span) = entry.map(|e| e.span) {
                        lane.buffer.remove(span, desk.orders);
                    }
                }
                self.ended = false;
                desk.orders.push_back(Output::Seek { player, to: at });
            }
            rung if rung == NUDGES + 1 => {
                // From where decoding begins: no frame has to be passed over.
                let to = self.beginning(at).unwrap_or(at);
                self.renew(to, stuck("A new media source takes the place of the old one."), desk);
            }
            _ => self.fail(
                desk,
                stuck(
                    "The playhead was nudged, what is to be played appended anew, the media source renewed.",
                ),
            ),
        }
    }

    /// Whether every track has enough to go on, or the last bit there is.
    fn has_content(&self, at: MediaTime) -> bool {
        let enough = |l: &super::Lane| l.mime.is_some() && l.buffer.filled_to(at) - at >= ENOUGH;
        !self.lanes.is_empty() && self.lanes.iter().all(enough) || self.end_before(at).is_some()
    }

    /// The end of the stream, where nothing but a last bit lies before it.
    fn end_before(&self, at: MediaTime) -> Option<MediaTime> {
        let end = self.timeline()?.window().end;
        (self.ended && end - at < ENOUGH).then_some(end)
    }

    /// Sends the playhead to where it starts, once there is something to play: WebKitGTK 2.50 never ends a seek to
    /// where content begins only a few frames later, and forgets those that follow it.
    pub(super) fn go_to_start<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        if self.unstick.started || self.start.is_none() && (self.engaged || self.report.has_begun()) {
            return;
        }
        let start = self.start.unwrap_or(self.playhead.0);
        if let Some(to) = self.landing(start) {
            // Where content begins a few frames late, most browsers begin with it by themselves.
            let waited = desk.now.since(*self.unstick.landed.get_or_insert(desk.now));
            if self.start.is_none() && (to == start || waited < SEEK_PATIENCE) {
                return;
            }
            self.unstick.started = true;
            self.start = Some(to);
            self.playhead.0 = to;
            desk.orders.push_back(Output::Seek { player: self.player, to });
        }
    }

    /// Where playback can begin instead of `at`: there, behind a short break, or behind a hole that nothing will fill.
    fn landing(&self, at: MediaTime) -> Option<MediaTime> {
        let mut furthest = at;
        for lane in &self.lanes {
            lane.mime.as_ref()?;
            if lane.buffer.buffered().iter().any(|r| r.contains(at) && r.contains(at + INSIDE)) {
                continue;
            }
            let next = lane.buffer.next_content(at)?;
            let none_missing = lane.missing(at, next).next().is_none() && !lane.lacks_parts(at, next);
            if next - at > BREAK && !(lane.buffer.is_idle() && none_missing) {
                return None;
            }
            furthest = furthest.max(next + INSIDE);
        }
        Some(furthest)
    }

    /// Moves the playhead over a break, into the content behind it, or back into a live window.
    fn jump<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let (at, state, _) = self.playhead;
        let Some(timeline) = self.timeline() else { return };
        if self.start.is_some() || state.ended || !self.engaged && !state.seeking {
            return;
        }
        let window = timeline.window();
        let left_behind = timeline.is_live() && at + BREAK < window.start;
        let to = if left_behind {
            Some(timeline.live_position())
        } else if state.starving && !state.paused || state.seeking {
            let late = match self.seeking_since {
                Some(since) => desk.now.since(since) >= SEEK_PATIENCE,
                None => true,
            };
            self.beyond_break(at, late)
        } else {
            None
        };
        let Some(to) = to else { return };
        let (place, times, when) = self.unstick.jumped;
        let same = (place - at).ticks().abs() < MediaTime::RATE / 10;
        if same && (times >= JUMPS || desk.now.since(when) < JUMP_PAUSE) {
            return;
        }
        self.unstick.jumped = (at, if same { times + 1 } else { 1 }, desk.now);
        desk.orders.push_back(Output::Seek { player: self.player, to });
    }

    /// Where content goes on, if only a hole that nothing will fill lies before it, or, when playback has waited
    /// too long already (`late`), a short break, be it a few frames further on: no decoder starts on a crumb.
    fn beyond_break(&self, at: MediaTime, late: bool) -> Option<MediaTime> {
        let mut furthest = None;
        for lane in self.lanes.iter().filter(|l| l.mime.is_some()) {
            let end = lane.buffer.buffered().iter().find(|r| r.contains(at + INSIDE)).map(|r| r.end);
            if end.is_some_and(|end| !late || end - at > BREAK) {
                continue;
            }
            let from = end.unwrap_or(at);
            let Some(next) = lane.buffer.next_content(from) else {
                if end.is_some() {
                    continue;
                }
                return None;
            };
            if next <= from {
                continue;
            }
            let none_missing = lane.missing(from, next).next().is_none() && !lane.lacks_parts(from, next);
            let hole = lane.buffer.is_idle() && none_missing;
            if !(late && next - from <= BREAK || hole) {
                return None;
            }
            furthest = furthest.max(Some(next + INSIDE));
        }
        furthest
    }
}

fn stuck(tried: &str) -> Fault {
    Fault {
        culprit: Culprit::Browser,
        code: MediaErrorCode::Decode,
        name: "playback-stuck",
        message: "Playback stands although all that it needs is buffered.".into(),
        tried: tried.into(),
    }
}
