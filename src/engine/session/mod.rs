//! One player: from its source's playlists to orders for its SourceBuffers. Decides which renditions play and
//! what becomes of what the origin will not give; what is fetched next and appended next is in `plan`, what becomes
//! of the browser's failures in `mend`, `codecs` and `unstick`.

mod adapt;
mod beside;
mod cadence;
mod captions;
mod codecs;
mod drift;
mod edge;
mod inband;
mod lane;
mod latency;
mod load;
mod mend;
mod place;
mod plan;
mod promise;
mod redundant;
mod reload;
mod restart;
mod room;
mod rungs;
mod seek;
mod steer;
mod unstick;
mod vault;

use super::abr::{Paths, Rule};
use super::buffer::Operation;
use super::captions::{Captions, Report as Read};
use super::catalogue::Catalogue;
use super::config::{Config, Integrity, Naming, P2p, PlayerOptions};
use super::contract::{BufferOutcome, Event, Orders, Output, Playhead, TextInfo};
use super::documents::Documents;
use super::error::Fault;
use super::id::{Counter, PlayerId, RenditionId, SegmentId, Track};
use super::inits::Inits;
use super::keyring::{KeyUrl, Keyring};
use super::ledger::{Ledger, ListUrl};
use super::parts::Parts;
use super::payload::Payload;
use super::playlist::{Key, Keys, Rendition, Variable, Variant};
use super::reading::Context;
use super::report::Report;
use super::store::Store;
use super::text::Said;
use super::time::{Instant, MediaTime, Millis, Span};
use super::transfer::{InitId, Place, Transfer};
use super::workshop::Workshop;
use adapt::Choice;
use captions::Subtitles;
pub(crate) use captions::TextPart;
use inband::InBand;
use lane::Lane;
use latency::Pacing;
use litemap::LiteMap;
use mend::Mending;
use redundant::Redundant;
use rungs::Avoided;
use std::sync::Arc;
use steer::Steered;
use unstick::Unstick;

/// Segments in a row that the origin refused, after which the stream is broken rather than holed.
const HOLES: u32 = 3;
/// A seek back by more than this is a viewer's.
const BACK: MediaTime = MediaTime::from_ticks(MediaTime::RATE);

/// Who waits for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A player, for its source.
    Source(PlayerId),
    /// A player's track, for a media playlist.
    Media(PlayerId, Track, RenditionId),
    /// A player, for a text of the subtitles with this index.
    Text(PlayerId, usize, TextPart),
    /// A player, for the publisher's word on servers.
    Steering(PlayerId),
    /// The ledger, for a digest list.
    List(ListUrl),
    /// The keyring, for a key.
    Key(KeyUrl),
}

impl From<KeyUrl> for Owner {
    fn from(url: KeyUrl) -> Self {
        Self::Key(url)
    }
}

impl From<ListUrl> for Owner {
    fn from(url: ListUrl) -> Self {
        Self::List(url)
    }
}

impl Owner {
    /// Whether this waits on behalf of `player`.
    pub(crate) fn is_of(&self, player: PlayerId) -> bool {
        matches!(self, Self::Source(p) | Self::Media(p, ..) | Self::Text(p, ..) | Self::Steering(p) if *p == player)
    }
}

/// The page's things that a player works with.
pub(crate) struct Desk<'a, P: Payload> {
    pub(crate) now: Instant,
    pub(crate) config: &'a Config,
    pub(crate) ids: &'a mut Counter,
    pub(crate) orders: &'a mut Orders<P>,
    pub(crate) documents: &'a mut Documents<Owner>,
    pub(crate) catalogue: &'a mut Catalogue,
    pub(crate) store: &'a mut Store,
    pub(crate) inits: &'a mut Inits,
    pub(crate) workshop: &'a mut Workshop,
    pub(crate) captions: &'a mut Captions,
    pub(crate) keyring: &'a mut Keyring,
    pub(crate) parts: &'a mut Parts,
    pub(crate) ledger: &'a mut Ledger,
    pub(crate) paths: &'a Paths,
    pub(crate) transfer: &'a Transfer<P>,
    /// The viewer saves data.
    pub(crate) saving: bool,
}

