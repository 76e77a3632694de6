//! What the one door to all readers answers: subtitles on a shifted clock, captions from segment to segment, tags and
//! event messages. Bytes are made by the helpers below.

use super::secs;
use sprat::engine::contract::{Data, Datum};
use sprat::engine::text::{Channel, Pictures, Reader, Said, Task, TextError};
use sprat::engine::time::MediaTime;

fn subtitles(text: &str, at: f64, offset: f64) -> Vec<(f64, String)> {
    let task = Task::Subtitles { bytes: text.into(), init: None, at: secs(at), offset: secs(offset) };
    let Ok(Said::Cues(cues)) = Reader::default().read(task) else { panic!("no cues") };
    cues.into_iter().map(|cue| ((cue.start.secs() * 1000.0).round() / 1000.0, cue.text)).collect()
}

#[test]
fn a_map_ties_text_to_the_media_of_its_discontinuity() {
    let mapped = |mpegts: u64| {
        format!("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:{mpegts},LOCAL:00:01:00.000\n\n01:02.000 --> 01:03.000\nx\n")
    };
    // The media says 10 s where the programme says 0.
    assert_eq!(subtitles(&mapped(900_000), 0.0, -10.0), [(2.0, "x".into())]);
    // A second discontinuity begins at 40 s of the programme and at 10 s of its own clock.
    assert_eq!(subtitles(&mapped(900_000), 40.0, 30.0), [(42.0, "x".into())]);
    // The clock has turned over since the media began.
    let turn = (1_u64 << 33) as f64 / 90_000.0;
    assert_eq!(subtitles(&mapped(180_000), 12.0, 10.0 - turn), [(14.0, "x".into())]);
    // Two turns: a live that has run for three days.
    assert_eq!(subtitles(&mapped(180_000), 12.0, 10.0 - 2.0 * turn), [(14.0, "x".into())]);
}

#[test]
fn without_a_map_zero_is_zero() {
    let text = "WEBVTT\n\n00:12.000 --> 00:13.000\nx\n";
    assert_eq!(subtitles(text, 10.0, 0.0), [(12.0, "x".into())]);
    assert_eq!(subtitles(text, 10.0, -1.4), [(10.6, "x".into())], "where the media begins at 1.4 s");
}

#[test]
fn what_is_no_subtitle_is_said_so() {
    let page = Task::Subtitles { bytes: b"<html>".to_vec(), init: None, at: secs(0.0), offset: secs(0.0) };
    assert_eq!(Reader::default().read(page), Err(TextError::NotWebVtt));
    let init = Some((&b"\0\0\0\x08moov"[..]).into());
    let film = Task::Subtitles { bytes: Vec::new(), init, at: secs(0.0), offset: secs(0.0) };
    assert_eq!(Reader::default().read(film), Err(TextError::UnknownCodec));
}

/// Pairs of field 1, one for each picture, 25 in a second.
fn pictures(from: f64, pairs: &[[u8; 2]]) -> Vec<(MediaTime, Vec<u8>)> {
    let at = |i: usize| secs(from) + MediaTime::from_ticks(3600 * i as i64);
    pairs.iter().enumerate().map(|(i, [a, b])| (at(i), vec![0xfc, *a, *b])).collect()
}

#[test]
fn a_caption_that_lasts_is_told_by_each_segment_and_forgotten_at_a_seek() {
    let mut reader = Reader::default();
    let mut read = |from: f64, pairs: &[[u8; 2]], anew: bool| {
        let pictures = pictures(from, pairs);
        let task = Task::Captions { pictures, anew, end: secs(from + 2.0), offset: secs(100.0) };
        let Ok(Said::Captions(said)) = reader.read(task) else { panic!("no captions") };
        said.into_iter().map(|(_, c)| (c.start.secs(), c.end.secs(), c.text)).collect::<Vec<_>>()
    };
    let load = [[0x14, 0x20], [0x14, 0x70], [b'H', b'i'], [0x14, 0x2f]];
    assert_eq!(read(10.0, &load, true), [(110.12, 112.0, "Hi".into())]);
    assert_eq!(read(12.0, &[[0, 0]], false), [(112.0, 114.0, "Hi".into())]);
    assert_eq!(read(50.0, &[[0, 0]], true), []);
}

/// Written by `playwright/server/transport.mjs`, put into fragments by ffmpeg (`-c copy -hls_segment_type fmp4`).
#[test]
fn captions_in_the_pictures_of_fragments_are_read_in_the_order_in_which_they_are_shown() {
    let file = |name: &str| std::fs::read(format!("tests/text/{name}")).unwrap();
    let init = sprat::engine::transmux::read_init(&file("captions.init.mp4")).unwrap();
    let track = &init.tracks[0];
    let of = Pictures { track: track.id, timescale: track.timescale, hevc: false, length: secs(1.0) };
    let mut reader = Reader::default();
    let mut said = Vec::new();
    for (i, anew) in [(0, true), (1, false)] {
        let bytes = file(&format!("captions-{i}.m4s"));
        let end = secs(f64::from(i) + 1.08);
        let task = Task::Pictures { bytes, of, anew, end, offset: secs(-0.08) };
        let Ok(Said::Captions(cues)) = reader.read(task) else { panic!("no captions") };
        said.extend(cues.into_iter().filter(|(c, _)| *c == Channel::Cc1).map(|(_, cue)| cue));
    }
    let brief: Vec<_> = said.iter().map(|c| (c.start.secs(), c.end.secs(), c.text.as_str())).collect();
    let expected = [(0.48, 1.0, "CC1 0"), (1.0, 1.48, "CC1 0"), (1.48, 2.0, "CC1 1")];
    assert_eq!(brief, expected);
}

