//! Small documents by servers and strangers: steering manifests, digest lists, tracker messages, messages of peers.

use super::Chance;
use sprat::engine::digests::{DigestList, Reading};
use sprat::engine::playlist::Manifest;
use sprat::engine::swarm::rendezvous;
use sprat::engine::swarm::wire::v2::Joiner;

pub(super) fn no_text_is_more_than_an_error(data: &[u8]) {
    let mut chance = Chance::of(data);
    if let Some(manifest) = Manifest::read(data) {
        assert!((10..=86_400).contains(&manifest.ttl));
        for clone in &manifest.clones {
            let _ = clone.variant_url("https://example.com/a?b=c#d", "v");
            let _ = clone.rendition_url("data:,", "r");
        }
    }
    let whole = DigestList::parse(data);
    let budget = 64 + chance.below(4096);
    let sliced = Reading::new(data.to_vec()).and_then(|mut reading| {
        loop {
            if let Some(result) = reading.step(budget) {
                break result;
            }
        }
    });
    // A member longer than a few slices is refused in slices only, and what is no JSON may be read up to there.
    if let (Ok(whole), Ok(sliced)) = (whole, sliced) {
        assert_eq!(sliced.len(), whole.len(), "in slices of {budget}");
    }
    if let Ok(text) = core::str::from_utf8(data) {
        let _ = rendezvous::parse(text);
    }
    let mut joiner = Joiner::default();
    for piece in chance.pieces(data) {
        let _ = joiner.push(piece);
    }
    let _ = joiner.push(data);
}
