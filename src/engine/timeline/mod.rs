//! Which segment plays at this time? Gives every segment of a media playlist its place in the programme, and
//! keeps it there across reloads of a live one.
//!
//! The rule: spans are decided once, when a segment is first seen, and do not move, because what was appended
//! does not move either. Only the media itself can say that a segment lies elsewhere than the durations before it
//! add up to; then it moves, with all that follow ([`Timeline::move_from`]). A reload is compared by media
//! sequence number at its two ends, so it costs time in proportion to what came and went. A hole that a late
//! reload leaves is as long as the dates say, where both sides have one, else the target duration for each number
//! missed. A list that runs backwards is an old copy or a new stream; see [`Timeline::refresh`].

mod align;
mod delta;
mod edge;
mod refresh;

pub use edge::PartEntry;

use super::config::LatencyMode;
use super::playlist::{Media, Segment};
use super::time::{MediaTime, Millis, Span};
use edge::{Edge, News};

/// Half a millisecond: a time this close before a segment's end means the next one. Seeks come as rounded
/// seconds, and buffers report rounded ends.
const TOLERANCE: MediaTime = MediaTime::from_ticks(45);
/// The least time between reloads, whatever the playlist says: an origin is not to be hammered.
const MIN_RELOAD: Millis = Millis(500);
/// Segments between live position and end where the playlist names no hold-back (RFC 8216 §6.3.3).
const HOLD_BACK_SEGMENTS: i64 = 3;

/// A segment in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What peers call it: the index where the playlist was complete from the start, else the media sequence
    /// number. Ascending, not always consecutive.
    pub number: u64,
    /// Where it plays. Spans do not overlap; only a hole in a live stream keeps two apart.
    pub span: Span,
    /// What to fetch.
    pub segment: Segment,
}

/// What a reload brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Refresh {
    /// Segments added at the end.
    pub added: usize,
    /// The stream has ended; it was live before.
    pub ended_now: bool,
    /// A new stream took the place of the old one: whatever was known by number is void.
    pub restarted: bool,
    /// Nothing new, not even a part: the reload came too early, or the origin is late.
    pub unchanged: bool,
    /// It leaves out what is not known here; the whole list is needed.
    pub incomplete: bool,
}

/// The segments of one rendition in programme order.
#[derive(Clone, Debug)]
pub struct Timeline {
    entries: Vec<Entry>,
    ended: bool,
    /// It was live when it was first seen, and is numbered by media sequence.
    live: bool,
    target_duration: MediaTime,
    start: Option<MediaTime>,
    edge: Edge,
    mode: LatencyMode,
    /// Where the next segment starts: the end of the last one, also after it was dropped.
    end: MediaTime,
    /// `EXT-X-PROGRAM-DATE-TIME` at `end`, in ms since 1970.
    end_date_ms: Option<i64>,
    /// The number that comes next.
    next_number: u64,
    /// What numbers lack to be media sequence numbers.
    sequence_base: u64,
}

impl Timeline {
    /// Places the segments of a playlist that is seen for the first time. A complete one starts at zero. A live
    /// one starts at zero too, unless another rendition of the same stream is known: then it is lined up with
    /// `align` by dates where both have them and they make sense, else by media sequence numbers, else at the
    /// live end. A span may then start before zero. What was live in `align` counts as live, ended or not.
    #[must_use]
    pub fn new(media: Media, align: Option<&Self>) -> Self {
        // A live stream may have ended since the other rendition was seen.
        let live = !media.ended || align.is_some_and(|other| other.live);
        let start = match align {
            Some(other) if live => align::start(&media, other),
            Some(_) | None => MediaTime::ZERO,
        };
        let first = if live { media.first_listed() } else { 0 };
        let mut timeline = Self {
            entries: Vec::with_capacity(media.segments.len()),
            ended: media.ended,
            live,
            target_duration: media.target_duration,
            start: media.start,
            edge: Edge::default(),
            mode: align.map_or(LatencyMode::Low, |other| other.mode),
            end: start,
            end_date_ms: None,
            next_number: first,
            sequence_base: media.first_listed().saturating_sub(first),
        };
        let (segments, news) = split(media);
        for segment in segments {
            timeline.push(segment);
        }
        edge::place(&mut timeline, news);
        timeline
    }

    /// How far behind the edge a viewer is to be; as near as the publisher allows unless somebody says otherwise.
    pub fn stand(&mut self, mode: LatencyMode) {
        self.mode = mode;
    }

    /// The same timeline moved to start at `start`: before anything was appended by it.
    #[must_use]
    pub fn starting_at(mut self, start: MediaTime) -> Self {
        self.shift(start - self.window().start);
        self
    }

    /// Moves this timeline to where `other`, another track's of the same broadcast, has the same media sequence
    /// numbers. Before anything was appended by it.
    pub fn line_up(&mut self, other: &Self) {
        let common =
            self.entries.iter().find_map(|e| Some(other.by_number(e.number)?.span.start - e.span.start));
        // Another broadcast's numbers lie anywhere; the same one's, a few segments apart.
        let near = |by: &MediaTime| by.ticks().abs() <= self.target_duration.ticks().saturating_mul(4);
        if let Some(by) = common.filter(near) {
            self.shift(by);
        }
    }

    fn shift(&mut self, by: MediaTime) {
        for entry in &mut self.entries {
            entry.span = Span::new(entry.span.start + by, entry.span.end + by);
        }
        self.edge.shift(by);
        self.end += by;
    }

