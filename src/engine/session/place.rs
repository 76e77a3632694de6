//! From kept segments to what a SourceBuffer takes: the initialisation section and bytes for an entry, and where on
//! the element's timeline they go. Fragmented MP4 is taken as it lies; everything else goes through the workshop
//! first.

use super::beside::needs_work;
use super::lane::Lane;
use super::{Desk, HOLES, Session};
use crate::engine::contract::Event;
use crate::engine::error::{Culprit, Fault, MediaErrorCode};
use crate::engine::id::{BlobId, SegmentId, Track};
use crate::engine::keyring::{Opening, whole};
use crate::engine::payload::Payload;
use crate::engine::task::{Unmade, Unplayable, Why};
use crate::engine::time::MediaTime;
use crate::engine::timeline::Entry;
use crate::engine::transfer::InitId;
use crate::engine::transmux::read_start;
use crate::engine::workshop::{Raw, Ready, Worth};

/// Media whose own clock differs this little from the playlist's is left alone: a shift could push the first
/// frames before zero, where MSE drops them with their whole group of pictures.
const CLOSE: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 2);

/// A browser that counts in other units than ours must not come to less than zero at the first picture: it would drop
/// it with its whole group of pictures, as WebKitGTK does.
const ROUNDING: MediaTime = MediaTime::from_ticks(1);

/// A segment as the browser takes it.
pub(super) struct Placeable {
    pub(super) init: InitId,
    pub(super) blob: BlobId,
    /// Where it starts by its own clock; none where the payload shows no bytes (the simulator's).
    pub(super) start: Option<MediaTime>,
}

