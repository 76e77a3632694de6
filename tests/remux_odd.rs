//! Transport streams as encoders ought not to write them, and do: built here packet by packet.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use sprat::engine::decrypt::SampleAes;
use sprat::engine::time::MediaTime;
use sprat::engine::transmux::{
    ContainerError, CueKind, Fragment, RandomAccess, RemuxOptions, Remuxer, TrackKind, Why,
};

const VIDEO: u16 = 0x100;
const AUDIO: u16 = 0x101;
const SECOND: u16 = 0x102;
const H264: u8 = 0x1b;
const AAC: u8 = 0x0f;

/// Main profile, 128×128, coded as fields or frames; picture parameter set 0.
const SPS: &str = "01001101 00000000 00011110 1 1 011 010 0 0001000 00100 0 0 1 0 0 1";
const PPS: &str = "1 1 1 0 1 1 1 0 00 1 1 1 0 0 0 1";
const DELIMITER: &[u8] = &[9, 0xf0];

#[test]
fn two_fields_are_one_sample_in_one_packet_or_in_two() {
    let fields = |frame: &str| [slice(0x65, &field(frame, "0")), slice(0x41, &field(frame, "1"))];
    let [top, bottom] = fields("0000");
    let [next_top, next_bottom] = fields("0001");
    let mut mux = Mux::new(&[(H264, VIDEO)]);
    mux.video(9000, &[DELIMITER, &sps(), &pps(), &top, DELIMITER, &bottom]);
    mux.video(12_600, &[DELIMITER, &next_top]);
    mux.video(14_400, &[DELIMITER, &next_bottom]);
    // A frame without its second field stands alone.
    mux.video(16_200, &[DELIMITER, &slice(0x41, &field("0010", "0"))]);
    let fragment = mux.remux();
    let samples = &fragment.runs[0].samples;
    let sizes = [top.len() + bottom.len() + 8, next_top.len() + next_bottom.len() + 8, 4 + top.len()];
    assert_eq!(samples.iter().map(|s| s.size as usize).collect::<Vec<_>>(), sizes);
    assert_eq!(samples.iter().map(|s| s.dts).collect::<Vec<_>>(), [9000, 12_600, 16_200]);
    assert_eq!((samples[0].access, samples[1].access), (RandomAccess::Clean, RandomAccess::Clean));
}

#[test]
fn a_unit_may_go_on_in_the_next_packet_and_a_packet_may_hold_two_pictures() {
    let mut long = frame(0x65, "0000");
    long.resize(3000, 0x55);
    let mut mux = Mux::new(&[(H264, VIDEO)]);
    let begin = annex_b(&[&sps(), &pps(), &long]);
    let (one, two) = begin.split_at(1000);
    mux.pes(VIDEO, Some(9000), one);
    let next = annex_b(&[DELIMITER, &frame(0x41, "0001"), DELIMITER, &frame(0x41, "0010")]);
    mux.pes(VIDEO, Some(12_000), &[two, &next].concat());
    let samples = &mux.remux().runs[0].samples[..];
    let sizes: Vec<_> = samples.iter().map(|s| s.size as usize).collect();
    assert_eq!(sizes, [3004, 4 + next.len() / 2 - 10, 4 + next.len() / 2 - 10]);
    assert_eq!(samples.iter().map(|s| s.dts).collect::<Vec<_>>(), [9000, 12_000, 15_000]);
}

