//! Cuts audio into frames, and says when each is heard. Frames may lie across packets and segments. Time is counted
//! in samples from the first timestamp on, because timestamps of 90 kHz are rounded; where they and the count are
//! further apart than [`tolerance`], frames are missing or doubled, and the timestamps win.

use super::super::decrypt::SampleAes;
use super::super::time::MediaTime;
use super::ac3;
use super::fragment::{RandomAccess, Sample};
use super::frame::{self, AudioCodec, AudioConfig, Frame, NoFrame};
use super::video::set_durations;

/// Timestamps in bytes not cut yet; each packet has one, and a frame is at most a few packets long.
const MAX_MARKS: usize = 64;

/// Timestamps that leap further than this within a segment are not believed, in seconds; back, where it looks like
/// frames sent twice, and on.
const MAX_BACK: i64 = 1;
const MAX_LEAP: i64 = 60;

/// Samples of an Enhanced AC-3 sample: six blocks (ETSI TS 102 366 annex F.5).
const SIX_BLOCKS: u32 = 1536;

/// The audio track.
#[derive(Debug)]
pub(super) struct Audio {
    codec: AudioCodec,
    pub(super) config: Option<AudioConfig>,
    /// The [`Frame::id`] of `config`.
    id: u32,
    /// Bytes not cut yet, and the timestamps in them: place and 90 kHz ticks.
    carry: Vec<u8>,
    marks: Vec<(usize, i64)>,
    /// Whether the last frame ended where the bytes go on.
    locked: bool,
    /// When the next frame begins by its timestamp, and where the last one taken has ended; in samples.
    cursor: Option<i64>,
    end: Option<i64>,
    /// Where the segment before has ended, in ticks of 90 kHz.
    pub(super) before: Option<i64>,
    /// Samples in the last frame, while more may join (Enhanced AC-3).
    group: u32,
    pub(super) data: Vec<u8>,
    pub(super) samples: Vec<Sample>,
    usual_size: usize,
}

impl Audio {
    pub(super) const fn new(codec: AudioCodec) -> Self {
        Self {
            codec,
            config: None,
            id: 0,
            carry: Vec::new(),
            marks: Vec::new(),
            locked: false,
            cursor: None,
            end: None,
            before: None,
            group: 0,
            data: Vec::new(),
            samples: Vec::new(),
            usual_size: 0,
        }
    }

    pub(super) const fn codec(&self) -> AudioCodec {
        self.codec
    }

    /// A segment begins.
    pub(super) fn begin(&mut self, contiguous: bool) {
        if !contiguous {
            self.interrupt();
            self.end = None;
            self.cursor = None;
        }
        let rate = self.config.as_ref().map_or(MediaTime::RATE, |config| i64::from(config.rate));
        self.before = self.end.map(|end| end * MediaTime::RATE / rate);
        self.group = 0;
        self.data = Vec::with_capacity(self.usual_size);
        self.samples = Vec::new();
    }

    /// Bytes are missing here.
    pub(super) fn interrupt(&mut self) {
        self.carry.clear();
        self.marks.clear();
        self.locked = false;
    }

    /// More of the stream. `time` is when the first frame that begins in `bytes` is heard, in ticks of 90 kHz.
    pub(super) fn packet(&mut self, time: Option<i64>, bytes: &[u8]) {
        if let Some(time) = time.filter(|_| self.marks.len() < MAX_MARKS) {
            self.marks.push((self.carry.len(), time));
        }
        let used = if self.carry.is_empty() {
            let used = self.cut(bytes, false);
            self.carry.extend_from_slice(bytes.get(used..).unwrap_or(&[]));
            used
        } else {
            let mut carry = core::mem::take(&mut self.carry);
            carry.extend_from_slice(bytes);
            let used = self.cut(&carry, false);
            carry.drain(..used);
            self.carry = carry;
            used
        };
        self.moved(used);
    }

    /// The segment has ended; what is left of its last frame may come with the next.
    pub(super) fn finish(&mut self) {
        let mut carry = core::mem::take(&mut self.carry);
        let used = self.cut(&carry, true);
        carry.drain(..used);
        self.carry = carry;
        self.moved(used);
        self.usual_size = self.data.len() + self.data.len() / 8;
        if let (AudioCodec::Eac3, Some(first)) = (self.codec, self.samples.first()) {
            // Only now it is known what the first frame consists of.
            let first = self.data.get(..first.size as usize).unwrap_or(&[]);
            self.config = ac3::config(first).or(self.config.take());
        }
        let last = self.samples.last().map_or(0, |last| last.duration);
        set_durations(&mut self.samples, last);
        if let Some(sample) = self.samples.last_mut() {
            sample.duration = last;
        }
    }

