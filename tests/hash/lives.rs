//! Lives: what grows is followed, what is past is dropped, and whoever reads the file meanwhile reads a whole one.

use crate::stage::{Folder, SIDECAR, answer, bytes, follow, said, serve_folder, sha256};
use sprat::engine::digests::DigestList;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const WINDOW: u64 = 3;
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
