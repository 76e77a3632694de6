//! Lives: what grows is followed, what is past is dropped, and whoever reads the file meanwhile reads a whole one.

use crate::stage::{Folder, SIDECAR, answer, bytes, follow, range, said, serve_folder, sha256};
use sprat::engine::digests::DigestList;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const WINDOW: u64 = 3;
/// Of a segment.
const PARTS: u64 = 4;
/// What anything here may take; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_folder_that_grows_is_followed_to_its_end() {
    let folder = Folder::new("grows");
    broadcast(&folder, 0, 1, false);
    let following = follow(&[], folder.0.to_str().unwrap());
    let path = folder.0.join(SIDECAR);
    let reader = Reader::of(&path);
    let mut seen = BTreeMap::new();
    for newest in 1..=12 {
        broadcast(&folder, 0, newest, false);
        let text = wait_for(&path, newest - 1);
        let read: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
        for (name, digest) in read {
            let before = seen.insert(name.clone(), digest.clone());
            assert!(before.is_none_or(|before| before == digest), "{name} changed");
        }
        let list = folder.list();
        assert!(list.len() as u64 <= 2 * WINDOW, "{} digests at segment {newest}", list.len());
        for n in newest.saturating_sub(WINDOW)..newest {
            assert_eq!(list.get(&format!("https://o/{n}.ts"), None), Some(sha256(&segment(0, n))), "{n}");
        }
    }
    broadcast(&folder, 0, 12, true);
    let (code, said) = following.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("ended"), "{said}");
    let reads = reader.end();
    println!("{reads} reads of the file, each of them whole");
    assert!(reads > 10, "{reads}");
    assert_eq!(folder.names(), {
        let mut names: Vec<_> = (0..12).map(|n| format!("{n}.ts")).collect();
        names.extend(["index.m3u8".to_owned(), SIDECAR.to_owned()]);
        names.sort();
        names
    });
}

#[test]
fn a_live_on_a_server_is_followed_through_what_goes_wrong_there() {
    let (folder, here) = (Folder::new("served"), Folder::new("served-here"));
    broadcast(&folder, 0, 2, false);
    let server = serve_folder(&folder);
    let path = here.0.join("x.json");
    let following = follow(&["--output", path.to_str().unwrap()], &format!("{server}index.m3u8"));
    wait_for(&path, 1);
    // A segment that is listed before it is there, and a playlist that is gone for a while.
    fs::remove_file(folder.0.join("index.m3u8")).unwrap();
    thread::sleep(Duration::from_millis(1_500));
    broadcast(&folder, 0, 4, false);
    fs::remove_file(folder.0.join("3.ts")).unwrap();
    wait_for(&path, 2);
    thread::sleep(Duration::from_millis(800));
    folder.put("3.ts", segment(0, 3));
    wait_for(&path, 3);
    broadcast(&folder, 0, 4, true);
    let (code, said) = following.end();
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(said.matches("index.m3u8: the server answered 404; tried again").count(), 1, "{said}");
}

#[test]
fn a_live_that_begins_again_under_its_old_names_has_the_new_digests() {
    let folder = Folder::new("again");
    broadcast(&folder, 0, 5, false);
    let following = follow(&[], folder.0.to_str().unwrap());
    let path = folder.0.join(SIDECAR);
    wait_for(&path, 4);
    fs::remove_file(folder.0.join("2.ts")).unwrap();
    broadcast(&folder, 1, 3, false);
    until(|| {
        let list = folder.list();
        (0..3).all(|n| list.get(&format!("{n}.ts"), None) == Some(sha256(&segment(1, n))))
    });
    assert_eq!(folder.list().get("4.ts", None), None);
    broadcast(&folder, 1, 3, true);
    assert_eq!(following.end().0, Some(0));
}

#[test]
fn a_live_that_ends_with_a_segment_missing_says_so() {
    let folder = Folder::new("ends-short");
    broadcast(&folder, 0, 3, true);
    fs::remove_file(folder.0.join("1.ts")).unwrap();
    let (code, said) = follow(&[], folder.0.to_str().unwrap()).end();
    assert_eq!(code, Some(1));
    assert!(said.contains("1.ts") && said.contains("What was written before stays"), "{said}");
    assert_eq!(folder.list().len(), 2, "the others are there");
}

