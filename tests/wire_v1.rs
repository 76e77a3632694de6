//! The data channel of p2p-media-loader 0.x: what was captured is read and written alike, and a segment is whole with
//! its last byte.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::Value;
use sprat::engine::payload::Bytes;
use sprat::engine::swarm::peer::{Conversation, Heard, Violation};
use sprat::engine::swarm::wire::v1::{self, MAX_COMMAND, MAX_IDS};
use sprat::engine::swarm::wire::v2::MAX_MESSAGE;
use sprat::engine::swarm::wire::{Command, Dialect, WireError};
use sprat::engine::time::Instant;

#[test]
fn what_was_captured_is_read_and_written_alike() {
    let v = vectors();
    let (name, request) = (v["streamSwarmId"].as_str().unwrap(), 0);
    for (captured, command) in [
        ("segmentsMap", Command::Announcement { held: vec![17, 18], loading: vec![19] }),
        ("segmentRequest", Command::Request { segment: 17, request, from: 0 }),
        ("segmentData_maxMsg64", Command::Data { segment: 17, request, length: 100 }),
        ("segmentAbsent", Command::Absent { segment: 18, request }),
        ("cancel", Command::Cancel { segment: 17, request }),
    ] {
        let message = v[captured][0].as_str().unwrap().as_bytes();
        assert_eq!(read(message, name), Ok(Some(command.clone())), "{captured}");
        assert_eq!(v1::encode(&command, name).unwrap(), message, "{captured}");
    }
    assert_eq!(v1::encode(&Command::Completed { segment: 1, request }, name), None, "goes without saying");
}

#[test]
fn whatever_is_written_is_read_back_whatever_the_swarm_is_called() {
    for name in ["a", "https://x.test/m.m3u8+V0", "q\"uo\\te\n\u{1}\u{1d11e}", "+1"] {
        for segment in [0, 9, 255, 256, 1_758_000_000, u64::MAX] {
            let request = 0;
            for command in [
                Command::Announcement { held: vec![segment], loading: vec![segment / 2] },
                Command::Announcement { held: Vec::new(), loading: Vec::new() },
                Command::Request { segment, request, from: 0 },
                Command::Data { segment, request, length: segment.min(1 << 30) },
                Command::Absent { segment, request },
                Command::Cancel { segment, request },
            ] {
                assert_eq!(read(&v1::encode(&command, name).unwrap(), name), Ok(Some(command)), "{name}");
            }
        }
    }
}

#[test]
fn a_long_map_stays_in_one_message() {
    let held: Vec<u64> = (1_000_000..1_020_000).collect();
    let message = v1::encode(&Command::Announcement { held, loading: vec![] }, "n").unwrap();
    assert!(message.len() <= MAX_MESSAGE, "{}", message.len());
    let Ok(Some(Command::Announcement { held, .. })) = read(&message, "n") else { panic!("unread") };
    assert!(held.len() > 5_000 && held.iter().copied().eq(1_000_000..1_000_000 + held.len() as u64));
}

#[test]
fn what_is_no_command_is_data_and_what_nobody_knows_is_passed_over() {
    for data in ["{\"c\":0", "{\"c\":}", "{\"\u{0}}", "{\"c\":0} }", "[{}]", ""] {
        assert_eq!(read(data.as_bytes(), "n"), Err(WireError::NotACommand), "{data}");
    }
    assert!(
        !v1::may_be_command(b"{}", b'}', 2) && !v1::may_be_command(b"[{", b'}', 9),
        "and is not looked into"
    );
    let not_text = [b"{\"".as_slice(), &[0xff, 0xfe], b"}"].concat();
    assert_eq!(read(&not_text, "n"), Err(WireError::NotACommand));
    for nothing in [
        "{\"c\":9,\"i\":\"n+1\"}",
        "{\"d\":0}",
        "{\"c\":3,\"i\":\"other+1\"}",
        "{\"c\":3,\"i\":\"n+\"}",
        "{\"c\":3,\"i\":\"n++1\"}",
        "{\"c\":3,\"i\":\"n+-1\"}",
        "{\"c\":3,\"i\":\"n1\"}",
        "{\"c\":3,\"i\":\"n+18446744073709551616\"}",
    ] {
        assert_eq!(read(nothing.as_bytes(), "n"), Ok(None), "{nothing}");
    }
    for half in ["{\"c\":3}", "{\"c\":0,\"i\":\"n+1\"}", "{\"c\":1,\"i\":7}"] {
        assert_eq!(read(half.as_bytes(), "n"), Err(WireError::MissingField), "{half}");
    }
}