/// One player.
pub(crate) struct Session {
    pub(crate) player: PlayerId,
    pub(crate) options: PlayerOptions,
    pub(crate) consent: bool,
    /// The swarms that the instance lists for this stream, once it has said so: no word on another's.
    pub(crate) published: Option<Vec<[u8; 20]>>,
    pub(crate) report: Report,
    lanes: Vec<Lane>,
    variants: Vec<Variant>,
    audio: Vec<Rendition>,
    subtitles: Subtitles,
    /// What the page is told of subtitles and captions.
    text: Vec<TextInfo>,
    in_band: InBand,
    /// What media playlists may import.
    variables: Arc<[Variable]>,
    redundant: Redundant,
    steered: Option<Steered>,
    pacing: Pacing,
    swarm: String,
    /// Variants whose playlist could not be had.
    dead: Vec<usize>,
    /// Variants that lacked something.
    avoided: Vec<Avoided>,
    /// Segments that were not to be had, the latest: not asked for again after a change of variant.
    lost: Vec<SegmentId>,
    variant: usize,
    /// Which variant a rendition is of.
    variant_of: LiteMap<RenditionId, usize>,
    rule: Rule,
    choice: Choice,
    audio_index: usize,
    manual: bool,
    loaded: bool,
    source_open: bool,
    /// `play()` was called at least once.
    engaged: bool,
    streaming: bool,
    failed: bool,
    ended: bool,
    /// A live ended while it was watched.
    over: bool,
    /// For this once: what is under way belongs to a broadcast that is over.
    wants_nothing: bool,
    playhead: (MediaTime, Playhead, Instant),
    seeking_since: Option<Instant>,
    /// Where to start, until the element is there.
    start: Option<MediaTime>,
    goal: MediaTime,
    behind: MediaTime,
    quota_until: Instant,
    /// `timestampOffset` for each discontinuity sequence number.
    offsets: LiteMap<u64, MediaTime>,
    unstick: Unstick,
    mending: Mending,
    holes: u32,
    announced_variant: Option<usize>,
    announced_audio: Option<usize>,
    /// Codecs of tracks that the page was told will not play.
    named: Vec<String>,
    /// Keys that the multivariant playlist announces, and those of which the page was told.
    session_keys: Vec<Key>,
    told_keys: Vec<(InitId, Keys)>,
}

impl Session {
    /// A player was opened: its source is fetched at once, its digests beside it.
    pub(crate) fn open<P: Payload>(player: PlayerId, options: PlayerOptions, desk: &mut Desk<'_, P>) -> Self {
        desk.documents.fetch(Owner::Source(player), &options.source, desk.ids, desk.orders);
        let idle = Playhead { paused: true, seeking: false, starving: false, ended: false, rate: 1.0 };
        Self {
            player,
            published: None,
            consent: options.p2p == P2p::On,
            report: Report::new(desk.now),
            lanes: Vec::new(),
            variants: Vec::new(),
            audio: Vec::new(),
            subtitles: Subtitles::default(),
            text: Vec::new(),
            in_band: InBand::default(),
            variables: Arc::default(),
            redundant: Redundant::default(),
            steered: None,
            pacing: Pacing::new(desk.now, options.start.is_some()),
            swarm: String::new(),
            dead: Vec::new(),
            avoided: Vec::new(),
            lost: Vec::new(),
            variant: 0,
            variant_of: LiteMap::new(),
            rule: Rule::default(),
            choice: Choice::within(options.viewport),
            audio_index: 0,
            manual: false,
            loaded: false,
            source_open: false,
            engaged: false,
            streaming: true,
            failed: false,
            ended: false,
            over: false,
            wants_nothing: false,
            playhead: (MediaTime::ZERO, idle, desk.now),
            seeking_since: None,
            start: options.start,
            goal: desk.config.buffer_goal,
            behind: desk.config.buffer_behind,
            quota_until: desk.now,
            offsets: LiteMap::new(),
            unstick: Unstick::new(desk.now),
            mending: Mending::default(),
            holes: 0,
            announced_variant: None,
            announced_audio: None,
            named: Vec::new(),
            session_keys: Vec::new(),
            told_keys: Vec::new(),
            options,
        }
    }