#[test]
fn a_lost_packet_costs_one_picture_and_a_doubled_one_nothing() {
    let whole = pictures(&[9000, 12_000, 15_000, 18_000]);
    let times = |mux: &Mux| mux.remux().runs[0].samples.iter().map(|s| s.dts).collect::<Vec<_>>();
    let good = times(&whole);
    assert_eq!(good, [9000, 12_000, 15_000, 18_000]);
    // Each picture takes six packets after the two tables.
    let mut lossy = pictures(&[9000, 12_000, 15_000, 18_000]);
    lossy.out.drain(188 * 10..188 * 11);
    assert_eq!(times(&lossy), [9000, 15_000, 18_000]);
    let mut doubled = Mux { out: Vec::new(), ..pictures(&[]) };
    for packet in whole.out.chunks(188) {
        doubled.out.extend([packet, packet].concat());
    }
    assert_eq!(times(&doubled), good);
    let mut junk = Mux { out: Vec::new(), ..pictures(&[]) };
    for packet in whole.out.chunks(188 * 4) {
        junk.out.extend([packet, b"junk, with a G in it"].concat());
    }
    assert_eq!(times(&junk), good);
}

#[test]
fn a_segment_without_tables_uses_those_it_knows() {
    let mut first = pictures(&[9000, 12_000]);
    let mut remuxer = remuxer();
    let before = first.segment(&mut remuxer, false).unwrap();
    first.video(15_000, &[DELIMITER, &frame(0x41, "0001")]);
    let after = first.segment(&mut remuxer, true).unwrap();
    assert_eq!(before.init, after.init);
    assert_eq!(after.random_access(), RandomAccess::No);
    assert_eq!(after.start().ticks(), 15_000);
    let mut nothing = Mux::bare();
    nothing.video(9000, &[DELIMITER]);
    assert_eq!(nothing.segment(&mut self::remuxer(), false), Err(ContainerError::NoProgramme));
    assert_eq!(
        Mux::new(&[(H264, VIDEO)]).segment(&mut self::remuxer(), false),
        Err(ContainerError::NoFrames)
    );
}

#[test]
fn new_parameter_sets_make_a_new_init_at_a_start_and_stay_in_band_within() {
    let wide = bits(&SPS.replace("0001000", "0010000"), &[0x67]);
    let mut mux = pictures(&[9000]);
    let mut remuxer = remuxer();
    let first = mux.segment(&mut remuxer, false).unwrap();
    mux.video(12_000, &[DELIMITER, &wide, &pps(), &frame(0x65, "0000")]);
    let second = mux.segment(&mut remuxer, true).unwrap();
    assert_ne!(first.init, second.init);
    let plain = second.runs[0].samples[0].size as usize;
    mux.video(15_000, &[DELIMITER, &wide, &pps(), &frame(0x65, "0000")]);
    mux.video(18_000, &[DELIMITER, &sps(), &pps(), &frame(0x65, "0000")]);
    let third = mux.segment(&mut remuxer, true).unwrap();
    assert_eq!(third.init, second.init);
    let sizes: Vec<_> = third.runs[0].samples.iter().map(|s| s.size as usize).collect();
    assert_eq!(sizes, [plain, plain + 8 + sps().len() + pps().len()]);
    mux.video(21_000, &[DELIMITER, &frame(0x41, "0001")]);
    assert_eq!(mux.segment(&mut remuxer, true).unwrap().init, first.init, "what is in force now");
}

#[test]
fn decoding_times_increase_and_are_never_negative() {
    let fragment = pictures(&[9000, 9000, 6000, 12_000]).remux();
    let samples = &fragment.runs[0].samples;
    assert_eq!(samples.iter().map(|s| s.dts).collect::<Vec<_>>(), [9000, 9001, 9002, 12_000]);
    assert_eq!(samples[2].dts + i64::from(samples[2].cts), 6000, "shown when it says");
    // One damaged timestamp moves one picture.
    let leap = pictures(&[9000, 12_000, 900_000_000, 18_000]).remux();
    assert_eq!(
        leap.runs[0].samples.iter().map(|s| s.dts).collect::<Vec<_>>(),
        [9000, 12_000, 15_000, 18_000]
    );
}

