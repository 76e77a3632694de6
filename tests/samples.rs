//! Every transport stream under a folder, sample for sample beside an independent demuxer: times, sizes, and where
//! decoding may begin. `cargo xtask corpus DIR --samples` runs it; it needs `ffmpeg` and `ffprobe`, and so nobody runs
//! it in passing.
//!
//! The segments of a discontinuity are remuxed one after the other, as a player does, and the other demuxer gets them
//! as one file. What it says of sizes it says of MP4 that it wrote itself: without delimiters and parameter sets.
#![expect(clippy::unwrap_used, reason = "a tool may fail its user with a backtrace")]

use sprat::engine::decrypt::{Aes128, iv_of};
use sprat::engine::playlist::{Media, Method, Playlist, Segment, parse};
use sprat::engine::time::MediaTime;
use sprat::engine::transmux::{Container, RandomAccess, RemuxOptions, Remuxer, TrackKind, sniff};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Addresses of what lies under the folder.
const BASE: &str = "file:///";
const WRAP: i64 = 1 << 33;
/// Differences shown of one track.
const SHOWN: usize = 3;

/// Why most are left out.
const NO_STREAM: &str = "it is no transport stream";

/// A sample as either side sees it: presented and decoded when, in 90 kHz ticks of 33 bits; bytes; random access.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Sample {
    pts: i64,
    dts: i64,
    size: i64,
    access: bool,
}

/// Samples that are equal, of how many; what differs.
#[derive(Default)]
struct Score {
    equal: usize,
    total: usize,
    differences: Vec<String>,
}

#[test]
#[ignore = "needs a folder of streams, ffmpeg and ffprobe: cargo xtask corpus DIR --samples"]
fn every_sample_of_a_corpus_is_what_an_independent_demuxer_says() {
    let root = PathBuf::from(std::env::var("SPRAT_STREAMS").unwrap());
    let (mut equal, mut total, mut streams, mut same) = (0, 0, 0, 0);
    for file in playlists(&root) {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let Ok(Playlist::Media(media)) = parse(&fs::read(&file).unwrap(), &base(&file), resolve) else {
            continue;
        };
        match compare(&media) {
            Err(NO_STREAM) => {}
            Err(why) => println!("{name}: left out: {why}"),
            Ok(score) => {
                println!("{name}: {} of {} samples equal", score.equal, score.total);
                score.differences.iter().for_each(|difference| println!("    {difference}"));
                streams += 1;
                same += usize::from(score.equal == score.total);
                (equal, total) = (equal + score.equal, total + score.total);
            }
        }
    }
    println!("{equal} of {total} samples are equal, and all of {same} of {streams} streams");
    assert!(total > 0, "there is no transport stream under {}", root.display());
    assert_eq!(equal, total);
}

/// The runs of one discontinuity each, compared and summed up.
fn compare(media: &Media) -> Result<Score, &'static str> {
    let mut score = Score::default();
    for run in media.segments.chunk_by(|a, b| a.discontinuity == b.discontinuity) {
        let mut remuxer =
            Remuxer::new(RemuxOptions { decodes: |_| true, without_audio: false, aac_sbr: None });
        let (mut stream, mut ours) = (Vec::new(), [Vec::new(), Vec::new()]);
        let mut whole = false;
        for segment in run {
            let number =
                media.first_listed() + media.segments.iter().position(|s| s == segment).unwrap() as u64;
            let Some(bytes) = clear(segment, number)? else {
                // A hole: both sides would have to be told.
                whole = false;
                continue;
            };
            if sniff(&bytes) != Some(Container::Ts) {
                return Err(NO_STREAM);
            }
            remuxer.begin(None, whole, None);
            whole = true;
            remuxer.push(&bytes);
            let fragment = remuxer.finish().map_err(|_| "a segment is refused")?;
            for run in &fragment.runs {
                let ticks = |units: i64| units * MediaTime::RATE / i64::from(run.timescale);
                ours[usize::from(run.kind == TrackKind::Audio)].extend(run.samples.iter().map(|s| Sample {
                    pts: ticks(s.dts + i64::from(s.cts)),
                    dts: ticks(s.dts),
                    size: i64::from(s.size),
                    access: s.access != RandomAccess::No,
                }));
            }
            stream.extend(bytes);
        }
        if stream.is_empty() {
            continue;
        }
        for (theirs, (ours, letter)) in demuxed(&stream).iter().zip(ours.iter().zip(["v", "a"])) {
            judge(letter, ours, theirs, &mut score);
        }
    }
    Ok(score)
}

