//! Playing at the live edge, part by part: which parts are fetched and appended next, and when whole segments are
//! better. Parts come from the origin, and from neighbours where the publisher leaves time for that; whoever is further
//! behind the edge takes whole segments, which are what most neighbours exchange.

use super::beside::takes_parts;
use super::{Desk, Lane, Session};
use crate::engine::buffer::Piece;
use crate::engine::config::Integrity;
use crate::engine::id::{ByteRange, RenditionId, SegmentId, Track};
use crate::engine::ledger::Ledger;
use crate::engine::payload::Payload;
use crate::engine::schedule::{DEPTH, Pace};
use crate::engine::time::{MediaTime, Millis};
use crate::engine::timeline::{Entry, PartEntry, Timeline};
use crate::engine::transfer::{Asset, InitId, PartId, Place, Want};
use crate::engine::transmux::read_start;
use crate::engine::verify::Expected;

/// Parts are followed within this many target durations of the edge (a server lists no more, RFC 8216bis §4.4.4.9),
/// and left beyond a little more.
const ENTER: i64 = 3;
const LEAVE: i64 = 4;
/// Neighbours may bring a part that is due so long after its digest is wanted, or later: by then one of them has had it from
/// the origin, and after they have failed the origin is to be in time.
const IN_HAND: MediaTime = MediaTime::from_ticks(MediaTime::RATE * 2);
/// Parts or hints that could not be had, after which the rendition's parts are left alone.
const REFUSALS: u32 = 4;

/// What a track knows of playing by parts.
#[derive(Default)]
pub(super) struct ByParts {
    /// Parts are followed now.
    pub(super) on: bool,
    refusals: u32,
    /// Segments that are fetched whole, because a part of them could not be had.
    whole: Vec<u64>,
    /// Neighbours may bring those of a segment from this one on.
    relayed: Option<u64>,
    /// Hints are not held by this origin.
    no_hints: bool,
    /// What was asked for last on a hint.
    hinted: Option<PartId>,
}

impl ByParts {
    /// Forgets what was learnt of segments before this one.
    pub(super) fn forget_before(&mut self, number: u64) {
        self.whole.retain(|n| *n >= number);
    }
}

impl Lane {
    /// Whether `number` is fetched part by part.
    pub(super) fn is_by_parts(&self, number: u64) -> bool {
        let first = self.timeline.as_ref().and_then(|t| t.parts().first());
        self.by_parts.on
            && first.is_some_and(|p| p.number <= number)
            && !self.by_parts.whole.contains(&number)
    }

    /// Another rendition, or another stream: nothing that was learnt holds.
    pub(super) fn forget_edge(&mut self) {
        self.reloading.start_over();
        self.by_parts = ByParts { on: self.by_parts.on, ..ByParts::default() };
    }

    /// The parts to append next, in order: those between `from` and `to` that are missing, and before them those from
    /// the last independent one on, where decoding could not go on otherwise.
    fn due_parts(&self, from: MediaTime, to: MediaTime, init: Option<InitId>) -> Vec<&PartEntry> {
        let Some(timeline) = self.timeline.as_ref().filter(|_| self.by_parts.on) else {
            return Vec::new();
        };
        let parts = timeline.parts();
        let taken = |p: &&PartEntry| self.is_by_parts(p.number) && p.span.start < to;
        let lacks = |p: &PartEntry| !p.part.gap && !self.gone.contains(&p.number) && !self.buffer.has(p.span);
        let first = timeline.part_at(from);
        let Some(missing) = (first..parts.len()).find(|&i| lacks(&parts[i])) else {
            return Vec::new();
        };
        let follows = missing.checked_sub(1).is_some_and(|i| {
            self.buffer.holds(parts[i].span, self.rendition) && init.is_some() && self.buffer.init() == init
        });
        let start = if follows {
            missing
        } else {
            // A segment is taken to start with a picture that needs no other.
            let independent = |i: &usize| parts[*i].part.independent || parts[*i].index == 0;
            (0..=missing).rev().find(independent).unwrap_or(missing)
        };
        let due = parts[start..].iter().take_while(taken);
        due.filter(|p| !p.part.gap && !self.buffer.holds(p.span, self.rendition)).collect()
    }

