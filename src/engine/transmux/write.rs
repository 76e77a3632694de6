//! The one writer of boxes (ISO/IEC 14496-12): an initialization section of at most two tracks, and the `moof` that
//! goes with it. Everything that never varies stands here as it is written.

use super::fragment::{RandomAccess, Run};
use super::h264::Picture;
use super::init::TrackKind;
use super::video::VideoCodec;

/// `default-base-is-moof`: offsets count from the start of the `moof`.
const BASE_IS_MOOF: u32 = 0x02_0000;
/// Each sample has its duration and size, and the first one's place is given.
const RUN_OF_AUDIO: u32 = 0x0301;
/// Besides, its flags, and how much later it is presented (signed: version 1).
const RUN_OF_VIDEO: u32 = 0x0100_0f01;
/// Sample flags: depends on no other; depends on others and is no sync sample (§8.8.3.1).
const SYNC: u32 = 0x0200_0000;
const NO_SYNC: u32 = 0x0101_0000;
/// Ones where a transformation matrix has them.
const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// What the initialization section says of a track.
pub(super) struct Entry {
    pub(super) id: u32,
    pub(super) timescale: u32,
    /// Four letters of the sample entry, and of the box inside; body of that box.
    pub(super) entry: &'static [u8; 4],
    pub(super) inside: &'static [u8; 4],
    pub(super) setup: Vec<u8>,
    /// Of a video track.
    pub(super) picture: Option<Picture>,
    /// Of an audio track.
    pub(super) channels: u8,
}

/// Sample entry and configuration box of a video codec.
pub(super) const fn names(codec: VideoCodec) -> (&'static [u8; 4], &'static [u8; 4]) {
    match codec {
        VideoCodec::H264 => (b"avc1", b"avcC"),
        VideoCodec::Hevc => (b"hvc1", b"hvcC"),
    }
}

/// Boxes under construction.
struct Out {
    bytes: Vec<u8>,
}

impl Out {
    /// Begins a box; where it does, for [`Self::close`].
    fn open(&mut self, kind: &[u8; 4]) -> usize {
        let at = self.bytes.len();
        self.u32(0);
        self.bytes.extend_from_slice(kind);
        at
    }

    /// Begins a box with version and flags.
    fn open_full(&mut self, kind: &[u8; 4], version_flags: u32) -> usize {
        let at = self.open(kind);
        self.u32(version_flags);
        at
    }

    /// Ends the box that began there.
    fn close(&mut self, at: usize) {
        let size = self.bytes.len() - at;
        self.patch(at, size);
    }

    fn patch(&mut self, at: usize, value: usize) {
        if let Some(place) = self.bytes.get_mut(at..at + 4) {
            place.copy_from_slice(&(value as u32).to_be_bytes());
        }
    }

    fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    fn u16s(&mut self, high: u16, low: u16) {
        self.u32(u32::from(high) << 16 | u32::from(low));
    }

    fn u32s(&mut self, values: &[u32]) {
        for value in values {
            self.u32(*value);
        }
    }

    /// A box that is only this.
    fn boxed(&mut self, kind: &[u8; 4], body: &[u8]) {
        let at = self.open(kind);
        self.bytes.extend_from_slice(body);
        self.close(at);
    }
}

/// `ftyp` and `moov`.
pub(super) fn init(tracks: &[Entry]) -> Vec<u8> {
    let mut out = Out { bytes: Vec::with_capacity(1024) };
    out.boxed(b"ftyp", b"iso6\0\0\0\0iso6mp41");
    let moov = out.open(b"moov");
    // Times, 1000 ticks a second, no duration, rate 1, volume 1, matrix, next track.
    let mvhd = out.open_full(b"mvhd", 0);
    out.u32s(&[0, 0, 1000, 0, 0x1_0000, 0x0100_0000, 0, 0]);
    out.u32s(&MATRIX);
    out.u32s(&[0, 0, 0, 0, 0, 0, 3]);
    out.close(mvhd);
    for track in tracks {
        trak(&mut out, track);
    }
    let mvex = out.open(b"mvex");
    for track in tracks {
        // Sample entry 1; samples have no defaults but that of audio: each can be decoded by itself.
        let flags = if track.picture.is_some() { NO_SYNC } else { SYNC };
        let trex = out.open_full(b"trex", 0);
        out.u32s(&[track.id, 1, 0, 0, flags]);
        out.close(trex);
    }
    out.close(mvex);
    out.close(moov);
    out.bytes
}

