//! What initialization sections and fragments say. The fixtures are the first boxes of clips made by ffmpeg.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use sprat::engine::time::MediaTime;
use sprat::engine::transmux::{ContainerError, InitInfo, TrackKind, read_init, read_start};
use std::time::{Duration, Instant};

#[test]
fn every_codec_is_named_as_its_configuration_says() {
    let cases = [
        ("avc-aac", "video/mp4; codecs=\"avc1.42c00a,mp4a.40.2\""),
        ("hevc", "video/mp4; codecs=\"hvc1.2.4.L30.90\""),
        ("av1", "video/mp4; codecs=\"av01.0.00M.08\""),
        ("vp9", "video/mp4; codecs=\"vp09.00.10.08\""),
        ("aac", "audio/mp4; codecs=\"mp4a.40.2\""),
        ("mp3", "audio/mp4; codecs=\"mp4a.6b\""),
        ("opus", "audio/mp4; codecs=\"opus\""),
        ("flac", "audio/mp4; codecs=\"flac\""),
        ("ac3", "audio/mp4; codecs=\"ac-3\""),
        ("ec3", "audio/mp4; codecs=\"ec-3\""),
    ];
    for (name, mime) in cases {
        assert_eq!(init(name).mime(), mime, "{name}");
    }
}

#[test]
fn tracks_carry_their_id_and_clock() {
    let init = init("avc-aac");
    let [video, audio] = &init.tracks[..] else { panic!("{init:?}") };
    assert_eq!((video.id, video.timescale, video.kind), (1, 12_800, TrackKind::Video));
    assert_eq!((audio.id, audio.timescale, audio.kind), (2, 48_000, TrackKind::Audio));
}

