//! Boxes: sizes and counts are a stranger's, and what is read of the beginning of a segment stays true of all of it.

use super::Chance;
use sprat::engine::text::{TextInit, read_text_init, read_ttml_fragment, read_wvtt_fragment};
use sprat::engine::transmux::{InitInfo, read_init, read_start};

const PICTURES: &[u8] = include_bytes!("../../fixtures/mp4/avc-aac.init.mp4");
const TEXT: &[u8] = include_bytes!("../../text/wvtt.init.mp4");

pub(super) fn boxes_are_believed_within_bounds(data: &[u8]) {
    let known = read_init(PICTURES).unwrap();
    starts_where_it_did(data, &known);
    if let Ok(info) = read_init(data) {
        assert!(!info.tracks.is_empty() && !info.mime().is_empty());
        starts_where_it_did(data, &info);
    }
    let known = read_text_init(TEXT).unwrap();
    let own = read_text_init(data);
    for init in [Some(known), own.ok()].into_iter().flatten() {
        let mut timeless = init;
        timeless.timescale = 0;
        read_text(data, init);
        read_text(data, timeless);
    }
}

fn starts_where_it_did(data: &[u8], info: &InitInfo) {
    let whole = read_start(data, info);
    let mut chance = Chance::of(data);
    for _ in 0..8 {
        let head = read_start(&data[..chance.below(data.len() + 1)], info);
        assert!(head.is_none() || head == whole, "{head:?} became {whole:?}");
    }
}

fn read_text(data: &[u8], init: TextInit) {
    for cues in [read_wvtt_fragment(data, &init), read_ttml_fragment(data, &init)].into_iter().flatten() {
        assert!(cues.iter().all(|cue| cue.start <= cue.end));
    }
}
