//! Subtitles: follows the playlist of the rendition that was chosen, fetches its segments near the playhead, and gives
//! out their cues. Small texts of the origin's, fetched whole; a rendition in ranges of one file is fetched once.
//! Nothing here ends playback: what cannot be had or read is a warning.
//!
//! What is given out stays for as long as its segment is kept; when that is left behind, the page is told to drop
//! the cues, and they come again when the viewer does.

use super::{Desk, Owner, Session};
use crate::engine::captions::Ticket;
use crate::engine::contract::{Cue, Event, TextInfo, TextTrack};
use crate::engine::error::{Culprit, Fault, MediaErrorCode};
use crate::engine::id::{ByteRange, PlayerId};
use crate::engine::keyring::{KeyUrl, Opening, usable};
use crate::engine::payload::Payload;
use crate::engine::playlist::{Keys, Media, Playlist, PlaylistError, Rendition};
use crate::engine::task::Lock;
use crate::engine::text::{Task, Twice};
use crate::engine::time::{Instant, MediaTime, Millis, Span};
use crate::engine::timeline::{Entry, Timeline};
use litemap::LiteMap;
use std::sync::Arc;

/// Cues are there this long before they are needed.
const AHEAD: MediaTime = MediaTime::from_ticks(30 * MediaTime::RATE);
/// Segments this far behind the playhead, or beyond [`AHEAD`], are dropped.
const BEHIND: MediaTime = MediaTime::from_ticks(60 * MediaTime::RATE);
/// Texts of a rendition that are on their way at once.
const AT_ONCE: usize = 3;
/// Texts that are kept because several segments are in them: initialization sections, and whole files.
const MAX_FILES: usize = 8;
/// Reloads that may fail in a row, and the pause between.
const RELOADS: u32 = 6;
const PAUSE: Millis = Millis(2_000);

/// A text of a rendition of subtitles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TextPart {
    /// Its media playlist.
    Playlist,
    /// Whatever lies at this URL.
    File(Arc<str>),
}

/// The subtitles of a player.
#[derive(Default)]
pub(super) struct Subtitles {
    listed: Vec<Rendition>,
    chosen: Option<Followed>,
}

/// The rendition that was chosen.
struct Followed {
    index: usize,
    url: String,
    timeline: Option<Timeline>,
    reload_at: Option<Instant>,
    failures: u32,
    /// Texts under way, or here; none of one that will not come.
    files: LiteMap<Arc<str>, File>,
    /// Segments that were handed to the readers, by number.
    begun: Vec<u64>,
    given: Twice,
    /// The page was told of a failure that has not passed.
    warned: bool,
}

enum File {
    Asked,
    Here(Arc<[u8]>),
    Lost,
}

impl Subtitles {
    /// Those of a group, as far as they have a playlist.
    pub(super) fn list(&mut self, all: &[Rendition], group: Option<&str>) -> Vec<TextInfo> {
        let ours = |r: &&Rendition| Some(r.group.as_str()) == group && r.url.is_some();
        self.listed = all.iter().filter(ours).cloned().collect();
        self.listed.iter().map(|r| info(r, None)).collect()
    }

    /// When a playlist is due.
    pub(super) fn next_wakeup(&self) -> Option<Instant> {
        self.chosen.as_ref()?.reload_at
    }
}

/// What the page is told of subtitles or captions.
pub(super) fn info(r: &Rendition, service: Option<u8>) -> TextInfo {
    TextInfo {
        name: r.name.clone(),
        language: r.language.clone(),
        default: r.default,
        autoselect: r.autoselect,
        forced: r.forced,
        characteristics: r.characteristics.clone(),
        service,
    }
}

impl Session {
    /// The viewer or the page chose subtitles, or none.
    pub(crate) fn choose_text<P: Payload>(&mut self, index: Option<usize>, desk: &mut Desk<'_, P>) {
        let player = self.player;
        if self.subtitles.chosen.as_ref().map(|c| c.index) == index {
            return;
        }
        if let Some(left) = self.subtitles.chosen.take() {
            desk.documents.drop_if(|o| matches!(o, Owner::Text(p, ..) if *p == player), desk.orders);
            // An empty span: nothing is kept.
            let span = Span::new(MediaTime::ZERO, MediaTime::ZERO);
            self.notify(desk.orders, Event::CuesKept { track: TextTrack::Subtitles(left.index), span });
        }
        let found = index.and_then(|i| Some((i, self.subtitles.listed.get(i)?.url.clone()?)));
        self.subtitles.chosen = found.map(|(index, url)| Followed {
            index,
            url,
            timeline: None,
            reload_at: Some(desk.now),
            failures: 0,
            files: LiteMap::new(),
            begun: Vec::new(),
            given: Twice::default(),
            warned: false,
        });
    }