/// Lines up both lists by decoding time; whatever has no partner is a difference too.
fn judge(letter: &str, ours: &[Sample], theirs: &[Sample], score: &mut Score) {
    let slack = if letter == "a" { 2 } else { 0 };
    let near = |a: i64, b: i64| {
        let off = (a - b).rem_euclid(WRAP);
        off <= slack || WRAP - off <= slack
    };
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < ours.len() || j < theirs.len() {
        score.total += 1;
        let at = format!("{letter} {i}/{j}");
        match (ours.get(i), theirs.get(j)) {
            (Some(a), Some(b)) if near(a.dts, b.dts) => {
                let equal = near(a.pts, b.pts) && (a.size, a.access) == (b.size, b.access);
                score.equal += usize::from(equal);
                if !equal {
                    found.push(format!("{at}: {a:?}, not {b:?}"));
                }
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), other) if other.is_none_or(|b| (a.dts - b.dts).rem_euclid(WRAP) > WRAP / 2) => {
                found.push(format!("{at}: {a:?} is ours only"));
                i += 1;
            }
            (_, b) => {
                found.push(format!("{at}: {b:?} is theirs only"));
                j += 1;
            }
        }
    }
    let more = found.len().saturating_sub(SHOWN);
    score.differences.extend(found.into_iter().take(SHOWN));
    if more > 0 {
        score.differences.push(format!("{letter}: and {more} more"));
    }
}

/// What the other demuxer says: the first video stream, and the first audio stream.
fn demuxed(stream: &[u8]) -> [Vec<Sample>; 2] {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples");
    fs::create_dir_all(&folder).unwrap();
    let (ts, mp4) = (folder.join("stream.ts"), folder.join("stream.mp4"));
    fs::write(&ts, stream).unwrap();
    let codec = said(&ts, "v", "stream=codec_name");
    let filter: &[&str] = match codec.first().and_then(|line| line.first()).map(String::as_str) {
        Some("h264") => &["-bsf:v", "filter_units=remove_types=7-9"],
        Some("hevc") => &["-bsf:v", "filter_units=remove_types=32-35", "-tag:v", "hvc1"],
        _ => &[],
    };
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-y", "-copyts", "-i"]).arg(&ts);
    command
        .args(["-map", "0:v:0?", "-map", "0:a:0?", "-c", "copy"])
        .args(filter)
        .args(["-f", "mp4"])
        .arg(&mp4);
    assert!(command.status().unwrap().success(), "{command:?}");
    ["v", "a"].map(|letter| {
        let times = said(&ts, letter, "packet=pts,dts,flags");
        let sizes = said(&mp4, letter, "packet=size");
        let sample = |(time, size): (&Vec<String>, &Vec<String>)| {
            let [pts, dts] = [0, 1].map(|at| time[at].parse().ok());
            let (pts, dts) = (pts.or(dts)?, dts.or(pts)?);
            Some(Sample { pts, dts, size: size[0].parse().ok()?, access: time[2].starts_with('K') })
        };
        times.iter().zip(&sizes).filter_map(sample).collect()
    })
}

/// Lines of fields.
fn said(file: &Path, letter: &str, entries: &str) -> Vec<Vec<String>> {
    let mut command = Command::new("ffprobe");
    let stream = format!("{letter}:0");
    command.args(["-v", "error", "-select_streams", &stream, "-show_entries", entries, "-of", "csv=p=0"]);
    let text = String::from_utf8(command.arg(file).output().unwrap().stdout).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The bytes of a segment, opened; none where there are none.
fn clear(segment: &Segment, number: u64) -> Result<Option<Vec<u8>>, &'static str> {
    let Some(bytes) = file(&segment.url).filter(|_| !segment.gap) else { return Ok(None) };
    let bytes = match segment.range {
        Some(range) => bytes[range.start as usize..bytes.len().min(range.end as usize)].to_vec(),
        None => bytes,
    };
    let Some(key) = segment.keys.as_deref().and_then(<[_]>::first) else { return Ok(Some(bytes)) };
    if key.method != Method::Aes128 {
        return Err("its samples are encrypted, which the other demuxer does not open");
    }
    let key_bytes = file(&key.url).and_then(|k| k.try_into().ok()).ok_or("its key is not there")?;
    let (mut cipher, mut clear) = (Aes128::new(key_bytes, key.iv.unwrap_or(iv_of(number))), Vec::new());
    cipher.push(&bytes, &mut clear);
    let _ = cipher.finish(&mut clear);
    Ok(Some(clear))
}

fn file(url: &str) -> Option<Vec<u8>> {
    fs::read(Path::new("/").join(url.strip_prefix(BASE)?)).ok()
}

fn base(file: &Path) -> String {
    [BASE, file.to_string_lossy().trim_start_matches('/')].concat()
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    Some(url::Url::parse(base).ok()?.join(reference).ok()?.into())
}

fn playlists(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(playlists(&path));
        } else if path.extension().is_some_and(|ext| ext == "m3u8") {
            found.push(path);
        }
    }
    found
}
