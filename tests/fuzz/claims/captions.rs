//! Captions: cues that end after they begin, whatever the text; line ends and portions make no difference.

use super::Chance;
use sprat::engine::text::{Captions608, Cue, WebVtt, read_ttml};
use sprat::engine::time::{MediaTime, Span};

pub(super) fn webvtt(data: &[u8]) {
    let read = |bytes: &[u8]| {
        WebVtt::open(bytes).map(|mut segment| {
            let cues: Vec<Cue> = segment.by_ref().collect();
            (segment.timestamp_map(), segment.styles().to_vec(), cues)
        })
    };
    let all = read(data);
    if let Ok((map, _, cues)) = &all {
        assert!(cues.iter().all(|cue| cue.start < cue.end));
        let by = |cue: &Cue| {
            map.unwrap_or_default().distance(cue.start, MediaTime::from_secs(5.0), MediaTime::ZERO)
        };
        cues.iter().for_each(|cue| drop(cue.clone().moved(by(cue))));
    }
    if !data.contains(&b'\r') {
        let windows =
            data.iter().flat_map(|b| if *b == b'\n' { &b"\r\n"[..] } else { core::slice::from_ref(b) });
        assert_eq!(read(&windows.copied().collect::<Vec<_>>()), all, "with other line ends");
    }
}

pub(super) fn ttml(data: &[u8]) {
    let span = Span::new(MediaTime::from_secs(1.0), MediaTime::from_secs(100_000.0));
    if let Ok(cues) = read_ttml(data, span) {
        assert!(cues.iter().all(|cue| cue.start < cue.end && !cue.text.is_empty()));
    }
}

/// Triplets, of which some belong to one picture.
pub(super) fn line21(data: &[u8]) {
    let read = |portion: usize| {
        let (mut captions, mut cues) = (Captions608::default(), Vec::new());
        for (i, picture) in data.chunks(36).enumerate() {
            let at = MediaTime::from_ticks(3003 * i as i64);
            picture.chunks(3 * portion).for_each(|some| captions.push(at, some, &mut cues));
            if picture.len() < 36 || i % 30 == 29 {
                captions.flush(at, &mut cues);
            }
        }
        cues
    };
    let whole = read(12);
    assert_eq!(read(1 + Chance::of(data).below(11)), whole);
    for (_, cue) in whole {
        assert!(cue.start < cue.end && !cue.text.is_empty());
        // 15 rows of 32 letters, each with tags of its own at the most.
        assert!(cue.text.len() < 15 * 32 * 48);
    }
}
