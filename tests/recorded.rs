//! What a PeerTube 6.3.0 had in its playlists and lists of digests (`tests/fixtures/peertube`), read by the engine. All
//! that is expected of each is written out here; a recorded file that is not is a failure.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use sprat::engine::digests::DigestList;
use sprat::engine::playlist::{Media, Multivariant, Playlist, parse};
use std::collections::BTreeSet;
use std::path::Path;

const BASE: &str = "https://tube.example/static/streaming-playlists/hls/uuid/";

/// A video, and what it is made of.
struct Recorded {
    folder: &'static str,
    /// Height, bits a second and playlist of each variant.
    variants: &'static [(u32, f64, &'static str)],
    audio: Option<&'static str>,
    /// Segments and length in ms of each media playlist, and how many of the segments have a digest.
    media: &'static [(&'static str, usize, u64, usize)],
    /// Segments are byte ranges of one file, which begins with what initializes the decoder; of a live, files.
    film: bool,
}

const RECORDED: [Recorded; 6] = [
    Recorded {
        folder: "vod-muxed-60s",
        variants: &[
            (360, 519_544.0, "ee051717-eed4-4557-b61e-2d72287f507a-360.m3u8"),
            (720, 2_511_314.0, "17066841-7fcb-446e-8f86-a544caffd4ca-720.m3u8"),
        ],
        audio: None,
        media: &[
            ("ee051717-eed4-4557-b61e-2d72287f507a-360.m3u8", 16, 60_033, 16),
            ("17066841-7fcb-446e-8f86-a544caffd4ca-720.m3u8", 15, 60_000, 15),
        ],
        film: true,
    },
    Recorded {
        folder: "vod-split-60s",
        variants: &[
            (360, 118_700.0, "a0c1f16e-c343-4b63-86bb-bd4067e6a9b8-360.m3u8"),
            (720, 213_346.0, "bc083324-9c2c-44a8-b239-7909be4ea948-720.m3u8"),
        ],
        audio: Some("ca58d601-6de9-4732-b999-f8669506067c-0.m3u8"),
        media: &[
            ("a0c1f16e-c343-4b63-86bb-bd4067e6a9b8-360.m3u8", 15, 60_000, 15),
            ("bc083324-9c2c-44a8-b239-7909be4ea948-720.m3u8", 15, 60_000, 15),
            ("ca58d601-6de9-4732-b999-f8669506067c-0.m3u8", 16, 60_032, 16),
        ],
        film: true,
    },
    // The list of digests of a live is behind its playlist.
    Recorded {
        folder: "live",
        variants: &[(360, 1_056_000.0, "1.m3u8"), (240, 584_100.0, "2.m3u8")],
        audio: Some("0.m3u8"),
        media: &[("0.m3u8", 15, 60_000, 14), ("1.m3u8", 15, 60_000, 14), ("2.m3u8", 15, 60_000, 14)],
        film: false,
    },
    Recorded {
        folder: "live-once-during",
        variants: &[(360, 1_056_000.0, "1.m3u8"), (240, 584_100.0, "2.m3u8")],
        audio: Some("0.m3u8"),
        media: &[("0.m3u8", 5, 20_016, 4), ("1.m3u8", 5, 20_000, 4), ("2.m3u8", 5, 20_000, 4)],
        film: false,
    },
    Recorded {
        folder: "live-once-replay",
        variants: &[
            (240, 446_378.0, "a3378915-1df1-43b0-8a90-6ccb6b42ce71-240.m3u8"),
            (360, 883_856.0, "f0961ba2-fe87-45dd-b6b5-2222c5563d30-360.m3u8"),
        ],
        audio: Some("e2c39bef-39d9-4784-85ff-866502a3bb96-0.m3u8"),
        media: &[
            ("a3378915-1df1-43b0-8a90-6ccb6b42ce71-240.m3u8", 10, 38_000, 10),
            ("f0961ba2-fe87-45dd-b6b5-2222c5563d30-360.m3u8", 10, 38_000, 10),
            ("e2c39bef-39d9-4784-85ff-866502a3bb96-0.m3u8", 10, 37_988, 10),
        ],
        film: true,
    },
    Recorded {
        folder: "private",
        variants: &[(360, 909_210.0, "b7740bf8-95a9-48d0-916b-6d30ee701e47-360.m3u8")],
        audio: None,
        media: &[("b7740bf8-95a9-48d0-916b-6d30ee701e47-360.m3u8", 5, 20_000, 5)],
        film: true,
    },
];