    /// The media source is open.
    pub(crate) fn source_opened(&mut self) {
        self.source_open = true;
        self.mending.renewing = false;
    }

    /// The element moved, or changed state. Says whether that was to be expected.
    pub(crate) fn playhead_moved(&mut self, at: MediaTime, state: Playhead, now: Instant) -> bool {
        let off = (at - self.position(now)).ticks().abs();
        let foreseen = state == self.playhead.1
            && (state.paused || self.engaged)
            && self.start.is_none()
            && off < MediaTime::RATE / 4;
        if !state.paused && !std::mem::replace(&mut self.engaged, true) {
            self.pacing.joined();
        }
        if self.playhead.1.ended && !state.ended && !state.paused {
            self.played_again();
        }
        self.seeking_since = if state.seeking { self.seeking_since.or(Some(now)) } else { None };
        self.report.playhead(state, now);
        if let Some(start) = self.start {
            let near = MediaTime::from_ticks(MediaTime::RATE / 2);
            // Until the element has followed to the start position its zero means nothing.
            if at + near < start && !state.seeking {
                self.playhead = (start, state, now);
                return foreseen;
            }
            if self.loaded && self.source_open {
                self.start = None;
            }
        }
        // Who goes on after a pause is where they left off, and means to be.
        let resumed = self.playhead.1.paused && !state.paused && self.report.has_begun();
        if resumed || state.seeking && at + BACK < self.playhead.0 {
            self.pacing.moved();
        }
        if state.seeking && (at - self.playhead.0).ticks().abs() > MediaTime::RATE {
            self.lanes.iter_mut().for_each(|l| {
                l.buffer.pardon();
                l.came.clear();
                l.room.played_to = None;
            });
            self.unstick.pardon();
            self.mending.pardon();
            self.choice.sought = true;
            self.choice.due = true;
        }
        self.playhead = (at, state, now);
        foreseen
    }

    /// Where the playhead is by now.
    pub(crate) fn position(&self, now: Instant) -> MediaTime {
        let (at, state, when) = self.playhead;
        if let Some(start) = self.start {
            return start;
        }
        if state.paused || state.seeking || state.starving || state.ended {
            return at;
        }
        // Positions come four times a second; no further than that is extrapolated.
        let since = now.since(when).min(Millis(500));
        at + MediaTime::from_secs(since.as_secs_f64() * state.rate)
    }

    /// A SourceBuffer's operation ended.
    pub(crate) fn buffer_changed<P: Payload>(
        &mut self,
        track: Track,
        buffered: Vec<Span>,
        outcome: &BufferOutcome,
        desk: &mut Desk<'_, P>,
    ) {
        let Some(lane) = self.lanes.iter_mut().find(|l| l.track == track) else {
            return;
        };
        // Of a media source that was let go nothing counts any more.
        let Some(operation) = lane.buffer.changed(buffered, outcome) else {
            return;
        };
        match outcome {
            BufferOutcome::Done => {
                lane.room.holds(lane.buffer.bytes());
                if matches!(operation, Operation::Media(_)) {
                    // Something plays, be it of what came long ago.
                    self.holes = 0;
                }
            }
            BufferOutcome::QuotaExceeded => {
                let bytes = match operation {
                    Operation::Media(piece) => piece.bytes,
                    Operation::Init(_) | Operation::Remove(_) => 0,
                };
                self.quota_exceeded(track, bytes, desk);
            }
            BufferOutcome::Closed => self.decode_failed("", desk),
            BufferOutcome::Failed(why) => self.append_failed(track, operation, why, desk),
        }
    }

    /// A managed media source wants data, or no more for now.
    pub(crate) fn streaming_wanted(&mut self, wanted: bool) {
        self.streaming = wanted;
    }

    /// Whether this player uses a rendition, now or next.
    pub(crate) fn uses(&self, rendition: RenditionId) -> bool {
        self.lanes
            .iter()
            .any(|l| l.rendition == rendition || l.next.as_ref().is_some_and(|n| n.0 == rendition))
    }

