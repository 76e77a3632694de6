//! The data channel: byte for byte what the incumbent's packages say, and nothing a stranger can send hurts.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sprat::engine::swarm::wire::v2::{self, Joiner, MAX_IDS, MAX_MESSAGE};
use sprat::engine::swarm::wire::{Command, WireError};

#[test]
fn integers_are_written_and_read_as_the_incumbent_does() {
    for v in list("int") {
        let bytes = unhex(&v["hex"]);
        let frame = framed(&[&[1, b'i'], bytes.as_slice(), &[b'r', 1, 7]].concat());
        match u64::try_from(v["n"].as_i64().unwrap()) {
            Ok(n) => {
                let command = Command::Request { segment: n, request: 7, from: 0 };
                assert_eq!(v2::encode(&command, MAX_MESSAGE), std::slice::from_ref(&frame), "{n}");
                assert_eq!(read(&frame), Ok(Some(command)), "{n}");
            }
            Err(_) => assert_eq!(read(&frame), Ok(None), "no segment has a negative number"),
        }
    }
}

#[test]
fn id_sets_are_written_and_read_as_the_incumbent_does() {
    for v in list("similarIntArray") {
        let ids: Vec<i64> = match v["ids"].as_array() {
            Some(ids) => ids.iter().map(|id| id.as_i64().unwrap()).collect(),
            None => (0..v["firstIds"].as_i64().unwrap()).collect(),
        };
        let held: Vec<u64> = ids.iter().filter_map(|&id| u64::try_from(id).ok()).collect();
        let frame = framed(&[&[0, b'l'], unhex(&v["hex"]).as_slice()].concat());
        let command = Command::Announcement { held: held.clone(), loading: Vec::new() };
        // What the incumbent cannot read itself (a full group of 256), we read all the same.
        assert_eq!(read(&frame), Ok(Some(command.clone())), "{}", v["name"]);
        let differs = held.len() < ids.len() || held.is_empty() || v["decodesInNpm"] == false;
        if !differs {
            assert_eq!(v2::encode(&command, MAX_MESSAGE), [frame], "{}", v["name"]);
        }
    }
}

#[test]
fn commands_are_written_and_read_as_the_incumbent_does() {
    for v in list("commands") {
        let command = command(&v["command"]);
        let frames = frames(&v["frames"]);
        assert_eq!(v2::encode(&command, MAX_MESSAGE), frames, "{}", v["name"]);
        assert_eq!(read(&frames[0]), Ok(Some(command)), "{}", v["name"]);
    }
}

#[test]
fn long_commands_are_cut_where_the_incumbent_cuts_them() {
    for v in list("splitCommands") {
        let command = command(&v["command"]);
        let frames = frames(&v["frames"]);
        let max = v["maxMessageSize"].as_u64().unwrap() as usize;
        assert_eq!(v2::encode(&command, max), frames, "{max}");
        let mut joiner = Joiner::default();
        let (last, earlier) = frames.split_last().unwrap();
        for frame in earlier {
            assert_eq!(joiner.push(frame), Ok(None));
        }
        assert_eq!(joiner.push(last), Ok(Some(command)));
    }
}

#[test]
fn sixty_thousand_ids_are_written_as_the_incumbent_does_and_read_back() {
    let v = &list("bigAnnouncement")[0];
    let held: Vec<u64> = (0..60_000).filter(|id| id % 256 != 255).collect();
    assert_eq!(held.len() as u64, v["ids"].as_u64().unwrap());
    let command = Command::Announcement { held, loading: Vec::new() };
    let frames = v2::encode(&command, MAX_MESSAGE);
    assert_eq!(shape(&frames), shape_of(v));
    assert_eq!(read(&frames[0]), Ok(Some(command)));
}

#[test]
fn more_ids_than_anyone_holds_are_refused() {
    let v = &list("bigAnnouncement")[1];
    let held: Vec<u64> = (0..65_200).filter(|id| id % 256 != 255).collect();
    let loading: Vec<u64> = (0..3_000).collect();
    assert_eq!((held.len() + loading.len()) as u64, v["ids"].as_u64().unwrap());
    // The vector has groups of 256, so it is the incumbent's rule that is followed here, by hand.
    let body = [&[0][..], &ids_of_incumbent(b'l', &held), &ids_of_incumbent(b'p', &loading)].concat();
    let half = body.len() / 2;
    let frames = [[b"cstr", &body[..half], b"dend"].concat(), [b"dstr", &body[half..], b"cend"].concat()];
    assert_eq!(shape(&frames), shape_of(v));
    let mut joiner = Joiner::default();
    assert_eq!(joiner.push(&frames[0]), Ok(None));
    assert_eq!(joiner.push(&frames[1]), Err(WireError::TooManyIds));
}