#[test]
fn of_several_sounds_the_first_playable_one_is_taken_and_the_others_named() {
    let mut mux = Mux::new(&[(0x82, 0x103), (AAC, AUDIO), (0xcf, 0x104), (AAC, SECOND), (0x02, 0x105)]);
    mux.pes(AUDIO, Some(9000), &adts(1, 100).repeat(3));
    mux.pes(SECOND, Some(9000), &adts(2, 50).repeat(3));
    let fragment = mux.remux();
    assert_eq!(fragment.runs[0].samples.iter().map(|s| s.size).collect::<Vec<_>>(), [100; 3]);
    let named: Vec<_> = fragment.unplayable.iter().map(|u| (u.kind, &u.codec[..], u.why)).collect();
    let expected = [
        (TrackKind::Audio, "DTS", Why::Unsupported),
        (TrackKind::Audio, "mp4a.40.2", Why::Encrypted),
        (TrackKind::Audio, "mp4a.40.2", Why::Spare),
        (TrackKind::Video, "MPEG-2 video", Why::Unsupported),
    ];
    assert_eq!(named, expected);
    let mut encrypted = Mux::new(&[(0xdb, VIDEO), (0xcf, AUDIO)]);
    encrypted.pes(VIDEO, Some(9000), &[0; 100]);
    assert_eq!(encrypted.segment(&mut remuxer(), false), Err(ContainerError::Encrypted));
}

#[test]
fn encrypted_samples_come_out_as_they_were_before() {
    let mut picture = frame(0x65, "0000");
    picture.extend((0..900_u32).map(|i| (i * 7 % 251) as u8 | 4));
    let sound = adts(2, 300);
    let mux = |types: [u8; 2], picture: &[u8], sound: &[u8]| {
        let mut mux = Mux::new(&[(types[0], VIDEO), (types[1], AUDIO)]);
        mux.video(9000, &[DELIMITER, &sps(), &pps(), picture]);
        mux.pes(AUDIO, Some(9000), &sound.repeat(3));
        mux
    };
    let clear = mux([H264, AAC], &picture, &sound).remux();
    let (mut sealed_picture, mut sealed_sound) = (picture.clone(), sound.clone());
    // One block of ten after 32 bytes; all whole blocks after the header and 16 bytes.
    let starts = (32..picture.len() - 16).step_by(160);
    seal(&mut sealed_picture, starts);
    seal(&mut sealed_sound, (7 + 16..sound.len() - 15).step_by(16));
    assert_ne!((&sealed_picture, &sealed_sound), (&picture, &sound));
    let mut sealed = mux([0xdb, 0xcf], &escaped(&sealed_picture), &sealed_sound);
    let opened = sealed.opened(SampleAes::new(KEY, IV));
    assert_eq!((opened.media, opened.runs), (clear.media, clear.runs));
}

const KEY: [u8; 16] = *b"an unlikely key!";
const IV: [u8; 16] = *b"and its partner.";

/// Encrypts the blocks at `starts`, in a chain.
fn seal(bytes: &mut [u8], starts: impl Iterator<Item = usize>) {
    let cipher = aes::Aes128Enc::new(&KEY.into());
    let mut chain = IV;
    for start in starts {
        let block: &mut [u8; 16] = bytes[start..].first_chunk_mut().unwrap();
        block.iter_mut().zip(chain).for_each(|(b, c)| *b ^= c);
        let mut sealed = (*block).into();
        cipher.encrypt_block(&mut sealed);
        *block = sealed.into();
        chain = *block;
    }
}

/// With emulation prevention (ISO/IEC 14496-10 §7.4.1).
fn escaped(nal: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for &byte in nal {
        if byte <= 3 && out.ends_with(&[0, 0]) {
            out.push(3);
        }
        out.push(byte);
    }
    out
}

