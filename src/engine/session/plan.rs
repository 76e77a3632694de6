//! What a player needs next and what its SourceBuffers do next, looked at afresh after every fact.

use super::place::Placeable;
use super::{Desk, Session};
use crate::engine::buffer::Piece;
use crate::engine::config::Preload;
use crate::engine::contract::Output;
use crate::engine::id::Track;
use crate::engine::keyring::Opening;
use crate::engine::payload::Payload;
use crate::engine::schedule::{DEPTH, Pace};
use crate::engine::time::{Instant, MediaTime, Millis, Span};
use crate::engine::timeline::Entry;
use crate::engine::transfer::{Asset, Place, Want};

/// What lies this far beyond the goal is removed from the buffer: leftovers of a seek.
const BEYOND: MediaTime = MediaTime::from_ticks(30 * MediaTime::RATE);
/// Breaks in the buffer up to this long are jumped over: encoders leave them between tracks and segments.
const BREAK: MediaTime = MediaTime::from_ticks(MediaTime::RATE * 6 / 10);
/// Jumps at one place; then something else is wrong.
const JUMPS: u32 = 4;
const JUMP_PAUSE: Millis = Millis(300);
/// A seek that has waited this long with content so close by is stuck.
const SEEK_PATIENCE: Millis = Millis(700);
/// How far inside content a jump lands: rounding must not put it before.
const INSIDE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 100);
/// While a managed media source wants no more data, this much is kept ahead all the same.
const NOT_STREAMING: MediaTime = MediaTime::from_ticks(8 * MediaTime::RATE);

impl Session {
    /// Looks at everything once and says what is wanted now.
    pub(crate) fn plan<P: Payload>(&mut self, desk: &mut Desk<'_, P>) -> Vec<Want> {
        if self.failed {
            return Vec::new();
        }
        self.follow_edge(desk);
        self.reload(desk);
        if !self.loaded {
            return Vec::new();
        }
        self.keep_pace(desk);
        self.steer(desk);
        self.adapt(desk);
        self.improve(desk);
        self.guard(desk);
        self.prepare(desk);
        if self.source_open {
            self.add_tracks(desk);
            self.fill_buffers(desk);
            self.stay_behind_edge(desk);
            self.jump(desk);
            self.end(desk);
        }
        self.wants(desk)
    }

    /// When a playlist is due, or a full buffer may be tried again.
    pub(crate) fn next_wakeup(&self, now: Instant) -> Option<Instant> {
        let reloads = self.lanes.iter().filter(|l| self.may_reload(l));
        let reloads = reloads.filter_map(|l| {
            let patience = l.timeline.as_ref().and_then(|t| l.reloading.patience_ends(t));
            l.reload_at.into_iter().chain(patience).min()
        });
        let again = self.wants_nothing.then_some(now);
        let quota = (self.quota_until > now).then_some(self.quota_until);
        let live = if self.failed { None } else { reloads.min() };
        let steered = self.steered.as_ref().and_then(|s| s.due).filter(|_| self.loaded && !self.failed);
        live.into_iter().chain(again).chain(quota).chain(steered).min()
    }