#[test]
fn a_set_named_over_and_over_counts_every_time() {
    let ids: Vec<u64> = (0..1_000).collect();
    let once = ids_of_incumbent(b'l', &ids);
    let body = |times: usize| framed(&[&[0][..], &once.repeat(times)].concat());
    assert_eq!(
        read(&body(MAX_IDS / 1_000)),
        Ok(Some(Command::Announcement { held: ids, loading: Vec::new() }))
    );
    assert_eq!(read(&body(100)), Err(WireError::TooManyIds));
}

#[test]
fn a_full_group_is_cut_for_the_incumbents_sake_and_read_when_the_incumbent_sends_it() {
    let v = &vectors()["full256Block"];
    let everything = Command::Announcement { held: (0..256).collect(), loading: Vec::new() };
    let split = unhex(&v["splitGroup"]);
    assert_eq!(v2::encode(&everything, MAX_MESSAGE), std::slice::from_ref(&split));
    assert_eq!(read(&split), Ok(Some(everything.clone())));
    assert_eq!(read(&unhex(&v["npmEncodes"])), Ok(Some(everything)));
}

#[test]
fn announcements_never_hold_a_group_that_the_incumbent_cannot_read() {
    for count in [255, 256, 257, 511, 512, 513, 10_000] {
        let held: Vec<u64> = (0..count).collect();
        let command = Command::Announcement { held: held.clone(), loading: held };
        let mut joiner = Joiner::default();
        let mut heard = None;
        for frame in v2::encode(&command, MAX_MESSAGE) {
            heard = joiner.push(&frame).unwrap();
        }
        let Some(Command::Announcement { mut held, .. }) = heard else { panic!("{heard:?}") };
        held.sort_unstable();
        assert!(held.iter().copied().eq(0..count));
    }
}

#[test]
fn groups_beyond_what_the_count_can_say_are_left_unsaid() {
    let held: Vec<u64> = (0..300).map(|i| i * 256).collect();
    let command = Command::Announcement { held: held.clone(), loading: Vec::new() };
    let frames = v2::encode(&command, MAX_MESSAGE);
    let heard = Command::Announcement { held: held[..255].to_vec(), loading: Vec::new() };
    assert_eq!(read(&frames[0]), Ok(Some(heard)));
}

#[test]
fn bodies_are_decoded_as_the_incumbent_decodes_them() {
    let announcement = |held: &[u64], loading: &[u64]| {
        Ok(Some(Command::Announcement { held: held.to_vec(), loading: loading.to_vec() }))
    };
    let request = |segment, request| Ok(Some(Command::Request { segment, request, from: 0 }));
    for v in list("decode") {
        let name = v["name"].as_str().unwrap();
        let body = unhex(&v["input"]);
        // These bodies lack the request's number; the incumbent would go on with none, we need one.
        let whole = [&body[..], &[b'r', 1, 9]].concat();
        let (heard, expected) = match name {
            "unknown command code 9" | "empty body" => (read(&framed(&body)), Ok(None)),
            "unknown field z (int)" => (read(&framed(&body)), request(1, 2)),
            "field order r,i" => (read(&framed(&body)), request(7, 5)),
            "string field (unused by any command)" => (read(&framed(&whole)), request(1, 9)),
            "type nibble 3 (invalid)" => (read(&framed(&body)), Err(WireError::WrongType)),
            "truncated int" => (read(&framed(&body)), Err(WireError::Truncated)),
            "int with 0 length" => (read(&framed(&whole)), request(0, 9)),
            "announcement p before l" => (read(&framed(&body)), announcement(&[1, 2], &[5])),
            "group count 0" => (read(&framed(&body)), announcement(&[], &[])),
            "duplicate field l" => (read(&framed(&body)), announcement(&[2], &[])),
            _ => panic!("a vector that no one judges: {name}"),
        };
        assert_eq!(heard, expected, "{name}");
    }
}

