//! What becomes of what the browser could not decode or append. Either ends a media source (MSE, append error), so
//! the answer is a new one, filled again from what is kept. What fails twice is left out: another variant stands in
//! for a segment that cannot be appended, else it is a gap; what cannot be decoded is skipped. Only when nothing
//! plays it is the end, and the culprit is named.

use super::{Desk, HOLES, Session};
use crate::engine::buffer::{Operation, Piece};
use crate::engine::contract::{Event, Output};
use crate::engine::error::{Culprit, Fault, MediaErrorCode};
use crate::engine::id::{SegmentId, Track};
use crate::engine::payload::Payload;
use crate::engine::time::{MediaTime, Span};
use crate::engine::transfer::InitId;
use std::collections::VecDeque;

/// Media sources that fail without playback getting on in between; then it is the end.
const RENEWALS: u32 = 8;
/// This far from where the last one failed, it did get on.
const PROGRESS: MediaTime = MediaTime::from_ticks(20 * MediaTime::RATE);
/// A decoder that fails so close to where it failed before does so at the same thing.
const NEAR: MediaTime = MediaTime::from_ticks(3 * MediaTime::RATE);
/// Decoders are ahead of the playhead by as much.
const AHEAD: MediaTime = MediaTime::from_ticks(MediaTime::RATE);
/// Segments remembered as being of no use. One that is forgotten fails again.
const MAX_BAD: usize = 64;
/// Where one segment ends the next begins, give or take a few frames.
const ROUNDING: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 10);

/// What could not be appended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suspect {
    Init(InitId),
    Segment(SegmentId),
}

/// What is remembered of failures.
#[derive(Default)]
pub(super) struct Mending {
    /// A new media source was ordered and is not there yet.
    pub(super) renewing: bool,
    /// The variant that plays was refused: nothing is placed before another has taken over.
    pub(super) leaving: bool,
    /// Media sources that failed in a row, and where the last one did.
    failures: (u32, MediaTime),
    /// Where the decoder failed last.
    undecoded_at: Option<MediaTime>,
    /// The segment that was played from its beginning for that.
    begun_again: Option<SegmentId>,
    /// Failed to be appended once: the next time it is no accident.
    suspect: Option<Suspect>,
    /// Not to be appended again.
    bad: VecDeque<(SegmentId, Span)>,
    /// Segments skipped in a row, and where the last one ends.
    skipped: (u32, MediaTime),
    /// This variant stays out until the playhead is there.
    avoided: Option<(usize, MediaTime)>,
}

impl Mending {
    /// The viewer went elsewhere.
    pub(super) fn pardon(&mut self) {
        self.failures.0 = 0;
    }
}

impl Session {
    /// The element could not decode: a new media source goes on in the same place, after a second failure there with
    /// the segment from its beginning, after a third behind it.
    pub(crate) fn decode_failed<P: Payload>(&mut self, message: &str, desk: &mut Desk<'_, P>) {
        if self.mending.renewing {
            return;
        }
        let mut fault = Fault {
            culprit: Culprit::Media,
            code: MediaErrorCode::Decode,
            name: "decode-failed",
            message: ["The browser could not decode this stream. ", message].concat().trim_end().into(),
            tried: "Every segment came unaltered from the origin, or matched the publisher's digest.".into(),
        };
        if !self.source_open {
            // It took no media source in the first place.
            return self.fail(desk, fault);
        }
        let at = self.position(desk.now);
        let since = self.mending.undecoded_at.replace(at).map(|before| at - before);
        let again = since.is_some_and(|d| d > MediaTime::ZERO - NEAR && d < NEAR);
        fault.tried = "A new media source takes the place of the old one.".into();
        let to = if !again {
            self.doubt(at, desk);
            at
        } else if let Some(start) = self.beginning(at) {
            fault.tried.push_str(" It failed here before: the segment is played from its beginning.");
            start
        } else {
            fault.tried.push_str(" It failed here before: the segment is skipped.");
            let Some(to) = self.skip(at) else { return self.fail(desk, fault) };
            to
        };
        self.renew(to, fault, desk);
    }