#[test]
fn a_map_counts_only_what_has_a_state_and_only_our_swarm() {
    for (map, held, loading) in [
        ("{}", vec![], vec![]),
        ("{\"other\":[\"1\",[0]]}", vec![], vec![]),
        ("{\"n\":[\"1|2|3\",[0,1]]}", vec![1], vec![2]),
        ("{\"n\":[\"1|x|3\",[0,0,7,0]]}", vec![1], vec![]),
        ("{\"n\":[\"1\",[0]],\"n\":[\"2\",[0]]}", vec![2], vec![]),
        ("{\"n\":[\"5\",[0],[1],\"6\"]}", vec![5], vec![]),
        ("{\"n\":[]}", vec![], vec![]),
    ] {
        let message = ["{\"c\":2,\"m\":", map, "}"].concat();
        assert_eq!(read(message.as_bytes(), "n"), Ok(Some(Command::Announcement { held, loading })), "{map}");
    }
}

#[test]
fn floods_of_ids_of_names_and_of_text_are_refused() {
    let map = |ids: Vec<String>| {
        let states = vec!["0"; ids.len()].join(",");
        format!("{{\"c\":2,\"m\":{{\"n\":[\"{}\",[{states}]]}}}}", ids.join("|"))
    };
    let many = map((0..=MAX_IDS).map(|i| (i % 10).to_string()).collect());
    assert_eq!(read(many.as_bytes(), "n"), Err(WireError::TooManyIds));
    let scattered = map((0..256).map(|i| (i * 256).to_string()).collect());
    assert_eq!(read(scattered.as_bytes(), "n"), Err(WireError::TooManyIds));
    let names: Vec<_> = (0..5_000).map(|i| format!("\"{i}\":[\"1\",[0]]")).collect();
    let names = format!("{{\"c\":2,\"m\":{{{}}}}}", names.join(","));
    let empty = Command::Announcement { held: vec![], loading: vec![] };
    assert_eq!(read(names.as_bytes(), "n"), Ok(Some(empty)));
    let deep = ["{\"c\":2,\"m\":", &"[".repeat(100_000), &"]".repeat(100_000), "}"].concat();
    assert!(read(deep.as_bytes(), "n").is_err());
    let long = ["{\"c\":3,\"i\":\"", &"x".repeat(MAX_COMMAND), "\"}"].concat();
    assert_eq!(read(long.as_bytes(), "n"), Err(WireError::TooLong));
    let heard = talk().hear(&long.into_bytes().into(), Instant::ZERO);
    assert_eq!(heard, Some(Heard::Broke(Violation::Malformed(WireError::TooLong))));
}