    /// The renditions it plays now.
    pub(crate) fn renditions(&self) -> impl Iterator<Item = RenditionId> + '_ {
        self.lanes.iter().filter(|l| l.timeline.is_some()).map(|l| l.rendition)
    }

    /// How far from the playhead a segment lies; behind it counts double.
    pub(crate) fn distance(&self, segment: SegmentId, now: Instant) -> Option<MediaTime> {
        let lane = self.lanes.iter().find(|l| l.rendition == segment.rendition)?;
        let entry = lane.timeline.as_ref()?.by_number(segment.number)?;
        let ahead = entry.span.start - self.position(now);
        Some(if ahead < MediaTime::ZERO { MediaTime::from_ticks(-2 * ahead.ticks()) } else { ahead })
    }

    /// What helps in reading a playlist for `owner`.
    pub(crate) fn read_with(&self, owner: &Owner) -> Context {
        let (track, rendition) = match owner {
            Owner::Media(_, track, rendition) => (track, rendition),
            Owner::Text(..) => return Context { imports: Arc::clone(&self.variables), resume: None },
            _ => return Context::default(),
        };
        let lane = self.lanes.iter().find(|l| l.track == *track && l.rendition == *rendition);
        let lane = lane.filter(|l| l.timeline.is_some());
        let resume = lane.and_then(|l| l.reloading.resume.clone());
        Context { imports: Arc::clone(&self.variables), resume }
    }

    /// Text was read.
    pub(crate) fn read<P: Payload>(&mut self, read: Read, desk: &mut Desk<'_, P>) {
        match (read.ticket.segment, read.said) {
            (Some(segment), Ok(Said::Cues(cues))) => self.text_read(segment, Ok(cues), desk),
            (Some(segment), Err(why)) => self.text_read(segment, Err(why), desk),
            (None, Ok(said)) => self.said_in_band(said, desk),
            // What only rides along is not worth a warning.
            (None, Err(_)) | (Some(_), Ok(Said::Captions(_) | Said::Metadata(_))) => {}
        }
    }

    /// Whether this player exchanges segments with other viewers.
    pub(crate) fn may_share(&self) -> bool {
        self.is_willing() && (self.options.naming != Naming::Published || !self.listed().is_empty())
    }

    /// The swarms that the instance lists for this stream.
    pub(crate) fn listed(&self) -> &[[u8; 20]] {
        self.published.as_deref().unwrap_or_default()
    }

    /// Whether this player would, and its instance has yet to say under which names.
    pub(crate) fn awaits_names(&self) -> bool {
        self.is_willing() && self.options.naming == Naming::Published && self.published.is_none()
    }

    /// Whether other servers have copies of what it plays, by digests that are worth fetching by now.
    pub(crate) fn has_copies(&self) -> bool {
        let options = &self.options;
        let named = !options.redundancies.is_empty() && matches!(options.integrity, Integrity::List(_));
        named && self.report.has_begun() && self.is_alive()
    }

    fn is_willing(&self) -> bool {
        self.options.p2p != P2p::Off && self.consent && !self.options.trackers.is_empty()
    }

    /// Whether this player needs the initialisation section at `place`.
    pub(crate) fn needs_init(&self, place: &Place) -> bool {
        let mut entries = self.lanes.iter().filter_map(|l| l.timeline.as_ref()).flat_map(|t| t.entries());
        entries.any(|e| e.segment.init.as_ref().is_some_and(|i| i.url == place.url && i.range == place.range))
    }

    /// Whether more is still to come of what is played.
    pub(crate) fn is_live(&self) -> bool {
        self.timeline().is_some_and(super::timeline::Timeline::is_live)
    }

    /// Whether anything can still happen here.
    pub(crate) fn is_alive(&self) -> bool {
        !self.failed
    }

    /// Playback cannot go on.
    pub(crate) fn fail<P: Payload>(&mut self, desk: &mut Desk<'_, P>, fault: Fault) {
        if !std::mem::replace(&mut self.failed, true) {
            let player = self.player;
            desk.documents.drop_if(|o| o.is_of(player), desk.orders);
            self.notify(desk.orders, Event::Failed(fault));
        }
    }

    /// Tells the page.
    pub(crate) fn notify<P>(&self, orders: &mut Orders<P>, event: Event) {
        orders.push_back(Output::Notify { player: self.player, event });
    }

    fn timeline(&self) -> Option<&super::timeline::Timeline> {
        self.lanes.first()?.timeline.as_ref()
    }
}
