//! Digests that the origin sends along (`Repr-Digest`, RFC 9530): the last resort of pages that name no list. They are
//! asked for ahead of a segment only where each segment is a file of its own, the browser shows the field to us
//! (`Access-Control-Expose-Headers`), and the word of that server has held once: of the first segment that came from it
//! with a digest, the bytes were what it said. One whose first word did not hold is not believed any more.

use super::contract::{Orders, Output};
use super::id::{Counter, RequestId};
use super::payload::Digest;
use super::reach::server_of;
use super::time::{Instant, Millis};
use super::transfer::Place;
use super::verify::Expected;
use litemap::LiteMap;
use std::sync::Arc;

/// Asked for at once: as many as neighbours are asked for segments.
const AT_ONCE: usize = 4;
/// Heads in a row without a digest, after which none is asked for any more.
const VAIN: u32 = 3;
/// An answer that takes longer is of no use.
const PATIENCE: Millis = Millis(4_000);
/// Digests kept; four hours of segments of 4 s.
const MOST: usize = 4_096;
/// Servers remembered.
const SERVERS: usize = 32;

/// What servers have said.
#[derive(Default)]
pub(crate) struct Heads {
    /// Whether the first word held, by scheme and authority.
    servers: LiteMap<String, bool>,
    /// By URL.
    said: LiteMap<Arc<str>, Digest>,
    asked: LiteMap<RequestId, (Arc<str>, Instant)>,
    vain: u32,
}

impl Heads {
    /// The origin said what is at `place`.
    pub(crate) fn said(&mut self, place: &Place, digest: Digest) {
        if place.range.is_some() {
            return;
        }
        if self.said.len() >= MOST {
            self.said.clear();
        }
        self.said.insert(place.url.clone(), digest);
    }

    /// All bytes came from the origin, with this digest. True where its word counts from now on.
    pub(crate) fn brought(&mut self, place: &Place, digest: Digest) -> bool {
        let Some(said) = self.said.get(&place.url).filter(|_| place.range.is_none()) else { return false };
        let server = server_of(&place.url);
        if self.servers.contains_key(server) || self.servers.len() >= SERVERS {
            return false;
        }
        let held = *said == digest;
        self.servers.insert(server.into(), held);
        held
    }

    /// What is expected of the segment at `place`.
    pub(crate) fn expected(&self, place: &Place) -> Expected {
        let said = self.said.get(&place.url).filter(|_| self.is_trusted(place));
        said.map_or(Expected::Unknown, |&digest| Expected::Digest(digest))
    }

    /// Whether some server's word has held.
    pub(crate) fn is_hopeful(&self) -> bool {
        self.servers.values().any(|&held| held)
    }

    /// Whether more may become known within moments.
    pub(crate) fn is_pending(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Asks what is at `place`, unless that is known or cannot be.
    pub(crate) fn ask<P>(&mut self, place: &Place, now: Instant, ids: &mut Counter, orders: &mut Orders<P>) {
        let asked = self.asked.values().any(|(url, _)| *url == place.url);
        let known = asked || self.said.contains_key(&place.url);
        if known || !self.is_trusted(place) || self.asked.len() >= AT_ONCE || self.vain >= VAIN {
            return;
        }
        let request = RequestId(ids.draw());
        self.asked.insert(request, (place.url.clone(), now));
        orders.push_back(Output::FetchHead { request, url: place.url.to_string() });
    }

    /// The answer to a question, or that there is none; false: it was no question of ours.
    pub(crate) fn answered(&mut self, request: RequestId, digest: Option<Digest>) -> bool {
        let Some((url, _)) = self.asked.remove(&request) else { return false };
        match digest {
            Some(digest) => {
                self.vain = 0;
                self.said(&Place { url, range: None }, digest);
            }
            None => self.vain += 1,
        }
        true
    }

    /// Takes back what is not answered.
    pub(crate) fn expire<P>(&mut self, now: Instant, orders: &mut Orders<P>) {
        let vain = &mut self.vain;
        self.asked.retain(|&request, (_, at)| {
            let keep = now.since(*at) < PATIENCE;
            if !keep {
                *vain += 1;
                orders.push_back(Output::Abort { request });
            }
            keep
        });
    }

    fn is_trusted(&self, place: &Place) -> bool {
        place.range.is_none() && self.servers.get(server_of(&place.url)) == Some(&true)
    }
}

/// The SHA-256 in a `Repr-Digest` field: a dictionary of byte sequences by algorithm (RFC 9530 §3, RFC 9651 §3.2).
#[must_use]
pub fn sha256_in(field: &str) -> Option<Digest> {
    let member = field.split(',').find_map(|member| member.trim().strip_prefix("sha-256=:"))?;
    let (text, _) = member.split_once(':')?;
    let mut digest = [0; 32];
    let (mut at, mut bits, mut held) = (0, 0u32, 0);
    for symbol in text.trim_end_matches('=').bytes() {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            *digest.get_mut(at)? = (bits >> held) as u8;
            at += 1;
        }
    }
    (at == digest.len()).then_some(Digest(digest))
}
