//! What of fragmented MP4 reaches the browser: tracks that it does not decode are made invisible where they stand, MPEG
//! audio that it takes only as raw frames is taken out, and what is encrypted is read for its keys.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use sprat::engine::transmux::{
    Fragment, InitInfo, RemuxOptions, Remuxer, TrackKind, Why, fit_init, fit_segment, is_mpeg_audio,
    read_init, read_start,
};

/// As Chromium answers: MPEG audio as raw frames, and not in MP4.
const CHROMIUM: fn(&str) -> bool = |codec| !is_mpeg_audio(codec);
/// As Firefox does.
const FIREFOX: fn(&str) -> bool = |codec| !is_mpeg_audio(codec) && codec != "audio/mpeg";

#[test]
fn encrypted_tracks_are_read_to_their_clear_codec_and_their_keys() {
    let info = read_init(&file("fixtures/mp4/cenc.init.mp4")).unwrap();
    assert_eq!(info.mime(), "video/mp4; codecs=\"avc1.64000a\"");
    let lock = info.lock.unwrap();
    assert_eq!(&lock.scheme, b"cenc");
    assert_eq!(lock.key_ids, [*b"\xa7\xe6\x1c\x37\x3e\x21\x90\x33\xc2\x10\x91\xfa\x60\x7b\xf3\xb8"]);
    assert!(lock.pssh.is_empty(), "ffmpeg writes none");
    assert_eq!(read_init(&file("fixtures/mp4/avc-aac.init.mp4")).unwrap().lock, None);
}

#[test]
fn the_boxes_of_key_systems_are_kept_whole() {
    let pssh = boxed(b"pssh", &[&[0; 4][..], b"a system's id...", &[0, 0, 0, 2], b"hi"].concat());
    let mut init = file("fixtures/mp4/cenc.init.mp4");
    let moov = position(&init, b"moov") - 4;
    let size = u32::from_be_bytes(init[moov..moov + 4].try_into().unwrap()) + pssh.len() as u32;
    init[moov..moov + 4].copy_from_slice(&size.to_be_bytes());
    init.extend_from_slice(&pssh);
    assert_eq!(read_init(&init).unwrap().lock.unwrap().pssh, pssh);
}

#[test]
fn a_track_that_the_browser_does_not_decode_becomes_invisible_in_its_place() {
    let (mut init, fragment) =
        (file("fixtures/mp4/avc-aac.init.mp4"), file("fixtures/mp4/avc-aac.fragment.mp4"));
    let length = init.len();
    let mut info = read_init(&init).unwrap();
    fit_init(&mut init, &mut info, |codec| !codec.starts_with("avc1"));
    assert_eq!((init.len(), info.mime().as_str()), (length, "audio/mp4; codecs=\"mp4a.40.2\""));
    assert_eq!(info.left_out[0].0.codec, "avc1.42c00a");
    assert_eq!(info.left_out[0].1, Why::Undecodable);
    // What the browser reads is what is said of it.
    assert_eq!(read_init(&init).unwrap().tracks, info.tracks);
    assert_eq!(count(&init, b"trex"), 1);
    let fitted = fit_segment(fragment.clone(), &info, false);
    assert_eq!(fitted.bytes.len(), fragment.len());
    assert_eq!((count(&fragment, b"traf"), count(&fitted.bytes, b"traf")), (2, 1));
    assert_eq!(changed(&fragment, &fitted.bytes), 3, "`traf` is `free` now, one letter of which is the same");
}

#[test]
fn where_the_browser_decodes_everything_or_nothing_all_stays_as_it_is() {
    let init = file("fixtures/mp4/avc-aac.init.mp4");
    for decodes in [(|_| true) as fn(&str) -> bool, |_| false] {
        let (mut fitted, mut info) = (init.clone(), read_init(&init).unwrap());
        fit_init(&mut fitted, &mut info, decodes);
        assert_eq!((fitted, info), (init.clone(), read_init(&init).unwrap()));
    }
}

#[test]
fn mp3_in_a_transport_stream_goes_beside_the_pictures_where_mp4_takes_none() {
    let mp4 = remuxed(Remuxer::new(options(|_| true)), "mp3.ts");
    let pictures = remuxed(Remuxer::new(options(CHROMIUM)), "mp3.ts");
    let sound = remuxed(Remuxer::of_sound_beside(options(CHROMIUM)), "mp3.ts");
    assert_eq!(pictures.unplayable[0].why, Why::Beside);
    assert_eq!(pictures.runs, mp4.runs[..1]);
    assert_eq!(sound.info.mime(), "audio/mpeg");
    assert!(sound.init.is_empty(), "raw frames need no initialization section");
    assert_eq!(sound.runs[0].samples, mp4.runs[1].samples, "the same frames at the same times");
    assert!(mp4.media.ends_with(&sound.media));
    assert_eq!(sound.media[..2], [0xff, 0xfb], "a frame begins");
    // Where neither is taken, it is named.
    let refused = remuxed(Remuxer::new(options(FIREFOX)), "mp3.ts");
    assert_eq!(refused.unplayable[0].why, Why::Undecodable);
}