/// An ID3v2.4 tag of these frames.
fn tag(frames: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in frames {
        body.extend_from_slice(name.as_bytes());
        body.extend([0, 0, 0, u8::try_from(content.len()).unwrap(), 0, 0]);
        body.extend_from_slice(content);
    }
    let mut tag = b"ID3\x04\0\0\0\0".to_vec();
    tag.extend([u8::try_from(body.len() >> 7).unwrap(), u8::try_from(body.len() & 127).unwrap()]);
    tag.extend(body);
    tag
}

fn told(task: Task) -> Vec<Datum> {
    let Ok(Said::Metadata(data)) = Reader::default().read(task) else { panic!("no metadata") };
    data
}

fn tags(tags: Vec<(MediaTime, Vec<u8>)>) -> Vec<Datum> {
    told(Task::Tags { tags, end: secs(20.0), offset: secs(-10.0) })
}

#[test]
fn the_frames_of_a_tag_are_told_one_by_one_until_the_next_tag() {
    let first = tag(&[
        ("TIT2", b"\x03A title\0"),
        ("TXXX", b"\x00caf\xe9\0\xe9t\xe9"),
        ("TXXX", b"\x01\xff\xfea\0\0\0b\0"),
        ("PRIV", b"com.example\0\x01\x02"),
        ("PRIV", b"com.apple.streaming.transportStreamTimestamp\0\0\0\0\0\0\0\0\0"),
        ("WXXX", b"\x03\0https://example.org/"),
        ("GEOB", b"\x00\x01"),
    ]);
    let data = tags(vec![(secs(12.0), first), (secs(15.0), tag(&[("TIT2", b"\x03B")]))]);
    let brief: Vec<_> = data.iter().map(|d| (&*d.key, &*d.info, d.data.clone())).collect();
    let text = |t: &str| Data::Text(t.into());
    let expected = [
        ("TIT2", "", text("A title")),
        ("TXXX", "café", text("été")),
        ("TXXX", "a", text("b")),
        ("PRIV", "com.example", Data::Bytes(vec![1, 2])),
        ("WXXX", "", text("https://example.org/")),
        ("GEOB", "", Data::Bytes(vec![0, 1])),
        ("TIT2", "", text("B")),
    ];
    assert_eq!(brief, expected);
    assert_eq!((data[0].start, data[0].end), (secs(2.0), Some(secs(5.0))));
    assert_eq!(
        (data[6].start, data[6].end),
        (secs(5.0), Some(secs(10.0))),
        "the last, until the segment ends"
    );
}

#[test]
fn a_tag_that_is_cut_anywhere_tells_what_is_whole() {
    let whole = tag(&[("TIT2", b"\x03A title"), ("TXXX", b"\x03a\0b")]);
    for len in 0..whole.len() {
        assert!(tags(vec![(secs(12.0), whole[..len].to_vec())]).len() < 2, "of {len} bytes");
    }
}

/// A box.
fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(8 + body.len()).unwrap();
    [&size.to_be_bytes()[..], kind, body].concat()
}

fn be(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_be_bytes()).collect()
}

#[test]
fn event_messages_of_both_versions_are_told_and_id3_in_them_is_read() {
    let v0 = [&be(&[0])[..], b"urn:x\0", b"v\0", &be(&[1000, 1500, u32::MAX, 7]), b"hello"].concat();
    let id3 = tag(&[("TIT2", b"\x03A")]);
    let v1 = [&be(&[0x0100_0000, 1000, 0, 21_000, 500, 8])[..], b"https://aomedia.org/emsg/ID3\0\0", &id3]
        .concat();
    let after = boxed(b"emsg", &v0);
    let head =
        [boxed(b"styp", b"iso6"), boxed(b"emsg", &v0), boxed(b"emsg", &v1), boxed(b"moof", b""), after]
            .concat();
    let data = told(Task::Events { head: head.clone(), at: secs(8.0), offset: secs(-10.0) });
    let event = Datum {
        scheme: "urn:x".into(),
        id: "7".into(),
        start: secs(9.5),
        end: None,
        key: "v".into(),
        info: String::new(),
        data: Data::Bytes(b"hello".to_vec()),
    };
    let title = Datum {
        scheme: "org.id3".into(),
        id: String::new(),
        start: secs(11.0),
        end: Some(secs(11.5)),
        key: "TIT2".into(),
        info: String::new(),
        data: Data::Text("A".into()),
    };
    assert_eq!(data, [event, title]);
    for len in 0..head.len() {
        let cut = head[..len].to_vec();
        assert!(told(Task::Events { head: cut, at: secs(8.0), offset: secs(0.0) }).len() <= 2);
    }
}
