//! Who was left, and for what: each neighbour that was sent away is named to the page once, and no more of them than a
//! person would read, for whoever comes back under new names could go on for ever.

use super::naming::PeerId;
use crate::engine::error::{Culprit, Fault, MediaErrorCode};

/// Offences that are told of in a page's life.
const MOST: u32 = 20;

/// Why a neighbour was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offence {
    /// Its bytes were not the publisher's.
    Lied,
    /// What it said was against the protocol.
    Broke,
    /// It took requests and did not answer them.
    Silent,
}

/// Offences that the page has not been told of.
#[derive(Debug, Default)]
pub struct Offences {
    untold: Vec<(PeerId, Offence)>,
    noted: u32,
}

impl Offences {
    pub(super) fn note(&mut self, peer: PeerId, offence: Offence) {
        if self.noted < MOST {
            self.noted += 1;
            self.untold.push((peer, offence));
        }
    }

    /// The next one to be told of, as a warning.
    pub fn take(&mut self) -> Option<Fault> {
        let (peer, offence) = self.untold.pop()?;
        let (name, what) = match offence {
            Offence::Lied => ("peer-lied", " sent bytes that are not the publisher's."),
            Offence::Broke => ("peer-broke-protocol", " broke the protocol."),
            Offence::Silent => ("peer-silent", " did not answer what it was asked."),
        };
        let id = peer.0.iter().map(|b| if b.is_ascii_graphic() { char::from(*b) } else { '?' });
        let mut message = String::from("The viewer ");
        message.extend(id);
        message.push_str(what);
        Some(Fault {
            culprit: Culprit::Peer,
            code: MediaErrorCode::Network,
            name,
            message,
            tried: "It was left; what it did not bring comes from others.".into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offenders_are_named_but_not_without_end() {
        let mut offences = Offences::default();
        for n in 0..1000_u64 {
            offences.note(PeerId::from_seed(n), Offence::Lied);
        }
        let told: Vec<Fault> = std::iter::from_fn(|| offences.take()).collect();
        assert_eq!(told.len(), MOST as usize);
        assert!(told.iter().all(|f| f.culprit == Culprit::Peer && f.message.contains("-SP")), "{told:?}");
        offences.note(PeerId(*b"-PM0202-\x00\x01abcdefghij"), Offence::Silent);
        assert_eq!(offences.take(), None, "enough was said");
    }
}
