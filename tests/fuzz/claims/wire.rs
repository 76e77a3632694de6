//! What peers and trackers say: one message after the other, each in a piece of the input.

use super::Chance;
use sprat::engine::payload::{Bytes, Payload};
use sprat::engine::swarm::peer::{Conversation, Heard};
use sprat::engine::swarm::rendezvous::{self, TrackerMessage};
use sprat::engine::swarm::wire::v2::{Joiner, MAX_IDS, MAX_MESSAGE};
use sprat::engine::swarm::wire::{Command, Dialect, v1, v2};
use sprat::engine::time::Instant;

const NAME: &str = "n";

pub(super) fn v1_commands(data: &[u8]) {
    if let Ok(Some(command)) = v1::decode(data, NAME) {
        bounded(&command, v1::MAX_IDS);
        let again = v1::encode(&command, NAME).map(|message| v1::decode(&message, NAME));
        // A map may be cut to the length of a message, and is told in another order.
        if !matches!(command, Command::Announcement { .. }) {
            assert_eq!(again, Some(Ok(Some(command))));
        }
    }
    converse(&Dialect::V1(NAME.into()), data);
}

pub(super) fn v2_commands(data: &[u8]) {
    if let Ok(Some(command)) = Joiner::default().push(data) {
        bounded(&command, MAX_IDS);
        let mut joiner = Joiner::default();
        let mut again = None;
        for frame in v2::encode(&command, MAX_MESSAGE) {
            again = joiner.push(&frame).expect("what we write reads");
        }
        if !matches!(command, Command::Announcement { .. }) {
            assert_eq!(again, Some(command));
        }
    }
    converse(&Dialect::V2, data);
}

pub(super) fn tracker_messages(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    match rendezvous::parse(text) {
        Ok(TrackerMessage::Offer { info_hash, peer_id, offer_id, sdp }) => {
            // The answer goes back under the same names, which whoever reads it finds unchanged.
            let answer = rendezvous::answer(info_hash, peer_id, peer_id, &offer_id, &sdp);
            match rendezvous::parse(&answer) {
                Ok(TrackerMessage::Answer { info_hash: hash, peer_id: peer, offer_id: id, .. }) => {
                    assert_eq!((hash, peer, id), (info_hash, peer_id, offer_id));
                }
                // Control characters take six where they took one.
                other => assert!(answer.len() > rendezvous::MAX_TEXT, "{other:?}"),
            }
        }
        Ok(TrackerMessage::Warning(text) | TrackerMessage::Refused { reason: text, .. }) => {
            assert!(text.chars().count() <= 200);
        }
        Ok(TrackerMessage::Announced { .. } | TrackerMessage::Answer { .. }) | Err(_) => {}
    }
}

fn bounded(command: &Command, most: usize) {
    if let Command::Announcement { held, loading } = command {
        assert!(held.len() + loading.len() <= most);
    }
}

/// We ask, they say what they like: no more comes than was promised, and nothing after the protocol was broken.
fn converse(dialect: &Dialect, data: &[u8]) {
    let mut chance = Chance::of(data);
    let mut talk = Conversation::<Bytes>::in_dialect(dialect.clone(), MAX_MESSAGE);
    let (mut broke, mut came) = (false, 0);
    talk.ask(1, 3, None, Instant::ZERO);
    for piece in chance.pieces(data) {
        let begin = Command::Data { segment: 1, request: 1, length: 1 + chance.below(5_000) as u64 };
        for message in if chance.coin() { vec![piece.to_vec()] } else { dialect.encode(&begin, MAX_MESSAGE) }
        {
            match talk.hear(&message.into(), Instant::ZERO) {
                Some(_) if broke => panic!("heard of after it broke"),
                Some(Heard::Broke(_)) => broke = true,
                Some(Heard::Data { at, piece, .. }) => {
                    assert!(!piece.is_empty() && at == 3 + came);
                    came += piece.len() as u64;
                }
                Some(Heard::Done { .. } | Heard::Absent { .. }) | None => {}
                Some(_) => {}
            }
        }
        if talk.outstanding().is_none() {
            came = 0;
            talk.ask(1, 3, None, Instant::ZERO);
        }
    }
}
