//! Streams that are complete: what is written of them, and how much.

use crate::stage::{Chance, Folder, SIDECAR, bytes, hash, of_pieces, range, said, serve_folder, sha256};
use std::collections::BTreeMap;
use std::fs;

const MASTER: &str = "#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"A\",URI=\"sound/index.m3u8\"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"s\",NAME=\"S\",URI=\"text/index.m3u8\"
#EXT-X-STREAM-INF:BANDWIDTH=2,AUDIO=\"a\",SUBTITLES=\"s\"
high/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\",SUBTITLES=\"s\"
low/index.m3u8
";
const HEAD: &str = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n";

/// What one playlist lists: file, range, bytes, whether it is long.
type Listed = Vec<(String, Option<(u64, u64)>, Vec<u8>, bool)>;

/// A stream of two variants, audio and subtitles, in a layout that `seed` decides.
fn film(folder: &Folder, seed: u64) -> Listed {
    let mut chance = Chance(seed);
    let mut listed = Listed::new();
    folder.put("master.m3u8", MASTER);
    for (rendition, number) in ["high", "low", "sound", "text"].into_iter().zip(1..) {
        let mut text = HEAD.to_owned();
        let put = |name: String, bytes: &[u8]| folder.put(&format!("{rendition}/{name}"), bytes);
        if chance.below(2) == 0 {
            text += "#EXT-X-KEY:METHOD=AES-128,URI=\"key.bin\",IV=0x1\n";
        }
        let segments = 1 + chance.below(5) as usize;
        let lengths = (0..segments).map(|_| 1 + chance.below(300_000) as usize).collect::<Vec<_>>();
        let long = chance.below(3) > 0;
        let duration = if long { "4.004" } else { "2" };
        if chance.below(2) == 0 {
            // One file; the segments lie one after the other behind the initialisation section.
            let all = bytes(seed * 10 + number, 700 + lengths.iter().sum::<usize>());
            put("all.mp4".into(), &all);
            text += "#EXT-X-MAP:URI=\"all.mp4\",BYTERANGE=\"700@0\"\n";
            let name = format!("{rendition}/all.mp4");
            listed.push((name.clone(), Some((0, 700)), all[..700].to_vec(), false));
            let mut at = 700;
            for length in lengths {
                text += &format!("#EXTINF:{duration},\n#EXT-X-BYTERANGE:{length}@{at}\nall.mp4\n");
                let place = Some((at as u64, (at + length) as u64));
                listed.push((name.clone(), place, all[at..at + length].to_vec(), long));
                at += length;
            }
        } else {
            // The same names in every folder.
            for (i, length) in lengths.into_iter().enumerate() {
                let segment = bytes(seed * 10 + number + 1_000 * i as u64, length);
                put(format!("{i} ü.ts"), &segment);
                text += &format!("#EXTINF:{duration},\n{i} ü.ts?token=a/b\n");
                listed.push((format!("{rendition}/{i}%20%C3%BC.ts"), None, segment, long));
            }
        }
        put("index.m3u8".into(), (text + "#EXT-X-ENDLIST\n").as_bytes());
    }
    listed
}

#[test]
fn whatever_is_listed_reads_back_in_the_engine_as_sha2_says() {
    for seed in 1..=24 {
        let folder = Folder::new(&format!("film-{seed}"));
        let listed = film(&folder, seed);
        assert_eq!(said(&folder.hash(&[])).0, Some(0), "seed {seed}: {:?}", said(&folder.hash(&[])));
        let list = folder.list();
        let mut expected = 0;
        for (name, place, bytes, long) in listed {
            let range = place.and_then(|(start, end)| range(start, end));
            // Wherever the stream is put, and with whatever query.
            for at in ["https://cdn.example/deep/below/", "https://o.example/"] {
                let url = format!("{at}{name}?token=a/b");
                assert_eq!(list.get(&url, range), Some(sha256(&bytes)), "seed {seed}: {url} {place:?}");
                let pieces = (long && bytes.len() > 64 << 10).then(|| of_pieces(&bytes));
                assert_eq!(list.pieces(&url, range), pieces, "seed {seed}: {url} {place:?}");
                expected += usize::from(at.contains("cdn")) * (1 + usize::from(pieces.is_some()));
            }
        }
        assert_eq!(list.len(), expected, "seed {seed}: nothing besides");
    }
}