#[test]
fn a_live_that_is_not_there_is_not_waited_for() {
    let server = crate::stage::serve(|_, _| answer(404, ""));
    let folder = Folder::new("nowhere");
    let output = folder.0.join("x.json");
    let (code, said) =
        follow(&["-o", output.to_str().unwrap()], &format!("{server}live.m3u8?token=secret")).end();
    assert_eq!(code, Some(1));
    assert!(said.contains("live.m3u8: the server answered 404") && !said.contains("secret"), "{said}");
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn a_live_that_is_read_once_has_its_window() {
    let folder = Folder::new("once");
    broadcast(&folder, 0, 9, false);
    assert_eq!(said(&folder.hash(&[])).0, Some(0));
    assert_eq!(folder.list().len() as u64, WINDOW);
}

#[test]
fn the_parts_of_a_low_latency_live_are_listed_while_they_are_at_its_edge() {
    for ranges in [false, true] {
        let folder = Folder::new(if ranges { "parts-in-a-file" } else { "parts" });
        broadcast_parts(&folder, 1, ranges, false);
        let following = follow(&[], folder.0.to_str().unwrap());
        let place = |part: u64| {
            let (n, i) = (part / PARTS, part % PARTS);
            let end = |i| i * 30_000;
            if ranges {
                (format!("{n}.mp4"), range(end(i), end(i + 1)))
            } else {
                (format!("{n}.{i}.mp4"), None)
            }
        };
        for parts in 2..=4 * PARTS + 1 {
            broadcast_parts(&folder, parts, ranges, false);
            let (name, range) = place(parts - 1);
            let expected = Some(sha256(&part(parts - 1)));
            until(|| {
                let read = fs::read(folder.0.join(SIDECAR)).unwrap_or_default();
                DigestList::parse(&read).is_ok_and(|list| list.part(&name, range) == expected)
            });
        }
        let list = folder.list();
        assert_eq!(list.get("3.mp4", None), Some(sha256(&whole(3))), "a segment, once it is listed");
        assert_eq!(list.pieces("3.mp4", None), None);
        for (name, range) in [place(0), place(PARTS - 1)] {
            assert_eq!(list.part(&name, range), None, "what has left the edge is in segments");
        }
        assert!(list.len() as u64 <= 2 * WINDOW + 3 * PARTS, "{} digests", list.len());
        broadcast_parts(&folder, 5 * PARTS, ranges, true);
        assert_eq!(following.end().0, Some(0));
        let list = folder.list();
        assert_eq!(list.get("4.mp4", None), Some(sha256(&whole(4))));
        assert_eq!(list.part(&place(5 * PARTS - 1).0, place(5 * PARTS - 1).1), None, "nobody is at its edge");
    }
}

/// So many parts so far, of which those of the last two segments and of the open one are listed.
fn broadcast_parts(folder: &Folder, parts: u64, ranges: bool, ended: bool) {
    let open = parts / PARTS;
    let first = (open + 1).saturating_sub(WINDOW);
    let mut text = format!(
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-PART-INF:PART-TARGET=0.25\n#EXT-X-MEDIA-SEQUENCE:{first}\n"
    );
    for n in first..=open {
        for i in 0..PARTS.min(parts - n * PARTS) {
            if ranges {
                let file: Vec<u8> = (0..=i).flat_map(|i| part(n * PARTS + i)).collect();
                let there = fs::metadata(folder.0.join(format!("{n}.mp4"))).map_or(0, |m| m.len());
                if there < file.len() as u64 {
                    folder.put(&format!("{n}.mp4"), file);
                }
                text += &format!(
                    "#EXT-X-PART:DURATION=0.25,URI=\"{n}.mp4\",BYTERANGE=\"30000@{}\"\n",
                    i * 30_000
                );
            } else {
                let name = format!("{n}.{i}.mp4");
                if !folder.0.join(&name).exists() {
                    folder.put(&name, part(n * PARTS + i));
                }
                text += &format!("#EXT-X-PART:DURATION=0.25,URI=\"{name}\"\n");
            }
        }
        if n < open {
            if !ranges && !folder.0.join(format!("{n}.mp4")).exists() {
                folder.put(&format!("{n}.mp4"), whole(n));
            }
            text += &format!("#EXTINF:1,\n{n}.mp4\n");
        }
    }
    folder.put("index.m3u8", text + if ended { "#EXT-X-ENDLIST\n" } else { "" });
}

fn part(part: u64) -> Vec<u8> {
    bytes(9_000 + part, 30_000)
}

fn whole(n: u64) -> Vec<u8> {
    (n * PARTS..(n + 1) * PARTS).flat_map(part).collect()
}

/// The `newest` segments so far, of which the playlist lists a window. They are there before it lists them.
fn broadcast(folder: &Folder, seed: u64, newest: u64, ended: bool) {
    let first = newest.saturating_sub(WINDOW);
    let mut text = format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{first}\n");
    for n in first..newest {
        let name = format!("{n}.ts");
        if !folder.0.join(&name).exists() {
            folder.put(&name, segment(seed, n));
        }
        text += &format!("#EXTINF:1,\n{name}\n");
    }
    folder.put("index.m3u8", text + if ended { "#EXT-X-ENDLIST\n" } else { "" });
}

fn segment(seed: u64, n: u64) -> Vec<u8> {
    bytes(1_000 * seed + n, 100_000)
}

/// Waits until segment `n` is in the file, and says what is there.
fn wait_for(path: &Path, n: u64) -> String {
    let mut text = String::new();
    until(|| {
        text = fs::read_to_string(path).unwrap_or_default();
        text.contains(&format!("\n\"{n}.ts\":"))
    });
    text
}

fn until(mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited in vain");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Reads the file all the time, as viewers do.
struct Reader {
    over: Arc<AtomicBool>,
    thread: thread::JoinHandle<u32>,
}

impl Reader {
    fn of(path: &Path) -> Self {
        let (over, path) = (Arc::new(AtomicBool::new(false)), path.to_owned());
        let told = Arc::clone(&over);
        let thread = thread::spawn(move || {
            let mut reads = 0;
            while !told.load(Ordering::Relaxed) {
                if let Ok(read) = fs::read(&path) {
                    assert!(DigestList::parse(&read).is_ok_and(|list| !list.is_empty()), "{read:?}");
                    reads += 1;
                }
                thread::sleep(Duration::from_millis(2));
            }
            reads
        });
        Self { over, thread }
    }

    fn end(self) -> u32 {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().expect("every read was whole")
    }
}
