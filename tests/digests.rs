//! Digest lists: both of PeerTube's shapes, and whatever else an origin may put in their place.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use sprat::engine::digests::{DigestList, MAX_BYTES, NotAList, Reading};
use sprat::engine::id::ByteRange;
use sprat::engine::payload::Digest;

#[test]
fn a_file_of_many_segments_has_a_digest_for_each_range() {
    let list = list(&format!(
        r#"{{"ab-1080-fragmented.mp4":{{"1363-303084":"{}","303085-553084":"{}"}}}}"#,
        hex(1),
        hex(2)
    ));
    let url = "https://peertube.example/static/ab-1080-fragmented.mp4";
    assert_eq!(list.get(url, range(1_363, 303_085)), digest(1), "the last byte is inclusive in the list");
    assert_eq!(list.get(url, range(303_085, 553_085)), digest(2));
    assert_eq!(list.get(url, range(1_363, 303_084)), None);
    assert_eq!(list.get(url, None), None, "a part's digest is not the whole's");
    assert_eq!(list.get("https://peertube.example/static/other.mp4", range(1_363, 303_085)), None);
    assert_eq!(list.len(), 2);
}

#[test]
fn a_file_that_is_a_segment_has_one_digest() {
    let list = list(&format!(r#"{{"0-000017.ts":"{}","0-000018.ts":"{}"}}"#, hex(17), hex(18)));
    assert_eq!(list.get("https://peertube.example/live/0-000018.ts", None), digest(18));
    assert_eq!(list.get("0-000017.ts?token=a/b#c", None), digest(17), "the query is no part of the name");
    assert_eq!(list.get("https://peertube.example/live/0-000018.ts", range(0, 9)), None);
}

#[test]
fn both_shapes_may_stand_in_one_list_in_any_order() {
    let list = list(&format!(
        r#" {{ "z.mp4" : {{ "100-199" : "{}", "0-99" : "{}" }} , "a.ts" : "{}" }} "#,
        hex(1),
        hex(2).to_uppercase(),
        hex(3)
    ));
    assert_eq!(list.get("x/z.mp4", range(0, 100)), digest(2), "upper case is hexadecimal too");
    assert_eq!(list.get("x/z.mp4", range(100, 200)), digest(1));
    assert_eq!(list.get("x/a.ts", None), digest(3));
}

#[test]
fn a_name_is_found_as_written_or_percent_decoded() {
    let list =
        list(&format!(r#"{{"été 1.ts":"{}","50%25.ts":"{}","b\u00e9e.ts":"{}"}}"#, hex(1), hex(2), hex(3)));
    assert_eq!(list.get("https://o/%C3%A9t%C3%A9%201.ts", None), digest(1));
    assert_eq!(list.get("https://o/50%25.ts", None), digest(2));
    assert_eq!(list.get("https://o/bée.ts", None), digest(3));
    for nonsense in ["https://o/%", "https://o/%C3", "https://o/%zz.ts", "", "/", "%FF%FE"] {
        assert_eq!(list.get(nonsense, None), None, "{nonsense}");
    }
}

#[test]
fn parts_of_segments_have_keys_of_their_own() {
    let text = format!(
        r#"{{"7.mp4?parts":{{"0-9":"{}","10-19":"{}"}},"7.mp4":"{}","8.0.mp4?parts":"{}"}}"#,
        hex(1),
        hex(2),
        hex(3),
        hex(4)
    );
    let list = list(&text);
    assert_eq!(list.part("https://o/7.mp4?token=x", range(10, 20)), digest(2));
    assert_eq!(list.part("https://o/8.0.mp4", None), digest(4));
    assert_eq!(
        list.get("https://o/7.mp4", None),
        digest(3),
        "whoever knows nothing of parts finds the segment"
    );
    assert_eq!((list.get("https://o/8.0.mp4", None), list.part("https://o/7.mp4", None)), (None, None));
}

#[test]
fn files_of_one_name_in_several_folders_are_told_apart() {
    let list = list(&format!(
        r#"{{"1.ts":"{}","360/1.ts":"{}","a/360/1.ts":"{}","x/y/360/1.ts":"{}","v/x/y/360/1.ts":"{}","é/2.ts":"{}"}}"#,
        hex(1),
        hex(2),
        hex(3),
        hex(4),
        hex(5),
        hex(6)
    ));
    for (url, seed) in [
        ("1.ts", 1),
        ("https://o/1.ts", 1),
        ("https://o/240/1.ts", 1),
        ("https://o/360/1.ts?token=b/c", 2),
        ("360/1.ts", 2),
        ("https://mirror/deep/below/a/360/1.ts", 3),
        ("https://o/x/y/360/1.ts", 4),
        ("https://o/%C3%A9/2.ts", 6),
    ] {
        assert_eq!(list.get(url, None), digest(seed), "{url}");
    }
    assert_eq!(list.get("https://o/v/x/y/360/1.ts", None), digest(4), "no more than four components count");
    assert_eq!(list.get("https://o/2.ts", None), None, "a name alone is not the folder's");
    assert_eq!(list.get("/".repeat(100_000).as_str(), None), None);
}

#[test]
fn digests_of_pieces_stand_beside_those_of_segments_and_are_never_taken_for_them() {
    let list = list(&format!(
        r#"{{"a/1.ts":"{}","a/1.ts?pieces":"{}","v.mp4":{{"0-9":"{}"}},"v.mp4?pieces":{{"0-9":"{}"}}}}"#,
        hex(1),
        hex(2),
        hex(3),
        hex(4)
    ));
    assert_eq!(
        (list.get("https://o/a/1.ts?pieces", None), list.pieces("https://o/a/1.ts", None)),
        (digest(1), digest(2))
    );
    assert_eq!((list.get("v.mp4", range(0, 10)), list.pieces("v.mp4", range(0, 10))), (digest(3), digest(4)));
    assert_eq!((list.pieces("1.ts", None), list.pieces("v.mp4", None)), (None, None));
}

#[test]
fn entries_that_make_no_sense_are_passed_over() {
    let good = hex(1);
    let list = list(&format!(
        r#"{{"a.ts":"{good}","short.ts":"{}","long.ts":"{good}0","word.ts":"{}","n.ts":5,"f.ts":1.5,
            "m.ts":-1,"t.ts":true,"z.ts":null,"list.ts":["{good}",{{"0-1":"{good}"}}],
            "v.mp4":{{"0-9":"{good}","9":"{good}","5-4":"{good}","a-b":"{good}","-1-5":"{good}","0-":"{good}",
            "0-18446744073709551615":"{good}","10-19":7,"20-29":{{"0-9":"{good}"}},"30-30":"{good}"}}}}"#,
        &good[1..],
        "g".repeat(64),
    ));
    assert_eq!(list.len(), 3);
    assert_eq!(list.get("a.ts", None), digest(1));
    assert_eq!(list.get("v.mp4", range(0, 10)), digest(1));
    assert_eq!(list.get("v.mp4", range(30, 31)), digest(1));
    assert_eq!(list.get("list.ts", None), None);
}

#[test]
fn what_is_no_list_is_an_error() {
    for bytes in
        [&b""[..], b"<!DOCTYPE html>", b"[]", b"null", b"\"x\"", b"{", b"{\"a\":}", b"{}x", b"\xff\xfe"]
    {
        assert_eq!(DigestList::parse(bytes).err(), Some(NotAList::NotJson), "{bytes:?}");
    }
    assert!(list("{}").is_empty());
    assert_eq!(DigestList::parse(&vec![b' '; MAX_BYTES + 1]).err(), Some(NotAList::TooLong));
}

#[test]
fn nesting_without_end_is_refused_at_once() {
    for open in ["[", "{\"a\":", "{\"a\":["] {
        let bytes = ["{\"a\":", &open.repeat(1_000_000)].concat();
        assert_eq!(DigestList::parse(bytes.as_bytes()).err(), Some(NotAList::NotJson));
    }
}

#[test]
fn every_truncation_and_every_changed_byte_gives_an_answer() {
    let text =
        format!(r#"{{"v\u00e9.mp4":{{"0-9":"{}","10-19":"{}"}},"a.ts":"{}"}}"#, hex(1), hex(2), hex(3));
    for end in 0..text.len() {
        assert!(DigestList::parse(&text.as_bytes()[..end]).is_err());
    }
    for at in 0..text.len() {
        for byte in [b'"', b'{', b'}', b'[', b'\\', b',', b'-', b'0', 0x00, 0xff] {
            let mut changed = text.clone().into_bytes();
            changed[at] = byte;
            let _ = DigestList::parse(&changed);
        }
    }
}

#[test]
fn every_way_of_slicing_the_work_gives_one_answer() {
    let entries = |file: u64| {
        let ranges =
            (0..9).map(move |i| format!("\"{}-{}\":\"{}\"", i * 10, i * 10 + 9, hex((file * 9 + i) as u8)));
        ranges.collect::<Vec<_>>().join(", ")
    };
    let files = (0..7).map(|f| match f % 3 {
        0 => format!("\"{f},\\\"{{.mp4\" : {{ {} }}", entries(f)),
        1 => format!("\"{f}.ts\": \"{}\"", hex(f as u8)),
        _ => format!("\"{f}.odd\": [\"{}\", {{\"0-9\": 5}}, {{}}]", hex(f as u8)),
    });
    let text = format!("{{{}}}", files.collect::<Vec<_>>().join(" ,"));
    let whole = list(&text);
    assert_eq!(whole.len(), 3 * 9 + 2);
    for budget in 64..text.len() {
        let sliced =
            in_slices(&text, budget).unwrap_or_else(|e| panic!("slices of {budget} of {text}: {e:?}"));
        assert_eq!(sliced.len(), whole.len(), "slices of {budget}");
        for f in 0..7 {
            for part in [None, range(20, 30), range(80, 90)] {
                for name in [format!("{f}.ts"), format!("{f},\"{{.mp4")] {
                    assert_eq!(sliced.get(&name, part), whole.get(&name, part), "slices of {budget}");
                }
            }
        }
    }
    for end in 0..text.len() {
        assert_eq!(in_slices(&text[..end], 100).err(), Some(NotAList::NotJson), "cut at {end}");
    }
}

fn in_slices(text: &str, budget: usize) -> Result<DigestList, NotAList> {
    let mut reading = Reading::new(text.as_bytes().to_vec())?;
    loop {
        if let Some(result) = reading.step(budget) {
            return result;
        }
    }
}

#[test]
fn a_long_film_and_a_hostile_origin_are_both_read_in_linear_time() {
    let entries = |count: u64| {
        // From the last to the first: no order may be counted on.
        let ranges: Vec<_> =
            (0..count).rev().map(|i| format!("\"{}-{}\":\"{}\"", i * 10, i * 10 + 9, hex(i as u8))).collect();
        format!("{{\"film.mp4\":{{{}}}}}", ranges.join(","))
    };
    let film = list(&entries(10_000));
    assert_eq!(film.len(), 10_000);
    for i in 0..10_000 {
        assert_eq!(film.get("film.mp4", range(i * 10, i * 10 + 10)), digest(i as u8));
    }
    let hostile = entries(180_000);
    assert!(hostile.len() < MAX_BYTES);
    assert_eq!(list(&hostile).len(), 180_000);
    let many_files: Vec<_> = (0..180_000).map(|i| format!("\"{i}\":\"{}\"", hex(i as u8))).collect();
    let many_files = list(&format!("{{{}}}", many_files.join(",")));
    assert_eq!(many_files.len(), 180_000);
    assert_eq!(many_files.get("65535", None), digest(255));
}

fn list(text: &str) -> DigestList {
    DigestList::parse(text.as_bytes()).unwrap()
}

fn hex(seed: u8) -> String {
    format!("{seed:02x}").repeat(32)
}

fn digest(seed: u8) -> Option<Digest> {
    Some(Digest([seed; 32]))
}

fn range(start: u64, end: u64) -> Option<ByteRange> {
    Some(ByteRange { start, end })
}