    /// A SourceBuffer did not take what was appended, or could not remove.
    pub(super) fn append_failed<P: Payload>(
        &mut self,
        track: Track,
        operation: Operation,
        why: &str,
        desk: &mut Desk<'_, P>,
    ) {
        let Some(i) = self.lanes.iter().position(|l| l.track == track) else {
            return;
        };
        let (what, suspect) = match operation {
            Operation::Init(init) => ("an initialisation section", Some(Suspect::Init(init))),
            Operation::Media(piece) => ("a segment", self.segment_of(i, piece).map(Suspect::Segment)),
            Operation::Remove(_) => ("an order to remove a segment", None),
        };
        let mut fault = Fault {
            culprit: Culprit::Media,
            code: MediaErrorCode::Decode,
            name: "append-failed",
            message: ["The browser could not take ", what, " of this stream: ", why].concat(),
            tried: "It is tried once more.".into(),
        };
        let again = suspect.is_some() && self.mending.suspect == suspect;
        self.mending.suspect = suspect.or(self.mending.suspect);
        let at = self.position(desk.now);
        match (suspect, operation) {
            (Some(Suspect::Segment(segment)), Operation::Media(piece)) if again => {
                fault.tried = "It was appended twice, as the origin sent it. ".into();
                if self.give_up(i, (segment, piece.span), &mut fault, desk) {
                    return self.fail(desk, fault);
                }
            }
            (Some(Suspect::Init(_)), _) if again => return self.codec_refused(i, true, desk),
            (Some(Suspect::Segment(segment)), _) => {
                forget_unverified(segment, desk);
            }
            _ => {}
        }
        self.renew(at, fault, desk);
    }

    /// A segment will not be appended any more: another variant stands in for it, or it is a gap. Whether there are
    /// too many of those in a row.
    fn give_up<P: Payload>(
        &mut self,
        i: usize,
        (segment, span): (SegmentId, Span),
        fault: &mut Fault,
        desk: &mut Desk<'_, P>,
    ) -> bool {
        self.note_bad(i, segment, span);
        if self.lanes[i].track == Track::Video
            && !self.manual
            && let Some(other) = self.stand_in(span)
        {
            fault.tried.push_str("Another variant stands in for it.");
            self.mending.avoided = Some((self.variant, span.end));
            self.go_to_variant(other, desk);
            return false;
        }
        let (row, end) = self.mending.skipped;
        let follows = span.start <= end + ROUNDING && span.end > end;
        self.mending.skipped = (if follows { row + 1 } else { 1 }, span.end);
        fault.tried.push_str("It is skipped.");
        self.mending.skipped.0 >= HOLES
    }

    /// The variant nearest below the present one, else above, that may have this span better.
    fn stand_in(&self, span: Span) -> Option<usize> {
        let rate = |i: usize| self.variants.get(i).map_or(0.0, |v| v.bitrate.0);
        let fit = |&i: &usize| {
            let of = |s: SegmentId| self.variant_of.get(&s.rendition) == Some(&i);
            let is_bad = |(s, at): &(SegmentId, Span)| of(*s) && at.start < span.end && at.end > span.start;
            i != self.variant && !self.dead.contains(&i) && !self.mending.bad.iter().any(is_bad)
        };
        let now = rate(self.variant);
        let others = (0..self.variants.len()).filter(fit);
        others.min_by(|&a, &b| {
            let key = |i| (rate(i) > now, (rate(i) - now).abs());
            key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
        })
    }

    /// Whether a variant is left out for now.
    pub(super) fn is_avoided(&self, variant: usize, at: MediaTime) -> bool {
        self.mending.avoided.is_some_and(|(avoided, until)| avoided == variant && at < until)
    }

    /// What is of no use in the rendition that a lane has gone over to.
    pub(super) fn shun_bad(&mut self) {
        let bad = &self.mending.bad;
        for lane in &mut self.lanes {
            let bad =
                bad.iter().filter(|(s, _)| s.rendition == lane.rendition && !lane.gone.contains(&s.number));
            let bad: Vec<u64> = bad.map(|(s, _)| s.number).collect();
            lane.gone.extend(bad);
        }
    }

    fn note_bad(&mut self, i: usize, segment: SegmentId, span: Span) {
        if self.lanes[i].rendition == segment.rendition {
            self.lanes[i].gone.push(segment.number);
        }
        self.mending.bad.push_back((segment, span));
        if self.mending.bad.len() > MAX_BAD {
            self.mending.bad.pop_front();
        }
    }

