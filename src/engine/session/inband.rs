//! What rides on the media: captions of line 21, ID3 tags, event messages; and what the playlist says of stretches of
//! time. All of it is given out as it comes, whether or not the page shows it, once for every segment that is
//! placed; what lies far from the playhead is dropped, and comes again with its segment.

use super::captions::info;
use super::{Desk, Session};
use crate::engine::captions::Ticket;
use crate::engine::contract::{Cue, Data, Datum, Event, TextInfo, TextTrack};
use crate::engine::id::{BlobId, SegmentId};
use crate::engine::payload::Payload;
use crate::engine::playlist::{DateRange, Rendition};
use crate::engine::text::{Channel, Pictures, Said, Task};
use crate::engine::time::{MediaTime, Span};
use crate::engine::timeline::Timeline;
use crate::engine::transfer::InitId;
use crate::engine::transmux::{self, CueKind, TrackKind};

/// Segments farther from the playhead are dropped: more than a buffer holds in either direction, so that whatever is
/// dropped is made again before it plays.
const BEHIND: MediaTime = MediaTime::from_ticks(60 * MediaTime::RATE);
const AHEAD: MediaTime = MediaTime::from_ticks(120 * MediaTime::RATE);
/// Date ranges that are remembered.
const MAX_RANGES: usize = 512;
/// The `scheme` of date ranges: what Safari calls the `type` of such a cue.
const DATE_RANGE: &str = "com.apple.quicktime.HLS";

/// What was given out.
#[derive(Default)]
pub(super) struct InBand {
    /// Segments, by lane and number.
    seen: Vec<(usize, u64)>,
    /// Number and discontinuity of the last segment whose captions were read.
    last: Option<(u64, u64)>,
    /// Tracks with cues, captions by channel and then metadata.
    used: [bool; 5],
    /// Date ranges as the playlist has them, and as the page was told of them.
    ranges: Vec<DateRange>,
    told: Vec<DateRange>,
}

/// Closed captions of a group that are read here.
pub(super) fn services(all: &[Rendition], group: Option<&str>) -> Vec<TextInfo> {
    let ours = all.iter().filter(|r| Some(r.group.as_str()) == group);
    ours.filter_map(|r| Some(info(r, Some(service(&r.instream_id)?)))).collect()
}

/// `CC1` to `CC4`.
fn service(id: &str) -> Option<u8> {
    id.strip_prefix("CC")?.parse().ok().filter(|n| (1..=4).contains(n))
}

impl Session {
    /// A segment was made, with captions and tags in it.
    pub(super) fn heard_in_band<P: Payload>(
        &mut self,
        lane: usize,
        segment: SegmentId,
        (cues, end): (Vec<transmux::Cue>, MediaTime),
        desk: &mut Desk<'_, P>,
    ) {
        let entry = self.lanes.get(lane).and_then(|l| l.timeline.as_ref()?.by_number(segment.number));
        let Some(discontinuity) = entry.map(|e| e.segment.discontinuity) else { return };
        if !self.is_first_time(lane, segment.number, desk) {
            return;
        }
        let offset = self.offsets.get(&discontinuity).copied().unwrap_or_default();
        let (mut tags, mut pictures) = (Vec::new(), Vec::new());
        for cue in cues {
            match cue.kind {
                CueKind::Id3 => tags.push((cue.time, cue.bytes)),
                CueKind::Captions => pictures.push((cue.time, cue.bytes)),
            }
        }
        let ticket = Ticket { player: self.player, segment: None };
        if !tags.is_empty() {
            desk.captions.begin(ticket, Task::Tags { tags, end, offset }, None, desk.ids, desk.orders);
        }
        if lane == 0 {
            let anew = self.is_anew(segment.number, discontinuity);
            if !pictures.is_empty() {
                desk.captions.begin(
                    ticket,
                    Task::Captions { pictures, anew, end, offset },
                    None,
                    desk.ids,
                    desk.orders,
                );
            }
        }
    }

