//! Puts pictures together: NAL units become samples, however they were cut into PES packets. A sample begins where
//! the standards let an access unit begin (ISO/IEC 14496-10 §7.4.1.2.3, 23008-2 §7.4.2.4.4); the second field of a
//! frame joins the first. Parameter sets that the sample entry holds are left out, others stay in band.

use super::super::decrypt::SampleAes;
use super::super::time::MediaTime;
use super::fragment::{Cue, CueKind, RandomAccess, Sample};
use super::h264::{Picture, SliceSyntax};
use super::nal::{Set, Unit, start_code, trimmed};
use super::{h264, hevc, sei};

/// More parameter sets at once are damage; sixteen picture parameter sets are common in nothing.
const MAX_SETS: usize = 64;
/// Longer parameter sets are damage: `avcC` counts their bytes with 16 bits.
const MAX_SET: usize = 16 << 10;
/// What a single picture lasts when nothing says so: 1/30 s.
const USUAL_DURATION: u32 = 3_000;

/// Timestamps that leap further than this within a segment are damage: a minute.
const MAX_LEAP: i64 = 60 * MediaTime::RATE;

/// Which standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VideoCodec {
    H264,
    Hevc,
}

/// The video track.
#[derive(Debug)]
pub(super) struct Video {
    codec: VideoCodec,
    /// The parameter sets as they are now, and those that the sample entry of this segment holds.
    active: Vec<Set>,
    entry: Vec<Set>,
    /// Whether this segment has begun with a picture, so that `entry` stands.
    begun: bool,
    /// Whether a set differs from `entry`: then all stay in band.
    diverged: bool,
    syntax: Option<SliceSyntax>,
    /// Sample data, and what it consists of.
    pub(super) data: Vec<u8>,
    pub(super) samples: Vec<Sample>,
    pub(super) cues: Vec<Cue>,
    /// Presentation and decoding time for the next access unit that begins.
    pending: Option<(i64, i64)>,
    open: Open,
    /// The field that the last sample consists of, while it waits for the other.
    field: Option<(u32, bool)>,
    /// Where the length of the last unit stands, while more of it may come.
    last_unit: Option<usize>,
    /// The size of the segment before: this one will not be much larger.
    usual_size: usize,
}

/// The access unit under construction: from `start` to the end of the data.
#[derive(Debug)]
struct Open {
    start: usize,
    /// Presentation and decoding time, once there is a slice.
    time: Option<(i64, i64)>,
    has_slice: bool,
    access: RandomAccess,
    /// It is the second field of the sample before.
    joins: bool,
    field: Option<(u32, bool)>,
    recovery: bool,
    captions: Vec<u8>,
}

impl Open {
    const fn new(start: usize) -> Self {
        Self {
            start,
            time: None,
            has_slice: false,
            access: RandomAccess::No,
            joins: false,
            field: None,
            recovery: false,
            captions: Vec::new(),
        }
    }
}

impl Video {
    pub(super) const fn new(codec: VideoCodec) -> Self {
        Self {
            codec,
            active: Vec::new(),
            entry: Vec::new(),
            begun: false,
            diverged: false,
            syntax: None,
            data: Vec::new(),
            samples: Vec::new(),
            cues: Vec::new(),
            pending: None,
            open: Open::new(0),
            field: None,
            last_unit: None,
            usual_size: 0,
        }
    }

    pub(super) const fn codec(&self) -> VideoCodec {
        self.codec
    }

    /// The body of the configuration box, and what pictures look like; none before both sets were seen.
    pub(super) fn config(&self) -> Option<(Vec<u8>, Picture)> {
        let of_kind = |kind| self.entry.iter().find(|s| s.kind == kind);
        match self.codec {
            VideoCodec::H264 => {
                Some((h264::config(&self.entry)?, h264::parse(&of_kind(h264::SPS)?.bytes)?.0))
            }
            VideoCodec::Hevc => Some((hevc::config(&self.entry)?, hevc::parse(&of_kind(hevc::SPS)?.bytes)?)),
        }
    }

    /// A segment begins.
    pub(super) fn begin(&mut self) {
        self.begun = false;
        self.diverged = false;
        self.data = Vec::with_capacity(self.usual_size);
        self.samples = Vec::new();
        self.cues = Vec::new();
        self.pending = None;
        self.open = Open::new(0);
        self.field = None;
        self.last_unit = None;
    }

