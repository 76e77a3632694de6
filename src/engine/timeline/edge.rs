//! The live edge: parts of the last segments and of the one that is still open (RFC 8216bis §4.4.4.9). They come and
//! go with every reload, so they are placed anew each time, inside the spans of their segments.

use super::super::config::LatencyMode;
use super::super::playlist::{Control, Hint, Part, Report, Segment};
use super::super::time::{MediaTime, Span};
use super::{Entry, TOLERANCE, Timeline};

/// A hold-back below two parts leaves no time for a request (RFC 8216bis §4.4.3.8).
const LEAST_PARTS: i64 = 2;
/// The hold-back, in parts, where the playlist names none.
const USUAL_PARTS: i64 = 3;

/// For the sake of neighbours, a viewer stands no further from the edge than so many target durations: what a segment can
/// be relayed in more rounds than that is seen by everybody already.
const MOST_SHARED: i64 = 8;
/// And so many inside of the window: what is about to leave it may be gone when it is asked for.
const INSIDE: i64 = 2;

/// A part in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PartEntry {
    /// The number of its segment.
    pub number: u64,
    /// Its index there.
    pub index: usize,
    /// Where it plays.
    pub span: Span,
    /// What to fetch.
    pub part: Part,
}

/// What a playlist says of its edge.
#[derive(Clone, Debug, Default)]
pub(super) struct Edge {
    pub(super) control: Control,
    part_target: Option<MediaTime>,
    parts: Vec<PartEntry>,
    open: Option<Box<Entry>>,
    next: Option<Hint>,
    reports: Vec<Report>,
}

/// What of a reload concerns the edge.
pub(super) struct News {
    pub(super) control: Control,
    pub(super) part_target: Option<MediaTime>,
    pub(super) parts: Vec<Part>,
    pub(super) open: Option<Box<Segment>>,
    pub(super) next: Option<Hint>,
    pub(super) reports: Vec<Report>,
    pub(super) first_listed: u64,
}

impl Edge {
    /// Where the open segment ends by now.
    pub(super) fn end(&self) -> Option<MediaTime> {
        self.open.as_ref().map(|open| open.span.end)
    }

    pub(super) fn shift(&mut self, by: MediaTime) {
        self.move_from(MediaTime::from_ticks(i64::MIN / 2), by);
    }

    /// Moves what starts at `at`, and all that follows.
    pub(super) fn move_from(&mut self, at: MediaTime, by: MediaTime) {
        let moved = |start: MediaTime| if start + TOLERANCE >= at { start + by } else { start };
        for part in &mut self.parts {
            part.span = Span::new(moved(part.span.start), moved(part.span.start) + part.span.len());
        }
        if let Some(open) = &mut self.open {
            open.span = Span::new(moved(open.span.start), open.span.end + by);
        }
    }

    /// Parts of the open segment.
    pub(super) fn open_parts(&self) -> usize {
        let Some(open) = &self.open else { return 0 };
        self.parts.iter().rev().take_while(|p| p.number == open.number).count()
    }
}

/// Places what a reload says of the edge; the segments are placed already.
pub(super) fn place(known: &mut Timeline, news: News) {
    let News { control, part_target, parts, open, next, reports, first_listed } = news;
    let open = open.filter(|_| !known.ended).map(|segment| {
        let span = Span::new(known.end, known.end + segment.duration);
        Box::new(Entry { number: known.next_number, span, segment: *segment })
    });
    let mut placed: Vec<PartEntry> = Vec::with_capacity(parts.len());
    for part in parts {
        let number = first_listed.saturating_add(part.segment as u64);
        let whole = known.by_number(number).or(open.as_deref().filter(|open| open.number == number));
        let Some(whole) = whole.map(|entry| entry.span) else { continue };
        let (index, start) = match placed.last() {
            Some(last) if last.number == number => (last.index + 1, last.span.end),
            Some(_) | None => (0, whole.start),
        };
        let span = Span::new(start, start + part.duration);
        placed.push(PartEntry { number, index, span, part });
    }
    known.edge = Edge { control, part_target, parts: placed, open, next, reports };
}

impl Timeline {
    /// The end of the last part, or segment: as far as can be played now.
    #[must_use]
    pub fn edge(&self) -> MediaTime {
        self.edge.end().unwrap_or(self.end)
    }

    /// Whether it can be played part by part.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        !self.ended && !self.edge.parts.is_empty()
    }

    /// The parts, in order: of the last segments, and of the open one.
    #[must_use]
    pub fn parts(&self) -> &[PartEntry] {
        &self.edge.parts
    }

    /// The index of the part that plays at `t`, else of the next one; the number of parts beyond the last.
    #[must_use]
    pub fn part_at(&self, t: MediaTime) -> usize {
        self.edge.parts.partition_point(|p| p.span.end <= t + TOLERANCE)
    }

    /// The segment with this number, be it open.
    #[must_use]
    pub fn described(&self, number: u64) -> Option<&Entry> {
        self.by_number(number).or(self.edge.open.as_deref().filter(|open| open.number == number))
    }

    /// What is in force where the next part will be: the open segment, or the last one.
    #[must_use]
    pub fn newest(&self) -> Option<&Entry> {
        self.edge.open.as_deref().or(self.entries.last())
    }

    /// The part that comes next (`EXT-X-PRELOAD-HINT`).
    #[must_use]
    pub fn next_part(&self) -> Option<&Hint> {
        self.edge.next.as_ref().filter(|_| !self.ended)
    }

    /// What to ask a server that holds requests for: the number of the segment and, where there are parts, the index
    /// of the part that will be new (RFC 8216bis §6.2.5.2).
    #[must_use]
    pub fn awaited(&self) -> (u64, Option<u64>) {
        let part = self.edge.part_target.map(|_| self.edge.open_parts() as u64);
        (self.next_number, part)
    }

    /// `EXT-X-SERVER-CONTROL`.
    #[must_use]
    pub fn control(&self) -> Control {
        self.edge.control
    }

    /// The length that no part exceeds; none where there are no parts.
    #[must_use]
    pub fn part_target(&self) -> Option<MediaTime> {
        self.edge.part_target.filter(|_| self.has_parts())
    }

    /// How far the rendition at `url` is (`EXT-X-RENDITION-REPORT`).
    #[must_use]
    pub fn report(&self, url: &str) -> Option<&Report> {
        let path = |url: &str| url.split('?').next().map(str::to_owned);
        self.edge.reports.iter().find(|r| path(&r.url) == path(url))
    }

    /// How far behind the edge live playback should be: `PART-HOLD-BACK` where there are parts, else `HOLD-BACK`, else
    /// three target durations (RFC 8216bis §4.4.3.8). Who does not want it low keeps what holds for whole segments; who
    /// wants to share, as much more as the window allows.
    #[must_use]
    pub fn hold_back(&self) -> MediaTime {
        let times = |unit: MediaTime, n: i64| MediaTime::from_ticks(unit.ticks().saturating_mul(n));
        match self.part_target().filter(|_| self.mode == LatencyMode::Low) {
            Some(part) => {
                let named = self.edge.control.part_hold_back;
                named.unwrap_or(times(part, USUAL_PARTS)).max(times(part, LEAST_PARTS))
            }
            None => {
                let target = |n| times(self.target_duration, n);
                let usual = target(super::HOLD_BACK_SEGMENTS);
                let asked = self.edge.control.hold_back.map_or(usual, |h| h.max(self.target_duration));
                let shared = (self.window().len() - target(INSIDE)).min(target(MOST_SHARED));
                if self.mode == LatencyMode::Shared { asked.max(shared) } else { asked }
            }
        }
    }
}