impl Session {
    /// What is placed next goes to the workshop, where it needs to.
    pub(super) fn prepare<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let at = self.position(desk.now);
        let to = at + self.goal();
        for (i, lane) in self.lanes.iter().enumerate() {
            let Some((entry, _)) = self.next_to_place(i, at, to, desk) else { continue };
            let (segment, place) = (lane.segment(entry), (self.player, lane.track));
            if !needs_work(lane, entry, desk.inits) {
                continue;
            }
            desk.workshop.expect_work(desk.orders);
            if desk.workshop.has(place, segment) {
                continue;
            }
            let discontinuity = entry.segment.discontinuity;
            let offset = self.offsets.get(&discontinuity).copied();
            if offset.is_none() && self.follows(i, discontinuity) {
                continue;
            }
            let sequence = lane.timeline.as_ref().map_or(0, |t| t.sequence_of(entry));
            let mp4 = entry.segment.init.is_some();
            let keys = if mp4 { whole(&entry.segment.keys) } else { entry.segment.keys.clone() };
            let lock = match desk.keyring.open(&keys, sequence, desk.documents, desk.ids, desk.orders) {
                Opening::Clear => None,
                Opening::Locked(lock) => Some(lock),
                Opening::Waiting => continue,
            };
            let init = match &entry.segment.init {
                None => None,
                Some(init) => {
                    let id = desk.inits.intern(init);
                    let Some(ready) = desk.inits.get(id) else { continue };
                    Some((id, ready.whole))
                }
            };
            let Some(bytes) = desk.store.get(segment).map(|v| v.blob()) else { continue };
            let expected = offset.map(|offset| entry.span.start - offset);
            let without_audio = i == 0 && self.lanes.get(1).is_some_and(|l| !l.beside);
            let (aac_sbr, beside) = (self.aac_sbr(), lane.beside);
            let raw =
                Raw { segment, bytes, discontinuity, expected, without_audio, aac_sbr, lock, init, beside };
            desk.workshop.begin(place, raw, desk.ids, desk.orders);
        }
    }

    /// Whether the present variant's AAC has spectral band replication, by the playlist's word (RFC 6381 §3.3).
    fn aac_sbr(&self) -> Option<bool> {
        let mut codecs = self.variants.get(self.variant)?.codecs.split(',').map(str::trim);
        codecs.find_map(|codec| match codec {
            "mp4a.40.5" | "mp4a.40.29" => Some(true),
            "mp4a.40.2" => Some(false),
            _ => None,
        })
    }

    /// What a lane's buffer takes next, and whether that is there in a lower quality.
    pub(super) fn next_to_place<P: Payload>(
        &self,
        lane: usize,
        at: MediaTime,
        to: MediaTime,
        desk: &Desk<'_, P>,
    ) -> Option<(&Entry, bool)> {
        let l = self.lanes.get(lane)?;
        let stored = |e: &&Entry| desk.store.get(l.segment(e)).is_some();
        let better = self.improving().filter(|_| lane == 0).filter(stored);
        let next = || l.missing(at, to).next().map(|e| (e, false));
        better.map(|e| (e, true)).or_else(next)
    }

    /// Whether a lane takes the offset of this discontinuity from the video's.
    fn follows(&self, lane: usize, discontinuity: u64) -> bool {
        let has = |l: &Lane| {
            let mut entries = l.timeline.iter().flat_map(|t| t.entries().iter().chain(t.newest()));
            entries.any(|e| e.segment.discontinuity == discontinuity)
        };
        lane > 0 && self.lanes.first().is_some_and(has)
    }

    /// The workshop is done with a segment.
    pub(crate) fn made<P: Payload>(
        &mut self,
        (track, segment): (Track, SegmentId),
        result: Result<Worth, Unmade>,
        desk: &mut Desk<'_, P>,
    ) {
        let Some(i) = self.lanes.iter().position(|l| l.track == track) else {
            return;
        };
        let mut said = None;
        match result {
            Ok(Worth { is_empty, unplayable, riding, end }) => {
                said = Some((riding, end));
                if !self.lanes[i].beside {
                    self.name_unplayable(unplayable, is_empty && self.lanes[i].mime.is_none(), desk);
                }
                if is_empty {
                    self.lanes[i].gone.push(segment.number);
                }
            }
            Err(Unmade::NoBench(why)) => return self.fail(desk, no_bench(why)),
            Err(Unmade::Unusable(why)) => {
                self.lanes[i].gone.push(segment.number);
                self.holes += 1;
                let fault = unusable(&why);
                if self.holes >= HOLES {
                    self.fail(desk, fault);
                } else {
                    self.notify(desk.orders, Event::Warned(fault));
                }
            }
        }
        let made = desk.workshop.ready((self.player, track), segment);
        let lane = &self.lanes[i];
        let entry = lane.timeline.as_ref().and_then(|t| t.by_number(segment.number));
        if let (Some(made), Some(entry), 0) = (made, entry, i) {
            let (discontinuity, offset) = (entry.segment.discontinuity, shift(entry.span.start, made.start));
            // Others of this discontinuity can be told by it where their timestamps should lie.
            self.offsets.entry(discontinuity).or_insert(offset);
        }
        if let Some(said) = said {
            self.heard_in_band(i, segment, said, desk);
        }
    }

    /// Tracks that stay out are named, once each; with nothing left it is the end.
    fn name_unplayable<P: Payload>(&mut self, tracks: Vec<Unplayable>, all: bool, desk: &mut Desk<'_, P>) {
        for Unplayable { codec, why, kind: _ } in tracks {
            let (culprit, what) = match why {
                Why::Spare => continue,
                Why::Beside if self.hear_beside() => continue,
                Why::Beside => (Culprit::Player, "This player cannot add so late"),
                Why::Undecodable => (Culprit::Browser, "This browser does not play"),
                Why::Unsupported => (Culprit::Player, "This player does not handle"),
                Why::Encrypted => (Culprit::Player, "This player cannot decrypt"),
            };
            let fault = Fault {
                culprit,
                code: MediaErrorCode::SourceNotSupported,
                name: "track-unplayable",
                message: [what, " a track of this stream: ", &codec, "."].concat(),
                tried: if all { "There is no other track." } else { "The other tracks play." }.into(),
            };
            if all {
                return self.fail(desk, fault);
            }
            if !self.named.contains(&codec) {
                self.named.push(codec);
                self.notify(desk.orders, Event::Warned(fault));
            }
        }
    }

    /// The initialisation section that an entry needs, once that is known.
    pub(super) fn init_of<P: Payload>(
        &self,
        lane: &Lane,
        entry: &Entry,
        desk: &mut Desk<'_, P>,
    ) -> Option<InitId> {
        match &entry.segment.init {
            Some(init) if !lane.beside => Some(desk.inits.intern(init)),
            _ => Some(desk.workshop.ready((self.player, lane.track), lane.segment(entry))?.init),
        }
    }

    /// An entry as the browser takes it, if it is here.
    pub(super) fn placeable<P: Payload>(
        &self,
        lane: &Lane,
        entry: &Entry,
        desk: &mut Desk<'_, P>,
    ) -> Option<Placeable> {
        let segment = lane.segment(entry);
        let as_it_lies = !needs_work(lane, entry, desk.inits);
        let Some(init) = entry.segment.init.as_ref().filter(|_| as_it_lies) else {
            let Ready { init, blob, start, .. } = desk.workshop.ready((self.player, lane.track), segment)?;
            return Some(Placeable { init, blob, start: Some(start) });
        };
        let init = desk.inits.intern(init);
        let blob = desk.store.get(segment)?.blob();
        let info = desk.inits.get(init)?.info.as_ref();
        Some(Placeable { init, blob, start: info.and_then(|i| read_start(desk.store.head(segment), i)) })
    }

    /// The `timestampOffset` for what starts at `start` by its own clock and plays at `at`: one for all tracks of a
    /// discontinuity, taken from the video. None while the video's is not known.
    pub(super) fn offset(
        &self,
        lane: usize,
        (discontinuity, at): (u64, MediaTime),
        start: Option<MediaTime>,
    ) -> Option<MediaTime> {
        if let Some(&offset) = self.offsets.get(&discontinuity) {
            return Some(offset);
        }
        if self.follows(lane, discontinuity) {
            return None;
        }
        Some(start.map_or(MediaTime::ZERO, |start| shift(at, start)))
    }

    /// The MIME type by the playlist's word alone.
    pub(super) fn declared_mime(&self, track: Track) -> String {
        let codecs = self.variants.get(self.variant).map_or("", |v| v.codecs.as_str());
        let kind = if track == Track::Audio { "audio" } else { "video" };
        format!("{kind}/mp4; codecs=\"{codecs}\"")
    }
}

/// From a segment's own clock to the playlist's.
fn shift(at: MediaTime, start: MediaTime) -> MediaTime {
    let offset = at - start;
    if offset.ticks().abs() < CLOSE.ticks() { MediaTime::ZERO } else { offset + ROUNDING }
}

/// What carries streams other than clear fragmented MP4 could not be had.
fn no_bench(message: String) -> Fault {
    Fault {
        culprit: Culprit::Origin,
        code: MediaErrorCode::SourceNotSupported,
        name: "workshop-unavailable",
        message,
        tried: "Clear streams in fragmented MP4 play without it; this is none.".into(),
    }
}

fn unusable(why: &str) -> Fault {
    Fault {
        culprit: Culprit::Media,
        code: MediaErrorCode::Decode,
        name: "segment-unusable",
        message: ["A segment of this stream cannot be used: ", why].concat(),
        tried: "It came whole from the origin, or matched the publisher's digest; it is skipped.".into(),
    }
}