    fn reload<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let player = self.player;
        for i in 0..self.lanes.len() {
            if !self.may_reload(&self.lanes[i]) {
                continue;
            }
            let lane = &mut self.lanes[i];
            let patience = lane.timeline.as_ref().and_then(|t| lane.reloading.patience_ends(t));
            if patience.is_some_and(|at| at <= desk.now) {
                lane.reloading.lost();
                lane.ask_anew(player, desk);
            }
            if lane.reload_at.is_some_and(|at| at <= desk.now) {
                lane.fetch(player, desk);
            }
        }
    }

    /// A first playlist waits for those of the other tracks: only then it is known what to ask for next.
    fn may_reload(&self, lane: &super::Lane) -> bool {
        self.loaded || lane.timeline.is_none()
    }

    /// Adds the SourceBuffers, all at once, when the first initialisation section of every track is here.
    fn add_tracks<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        if self.lanes.iter().all(|l| l.mime.is_some()) {
            return;
        }
        let at = self.position(desk.now);
        let mut mimes = Vec::new();
        for lane in &self.lanes {
            let last = || lane.timeline.as_ref().and_then(|t| t.entries().last());
            let first = lane.missing(at, MediaTime::from_ticks(i64::MAX)).next().or_else(last);
            let id = first.and_then(|e| self.init_of(lane, e, desk));
            let Some(ready) = id.and_then(|id| desk.inits.get(id)) else { return };
            mimes.push(match &ready.info {
                Some(info) => info.mime(),
                None => self.declared_mime(lane.track),
            });
        }
        self.begin_at_edge(desk.now);
        let duration = self.timeline().filter(|t| !t.is_live()).map(|t| t.window().end);
        let window = self.timeline().filter(|t| t.is_live()).map(|t| t.window());
        let player = self.player;
        for (lane, mime) in self.lanes.iter_mut().zip(mimes) {
            lane.mime = Some(mime.clone());
            desk.orders.push_back(Output::AddTrack { player, track: lane.track, mime });
        }
        desk.orders.push_back(Output::SetDuration { player, duration });
        if let Some(span) = window {
            desk.orders.push_back(Output::SetSeekable { player, span });
        }
        if let Some(to) = self.start {
            desk.orders.push_back(Output::Seek { player, to });
        }
    }

    /// Gives every idle SourceBuffer its next operation.
    fn fill_buffers<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let goal = self.goal();
        for i in 0..self.lanes.len() {
            let lane = &self.lanes[i];
            if lane.mime.is_none() || !lane.buffer.is_idle() {
                continue;
            }
            // Removing reopens a source that had ended (MSE §SourceBuffer.remove).
            if let Some(span) = lane.buffer.surplus(at, self.behind, goal + BEYOND) {
                self.lanes[i].buffer.remove(span, desk.orders);
                self.ended = false;
                continue;
            }
            if let Some(span) = self.lanes[i].room.relief() {
                self.lanes[i].buffer.remove(span, desk.orders);
                self.ended = false;
                continue;
            }
            if desk.now < self.quota_until {
                continue;
            }
            if let Some(span) = self.outdated(i, at) {
                self.lanes[i].buffer.remove(span, desk.orders);
                self.ended = false;
                continue;
            }
            let lane = &self.lanes[i];
            let next = self.next_to_place(i, at, at + goal, desk);
            if let Some(part) = self.part_due_at(i, at, at + goal)
                && next.is_none_or(|(e, _)| part < e.span.start)
            {
                self.append_part(i, (at, at + goal), desk);
                continue;
            }
            let Some((entry, improves)) = next else {
                continue;
            };
            let bytes = desk.store.get(lane.segment(entry)).map_or(0, |s| s.len());
            let piece = Piece { span: entry.span, rendition: lane.rendition, bytes };
            if !lane.room.allows(&lane.buffer, bytes, at, desk.now) {
                if improves {
                    self.improved();
                }
                continue;
            }
            let Some(Placeable { init, blob, start }) = self.placeable(lane, entry, desk) else {
                continue;
            };
            let Some(ready) = desk.inits.get(init) else {
                continue;
            };
            let Some(offset) = self.offset(i, (entry.segment.discontinuity, entry.span.start), start) else {
                continue;
            };
            let (init_blob, discontinuity) = (ready.blob, entry.segment.discontinuity);
            let buffer = &mut self.lanes[i].buffer;
            if buffer.init() == Some(init) {
                buffer.append_media(piece, blob, offset, desk.orders);
                self.offsets.insert(discontinuity, offset);
                if improves {
                    self.improved();
                }
            } else {
                buffer.append_init(init, init_blob, offset, desk.orders);
            }
            self.ended = false;
        }
    }

    /// What is buffered of a variant that the viewer has just left: all but the segment that plays and the next.
    fn outdated(&mut self, lane: usize, at: MediaTime) -> Option<Span> {
        let l = self.lanes.get(lane)?;
        if lane > 0 || !self.impatient || l.next.is_some() {
            return None;
        }
        self.impatient = false;
        let timeline = l.timeline.as_ref()?;
        let next = timeline.after(timeline.at(at)?.number)?;
        let to = l.buffer.buffered().last()?.end;
        (next.span.end < to).then(|| Span::new(next.span.end, to))
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
        let (place, times, when) = self.nudged;
        let same = (place - at).ticks().abs() < MediaTime::RATE / 10;
        if same && (times >= JUMPS || desk.now.since(when) < JUMP_PAUSE) {
            return;
        }
        self.nudged = (at, if same { times + 1 } else { 1 }, desk.now);
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

    /// Ends the stream once everything to its end is placed.
    fn end<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let added = self.lanes.iter().all(|l| l.mime.is_some());
        if added && !self.ended && !self.lanes.is_empty() && self.lanes.iter().all(|l| l.is_complete(at)) {
            self.ended = true;
            desk.orders.push_back(Output::EndStream { player: self.player });
        }
    }

    /// How far ahead to fetch.
    pub(super) fn goal(&self) -> MediaTime {
        let quiet = !self.streaming;
        match (self.engaged, self.options.preload) {
            // Whatever starts within a tick of the playhead: the first segment.
            (false, Preload::Metadata) => MediaTime::from_ticks(1),
            _ if quiet => self.goal.min(NOT_STREAMING),
            _ => self.within_room(self.goal),
        }
    }

    fn wants<P: Payload>(&mut self, desk: &mut Desk<'_, P>) -> Vec<Want> {
        if std::mem::take(&mut self.wants_nothing) {
            return Vec::new();
        }
        let pace = Pace { playhead: self.position(desk.now), rate: self.playhead.1.rate };
        let to = pace.playhead + self.goal();
        let bitrate = self.variants.get(self.variant).map_or(0.0, |v| v.bitrate.0);
        let mut wants: Vec<Want> = Vec::new();
        let lacks = |l: &super::Lane| {
            l.missing(pace.playhead, to).next().is_some() || l.lacks_parts(pace.playhead, to)
        };
        let full = self.lanes.first().is_some_and(|l| !lacks(l));
        self.note_rest(full, pace.playhead);
        for lane in self.lanes.iter().filter(|l| !l.awaited) {
            let better = self.improving().filter(|_| lane.track == Track::Video && lane.next.is_none());
            // What was begun is seen through, though there may be less room for it by now.
            let begun = |e: &&Entry| e.span.start < to || desk.transfer.is_under_way(lane.segment(e));
            let far = to.max(pace.playhead + self.goal);
            let missing = lane.missing(pace.playhead, far).filter(begun).take(DEPTH);
            let missing = missing.filter(|e| self.is_still_wanted(lane, e, pace.playhead, desk));
            let entries: Vec<&Entry> = better.into_iter().chain(missing).collect();
            for entry in entries {
                if let Some(init) = &entry.segment.init {
                    let id = desk.inits.intern(init);
                    let asset = Asset::Init(id);
                    let sequence = 0;
                    let closed = matches!(
                        desk.keyring.open(&init.keys, sequence, desk.documents, desk.ids, desk.orders),
                        Opening::Waiting
                    );
                    if desk.inits.get(id).is_none()
                        && !closed
                        && !wants.iter().any(|w| w.asset == asset)
                        && let Some(place) = desk.inits.place(id)
                    {
                        let deadline = pace.deadline(entry.span.start, desk.now);
                        wants.push(Want { asset, place, deadline, guess: 2_000, held: false });
                    }
                }
                let segment = lane.segment(entry);
                if desk.store.get(segment).is_some() {
                    continue;
                }
                let guess = (bitrate.max(200_000.0) / 8.0 * entry.span.len().secs()) as u64;
                wants.push(Want {
                    asset: Asset::Segment(segment),
                    place: Place { url: entry.segment.url.clone(), range: entry.segment.range },
                    deadline: pace.deadline(entry.span.start, desk.now),
                    guess,
                    held: false,
                });
            }
        }
        self.want_parts((pace, to), &mut wants, desk);
        wants
    }

    /// Where a segment of this player lies on the origin, and when it is due: for a second attempt.
    pub(crate) fn find(
        &self,
        segment: crate::engine::id::SegmentId,
        now: Instant,
    ) -> Option<(Place, Instant)> {
        let lane = self.lanes.iter().find(|l| l.rendition == segment.rendition)?;
        let entry = lane.timeline.as_ref()?.by_number(segment.number)?;
        let pace = Pace { playhead: self.position(now), rate: self.playhead.1.rate };
        let place = Place { url: entry.segment.url.clone(), range: entry.segment.range };
        Some((place, pace.deadline(entry.span.start, now)))
    }
}