    /// Whether a part is missing between `from` and `to`.
    pub(super) fn lacks_parts(&self, from: MediaTime, to: MediaTime) -> bool {
        !self.due_parts(from, to, self.buffer.init()).is_empty()
    }

    /// Up to where everything is here, placed or about to be, and the part that is not: its asset, if it was asked for,
    /// and its length.
    pub(super) fn next_part<P: Payload>(
        &self,
        at: MediaTime,
        desk: &Desk<'_, P>,
    ) -> Option<(MediaTime, Option<Asset>, MediaTime)> {
        let timeline = self.timeline.as_ref().filter(|_| self.by_parts.on)?;
        let place = |p: &PartEntry| Place { url: p.part.url.clone(), range: p.part.range };
        let here = |p: &PartEntry| {
            let id = desk.parts.find(&place(p));
            p.part.gap || self.buffer.has(p.span) || id.is_some_and(|id| desk.parts.get(id).is_some())
        };
        let mut parts = timeline.parts()[timeline.part_at(at)..].iter();
        Some(match parts.find(|p| !here(p)) {
            Some(p) => (p.span.start, desk.parts.find(&place(p)).map(Asset::Part), p.span.len()),
            None => {
                let len = timeline.part_target().unwrap_or_default();
                (timeline.edge().max(at), self.by_parts.hinted.map(Asset::Part), len)
            }
        })
    }

    /// How much of its segment is yet to come from the next part on; all of it where that begins one, and where parts
    /// are not followed.
    fn rest_of_segment(&self, at: MediaTime) -> f64 {
        let Some(timeline) = self.timeline.as_ref().filter(|_| self.by_parts.on) else { return 1.0 };
        let parts = timeline.parts();
        let missing = parts[timeline.part_at(at)..].iter().find(|p| !p.part.gap && !self.buffer.has(p.span));
        let next = missing.map_or(timeline.awaited().1.unwrap_or(0), |p| p.index as u64);
        let count = parts.iter().map(|p| p.index as u64 + 1).max().unwrap_or(1).max(next + 1);
        (count - next) as f64 / count as f64
    }

    /// Whether another rendition, of `ratio` times the bitrate, may take over now: where a segment begins, or where all
    /// of this segment in that one is less than what is yet to come in this one. For its first part is needed first.
    pub(super) fn may_change(&self, at: MediaTime, ratio: f64) -> bool {
        let rest = self.rest_of_segment(at);
        rest >= 1.0 || ratio < rest
    }

    /// What is hinted at. Without an end it is the rest of a file that grows, as the parts before it were.
    fn hint(&self) -> Option<(Place, &Timeline)> {
        let timeline = self.timeline.as_ref().filter(|_| self.by_parts.on && !self.by_parts.no_hints)?;
        let hint = timeline.next_part()?;
        let ranged = timeline.parts().last().is_some_and(|p| p.part.range.is_some());
        let open = ByteRange { start: 0, end: u64::MAX };
        Some((Place { url: hint.url.clone(), range: hint.range.or(ranged.then_some(open)) }, timeline))
    }
}

impl Lane {
    /// How long digests follow what is new: where it is played part by part, those of the last parts of a segment are
    /// wanted with its own, and the list is looked at once for each segment.
    pub(super) fn part_patience(&self) -> Millis {
        let timeline = self.timeline.as_ref().filter(|_| self.by_parts.on);
        timeline.and_then(Timeline::part_target).map_or(Millis(0), MediaTime::as_millis)
    }
}

impl Session {
    /// Renditions that are played part by part, and what is known of them.
    pub(crate) fn edges(&self) -> impl Iterator<Item = (RenditionId, &Timeline)> {
        let by_parts = self.lanes.iter().filter(|l| l.by_parts.on);
        by_parts.filter_map(|l| Some((l.rendition, l.timeline.as_ref()?)))
    }

