//! The model of a SourceBuffer: what it makes of a browser that does not do quite as it was told.

use sprat::engine::buffer::{Piece, TrackBuffer};
use sprat::engine::contract::{BufferOutcome, Orders, Output};
use sprat::engine::id::{BlobId, PlayerId, RenditionId, Track};
use sprat::engine::payload::Bytes;
use sprat::engine::time::{MediaTime, Span};

fn secs(s: f64) -> MediaTime {
    MediaTime::from_secs(s)
}

fn span(start: f64, end: f64) -> Span {
    Span::new(secs(start), secs(end))
}

/// Two minutes and a half of sound in pieces of 0.4 s, as a live leaves them.
fn filled(orders: &mut Orders<Bytes>) -> TrackBuffer {
    let mut buffer = TrackBuffer::new(PlayerId(1), Track::Audio);
    for i in 0..150_u32 {
        let piece = span(60.0 + f64::from(i) * 0.4, 60.4 + f64::from(i) * 0.4);
        let piece = Piece { span: piece, rendition: RenditionId(1), bytes: 1 };
        buffer.append_media(piece, BlobId(i), MediaTime::ZERO, orders);
        buffer.changed(vec![span(60.0, 60.4 + f64::from(i) * 0.4)], &BufferOutcome::Done);
    }
    buffer
}

#[test]
fn what_lies_behind_is_removed_from_the_very_beginning() {
    let mut orders = Orders::<Bytes>::new();
    let buffer = filled(&mut orders);
    let behind = buffer.surplus(secs(115.0), secs(20.0), secs(30.0)).expect("half a minute too much");
    assert_eq!(
        behind.start,
        MediaTime::ZERO,
        "a frame that begins a hair before the reported start goes too"
    );
    assert!(behind.end < secs(95.0), "{behind:?}");
}

#[test]
fn a_browser_that_removes_nothing_is_not_asked_for_ever() {
    let mut orders = Orders::<Bytes>::new();
    let mut buffer = filled(&mut orders);
    let mut removals = 0;
    // The playhead goes on by a second; a thousand turns of the engine fall into it.
    for turn in 0..1_000 {
        let playhead = secs(115.0 + f64::from(turn) / 1_000.0);
        if let Some(surplus) = buffer.surplus(playhead, secs(20.0), secs(30.0)) {
            removals += 1;
            buffer.remove(surplus, &mut orders);
            buffer.changed(vec![span(60.0, 120.0)], &BufferOutcome::Done);
        }
    }
    assert!((1..=4).contains(&removals), "once for each piece that falls behind: {removals}");
    assert!(orders.iter().any(|o| matches!(o, Output::Remove { .. })));
}
