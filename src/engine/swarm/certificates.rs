//! Whether many viewers are one. A browser makes a certificate for every RTCPeerConnection, and its fingerprint stands
//! in the description (RFC 8122 §5): under several names it is one viewer who poses as many, to be met many times or
//! to send everybody to where nobody is. Nothing that such a certificate offers is answered any more.
//!
//! Who sends round another's description under names of its own spoils that one connection, and is named: the other's
//! next has another certificate. So neighbours that are here already stay.

use super::mix;
use super::naming::PeerId;
use std::collections::VecDeque;

/// Names under one certificate that are let pass: a program that is no browser may keep its own when it begins anew.
const NAMES: usize = 3;
/// Certificates that are remembered, the latest.
const REMEMBERED: usize = 64;

/// What is known of a certificate once it was seen once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// One viewer's.
    Sound,
    /// This is one name too many.
    Posing,
    /// That was known.
    Known,
}

/// Those seen lately: their fingerprints, and under which names.
#[derive(Debug, Default)]
pub(super) struct Certificates(VecDeque<(u64, Vec<PeerId>)>);

impl Certificates {
    /// A description came from somebody of this name.
    pub(super) fn seen(&mut self, sdp: &str, peer: PeerId) -> Seen {
        let Some(print) = fingerprint(sdp) else { return Seen::Sound };
        let at = self.0.iter().position(|c| c.0 == print).unwrap_or_else(|| {
            if self.0.len() >= REMEMBERED {
                // One that poses is forgotten last: it is still at it.
                let one = self.0.iter().position(|c| c.1.len() <= NAMES).unwrap_or(0);
                self.0.remove(one);
            }
            self.0.push_back((print, Vec::new()));
            self.0.len() - 1
        });
        let Some((_, names)) = self.0.get_mut(at) else { return Seen::Sound };
        let is_new = !names.contains(&peer);
        if names.len() > NAMES {
            return Seen::Known;
        }
        if is_new {
            names.push(peer);
        }
        if names.len() > NAMES { Seen::Posing } else { Seen::Sound }
    }
}

/// The first fingerprint of a description, as a number: SplitMix64's finaliser over its characters.
fn fingerprint(sdp: &str) -> Option<u64> {
    let line = sdp.lines().find_map(|line| line.strip_prefix("a=fingerprint:"))?;
    Some(line.trim_end().bytes().fold(0, |h, b| mix(h ^ u64::from(b.to_ascii_lowercase()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sdp(certificate: u32) -> String {
        format!("v=0\r\na=ice-ufrag:x\r\na=fingerprint:sha-256 {certificate:08X}\r\na=setup:actpass\r\n")
    }

    #[test]
    fn one_certificate_under_many_names_is_one_viewer_and_named_once() {
        let mut certificates = Certificates::default();
        let seen: Vec<Seen> = (0..8).map(|n| certificates.seen(&sdp(1), PeerId::from_seed(n))).collect();
        assert_eq!(seen[..3], [Seen::Sound; 3]);
        assert_eq!(seen[3], Seen::Posing);
        assert_eq!(seen[4..], [Seen::Known; 4]);
    }

    #[test]
    fn a_viewer_who_offers_again_and_again_is_one_viewer() {
        let mut certificates = Certificates::default();
        for n in 0..1_000 {
            assert_eq!(certificates.seen(&sdp(n % 10), PeerId::from_seed(7)), Seen::Sound);
            assert_eq!(certificates.seen("v=0\r\n", PeerId::from_seed(u64::from(n))), Seen::Sound);
        }
    }

    #[test]
    fn a_crowd_does_not_make_a_poser_forgotten_nor_grow_what_is_remembered() {
        let mut certificates = Certificates::default();
        (0..5).for_each(|n| {
            certificates.seen(&sdp(1), PeerId::from_seed(n));
        });
        for n in 100..10_000 {
            assert_eq!(certificates.seen(&sdp(n), PeerId::from_seed(u64::from(n))), Seen::Sound);
        }
        assert_eq!(certificates.seen(&sdp(1), PeerId::from_seed(9)), Seen::Known);
        assert_eq!(certificates.0.len(), REMEMBERED);
    }
}
