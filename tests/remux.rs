//! Real streams, remuxed: sample for sample what an independent demuxer says, however the bytes are cut, and never
//! more than an error when they are damaged. `remux/make.sh` made the clips and the tables.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use sprat::engine::time::MediaTime;
use sprat::engine::transmux::{
    Container, ContainerError, Fragment, RandomAccess, RemuxOptions, Remuxer, Run, TrackKind, Why, read_init,
    read_start, sniff,
};
use std::time::{Duration, Instant};

/// Each transport stream with the MIME type it becomes.
const CLIPS: [(&str, &str); 15] = [
    ("avc-aac", "video/mp4; codecs=\"avc1.64000a,mp4a.40.2\""),
    ("b-frames", "video/mp4; codecs=\"avc1.64000a,mp4a.40.2\""),
    ("interlaced", "video/mp4; codecs=\"avc1.640015\""),
    ("anamorphic", "video/mp4; codecs=\"avc1.64000a,mp4a.40.2\""),
    ("hevc", "video/mp4; codecs=\"hvc1.1.6.L30.90,mp4a.40.2\""),
    ("ac3", "video/mp4; codecs=\"avc1.64000a,ac-3\""),
    ("eac3", "video/mp4; codecs=\"avc1.64000a,ec-3\""),
    ("mp3", "video/mp4; codecs=\"avc1.64000a,mp4a.6b\""),
    ("opus", "video/mp4; codecs=\"avc1.64000a,opus\""),
    ("aac-5.1", "video/mp4; codecs=\"avc1.64000a,mp4a.40.2\""),
    ("audio-aac", "audio/mp4; codecs=\"mp4a.40.2\""),
    ("audio-mp2", "audio/mp4; codecs=\"mp4a.6b\""),
    ("audio-low", "audio/mp4; codecs=\"mp4a.69\""),
    ("video-only", "video/mp4; codecs=\"avc1.64000a\""),
    ("wrap", "video/mp4; codecs=\"avc1.64000a,mp4a.40.2\""),
];

const PACKED: [(&str, Container, &str, i64); 5] = [
    ("packed.aac", Container::Aac, "mp4a.40.2", 1024),
    ("packed-low.aac", Container::Aac, "mp4a.40.5", 1024),
    ("packed.mp3", Container::MpegAudio, "mp4a.6b", 1152),
    ("packed.ac3", Container::Ac3, "ac-3", 1536),
    ("packed.eac3", Container::Eac3, "ec-3", 1536),
];

/// Timestamps turn here.
const WRAP: i64 = 1 << 33;

#[test]
fn every_sample_is_what_an_independent_demuxer_says() {
    for (name, mime) in CLIPS {
        let fragment = remux(&file(&format!("{name}.ts")));
        assert_eq!(fragment.info.mime(), mime, "{name}");
        let table = String::from_utf8(file(&format!("{name}.txt"))).unwrap();
        for (letter, kind) in [("v", TrackKind::Video), ("a", TrackKind::Audio)] {
            let said: Vec<_> = table.lines().filter_map(|line| line.strip_prefix(letter)).collect();
            let Some(run) = fragment.runs.iter().find(|run| run.kind == kind) else {
                assert!(said.is_empty(), "{name}: no run of {kind:?}");
                continue;
            };
            assert_eq!(run.samples.len(), said.len(), "{name}: {kind:?}");
            for (i, (sample, said)) in run.samples.iter().zip(said).enumerate() {
                let said: Vec<_> = said.split_whitespace().collect();
                let [pts, dts, size] = [0, 1, 2].map(|at| said[at].parse::<i64>().unwrap());
                let at = format!("{name}: {kind:?} {i}");
                assert_eq!(i64::from(sample.size), size, "{at}: bytes");
                assert_eq!(sample.access != RandomAccess::No, said[3] == "K", "{at}: random access");
                // Sound is counted in samples, and its timestamps are rounded.
                let slack = if kind == TrackKind::Audio { 2 } else { 0 };
                let ticks = |units: i64| units * MediaTime::RATE / i64::from(run.timescale);
                for (ours, theirs) in
                    [(sample.dts, dts), (sample.dts + i64::from(sample.cts), pts)].map(|(a, b)| (ticks(a), b))
                {
                    // The other demuxer turns the clock back where ours goes on.
                    let off = (ours - theirs).rem_euclid(WRAP);
                    assert!(off <= slack || WRAP - off <= slack, "{at}: {ours}, not {theirs}");
                }
            }
        }
    }
}