    /// Goes over to parts near the edge, and back to segments far from it.
    pub(super) fn follow_edge<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let low = self.is_low();
        let engaged = self.engaged || self.options.preload == crate::engine::config::Preload::Auto;
        for lane in &mut self.lanes {
            let fits = takes_parts(lane, desk);
            let Some(timeline) = &lane.timeline else { continue };
            let reach = if lane.by_parts.on { LEAVE } else { ENTER };
            let reach = MediaTime::from_ticks(timeline.target_duration().ticks().saturating_mul(reach));
            let near = low && engaged && timeline.edge() - at <= reach.max(timeline.hold_back());
            let on = near && fits && timeline.has_parts() && lane.by_parts.refusals < REFUSALS;
            if on && !lane.by_parts.on && lane.reloading.is_too_coarse() {
                lane.ask_anew(self.player, desk);
            }
            lane.by_parts.on = on;
        }
    }

    /// Notes which parts of a track neighbours may bring: where the publisher lists digests of them, those that are due
    /// late enough. Digests follow when the segment is complete, so its first parts need viewers furthest behind the edge.
    pub(super) fn note_relayed(&mut self, track: Track, integrity: &Integrity, ledger: &Ledger) {
        let behind = self.target_latency().filter(|_| self.may_share());
        for lane in self.lanes.iter_mut().filter(|l| l.track == track && l.by_parts.on) {
            let Some(timeline) = &lane.timeline else { continue };
            let place = |p: &PartEntry| Place { url: p.part.url.clone(), range: p.part.range };
            let listed = |p: &PartEntry| matches!(ledger.expected(integrity, &place(p)), Expected::Digest(_));
            lane.by_parts.relayed = behind.zip(timeline.part_target()).and_then(|(behind, part)| {
                let reach = behind - part - IN_HAND;
                let (early, part) = (timeline.target_duration() - reach, part.ticks().max(1));
                let from = early.ticks().max(0).unsigned_abs().div_ceil(part.unsigned_abs());
                // Of a file that grows, who asks for the first part has them all: there the first waits, too.
                let grows = timeline.parts().last().is_some_and(|p| p.part.range.is_some());
                let from = if grows { 0 } else { from };
                (reach.ticks() >= part && timeline.parts().iter().any(listed)).then_some(from)
            });
        }
    }

    /// Wants the parts that are due, and the one that will be next.
    pub(super) fn want_parts<P: Payload>(
        &mut self,
        (pace, to): (Pace, MediaTime),
        wants: &mut Vec<Want>,
        desk: &mut Desk<'_, P>,
    ) {
        let bitrate = self.variants.get(self.variant).map_or(0.0, |v| v.bitrate.0).max(200_000.0);
        for lane in self.lanes.iter_mut().filter(|l| l.by_parts.on) {
            let now = desk.now;
            let newest = lane.timeline.as_ref().and_then(Timeline::newest).cloned();
            let init = newest.as_ref().and_then(|e| want_init(e, pace, wants, desk));
            let guess = |len: MediaTime| (bitrate / 8.0 * len.secs()) as u64;
            let (rendition, relayed) = (lane.rendition, lane.by_parts.relayed);
            // Of the first segment whose parts are listed some may be missing: nobody knows where they would count from.
            let first = lane.timeline.as_ref().and_then(|t| t.parts().first()).map_or(u64::MAX, |p| p.number);
            let named = |number: u64, index| {
                let name = SegmentId { rendition, number }.part(index);
                name.filter(|_| relayed.is_some_and(|from| index >= from) && number > first)
            };
            let awaited = lane.timeline.as_ref().map_or((0, None), Timeline::awaited);
            let mut behind = false;
            for part in lane.due_parts(pace.playhead, to, init).into_iter().take(DEPTH) {
                let place = Place { url: part.part.url.clone(), range: part.part.range };
                let id = desk.parts.intern(&place, desk.orders);
                if desk.parts.get(id).is_none() {
                    let (deadline, guess) = (pace.deadline(part.span.start, now), guess(part.span.len()));
                    let name = named(part.number, part.index as u64);
                    desk.parts.name(id, name);
                    wants.push(Want { asset: Asset::Part(id), name, place, deadline, guess, held: false });
                    behind = true;
                }
            }
            let hinted = lane.hint().map(|(place, timeline)| {
                let id = desk.parts.intern(&place, desk.orders);
                (id, place, timeline.edge(), timeline.part_target().unwrap_or_default())
            });
            lane.by_parts.hinted = hinted.as_ref().map(|h| h.0);
            // What is not there yet can wait until what is there has come: they would share the link.
            if let Some((id, place, edge, len)) = hinted
                && edge < to
                && !behind
                && desk.parts.get(id).is_none()
                && !wants.iter().any(|w| w.asset == Asset::Part(id))
            {
                let (deadline, guess) = (pace.deadline(edge, now), guess(len));
                let name = named(awaited.0, awaited.1.unwrap_or(0));
                desk.parts.name(id, name);
                wants.push(Want { asset: Asset::Part(id), name, place, deadline, guess, held: true });
            }
        }
    }

    /// Where the next part of a track begins, if one is due.
    pub(super) fn part_due_at(&self, lane: usize, at: MediaTime, to: MediaTime) -> Option<MediaTime> {
        let lane = &self.lanes[lane];
        lane.due_parts(at, to, lane.buffer.init()).first().map(|p| p.span.start)
    }

    /// Appends the next part of a track, if it is here.
    pub(super) fn append_part<P: Payload>(
        &mut self,
        i: usize,
        (at, to): (MediaTime, MediaTime),
        desk: &mut Desk<'_, P>,
    ) -> Option<()> {
        let lane = &self.lanes[i];
        let timeline = lane.timeline.as_ref()?;
        // Whether decoding can go on depends on the section in force, and that on the part.
        let init = timeline.newest()?.segment.init.as_ref().map(|init| desk.inits.intern(init));
        let due = (*lane.due_parts(at, to, init).first()?).clone();
        let entry = timeline.described(due.number)?;
        let init = desk.inits.intern(entry.segment.init.as_ref()?);
        let place = Place { url: due.part.url, range: due.part.range };
        let id = desk.parts.intern(&place, desk.orders);
        let part = desk.parts.get(id)?;
        let ready = desk.inits.get(init)?;
        let discontinuity = entry.segment.discontinuity;
        let start = ready.info.as_ref().and_then(|info| read_start(&part.head, info));
        let offset = self.offset(i, (discontinuity, due.span.start), start)?;
        let (blob, init_blob) = (part.verified.blob(), ready.blob);
        let bytes = part.verified.len();
        // Parts are placed anew with every reload, inside their segments.
        let drift =
            if due.index == 0 { self.drift(i, due.span.start, start, offset) } else { MediaTime::ZERO };
        let rendition = lane.rendition;
        let span = self.follow_media(due.span, drift);
        let piece = Piece { span, rendition, bytes };
        if !self.takes(i, init, piece.span.start, desk) {
            return None;
        }
        let buffer = &mut self.lanes[i].buffer;
        if buffer.init() == Some(init) {
            buffer.append_media(piece, blob, offset, desk.orders);
            self.offsets.insert(discontinuity, offset);
        } else {
            buffer.append_init(init, init_blob, offset, desk.orders);
        }
        self.ended = false;
        Some(())
    }

    /// The origin will not give a part: its segment is fetched whole, once it is listed.
    pub(crate) fn part_lost<P: Payload>(&mut self, id: PartId, desk: &mut Desk<'_, P>) {
        for lane in &mut self.lanes {
            if lane.by_parts.hinted == Some(id) {
                lane.by_parts.no_hints = true;
                continue;
            }
            let Some(timeline) = &lane.timeline else { continue };
            for part in timeline.parts() {
                let place = Place { url: part.part.url.clone(), range: part.part.range };
                if desk.parts.intern(&place, desk.orders) == id {
                    lane.by_parts.refusals += 1;
                    lane.by_parts.whole.push(part.number);
                    break;
                }
            }
        }
    }
}

/// Wants the initialisation section of `entry`; its id.
fn want_init<P: Payload>(
    entry: &Entry,
    pace: Pace,
    wants: &mut Vec<Want>,
    desk: &mut Desk<'_, P>,
) -> Option<InitId> {
    let id = desk.inits.intern(entry.segment.init.as_ref()?);
    let asset = Asset::Init(id);
    if desk.inits.get(id).is_none() && !wants.iter().any(|w| w.asset == asset) {
        let place = desk.inits.place(id)?;
        let deadline = pace.deadline(entry.span.start, desk.now);
        wants.push(Want { asset, name: None, place, deadline, guess: 2_000, held: false });
    }
    Some(id)
}
