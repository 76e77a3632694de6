//! Which variant is fetched: puts the rule's questions at the right moments (a segment came, the viewer went
//! elsewhere, the limits changed), and sees to it that a switch throws nothing away. What of the old variant is
//! under way or kept is still shown; only a viewer's choice, or a request that will be late, breaks it off.

use super::lane::Lane;
use super::{Desk, Session};
use crate::engine::abr::{Abr, Flight, Ladder, Limits, View, replaceable};
use crate::engine::config::Bitrate;
use crate::engine::id::{SegmentId, Track};
use crate::engine::payload::Payload;
use crate::engine::playlist::Variant;
use crate::engine::time::MediaTime;
use crate::engine::timeline::Entry;
use crate::engine::transfer::Asset;

/// With less than this here the old variant is fetched on while the new one's playlist is on its way.
const PLAYLIST_TIME: MediaTime = MediaTime::from_ticks(4 * MediaTime::RATE);
/// With less than this here after a seek, the viewer went where nothing is.
const NOTHING: MediaTime = MediaTime::from_ticks(MediaTime::RATE);

/// A segment this close to the playhead is left as it is.
const BEFORE_PLAYED: MediaTime = MediaTime::from_ticks(MediaTime::RATE * 2);

/// What has happened since the rule was last asked, and what limits it.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    pub(super) viewport: Option<(u32, u32)>,
    /// There is reason to ask.
    pub(super) due: bool,
    /// The viewer went elsewhere.
    pub(super) sought: bool,
    /// Segments that came: of which variant, and whether one was buffered in their place.
    came: Vec<(usize, bool)>,
    /// Where the playhead was when the buffer was full.
    full_at: Option<MediaTime>,
    /// What is under way would be late: it is not waited for.
    pub(super) late: bool,
    /// The segment of the buffer that is fetched again, by its number.
    improving: Option<u64>,
    /// What lies before was fetched again already, or need not be.
    improved_to: MediaTime,
}

impl Choice {
    /// Nothing has happened; the screen takes so many device pixels, where known.
    pub(super) fn within(viewport: Option<(u32, u32)>) -> Self {
        Self { viewport, due: true, ..Self::default() }
    }
}

impl Session {
    /// The screen takes so many device pixels.
    pub(crate) fn viewport_changed(&mut self, width: u32, height: u32) {
        self.choice.viewport = Some((width, height));
        self.limits_changed();
    }

    /// What may be chosen is something else now.
    pub(crate) fn limits_changed(&mut self) {
        self.choice.due = true;
    }

    /// A segment came: holes before it were holes, and the next one may be of another variant.
    pub(crate) fn segment_came(&mut self, segment: SegmentId) {
        self.holes = 0;
        if let Some(lane) = self.lanes.iter_mut().find(|l| l.rendition == segment.rendition) {
            lane.note_arrival(segment.number);
        }
        let Some(lane) = self.lanes.first() else { return };
        if let Some(&variant) = self.variant_of.get(&segment.rendition) {
            let entry = lane.timeline.as_ref().and_then(|t| t.by_number(segment.number));
            let replaces = entry.is_some_and(|e| lane.buffer.has(e.span));
            self.choice.came.push((variant, replaces));
            self.choice.due = true;
        }
    }

    /// A part came: the next one may be of another variant.
    pub(crate) fn part_came(&mut self) {
        self.choice.due |= self.lanes.first().is_some_and(|l| l.by_parts.on);
    }

    /// The first choice, before anything is known of the stream but its variants.
    pub(super) fn first_choice<P: Payload>(&mut self, desk: &Desk<'_, P>) -> usize {
        let ladder = self.ladder(desk);
        let view = View {
            ladder: &ladder,
            paths: desk.paths,
            now: desk.now,
            current: 0,
            ahead: MediaTime::ZERO,
            goal: self.goal,
            shared: false,
            segment: PLAYLIST_TIME,
            by_parts: false,
        };
        self.rule.choose(&view)
    }