    /// What plays at `at`, and all that follows, turned out to start by so much later, or earlier: durations are
    /// rounded, and add up. What lies before it ends where it starts.
    pub fn move_from(&mut self, at: MediaTime, by: MediaTime) {
        let first = self.entries.partition_point(|e| e.span.start + TOLERANCE < at);
        for entry in &mut self.entries[first..] {
            entry.span = Span::new(entry.span.start + by, entry.span.end + by);
        }
        if let Some(before) = first.checked_sub(1) {
            let start = self.entries.get(first).map_or(self.end + by, |e| e.span.start);
            let before = &mut self.entries[before].span;
            // A hole stays one.
            if before.end > start || before.end + TOLERANCE >= at {
                *before = Span::new(before.start, start.max(before.start));
            }
        }
        self.edge.move_from(at, by);
        if at <= self.end + TOLERANCE {
            self.end += by;
        }
    }

    /// Takes a reload of the same playlist. Segments that left the window are dropped; segments that stay keep
    /// their spans, and their numbers even when the stream ends.
    ///
    /// A list that ends before ours does, or whose dates contradict ours, is a new stream (a permanent live
    /// counts from 0 again, under the same names) or an old copy from a cache. It is an old copy, and changes
    /// nothing, when the dates agree, or, without dates, when it lags by a few segments with the same URLs. A
    /// new stream replaces everything, starting where the old one ended.
    pub fn refresh(&mut self, media: Media) -> Refresh {
        refresh::apply(self, media)
    }

    /// The segments, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The segment that plays at `t`, else the next one after it. The last half millisecond of a segment counts as the
    /// next one's. At the end and beyond there is none where more may come; else it is the last, for that is what whoever
    /// goes to the end has to see.
    #[must_use]
    pub fn at(&self, t: MediaTime) -> Option<&Entry> {
        self.entries_from(t).first()
    }

    /// The segments from the one [at](Self::at) `t` on.
    #[must_use]
    pub fn entries_from(&self, t: MediaTime) -> &[Entry] {
        let i = self.entries.partition_point(|e| e.span.end <= t);
        let i = if self.ended { i.min(self.entries.len().saturating_sub(1)) } else { i };
        let ends = self.entries.get(i).is_some_and(|e| e.span.start < t && e.span.end <= t + TOLERANCE);
        let next = ends && i + 1 < self.entries.len();
        &self.entries[i + usize::from(next)..]
    }

    /// The segment with this number.
    #[must_use]
    pub fn by_number(&self, n: u64) -> Option<&Entry> {
        let i = self.entries.partition_point(|e| e.number < n);
        self.entries.get(i).filter(|e| e.number == n)
    }

    /// The first segment with a larger number.
    #[must_use]
    pub fn after(&self, n: u64) -> Option<&Entry> {
        self.entries.get(self.entries.partition_point(|e| e.number <= n))
    }

    /// Media sequence number of a segment (RFC 8216 §4.3.3.2), whatever it is called by.
    #[must_use]
    pub fn sequence_of(&self, entry: &Entry) -> u64 {
        entry.number.saturating_add(self.sequence_base)
    }

    /// Whether more segments may come.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !self.ended
    }

    /// From the first segment's start to the last one's end, or the last part's; empty where there is none.
    #[must_use]
    pub fn window(&self) -> Span {
        Span::new(self.entries.first().map_or(self.end, |e| e.span.start), self.edge())
    }

    /// The length that no segment exceeds by more than rounding (RFC 8216 §4.3.3.1).
    #[must_use]
    pub fn target_duration(&self) -> MediaTime {
        self.target_duration
    }

    /// Where live playback should be: the [hold-back](Self::hold_back) before the end; not before the window.
    #[must_use]
    pub fn live_position(&self) -> MediaTime {
        let window = self.window();
        (window.end - self.hold_back()).max(window.start)
    }

    /// Where to start when nobody says otherwise: at `EXT-X-START`, else at the live position, else at the
    /// beginning; behind the gap where there is one.
    #[must_use]
    pub fn start_position(&self) -> MediaTime {
        let window = self.window();
        let latest = match self.entries.last() {
            Some(_) if self.is_live() => self.live_position(),
            Some(last) => last.span.start,
            None => return window.start,
        };
        let wanted = match self.start {
            // Live, the last three target durations are not for starting in (RFC 8216 §4.3.5.2).
            Some(t) if t < MediaTime::ZERO => (window.end + t).clamp(window.start, latest),
            Some(t) => (window.start + t).clamp(window.start, latest),
            None if self.is_live() => latest,
            None => window.start,
        };
        let from = self.entries.partition_point(|e| e.span.end <= wanted);
        let playable = self.entries[from..].iter().find(|e| !e.segment.gap);
        playable.map_or(wanted, |e| e.span.start.max(wanted))
    }

    /// How long after a reload the next one is due: the target duration, or half of it when nothing had changed
    /// (RFC 8216 §6.3.4).
    #[must_use]
    pub fn reload_after(&self, changed: bool) -> Millis {
        let target = self.target_duration.as_millis();
        (if changed { target } else { Millis(target.0 / 2) }).max(MIN_RELOAD)
    }

    /// Places `segment` behind all others.
    fn push(&mut self, segment: Segment) {
        let span = Span::new(self.end, self.end + segment.duration);
        self.end = span.end;
        self.end_date_ms =
            segment.date_ms.map(|ms| ms.saturating_add_unsigned(segment.duration.as_millis().0));
        self.entries.push(Entry { number: self.next_number, span, segment });
        self.next_number = self.next_number.saturating_add(1);
    }
}

/// The segments of a list, and what it says of its edge.
fn split(media: Media) -> (Vec<Segment>, News) {
    let first_listed = media.first_listed();
    let Media { segments, control, part_target, parts, open, next_part: next, reports, .. } = media;
    (segments, News { control, part_target, parts, open, next, reports, first_listed })
}