    /// A segment was placed. Of fragmented MP4, event messages stand before all else in it, and where the playlist
    /// lists captions the pictures are looked through for them.
    pub(super) fn placed_in_band<P: Payload>(
        &mut self,
        lane: usize,
        segment: SegmentId,
        (blob, init, offset): (BlobId, InitId, MediaTime),
        desk: &mut Desk<'_, P>,
    ) {
        let entry = self.lanes.get(lane).and_then(|l| l.timeline.as_ref()?.by_number(segment.number));
        let Some(entry) = entry.filter(|e| e.segment.init.is_some()) else { return };
        let (span, discontinuity) = (entry.span, entry.segment.discontinuity);
        let head = desk.store.head(segment);
        let has_messages = head.windows(4).take_while(|w| w != b"moof").any(|w| w == b"emsg");
        let head = if has_messages { head.to_vec() } else { Vec::new() };
        let pictures = desk.inits.get(init).and_then(|ready| {
            let video = ready.info.as_ref()?.tracks.iter().find(|t| t.kind == TrackKind::Video)?;
            let hevc = video.codec.starts_with("hv") || video.codec.starts_with("he");
            Some(Pictures { track: video.id, timescale: video.timescale, hevc, length: span.len() })
        });
        let pictures = pictures.filter(|_| lane == 0 && self.text.iter().any(|t| t.service.is_some()));
        if !has_messages && pictures.is_none() || !self.is_first_time(lane, segment.number, desk) {
            return;
        }
        desk.workshop.expect_work(desk.orders);
        let ticket = Ticket { player: self.player, segment: None };
        if has_messages {
            desk.captions.begin(
                ticket,
                Task::Events { head, at: span.start, offset },
                None,
                desk.ids,
                desk.orders,
            );
        }
        if let Some(of) = pictures {
            let anew = self.is_anew(segment.number, discontinuity);
            let end = span.end - offset;
            let task = Task::Pictures { bytes: Vec::new(), of, anew, end, offset };
            desk.captions.borrow(blob, ticket, task, desk.ids, desk.orders);
        }
    }

    /// Whether the captions of a segment do not go on where those before ended.
    fn is_anew(&mut self, number: u64, discontinuity: u64) -> bool {
        let before = number.checked_sub(1).map(|n| (n, discontinuity));
        let last = self.in_band.last.replace((number, discontinuity));
        before.is_none() || last != before
    }

    /// Notes a segment, and drops those that are far away.
    fn is_first_time<P: Payload>(&mut self, lane: usize, number: u64, desk: &mut Desk<'_, P>) -> bool {
        if self.in_band.seen.contains(&(lane, number)) {
            return false;
        }
        let at = self.position(desk.now);
        let lanes = &self.lanes;
        let span = |&(lane, number): &(usize, u64)| {
            lanes.get(lane)?.timeline.as_ref()?.by_number(number).map(|e| e.span)
        };
        let near = |s: Span| s.end > at - BEHIND && s.start < at + AHEAD;
        let before = self.in_band.seen.len();
        self.in_band.seen.retain(|s| span(s).is_some_and(near));
        self.in_band.seen.push((lane, number));
        if self.in_band.seen.len() <= before {
            let spans = || self.in_band.seen.iter().filter_map(span);
            let (start, end) = (spans().map(|s| s.start).min(), spans().map(|s| s.end).max());
            let span = Span::new(start.unwrap_or(at), end.unwrap_or(at));
            for (i, _) in self.in_band.used.iter().enumerate().filter(|(_, used)| **used) {
                let track = if i < 4 { TextTrack::Captions(i as u8 + 1) } else { TextTrack::Metadata };
                self.notify(desk.orders, Event::CuesKept { track, span });
            }
        }
        true
    }