    /// Where the segment at `at` begins, once for a segment: an open group in its middle may not be a place to begin
    /// decoding, whatever the browser takes it for.
    pub(super) fn beginning(&mut self, at: MediaTime) -> Option<MediaTime> {
        let lane = self.lanes.first()?;
        let entry = lane.timeline.as_ref()?.at(at)?;
        let (segment, start) = (lane.segment(entry), entry.span.start);
        let first = self.mending.begun_again.replace(segment) != Some(segment);
        (first && at - start > ROUNDING + ROUNDING).then_some(start)
    }

    /// Forgets what plays at `at` and shortly after, where no digest says that it is as it should be: it is fetched
    /// once more.
    fn doubt<P: Payload>(&mut self, at: MediaTime, desk: &mut Desk<'_, P>) {
        for lane in &self.lanes {
            let entries = lane.timeline.as_ref().map_or(&[][..], |t| t.entries_from(at));
            for entry in entries.iter().take_while(|e| e.span.start < at + AHEAD) {
                forget_unverified(lane.segment(entry), desk);
            }
        }
    }

    /// Leaves out the segment that the decoder was in at `at`: the next one, where it had come that far. Where to go
    /// on: before what is left out, or behind it, or shortly before the end; none, if nothing is left.
    fn skip(&mut self, at: MediaTime) -> Option<MediaTime> {
        let lane = self.lanes.first()?;
        let timeline = lane.timeline.as_ref()?;
        let mut entries = timeline.entries_from(at).iter().filter(|e| !lane.is_gap(e));
        let (first, next) = (entries.next()?, entries.next());
        let ahead = next.filter(|e| e.span.start < at + AHEAD && e.span.start > at);
        let before = || timeline.entries().iter().rfind(|e| e.number < first.number && !lane.is_gap(e));
        let (left_out, to) = match (ahead, next) {
            (Some(ahead), _) => (ahead, at),
            (None, Some(next)) => (first, next.span.start),
            (None, None) => (first, before()?.span.end - ROUNDING),
        };
        let (segment, span) = (lane.segment(left_out), left_out.span);
        self.note_bad(0, segment, span);
        Some(to.max(MediaTime::ZERO))
    }

    /// Which segment a piece is, or is a part of.
    fn segment_of(&self, i: usize, piece: Piece) -> Option<SegmentId> {
        let lane = &self.lanes[i];
        let timeline = lane.timeline.as_ref().filter(|_| piece.rendition == lane.rendition)?;
        let middle = piece.span.start + MediaTime::from_ticks(piece.span.len().ticks() / 2);
        let part = || timeline.parts().iter().find(|p| p.span.contains(middle)).map(|p| p.number);
        let number = timeline.at(middle).map(|e| e.number).or_else(part)?;
        Some(SegmentId { rendition: piece.rendition, number })
    }

    /// A media source failed: another goes on at `at`, unless too many did.
    pub(super) fn renew<P: Payload>(&mut self, at: MediaTime, fault: Fault, desk: &mut Desk<'_, P>) {
        let (before, place) = self.mending.failures;
        let again = (at - place).ticks().abs() < PROGRESS.ticks();
        let failures = if again { before + 1 } else { 1 };
        self.mending.failures = (failures, at);
        if failures > RENEWALS {
            return self.fail(desk, fault);
        }
        self.notify(desk.orders, Event::Warned(fault));
        self.refill(at, desk);
    }

    /// Orders a new media source, to be filled from `at` on.
    pub(super) fn refill<P: Payload>(&mut self, at: MediaTime, desk: &mut Desk<'_, P>) {
        let player = self.player;
        self.source_open = false;
        self.mending.renewing = true;
        self.ended = false;
        self.start = Some(at);
        self.unstick.started = false;
        self.playhead.0 = at;
        for lane in &mut self.lanes {
            lane.buffer.reset();
            lane.mime = None;
        }
        desk.workshop.interrupt(player, desk.orders);
        desk.orders.push_back(Output::Renew { player });
    }
}

/// What matches the publisher's digest would come again just so; anything else is fetched once more.
fn forget_unverified<P: Payload>(segment: SegmentId, desk: &mut Desk<'_, P>) {
    if desk.store.shareable(segment).is_none() {
        desk.store.forget(segment, desk.orders);
    }
}
