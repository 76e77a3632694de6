//! From a segment of MPEG-TS or packed audio to a fragment: bytes in, in pieces of any size; one fragment out when
//! the segment has ended. Between segments it keeps what the next one may leave out: tables, parameter sets, the
//! beginning of a frame, where time stands.

mod choose;
mod streams;

use super::super::decrypt::SampleAes;
use super::super::task::{Unplayable, Why};
use super::super::time::MediaTime;
use super::assemble::{Parts, assemble};
use super::audio::Audio;
use super::fragment::{Cue, CueKind, Fragment};
use super::frame::AudioCodec;
use super::init::{TrackKind, looks_like};
use super::sniff::{Container, sniff};
use super::ts::{Carries, Packets, Tables};
use super::video::{Video, VideoCodec};
use super::{ContainerError, id3, pes, silence};
use choose::usual_string;
use streams::Stream;

/// Bytes by which a container is recognised.
const HEAD: usize = 4 << 10;
/// ID3 tags up to this size are read; longer ones have pictures in them and are passed over.
const MAX_TAG: usize = 64 << 10;
/// More metadata in one segment is not kept.
const MAX_CUES: usize = 1024;

/// What the caller knows beforehand.
#[derive(Clone, Copy, Debug)]
pub struct RemuxOptions {
    /// Whether the browser decodes a codec string (RFC 6381) in MP4.
    pub decodes: fn(&str) -> bool,
    /// Leave audio out: it comes from a rendition of its own.
    pub without_audio: bool,
    /// Whether the playlist's codecs say that AAC has spectral band replication (`mp4a.40.5`, `mp4a.40.29`); none
    /// when they do not say.
    pub aac_sbr: Option<bool>,
}

/// The remuxer of one lane: of a variant's segments, or of an audio rendition's.
#[derive(Debug)]
pub struct Remuxer {
    options: RemuxOptions,
    /// What opens the samples of this segment.
    key: Option<Box<SampleAes>>,
    /// What this segment is, once `head` was enough to know.
    container: Option<Container>,
    head: Vec<u8>,
    /// Bytes of a tag to pass over.
    skip: usize,
    expected: Option<MediaTime>,
    contiguous: bool,
    /// A decoder failed on what came of it.
    wary: bool,
    /// A recent timestamp, unrolled: the next is near it.
    near: Option<i64>,
    /// When the next bytes of packed audio are heard.
    packed_time: Option<i64>,
    packets: Packets,
    tables: Tables,
    streams: Vec<Stream>,
    video: Option<Video>,
    audio: Option<Audio>,
    /// Whether their samples are encrypted.
    locked: (bool, bool),
    unplayable: Vec<Unplayable>,
    cues: Vec<Cue>,
    /// Fragments so far.
    sequence: u32,
    /// Only raw frames of MPEG audio are wanted: all else goes into another SourceBuffer.
    beside: bool,
    /// Sound comes out as raw frames, because the browser does not take it in MP4 and there is nothing else.
    raw: bool,
}

impl Remuxer {
    /// One that has seen nothing yet.
    #[must_use]
    pub fn new(options: RemuxOptions) -> Self {
        Self {
            options,
            key: None,
            container: None,
            head: Vec::new(),
            skip: 0,
            expected: None,
            contiguous: false,
            wary: false,
            near: None,
            packed_time: None,
            packets: Packets::default(),
            tables: Tables::default(),
            streams: Vec::new(),
            video: None,
            audio: None,
            locked: (false, false),
            unplayable: Vec::new(),
            cues: Vec::new(),
            sequence: 0,
            beside: false,
            raw: false,
        }
    }

    /// One for the raw frames of a stream whose sound is [`Why::Beside`].
    #[must_use]
    pub fn of_sound_beside(options: RemuxOptions) -> Self {
        Self { beside: true, ..Self::new(options) }
    }

    /// The next segment begins; what was pushed of one that was not finished is forgotten.
    ///
    /// `expected`: the time on the stream's own clock near which its first timestamp lies, within 13 hours; none for
    /// the first one of a discontinuity, whose timestamps are then taken as they are. `contiguous`: it follows the
    /// segment before it without a seek or a discontinuity, so that frames may go on from there.
    ///
    /// `key` opens samples that are encrypted (`METHOD=SAMPLE-AES`); without it such tracks are named and left out.
    pub fn begin(&mut self, expected: Option<MediaTime>, contiguous: bool, key: Option<Box<SampleAes>>) {
        self.key = key;
        self.container = None;
        self.head.clear();
        self.skip = 0;
        self.expected = expected;
        self.contiguous = contiguous;
        self.near = match expected {
            Some(time) => Some(time.ticks()),
            None => self.near.filter(|_| contiguous),
        };
        self.packed_time = None;
        self.packets.begin();
        for stream in &mut self.streams {
            if !contiguous || stream.bytes.is_empty() {
                stream.bytes.clear();
                stream.counter = None;
                stream.waiting = true;
            }
        }
        self.cues.clear();
        if let Some(video) = &mut self.video {
            video.begin();
        }
        if let Some(audio) = &mut self.audio {
            audio.begin(contiguous);
        }
        if self.tables.known() {
            self.choose();
        }
    }

    /// A decoder failed: from now on no segment that is to be begun with has pictures that refer to others before it.
    pub fn be_wary(&mut self) {
        self.wary = true;
    }