    /// What rode on a segment was read.
    pub(crate) fn said_in_band<P: Payload>(&mut self, said: Said, desk: &mut Desk<'_, P>) {
        match said {
            Said::Cues(_) => {}
            Said::Captions(all) => {
                for channel in [Channel::Cc1, Channel::Cc2, Channel::Cc3, Channel::Cc4] {
                    let ours = all.iter().filter(|(c, _)| *c == channel);
                    let cues: Vec<Cue> = ours.map(|(_, cue)| cue.clone()).collect();
                    if !cues.is_empty() {
                        self.in_band.used[channel as usize] = true;
                        let track = TextTrack::Captions(channel as u8 + 1);
                        self.notify(desk.orders, Event::Cues { track, cues });
                    }
                }
            }
            Said::Metadata(data) => {
                if !data.is_empty() {
                    self.in_band.used[4] = true;
                    self.notify(desk.orders, Event::Metadata(data));
                }
            }
        }
    }

    /// The playlist's date ranges are these; in an update, these are new.
    pub(super) fn note_ranges(&mut self, ranges: Vec<DateRange>) {
        if !ranges.is_empty() {
            self.in_band.ranges = ranges;
        }
    }

    /// Tells the page of date ranges that are new, or of which more is known.
    pub(super) fn tell_ranges<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        if !self.loaded {
            return;
        }
        let ranges = std::mem::take(&mut self.in_band.ranges);
        let mut data = Vec::new();
        for range in &ranges {
            let told = &mut self.in_band.told;
            let known = told.iter().position(|t| t.id == range.id);
            if known.is_some_and(|i| told[i] == *range) {
                continue;
            }
            match known {
                Some(i) => told[i] = range.clone(),
                None if told.len() < MAX_RANGES => told.push(range.clone()),
                None => {
                    told.remove(0);
                    told.push(range.clone());
                }
            }
            if let Some(timeline) = self.timeline() {
                tell(range, &ranges, timeline, &mut data);
            }
        }
        if !data.is_empty() {
            self.notify(desk.orders, Event::Metadata(data));
        }
    }
}

/// One datum for each attribute that means something to the publisher.
fn tell(range: &DateRange, all: &[DateRange], timeline: &Timeline, data: &mut Vec<Datum>) {
    let at = |ms: i64| place(ms, timeline);
    let Some((start_ms, start)) = range.start_ms.and_then(|ms| Some((ms, at(ms)?))) else { return };
    // The next of its class (RFC 8216bis §4.4.5.1).
    let next = || {
        let later = all.iter().filter(|r| r.class == range.class).filter_map(|r| r.start_ms);
        later.filter(|ms| *ms > start_ms).min()
    };
    let end = match range.duration {
        Some(duration) => Some(start + duration),
        None => range.end_ms.or_else(|| next().filter(|_| range.end_on_next)).and_then(at),
    };
    let class = Some(("CLASS", range.class.as_str())).filter(|(_, class)| !class.is_empty());
    let own = range.own.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in class.into_iter().chain(own) {
        data.push(Datum {
            scheme: DATE_RANGE.into(),
            id: range.id.clone(),
            start,
            end,
            key: name.into(),
            info: String::new(),
            data: hexadecimal(value).map_or_else(|| Data::Text(value.into()), Data::Bytes),
        });
    }
}

/// Where in the programme a date lies: counted from the last segment that begins before it, or the first one at all.
fn place(ms: i64, timeline: &Timeline) -> Option<MediaTime> {
    let mut dated = timeline.entries().iter().filter_map(|e| Some((e.segment.date_ms?, e.span.start)));
    let first = dated.next()?;
    let (date, start) = dated.take_while(|(date, _)| *date <= ms).last().unwrap_or(first);
    let ticks = ms.saturating_sub(date).saturating_mul(MediaTime::RATE / 1000);
    Some(start + MediaTime::from_ticks(ticks))
}

/// `0x…`: a hexadecimal sequence (RFC 8216 §4.2), as SCTE 35 messages are written.
fn hexadecimal(value: &str) -> Option<Vec<u8>> {
    let digits = value.strip_prefix("0x").or_else(|| value.strip_prefix("0X"))?.as_bytes();
    let pairs = digits.as_chunks::<2>();
    if !pairs.1.is_empty() {
        return None;
    }
    let digit = |b: u8| char::from(b).to_digit(16);
    let byte = |p: &[u8; 2]| Some((digit(p[0])? << 4 | digit(p[1])?) as u8);
    pairs.0.iter().map(byte).collect()
}