#[test]
fn what_is_written_reads_back() {
    for (name, _) in CLIPS {
        let fragment = remux(&file(&format!("{name}.ts")));
        check_mp4(&fragment, name);
    }
    for (name, ..) in PACKED {
        check_mp4(&remux(&file(name)), name);
    }
}

#[test]
fn packed_audio_starts_where_its_tag_says() {
    for (name, container, codec, duration) in PACKED {
        let bytes = file(name);
        assert_eq!(sniff(&bytes), Some(container), "{name}");
        let tagged = [&id3_timestamp(900_000)[..], &bytes].concat();
        assert_eq!(sniff(&tagged), Some(container), "{name}");
        let fragment = remux(&tagged);
        assert_eq!(fragment.info.tracks[0].codec, codec, "{name}");
        assert_eq!(fragment.start(), MediaTime::from_secs(10.0), "{name}");
        assert_eq!(fragment.random_access(), RandomAccess::Clean);
        assert_eq!(fragment.cues[0].time, MediaTime::from_secs(10.0), "{name}");
        let run = &fragment.runs[0];
        let sizes: Vec<_> = run.samples.iter().map(|s| s.size.to_string()).collect();
        let table = String::from_utf8(file(&format!("{name}.txt"))).unwrap();
        assert_eq!(sizes, table.lines().collect::<Vec<_>>(), "{name}");
        assert!(run.samples.windows(2).all(|two| two[1].dts - two[0].dts == duration), "{name}");
        // Without a tag it starts where it is expected.
        let mut remuxer = remuxer();
        remuxer.begin(Some(MediaTime::from_secs(7.0)), false, None);
        remuxer.push(&bytes);
        assert_eq!(remuxer.finish().unwrap().start(), MediaTime::from_secs(7.0), "{name}");
        // And where the one before ended, when it follows it.
        remuxer.begin(Some(MediaTime::from_secs(8.0)), true, None);
        remuxer.push(&bytes);
        let second = remuxer.finish().unwrap();
        assert_eq!(
            second.runs[0].samples[0].dts,
            7 * i64::from(run.timescale) + duration * sizes.len() as i64
        );
    }
}

#[test]
fn the_clock_turns_over_without_a_jump() {
    let bytes = file("wrap.ts");
    let near = MediaTime::from_secs(95_443.0);
    let fragment = remux_at(&bytes, Some(near));
    let video = &fragment.runs[0];
    assert!(video.span.start.ticks() < WRAP && video.span.end.ticks() > WRAP);
    assert!(video.samples.iter().all(|s| s.duration == 3600));
    // The same, a turn later; and without a hint as it stands.
    let later = remux_at(&bytes, Some(near + MediaTime::from_ticks(WRAP)));
    assert_eq!((later.start() - fragment.start()).ticks(), WRAP);
    assert_eq!(remux(&bytes).start(), fragment.start());
    // What would lie before the beginning of time lies a turn later.
    assert_eq!(remux_at(&bytes, Some(MediaTime::ZERO)).start(), fragment.start());
}

#[test]
fn any_cut_of_the_input_gives_the_same_fragment() {
    let mut chance = 0x9e37_79b9_u64;
    for name in ["avc-aac.ts", "b-frames.ts", "hevc.ts", "opus.ts", "mp3.ts", "packed.aac", "packed.eac3"] {
        let mut bytes = file(name);
        // Junk before and within.
        if name == "b-frames.ts" {
            bytes.splice(188 * 40..188 * 40, *b"G some junk G");
            bytes.splice(..0, [0x47; 33]);
        }
        let whole = remux(&bytes);
        let longest = [1, 7, 200, 1000, 20_000];
        for longest in longest {
            let mut remuxer = remuxer();
            remuxer.begin(None, false, None);
            let mut rest = &bytes[..];
            while !rest.is_empty() {
                let (piece, more) = rest.split_at(rest.len().min(1 + random(&mut chance) % longest));
                remuxer.push(piece);
                rest = more;
            }
            assert!(remuxer.finish().unwrap() == whole, "{name} in pieces of up to {longest}");
        }
    }
}

