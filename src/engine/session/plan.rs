//! What a player needs next and what its SourceBuffers do next, looked at afresh after every fact.

use super::place::Placeable;
use super::{Desk, Session};
use crate::engine::buffer::Piece;
use crate::engine::config::Preload;
use crate::engine::contract::Output;
use crate::engine::id::Track;
use crate::engine::keyring::{Opening, whole};
use crate::engine::payload::Payload;
use crate::engine::schedule::{DEPTH, Pace};
use crate::engine::time::{Instant, MediaTime, Span};
use crate::engine::timeline::Entry;
use crate::engine::transfer::{Asset, Place, Want};
use crate::engine::transmux::InitInfo;

/// What lies this far beyond the goal is removed from the buffer: leftovers of a seek.
const BEYOND: MediaTime = MediaTime::from_ticks(30 * MediaTime::RATE);
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
        self.expect_beside(desk);
        self.prepare(desk);
        self.follow_text(desk);
        if self.source_open {
            self.add_tracks(desk);
            self.fill_buffers(desk);
            self.stay_behind_edge(desk);
            self.go_to_start(desk);
            self.unstick(desk);
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
        let text = self.subtitles.next_wakeup().filter(|_| self.loaded && !self.failed);
        live.into_iter().chain(text).chain(again).chain(quota).chain(steered).min()
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
        if self.lanes.iter().all(|l| l.mime.is_some()) || self.is_leaving() {
            return;
        }
        let at = self.position(desk.now);
        let (mut mimes, mut inits) = (Vec::new(), Vec::new());
        for lane in &self.lanes {
            let last = || lane.timeline.as_ref().and_then(|t| t.entries().last());
            let first = lane.missing(at, MediaTime::from_ticks(i64::MAX)).next().or_else(last);
            let id = first.and_then(|e| self.init_of(lane, e, desk));
            inits.extend(id.map(|id| (id, first.and_then(|e| e.segment.keys.clone()))));
            let Some(ready) = id.and_then(|id| desk.inits.get(id)) else { return };
            mimes.push(match &ready.info {
                Some(info) => info.mime(),
                None => self.declared_mime(lane.track),
            });
        }
        if !self.report.has_begun() {
            self.begin_at_edge(desk.now);
        }
        let duration = self.timeline().filter(|t| !t.is_live()).map(|t| t.window().end);
        let window = self.timeline().filter(|t| t.is_live()).map(|t| t.window());
        let player = self.player;
        for (lane, mime) in self.lanes.iter_mut().zip(mimes) {
            lane.mime = Some(mime.clone());
            desk.orders.push_back(Output::AddTrack { player, track: lane.track, mime });
        }
        for (init, keys) in inits {
            self.ask_for_keys(init, &keys, desk);
        }
        desk.orders.push_back(Output::SetDuration { player, duration });
        if let Some(span) = window {
            desk.orders.push_back(Output::SetSeekable { player, span });
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
            let mut piece = Piece { span: entry.span, rendition: lane.rendition, bytes };
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
            let segment = lane.segment(entry);
            let keys = entry.segment.keys.clone();
            let drift = self.drift(i, piece.span.start, start, offset);
            piece.span = self.follow_media(piece.span, drift);
            if !self.takes(i, init, piece.span.start, desk) {
                continue;
            }
            // Raw frames have no clock: where they go is said outright.
            let raw = desk.inits.get(init).and_then(|r| r.info.as_ref()).is_some_and(InitInfo::is_raw);
            let raw = raw.then(|| start.unwrap_or_default());
            let buffer = &mut self.lanes[i].buffer;
            if buffer.init() == Some(init) || raw.is_some() {
                buffer.append_media(piece, blob, offset + raw.unwrap_or_default(), desk.orders);
                self.offsets.insert(discontinuity, offset);
                if improves {
                    self.improved();
                }
                self.placed_in_band(i, segment, (blob, init, offset), desk);
            } else {
                buffer.append_init(init, init_blob, offset, desk.orders);
            }
            self.ask_for_keys(init, &keys, desk);
            self.ended = false;
        }
    }

    /// What is buffered of a variant or a sound that the viewer has just left: all but the segment that plays and
    /// the next.
    fn outdated(&mut self, lane: usize, at: MediaTime) -> Option<Span> {
        let l = self.lanes.get_mut(lane)?;
        if !l.impatient || l.next.is_some() {
            return None;
        }
        l.impatient = false;
        let timeline = l.timeline.as_ref()?;
        let next = timeline.after(timeline.at(at)?.number)?;
        let to = l.buffer.buffered().last()?.end;
        (next.span.end < to).then(|| Span::new(next.span.end, to))
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
                        desk.keyring.open(
                            &whole(&init.keys),
                            sequence,
                            desk.documents,
                            desk.ids,
                            desk.orders
                        ),
                        Opening::Waiting
                    );
                    if desk.inits.get(id).is_none()
                        && !closed
                        && !wants.iter().any(|w| w.asset == asset)
                        && let Some(place) = desk.inits.place(id)
                    {
                        let deadline = pace.deadline(entry.span.start, desk.now);
                        wants.push(Want { asset, name: None, place, deadline, guess: 2_000, held: false });
                    }
                }
                let segment = lane.segment(entry);
                // Two lanes may feed on one segment.
                let asset = Asset::Segment(segment);
                if desk.store.get(segment).is_some() || wants.iter().any(|w| w.asset == asset) {
                    continue;
                }
                let guess = (bitrate.max(200_000.0) / 8.0 * entry.span.len().secs()) as u64;
                wants.push(Want {
                    asset,
                    name: Some(segment),
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
}
