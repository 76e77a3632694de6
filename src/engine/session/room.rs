//! How much a SourceBuffer takes. No browser says; it refuses (`QuotaExceededError`), so the bytes of every placed
//! piece are counted, and what was there at a refusal is taken for all there is room for. Room is made behind the
//! playhead first, then far ahead of it, and when that is not enough less is fetched ahead: nothing that will be
//! needed is thrown away to be fetched again.

use super::lane::Lane;
use super::{Desk, Session};
use crate::engine::buffer::TrackBuffer;
use crate::engine::contract::Event;
use crate::engine::error::{Culprit, Fault, MediaErrorCode, redacted};
use crate::engine::id::{SegmentId, Track};
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, MediaTime, Millis, Span};

/// Whatever room there is, this much is fetched ahead.
const LEAST_GOAL: MediaTime = MediaTime::from_ticks(6 * MediaTime::RATE);
/// Where room is short, so much stays behind the playhead, and what else its segment has.
const LEAST_BEHIND: MediaTime = MediaTime::from_ticks(2 * MediaTime::RATE);
/// With less than this to play, the segment that plays is not spared either.
const DRY: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 2);
/// Longer than any programme: a week.
const EVERYTHING: MediaTime = MediaTime::from_ticks(7 * 86_400 * MediaTime::RATE);
/// Removed up to so close to the playhead.
const CLOSEST: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 5);
/// Not worth an operation.
const WORTHWHILE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 2);
/// After a refusal nothing is appended for so long, unless room was made.
const PAUSE: Millis = Millis(500);
/// After so long without a refusal a little more is tried than was refused.
const FORGIVEN: Millis = Millis(30_000);

/// Times that a segment is fetched without a seek in between.
const TIMES: u8 = 2;
/// Arrivals that are remembered: more than any goal has segments.
const REMEMBERED: usize = 64;

/// What one SourceBuffer was found to take.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// In bytes; none while nothing was refused.
    limit: Option<u64>,
    refused_at: Instant,
    /// To be removed, so that something else has room.
    relief: Option<Span>,
    /// Everything was removed since something was taken.
    emptied: bool,
    /// What lies before was removed while it played, and is not missed.
    pub(super) played_to: Option<MediaTime>,
}

impl Room {
    /// Whether `bytes` may be tried in `buffer`, with the playhead at `at`.
    pub(super) fn allows(&self, buffer: &TrackBuffer, bytes: u64, at: MediaTime, now: Instant) -> bool {
        self.limit.is_none_or(|limit| buffer.bytes() + bytes <= limit)
            || buffer.filled_to(at) - at < DRY
            || now.since(self.refused_at) >= FORGIVEN
    }

    /// What is to be removed now.
    pub(super) fn relief(&mut self) -> Option<Span> {
        self.relief.take()
    }

    /// So much is there.
    pub(super) fn holds(&mut self, held: u64) {
        self.emptied &= held == 0;
        self.limit = self.limit.map(|limit| limit.max(held));
    }

    /// The browser took out what was to be played: no more than what it left is put there.
    pub(super) fn evicted(&mut self, held: u64, now: Instant) {
        self.limit = Some(held);
        self.refused_at = now;
    }

    /// How far ahead there is room, by the bit rate of what is there.
    fn reach(&self, lane: &Lane) -> Option<MediaTime> {
        let (bytes, len) = (lane.buffer.bytes(), lane.buffer.placed_len());
        let limit = self.limit.filter(|_| bytes > 0)?;
        let reach = MediaTime::from_secs(len.secs() * limit as f64 / bytes as f64);
        Some((reach - LEAST_BEHIND - lane.target_duration()).max(LEAST_GOAL))
    }
}

