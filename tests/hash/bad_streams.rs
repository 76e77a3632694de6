//! Streams that cannot be digested: what is wrong is named, the code is 1, and nothing is half written.

use crate::stage::{Answer, Folder, SIDECAR, answer, bytes, hash, said, serve};
use std::fs;
use std::path::PathBuf;

/// What was written before something went wrong.
const BEFORE: &str = "{}\n";

const HEAD: &str = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-PLAYLIST-TYPE:VOD\n";

#[test]
fn a_folder_without_a_playlist_is_named() {
    let folder = Folder::new("bare");
    folder.put("1.ts", "x");
    refused(&folder, "there is no playlist");
    let gone = folder.0.join("gone");
    assert_eq!(said(&hash(&[], gone.to_str().unwrap())).0, Some(1));
}

#[test]
fn what_is_wrong_with_a_playlist_or_its_files_is_said_and_nothing_is_written() {
    for (what, text, named) in [
        ("html", "<!doctype html>".to_owned(), "HTML"),
        ("empty", String::new(), "an empty document"),
        ("no-segments", HEAD.to_owned(), "lists nothing"),
        ("missing", list("1.ts\n#EXTINF:4,\n2.ts"), "2.ts"),
        ("zero", list("1.ts\n#EXTINF:4,\nzero.ts"), "zero.ts: is empty"),
        ("short", list("1.ts\n#EXTINF:4,\n#EXT-X-BYTERANGE:9@0\n1.ts"), "1.ts: ends before bytes 0 to 8"),
        ("beyond", list("1.ts\n#EXTINF:4,\n#EXT-X-BYTERANGE:9@18446744073709551000\n1.ts"), "1.ts"),
        ("climbs", list("../secret"), "outside of the stream's folder"),
        ("climbs-encoded", list("..%2fsecret"), "outside of the stream's folder"),
        ("absolute", list("file:///etc/passwd"), "outside of the stream's folder"),
        ("folder", list("sub/"), "names a folder"),
        ("scheme", list("data:,x"), ""),
        ("no-variant", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ngone.m3u8\n".to_owned(), "gone.m3u8"),
        ("nested", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nindex.m3u8\n".to_owned(), "lists variants"),
    ] {
        let folder = Folder::new(&format!("bad-{what}"));
        folder.put("index.m3u8", text);
        folder.put("1.ts", "x");
        folder.put("zero.ts", "");
        refused(&folder, named);
    }
}

#[test]
fn a_file_that_changes_while_the_stream_is_read_is_noticed() {
    let folder = Folder::new("changes");
    let path = folder.0.join("1.ts");
    // The second segment lies on a server, and while it is fetched the first is written again.
    let rewritten = path.clone();
    let server = serve(move |_, _| {
        fs::write(&rewritten, "another one").expect("it can be written");
        answer(200, "2")
    });
    folder.put("index.m3u8", list(&format!("1.ts\n#EXTINF:4,\n{server}2.ts")));
    folder.put("1.ts", "one");
    refused(&folder, "1.ts: changed while it was read");
    let (code, said) = said(&folder.hash(&[]));
    assert_eq!(code, Some(1), "it changes again and again: {said}");
}

#[test]
fn two_segments_that_a_player_could_not_tell_apart_are_an_error_and_two_alike_are_none() {
    let folder = Folder::new("alike");
    let server = serve(|path, _| answer(200, if path.contains("y/") { "other" } else { "same" }));
    let text = |b: &str| list(&format!("{server}x/a/1.ts?n=1\n#EXTINF:4,\n{server}{b}"));
    for other in ["y/a/1.ts", "x/a/1.ts?n=2&y/"] {
        folder.put("index.m3u8", text(other));
        refused(&folder, "players find as \"a/1.ts\" too");
    }
    folder.put("index.m3u8", text("z/a/1.ts"));
    assert_eq!(said(&folder.hash(&[])).0, Some(0));
    assert_eq!(folder.list().len(), 1);
}

#[test]
fn a_server_that_fails_is_named_without_what_is_secret_in_its_address() {
    let body = || bytes(1, 1_000);
    let coded = move || Answer { headers: "Content-Encoding: br\r\n".into(), ..answer(200, body()) };
    let server = serve(move |path, range| match path.split('?').next().unwrap_or_default() {
        "/gone.m3u8" => answer(404, ""),
        "/down.m3u8" => answer(503, "later"),
        "/broken.m3u8" => Answer { announced: Some(5_000), ..answer(200, list("1.ts")) },
        "/coded.m3u8" => answer(200, list("coded.ts")),
        "/coded.ts" => coded(),
        "/ranges.m3u8" => answer(200, list("#EXT-X-BYTERANGE:9@9\nwhole.ts")),
        "/cut.m3u8" => answer(200, list("#EXT-X-BYTERANGE:900@9\ncut.ts")),
        "/cut.ts" => answer(206, &body()[..range.map_or(0, |_| 500)]),
        "/long.m3u8" => answer(200, list("#EXT-X-BYTERANGE:9@9\nlong.ts")),
        "/long.ts" => answer(206, body()),
        "/files.m3u8" => answer(200, list("file:///etc/passwd")),
        "/missing.m3u8" => answer(200, list("gone.ts")),
        "/gone.ts" => answer(404, ""),
        _ => answer(200, body()),
    });
    let folder = Folder::new("servers");
    let output = folder.0.join("x.json");
    for (name, expected) in [
        ("gone", "gone.m3u8: the server answered 404"),
        ("down", "down.m3u8: the server answered 503"),
        ("broken", "broken.m3u8"),
        ("coded", "coded.ts: the server sends it encoded"),
        ("ranges", "whole.ts: the server answers requests for a range with the whole"),
        ("cut", "cut.ts: ends before bytes 9 to 908"),
        ("long", "long.ts: is longer than"),
        ("files", "is not read"),
        ("missing", "gone.ts: the server answered 404"),
    ] {
        let url = format!("{server}{name}.m3u8?token=secret");
        let (code, said) = said(&hash(&["-o", output.to_str().unwrap()], &url));
        assert_eq!(code, Some(1), "{name}: {said}");
        assert!(said.contains(expected) && !said.contains("secret"), "{name}: {said}");
        assert_eq!(folder.names(), [""; 0], "{name}");
    }
    let (code, _) = said(&hash(&[], "http://127.0.0.1:1/x.m3u8"));
    assert_eq!(code, Some(1), "nobody is there");
    assert_eq!(said(&hash(&[], "ftp://o.example/x.m3u8")).0, Some(1));
}

#[test]
fn a_place_that_cannot_be_written_to_is_named() {
    let folder = Folder::new("readonly");
    folder.put("index.m3u8", list("1.ts"));
    folder.put("1.ts", "x");
    let nowhere: PathBuf = folder.0.join("gone/x.json");
    let (code, text) = said(&folder.hash(&["-o", nowhere.to_str().unwrap()]));
    assert!(code == Some(1) && text.contains("gone/x.json"), "{text}");
    // A folder stands where the file should be: what was begun beside it is gone again.
    fs::create_dir_all(folder.0.join(SIDECAR).join("full")).unwrap();
    assert_eq!(said(&folder.hash(&[])).0, Some(1));
    assert_eq!(folder.names(), ["1.ts", "index.m3u8", SIDECAR]);
}

#[test]
fn a_command_line_that_makes_no_sense_shows_how_it_is_meant() {
    let (code, text) = said(&hash(&["--what"], "x"));
    assert!(code == Some(2) && text.starts_with("usage: sprat-hash"), "{text}");
}

/// One segment of 4 s, of which the rest is given.
fn list(rest: &str) -> String {
    format!("{HEAD}#EXTINF:4,\n{rest}\n#EXT-X-ENDLIST\n")
}

/// Nothing is written, nothing that was there is touched, nothing is left over, and it is said why.
fn refused(folder: &Folder, named: &str) {
    folder.put(SIDECAR, BEFORE);
    let names = folder.names();
    let (code, text) = said(&folder.hash(&[]));
    assert_eq!(code, Some(1), "{named}: {text}");
    assert!(text.contains(named) && text.ends_with("Nothing was written.\n"), "{named}: {text}");
    assert_eq!(folder.get(SIDECAR), BEFORE.as_bytes());
    assert_eq!(folder.names(), names);
    fs::remove_file(folder.0.join(SIDECAR)).expect("it is there");
}
