//! Tracker messages: what the incumbent sends is understood, what we send says the same, garbage is an error.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::{Value, json};
use sprat::engine::swarm::naming::{InfoHash, PeerId};
use sprat::engine::swarm::rendezvous::{
    AnnounceEvent, MAX_TEXT, NotUnderstood, Offer, TrackerMessage, announce, answer, offer_id, parse,
};

const HASH: InfoHash = InfoHash(*b"ChY9t+WNQlmyyxCNfEJK");
const US: PeerId = PeerId(*b"-SP0001-abcdefghijkl");
const THEM: PeerId = PeerId(*b"-PM0202-0BaURUfVprvF");

#[test]
fn every_message_that_a_tracker_sent_the_incumbent_is_understood() {
    let mut kinds = [0; 3];
    for message in recorded("T->C") {
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let hash = InfoHash::from_text(message["info_hash"].as_str().unwrap()).unwrap();
        match parse(&message.to_string()).unwrap() {
            TrackerMessage::Announced { info_hash, interval_s, complete, incomplete } => {
                kinds[0] += 1;
                assert_eq!((info_hash, interval_s, complete), (hash, Some(120), 0));
                assert_eq!(u64::from(incomplete), message["incomplete"].as_u64().unwrap());
            }
            TrackerMessage::Offer { info_hash, peer_id, offer_id, sdp } => {
                kinds[1] += 1;
                assert_eq!((info_hash, peer_id.to_string()), (hash, text(&message["peer_id"])));
                assert_eq!((offer_id, sdp), (text(&message["offer_id"]), text(&message["offer"]["sdp"])));
            }
            TrackerMessage::Answer { info_hash, peer_id, offer_id, sdp } => {
                kinds[2] += 1;
                assert_eq!((info_hash, peer_id.to_string()), (hash, text(&message["peer_id"])));
                assert_eq!((offer_id, sdp), (text(&message["offer_id"]), text(&message["answer"]["sdp"])));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(kinds, [4, 2, 2]);
}

#[test]
fn our_first_announce_has_the_incumbents_fields() {
    let theirs = recorded("C->T").remove(0);
    let mut offers = Vec::new();
    for offer in theirs["offers"].as_array().unwrap() {
        offers.push(Offer {
            id: offer["offer_id"].as_str().unwrap().to_owned(),
            sdp: offer["offer"]["sdp"].as_str().unwrap().to_owned(),
        });
    }
    let peer = PeerId::from_text(theirs["peer_id"].as_str().unwrap()).unwrap();
    let hash = InfoHash::from_text(theirs["info_hash"].as_str().unwrap()).unwrap();
    assert_eq!(read(&announce(hash, peer, AnnounceEvent::Started, 5, &offers)), theirs);
}

#[test]
fn our_answer_has_the_incumbents_fields() {
    let theirs = recorded("C->T").into_iter().find(|m| !m["answer"].is_null()).unwrap();
    let text = |name: &str| theirs[name].as_str().unwrap();
    let ours = answer(
        InfoHash::from_text(text("info_hash")).unwrap(),
        PeerId::from_text(text("peer_id")).unwrap(),
        PeerId::from_text(text("to_peer_id")).unwrap(),
        text("offer_id"),
        theirs["answer"]["sdp"].as_str().unwrap(),
    );
    assert_eq!(read(&ours), theirs);
}

#[test]
fn later_announces_have_no_event_and_the_last_has_no_offers() {
    let periodic = read(&announce(HASH, US, AnnounceEvent::Periodic, 0, &[]));
    assert!(periodic["event"].is_null() && periodic["offers"].is_null() && periodic["numwant"] == 0);
    let stopped = read(&announce(HASH, US, AnnounceEvent::Stopped, 0, &[]));
    assert_eq!((&stopped["event"], &stopped["action"]), (&json!("stopped"), &json!("announce")));
    assert_eq!(
        (&stopped["info_hash"], &stopped["peer_id"]),
        (&json!(HASH.to_string()), &json!(US.to_string()))
    );
}

#[test]
fn an_offer_id_of_any_twenty_bytes_comes_back_exactly() {
    for start in 0..=0xec_u8 {
        let id: String = (start..=start + 19).map(char::from).collect();
        let offer = json!({
            "action": "announce", "info_hash": HASH.to_string(), "peer_id": THEM.to_string(),
            "offer_id": id, "offer": { "type": "offer", "sdp": "v=0\r\n" },
        });
        let Ok(TrackerMessage::Offer { offer_id, .. }) = parse(&offer.to_string()) else { panic!("{start}") };
        assert_eq!(offer_id, id);
        assert_eq!(read(&answer(HASH, US, THEM, &offer_id, "v=0\r\n"))["offer_id"], json!(id));
        // Escaped as a server in another language may do it.
        let escaped: String = id.chars().map(|c| format!("\\u{:04X}", u32::from(c))).collect();
        let text = offer.to_string().replace(&serde_json::to_string(&id).unwrap(), &format!("\"{escaped}\""));
        let Ok(TrackerMessage::Offer { offer_id, .. }) = parse(&text) else { panic!("{text}") };
        assert_eq!(offer_id, id);
    }
}

#[test]
fn a_session_description_is_sent_whole_but_for_the_promise_to_trickle() {
    let sdp =
        "v=0\r\na=ice-options:trickle\r\ns=\"é\\\u{1}\t🐝\"\r\na=ice-options:trickle renomination\r\nend";
    let told = read(&answer(HASH, US, THEM, "id", sdp));
    assert_eq!(
        told["answer"]["sdp"],
        json!("v=0\r\ns=\"é\\\u{1}\t🐝\"\r\na=ice-options:trickle renomination\r\nend")
    );
}

#[test]
fn a_refusal_says_why_and_for_which_swarm() {
    let text =
        json!({ "failure reason": "unknown infohash", "info_hash": HASH.to_string(), "action": "announce" });
    assert_eq!(
        parse(&text.to_string()),
        Ok(TrackerMessage::Refused { info_hash: Some(HASH), reason: "unknown infohash".to_owned() })
    );
    let text = r#"{"failure reason":"invalid info_hash"}"#;
    let refused = TrackerMessage::Refused { info_hash: None, reason: "invalid info_hash".to_owned() };
    assert_eq!(parse(text), Ok(refused));
    let long = json!({ "failure reason": "é".repeat(10_000) }).to_string();
    let Ok(TrackerMessage::Refused { reason, .. }) = parse(&long) else { panic!() };
    assert_eq!(reason.chars().count(), 200);
}

#[test]
fn a_warning_is_passed_on_unless_it_comes_with_the_answer() {
    let warning = json!({ "action": "announce", "warning message": "slow down" });
    assert_eq!(parse(&warning.to_string()), Ok(TrackerMessage::Warning("slow down".to_owned())));
    let both = json!({
        "action": "announce", "warning message": "x", "interval": 60, "info_hash": HASH.to_string()
    });
    assert!(matches!(parse(&both.to_string()), Ok(TrackerMessage::Announced { .. })));
}

#[test]
fn numbers_of_any_kind_are_taken_for_what_they_are_worth() {
    let interval = |value: Value| {
        let text =
            json!({ "action": "announce", "info_hash": HASH.to_string(), "complete": 1, "interval": value });
        match parse(&text.to_string()) {
            Ok(TrackerMessage::Announced { interval_s, .. }) => interval_s,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(interval(json!(119.9)), Some(119));
    assert_eq!(interval(json!(1e300)), Some(u32::MAX));
    assert_eq!(interval(json!(u64::MAX)), Some(u32::MAX));
    for nothing in [json!(null), json!("120"), json!(true), json!(-5), json!([1, [2]]), json!({"a": {}})] {
        assert_eq!(interval(nothing.clone()), None, "{nothing}");
    }
    let min = json!({ "action": "announce", "info_hash": HASH.to_string(), "min interval": 30 });
    assert!(matches!(parse(&min.to_string()), Ok(TrackerMessage::Announced { interval_s: Some(30), .. })));
}

#[test]
fn what_is_no_announce_is_an_error() {
    let hash = HASH.to_string();
    for text in
        ["", "{", "null", "[]", "17", "\"announce\"", "<html>", "{\"action\":\"announce\"} x", "\u{0}"]
    {
        assert_eq!(parse(text), Err(NotUnderstood::NotJson), "{text}");
    }
    let (peer, sdp) = (THEM.to_string(), json!({ "sdp": "v=0" }));
    for value in [
        json!({}),
        json!({ "action": "announce" }),
        json!({ "action": "announce", "info_hash": hash }),
        json!({ "action": "scrape", "info_hash": hash, "interval": 120 }),
        json!({ "action": "announce", "info_hash": "short", "interval": 120 }),
        json!({ "action": 7, "info_hash": hash, "interval": 120 }),
        json!({ "action": "announce", "info_hash": hash, "offer": sdp, "offer_id": "x" }),
        json!({ "action": "announce", "info_hash": hash, "offer": sdp, "peer_id": peer }),
        json!({ "action": "announce", "info_hash": hash, "offer": sdp, "peer_id": "é", "offer_id": "x" }),
        json!({ "action": "announce", "info_hash": hash, "offer": {}, "peer_id": peer, "offer_id": "x" }),
        json!({ "action": "announce", "info_hash": hash, "answer": { "sdp": 5 }, "offer_id": "x", "peer_id": peer }),
    ] {
        assert_eq!(parse(&value.to_string()), Err(NotUnderstood::Incomplete), "{value}");
    }
    assert_eq!(parse(&" ".repeat(MAX_TEXT + 1)), Err(NotUnderstood::TooLong));
}

#[test]
fn nesting_without_end_is_an_error_and_not_an_overflow() {
    for open in ["[", "{\"a\":", "{\"offer\":", "{\"interval\":["] {
        assert!(parse(&open.repeat(MAX_TEXT / open.len())).is_err());
        let message = format!("{{\"x\":{}", open.repeat(9_000));
        assert!(parse(&message).is_err());
    }
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(30_000), "]".repeat(30_000));
    assert_eq!(parse(&deep), Err(NotUnderstood::Incomplete), "skipped, and nothing is left");
}

#[test]
fn every_truncation_and_every_changed_byte_gives_an_answer() {
    for message in recorded("T->C") {
        let text = message.to_string();
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            assert!(parse(&text[..end]).is_err());
        }
        for at in 0..text.len() {
            for byte in [b'"', b'{', b'}', b'[', b'\\', b',', b'0', b'-', b'e', b'u', 0] {
                let mut changed = text.clone().into_bytes();
                changed[at] = byte;
                if let Ok(changed) = String::from_utf8(changed) {
                    let _ = parse(&changed);
                }
            }
        }
    }
    for escape in ["\\u", "\\u12", "\\uD800", "\\uD800\\u0041", "\\uDC00", "\\x", "\\"] {
        assert!(parse(&format!("{{\"failure reason\":\"{escape}\"}}")).is_err(), "{escape}");
    }
}

#[test]
fn our_offer_ids_are_twenty_alphanumerics() {
    let id = offer_id(7);
    assert!(id.len() == 20 && id.bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
    assert_ne!(id, offer_id(8));
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn recorded(direction: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("fixtures/wire/vectors.json")).unwrap();
    let mut all = Vec::new();
    for transcript in vectors["transcripts"].as_object().unwrap().values() {
        all.extend(transcript["tracker"].as_array().unwrap().clone());
    }
    all.into_iter().filter(|m| m["dir"] == direction).map(|m| m["json"].clone()).collect()
}
