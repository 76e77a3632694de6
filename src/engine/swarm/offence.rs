//! Who was left, and for what: each neighbour that was sent away is named to the page once, and no more of them than a
//! person would read, for whoever comes back under new names could go on for ever.

use super::naming::PeerId;
use crate::engine::error::{Culprit, Fault, MediaErrorCode, redacted};

/// Offences that are told of in a page's life.
const MOST: usize = 20;

/// Why a neighbour was left, or a tracker is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offence {
    /// Its bytes were not the publisher's.
    Lied,
    /// What it said was against the protocol.
    Broke,
    /// It took requests and did not answer them.
    Silent,
    /// It sent next to nothing, for as long as it was let.
    Dripped,
    /// It asked for more than anybody could be given.
    Demanded,
    /// It took back what it asked for, without end.
    Wavered,
    /// It told of more than anybody has.
    Babbled,
    /// It is one under many names.
    Posed,
    /// It brought more offers than any crowd makes.
    Flooded,
}

/// Offences, of which the page has been told all but the last ones.
#[derive(Debug, Default)]
pub struct Offences {
    noted: Vec<(String, Offence)>,
    told: usize,
}

impl Offences {
    pub(super) fn note(&mut self, peer: PeerId, offence: Offence) {
        let id = peer.0.iter().map(|b| if b.is_ascii_graphic() { char::from(*b) } else { '?' });
        self.keep(String::from("The viewer ") + &id.collect::<String>(), offence);
    }

    /// The tracker at this address brought too much.
    pub(super) fn note_tracker(&mut self, url: &str) {
        self.keep(String::from("The tracker ") + redacted(url), Offence::Flooded);
    }

    fn keep(&mut self, who: String, offence: Offence) {
        if self.noted.len() < MOST && !self.noted.iter().any(|(w, o)| *w == who && *o == offence) {
            self.noted.push((who, offence));
        }
    }

    /// The next one to be told of, as a warning.
    pub fn take(&mut self) -> Option<Fault> {
        let (who, offence) = self.noted.get(self.told)?;
        self.told += 1;
        let (name, what) = match offence {
            Offence::Lied => ("peer-lied", " sent bytes that are not the publisher's."),
            Offence::Broke => ("peer-broke-protocol", " broke the protocol."),
            Offence::Silent => ("peer-silent", " did not answer what it was asked."),
            Offence::Dripped => ("peer-dripped", " sent next to nothing of what it was asked, without end."),
            Offence::Demanded => ("peer-flooded-requests", " asked for more than anybody could be given."),
            Offence::Wavered => ("peer-flooded-cancels", " took back what it asked for, without end."),
            Offence::Babbled => ("peer-flooded-news", " told of more segments than anybody has."),
            Offence::Posed => ("peer-many-names", " is one of many names of one viewer."),
            Offence::Flooded => ("tracker-flooded", " brought more offers than any crowd makes."),
        };
        let tried = match offence {
            Offence::Posed | Offence::Flooded => "A few offers are answered at a time, the others are not.",
            Offence::Lied
            | Offence::Broke
            | Offence::Silent
            | Offence::Dripped
            | Offence::Demanded
            | Offence::Wavered
            | Offence::Babbled => "It was left; what it did not bring comes from others.",
        };
        let message = who.clone() + what;
        let (culprit, code) = (Culprit::Peer, MediaErrorCode::Network);
        Some(Fault { culprit, code, name, message, tried: tried.into() })
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
        assert_eq!(told.len(), MOST);
        assert!(told.iter().all(|f| f.culprit == Culprit::Peer && f.message.contains("-SP")), "{told:?}");
        offences.note(PeerId(*b"-PM0202-\x00\x01abcdefghij"), Offence::Silent);
        assert_eq!(offences.take(), None, "enough was said");
    }

    #[test]
    fn who_comes_back_to_do_the_same_is_named_once() {
        let mut offences = Offences::default();
        let mut told = Vec::new();
        for _ in 0..10 {
            offences.note(PeerId::from_seed(1), Offence::Broke);
            offences.note_tracker("wss://tracker.test/socket?token=7");
            told.extend(std::iter::from_fn(|| offences.take()));
        }
        let names: Vec<&str> = told.iter().map(|f| f.name).collect();
        assert_eq!(names, ["peer-broke-protocol", "tracker-flooded"]);
        assert!(!told[1].message.contains("token"), "{told:?}");
    }
}