#[test]
fn a_frame_of_sound_may_lie_across_packets_and_segments() {
    let frames = adts(2, 300).repeat(4);
    let mut mux = Mux::new(&[(AAC, AUDIO)]);
    let mut remuxer = remuxer();
    mux.pes(AUDIO, Some(9000), &frames[..450]);
    let first = mux.segment(&mut remuxer, false).unwrap();
    assert_eq!(first.runs[0].samples.len(), 1);
    // The timestamp is that of the first frame that begins here.
    mux.pes(AUDIO, Some(9000 + 2 * 1920), &frames[450..]);
    let mut after_a_seek = self::remuxer();
    let rest = Mux { out: [Mux::new(&[(AAC, AUDIO)]).out, mux.out.clone()].concat(), ..Mux::bare() };
    let second = mux.segment(&mut remuxer, true).unwrap();
    assert_eq!(second.runs[0].samples.len(), 3);
    assert_eq!(second.start(), first.runs[0].span.end);
    let dropped = rest.clone().segment(&mut after_a_seek, false).unwrap();
    assert_eq!(dropped.runs[0].samples.len(), 2, "half a frame is none");
    assert_eq!(dropped.start().ticks(), 9000 + 2 * 1920);
}

#[test]
fn missing_sound_leaves_a_hole_and_rounded_timestamps_do_not() {
    let mut mux = Mux::new(&[(AAC, AUDIO)]);
    // 1024 samples of 48 kHz are 1920 ticks; the timestamps are off by up to ten.
    for (i, off) in [0_i64, 7, -6, 10, 0].into_iter().enumerate() {
        mux.pes(AUDIO, Some((90_000 + 1920 * i as i64 + off) as u64), &adts(2, 64));
    }
    mux.pes(AUDIO, Some(90_000 + 1920 * 25), &adts(2, 64));
    // Sent twice.
    mux.pes(AUDIO, Some(90_000 + 1920 * 23), &adts(2, 64));
    let samples = mux.remux().runs[0].samples.clone();
    let places: Vec<_> = samples.iter().map(|s| (s.dts - 48_000) / 1024).collect();
    assert_eq!(places, [0, 1, 2, 3, 4, 25]);
    assert_eq!(samples[4].duration, 21 * 1024);
}

#[test]
fn sound_that_is_announced_and_comes_late_begins_with_silence() {
    let mut mux = Mux::new(&[(H264, VIDEO), (AAC, AUDIO)]);
    let mut remuxer = remuxer();
    // Two seconds of pictures without a sound, then two whose sound begins in their middle.
    let picture = |mux: &mut Mux, i: u64| {
        let slice = frame(if i.is_multiple_of(20) { 0x65 } else { 0x41 }, "0000");
        mux.video(90_000 + i * 9000, &[DELIMITER, &sps(), &pps(), &slice]);
    };
    (0..20).for_each(|i| picture(&mut mux, i));
    let first = mux.segment(&mut remuxer, false).unwrap();
    (20..40).for_each(|i| picture(&mut mux, i));
    (0..47).for_each(|i| mux.pes(AUDIO, Some(360_000 + 1920 * i), &adts(1, 100)));
    let second = mux.segment(&mut remuxer, true).unwrap();
    assert_eq!(first.info.tracks.len(), 2, "the second track is there from the start");
    let (silence, sound) = (&first.runs[1], &second.runs[1]);
    let frame = i64::from(1024_u32 * 90_000 / 48_000);
    assert_eq!(silence.span.start.ticks(), 90_000);
    assert!((270_000 - silence.span.end.ticks()) < frame, "to the last picture's end: {:?}", silence.span);
    let gap = sound.span.start - silence.span.end;
    assert!((0..frame).contains(&gap.ticks()), "no break worth the name: {gap:?}");
    assert_eq!(sound.samples.iter().filter(|s| s.size == 100).count(), 47);
    let whole = sound.samples.windows(2).all(|w| w[0].dts + i64::from(w[0].duration) == w[1].dts);
    assert!(whole, "and none inside");
    // The silence has as many channels as the sound, once that is known.
    assert_eq!(second.media[second.media.len() - 4700 - 4..][..4], [0, 0, 0, 7]);
}