#[test]
fn rare_fields_of_codec_strings_are_spelled_as_their_specifications_say() {
    let hvcc = |head: [u8; 13]| sample_entry(b"vide", b"hev1", &boxed(b"hvcC", &head));
    // Profile space B, profile 1, compatible with 1 and 2, high tier, level 3.1, two constraint bytes.
    let hevc = hvcc([1, 0xa1, 0x60, 0, 0, 0, 0xb0, 0x03, 0, 0, 0, 0, 93]);
    assert_eq!(codec(&hevc), "hev1.B1.6.H93.b0.3");
    let plain = hvcc([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 120]);
    assert_eq!(codec(&plain), "hev1.1.0.L120");
    let av1 = sample_entry(b"vide", b"av01", &boxed(b"av1C", &[0x81, 0x4d, 0xe0, 0]));
    assert_eq!(codec(&av1), "av01.2.13H.12");
    // An escaped audio object type (32 + 10 = 42, USAC), a URL and optional fields in the ES descriptor.
    let specific = [5, 2, 0xf9, 0x40];
    let decoder = [&[4, 17, 0x40, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &specific].concat();
    let es = [&[3, 0x80, 0x80, 0x80, 29, 0, 1, 0xe0, 9, 9, 2, b'h', b'i', 7, 7][..], &decoder].concat();
    let usac = sample_entry(b"soun", b"mp4a", &boxed(b"esds", &[&[0; 4], &es[..]].concat()));
    assert_eq!(codec(&usac), "mp4a.40.42");
}

#[test]
fn a_codec_without_usable_configuration_is_named_by_its_letters() {
    assert_eq!(codec(&sample_entry(b"vide", b"av01", &boxed(b"av1C", &[]))), "av01");
    assert_eq!(codec(&sample_entry(b"vide", b"avc1", &[])), "avc1");
    assert_eq!(codec(&sample_entry(b"vide", b"dvh1", &boxed(b"dvcC", &[1, 0, 10]))), "dvh1");
    assert_eq!(codec(&sample_entry(b"soun", b"a\"\n\0", &[])), "a___", "the MIME type cannot be broken");
}

#[test]
fn what_cannot_be_played_is_named() {
    let text = sample_entry(b"text", b"wvtt", &[]);
    assert_eq!(read_init(&text), Err(ContainerError::NoTracks));
    let mut ts = vec![0; 400];
    (ts[0], ts[188]) = (0x47, 0x47);
    let cases: [(&[u8], &str); 5] = [
        (b"", "an empty file"),
        (b"<!doctype html>", "HTML"),
        (&ts, "MPEG-TS"),
        (&file("avc-aac.fragment"), "an MP4 media segment"),
        (b"OggS............", "another format"),
    ];
    for (bytes, looks_like) in cases {
        assert_eq!(read_init(bytes), Err(ContainerError::NotAnInit { looks_like }));
    }
    let said = ContainerError::NotAnInit { looks_like: "HTML" }.to_string();
    assert_eq!(said, "The initialization section is HTML, not fragmented MP4.");
    let cut = &file("avc-aac.init")[..600];
    assert_eq!(read_init(cut), Err(ContainerError::Malformed { in_box: "moov" }));
}

#[test]
fn a_fragment_starts_where_its_video_does() {
    let fragment = file("avc-aac.fragment");
    assert_eq!(read_start(&fragment, &init("avc-aac")), Some(secs(3600.0)), "the audio is a frame earlier");
    // Without a video track the earliest counts; tracks that the init does not know do not.
    let mut audio_only = init("avc-aac");
    audio_only.tracks.remove(0);
    let frame = MediaTime::from_timescale(1024, 48_000);
    assert_eq!(read_start(&fragment, &audio_only), Some(secs(3600.0) - frame));
    audio_only.tracks.clear();
    assert_eq!(read_start(&fragment, &audio_only), None);
}

#[test]
fn a_start_is_told_as_soon_as_its_bytes_are_there_and_never_differs() {
    let fragment = file("avc-aac.fragment");
    let init = init("avc-aac");
    let answers: Vec<_> = (0..=fragment.len()).map(|n| read_start(&fragment[..n], &init)).collect();
    let first = answers.iter().position(Option::is_some).unwrap();
    assert!(first < 428, "the end of moof is not awaited: {first}");
    assert!(answers[first..].iter().all(|a| *a == Some(secs(3600.0))));
}

#[test]
fn audio_before_video_waits_for_the_whole_moof() {
    let traf = |id: u32, time: u32| {
        let tfhd = boxed(b"tfhd", &[[0; 4], id.to_be_bytes()].concat());
        let tfdt = boxed(b"tfdt", &[[0; 4], time.to_be_bytes()].concat());
        boxed(b"traf", &[tfhd, tfdt].concat())
    };
    let init = init("avc-aac");
    let moof = boxed(b"moof", &[traf(2, 48_000), traf(1, 12_800 * 2)].concat());
    let answers: Vec<_> = (0..=moof.len()).filter_map(|n| read_start(&moof[..n], &init)).collect();
    assert_eq!(answers, [secs(2.0)]);
    let audio = boxed(b"moof", &[traf(2, 96_000), traf(2, 48_000)].concat());
    assert_eq!(read_start(&audio, &init), Some(secs(1.0)));
    assert_eq!(read_start(&audio[..audio.len() - 1], &init), None);
}

#[test]
fn boxes_of_every_size_form_are_walked() {
    let init = init("avc-aac");
    let fragment = file("avc-aac.fragment");
    let large = [&[0, 0, 0, 1][..], b"free", &20_u64.to_be_bytes(), &[0; 4]].concat();
    assert_eq!(read_start(&[&large[..], &fragment].concat(), &init), Some(secs(3600.0)));
    let to_the_end = [&[0; 4][..], b"mdat", &fragment].concat();
    assert_eq!(read_start(&to_the_end, &init), None, "size 0 is the rest of the file");
    for size in [[0, 0, 0, 4], [0, 0, 0, 7], [0xff; 4]] {
        assert_eq!(read_start(&[&size[..], b"free", &fragment].concat(), &init), None);
    }
    let endless = [&[0, 0, 0, 1][..], b"free", &[0xff; 8], &fragment].concat();
    assert_eq!(read_start(&endless, &init), None);
    // A clock of zero ticks must not divide.
    let mut stopped = init.clone();
    stopped.tracks[0].timescale = 0;
    assert!(read_start(&fragment, &stopped).is_some());
}

#[test]
fn no_truncation_and_no_altered_byte_is_more_than_an_error() {
    let fragment = file("avc-aac.fragment");
    let good = init("avc-aac");
    let names = ["avc-aac", "hevc", "av1", "vp9", "aac", "mp3", "opus", "flac", "ac3", "ec3", "cenc"];
    let mut inputs: Vec<_> = names.iter().map(|n| file(&format!("{n}.init"))).collect();
    inputs.push(fragment[..500].to_vec());
    for input in inputs {
        for cut in 0..input.len() {
            let _ = read_init(&input[..cut]).map(|i| i.mime());
            let _ = read_start(&input[..cut], &good);
        }
        for at in 0..input.len() {
            let mut altered = input.clone();
            for byte in [0, 1, 3, 7, 8, 0x7f, 0x80, 0xff, input[at] ^ 0x20, input[at].wrapping_add(1)] {
                altered[at] = byte;
                let _ = read_init(&altered).map(|i| i.mime());
                let _ = read_start(&altered, &good);
            }
        }
    }
}

#[test]
fn a_million_boxes_take_linear_time() {
    let small = boxed(b"trak", &[]).repeat(1 << 20);
    let nested =
        (0..200_000).fold(
            Vec::new(),
            |inner: Vec<u8>, _| {
                if inner.len() > 1 << 16 { inner } else { boxed(b"moov", &inner) }
            },
        );
    let trafs = boxed(b"moof", &boxed(b"traf", &boxed(b"tfhd", &[0; 8])).repeat(1 << 19));
    for bytes in [boxed(b"moov", &small), small, nested, trafs] {
        let began = Instant::now();
        let _ = read_init(&bytes);
        let _ = read_start(&bytes, &init("avc-aac"));
        assert!(began.elapsed() < Duration::from_secs(5), "{:?} for {} bytes", began.elapsed(), bytes.len());
    }
}

fn codec(init: &[u8]) -> String {
    read_init(init).unwrap().tracks.remove(0).codec
}

/// An initialization section of one track with this sample entry.
fn sample_entry(handler: &[u8; 4], kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let header = if handler == b"vide" { 78 } else { 28 };
    let entry = boxed(kind, &[&vec![0; header][..], inside].concat());
    let stsd = boxed(b"stsd", &[&[0; 8], &entry[..]].concat());
    let minf = boxed(b"minf", &boxed(b"stbl", &stsd));
    let hdlr = boxed(b"hdlr", &[&[0; 8], &handler[..], &[0; 12]].concat());
    let mdia = boxed(b"mdia", &[boxed(b"mdhd", &[0; 24]), hdlr, minf].concat());
    boxed(b"moov", &boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), mdia].concat()))
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, body].concat()
}

fn init(name: &str) -> InitInfo {
    read_init(&file(&format!("{name}.init"))).unwrap()
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/mp4/{name}.mp4", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn secs(s: f64) -> MediaTime {
    MediaTime::from_secs(s)
}