#[test]
fn unknown_fields_of_every_known_type_are_passed_over() {
    for value in [&[1, 5][..], &[0x10, 1, 1, 1, 5], &[0x20, 3, b'a', b'b', b'c'], &[0x21, 0], &[0]] {
        let long = if value == [0x21, 0] { vec![b'x'; 256] } else { Vec::new() };
        let body = [&[3, b'i', 1, 1, b'?'], value, &long, &[b'r', 1, 2]].concat();
        assert_eq!(read(&framed(&body)), Ok(Some(Command::Completed { segment: 1, request: 2 })));
    }
    assert_eq!(read(&framed(&[3, b'i', 1, 1, b'?', 0x30])), Err(WireError::WrongType));
}

#[test]
fn a_command_without_what_it_is_about_is_refused() {
    for body in [&[1][..], &[1, b'i', 1, 1], &[3, b'r', 1, 1], &[2, b'i', 1, 1, b'r', 1, 1]] {
        assert_eq!(read(&framed(body)), Err(WireError::MissingField), "{body:?}");
    }
}

#[test]
fn numbers_beyond_sixty_four_bits_name_nothing() {
    let body = [&[3, b'i', 9, 1][..], &[0; 8], &[b'r', 1, 2]].concat();
    assert_eq!(read(&framed(&body)), Ok(None));
    let body = [&[3, b'i', 15, 0x7f][..], &[0xff; 14], &[b'r', 1, 2]].concat();
    assert_eq!(read(&framed(&body)), Ok(None));
    let most = Command::Completed { segment: u64::MAX, request: u64::MAX };
    assert_eq!(read(&v2::encode(&most, MAX_MESSAGE)[0]), Ok(Some(most)));
}

#[test]
fn parts_join_in_order_and_disorder_forgets_everything() {
    let v = &vectors()["joiner"];
    let [first, middle, last] = frames(&v["framesUsed"]).try_into().unwrap();
    let complete = unhex(&Value::String(v["inOrder"][0].as_str().unwrap().replace("complete:", "")));
    let whole = read(&framed(&complete)).unwrap();
    assert!(whole.is_some());

    let mut joiner = Joiner::default();
    assert_eq!(joiner.push(&middle), Err(WireError::NoFirstPart));
    assert_eq!(joiner.push(&first), Ok(None));
    assert_eq!(joiner.push(&first), Err(WireError::Interrupted));
    assert_eq!(joiner.push(&middle), Err(WireError::NoFirstPart), "the pending part is forgotten");
    assert_eq!(joiner.push(&first), Ok(None));
    assert_eq!(joiner.push(&middle), Ok(None));
    assert_eq!(joiner.push(&last), Ok(whole));
}

#[test]
fn parts_without_end_are_refused_before_they_fill_memory() {
    let mut joiner = Joiner::default();
    let part = vec![0; 16_384];
    let mut results = vec![joiner.push(&[b"cstr", &part[..], b"dend"].concat())];
    for _ in 0..100 {
        results.push(joiner.push(&[b"dstr", &part[..], b"dend"].concat()));
    }
    let accepted = results.iter().take_while(|r| r.is_ok()).count();
    assert_eq!((accepted, results[accepted].clone()), (8, Err(WireError::TooLong)));
}

#[test]
fn commands_are_told_from_data_as_the_incumbent_tells_them() {
    for v in list("isCommandChunk") {
        let message = unhex(&v["hex"]);
        let last = &message[message.len() - 4..];
        let is = v2::is_frame(&message[..4], last, message.len());
        assert_eq!(is, v["isCommand"].as_bool().unwrap(), "{}", v["hex"]);
    }
    assert!(!v2::is_frame(b"cstr", b"cend", 7), "two markers need eight bytes");
}

#[test]
fn every_truncation_and_every_changed_byte_gives_an_answer() {
    let mut seeds: Vec<Vec<u8>> = list("commands").iter().flat_map(|v| frames(&v["frames"])).collect();
    seeds.extend(list("splitCommands").iter().flat_map(|v| frames(&v["frames"])));
    seeds.push(unhex(&vectors()["full256Block"]["npmEncodes"]));
    for frame in &seeds {
        for end in 0..frame.len() {
            let _ = read(&frame[..end]);
            if end >= 4 && end + 4 <= frame.len() {
                let _ = read(&[&frame[..end], b"cend"].concat());
            }
        }
        for at in 0..frame.len() {
            for byte in [0, 1, 0x0f, 0x10, 0x1f, 0x20, 0x2f, 0x7f, 0x80, 0xff, frame[at] ^ 1] {
                let mut changed = frame.clone();
                changed[at] = byte;
                let _ = read(&changed);
            }
        }
    }
}

