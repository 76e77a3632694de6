//! Playlists: one answer for every way of slicing the work; a text that was read before is read on to the same end.

use super::Chance;
use sprat::engine::playlist::{Media, Multivariant, Playlist, PlaylistError, Reading, Resume, parse};
use sprat::engine::time::MediaTime;
use sprat::engine::timeline::Timeline;

const BASE: &str = "https://example.com/live/index.m3u8";
/// Where reading can be taken up, and a little more.
const LONG: usize = 40 << 10;

pub(super) fn reads_in_any_slices(data: &[u8]) {
    let mut chance = Chance::of(data);
    let whole = parse(data, BASE, resolve);
    for budget in [1 + chance.below(40), 1 + chance.below(4000)] {
        let sliced = Reading::new(data.to_vec(), BASE, resolve).and_then(|mut reading| {
            loop {
                if let Some(result) = reading.step(budget) {
                    break result;
                }
            }
        });
        assert_eq!(sliced, whole, "in slices of {budget}");
    }
    match whole {
        Ok(Playlist::Media(media)) => sensible(&media),
        Ok(Playlist::Multivariant(Multivariant { variants, .. })) => assert!(!variants.is_empty()),
        Err(_) => {}
    }
}

/// The first copy of a list is the beginning of the second.
pub(super) fn reads_on_where_it_was(data: &[u8]) {
    if data.is_empty() {
        return;
    }
    let mut chance = Chance::of(data);
    let text = data.repeat(LONG.div_ceil(data.len()).max(1));
    let text = &text[..text.len().min(2 * LONG)];
    let line_end =
        |at: usize| at + text[at..].iter().position(|b| *b == b'\n').map_or(text.len() - at, |n| n + 1);
    let before = &text[..line_end(text.len() / 2 + chance.below(text.len() / 2))];
    let Ok(Playlist::Media(before)) = parse(before, BASE, resolve) else { return };
    let on = read(text, before.resume.as_deref());
    let whole = read(text, None);
    let (on, whole) = match (on, whole) {
        (Ok(on), Ok(whole)) => (on, whole),
        // Limits count what is read: less of it may be allowed.
        (_, Err(PlaylistError::TooLarge)) => return,
        (on, whole) => return assert_eq!(on.err(), whole.err()),
    };
    sensible(&on);
    if !on.delta {
        let left_out = usize::try_from(on.skipped - whole.skipped).unwrap();
        assert_eq!(on.segments, whole.segments[left_out..], "with all that carries over");
        assert_eq!((on.ended, on.target_duration), (whole.ended, whole.target_duration));
        assert_eq!((&on.open, &on.next_part, &on.control), (&whole.open, &whole.next_part, &whole.control));
    }
    let mut timelines = [on, whole].map(|media| {
        let mut timeline = Timeline::new(before.clone(), None);
        let refresh = timeline.refresh(media);
        (refresh, timeline)
    });
    let [(on, ours), (whole, theirs)] = &mut timelines;
    if !on.incomplete {
        assert_eq!(on, whole);
        assert_eq!(ours.entries(), theirs.entries());
        assert_eq!(
            (ours.edge(), ours.awaited(), ours.parts()),
            (theirs.edge(), theirs.awaited(), theirs.parts())
        );
    }
    let spans = theirs.entries().windows(2);
    spans.for_each(|two| assert!(two[0].span.end <= two[1].span.start && two[0].number < two[1].number));
}

fn read(text: &[u8], before: Option<&Resume>) -> Result<Media, PlaylistError> {
    let mut reading = Reading::new(text.to_vec(), BASE, resolve)?.resuming(before);
    match reading.step(usize::MAX).unwrap()? {
        Playlist::Media(media) => Ok(media),
        Playlist::Multivariant(_) => panic!("it was a list of segments"),
    }
}

fn sensible(media: &Media) {
    let day = MediaTime::from_secs(86_400.0);
    assert!(media.target_duration >= MediaTime::from_secs(1.0) && media.target_duration <= day);
    for segment in &media.segments {
        assert!(segment.duration > MediaTime::ZERO && segment.duration <= day);
        assert!(segment.gap || !segment.url.is_empty());
        assert!(segment.gap || segment.range.is_none_or(|r| r.start < r.end));
    }
    assert!(media.parts.iter().all(|part| part.segment <= media.segments.len()));
}

/// Resolves enough for this, in no time.
fn resolve(_: &str, reference: &str) -> Option<String> {
    (!reference.contains('[')).then(|| ["https://example.com/", reference].concat())
}