    /// Looks at what is needed now.
    pub(super) fn follow_text<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let Some(mut followed) = self.subtitles.chosen.take() else { return };
        if followed.reload_at.is_some_and(|at| at <= desk.now) {
            followed.reload_at = None;
            followed.ask(self.player, TextPart::Playlist, desk);
        }
        let at = self.position(desk.now);
        if let Some(span) = followed.leave(at) {
            let track = TextTrack::Subtitles(followed.index);
            self.notify(desk.orders, Event::CuesKept { track, span });
        }
        if let Some(timeline) = followed.timeline.take() {
            let near = timeline.entries_from(at).iter().take_while(|e| e.span.start < at + AHEAD);
            for entry in near.filter(|e| !e.segment.gap) {
                if followed.begun.contains(&entry.number) {
                    continue;
                }
                // Where the media's clock stands is known once some of it is here.
                if let Some(offset) = self.offset(1, (entry.segment.discontinuity, entry.span.start), None) {
                    followed.begin(self.player, entry, timeline.sequence_of(entry), offset, desk);
                }
            }
            followed.timeline = Some(timeline);
        }
        self.subtitles.chosen = Some(followed);
    }

    /// The playlist of subtitles arrived.
    pub(crate) fn text_listed<P: Payload>(
        &mut self,
        index: usize,
        found: Result<Playlist, PlaylistError>,
        desk: &mut Desk<'_, P>,
    ) {
        let media = match found {
            Ok(Playlist::Media(media)) => media,
            Ok(Playlist::Multivariant(_)) => return self.text_failed(index, "lists variants", desk),
            Err(e) => return self.text_failed(index, &e.to_string(), desk),
        };
        let mut chosen = self.subtitles.chosen.take();
        if let Some(followed) = chosen.as_mut().filter(|c| c.index == index) {
            followed.listed(media, self.timeline(), desk.now);
        }
        self.subtitles.chosen = chosen;
    }

    /// A text of subtitles arrived, segment or initialization section.
    pub(crate) fn text_arrived(&mut self, index: usize, part: &TextPart, body: Vec<u8>) {
        let chosen = self.subtitles.chosen.as_mut().filter(|c| c.index == index);
        if let (Some(followed), TextPart::File(url)) = (chosen, part) {
            followed.files.insert(url.clone(), File::Here(body.into()));
        }
    }

    /// One could not be had.
    pub(crate) fn text_lost<P: Payload>(
        &mut self,
        index: usize,
        part: &TextPart,
        fault: &Fault,
        desk: &mut Desk<'_, P>,
    ) {
        if let (Some(followed), TextPart::File(url)) = (&mut self.subtitles.chosen, part) {
            followed.files.insert(url.clone(), File::Lost);
        }
        if let (Some(followed), TextPart::Playlist) = (&mut self.subtitles.chosen, part) {
            followed.failures += 1;
            let again = followed.timeline.is_some() && followed.failures <= RELOADS;
            followed.reload_at = again.then(|| desk.now + PAUSE);
        }
        self.text_failed(index, &fault.message, desk);
    }

    /// A segment of subtitles was read.
    pub(crate) fn text_read<P: Payload>(
        &mut self,
        (index, _): (usize, u64),
        cues: Result<Vec<Cue>, String>,
        desk: &mut Desk<'_, P>,
    ) {
        let cues = match cues {
            Ok(cues) => cues,
            Err(why) => return self.text_failed(index, &why, desk),
        };
        let Some(followed) = self.subtitles.chosen.as_mut().filter(|c| c.index == index) else { return };
        followed.warned = false;
        let given = &mut followed.given;
        let cues: Vec<Cue> = cues.into_iter().filter(|cue| given.is_new(cue)).collect();
        if !cues.is_empty() {
            self.notify(desk.orders, Event::Cues { track: TextTrack::Subtitles(index), cues });
        }
    }

    /// A key could not be had: perhaps one of theirs.
    pub(super) fn text_key_lost<P: Payload>(&mut self, url: &KeyUrl, fault: &Fault, desk: &mut Desk<'_, P>) {
        let Some(followed) = &self.subtitles.chosen else { return };
        let mut entries = followed.timeline.iter().flat_map(|t| t.entries());
        if entries.any(|e| usable(&e.segment.keys).is_some_and(|k| k.url == url.0)) {
            self.text_failed(followed.index, &fault.message, desk);
        }
    }

    /// Once, until something succeeds: every segment would say the same.
    fn text_failed<P: Payload>(&mut self, index: usize, why: &str, desk: &mut Desk<'_, P>) {
        let Some(followed) = self.subtitles.chosen.as_mut().filter(|c| c.index == index) else { return };
        if !std::mem::replace(&mut followed.warned, true) {
            let name = self.subtitles.listed.get(index).map_or("", |r| r.name.as_str());
            let fault = Fault {
                culprit: Culprit::Origin,
                code: MediaErrorCode::Network,
                name: "captions-unavailable",
                message: ["The captions \"", name, "\" are missing or in part: ", why].concat(),
                tried: "Playback goes on without them.".into(),
            };
            self.notify(desk.orders, Event::Warned(fault));
        }
    }
}