#[test]
fn whatever_is_written_is_read_back_at_any_message_size() {
    let mut random = 0x5eed_u64;
    let mut next = move |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    for round in 0..300 {
        let (segment, request) = (next(1 << (1 + round % 62)), next(1_000));
        let command = match round % 6 {
            0 => {
                let held = (0..next(600)).map(|i| segment + i * 3).collect();
                Command::Announcement { held, loading: vec![segment] }
            }
            1 => Command::Request { segment, request, from: next(1 << 40) },
            2 => Command::Data { segment, request, length: next(1 << 40) },
            3 => Command::Completed { segment, request },
            4 => Command::Absent { segment, request },
            _ => Command::Cancel { segment, request },
        };
        let mut joiner = Joiner::default();
        let frames = v2::encode(&command, 9 + next(200) as usize);
        let mut heard = None;
        for frame in frames {
            heard = joiner.push(&frame).unwrap();
        }
        assert_eq!(heard, Some(command));
    }
}

#[test]
fn every_frame_of_the_recorded_exchanges_is_understood_and_said_alike() {
    for transcript in vectors()["transcripts"].as_object().unwrap().values() {
        for message in transcript["dataChannel"].as_array().unwrap() {
            let hex = message["hex"].as_str().unwrap();
            if hex.contains('…') || !hex.starts_with("63737472") {
                continue;
            }
            let frame = unhex(&message["hex"]);
            let command = read(&frame).unwrap().unwrap();
            assert_eq!(v2::encode(&command, MAX_MESSAGE), [frame]);
        }
    }
}

fn read(frame: &[u8]) -> Result<Option<Command>, WireError> {
    Joiner::default().push(frame)
}

fn framed(body: &[u8]) -> Vec<u8> {
    [b"cstr", body, b"cend"].concat()
}

/// An id set as the incumbent writes it: groups of up to 256, their size in eight bits.
fn ids_of_incumbent(name: u8, ids: &[u64]) -> Vec<u8> {
    let groups: Vec<&[u64]> = ids.chunk_by(|a, b| a >> 8 == b >> 8).collect();
    let mut out = vec![name, 0x10, groups.len() as u8];
    for group in groups {
        let header = group[0] & !0xff | group.len() as u64 & 0xff;
        let bytes = header.to_be_bytes();
        let spare = (header.leading_zeros() as usize).saturating_sub(1) / 8;
        let bytes = &bytes[spare.min(7)..];
        out.push(bytes.len() as u8);
        out.extend(bytes);
        out.extend(group.iter().map(|&id| id as u8));
    }
    out
}

fn shape(frames: &[Vec<u8>]) -> Vec<(usize, String)> {
    let hex = |frame: &Vec<u8>| Sha256::digest(frame).iter().map(|b| format!("{b:02x}")).collect();
    frames.iter().map(|frame| (frame.len(), hex(frame))).collect()
}

fn shape_of(v: &Value) -> Vec<(usize, String)> {
    let lengths = v["frameLengths"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize);
    let hashes = v["sha256"].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned());
    lengths.zip(hashes).collect()
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("fixtures/wire/vectors.json")).unwrap()
}

fn list(name: &str) -> Vec<Value> {
    vectors()[name].as_array().unwrap().clone()
}

fn frames(v: &Value) -> Vec<Vec<u8>> {
    v.as_array().unwrap().iter().map(unhex).collect()
}

fn unhex(v: &Value) -> Vec<u8> {
    let hex = v.as_str().unwrap();
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn command(v: &Value) -> Command {
    let number = |name: &str| v[name].as_u64().unwrap_or(0);
    let ids = |name: &str| v[name].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect();
    let (segment, request) = (number("i"), number("r"));
    match number("c") {
        0 => Command::Announcement { held: ids("l"), loading: ids("p") },
        1 => Command::Request { segment, request, from: number("b") },
        2 => Command::Data { segment, request, length: number("s") },
        3 => Command::Completed { segment, request },
        4 => Command::Absent { segment, request },
        _ => Command::Cancel { segment, request },
    }
}