#[test]
fn captions_and_metadata_come_in_the_order_they_are_shown() {
    let captions = |digit: u8| {
        let data =
            [0xb5, 0, 0x31, b'G', b'A', b'9', b'4', 3, 0xc2, 0xff, 0xfc, digit, 0x80, 0xf8, 1, 2, 0xff];
        [&[6, 4, data.len() as u8][..], &data, &[0x80]].concat()
    };
    let mut mux = Mux::new(&[(H264, VIDEO), (0x15, SECOND)]);
    mux.video(9000, &[DELIMITER, &sps(), &pps(), &captions(1), &frame(0x65, "0000")]);
    mux.video(15_000, &[DELIMITER, &captions(3), &frame(0x41, "0001")]);
    mux.video(12_000, &[DELIMITER, &captions(2), &frame(0x41, "0010")]);
    mux.pes(SECOND, Some(10_000), b"ID3 something");
    let cues = mux.remux().cues;
    let told: Vec<_> = cues.iter().map(|c| (c.time.ticks(), c.kind, &c.bytes[..])).collect();
    let expected: [(i64, CueKind, &[u8]); 4] = [
        (9000, CueKind::Captions, &[0xfc, 1, 0x80]),
        (10_000, CueKind::Id3, b"ID3 something"),
        (12_000, CueKind::Captions, &[0xfc, 2, 0x80]),
        (15_000, CueKind::Captions, &[0xfc, 3, 0x80]),
    ];
    assert_eq!(told, expected, "only the valid triplets");
}

#[test]
fn a_programme_that_changes_midway_is_followed() {
    let mut mux = Mux::new(&[(AAC, AUDIO)]);
    mux.pes(AUDIO, Some(9000), &adts(2, 64).repeat(2));
    mux.tables(&[(AAC, SECOND)], 1);
    mux.pes(SECOND, Some(9000 + 2 * 1920), &adts(2, 64).repeat(2));
    assert_eq!(mux.remux().runs[0].samples.len(), 4);
}

#[derive(Clone)]
struct Mux {
    out: Vec<u8>,
    counters: std::collections::HashMap<u16, u8>,
}

impl Mux {
    fn bare() -> Self {
        Self { out: Vec::new(), counters: Default::default() }
    }

    fn new(streams: &[(u8, u16)]) -> Self {
        let mut mux = Self::bare();
        mux.tables(streams, 0);
        mux
    }

    fn tables(&mut self, streams: &[(u8, u16)], version: u8) {
        let version = 0xc1 | version << 1;
        self.packets(0, &section(0, &[0, 1, version, 0, 0, 0, 1, 0xf0, 0]));
        let mut map = vec![0, 1, version, 0, 0, 0xe1, 0, 0xf0, 0];
        for (kind, pid) in streams {
            map.extend([*kind, 0xe0 | (pid >> 8) as u8, *pid as u8, 0xf0, 0]);
        }
        self.packets(0x1000, &section(2, &map));
    }

    /// One packet of the stream with these units.
    fn video(&mut self, time: u64, units: &[&[u8]]) {
        self.pes(VIDEO, Some(time), &annex_b(units));
    }

    fn pes(&mut self, pid: u16, pts: Option<u64>, payload: &[u8]) {
        let pts = pts.unwrap();
        let field = [
            0x21 | (pts >> 29) as u8 & 14,
            (pts >> 22) as u8,
            1 | (pts >> 14) as u8 & 0xfe,
            (pts >> 7) as u8,
            1 | (pts << 1) as u8,
        ];
        // Video does not say how long it is.
        let len = if pid == VIDEO { 0 } else { (payload.len() + 8) as u16 };
        let head = [&[0, 0, 1, 0xe0][..], &len.to_be_bytes(), &[0x80, 0x80, 5], &field].concat();
        self.packets(pid, &[&head, payload].concat());
    }

    fn packets(&mut self, pid: u16, bytes: &[u8]) {
        for (i, part) in bytes.chunks(184).enumerate() {
            let counter = self.counters.entry(pid).or_default();
            let start = if i == 0 { 0x40 } else { 0 };
            let stuffing = 184 - part.len();
            let field = if stuffing > 0 { 0x30 } else { 0x10 };
            self.out.extend([0x47, start | (pid >> 8) as u8, pid as u8, field | *counter]);
            *counter = (*counter + 1) & 15;
            if stuffing > 0 {
                self.out.push(stuffing as u8 - 1);
            }
            if stuffing > 1 {
                self.out.push(0);
                self.out.resize(self.out.len() + stuffing - 2, 0xff);
            }
            self.out.extend(part);
        }
    }