#[test]
fn no_damage_is_more_than_an_error() {
    let mut chance = 0x1234_5678_u64;
    let clips = CLIPS.iter().map(|(name, _)| format!("{name}.ts"));
    let began = Instant::now();
    for name in clips.chain(PACKED.iter().map(|(name, ..)| (*name).to_owned())) {
        let good = file(&name);
        let mut remuxer = remuxer();
        for round in 0..300 {
            let mut bytes = good.clone();
            for _ in 0..1 + random(&mut chance) % 40 {
                // Near the start stand the tables and the parameter sets.
                let reach = if round % 2 == 0 { bytes.len() } else { bytes.len().min(1500) };
                let at = random(&mut chance) % reach;
                match random(&mut chance) % 6 {
                    0 => bytes[at] = 0xff,
                    1 => bytes[at] = 0,
                    2 => bytes[at] ^= 1 << (random(&mut chance) % 8),
                    3 => drop(bytes.drain(at..bytes.len().min(at + 300))),
                    4 => drop(bytes.splice(at..at, [0, 0, 1, random(&mut chance) as u8])),
                    _ => bytes[at] = random(&mut chance) as u8,
                }
                if bytes.is_empty() {
                    break;
                }
            }
            remuxer.begin(None, round % 3 == 0, None);
            remuxer.push(&bytes);
            if let Ok(fragment) = remuxer.finish() {
                check_mp4(&fragment, &name);
            }
        }
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn a_track_that_the_browser_refuses_is_named_and_left_out() {
    let clip = file("ac3.ts");
    let refused = |decodes: fn(&str) -> bool| {
        let mut remuxer = Remuxer::new(RemuxOptions { decodes, without_audio: false, aac_sbr: None });
        remuxer.begin(None, false, None);
        remuxer.push(&clip);
        remuxer.finish()
    };
    let fragment = refused(|codec| codec != "ac-3").unwrap();
    assert_eq!(fragment.info.mime(), "video/mp4; codecs=\"avc1.64000a\"");
    assert_eq!(fragment.unplayable[0].codec, "ac-3");
    assert_eq!(fragment.unplayable[0].why, Why::Undecodable);
    check_mp4(&fragment, "without sound");
    // What only the stream itself tells is asked again.
    let fragment = refused(|codec| codec != "avc1.64000a").unwrap();
    assert_eq!(fragment.info.mime(), "audio/mp4; codecs=\"ac-3\"");
    assert_eq!(fragment.unplayable[0].codec, "avc1.64000a");
    check_mp4(&fragment, "without video");
    assert_eq!(refused(|_| false), Err(ContainerError::Undecodable));
}

#[test]
fn sound_that_has_a_rendition_of_its_own_is_left_out() {
    let mut remuxer = Remuxer::new(RemuxOptions { decodes: |_| true, without_audio: true, aac_sbr: None });
    remuxer.begin(None, false, None);
    remuxer.push(&file("avc-aac.ts"));
    let fragment = remuxer.finish().unwrap();
    assert_eq!(fragment.runs.len(), 1);
    assert!(fragment.unplayable.is_empty(), "nobody misses it");
}

#[test]
fn what_the_playlist_says_of_aac_goes_first() {
    for (aac_sbr, codec) in [(Some(false), "mp4a.40.2"), (None, "mp4a.40.5"), (Some(true), "mp4a.40.5")] {
        let mut remuxer = Remuxer::new(RemuxOptions { decodes: |_| true, without_audio: false, aac_sbr });
        remuxer.begin(None, false, None);
        remuxer.push(&file("packed-low.aac"));
        assert_eq!(remuxer.finish().unwrap().info.tracks[0].codec, codec);
    }
}

#[test]
fn a_picture_is_shown_as_wide_as_it_is_meant() {
    let init = remux(&file("anamorphic.ts")).init;
    let pasp = init.windows(4).position(|four| four == b"pasp").unwrap();
    assert_eq!(init[pasp + 4..pasp + 12], [0, 0, 0, 16, 0, 0, 0, 11]);
}

#[test]
fn an_open_gop_is_told_from_a_clean_start() {
    let fragment = remux(&file("b-frames.ts"));
    let starts =
        fragment.runs[0].samples.iter().map(|s| s.access).filter(|access| *access != RandomAccess::No);
    let starts: Vec<_> = starts.collect();
    assert_eq!(starts[0], RandomAccess::Clean);
    assert!(starts.len() > 1 && starts[1..].iter().all(|access| *access == RandomAccess::Open), "{starts:?}");
}

#[test]
fn what_is_no_segment_is_called_by_its_name() {
    for (bytes, looks_like) in [
        (&b"<html>"[..], "HTML"),
        (b"", "an empty file"),
        (&[7; 9000], "another format"),
        (b"ID3", "another format"),
    ] {
        let mut remuxer = remuxer();
        remuxer.begin(None, false, None);
        remuxer.push(bytes);
        assert_eq!(remuxer.finish(), Err(ContainerError::NotASegment { looks_like }));
    }
    assert_eq!(sniff(b"\xef\xbb\xbfWEBVTT\n"), Some(Container::WebVtt));
    assert_eq!(sniff(&remux(&file("avc-aac.ts")).init), Some(Container::Fmp4));
    assert_eq!(sniff(b"<html>"), None);
}

/// Checks every box of a fragment against its table of samples.
fn check_mp4(fragment: &Fragment, name: &str) {
    assert_eq!(read_init(&fragment.init).unwrap(), fragment.info, "{name}");
    let decoding = |run: &Run| MediaTime::from_timescale(run.samples[0].dts as u64, run.timescale);
    assert_eq!(read_start(&fragment.media, &fragment.info), Some(decoding(&fragment.runs[0])), "{name}");
    let (moof, mdat) = (children(&fragment.media)[0], children(&fragment.media)[1]);
    assert_eq!((moof.0, mdat.0), (*b"moof", *b"mdat"), "{name}");
    let trafs: Vec<_> = children(moof.1).into_iter().filter(|b| b.0 == *b"traf").collect();
    assert_eq!(trafs.len(), fragment.runs.len(), "{name}");
    let mut end = fragment.media.len() - mdat.1.len();
    for ((_, traf), run) in trafs.iter().zip(&fragment.runs) {
        assert!(
            run.samples.windows(2).all(|two| two[0].dts + i64::from(two[0].duration) == two[1].dts),
            "{name}"
        );
        assert!(run.span.start < run.span.end, "{name}");
        let trun = children(traf).into_iter().find(|b| b.0 == *b"trun").unwrap().1;
        let be32 = |at: usize| u32::from_be_bytes(trun[at..at + 4].try_into().unwrap());
        assert_eq!(be32(4) as usize, run.samples.len(), "{name}");
        assert_eq!(be32(8) as usize, end, "{name}: where the data is");
        let fields = if run.kind == TrackKind::Video { 16 } else { 8 };
        for (i, sample) in run.samples.iter().enumerate() {
            let at = 12 + i * fields;
            assert_eq!((be32(at), be32(at + 4)), (sample.duration, sample.size), "{name}");
            if run.kind == TrackKind::Video {
                let not_sync = be32(at + 8) & 0x1_0000 != 0;
                let closed = i > 0 && sample.access == RandomAccess::Open;
                assert_eq!(not_sync, closed || sample.access == RandomAccess::No, "{name}");
                assert_eq!(be32(at + 12) as i32, sample.cts, "{name}");
                check_units(&fragment.media[end..end + sample.size as usize], name);
            }
            end += sample.size as usize;
        }
    }
    assert_eq!(end, fragment.media.len(), "{name}: every byte belongs to a sample");
}

/// Units with lengths before them, and nothing else.
fn check_units(mut sample: &[u8], name: &str) {
    while !sample.is_empty() {
        let (len, rest) = sample.split_at(4);
        let len = u32::from_be_bytes(len.try_into().unwrap()) as usize;
        assert!(len > 0 && len <= rest.len(), "{name}: a unit of {len} bytes in {}", rest.len());
        sample = &rest[len..];
    }
}

fn children(mut bytes: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let size = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
        found.push((bytes[4..8].try_into().unwrap(), &bytes[8..size]));
        bytes = &bytes[size..];
    }
    found
}

fn id3_timestamp(ticks: u64) -> Vec<u8> {
    let owner = b"com.apple.streaming.transportStreamTimestamp\0";
    let size = owner.len() as u8 + 8;
    let frame = [&b"PRIV\0\0\0"[..], &[size, 0, 0], owner, &ticks.to_be_bytes()].concat();
    [&b"ID3\x04\0\0\0\0\0"[..], &[frame.len() as u8], &frame].concat()
}

fn remux(bytes: &[u8]) -> Fragment {
    remux_at(bytes, None)
}

fn remux_at(bytes: &[u8], expected: Option<MediaTime>) -> Fragment {
    let mut remuxer = remuxer();
    remuxer.begin(expected, false, None);
    remuxer.push(bytes);
    remuxer.finish().unwrap()
}

fn remuxer() -> Remuxer {
    Remuxer::new(RemuxOptions { decodes: |_| true, without_audio: false, aac_sbr: None })
}

fn random(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 16) as usize
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/remux/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
