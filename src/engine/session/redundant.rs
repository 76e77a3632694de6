//! Redundant variants (RFC 8216bis §6.2.4): equal in everything but where they lie. They are one choice to the viewer;
//! which of them is used is decided here: the one the publisher prefers, and when its playlist or a segment cannot be
//! had, the next.

use super::{Desk, Session};
use crate::engine::payload::Payload;
use crate::engine::playlist::Variant;

/// Reloads of a live playlist that may fail before another server is asked.
const RELOADS: u32 = 2;

/// Where else the variants are, and how often somebody else was asked since anything came.
#[derive(Default)]
pub(super) struct Redundant {
    pub(super) others: Vec<Vec<Variant>>,
    asked: usize,
}

impl Redundant {
    /// Splits `all` into choices and other places of theirs; of equal ones, that on `pathway` comes first.
    pub(super) fn sort(all: Vec<Variant>, pathway: Option<&str>) -> (Vec<Variant>, Self) {
        let mut choices: Vec<Variant> = Vec::new();
        let mut others: Vec<Vec<Variant>> = Vec::new();
        for mut variant in all {
            let Some(i) = choices.iter().position(|c| is_equal(c, &variant)) else {
                choices.push(variant);
                others.push(Vec::new());
                continue;
            };
            if Some(&*variant.pathway) == pathway && choices[i].pathway != variant.pathway {
                std::mem::swap(&mut choices[i], &mut variant);
            }
            others[i].push(variant);
        }
        (choices, Self { others, asked: 0 })
    }

    /// Something came from where we are.
    pub(super) fn came(&mut self) {
        self.asked = 0;
    }
}

/// Whether two variants are the same to a viewer. Groups of another server may have other names.
fn is_equal(a: &Variant, b: &Variant) -> bool {
    let key = |v: &Variant| (v.bitrate.0 as u64, v.resolution, v.audio_group.is_some());
    key(a) == key(b)
        && a.codecs == b.codecs
        && a.frame_rate_text == b.frame_rate_text
        && a.video_range == b.video_range
        && a.url != b.url
        && (a.pathway != b.pathway || a.audio_group == b.audio_group)
}

impl Session {
    /// Goes to another place of the present variant; false when there is none that was not asked yet.
    pub(super) fn fail_over<P: Payload>(&mut self, desk: &mut Desk<'_, P>) -> bool {
        let redundant = &mut self.redundant;
        let Some(others) = redundant.others.get_mut(self.variant) else { return false };
        if redundant.asked >= others.len() {
            return false;
        }
        redundant.asked += 1;
        let next = others.remove(0);
        others.push(std::mem::replace(&mut self.variants[self.variant], next));
        self.go_to_variant(self.variant, desk);
        true
    }

    /// The same for what a playlist lists; where another place is being gone to, this one has failed already.
    pub(super) fn leave<P: Payload>(&mut self, desk: &mut Desk<'_, P>) -> bool {
        self.lanes.iter().any(|l| l.next.is_some()) || self.fail_over(desk)
    }

    /// Whether a playlist that failed so often is to be had elsewhere.
    pub(super) fn is_worth_leaving(&self, failures: u32, known: bool) -> bool {
        let others = self.redundant.others.get(self.variant).is_some_and(|o| !o.is_empty());
        others && (failures >= RELOADS || !known)
    }
}