#[test]
fn a_server_and_its_folder_give_the_same_bytes_twice() {
    let (folder, elsewhere) = (Folder::new("same"), Folder::new("same-copy"));
    film(&folder, 7);
    assert_eq!(said(&folder.hash(&[])).0, Some(0));
    let first = folder.get(SIDECAR);
    assert_eq!(said(&folder.hash(&[])).0, Some(0));
    assert_eq!(folder.get(SIDECAR), first);
    let copy = elsewhere.0.join("x.json");
    let url = format!("{}master.m3u8?session=1", serve_folder(&folder));
    let output = hash(&["--output", copy.to_str().unwrap()], &url);
    assert_eq!(said(&output).0, Some(0), "{:?}", said(&output));
    assert_eq!(fs::read(copy).unwrap(), first);
    let printed = hash(&["-o", "-"], folder.0.join("master.m3u8").to_str().unwrap());
    assert_eq!(printed.stdout, first);
    // And a reader of JSON that is not ours finds no key twice.
    let read: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&first).unwrap();
    assert_eq!(
        read.len(),
        first.split(|b| *b == b'\n').filter(|line| line.contains(&b'.') && line.contains(&b':')).count()
    );
}

#[test]
fn the_sample_clip_has_the_digests_that_are_beside_it() {
    let clip = concat!(env!("CARGO_MANIFEST_DIR"), "/www/media/vod");
    let output = hash(&["--output", "-"], clip);
    assert_eq!(said(&output).0, Some(0), "{:?}", said(&output));
    type Files = BTreeMap<String, BTreeMap<String, String>>;
    let written: Files = serde_json::from_slice(&output.stdout).unwrap();
    let before: Files = serde_json::from_slice(&fs::read([clip, "/", SIDECAR].concat()).unwrap()).unwrap();
    assert!(!before.is_empty());
    for (file, ranges) in before {
        for (range, digest) in ranges {
            assert_eq!(written[&file].get(&range), Some(&digest), "{file} {range}");
        }
    }
}

#[test]
fn the_format_is_what_its_document_says() {
    let folder = Folder::new("vector");
    folder.put("index.m3u8", format!("{HEAD}#EXTINF:4,\na.ts\n#EXTINF:4,\n#EXT-X-BYTERANGE:4@0\nb.ts\n#EXTINF:2,\n#EXT-X-BYTERANGE:2\nb.ts\n"));
    folder.put("a.ts", vec![0x61; 65_537]);
    folder.put("b.ts", "sprat!");
    assert_eq!(said(&folder.hash(&[])).0, Some(0));
    let document = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/digests.md")).unwrap();
    let vector = document.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(String::from_utf8(folder.get(SIDECAR)).unwrap(), vector);
}

#[test]
fn two_hours_of_a_rendition_come_to_400_kb_at_most() {
    let lengths = [("4 s", 4, 1_800), ("6 s", 6, 1_200), ("2 s", 2, 3_600)];
    for (what, seconds, count) in lengths {
        for in_one_file in [true, false] {
            let folder = Folder::new(&format!("two-hours-{seconds}-{in_one_file}"));
            // Ranges as long as those of 2 GB: the file begins with a hole.
            let from = 2_000_000_000_u64;
            let mut text = HEAD.to_owned();
            if in_one_file {
                let file = fs::File::create(folder.0.join("1080-fragmented.mp4")).unwrap();
                file.set_len(from + count * 70_000).unwrap();
            } else {
                folder.put("segment.bin", bytes(1, 70_000));
            }
            for i in 0..count {
                if in_one_file {
                    let at = from + i * 70_000;
                    text +=
                        &format!("#EXTINF:{seconds},\n#EXT-X-BYTERANGE:70000@{at}\n1080-fragmented.mp4\n");
                } else {
                    let name = format!("segment-{i:06}.m4s");
                    fs::hard_link(folder.0.join("segment.bin"), folder.0.join(&name)).unwrap();
                    text += &format!("#EXTINF:{seconds},\n{name}\n");
                }
            }
            folder.put("index.m3u8", text + "#EXT-X-ENDLIST\n");
            assert_eq!(said(&folder.hash(&[])).0, Some(0));
            let (size, digests) = (folder.get(SIDECAR).len(), folder.list().len());
            println!(
                "2 h of {what}, {}: {size} bytes, {digests} digests",
                if in_one_file { "ranges" } else { "files" }
            );
            assert!(size <= 400_000, "{size}");
            assert_eq!(digests as u64, if seconds >= 4 { 2 * count } else { count });
        }
    }
}