#[test]
fn packed_mp3_stays_as_it_is_where_mp4_takes_none() {
    let mp4 = remuxed(Remuxer::new(options(|_| true)), "packed.mp3");
    let raw = remuxed(Remuxer::new(options(CHROMIUM)), "packed.mp3");
    assert_eq!((mp4.info.is_raw(), raw.info.is_raw()), (false, true));
    assert_eq!(raw.info.mime(), "audio/mpeg");
    assert!(raw.unplayable.is_empty());
    assert_eq!((raw.start(), raw.runs[0].samples.len()), (mp4.start(), mp4.runs[0].samples.len()));
    assert!(file("remux/packed.mp3").ends_with(&raw.media), "all but its tag");
}

#[test]
fn sound_that_other_codecs_bring_is_none_of_the_raw_kind() {
    let sound = remuxed(Remuxer::of_sound_beside(options(CHROMIUM)), "avc-aac.ts");
    assert!(sound.runs.is_empty() && sound.media.is_empty());
}

#[test]
fn mp3_in_mp4_is_taken_out_frame_by_frame() {
    let mp4 = remuxed(Remuxer::new(options(|_| true)), "mp3.ts");
    let sound = remuxed(Remuxer::of_sound_beside(options(CHROMIUM)), "mp3.ts");
    let (mut init, mut info) = (mp4.init.clone(), mp4.info.clone());
    fit_init(&mut init, &mut info, CHROMIUM);
    assert_eq!(info.left_out[0].1, Why::Beside);
    assert!(info.tracks.iter().all(|t| t.kind == TrackKind::Video));
    let beside = fit_segment(mp4.media.clone(), &info, true);
    assert_eq!(beside.bytes, sound.media);
    let off = (beside.start.unwrap() - sound.start()).ticks();
    assert!(off.abs() <= 1, "{off} ticks: the clock of the sound rounds");
    assert_eq!(fit_segment(mp4.media.clone(), &info, false).start, read_start(&mp4.media, &mp4.info));
}

#[test]
fn mp3_alone_in_mp4_needs_no_mp4() {
    let mp4 = remuxed(Remuxer::new(options(|_| true)), "packed.mp3");
    let (mut init, mut info) = (mp4.init.clone(), mp4.info.clone());
    fit_init(&mut init, &mut info, CHROMIUM);
    assert!(info.is_raw());
    assert!(file("remux/packed.mp3").ends_with(&fit_segment(mp4.media, &info, false).bytes));
}

#[test]
fn what_is_cut_short_or_lies_brings_less_and_never_more() {
    let mp4 = remuxed(Remuxer::new(options(|_| true)), "mp3.ts");
    let (mut init, mut info) = (mp4.init.clone(), mp4.info.clone());
    fit_init(&mut init, &mut info, CHROMIUM);
    let whole = fit_segment(mp4.media.clone(), &info, true).bytes;
    for cut in (0..mp4.media.len()).step_by(97) {
        let part = fit_segment(mp4.media[..cut].to_vec(), &info, true).bytes;
        assert!(whole.starts_with(&part), "cut at {cut}");
    }
    for at in 0..1500.min(mp4.media.len()) {
        for value in [0, 0x7f, 0xff] {
            let mut bytes = mp4.media.clone();
            bytes[at] = value;
            assert!(fit_segment(bytes.clone(), &info, true).bytes.len() <= mp4.media.len());
            assert_eq!(fit_segment(bytes, &info, false).bytes.len(), mp4.media.len());
        }
    }
    for at in 0..init.len() {
        let mut bytes = mp4.init.clone();
        bytes[at] ^= 0xff;
        let Ok(mut info): Result<InitInfo, _> = read_init(&bytes) else { continue };
        fit_init(&mut bytes, &mut info, CHROMIUM);
        assert_eq!(bytes.len(), mp4.init.len());
    }
}

fn options(decodes: fn(&str) -> bool) -> RemuxOptions {
    RemuxOptions { decodes, without_audio: false, aac_sbr: None }
}

fn remuxed(mut remuxer: Remuxer, name: &str) -> Fragment {
    remuxer.begin(None, false, None);
    for piece in file(&format!("remux/{name}")).chunks(1000) {
        remuxer.push(piece);
    }
    remuxer.finish().unwrap()
}

fn count(bytes: &[u8], kind: &[u8; 4]) -> usize {
    bytes.windows(4).filter(|w| w == kind).count()
}

fn changed(before: &[u8], after: &[u8]) -> usize {
    before.iter().zip(after).filter(|(a, b)| a != b).count()
}

fn position(bytes: &[u8], kind: &[u8; 4]) -> usize {
    bytes.windows(4).position(|w| w == kind).unwrap()
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, body].concat()
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
