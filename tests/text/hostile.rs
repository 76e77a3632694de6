//! Captions by a stranger: no bytes cost more than an error, and none more than time in proportion.

use super::mp4::wvtt;
use super::{Random, file, secs};
use sprat::engine::text::*;
use sprat::engine::time::Span;
use std::time::{Duration, Instant};

#[test]
fn no_altered_byte_and_no_truncation_is_more_than_an_error() {
    let vtt = b"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:01.000,MPEGTS:900000\n\nSTYLE\n::cue {}\n\nid\n\
                00:01.000 --> 00:02.500 line:80%\n<i>One</i>\r\rNOTE\r\n\r\n00:03.000 --> 00:04.000\n\xc3\xa9";
    let ttml = "<tt tickRate='9' extent='9px 9px'><head><style id='a' style='a' color='red'/><region id='r' \
                origin='1c 1px' extent='5% 5%'/></head><body begin='1t'><p region='r' style='a' end='9:00:00:05.1'>\
                &amp;é<span dur='1s' fontStyle='italic'>x<br/></span><![CDATA[y]]></p><!-- --></body></tt>";
    let (init, fragment) = (file("wvtt.init.mp4"), file("wvtt.fragment.mp4"));
    let mut random = Random(1);
    for input in [&vtt[..], ttml.as_bytes(), &init, &fragment] {
        for cut in 0..input.len() {
            read_all(&input[..cut]);
        }
        for at in 0..input.len() {
            let mut altered = input.to_vec();
            for byte in
                [0, 1, b'<', b'>', b'\'', b':', b'\n', 0x7f, 0x80, 0xff, input[at] ^ 0x20, input[at] ^ 1]
            {
                altered[at] = byte;
                read_all(&altered);
            }
        }
        for _ in 0..5000 {
            let mut altered = input.to_vec();
            for _ in 0..=random.below(6) {
                let at = random.below(altered.len());
                match random.below(3) {
                    0 => altered[at] = random.next() as u8,
                    1 => drop(altered.remove(at)),
                    _ => {
                        let from = random.below(altered.len());
                        let piece = altered[from.min(at)..from.max(at)].to_vec();
                        altered.splice(at..at, piece);
                    }
                }
                if altered.is_empty() {
                    break;
                }
            }
            read_all(&altered);
        }
    }
}

#[test]
fn no_pairs_at_all_upset_the_captions() {
    let mut random = Random(2);
    for _ in 0..200 {
        let (mut captions, mut cues) = (Captions608::default(), Vec::new());
        for picture in 0..1000 {
            let mut triplets = Vec::new();
            for _ in 0..random.below(4) {
                let control = random.below(2) == 0;
                let first = if control { 0x10 | random.next() as u8 & 0x0f } else { random.next() as u8 };
                triplets.extend([0xfc | random.next() as u8 & 1, first, random.next() as u8]);
            }
            captions.push(secs(f64::from(picture) / 30.0), &triplets, &mut cues);
        }
        captions.flush(secs(60.0), &mut cues);
        for (_, cue) in cues {
            assert!(cue.start < cue.end && !cue.text.is_empty());
            // 15 rows of 32 letters, each with tags of its own at the most.
            assert!(cue.text.len() < 15 * 32 * 48);
        }
    }
}

#[test]
fn pictures_may_bring_their_pairs_in_any_portions() {
    let mut random = Random(3);
    let pairs: Vec<u8> =
        (0..3000).flat_map(|_| [0xfc, 0x10 | random.next() as u8 & 0x6f, random.next() as u8]).collect();
    let read = |portion: usize| {
        let (mut captions, mut cues) = (Captions608::default(), Vec::new());
        for (i, all) in pairs.chunks(300).enumerate() {
            for some in all.chunks(3 * portion) {
                captions.push(secs(i as f64), some, &mut cues);
            }
        }
        cues
    };
    let whole = read(100);
    assert!(whole.len() > 10);
    assert_eq!(read(1), whole);
    assert_eq!(read(7), whole);
}

#[test]
fn the_longest_segments_take_linear_time() {
    let arrows = format!("WEBVTT\n\n{}", "00:01.000 --> 00:02.000\n".repeat(170_000));
    let lines = format!("WEBVTT\n\n{}", "x\n".repeat(2 << 20));
    let empty = format!("WEBVTT\n\n{}", "\n".repeat(4 << 20)).chars().take(4 << 20).collect::<String>();
    let blank = "WEBVTT\n\n".to_owned() + &"\n\nx".repeat(1 << 20);
    let deep = format!("<tt>{}", "<p>".repeat(1 << 20));
    let flat = format!("<tt>{}", "<p>x</p>".repeat(1 << 18));
    let open = "<".repeat(4 << 20);
    let quotes = format!("<tt><p {}", "a='".repeat(1 << 20));
    let attributes = format!("<tt><p {}/>", "a='' ".repeat(700_000));
    let references = format!("<tt><p style='{}'>{}</p>", "a ".repeat(1 << 19), "&#".repeat(1 << 20));
    let styles =
        format!("<tt>{}{}", "<style id='a'/>".repeat(300), "<p style='b b b b b b b b b'/>".repeat(1 << 16));
    for text in [arrows, lines, empty, blank, deep, flat, open, quotes, attributes, references, styles] {
        let began = Instant::now();
        read_all(text.as_bytes());
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}: {}", began.elapsed(), &text[..20]);
    }
    let boxes = [0, 0, 0, 8, b'v', b't', b't', b'c'].repeat(1 << 18);
    let began = Instant::now();
    read_all(&[&file("wvtt.fragment.mp4")[..200], &boxes].concat());
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn runs_of_nothing_and_thousands_of_fragments_take_linear_time() {
    let boxed =
        |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
    let head = [boxed(b"tfhd", &[0, 0, 0, 0, 0, 0, 0, 1]), boxed(b"tfdt", &[0; 8])].concat();
    // Samples without a size, as many as can be counted, in each of many runs.
    let runs = boxed(b"trun", &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]).repeat(200_000);
    let counted = boxed(b"moof", &boxed(b"traf", &[head.clone(), runs].concat()));
    // Fragments whose data would be behind all the others, and is not there.
    let many = boxed(b"moof", &boxed(b"traf", &head)).repeat(80_000);
    let split = boxed(b"moof", &boxed(b"traf", &head).repeat(40_000));
    let behind = [split, boxed(b"free", &[]).repeat(200_000)].concat();
    for bytes in [counted, many, behind] {
        let began = Instant::now();
        read_all(&bytes);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}

fn read_all(bytes: &[u8]) {
    let span = Span::new(secs(0.0), secs(1.0));
    if let Ok(mut segment) = WebVtt::open(bytes) {
        let map = segment.timestamp_map().unwrap_or_default();
        for cue in segment.by_ref() {
            let by = map.distance(cue.start, secs(5.0), secs(1.0));
            let _ = cue.moved(by);
        }
    }
    let _ = read_ttml(bytes, span);
    let _ = read_text_init(bytes);
    let mut init = wvtt();
    let _ = read_wvtt_fragment(bytes, &init);
    init.timescale = 0;
    let _ = read_ttml_fragment(bytes, &init);
}
