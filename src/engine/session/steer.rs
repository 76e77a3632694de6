//! Content steering (RFC 8216bis §7): the publisher's word on which of the redundant variants to use, asked for again
//! as often as it says. A pathway that failed is left for the next in its order, until the next word.

use super::redundant::Redundant;
use super::{Desk, Owner, Session};
use crate::engine::payload::Payload;
use crate::engine::playlist::{Manifest, PathwayClone, Rendition, Steering, Variant};
use crate::engine::time::{Instant, Millis};

/// In seconds, after a word that could not be had or understood.
const AGAIN: u64 = 300;

/// What is known of the steering server.
pub(super) struct Steered {
    url: String,
    /// When it is to be asked; none while it is.
    pub(super) due: Option<Instant>,
    /// Where we are.
    pathway: String,
}

impl Session {
    /// The multivariant playlist names a steering server.
    pub(super) fn steered_by(&mut self, steering: Option<Steering>, now: Instant) {
        self.steered = steering.map(|s| Steered { url: s.url, due: Some(now), pathway: s.pathway });
    }

    /// Asks the server, when it is time.
    pub(super) fn steer<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let player = self.player;
        let Some(steered) = self.steered.as_mut().filter(|s| s.due.is_some_and(|at| at <= desk.now)) else {
            return;
        };
        steered.due = None;
        let mut url = steered.url.clone();
        url.extend([if url.contains('?') { "&" } else { "?" }, "_HLS_pathway=", &steered.pathway]);
        desk.documents.fetch(Owner::Steering(player), &url, desk.ids, desk.orders);
    }

    /// The server answered from `url`, or did not.
    pub(crate) fn steering_arrived<P: Payload>(
        &mut self,
        answer: Option<(&str, &[u8])>,
        desk: &mut Desk<'_, P>,
    ) {
        let manifest = answer.and_then(|(url, body)| Some((url, Manifest::read(body)?)));
        let Some(steered) = &mut self.steered else { return };
        let Some((base, manifest)) = manifest else {
            steered.due = Some(desk.now + Millis(AGAIN * 1_000));
            return;
        };
        steered.due = Some(desk.now + Millis(manifest.ttl * 1_000));
        if let Some(url) = manifest.reload.as_deref().and_then(|r| (desk.config.resolve)(base, r)) {
            steered.url = url;
        }
        for clone in &manifest.clones {
            self.redundant.copy(&self.variants, &mut self.audio, clone);
        }
        let rank = |v: &Variant| manifest.priority.iter().position(|p| *p == v.pathway).unwrap_or(usize::MAX);
        let before = self.variants.get(self.variant).map(|v| v.url.clone());
        self.redundant.prefer(&mut self.variants, rank);
        let Some(now) = self.variants.get(self.variant) else { return };
        steered.pathway.clone_from(&now.pathway);
        if before.as_ref() != Some(&now.url) {
            self.go_to_variant(self.variant, desk);
        }
    }
}

impl Redundant {
    /// Puts first, of each choice, what ranks lowest; what comes next, should it fail, follows.
    fn prefer(&mut self, choices: &mut [Variant], rank: impl Fn(&Variant) -> usize) {
        for (choice, others) in choices.iter_mut().zip(&mut self.others) {
            let mut ranked: Vec<Variant> = Vec::new();
            // Few, and those of one rank stay in order: no sorting is worth its code.
            for variant in core::iter::once(core::mem::take(choice)).chain(others.drain(..)) {
                let at = ranked.iter().position(|r| rank(r) > rank(&variant)).unwrap_or(ranked.len());
                ranked.insert(at, variant);
            }
            *choice = ranked.remove(0);
            *others = ranked;
        }
        self.came();
    }

    /// Adds the variants of a pathway that is a copy of another, and their audio.
    fn copy(&mut self, choices: &[Variant], audio: &mut Vec<Rendition>, clone: &PathwayClone) {
        for (choice, others) in choices.iter().zip(&mut self.others) {
            let all = || core::iter::once(choice).chain(others.iter());
            if all().any(|v| v.pathway == clone.id) {
                continue;
            }
            let Some(base) = all().find(|v| v.pathway == clone.base) else { continue };
            let mut copy = base.clone();
            copy.url = clone.variant_url(&base.url, &base.stable_id);
            copy.pathway.clone_from(&clone.id);
            // No group of the publisher's can have such a name.
            copy.audio_group = base.audio_group.as_ref().map(|group| [group, "\n", &clone.id].concat());
            if !audio.iter().any(|a| Some(&a.group) == copy.audio_group.as_ref()) {
                let group = audio.iter().filter(|a| Some(&a.group) == base.audio_group.as_ref());
                let copies: Vec<_> = group.map(|a| copied(a, clone, copy.audio_group.as_deref())).collect();
                audio.extend(copies);
            }
            others.push(copy);
        }
    }
}

fn copied(rendition: &Rendition, clone: &PathwayClone, group: Option<&str>) -> Rendition {
    Rendition {
        group: group.unwrap_or_default().to_owned(),
        url: rendition.url.as_ref().map(|url| clone.rendition_url(url, &rendition.stable_id)),
        ..rendition.clone()
    }
}
