//! One track of a player: the rendition it plays, that rendition's timeline, and the SourceBuffer it fills.

use super::cadence::Cadence;
use super::edge::ByParts;
use super::reload::{self, Reloading};
use super::room::Room;
use super::{Desk, Owner};
use crate::engine::buffer::TrackBuffer;
use crate::engine::id::{PlayerId, RenditionId, SegmentId, Track};
use crate::engine::payload::Payload;
use crate::engine::playlist::Media;
use crate::engine::time::{Instant, MediaTime};
use crate::engine::timeline::{Entry, Refresh, Timeline};
use litemap::LiteMap;

/// Where a live programme starts. Not at zero: fragments may begin a little before the time their playlist gives
/// them, another rendition's window may reach further back, and Media Source drops what lies before zero.
const LIVE_START: MediaTime = MediaTime::from_ticks(60 * MediaTime::RATE);

/// Ends of what is buffered differ a little from those that playlists give.
const ROUNDING: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 10);

/// A track.
pub(crate) struct Lane {
    pub(crate) track: Track,
    pub(crate) rendition: RenditionId,
    pub(crate) url: String,
    pub(crate) timeline: Option<Timeline>,
    /// The rendition to go over to as soon as its playlist is here.
    pub(crate) next: Option<(RenditionId, String)>,
    /// Its timeline, once it is here.
    ready: Option<Timeline>,
    /// The viewer chose it and waits for it: what is buffered of the old one goes.
    pub(super) impatient: bool,
    /// Timelines of complete programmes that were left: they need not be asked for again.
    left: LiteMap<RenditionId, Timeline>,
    pub(crate) buffer: TrackBuffer,
    /// The MIME type its SourceBuffer was added with.
    pub(crate) mime: Option<String>,
    pub(super) room: Room,
    /// Segments that came, and how often since the last seek.
    pub(super) came: Vec<(u64, u8)>,
    /// Segments that the origin will not give.
    pub(crate) gone: Vec<u64>,
    pub(crate) reload_at: Option<Instant>,
    /// Reloads in a row that failed.
    pub(crate) failures: u32,
    /// The network was away: nothing is wanted of a live before its playlist says what there is.
    pub(super) awaited: bool,
    pub(super) reloading: Reloading,
    pub(super) cadence: Cadence,
    pub(super) by_parts: ByParts,
    /// It takes the sound out of the first lane's segments.
    pub(super) beside: bool,
}

impl Lane {
    pub(crate) fn new(player: PlayerId, track: Track, rendition: RenditionId, url: String) -> Self {
        Self {
            track,
            rendition,
            url,
            timeline: None,
            next: None,
            ready: None,
            impatient: false,
            left: LiteMap::new(),
            buffer: TrackBuffer::new(player, track),
            mime: None,
            room: Room::default(),
            came: Vec::new(),
            gone: Vec::new(),
            reload_at: None,
            failures: 0,
            awaited: false,
            reloading: Reloading::default(),
            cadence: Cadence::default(),
            by_parts: ByParts::default(),
            beside: false,
        }
    }

    /// Fetches a playlist: the next rendition's, else this one's, which goes on until that takes over.
    pub(crate) fn fetch<P: Payload>(&mut self, player: PlayerId, desk: &mut Desk<'_, P>) {
        self.reload_at = None;
        self.reloading.asked(desk.now);
        let next = self.next.as_ref().filter(|_| self.ready.is_none());
        let (rendition, url) = match (next, &self.timeline) {
            (Some((rendition, url)), known) => (*rendition, reload::reported(url, known.as_ref())),
            (None, Some(known)) => {
                (self.rendition, self.reloading.address(&self.url, known, self.by_parts.on, desk.now))
            }
            (None, None) => (self.rendition, self.url.clone()),
        };
        desk.documents.fetch(Owner::Media(player, self.track, rendition), &url, desk.ids, desk.orders);
    }

    /// Asks again, and differently, for what was asked for already.
    pub(super) fn ask_anew<P: Payload>(&mut self, player: PlayerId, desk: &mut Desk<'_, P>) {
        let owner = Owner::Media(player, self.track, self.rendition);
        desk.documents.drop_if(|o| *o == owner, desk.orders);
        self.reload_at = Some(desk.now);
    }