#[test]
fn every_truncation_and_every_changed_byte_gives_an_answer() {
    let v = vectors();
    for captured in ["segmentsMap", "segmentRequest", "segmentData_maxMsg64", "segmentAbsent", "cancel"] {
        let message = v[captured][0].as_str().unwrap().as_bytes();
        for at in 0..message.len() {
            let _ = read(&message[..at], "n");
            let _ = read(&[&message[..at], b"}"].concat(), "n");
            for byte in [0, b'"', b'\\', b'{', b'[', b'9', b'-', 0xff] {
                let mut changed = message.to_vec();
                changed[at] = byte;
                let _ = read(&changed, v["streamSwarmId"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn a_segment_is_the_same_however_its_bytes_are_cut_and_wherever_it_goes_on() {
    let segment: Vec<u8> = (0..1_000u32).map(|i| i as u8).collect();
    for from in [0, 1, 64, 999] {
        for cut in [1, 7, 63, 64, 65, 999, 1_000] {
            let mut talk = talk();
            talk.ask(5, from, None, Instant::ZERO);
            assert_eq!(say(&mut talk, Command::Data { segment: 5, request: 0, length: 1_000 }), None);
            let mut came = Vec::new();
            for piece in segment.chunks(cut) {
                match talk.hear(&piece.to_vec().into(), Instant::ZERO) {
                    Some(Heard::Data { at, piece, .. }) => {
                        assert_eq!(at, from + came.len() as u64);
                        came.extend(sprat::engine::payload::Payload::to_vec(&piece).unwrap());
                    }
                    heard => assert!(heard.is_none(), "{heard:?}"),
                }
            }
            assert_eq!(came, segment[from as usize..], "from {from} in pieces of {cut}");
            assert_eq!(talk.outstanding(), None, "done with the last byte");
        }
    }
}

#[test]
fn lengths_of_nothing_and_of_too_much_end_the_conversation() {
    for (from, expected, length) in
        [(0, None, 0), (5, None, 5), (0, Some(10), 9), (0, Some(10), 11), (0, None, (256 << 20) + 1)]
    {
        let mut talk = talk();
        talk.ask(5, from, expected, Instant::ZERO);
        let heard = say(&mut talk, Command::Data { segment: 5, request: 0, length });
        assert_eq!(heard, Some(Heard::Broke(Violation::WrongLength)), "{from} {expected:?} {length}");
    }
    let mut talk = talk();
    talk.ask(5, 0, None, Instant::ZERO);
    say(&mut talk, Command::Data { segment: 5, request: 0, length: 10 });
    assert_eq!(talk.hear(&vec![1; 11].into(), Instant::ZERO), Some(Heard::Broke(Violation::TooManyBytes)));
}

#[test]
fn what_is_left_of_a_cancelled_upload_is_passed_over() {
    let mut talk = talk();
    talk.ask(5, 0, None, Instant::ZERO);
    say(&mut talk, Command::Data { segment: 5, request: 0, length: 100 });
    let cancel = v1::encode(&Command::Cancel { segment: 5, request: 0 }, "n").unwrap();
    let ask = v1::encode(&Command::Request { segment: 6, request: 0, from: 0 }, "n").unwrap();
    assert_eq!(talk.ask(6, 0, None, Instant::ZERO), [cancel, ask]);
    assert_eq!(talk.hear(&vec![1; 100].into(), Instant::ZERO), None);
    say(&mut talk, Command::Data { segment: 6, request: 0, length: 10 });
    let piece: Bytes = vec![2; 10].into();
    let heard = talk.hear(&piece, Instant::ZERO);
    assert_eq!(heard, Some(Heard::Data { segment: 6, at: 0, piece }));
}

#[test]
fn a_segment_begun_within_another_is_never_mixed_with_it() {
    let mut talk = talk();
    talk.ask(5, 0, None, Instant::ZERO);
    say(&mut talk, Command::Data { segment: 5, request: 0, length: 100 });
    let heard = say(&mut talk, Command::Data { segment: 6, request: 0, length: 100 });
    assert_eq!(heard, Some(Heard::Broke(Violation::WrongCompletion)));
}

#[test]
fn an_absent_segment_is_struck_and_requests_are_reported() {
    let mut talk = talk();
    say(&mut talk, Command::Announcement { held: vec![5, 6], loading: vec![] });
    talk.ask(5, 0, None, Instant::ZERO);
    assert_eq!(
        say(&mut talk, Command::Absent { segment: 5, request: 0 }),
        Some(Heard::Absent { segment: 5 })
    );
    assert!(!talk.holds(5) && talk.holds(6));
    let heard = say(&mut talk, Command::Request { segment: 9, request: 0, from: 0 });
    assert_eq!(heard, Some(Heard::Wanted { segment: 9, request: 0, from: 0 }));
    let heard = say(&mut talk, Command::Cancel { segment: 9, request: 0 });
    assert_eq!(heard, Some(Heard::Cancelled { request: 0 }));
}

fn talk() -> Conversation<Bytes> {
    Conversation::in_dialect(Dialect::V1("n".into()), MAX_MESSAGE)
}

fn say(talk: &mut Conversation<Bytes>, command: Command) -> Option<Heard<Bytes>> {
    talk.hear(&v1::encode(&command, "n").unwrap().into(), Instant::ZERO)
}

fn read(message: &[u8], name: &str) -> Result<Option<Command>, WireError> {
    v1::decode(message, name)
}

fn vectors() -> Value {
    let all: Value = serde_json::from_str(include_str!("fixtures/wire/vectors.json")).unwrap();
    all["v1"].clone()
}