#[test]
fn every_video_is_read_as_its_instance_means_it() {
    for video in &RECORDED {
        let folder = video.folder;
        let master = multivariant(&read(&format!("{folder}/master.m3u8")));
        let variants: Vec<_> =
            master.variants.iter().map(|v| (v.resolution.unwrap().1, v.bitrate.0, name(&v.url))).collect();
        assert_eq!(variants, video.variants, "{folder}");
        assert!(master.variants.iter().all(|v| v.codecs.contains("avc1.")), "{folder}");
        let audio: Vec<_> = master.audio.iter().map(|r| name(r.url.as_deref().unwrap())).collect();
        assert_eq!(audio, Vec::from_iter(video.audio), "{folder}");

        let digests = DigestList::parse(&read(&format!("{folder}/segments-sha256.json"))).unwrap();
        let listed: usize = video.media.iter().map(|m| m.3).sum();
        assert_eq!(digests.len(), listed, "{folder}: no digest but of a segment");
        for &(file, segments, length, told) in video.media {
            let media = media(&read(&format!("{folder}/{file}")));
            let whole: f64 = media.segments.iter().map(|s| s.duration.secs()).sum();
            assert_eq!((media.segments.len(), (whole * 1000.0).round() as u64), (segments, length), "{file}");
            assert_eq!((media.ended, media.media_sequence), (video.film, 0), "{file}");
            let known = media.segments.iter().take_while(|s| digests.get(&s.url, s.range).is_some());
            assert_eq!(known.count(), told, "{folder}/{file}: digests, in order, without a hole");
            if video.film {
                assert_one_file(&media, file);
            } else {
                assert!(media.segments.iter().all(|s| s.range.is_none() && s.init.is_none()), "{file}");
                assert!(media.segments.iter().all(|s| s.date_ms.is_some()), "{file}");
            }
        }
    }
}

/// One range after another, its head first.
fn assert_one_file(media: &Media, file: &str) {
    let mut end = 0;
    let head = media.segments[0].init.as_deref().unwrap();
    for (url, range) in
        std::iter::once((&head.url, head.range)).chain(media.segments.iter().map(|s| (&s.url, s.range)))
    {
        let range = range.unwrap();
        assert_eq!((range.start, url), (end, &head.url), "{file}");
        end = range.end;
    }
}

#[test]
fn a_protected_video_keeps_its_token_in_every_address() {
    let master = multivariant(&read("private/master.m3u8"));
    assert!(master.variants[0].url.contains("?videoFileToken="));
    let media = media(&read("private/b7740bf8-95a9-48d0-916b-6d30ee701e47-360.m3u8"));
    assert!(media.segments.iter().all(|s| s.url.ends_with(".mp4?videoFileToken=REDACTED-UUID")));
    let refused = read("private/master-no-token.json");
    let error = parse(&refused, BASE, resolve).unwrap_err();
    assert_eq!(error.to_string(), "The server answered with JSON in place of an HLS playlist.");
}

/// What is left where a permanent live was is a playlist that leads nowhere: that it is over only the instance says.
#[test]
fn the_playlist_of_a_live_that_has_ended_is_none_the_less_one() {
    let answer = read("live-ended/master-after-end.txt");
    let body = answer.windows(7).position(|w| w == b"#EXTM3U").unwrap();
    let master = multivariant(&answer[body..]);
    assert_eq!(master.variants[0].resolution, Some((640, 360)));
}

#[test]
fn nothing_that_was_recorded_is_left_out() {
    let expected: BTreeSet<String> = RECORDED
        .iter()
        .flat_map(|v| {
            let media = v.media.iter().map(|m| m.0).chain(["master.m3u8", "segments-sha256.json"]);
            media.map(|file| format!("{}/{file}", v.folder))
        })
        .collect();
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|path| std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| {
            let file = path.file_name().unwrap().to_str().unwrap();
            file.ends_with(".m3u8") || file.ends_with("sha256.json")
        })
        .map(|path| path.strip_prefix(folder()).unwrap().display().to_string())
        .collect();
    assert_eq!(found, expected);
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/peertube"))
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

fn multivariant(body: &[u8]) -> Multivariant {
    match parse(body, BASE, resolve).unwrap() {
        Playlist::Multivariant(multivariant) => multivariant,
        Playlist::Media(media) => panic!("{media:?}"),
    }
}

fn media(body: &[u8]) -> Media {
    match parse(body, BASE, resolve).unwrap() {
        Playlist::Media(media) => media,
        Playlist::Multivariant(multivariant) => panic!("{multivariant:?}"),
    }
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    url::Url::parse(base).ok()?.join(reference).ok().map(String::from)
}

/// The last component of an address's path.
fn name(url: &str) -> &str {
    url.rsplit('/').next().unwrap().split('?').next().unwrap()
}