    /// Gets ready to go over to another rendition.
    pub(crate) fn switch<P: Payload>(
        &mut self,
        player: PlayerId,
        to: (RenditionId, String),
        desk: &mut Desk<'_, P>,
    ) {
        self.ready = None;
        if to.0 == self.rendition {
            self.next = None;
        } else if self.timeline.is_none() {
            (self.rendition, self.url) = to;
            self.fetch(player, desk);
        } else {
            self.ready = self.left.get(&to.0).cloned();
            self.next = Some(to);
            if self.ready.is_none() {
                self.fetch(player, desk);
            }
        }
    }

    /// Whether it can go over to the next rendition.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready.is_some()
    }

    /// Goes over to the next rendition.
    pub(crate) fn take_over(&mut self, now: Instant) {
        let (Some((rendition, url)), Some(timeline)) = (self.next.take(), self.ready.take()) else {
            return;
        };
        let old = self.timeline.replace(timeline);
        if let Some(old) = old.filter(|t| !t.is_live()) {
            self.left.insert(self.rendition, old);
        }
        (self.rendition, self.url) = (rendition, url);
        self.gone.clear();
        self.came.clear();
        self.forget_edge();
        self.schedule_reload(true, now);
    }

    /// The length that no segment exceeds.
    pub(crate) fn target_duration(&self) -> MediaTime {
        self.timeline.as_ref().map_or(MediaTime::ZERO, Timeline::target_duration)
    }

    /// Takes a playlist of this rendition or the next; `other` is another lane's timeline of the same stream.
    pub(crate) fn adopt(
        &mut self,
        rendition: RenditionId,
        mut media: Media,
        other: Option<&Timeline>,
    ) -> Refresh {
        self.failures = 0;
        self.awaited = false;
        let resume = media.resume.take();
        if self.next.as_ref().is_some_and(|(next, _)| *next == rendition) {
            self.ready = Some(Timeline::new(media, self.timeline.as_ref().or(other)));
            return Refresh { added: 1, ..Refresh::default() };
        }
        self.reloading.resume = resume.or(self.reloading.resume.take());
        match &mut self.timeline {
            Some(timeline) => {
                let refresh = timeline.refresh(media);
                // What has left the window is asked for no more, and a live has no end.
                if let Some(first) = timeline.entries().first() {
                    self.gone.retain(|n| *n >= first.number);
                    self.by_parts.forget_before(first.number);
                }
                refresh
            }
            None => {
                let timeline = Timeline::new(media, other);
                let moved = timeline.is_live() && other.is_none();
                self.timeline = Some(if moved { timeline.starting_at(LIVE_START) } else { timeline });
                Refresh { added: 1, ..Refresh::default() }
            }
        }
    }

    /// When a live playlist is due again.
    pub(crate) fn schedule_reload(&mut self, changed: bool, now: Instant) {
        let (reloading, parts) = (&mut self.reloading, self.by_parts.on);
        let live = self.timeline.as_ref().filter(|t| t.is_live());
        self.reload_at = live.map(|t| now + reloading.arrived(changed, t, parts, now));
    }

    /// Segments from `from` up to `to` that are neither in the buffer nor known to be missing, in order.
    pub(crate) fn missing(&self, from: MediaTime, to: MediaTime) -> impl Iterator<Item = &Entry> + '_ {
        let entries = self.timeline.as_ref().map_or(&[][..], |t| t.entries_from(from));
        entries
            .iter()
            .take_while(move |e| e.span.start < to)
            .filter(|e| self.room.played_to.is_none_or(|to| e.span.end > to + ROUNDING))
            .filter(|e| !self.is_gap(e) && !self.is_by_parts(e.number) && !self.buffer.has(e.span))
    }

    /// Whether nothing will ever play there.
    pub(crate) fn is_gap(&self, entry: &Entry) -> bool {
        entry.segment.gap || self.gone.contains(&entry.number)
    }

    /// The page-wide name of a segment of this lane.
    pub(crate) fn segment(&self, entry: &Entry) -> SegmentId {
        SegmentId { rendition: self.rendition, number: entry.number }
    }

    /// Whether everything up to the end of an ended stream is placed.
    pub(crate) fn is_complete(&self, from: MediaTime) -> bool {
        let ended = self.timeline.as_ref().is_some_and(|t| !t.is_live());
        ended && self.buffer.is_idle() && self.missing(from, MediaTime::from_ticks(i64::MAX)).next().is_none()
    }
}