fn trak(out: &mut Out, track: &Entry) {
    let trak = out.open(b"trak");
    // Enabled, in the movie.
    let tkhd = out.open_full(b"tkhd", 3);
    out.u32s(&[0, 0, track.id, 0, 0, 0, 0, 0, if track.picture.is_some() { 0 } else { 0x0100_0000 }]);
    out.u32s(&MATRIX);
    let (width, height) = track.picture.as_ref().map_or((0, 0), |p| {
        let (across, down) = (u64::from(p.aspect.0), u64::from(p.aspect.1.max(1)));
        // 16.16, as it is shown.
        ((u64::from(p.width) * across * 0x1_0000 / down) as u32, p.height << 16)
    });
    out.u32s(&[width, height]);
    out.close(tkhd);
    let mdia = out.open(b"mdia");
    let mdhd = out.open_full(b"mdhd", 0);
    // Language: undetermined.
    out.u32s(&[0, 0, track.timescale, 0, 0x55c4_0000]);
    out.close(mdhd);
    let minf = if track.picture.is_some() {
        out.boxed(b"hdlr", b"\0\0\0\0\0\0\0\0vide\0\0\0\0\0\0\0\0\0\0\0\0\0");
        let minf = out.open(b"minf");
        out.boxed(b"vmhd", &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        minf
    } else {
        out.boxed(b"hdlr", b"\0\0\0\0\0\0\0\0soun\0\0\0\0\0\0\0\0\0\0\0\0\0");
        let minf = out.open(b"minf");
        out.boxed(b"smhd", &[0; 8]);
        minf
    };
    // The data is in this file.
    out.boxed(b"dinf", b"\0\0\0\x1cdref\0\0\0\0\0\0\0\x01\0\0\0\x0curl \0\0\0\x01");
    let stbl = out.open(b"stbl");
    let stsd = out.open_full(b"stsd", 0);
    out.u32(1);
    sample_entry(out, track);
    out.close(stsd);
    // No samples here.
    for kind in [b"stts", b"stsc", b"stco"] {
        out.boxed(kind, &[0; 8]);
    }
    out.boxed(b"stsz", &[0; 12]);
    out.close(stbl);
    out.close(minf);
    out.close(mdia);
    out.close(trak);
}

fn sample_entry(out: &mut Out, track: &Entry) {
    let entry = out.open(track.entry);
    out.u32s(&[0, 1]);
    if let Some(picture) = &track.picture {
        out.u32s(&[0; 4]);
        out.u16s(picture.width as u16, picture.height as u16);
        // 72 dpi, one frame a sample, no name.
        out.u32s(&[0x48_0000, 0x48_0000, 0, 0x1_0000, 0, 0, 0, 0, 0, 0, 0]);
        // 24 bits; the two halves stand across the words.
        out.u16s(0, 0x18);
        out.bytes.extend_from_slice(&[0xff, 0xff]);
    } else {
        out.u32s(&[0, 0]);
        out.u16s(track.channels.into(), 16);
        // 16.16; rates above are said inside.
        out.u32s(&[0, if track.timescale > 0xffff { 0 } else { track.timescale << 16 }]);
    }
    out.boxed(track.inside, &track.setup);
    if let Some(Picture { aspect: (across, down), .. }) = track.picture.filter(|p| p.aspect.0 != p.aspect.1) {
        let pasp = out.open(b"pasp");
        out.u32s(&[across.into(), down.into()]);
        out.close(pasp);
    }
    out.close(entry);
}

/// `moof`, and the header of the `mdat` that holds the samples of `runs` one run after the other.
pub(super) fn moof(sequence: u32, runs: &[Run]) -> Vec<u8> {
    let samples: usize = runs.iter().map(|run| run.samples.len()).sum();
    let mut out = Out { bytes: Vec::with_capacity(128 + 128 * runs.len() + 16 * samples) };
    // Where the place of each run's data is to be written.
    let mut places = [0; 2];
    let moof = out.open(b"moof");
    let mfhd = out.open_full(b"mfhd", 0);
    out.u32(sequence);
    out.close(mfhd);
    for (run, place) in runs.iter().zip(&mut places) {
        let video = run.kind == TrackKind::Video;
        let traf = out.open(b"traf");
        let tfhd = out.open_full(b"tfhd", BASE_IS_MOOF);
        out.u32(run.track);
        out.close(tfhd);
        let tfdt = out.open_full(b"tfdt", 0x0100_0000);
        let start = run.samples.first().map_or(0, |s| s.dts);
        out.u32s(&[(start >> 32) as u32, start as u32]);
        out.close(tfdt);
        let trun = out.open_full(b"trun", if video { RUN_OF_VIDEO } else { RUN_OF_AUDIO });
        out.u32(run.samples.len() as u32);
        *place = out.bytes.len();
        out.u32(0);
        for (i, sample) in run.samples.iter().enumerate() {
            out.u32s(&[sample.duration, sample.size]);
            if video {
                // A seek is not to land on an open group in the middle: what it begins with refers to the one before.
                let sync = match sample.access {
                    RandomAccess::Clean => true,
                    RandomAccess::Open => i == 0,
                    RandomAccess::No => false,
                };
                let flags = if sync { SYNC } else { NO_SYNC };
                out.u32s(&[flags, sample.cts as u32]);
            }
        }
        out.close(trun);
        out.close(traf);
    }
    out.close(moof);
    let mut data = out.bytes.len() + 8;
    for (run, place) in runs.iter().zip(places) {
        out.patch(place, data);
        data += run.samples.iter().map(|s| s.size as usize).sum::<usize>();
    }
    let mdat = out.open(b"mdat");
    out.patch(mdat, data - mdat);
    out.bytes
}