    /// A packet of the stream has come; `time` is when its first access unit is presented and decoded.
    pub(super) fn packet(&mut self, time: Option<(i64, i64)>, payload: &[u8]) {
        let mut at = start_code(payload, 0);
        // What stands before the first start code belongs to a unit of the packet before.
        let rest = trimmed(payload.get(..at).unwrap_or(&[]));
        self.continue_unit(rest);
        if time.is_some() {
            self.pending = time;
        }
        while at < payload.len() {
            let begin = at + 3;
            at = start_code(payload, begin);
            self.unit(trimmed(payload.get(begin..at).unwrap_or(&[])));
        }
    }

    /// The segment has ended: no more units.
    pub(super) fn finish(&mut self) {
        self.end_sample();
        self.usual_size = self.data.len() + self.data.len() / 8;
        set_durations(&mut self.samples, USUAL_DURATION);
        self.cues.sort_by_key(|cue| cue.time);
    }

    fn continue_unit(&mut self, rest: &[u8]) {
        if let Some(at) = self.last_unit.filter(|_| !rest.is_empty()) {
            self.data.extend_from_slice(rest);
            let length = (self.data.len() - at - 4) as u32;
            if let Some(prefix) = self.data.get_mut(at..at + 4) {
                prefix.copy_from_slice(&length.to_be_bytes());
            }
        }
    }

    fn unit(&mut self, nal: &[u8]) {
        let unit = match self.codec {
            VideoCodec::H264 => h264::unit(nal),
            VideoCodec::Hevc => hevc::unit(nal),
        };
        self.last_unit = None;
        let begins = match unit {
            Unit::Slice { first, .. } => first,
            Unit::Set | Unit::Sei | Unit::Delimiter | Unit::Prefix => true,
            Unit::Filler | Unit::Suffix => false,
        };
        if begins && self.open.has_slice {
            self.end_sample();
        }
        let keep = match unit {
            Unit::Delimiter | Unit::Filler => false,
            Unit::Set => self.parameter_set(nal),
            Unit::Sei => {
                let header = if self.codec == VideoCodec::H264 { 1 } else { 2 };
                let recovery = sei::read(nal.get(header..).unwrap_or(&[]), &mut self.open.captions);
                self.open.recovery |= recovery && self.codec == VideoCodec::H264;
                true
            }
            Unit::Slice { first, access } => {
                self.slice(nal, first, access);
                true
            }
            Unit::Prefix | Unit::Suffix => true,
        };
        if keep {
            self.last_unit = Some(self.data.len());
            self.data.extend_from_slice(&(nal.len() as u32).to_be_bytes());
            self.data.extend_from_slice(nal);
        }
    }

    fn slice(&mut self, nal: &[u8], first: bool, access: RandomAccess) {
        if !self.begun {
            self.begun = true;
            self.entry.clone_from(&self.active);
        }
        if self.open.has_slice {
            return;
        }
        self.open.has_slice = true;
        self.open.access = access.max(if self.open.recovery { RandomAccess::Open } else { RandomAccess::No });
        self.open.time = self.pending.take();
        if let (VideoCodec::H264, Some(syntax), true) = (self.codec, self.syntax, first) {
            self.open.field = h264::slice(nal, syntax).field;
            if let (Some((frame, bottom)), Some((other, was_bottom))) = (self.open.field, self.field) {
                self.open.joins = frame == other && bottom != was_bottom;
            }
        }
    }

    /// Takes note of a parameter set. Whether it has to stay in band.
    fn parameter_set(&mut self, nal: &[u8]) -> bool {
        let head = nal.first().copied().unwrap_or(0);
        let (kind, id, sps) = match self.codec {
            VideoCodec::H264 => (head & 31, h264::set_id(nal), h264::SPS),
            VideoCodec::Hevc => (hevc::kind(head), hevc::set_id(nal), hevc::SPS),
        };
        let Some(id) = id.filter(|_| nal.len() <= MAX_SET) else { return false };
        let same = move |s: &&Set| s.kind == kind && s.id == id;
        let known = self.active.iter().any(|s| same(&s));
        if let Some(set) = self.active.iter_mut().find(|s| same(&&**s)) {
            if set.bytes == nal {
                return self.begun && self.diverged;
            }
            set.bytes = nal.to_vec();
        } else if self.active.len() < MAX_SETS {
            self.active.push(Set { kind, id, bytes: nal.to_vec() });
        } else {
            return false;
        }
        if kind == sps {
            if self.codec == VideoCodec::H264 {
                self.syntax = h264::parse(nal).map(|(_, syntax)| syntax);
            }
            // Others that refer to the old one are repeated after the new one.
            if known {
                self.active.retain(|s| s.kind <= sps);
            }
        }
        if self.begun {
            match self.entry.iter().find(same) {
                None if self.entry.len() < MAX_SETS && !self.diverged => {
                    self.entry.push(Set { kind, id, bytes: nal.to_vec() });
                }
                _ => self.diverged = true,
            }
        }
        self.begun && self.diverged
    }