    /// Something else has taken the place of what did not come, up to here.
    pub(super) fn went_on_to(&mut self, end: i64) {
        self.end = Some(end);
    }

    fn moved(&mut self, used: usize) {
        for (at, _) in &mut self.marks {
            *at = at.saturating_sub(used);
        }
    }

    /// Takes the frames at the start of `bytes`; how many bytes that were. At the `end` of a segment a frame needs no
    /// second one to be believed.
    fn cut(&mut self, bytes: &[u8], end: bool) -> usize {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or(&[]);
            match frame::read(self.codec, rest) {
                Ok(frame) if frame.len > rest.len() => return at,
                Ok(frame) => {
                    // After a loss, header bytes may be chance: the next frame has to begin where this one ends.
                    if !self.locked {
                        match frame::read(self.codec, rest.get(frame.len..).unwrap_or(&[])) {
                            Err(NoFrame::Short) if !end => return at,
                            Err(NoFrame::Bad) => {
                                at += 1;
                                continue;
                            }
                            _ => {}
                        }
                    }
                    self.locked = true;
                    self.frame(frame, at, rest.get(..frame.len).unwrap_or(&[]));
                    at += frame.len;
                }
                Err(NoFrame::Short) => return at,
                Err(NoFrame::Bad) => {
                    self.locked = false;
                    at += 1;
                }
            }
        }
    }

    /// Opens every sample in place.
    pub(super) fn unlock(&mut self, key: &SampleAes) {
        let mut at = 0;
        for sample in &self.samples {
            let next = at + sample.size as usize;
            if let Some(frame) = self.data.get_mut(at..next) {
                key.audio_frame(frame);
            }
            at = next;
        }
    }

    fn frame(&mut self, frame: Frame, at: usize, bytes: &[u8]) {
        let sample = bytes.get(frame.header..).unwrap_or(&[]);
        if frame.joins {
            if let Some(last) = self.samples.last_mut() {
                last.size += sample.len() as u32;
                self.data.extend_from_slice(sample);
            }
            return;
        }
        let foreign = self.config.is_none() || frame.id != self.id;
        if foreign && self.samples.is_empty() {
            let before = self.config.take().map(|config| config.rate);
            self.config = frame::config(self.codec, bytes);
            self.id = frame.id;
            if self.config.as_ref().map(|config| config.rate) != before {
                self.cursor = None;
                self.end = None;
            }
        }
        let Some(config) = &self.config else { return };
        let rate = i64::from(config.rate);
        let due = self.marks.iter().take_while(|(mark, _)| *mark <= at).count();
        for (_, ticks) in self.marks.drain(..due) {
            // Rounded to the nearest sample.
            self.cursor = Some((ticks * rate + MediaTime::RATE / 2).div_euclid(MediaTime::RATE));
        }
        let Some(cursor) = self.cursor else { return };
        let duration = i64::from(frame.duration);
        self.cursor = Some(cursor + duration);
        // Another configuration has to wait for a segment's start.
        if frame.id != self.id {
            return;
        }
        if self.codec == AudioCodec::Eac3 && self.group > 0 && self.group < SIX_BLOCKS {
            if let Some(last) = self.samples.last_mut() {
                self.group += frame.duration;
                last.size += sample.len() as u32;
                last.duration += frame.duration;
                self.end = Some(last.dts + i64::from(last.duration));
                self.cursor = self.end;
                self.data.extend_from_slice(sample);
            }
            return;
        }
        let mut dts = cursor;
        if let Some(end) = self.end {
            let (early, inside) = (end - cursor, !self.samples.is_empty());
            let leaps = inside && (early > MAX_BACK * rate || -early > MAX_LEAP * rate);
            if early.abs() <= tolerance(duration, rate) || leaps {
                dts = end;
            } else if early > 0 && inside {
                return;
            }
        }
        if dts < 0 {
            return;
        }
        self.end = Some(dts + duration);
        self.cursor = self.end;
        self.group = frame.duration;
        self.data.extend_from_slice(sample);
        self.samples.push(Sample {
            dts,
            cts: 0,
            duration: frame.duration,
            size: sample.len() as u32,
            access: RandomAccess::Clean,
        });
    }
}

/// How far count and timestamps may be apart: a frame, or 25 ms where frames are short.
fn tolerance(frame: i64, rate: i64) -> i64 {
    frame.max(rate / 40)
}
