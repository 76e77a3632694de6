//! When and how a live playlist is asked for again. Where the server holds requests (RFC 8216bis §6.2.5.2), the next
//! one is made as soon as one is answered, and names what will be new; an answer that comes too early, a refusal, or
//! none within three target durations means that it does not, and the playlist is polled. Updates leave out what is
//! known, while it is fresh enough (§6.3.7).

use super::{Desk, Session};
use crate::engine::documents::UNREACHABLE;
use crate::engine::error::Fault;
use crate::engine::id::Track;
use crate::engine::payload::Payload;
use crate::engine::playlist::Resume;
use crate::engine::time::{Instant, MediaTime, Millis};
use crate::engine::timeline::Timeline;
use std::sync::Arc;

/// Target durations without an answer.
const PATIENCE: u64 = 3;
/// What an answer with nothing new, a refusal, or no answer weighs; one that keeps the promise takes 1 away.
const DISAPPOINTED: u32 = 2;
/// At this weight nothing is asked to be held any more.
const TOO_MUCH: u32 = 6;
/// Parts are polled no faster.
const MIN_POLL: Millis = Millis(300);
/// Answers in a row with nothing new, half a target duration apart, after which the broadcast stands still.
const STILL: u32 = 6;
/// A broadcast that stands still is asked after this seldom in the end.
const SELDOM: Millis = Millis(30_000);
/// First pause after a reload that failed; doubled each time, up to the second.
const FAILED_PAUSE: Millis = Millis(1_000);
const LONGEST_PAUSE: Millis = Millis(8_000);
/// A server that refuses a live playlist it gave before may be between two broadcasts. For this long it is asked
/// again, the last good copy being played meanwhile.
const REFUSED: Millis = Millis(60_000);
/// With less than this there is nothing left to play.
const DRY: MediaTime = MediaTime::from_ticks(MediaTime::RATE);

/// How one track's playlist is kept up to date.
#[derive(Default)]
pub(super) struct Reloading {
    /// When it was last asked for, if the server may hold that request; whether a part was named.
    held: Option<(Instant, bool)>,
    disappointments: u32,
    /// The present request has directives.
    directed: bool,
    /// The next one has none.
    plain: bool,
    /// When it was last asked for.
    asked_at: Option<Instant>,
    /// When it last came.
    heard_at: Instant,
    /// Answers in a row with nothing new.
    still: u32,
    /// Since when it could not be had.
    failing_since: Option<Instant>,
    /// An update could not be used: the whole is needed.
    whole: bool,
    /// The present request is for the whole.
    asked_whole: bool,
    /// Where its text may be taken up.
    pub(super) resume: Option<Arc<Resume>>,
}

impl Reloading {
    /// Another playlist is followed from now on.
    pub(super) fn start_over(&mut self) {
        *self = Self::default();
    }

    fn holds(&self, timeline: &Timeline) -> bool {
        timeline.is_live() && timeline.control().can_block_reload && self.disappointments < TOO_MUCH
    }

    /// A request is made.
    pub(super) fn asked(&mut self, now: Instant) {
        self.asked_at = Some(now);
    }

    /// The address to ask at, for what will be new: the next part where `parts` are followed, else the next segment.
    pub(super) fn address(&mut self, url: &str, timeline: &Timeline, parts: bool, now: Instant) -> String {
        let plain = std::mem::take(&mut self.plain) || self.disappointments >= TOO_MUCH;
        let holds = !plain && self.holds(timeline);
        self.held = holds.then_some((now, parts));
        let (number, part) = timeline.awaited();
        let mut query = Query::new(url);
        if holds {
            query.add("_HLS_msn", &number.to_string());
            if let Some(part) = part.filter(|_| parts) {
                query.add("_HLS_part", &part.to_string());
            }
        }
        let fresh = |until: Millis| now.since(self.heard_at).0 < until.0 / 2;
        let skips = !plain && timeline.control().skip_until.is_some_and(|until| fresh(until.as_millis()));
        self.asked_whole = std::mem::take(&mut self.whole);
        if skips && !self.asked_whole {
            query.add("_HLS_skip", "YES");
        }
        self.directed = query.0.len() > url.len();
        query.0
    }

