//! What a player needs next and what its SourceBuffers do next, looked at afresh after every fact.

use super::{Desk, Session};
use crate::engine::buffer::Piece;
use crate::engine::config::Preload;
use crate::engine::contract::Output;
use crate::engine::id::Track;
use crate::engine::payload::Payload;
use crate::engine::schedule::{DEPTH, Pace};
use crate::engine::time::{Instant, MediaTime, Millis, Span};
use crate::engine::timeline::Entry;
use crate::engine::transfer::{Asset, InitId, Place, Want};
use crate::engine::transmux::read_start;

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
/// Media whose own clock differs this little from the playlist's is left alone: a shift could push the first
/// frames before zero, where MSE drops them with their whole group of pictures.
const CLOSE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 2);
/// Automatic switches come no faster.
const SWITCH_PAUSE: Millis = Millis(3_000);
/// While a managed media source wants no more data, this much is kept ahead all the same.
const NOT_STREAMING: MediaTime = MediaTime::from_ticks(8 * MediaTime::RATE);

impl Session {
    /// Looks at everything once and says what is wanted now.
    pub(crate) fn plan<P: Payload>(&mut self, desk: &mut Desk<'_, P>) -> Vec<Want> {
        if self.failed {
            return Vec::new();
        }
        self.reload(desk);
        if !self.loaded {
            return Vec::new();
        }
        self.adapt(desk);
        if self.source_open {
            self.add_tracks(desk);
            self.fill_buffers(desk);
            self.jump(desk);
            self.end(desk);
        }
        self.wants(desk)
    }

    /// When a playlist is due, or a full buffer may be tried again.
    pub(crate) fn next_wakeup(&self, now: Instant) -> Option<Instant> {
        let reloads = self.lanes.iter().filter_map(|l| l.reload_at);
        let quota = (self.quota_until > now).then_some(self.quota_until);
        let live = if self.failed { None } else { reloads.min() };
        live.into_iter().chain(quota).min()
    }

    fn reload<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let player = self.player;
        for lane in &mut self.lanes {
            if lane.reload_at.is_some_and(|at| at <= desk.now) {
                lane.fetch(player, desk);
            }
        }
    }

    /// Automatic choice of the variant.
    fn adapt<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        self.tell_choices(desk);
        let Some(lane) = self.lanes.first() else { return };
        if self.manual || lane.next.is_some() || desk.now.since(self.switched_at) < SWITCH_PAUSE {
            return;
        }
        let at = self.position(desk.now);
        let ahead = lane.buffer.filled_to(at) - at;
        let choice = desk.abr.choose(&self.bitrates(), self.variant, ahead);
        if choice != self.variant && choice < self.variants.len() {
            self.go_to_variant(choice, desk);
        }
    }

    /// Adds the SourceBuffers, all at once, when the first initialisation section of every track is here.
    fn add_tracks<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        if self.lanes.iter().all(|l| l.mime.is_some()) {
            return;
        }
        let at = self.position(desk.now);
        let mut mimes = Vec::new();
        for lane in &self.lanes {
            let first = lane.timeline.as_ref().and_then(|t| t.at(at).or_else(|| t.entries().last()));
            let Some(init) = first.and_then(|e| e.segment.init.as_ref()) else {
                return;
            };
            let id = desk.inits.intern(init);
            let Some(ready) = desk.inits.get(id) else { return };
            mimes.push(match &ready.info {
                Some(info) => info.mime(),
                None => self.declared_mime(lane.track),
            });
        }
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

    /// The MIME type by the playlist's word alone.
    fn declared_mime(&self, track: Track) -> String {
        let codecs = self.variants.get(self.variant).map_or("", |v| v.codecs.as_str());
        let kind = if track == Track::Audio { "audio" } else { "video" };
        format!("{kind}/mp4; codecs=\"{codecs}\"")
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
            if desk.now < self.quota_until {
                continue;
            }
            if let Some(span) = self.outdated(i, at) {
                self.lanes[i].buffer.remove(span, desk.orders);
                self.ended = false;
                continue;
            }
            let lane = &self.lanes[i];
            let Some(entry) = lane.missing(at, at + goal).next() else {
                continue;
            };
            let Some(init) = entry.segment.init.as_ref().map(|i| desk.inits.intern(i)) else {
                continue;
            };
            let segment = lane.segment(entry);
            let piece = Piece { span: entry.span, rendition: lane.rendition };
            let Some(blob) = desk.store.get(segment).map(crate::engine::verify::Verified::blob) else {
                continue;
            };
            let Some(ready) = desk.inits.get(init) else {
                continue;
            };
            let Some(offset) = self.offset(i, entry, init, desk) else {
                continue;
            };
            let (init_blob, discontinuity) = (ready.verified.blob(), entry.segment.discontinuity);
            let buffer = &mut self.lanes[i].buffer;
            if buffer.init() == Some(init) {
                buffer.append_media(piece, blob, offset, desk.orders);
                self.offsets.insert(discontinuity, offset);
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

    /// The `timestampOffset` for an entry: one for all tracks of a discontinuity, taken from the video. None
    /// while the video's is not known.
    fn offset<P: Payload>(
        &self,
        lane: usize,
        entry: &Entry,
        init: InitId,
        desk: &Desk<'_, P>,
    ) -> Option<MediaTime> {
        let discontinuity = entry.segment.discontinuity;
        if let Some(&offset) = self.offsets.get(&discontinuity) {
            return Some(offset);
        }
        let video_has = |l: &super::Lane| {
            let mut entries = l.timeline.iter().flat_map(|t| t.entries());
            entries.any(|e| e.segment.discontinuity == discontinuity)
        };
        if lane > 0 && self.lanes.first().is_some_and(video_has) {
            return None;
        }
        let info = desk.inits.get(init)?.info.as_ref();
        let head = desk.store.head(self.lanes[lane].segment(entry));
        let start = info.and_then(|info| read_start(head, info));
        let offset = start.map_or(MediaTime::ZERO, |start| entry.span.start - start);
        Some(if offset.ticks().abs() < CLOSE.ticks() { MediaTime::ZERO } else { offset })
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
            let hole = lane.buffer.is_idle() && lane.missing(from, next).next().is_none();
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
    fn goal(&self) -> MediaTime {
        let quiet = !self.streaming;
        match (self.engaged, self.options.preload) {
            // Whatever starts within a tick of the playhead: the first segment.
            (false, Preload::Metadata) => MediaTime::from_ticks(1),
            _ if quiet => self.goal.min(NOT_STREAMING),
            _ => self.goal,
        }
    }

    fn wants<P: Payload>(&mut self, desk: &mut Desk<'_, P>) -> Vec<Want> {
        let pace = Pace { playhead: self.position(desk.now), rate: self.playhead.1.rate };
        let to = pace.playhead + self.goal();
        let bitrate = self.variants.get(self.variant).map_or(0.0, |v| v.bitrate.0);
        let mut wants: Vec<Want> = Vec::new();
        for lane in &self.lanes {
            let missing: Vec<&Entry> = lane.missing(pace.playhead, to).take(DEPTH).collect();
            for entry in missing {
                if let Some(init) = &entry.segment.init {
                    let id = desk.inits.intern(init);
                    let asset = Asset::Init(id);
                    if desk.inits.get(id).is_none()
                        && !wants.iter().any(|w| w.asset == asset)
                        && let Some(place) = desk.inits.place(id)
                    {
                        let deadline = pace.deadline(entry.span.start, desk.now);
                        wants.push(Want { asset, place, deadline, guess: 2_000 });
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
                });
            }
        }
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
