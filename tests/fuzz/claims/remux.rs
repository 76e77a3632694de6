//! Segments of MPEG-TS and packed audio: any cut of the bytes gives the same fragments, one segment after the other,
//! and what is written reads back.

use super::Chance;
use sprat::engine::decrypt::SampleAes;
use sprat::engine::time::MediaTime;
use sprat::engine::transmux::{Fragment, RemuxOptions, Remuxer, TrackKind, read_init, read_start, sniff};

pub(super) fn any_cut_is_the_same(data: &[u8]) {
    let _ = sniff(data);
    let mut chance = Chance::of(data);
    let options = RemuxOptions {
        decodes: if chance.below(8) == 0 { |codec| !codec.starts_with("avc1") } else { |_| true },
        without_audio: chance.below(8) == 0,
        aac_sbr: [None, None, Some(true), Some(false)][chance.below(4)],
    };
    let (mut whole, mut cut) = (Remuxer::new(options), Remuxer::new(options));
    let (first, second) = data.split_at(if chance.coin() { data.len() } else { chance.below(data.len()) });
    for segment in [first, second] {
        let expected = chance.coin().then(|| MediaTime::from_secs(chance.below(200_000) as f64));
        let (contiguous, locked) = (chance.coin(), chance.below(4) == 0);
        let key = || locked.then(|| Box::new(SampleAes::new([7; 16], [9; 16])));
        whole.begin(expected, contiguous, key());
        whole.push(segment);
        let made = whole.finish();
        cut.begin(expected, contiguous, key());
        for piece in chance.pieces(segment) {
            cut.push(piece);
        }
        assert!(cut.finish() == made, "it depends on the cut");
        if let Ok(fragment) = made {
            reads_back(&fragment);
        }
    }
}

fn reads_back(fragment: &Fragment) {
    assert_eq!(read_init(&fragment.init).as_ref(), Ok(&fragment.info));
    let mut bytes = 0;
    for run in &fragment.runs {
        assert!(!run.samples.is_empty() && run.span.start < run.span.end);
        let on =
            |two: &[sprat::engine::transmux::Sample]| two[0].dts + i64::from(two[0].duration) == two[1].dts;
        assert!(run.samples.windows(2).all(on), "decoding time goes on without a hole");
        bytes += run.samples.iter().map(|s| s.size as usize).sum::<usize>();
    }
    assert!(fragment.media.len() >= bytes);
    if let Some(run) = fragment.runs.first() {
        let decoded = MediaTime::from_timescale(u64::try_from(run.samples[0].dts).unwrap(), run.timescale);
        assert_eq!(read_start(&fragment.media, &fragment.info), Some(decoded));
    }
    let video = fragment.runs.iter().filter(|run| run.kind == TrackKind::Video).count();
    assert!(video <= 1 && fragment.runs.len() <= 2);
}