    /// An answer came; how long to wait before the next request.
    pub(super) fn arrived(
        &mut self,
        changed: bool,
        timeline: &Timeline,
        parts: bool,
        now: Instant,
    ) -> Millis {
        self.heard_at = now;
        self.failing_since = None;
        self.still = if changed { 0 } else { self.still + 1 };
        if self.held.take().is_some() {
            let kept = self.disappointments.saturating_sub(1);
            self.disappointments = if changed { kept } else { self.disappointments + DISAPPOINTED };
        }
        let pause = match timeline.part_target().filter(|_| parts) {
            _ if self.holds(timeline) && changed => Millis(0),
            Some(part) => {
                let part = part.as_millis();
                (if changed { part } else { Millis(part.0 / 2) }).max(MIN_POLL)
            }
            // Counted from when the last request was made; a slow server has half of it to itself.
            None => {
                let pause = timeline.reload_after(changed).0;
                let took = self.asked_at.map_or(0, |at| now.since(at).0);
                Millis(pause - took.min(pause / 2))
            }
        };
        let beyond = u64::from(self.still.saturating_sub(STILL));
        if beyond == 0 { pause } else { Millis(pause.0.saturating_mul(1 + beyond)).min(SELDOM.max(pause)) }
    }

    /// Whether the broadcast stands still since the last answer. Said once.
    pub(super) fn stands_still(&self) -> bool {
        self.still == STILL
    }

    /// An update left out what is not known; whether to ask again at once. Not when the whole was asked for already.
    pub(super) fn was_incomplete(&mut self) -> bool {
        self.whole = true;
        self.resume = None;
        !self.asked_whole
    }

    /// No answer, or a refusal; whether it may come if it is asked for without directives.
    pub(super) fn lost(&mut self) -> bool {
        self.held = None;
        self.plain = std::mem::take(&mut self.directed);
        self.disappointments += if self.plain { DISAPPOINTED } else { 0 };
        self.plain
    }

    /// When the present request has been held for too long.
    pub(super) fn patience_ends(&self, timeline: &Timeline) -> Option<Instant> {
        let (at, _) = self.held?;
        Some(at + Millis(timeline.target_duration().as_millis().0 * PATIENCE))
    }

    /// Whether a request for a whole segment is held although parts are followed now.
    pub(super) fn is_too_coarse(&self) -> bool {
        matches!(self.held, Some((_, false)))
    }
}

impl Session {
    /// A live playlist could not be had. Whether it is asked for again: as long as somebody waits, where there was no
    /// answer; for a while, or while there is something to play, where it was refused.
    pub(super) fn waits_for<P: Payload>(&mut self, track: Track, fault: &Fault, desk: &Desk<'_, P>) -> bool {
        let at = self.position(desk.now);
        let Some(lane) = self.lanes.iter_mut().find(|l| l.track == track) else { return false };
        let since = *lane.reloading.failing_since.get_or_insert(desk.now);
        let refused = fault.name != UNREACHABLE && desk.now.since(since) >= REFUSED;
        if refused && lane.buffer.filled_to(at) - at < DRY {
            return false;
        }
        let pause = (FAILED_PAUSE.0 << (lane.failures - 1).min(5)).min(LONGEST_PAUSE.0);
        // Viewers whom one failure met at once come back one after the other.
        let chance = desk.config.seed ^ u64::from(lane.failures).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let jitter = (chance ^ chance >> 29) % 512;
        lane.reload_at = Some(desk.now + Millis(pause * (768 + jitter) / 1024));
        true
    }
}

/// The address of a playlist that was reported on, as new as the report says it is.
pub(super) fn reported(url: &str, known: Option<&Timeline>) -> String {
    let mut query = Query::new(url);
    if let Some(timeline) = known.filter(|t| t.is_live() && t.control().can_block_reload)
        && let Some(report) = timeline.report(url)
    {
        query.add("_HLS_msn", &report.last_msn.to_string());
        if let Some(part) = report.last_part {
            query.add("_HLS_part", &part.to_string());
        }
    }
    query.0
}

/// An address that gets directives.
struct Query(String);

impl Query {
    fn new(url: &str) -> Self {
        Self(url.split('#').next().unwrap_or_default().to_owned())
    }

    fn add(&mut self, name: &str, value: &str) {
        let sign = if self.0.contains('?') { "&" } else { "?" };
        self.0.extend([sign, name, "=", value]);
    }
}