    /// The next bytes. The work is proportional to them: no turn is long when they are few.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.container.is_some() {
            self.feed(bytes);
        } else if self.head.len() < HEAD || id3::begins(&self.head) {
            let skipped = bytes.len().min(self.skip);
            self.skip -= skipped;
            self.head.extend_from_slice(bytes.get(skipped..).unwrap_or(&[]));
            self.settle(false);
        }
    }

    /// The segment has ended.
    ///
    /// # Errors
    /// [`ContainerError`], when it is no transport stream and no packed audio, or when nothing of it can be played.
    pub fn finish(&mut self) -> Result<Fragment, ContainerError> {
        if self.container.is_none() {
            self.settle(true);
        }
        match self.container {
            Some(Container::Ts) => {
                let mut packets = core::mem::take(&mut self.packets);
                packets.finish(&mut |packet| self.packet(packet));
                self.packets = packets;
                for at in 0..self.streams.len() {
                    // One that says how long it is may go on in the next segment.
                    if self.streams.get(at).is_some_and(|s| pes::announced_len(&s.bytes).is_none()) {
                        self.flush(at);
                    }
                }
                if !self.tables.known() {
                    return Err(ContainerError::NoProgramme);
                }
            }
            Some(container) if container.packed(None).is_some() => {}
            _ => return Err(ContainerError::NotASegment { looks_like: looks_like(&self.head) }),
        }
        if let Some(video) = &mut self.video {
            video.finish();
            if let Some(key) = self.key.as_ref().filter(|_| self.locked.0) {
                video.unlock(key);
            }
            if !self.contiguous {
                video.drop_leading(self.wary);
            }
            self.cues.append(&mut video.cues);
        }
        if let Some(audio) = &mut self.audio {
            audio.finish();
            let packed = self.container != Some(Container::Ts);
            if let Some(key) = self.key.as_ref().filter(|_| self.locked.1 || packed) {
                audio.unlock(key);
            }
        }
        if let (Some(audio), Some(video)) = (&mut self.audio, &self.video) {
            silence::fill(audio, video);
        }
        self.sequence = self.sequence.wrapping_add(1);
        let raw = self.beside || self.raw && self.audio.is_some() && self.is_raw(AudioCodec::Mpeg);
        assemble(Parts {
            video: self.video.as_mut(),
            audio: self.audio.as_mut(),
            unplayable: self.unplayable.clone(),
            cues: core::mem::take(&mut self.cues),
            sequence: self.sequence,
            decodes: self.options.decodes,
            raw,
        })
    }

    /// Finds out what the segment is, from `head`.
    fn settle(&mut self, end: bool) {
        while id3::begins(&self.head) {
            let Some(len) = id3::tag_len(&self.head) else { break };
            if len > MAX_TAG {
                self.skip = len.saturating_sub(self.head.len());
                self.head.drain(..len.min(self.head.len()));
                continue;
            }
            let Some(tag) = self.head.get(..len) else { break };
            let tag = tag.to_vec();
            self.head.drain(..len);
            if let Some(time) = id3::timestamp(&tag) {
                self.packed_time = Some(self.unroll(time));
            }
            let time = self.packed_time.map(MediaTime::from_ticks).or(self.expected).unwrap_or_default();
            self.cue(time, tag);
        }
        if !end && (self.head.len() < HEAD || id3::begins(&self.head)) {
            return;
        }
        // Always the same bytes decide, whatever the pieces were.
        let Some(container) = sniff(self.head.get(..HEAD).unwrap_or(&self.head)) else { return };
        self.container = Some(container);
        if let Some(codec) = container.packed(self.options.aac_sbr) {
            self.packed(codec);
        }
        if container == Container::Ts || container.packed(None).is_some() {
            let head = core::mem::take(&mut self.head);
            self.feed(&head);
        }
    }

    /// The segment is packed audio.
    fn packed(&mut self, codec: AudioCodec) {
        self.streams.clear();
        self.tables = Tables::default();
        self.unplayable.clear();
        self.video = None;
        if self.audio.as_ref().is_none_or(|audio| audio.codec() != codec) {
            self.audio = Some(Audio::new(codec));
        }
        self.raw = self.is_raw(codec);
        if !self.raw && !(self.options.decodes)(usual_string(Carries::Audio(codec))) {
            self.refuse(TrackKind::Audio, usual_string(Carries::Audio(codec)), Why::Undecodable);
            self.audio = None;
        }
        if self.packed_time.is_none() && !self.contiguous {
            self.packed_time = Some(self.expected.unwrap_or_default().ticks());
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        if self.container == Some(Container::Ts) {
            let mut packets = core::mem::take(&mut self.packets);
            packets.push(bytes, &mut |packet| self.packet(packet));
            self.packets = packets;
        } else if let (Some(audio), Some(Some(_))) =
            (&mut self.audio, self.container.map(|container| container.packed(None)))
        {
            audio.packet(self.packed_time.take(), bytes);
        }
    }

    fn cue(&mut self, time: MediaTime, bytes: Vec<u8>) {
        if self.cues.len() < MAX_CUES {
            self.cues.push(Cue { time, kind: CueKind::Id3, bytes });
        }
    }

    fn refuse(&mut self, kind: TrackKind, codec: &str, why: Why) {
        self.unplayable.push(Unplayable { kind, codec: codec.to_owned(), why });
    }
}