impl Followed {
    fn ask<P: Payload>(&mut self, player: PlayerId, part: TextPart, desk: &mut Desk<'_, P>) {
        let url = match &part {
            TextPart::Playlist => self.url.clone(),
            TextPart::File(url) => {
                self.files.insert(url.clone(), File::Asked);
                url.as_ref().to_owned()
            }
        };
        desk.documents.fetch(Owner::Text(player, self.index, part), &url, desk.ids, desk.orders);
    }

    /// Its playlist is here, for the first time or again.
    fn listed(&mut self, media: Media, video: Option<&Timeline>, now: Instant) {
        self.failures = 0;
        let changed = match &mut self.timeline {
            Some(timeline) => {
                let refresh = timeline.refresh(media);
                if refresh.restarted {
                    self.begun.clear();
                }
                !refresh.unchanged
            }
            None => {
                self.timeline = Some(Timeline::new(media, video));
                true
            }
        };
        let live = self.timeline.as_ref().filter(|t| t.is_live());
        self.reload_at = live.map(|t| now + t.reload_after(changed));
    }

    /// Drops the segments that are far from the playhead; what is kept, if anything was dropped.
    fn leave(&mut self, at: MediaTime) -> Option<Span> {
        let timeline = self.timeline.as_ref()?;
        let entry = |n: &u64| timeline.by_number(*n).map(|e| e.span);
        let near = |span: Span| span.end > at - BEHIND && span.start < at + AHEAD + BEHIND;
        let before = self.begun.len();
        self.begun.retain(|n| entry(n).is_some_and(near));
        if self.begun.len() == before {
            return None;
        }
        let spans = || self.begun.iter().filter_map(entry);
        let none = (MediaTime::ZERO, MediaTime::ZERO);
        let kept = spans().map(|s| s.start).min().zip(spans().map(|s| s.end).max()).unwrap_or(none);
        let kept = Span::new(kept.0, kept.1);
        self.given.keep(kept);
        // A refusal may have passed by the time the viewer is back.
        self.files.retain(|_, file| !matches!(file, File::Lost));
        Some(kept)
    }

    /// Hands a segment to the readers, once everything that belongs to it is here, and asks for what is not.
    fn begin<P: Payload>(
        &mut self,
        player: PlayerId,
        entry: &Entry,
        sequence: u64,
        offset: MediaTime,
        desk: &mut Desk<'_, P>,
    ) {
        let segment = &entry.segment;
        let init = match &segment.init {
            None => None,
            Some(init) => match self.part(player, &init.url, init.range, &init.keys, 0, desk) {
                // One that is locked itself is not opened: nobody publishes such subtitles.
                Some((bytes, None)) => Some(bytes.into()),
                Some((_, Some(_))) | None => return,
            },
        };
        let bytes = self.part(player, &segment.url, segment.range, &segment.keys, sequence, desk);
        let Some((bytes, lock)) = bytes else { return };
        if segment.range.is_none() {
            self.files.remove(&segment.url);
        }
        while self.files.len() > MAX_FILES + AT_ONCE {
            let old = self.files.keys().next().cloned();
            let Some(old) = old else { break };
            self.files.remove(&old);
        }
        self.begun.push(entry.number);
        let ticket = Ticket { player, segment: Some((self.index, entry.number)) };
        let task = Task::Subtitles { bytes, init, at: entry.span.start, offset };
        desk.workshop.expect_work(desk.orders);
        desk.captions.begin(ticket, task, lock, desk.ids, desk.orders);
    }

    /// The bytes at a place, and what opens them. What is not here is asked for; what is not there is not.
    fn part<P: Payload>(
        &mut self,
        player: PlayerId,
        url: &Arc<str>,
        range: Option<ByteRange>,
        keys: &Keys,
        sequence: u64,
        desk: &mut Desk<'_, P>,
    ) -> Option<(Vec<u8>, Option<Lock>)> {
        let lock = match desk.keyring.open(keys, sequence, desk.documents, desk.ids, desk.orders) {
            Opening::Clear => None,
            Opening::Locked(lock) if !lock.samples => Some(lock),
            Opening::Locked(_) | Opening::Waiting => return None,
        };
        let under_way = self.files.values().filter(|f| matches!(f, File::Asked)).count();
        let bytes = match self.files.get(url) {
            Some(File::Here(bytes)) => bytes,
            Some(File::Asked | File::Lost) => return None,
            None => {
                if under_way < AT_ONCE {
                    self.ask(player, TextPart::File(url.clone()), desk);
                }
                return None;
            }
        };
        let bytes = match range {
            None => &bytes[..],
            Some(range) => {
                let (start, end) = (range.start as usize, range.end.min(bytes.len() as u64) as usize);
                bytes.get(start..end).unwrap_or_default()
            }
        };
        Some((bytes.to_vec(), lock))
    }
}
