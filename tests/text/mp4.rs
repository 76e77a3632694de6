//! Captions in fragmented MP4: where samples lie, and what WebVTT samples say.

use super::{cue, file};
use sprat::engine::text::{
    Cue, TextCodec, TextError, TextInit, read_text_init, read_ttml_fragment, read_wvtt_fragment,
};

#[test]
fn a_packaged_webvtt_track_is_read() {
    let init = wvtt();
    assert_eq!((init.codec, init.track, init.timescale), (TextCodec::WebVtt, 1, 1000));
    let said = |start, end, text: &str| Cue { settings: "align:center".into(), ..cue(start, end, text) };
    let cues = read_wvtt_fragment(&file("wvtt.fragment.mp4"), &init).unwrap();
    assert_eq!(cues, [said(0.0, 1.5, "<b>Hello</b> 0"), said(2.0, 3.5, "<b>Hello</b> 2")]);
}

#[test]
fn a_cue_over_several_samples_is_one() {
    let shown = |texts: &[&str]| -> Vec<u8> {
        let cue =
            |text: &&str| boxed(b"vttc", &[boxed(b"iden", b"7"), boxed(b"payl", text.as_bytes())].concat());
        texts.iter().flat_map(cue).collect()
    };
    let nothing = boxed(b"vtte", &[]);
    let samples =
        [shown(&["a"]), shown(&["a", "b"]), shown(&["b"]), nothing, Vec::new(), shown(&["b"]), shown(&["c"])];
    let cues = read_wvtt_fragment(&fragment(1000, &samples), &wvtt()).unwrap();
    let expected = [(1.0, 3.0, "a"), (2.0, 4.0, "b"), (6.0, 7.0, "b"), (7.0, 8.0, "c")];
    assert_eq!(cues, expected.map(|(start, end, text)| Cue { id: "7".into(), ..cue(start, end, text) }));
}

#[test]
fn ttml_samples_are_documents_and_what_has_no_time_lasts_as_long_as_its_sample() {
    let document = |p: &str| format!("<tt xmlns='x'><body><div>{p}</div></body></tt>").into_bytes();
    let samples = [document("<p begin='1.2s' end='1.7s'>timed</p>"), Vec::new(), document("<p>untimed</p>")];
    let cues = read_ttml_fragment(&fragment(1000, &samples), &wvtt()).unwrap();
    assert_eq!(cues, [cue(1.2, 1.7, "timed"), cue(3.0, 4.0, "untimed")]);
}

#[test]
fn what_is_no_text_track_is_said_so() {
    let stsd = |entry: &[u8; 4]| {
        let stsd = boxed(b"stsd", &[&[0; 8], &boxed(entry, &[0; 8])[..]].concat());
        let minf = boxed(b"minf", &boxed(b"stbl", &stsd));
        let mdia = boxed(b"mdia", &[boxed(b"mdhd", &[0; 24]), minf].concat());
        boxed(b"moov", &boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), mdia].concat()))
    };
    assert_eq!(read_text_init(&stsd(b"avc1")), Err(TextError::UnknownCodec));
    assert_eq!(read_text_init(&stsd(b"stpp")).unwrap().codec, TextCodec::Ttml);
    assert_eq!(read_text_init(b"WEBVTT"), Err(TextError::Malformed { in_box: "moov" }));
    let said = TextError::Malformed { in_box: "moov" }.to_string();
    assert_eq!(said, "The captions are damaged in their 'moov' box.");
    assert_eq!(read_wvtt_fragment(b"", &wvtt()), Ok(Vec::new()));
    let mut other = wvtt();
    other.track = 2;
    assert_eq!(read_wvtt_fragment(&file("wvtt.fragment.mp4"), &other), Ok(Vec::new()));
}

pub(crate) fn wvtt() -> TextInit {
    read_text_init(&file("wvtt.init.mp4")).unwrap()
}

/// A segment whose samples last a second each, by the run's count alone where sizes allow it.
fn fragment(time: u64, samples: &[Vec<u8>]) -> Vec<u8> {
    let tfhd = boxed(b"tfhd", &[[0, 2, 0, 0x08], 1_u32.to_be_bytes(), 1000_u32.to_be_bytes()].concat());
    let tfdt = boxed(b"tfdt", &[&[1, 0, 0, 0][..], &time.to_be_bytes()].concat());
    let sizes: Vec<u8> = samples.iter().flat_map(|s| (s.len() as u32).to_be_bytes()).collect();
    let moof = |offset: u32| {
        let head =
            [[0, 0, 2, 5], (samples.len() as u32).to_be_bytes(), offset.to_be_bytes(), [0; 4]].concat();
        let trun = boxed(b"trun", &[head, sizes.clone()].concat());
        let traf = boxed(b"traf", &[tfhd.clone(), tfdt.clone(), trun].concat());
        boxed(b"moof", &[boxed(b"mfhd", &[0; 8]), traf].concat())
    };
    let offset = moof(0).len() as u32 + 8;
    [boxed(b"styp", b"cmfs"), moof(offset), boxed(b"mdat", &samples.concat())].concat()
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, body].concat()
}