impl Session {
    /// A SourceBuffer had no room for what was appended.
    pub(super) fn quota_exceeded<P: Payload>(&mut self, track: Track, bytes: u64, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let goal = self.goal();
        let Some(lane) = self.lanes.iter_mut().find(|l| l.track == track) else { return };
        let held = lane.buffer.bytes();
        lane.room.limit = Some(held.max(bytes));
        lane.room.refused_at = desk.now;
        self.behind = self.behind.min(LEAST_BEHIND);
        let filled = lane.buffer.filled_to(at);
        let spare = lane.buffer.surplus(at, LEAST_BEHIND, goal);
        let spare = spare.or_else(|| lane.buffer.apart_from(at, filled));
        lane.room.relief = spare.filter(|span| span.len() >= WORTHWHILE);
        if lane.room.relief.is_none() && filled - at < DRY {
            lane.room.relief = lane.buffer.before(at - CLOSEST).filter(|span| span.len() >= WORTHWHILE);
            lane.room.played_to = lane.room.relief.map(|_| filled).or(lane.room.played_to);
        }
        let alone = lane.buffer.buffered().is_empty();
        if alone && !std::mem::replace(&mut lane.room.emptied, true) {
            // `buffered` is where all tracks are (MSE §SourceBuffer.buffered): what one of them has alone takes room
            // that nobody sees.
            lane.room.relief = Some(Span::new(MediaTime::ZERO, at + EVERYTHING));
        }
        if lane.room.relief.is_some() {
            return;
        }
        self.quota_until = desk.now + PAUSE;
        let first = lane.missing(at, at + goal).next().map(|e| e.number).filter(|_| alone);
        let rendition = lane.rendition;
        if let Some(number) = first {
            self.too_large(SegmentId { rendition, number }, desk);
        }
    }

    /// A segment has no room even by itself: a smaller variant has to do, or it is skipped.
    fn too_large<P: Payload>(&mut self, segment: SegmentId, desk: &mut Desk<'_, P>) {
        let fault = Fault {
            culprit: Culprit::Browser,
            code: MediaErrorCode::Decode,
            name: "segment-too-large",
            message: "A segment of this stream is larger than all that this browser buffers.".into(),
            tried: "Everything else was removed from the buffer.".into(),
        };
        self.segment_lost(segment, &fault, desk);
    }

    /// The goal, as far as there is room for it.
    pub(super) fn within_room(&self, goal: MediaTime) -> MediaTime {
        self.lanes.iter().filter_map(|l| l.room.reach(l)).fold(goal, MediaTime::min)
    }

    /// The browser evicted data by itself.
    pub(crate) fn buffer_evicted(&mut self, track: Track, buffered: Vec<Span>, now: Instant) {
        let at = self.position(now);
        let Some(lane) = self.lanes.iter_mut().find(|l| l.track == track) else { return };
        let before = lane.buffer.filled_to(at);
        lane.buffer.evicted(buffered);
        if lane.buffer.filled_to(at) < before {
            lane.room.evicted(lane.buffer.bytes(), now);
        }
    }

    /// What came twice already and is in no buffer is not fetched a third time: something keeps it out, and asking for
    /// it for ever would bring it no closer. A seek gives it another chance.
    pub(super) fn guard<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let to = at + self.goal();
        for i in 0..self.lanes.len() {
            let lane = &self.lanes[i];
            let stuck = |s: SegmentId| desk.store.get(s).is_none() && !desk.transfer.is_under_way(s);
            let in_vain = |n: u64| lane.came.iter().any(|&(number, times)| number == n && times >= TIMES);
            let found = lane.missing(at, to).find(|e| in_vain(e.number) && stuck(lane.segment(e)));
            let Some((number, url)) = found.map(|e| (e.number, e.segment.url.clone())) else { continue };
            self.lanes[i].gone.push(number);
            let fault = Fault {
                culprit: Culprit::Browser,
                code: MediaErrorCode::Decode,
                name: "segment-in-vain",
                message: [redacted(&url), " came twice, and did not stay in the browser's buffer."].concat(),
                tried: "It is skipped, lest it be fetched for ever.".into(),
            };
            self.notify(desk.orders, Event::Warned(fault));
        }
    }
}

impl Lane {
    /// A segment of this lane came.
    pub(super) fn note_arrival(&mut self, number: u64) {
        match self.came.iter_mut().find(|(n, _)| *n == number) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => {
                if self.came.len() >= REMEMBERED {
                    self.came.remove(0);
                }
                self.came.push((number, 1));
            }
        }
    }
}