    fn remux(&self) -> Fragment {
        self.clone().segment(&mut remuxer(), false).unwrap()
    }

    /// The same with a key to its samples.
    fn opened(&mut self, key: SampleAes) -> Fragment {
        let mut remuxer = remuxer();
        remuxer.begin(None, false, Some(Box::new(key)));
        remuxer.push(&std::mem::take(&mut self.out));
        remuxer.finish().unwrap()
    }

    /// What was written since the last segment is one.
    fn segment(&mut self, remuxer: &mut Remuxer, contiguous: bool) -> Result<Fragment, ContainerError> {
        remuxer.begin(contiguous.then_some(MediaTime::ZERO), contiguous, None);
        remuxer.push(&std::mem::take(&mut self.out));
        remuxer.finish()
    }
}

/// A table with its length filled in, a pointer before it and a checksum that nobody reads.
fn section(table: u8, body: &[u8]) -> Vec<u8> {
    [&[0, table, 0xb0, body.len() as u8 + 4][..], body, &[0; 4]].concat()
}

/// Pictures of five packets and a bit, the first one with everything before it.
fn pictures(times: &[u64]) -> Mux {
    let mut mux = Mux::new(&[(H264, VIDEO)]);
    for (i, time) in times.iter().enumerate() {
        let mut slice = frame(if i == 0 { 0x65 } else { 0x41 }, "0000");
        slice.resize(1000, 0x55);
        if i == 0 {
            mux.video(*time, &[DELIMITER, &sps(), &pps(), &slice]);
        } else {
            mux.video(*time, &[DELIMITER, &slice]);
        }
    }
    mux
}

fn annex_b(units: &[&[u8]]) -> Vec<u8> {
    units.iter().flat_map(|unit| [&[0, 0, 0, 1], *unit].concat()).collect()
}

fn sps() -> Vec<u8> {
    bits(SPS, &[0x67])
}

fn pps() -> Vec<u8> {
    bits(PPS, &[0x68])
}

/// First macroblock 0, an I slice of set 0, frame number, one field of a frame.
fn field(frame: &str, bottom: &str) -> String {
    format!("1 0001000 1 {frame} 1 {bottom}")
}

fn frame(head: u8, number: &str) -> Vec<u8> {
    slice(head, &format!("1 0001000 1 {number} 0"))
}

fn slice(head: u8, syntax: &str) -> Vec<u8> {
    [bits(syntax, &[head]), vec![0x77; 20]].concat()
}

/// Bits as they are written, filled up with ones.
fn bits(text: &str, head: &[u8]) -> Vec<u8> {
    let digits: Vec<_> = text.bytes().filter(|b| *b != b' ').collect();
    let bytes = digits.chunks(8).map(|eight| {
        let byte = eight.iter().fold(0_u8, |byte, digit| byte << 1 | (digit - b'0'));
        if eight.len() == 8 { byte } else { byte << (8 - eight.len()) | 0x7f >> eight.len() }
    });
    head.iter().copied().chain(bytes).collect()
}

/// A frame of AAC of 48 kHz with this many bytes inside.
fn adts(channels: u8, size: usize) -> Vec<u8> {
    let len = size + 7;
    let head = [
        0xff,
        0xf1,
        0x4c,
        channels << 6 | (len >> 11) as u8,
        (len >> 3) as u8,
        (len << 5) as u8 | 0x1f,
        0xfc,
    ];
    [&head[..], &vec![0x21; size]].concat()
}

fn remuxer() -> Remuxer {
    Remuxer::new(RemuxOptions { decodes: |_| true, without_audio: false, aac_sbr: None })
}