    /// Opens every unit of every sample: each gets shorter by the emulation prevention that the cipher had needed.
    pub(super) fn unlock(&mut self, key: &SampleAes) {
        let data = core::mem::take(&mut self.data);
        let mut clear = Vec::with_capacity(data.len());
        let mut rest = &data[..];
        for sample in &mut self.samples {
            let (mut units, after) = rest.split_at_checked(sample.size as usize).unwrap_or((rest, &[]));
            rest = after;
            let begin = clear.len();
            while let Some((length, more)) = units.split_first_chunk() {
                let length = (u32::from_be_bytes(*length) as usize).min(more.len());
                let (unit, after) = more.split_at(length);
                let mut unit = unit.to_vec();
                key.nal(&mut unit);
                clear.extend_from_slice(&(unit.len() as u32).to_be_bytes());
                clear.append(&mut unit);
                units = after;
            }
            sample.size = (clear.len() - begin) as u32;
        }
        self.data = clear;
    }

    /// Nothing was decoded before this segment: pictures of an open group that are shown before the one it begins
    /// with refer to what is not there, and decoders fail on them. So they may on those of groups further on, where
    /// playback can begin as well. `wary`: a decoder has failed already, whatever this segment begins with.
    pub(super) fn drop_leading(&mut self, wary: bool) {
        let open = self.samples.first().is_some_and(|s| s.access == RandomAccess::Open);
        if !open && !wary {
            return;
        }
        let mut group = i64::MIN;
        let mut at = 0;
        let mut kept = Vec::with_capacity(self.data.len());
        let data = core::mem::take(&mut self.data);
        self.samples.retain(|sample| {
            let bytes = data.get(at..at + sample.size as usize).unwrap_or(&[]);
            at += sample.size as usize;
            let shown = sample.dts + i64::from(sample.cts);
            if sample.access != RandomAccess::No {
                group = shown;
            }
            let keep = shown >= group;
            if keep {
                kept.extend_from_slice(bytes);
            }
            keep
        });
        self.data = kept;
        // A sample begins where those before it end (ISO/IEC 14496-12 §8.8.8): each now lasts until the next.
        set_durations(&mut self.samples, USUAL_DURATION);
    }

    /// Closes the access unit under construction.
    fn end_sample(&mut self) {
        let open = core::mem::replace(&mut self.open, Open::new(0));
        self.last_unit = None;
        let size = (self.data.len() - open.start) as u32;
        let last = self.samples.last_mut();
        let leaps = |(_, dts): &(i64, i64)| last.as_ref().is_some_and(|l| (dts - l.dts).abs() > MAX_LEAP);
        let time = open.time.filter(|time| !leaps(time)).or_else(|| {
            // Without a timestamp it follows at the usual distance.
            let last = last.as_ref()?;
            let dts = last.dts + i64::from(USUAL_DURATION);
            Some((dts + i64::from(last.cts), dts))
        });
        let Some((pts, dts)) = time.filter(|_| open.has_slice && !self.entry.is_empty()) else {
            self.data.truncate(open.start);
            self.open.start = open.start;
            return;
        };
        self.open.start = self.data.len();
        if !open.captions.is_empty() {
            let time = MediaTime::from_ticks(pts);
            self.cues.push(Cue { time, kind: CueKind::Captions, bytes: open.captions });
        }
        match last {
            Some(last) if open.joins => {
                last.size += size;
                self.field = None;
            }
            _ => {
                // Decoding times increase, and none lies before zero.
                let earliest = last.map_or(0, |last| last.dts + 1);
                let dts = dts.max(earliest);
                let cts = (pts - dts).clamp(-MAX_LEAP, MAX_LEAP) as i32;
                self.samples.push(Sample { dts, cts, duration: 0, size, access: open.access });
                self.field = open.field;
            }
        }
    }
}

/// Each sample lasts until the next; the last one as long as the one before it, a single one `usual`.
pub(super) fn set_durations(samples: &mut [Sample], usual: u32) {
    let (mut next, mut duration) = (None, usual);
    for sample in samples.iter_mut().rev() {
        if let Some(next) = next {
            duration = u32::try_from(next - sample.dts).unwrap_or(u32::MAX);
        }
        sample.duration = duration;
        next = Some(sample.dts);
    }
    if let [.., before, last] = samples {
        last.duration = before.duration;
    }
}