    /// Automatic choice of the variant.
    pub(super) fn adapt<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        self.take_over(desk);
        self.tell_choices(desk);
        let at = self.position(desk.now);
        let Some(lane) = self.lanes.first() else { return };
        let Here { ahead, next, segment } = here(lane, at, desk);
        let by_parts = lane.by_parts.on;
        let flight = next.and_then(|asset| desk.transfer.flight(asset, desk.now));
        let (switching, fetching) = (lane.next.is_some(), self.variant_of.get(&lane.rendition).copied());
        let room = self.timeline().filter(|t| t.is_live()).map_or(self.goal, |t| t.window().end - at);
        let ladder = self.ladder(desk);
        let view = View {
            ladder: &ladder,
            paths: desk.paths,
            now: desk.now,
            current: self.variant,
            ahead,
            goal: self.goal.min(room),
            shared: self.may_share() && self.report.has_shared(),
            segment,
            by_parts,
        };
        if std::mem::take(&mut self.choice.sought) && ahead < NOTHING {
            self.rule.sought();
        }
        for (variant, replaced) in std::mem::take(&mut self.choice.came) {
            self.rule.arrived(&view, variant, replaced);
        }
        if self.manual || switching {
            return;
        }
        if let (Some(flight), Some(index)) = (flight, fetching) {
            let flight = Flight {
                index,
                bytes: flight.bytes,
                size: flight.size,
                elapsed: flight.elapsed,
                waited: flight.waited,
            };
            if let Some(lower) = self.rule.abandon(&view, &flight) {
                self.choice.late = true;
                self.go_to_variant(lower, desk);
                return self.take_over(desk);
            }
        }
        if !std::mem::take(&mut self.choice.due) {
            return;
        }
        let choice = self.rule.choose(&view);
        if choice != self.variant && choice < self.variants.len() {
            self.go_to_variant(choice, desk);
            self.take_over(desk);
        }
    }

    /// Goes over to a variant whose playlist is here, unless what comes next of the old one is under way or kept.
    fn take_over<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let (to, hurried) = (at + self.goal(), self.lanes.first().is_some_and(|l| l.impatient));
        let late = self.choice.late;
        let mut taken = false;
        let rate = |variant: Option<&usize>| {
            variant.and_then(|v| self.variants.get(*v)).map_or(1.0, |v| v.bitrate.0)
        };
        let old = self.lanes.first().map_or(1.0, |l| rate(self.variant_of.get(&l.rendition)));
        let ratio = rate(Some(&self.variant)) / old.max(1.0);
        for lane in self.lanes.iter_mut().filter(|l| l.is_ready()) {
            let coming = |e: &Entry| {
                let segment = lane.segment(e);
                desk.store.get(segment).is_some() && lane.mime.is_some()
                    || !late && desk.transfer.is_under_way(segment)
            };
            // At the edge a switch waits for the segment to end: what came of it would have to come again, and there is
            // no time for that.
            let waits =
                lane.missing(at, to).next().is_some_and(coming) || !late && !lane.may_change(at, ratio);
            if hurried || lane.impatient || !waits {
                taken |= lane.track == Track::Video;
                lane.take_over(desk.now);
                let rendition = lane.rendition;
                lane.gone.extend(self.lost.iter().filter(|s| s.rendition == rendition).map(|s| s.number));
            }
        }
        self.shun_bad();
        if taken {
            self.follow_first();
            self.choice.late = false;
            self.choice.improving = None;
            self.choice.improved_to = at;
        }
    }

    /// Whether a segment of this lane is wanted although the lane is about to go over to another variant.
    pub(super) fn is_still_wanted<P: Payload>(
        &self,
        lane: &Lane,
        entry: &Entry,
        at: MediaTime,
        desk: &Desk<'_, P>,
    ) -> bool {
        if lane.next.is_some() && self.mending.leaving {
            return false;
        }
        // A lane that feeds on the first one's segments wants what that one wants.
        let lane = self.lanes.first().filter(|_| lane.beside).unwrap_or(lane);
        lane.next.is_none()
            || !lane.is_ready() && entry.span.start < at + PLAYLIST_TIME
            || !(self.choice.late && lane.is_ready()) && desk.transfer.is_under_way(lane.segment(entry))
    }

    /// Notes whether the buffer is full, and how much was played meanwhile.
    pub(super) fn note_rest(&mut self, full: bool, at: MediaTime) {
        match (self.choice.full_at, full) {
            (None, true) => self.choice.full_at = Some(at),
            (Some(since), false) => {
                self.choice.full_at = None;
                self.choice.due = true;
                if at > since && !self.choice.sought {
                    self.rule.rested(at - since);
                }
            }
            (None, false) | (Some(_), true) => {}
        }
    }

    /// Picks the next segment of the buffer that is worth fetching again in the present variant. One at a time,
    /// and each once for a variant.
    pub(super) fn improve<P: Payload>(&mut self, desk: &Desk<'_, P>) {
        let at = self.position(desk.now);
        if let Some(entry) = self.improving() {
            // Once begun it is seen through, unless the playhead is there first.
            if entry.span.start > at + BEFORE_PLAYED {
                return;
            }
            self.improved();
        }
        self.choice.improving = self.improvable(at, desk);
    }

    fn improvable<P: Payload>(&self, at: MediaTime, desk: &Desk<'_, P>) -> Option<u64> {
        let lane = self.lanes.first().filter(|l| l.next.is_none())?;
        if self.manual || self.playhead.1.seeking {
            return None;
        }
        let timeline = lane.timeline.as_ref()?;
        let from = at.max(self.choice.improved_to);
        let buffered = |e: &Entry| {
            let variant = self.variant_of.get(&lane.buffer.rendition_at(e.span)?)?;
            Some((e.span.start - at, *variant, e.number))
        };
        let entries = timeline.entries().iter().skip_while(|e| e.span.start < from);
        let mut buffered = entries.map_while(buffered).peekable();
        buffered.peek()?;
        let ladder = self.ladder(desk);
        let view = View {
            ladder: &ladder,
            paths: desk.paths,
            now: desk.now,
            current: self.variant,
            ahead: here(lane, at, desk).ahead,
            goal: self.goal,
            shared: false,
            segment: timeline.target_duration(),
            by_parts: false,
        };
        replaceable(&view, buffered)
    }

    /// The segment of the buffer that is fetched again.
    pub(super) fn improving(&self) -> Option<&Entry> {
        self.lanes.first()?.timeline.as_ref()?.by_number(self.choice.improving?)
    }

    /// It was fetched again, or came too late: not another time.
    pub(super) fn improved(&mut self) {
        if let Some(to) = self.improving().map(|e| e.span.end) {
            self.choice.improved_to = to;
        }
        self.choice.improving = None;
    }

    fn ladder<P: Payload>(&self, desk: &Desk<'_, P>) -> Ladder {
        let size = |v: &Variant| v.resolution.map_or((0, 0), |r| (r.0, r.1));
        let at = self.position(desk.now);
        let out = |i: usize| self.dead.contains(&i) || self.is_avoided(i, at);
        let usable = |i: usize| !out(i) && !self.has_lacked(i, desk.now);
        // Where all lack something, one is as good as another.
        let any = (0..self.variants.len()).any(usable);
        let had = |(i, v): (usize, &Variant)| (usable(i) || !any && !out(i)).then(|| (v.bitrate, size(v)));
        let variants: Vec<Option<(Bitrate, (u32, u32))>> =
            self.variants.iter().enumerate().map(had).collect();
        let limits = Limits { viewport: self.choice.viewport, saving: desk.saving };
        Ladder::new(&variants, self.variant, limits)
    }
}

/// What is here of a lane.
struct Here {
    /// Without a break, placed or about to be.
    ahead: MediaTime,
    /// What comes next, if it was asked for.
    next: Option<Asset>,
    /// Its length.
    segment: MediaTime,
}

fn here<P: Payload>(lane: &Lane, at: MediaTime, desk: &Desk<'_, P>) -> Here {
    let far = MediaTime::from_ticks(i64::MAX);
    let next = lane.missing(at, far).find(|e| desk.store.get(lane.segment(e)).is_none());
    if next.is_none()
        && let Some((to, next, segment)) = lane.next_part(at, desk)
    {
        return Here { ahead: (to - at).max(MediaTime::ZERO), next, segment };
    }
    let end = match (next, &lane.timeline) {
        (Some(next), _) => next.span.start,
        (None, Some(timeline)) => timeline.window().end,
        (None, None) => at,
    };
    Here {
        ahead: (end - at).max(MediaTime::ZERO),
        next: next.map(|e| Asset::Segment(lane.segment(e))),
        segment: next.map_or_else(|| lane.target_duration(), |e| e.span.len()),
    }
}
