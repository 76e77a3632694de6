//! Our own protocol's encoding, byte for byte as `docs/protocol.md` has it. The vectors were written by a script that
//! follows that text, not by the engine.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::Value;
use sprat::engine::id::{RenditionId, SegmentId};
use sprat::engine::payload::Digest;
use sprat::engine::swarm::naming::InfoHash;
use sprat::engine::swarm::wire::native::{Has, Hello, MAX_CHANGES, MAX_PIECES, Message, Run};
use sprat::engine::swarm::wire::v2::{self, Joiner, MAX_MESSAGE};
use sprat::engine::swarm::wire::{Command, WireError};

#[test]
fn messages_are_written_and_read_as_documented() {
    for v in list("messages") {
        let (bytes, message) = (unhex(&v["hex"]), message(&v["message"]));
        assert_eq!(message.encode(), bytes, "{}", v["name"]);
        assert_eq!(Message::decode(&bytes), Ok(Some(message)), "{}", v["name"]);
    }
}

#[test]
fn parts_have_numbers_as_documented_behind_those_of_all_segments() {
    let segment = |number| SegmentId { rendition: RenditionId(0), number };
    let part = |number, index| segment(number).part(index).map(|part| part.number);
    let told =
        list("messages").into_iter().find(|v| v["name"] == "have, parts 3 and 4 of segment 42").unwrap();
    let Message::Have { changes, .. } = message(&told["message"]) else { panic!("{told}") };
    let numbers: Vec<_> = changes.iter().map(|(number, _)| Some(*number)).collect();
    assert_eq!(numbers, [part(42, 3), part(42, 4)]);
    assert_eq!(part(0, 0), Some(1 << 62));
    assert_eq!(part((1 << 50) - 1, 4_095), Some((1 << 63) - 1), "the last of all");
    assert_eq!((part(1 << 50, 0), part(42, 4_096), part(u64::MAX, 0)), (None, None, None));
    assert!(!segment((1 << 62) - 1).is_part() && segment(1 << 62).is_part());
}

#[test]
fn what_makes_no_sense_is_an_error() {
    for v in list("senseless") {
        let read = Message::decode(&unhex(&v["hex"]));
        assert!(read.is_err(), "{}: {read:?}", v["name"]);
    }
}

#[test]
fn no_part_of_a_message_is_more_than_an_error() {
    for v in list("messages") {
        let bytes = unhex(&v["hex"]);
        for end in 0..bytes.len() {
            if let Ok(Some(read)) = Message::decode(&bytes[..end]) {
                // Changes and digests end where the message does.
                let open = matches!(read, Message::Have { .. } | Message::List { .. });
                assert!(open, "{}, {end} bytes", v["name"]);
            }
        }
    }
}

#[test]
fn what_nobody_knows_is_passed_over() {
    assert_eq!(Message::decode(&[12, 0]), Ok(None));
    assert_eq!(Message::decode(b"{}"), Ok(None));
    assert_eq!(Message::decode(&[8, 1, 2, 3]), Ok(Some(Message::Choke)));
    assert_eq!(Message::decode(&[2, 5, 9, 9]), Ok(Some(Message::Leave { room: 5 })));
    // A kind of change from the future: what comes before it counts.
    let read = Message::decode(&[3, 0, 1, 7, 9, 8, 200]);
    assert_eq!(read, Ok(Some(Message::Have { room: 0, changes: vec![(7, Has::Loading)] })));
}

#[test]
fn what_one_message_says_is_bounded() {
    let changes: Vec<_> = (0..MAX_CHANGES as u64 + 1).map(|s| (s, Has::Loading)).collect();
    let long = Message::Have { room: 0, changes: changes.clone() }.encode();
    assert_eq!(Message::decode(&long), Err(WireError::TooManyIds));
    let most = Message::Have { room: 0, changes: changes[1..].to_vec() };
    assert_eq!(Message::decode(&most.encode()), Ok(Some(most)));
    let digests = vec![Digest([7; 32]); MAX_PIECES as usize + 1];
    let long = Message::List { room: 0, segment: 0, digests }.encode();
    assert_eq!(Message::decode(&long), Err(WireError::TooLong));
}

#[test]
fn a_hello_is_written_and_read_as_documented_and_is_no_news_in_v2() {
    for v in list("hellos") {
        let (bytes, hello) = (unhex(&v["hex"]), hello(&v["hello"]));
        assert_eq!(hello.encode(), bytes, "{}", v["name"]);
        assert_eq!(Hello::decode(&bytes), Some(hello), "{}", v["name"]);
        let nothing = Command::Announcement { held: Vec::new(), loading: Vec::new() };
        assert_eq!(Joiner::default().push(&bytes), Ok(Some(nothing)), "{}", v["name"]);
    }
}

#[test]
fn what_is_no_hello_is_left_to_v2() {
    let good = unhex(&list("hellos")[0]["hex"]);
    for end in 0..good.len() {
        assert_eq!(Hello::decode(&good[..end]), None, "{end} bytes");
    }
    for (held, loading) in [(vec![], vec![]), (vec![1, 2], vec![]), ((0..300).collect(), vec![7])] {
        for frame in v2::encode(&Command::Announcement { held, loading }, MAX_MESSAGE) {
            assert_eq!(Hello::decode(&frame), None);
        }
    }
    let sound = hello(&list("hellos")[0]["hello"]);
    for hello in
        [Hello { version: 0, ..sound }, Hello { outstanding: 0, ..sound }, Hello { message: 65_535, ..sound }]
    {
        assert_eq!(Hello::decode(&hello.encode()), None, "{hello:?}");
    }
}

fn list(name: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("fixtures/wire/native.json")).unwrap();
    vectors[name].as_array().unwrap().clone()
}

fn unhex(v: &Value) -> Vec<u8> {
    let hex = v.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn hello(v: &Value) -> Hello {
    let number = |name: &str| v[name].as_u64().unwrap();
    Hello {
        version: number("version"),
        outstanding: number("outstanding"),
        message: number("message"),
        uplink: number("uplink"),
        heard: v["heard"].as_bool().unwrap(),
    }
}

fn message(v: &Value) -> Message {
    let number = |name: &str| v[name].as_u64().unwrap_or_default();
    let (room, segment) = (number("room"), number("segment"));
    let run = Run { room, segment, first: number("first"), count: number("count") };
    match v["t"].as_str().unwrap() {
        "join" => Message::Join { room, info_hash: InfoHash(unhex(&v["hash"]).try_into().unwrap()) },
        "leave" => Message::Leave { room },
        "have" => {
            Message::Have { room, changes: v["changes"].as_array().unwrap().iter().map(change).collect() }
        }
        "want" => Message::Want(run),
        "drop" => Message::Drop(run),
        "piece" => Message::Piece(run),
        "absent" => Message::Absent(run),
        "choke" => Message::Choke,
        "unchoke" => Message::Unchoke,
        "want list" => Message::WantList { room, segment },
        "spare" => Message::Spare { pieces: number("pieces") },
        "list" => {
            let digests = v["digests"].as_array().unwrap().iter();
            let digests = digests.map(|d| Digest(unhex(d).try_into().unwrap())).collect();
            Message::List { room, segment, digests }
        }
        other => panic!("{other}"),
    }
}

fn change(v: &Value) -> (u64, Has) {
    let length = v[2].as_u64().unwrap_or_default();
    let has = match v[1].as_str().unwrap() {
        "nothing" => Has::Nothing,
        "loading" => Has::Loading,
        "whole" => Has::Whole { length },
        _ => Has::Pieces { length, bits: unhex(&v[3]) },
    };
    (v[0].as_u64().unwrap(), has)
}
