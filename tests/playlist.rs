//! What playlists say. Fixtures are one kind of oddity each; what hostile ones cannot do is in `hostile`.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

#[path = "playlist/hostile.rs"]
mod hostile;
#[path = "playlist/session.rs"]
mod session;
#[path = "playlist/tags.rs"]
mod tags;

use sprat::engine::id::ByteRange;
use sprat::engine::playlist::{Media, Multivariant, Playlist, PlaylistError, parse};
use sprat::engine::time::MediaTime;

const BASE: &str = "https://example.com/live/stream/index.m3u8?session=1";

#[test]
fn a_byte_range_vod_reads_as_its_publisher_means_it() {
    let media = fixture("vod-byterange");
    assert!(media.ended);
    assert_eq!(media.target_duration, secs(4.0));
    assert_eq!(media.media_sequence, 0);
    let ranges: Vec<_> = media.segments.iter().map(|s| s.range.unwrap()).collect();
    assert_eq!(ranges, [range(1353, 83_353), range(83_353, 166_353), range(166_353, 167_000)]);
    for segment in &media.segments {
        assert_eq!(&*segment.url, "https://example.com/live/stream/video-360-fragmented.mp4");
        let init = segment.init.as_deref().unwrap();
        assert_eq!((&*init.url, init.range), (&*segment.url, Some(range(0, 1353))));
    }
    assert_eq!(media.segments[2].duration, secs(0.02));
}

#[test]
fn a_low_latency_playlist_keeps_its_segments_and_its_live_edge() {
    let media = fixture("low-latency");
    assert!(!media.ended);
    assert_eq!(media.media_sequence, 266);
    assert_eq!(media.control.hold_back, Some(secs(12.5)));
    assert_eq!(names(&media), ["s266.mp4", "s267.mp4"]);
    assert!(media.segments.iter().all(|s| s.init.is_some() && !s.gap));
    assert_eq!((media.skipped, media.first_listed()), (0, 266));
    let delta = media_of("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:9\n#EXT-X-SKIP:SKIPPED-SEGMENTS=4\n#EXTINF:4,\na\n");
    assert_eq!((delta.media_sequence, delta.first_listed()), (9, 13));
}

#[test]
fn a_range_without_offset_follows_its_predecessor_in_the_same_file() {
    let media = fixture("byterange-offsets");
    let ranges: Vec<_> = media.segments.iter().map(|s| s.range).collect();
    assert_eq!(
        ranges[..6],
        [
            Some(range(500, 1500)),
            Some(range(1500, 3500)),
            Some(range(9000, 12_000)),
            Some(range(0, 10)),
            None,
            Some(range(0, 10)),
        ]
    );
    assert!(media.segments[6].gap, "an empty range is nothing to fetch");
    let huge = media.segments[7].range.unwrap();
    assert!(huge.start < huge.end, "absurd numbers neither overflow nor turn round: {huge:?}");
}

#[test]
fn maps_carry_over_and_no_key_ends_encryption() {
    let media = fixture("maps-and-keys");
    let encrypted: Vec<_> = media.segments.iter().map(|s| s.keys.is_some()).collect();
    assert_eq!(encrypted, [false, false, false, true, true, false]);
    let maps: Vec<_> =
        media.segments.iter().map(|s| s.init.as_deref().map(|i| (name(&i.url), i.range)).unwrap()).collect();
    let (clear, locked) = (("clear.mp4", None), ("locked.mp4", Some(range(100, 900))));
    assert_eq!(maps, [clear, clear, clear, locked, locked, locked]);
    let discontinuities: Vec<_> = media.segments.iter().map(|s| s.discontinuity).collect();
    assert_eq!(discontinuities, [0, 0, 1, 1, 1, 1]);
}

#[test]
fn commas_in_titles_make_no_segments() {
    let media = fixture("titles");
    assert_eq!(names(&media), ["one.ts", "two.ts", "three.ts", "four.ts", "five.ts"]);
    assert_eq!(durations(&media), [6.0, 6.5, 6.006, 6.0, 0.5]);
}

#[test]
fn a_duration_that_is_none_becomes_one_that_can_be_played() {
    let media = fixture("durations");
    assert_eq!(media.target_duration, secs(6.5));
    assert_eq!(durations(&media), [6.5, 6.5, 6.5, 0.001, 86_400.0, 6.006, 6.5]);
}

#[test]
fn a_missing_target_duration_is_the_longest_segment() {
    let media = media_of("#EXTM3U\n#EXTINF:2.5,\na\n#EXTINF:7.25,\nb\n");
    assert_eq!(media.target_duration, secs(7.25));
    assert_eq!(super_short().target_duration, secs(1.0), "and never less than can be written");
}

#[test]
fn dates_are_read_in_every_spelling_and_carried_forward() {
    let media = fixture("dates");
    let new_year = 1_767_225_600_000;
    let dates: Vec<_> = media.segments.iter().map(|s| s.date_ms.map(|d| d - new_year)).collect();
    let leap = 1_709_251_200_000 - new_year;
    assert_eq!(
        dates,
        [
            None,
            Some(123),
            Some(3456),
            Some(6789),
            Some(0),
            Some(0),
            Some(12_000),
            Some(leap),
            Some(leap + 4000)
        ]
    );
}

#[test]
fn gaps_and_discontinuities_are_numbered_on_from_the_sequence() {
    let media = fixture("gap-first");
    assert_eq!((media.media_sequence, media.discontinuity_sequence), (40, 3));
    let seen: Vec<_> = media.segments.iter().map(|s| (s.gap, s.discontinuity)).collect();
    assert_eq!(seen, [(true, 3), (true, 3), (false, 3), (false, 4)]);
}

#[test]
fn loose_writing_is_read_as_meant() {
    let media = fixture("tolerant");
    let urls: Vec<_> = media.segments.iter().map(|s| &*s.url).collect();
    assert_eq!(
        urls,
        [
            "https://example.com/live/up/one.mp4?token=a=b,c",
            "https://elsewhere.example/two.mp4",
            "https://example.com/live/stream/three.mp4",
            "",
            "https://example.com/root.mp4",
        ]
    );
    let gaps: Vec<_> = media.segments.iter().map(|s| s.gap).collect();
    assert_eq!(gaps, [false, false, false, true, false], "a broken URL is a gap, and its number stays taken");
    let init = media.segments[0].init.as_deref().unwrap();
    assert_eq!(
        (&*init.url, init.range),
        ("https://example.com/live/stream/init%20file.mp4", Some(range(0, 10)))
    );
    assert_eq!(media.start, Some(secs(-12.5)));
    assert!(media.ended, "the last line counts without a line end");
}

#[test]
fn bytes_that_are_not_utf_8_harm_nothing_but_themselves() {
    let media = fixture("latin-1");
    assert_eq!(media.segments.len(), 2);
    assert_eq!(names(&media)[0], "caf%EF%BF%BD.mp4");
    assert!(media.ended);
}

#[test]
fn variables_are_replaced_once_and_unknown_ones_stay() {
    let media = fixture("define");
    let base = "https://example.com/live/stream/";
    assert_eq!(&*media.segments[0].url, format!("{base}videos/42/1.mp4?t={{$path}}"));
    assert_eq!(&*media.segments[0].init.as_deref().unwrap().url, format!("{base}videos/42/init.mp4"));
    assert!(media.segments[1].url.contains("$elsewhere"));
}

#[test]
fn what_the_fast_way_resolves_the_url_standard_resolves_alike() {
    let bases =
        [BASE, "https://example.com", "http://h:8080/a/b/", "blob:https://example.com/uuid", "data:,x", ""];
    let references = [
        "a.mp4",
        "a.mp4?x=1&y=%2F/../z",
        "dir/a.mp4",
        "../a.mp4",
        "./a",
        ".",
        "..",
        "a/..",
        "a/.",
        "?q",
        "/a",
        "//host/a",
        "//host",
        "https://other.example/x/y.mp4",
        "https://other.example",
        "HTTPS://Other.Example/x/../y.mp4",
        "mailto:x",
        "a:b",
        "a#f",
        "a b",
        "a\\b",
        "%2e%2e/a",
        "%2e%2e",
        "ä.mp4",
        "a/b//c",
        "dir?x/y.mp4",
        "http:///x/a",
        "https:a",
        "c|/a",
        "a'b",
        "q?'",
    ];
    for base in bases {
        for reference in references {
            // Twice in a row and after others, so that everything remembered is met too.
            let text = format!("#EXTM3U\n#EXTINF:4,\n{reference}\n#EXTINF:4,\nz\n#EXTINF:4,\n{reference}\n");
            let Ok(Playlist::Media(media)) = parse(text.as_bytes(), base, resolve) else {
                panic!("{reference}")
            };
            let right = resolve(base, reference).unwrap_or_default();
            for i in [0, 2] {
                assert_eq!(&*media.segments[i].url, right, "{reference} on {base}");
            }
        }
    }
}

#[test]
fn a_multivariant_playlist_lists_variants_and_audio_in_order() {
    let m = multivariant("multivariant");
    let [high, low, audio] = &m.variants[..] else { panic!("{:?}", m.variants) };
    assert_eq!(high.url, "https://example.com/live/stream/1080.m3u8");
    assert_eq!((high.bitrate.0, high.average_bitrate.unwrap().0), (4_521_000.0, 4_000_000.0));
    assert_eq!(high.codecs, "avc1.64002a,mp4a.40.2");
    assert_eq!(high.resolution, Some((1920, 1080)));
    assert_eq!((high.frame_rate, &*high.frame_rate_text), (Some(29.97), "29.970"));
    assert_eq!((&*high.video_range, high.audio_group.as_deref()), ("SDR", Some("audio")));
    assert_eq!((&*low.video_range, low.frame_rate, &*low.frame_rate_text), ("", None, ""));
    assert_eq!((audio.resolution, &*audio.codecs), (None, "mp4a.40.2"));
    assert_eq!(m.start, Some(secs(30.0)));

    let [english, other] = &m.audio[..] else { panic!("{:?}", m.audio) };
    assert_eq!((&*english.group, &*english.name, &*english.language), ("audio", "English", "en"));
    assert_eq!((&*english.channels, english.default, english.autoselect), ("2", true, true));
    assert_eq!(english.url.as_deref(), Some("https://example.com/live/stream/audio/en.m3u8"));
    assert_eq!((&*other.name, &*other.language, other.default, other.autoselect), ("", "und", false, true));
    assert_eq!(other.url, None, "it is in the variants' own segments");
}

#[test]
fn a_broken_variant_never_takes_or_gives_a_url() {
    let m = multivariant("multivariant-broken");
    let seen: Vec<_> = m.variants.iter().map(|v| (name(&v.url), v.bitrate.0, v.resolution)).collect();
    assert_eq!(
        seen,
        [
            ("good.m3u8", 800_000.0, Some((1280, 720))),
            ("no-bandwidth.m3u8", 0.0, Some((640, 360))),
            ("odd-numbers.m3u8", 3.0, None),
            ("average.m3u8", 500_000.0, None),
            ("huge.m3u8", 9_007_199_254_740_991.0, None),
        ]
    );
    assert_eq!(m.variants[0].codecs, "avc1.4d401e, mp4a.40.2");
    assert_eq!((m.variants[2].frame_rate, &*m.variants[2].frame_rate_text), (None, "fast"));
    assert_eq!(m.variants[3].audio_group.as_deref(), Some("loose"));
    assert_eq!(m.audio.len(), 1);
    assert_eq!((&*m.audio[0].name, &*m.audio[0].group), ("Loose \"one\"", "loose"));
    assert_eq!(m.audio[0].url.as_deref(), Some("https://cdn.example.com/loose.m3u8"));
}

#[test]
fn what_is_no_playlist_is_named_for_what_it_is() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "an empty document"),
        (b" \r\n ", "an empty document"),
        (b"<!doctype html><title>404</title>", "HTML"),
        ("<html lang=\"de\">Fehler f\u{fc}r".as_bytes(), "HTML"),
        (b"<?xml version=\"1.0\"?><MPD/>", "XML"),
        (b"{\"error\":\"not found\"}", "JSON"),
        (b"\x47\x40\x11\x10\x00\x42\xf0\x25", "binary data"),
        (b"#EXTINF:4,\na.ts\n", "text"),
        (b"Not found", "text"),
    ];
    for (body, looks_like) in cases {
        assert_eq!(parse(body, BASE, resolve), Err(PlaylistError::NotAPlaylist { looks_like }));
    }
    let said = PlaylistError::NotAPlaylist { looks_like: "HTML" }.to_string();
    assert_eq!(said, "The server answered with HTML in place of an HLS playlist.");
    assert_eq!(parse(b"#EXTM3U\nfoo.mp4\n", BASE, resolve), Err(PlaylistError::Empty));
    let lonely = b"#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\"\n";
    assert_eq!(parse(lonely, BASE, resolve), Err(PlaylistError::NoVariants));
}

#[test]
fn line_ends_byte_order_marks_and_blank_lines_change_nothing() {
    for (file, body) in fixtures() {
        let reference = parse(&body, BASE, resolve);
        let with = |end: &[u8]| {
            let lines: Vec<&[u8]> = body.split(|b| *b == b'\n').collect();
            lines.join(end)
        };
        let bom = [b"\xef\xbb\xbf", &body[..]].concat();
        for other in [with(b"\r\n"), with(b"\r"), with(b"\n\n \n"), bom] {
            assert_eq!(parse(&other, BASE, resolve), reference, "{file}");
        }
    }
}

fn resolve(base: &str, reference: &str) -> Option<String> {
    url::Url::parse(base).ok()?.join(reference).ok().map(String::from)
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/playlists");
    let files = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().path());
    files.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

fn read(name: &str) -> Playlist {
    let file = format!("{}/tests/fixtures/playlists/{name}.m3u8", env!("CARGO_MANIFEST_DIR"));
    parse(&std::fs::read(file).unwrap(), BASE, resolve).unwrap()
}

fn fixture(name: &str) -> Media {
    match read(name) {
        Playlist::Media(media) => media,
        Playlist::Multivariant(m) => panic!("{m:?}"),
    }
}

fn multivariant(name: &str) -> Multivariant {
    match read(name) {
        Playlist::Multivariant(m) => m,
        Playlist::Media(media) => panic!("{media:?}"),
    }
}

fn media_of(text: &str) -> Media {
    match parse(text.as_bytes(), BASE, resolve) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}"),
    }
}

fn super_short() -> Media {
    media_of("#EXTM3U\n#EXTINF:0.1,\na\n")
}

fn names(media: &Media) -> Vec<&str> {
    media.segments.iter().map(|s| name(&s.url)).collect()
}

fn name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default()
}

fn durations(media: &Media) -> Vec<f64> {
    media.segments.iter().map(|s| s.duration.secs()).collect()
}

fn secs(s: f64) -> MediaTime {
    MediaTime::from_secs(s)
}

fn range(start: u64, end: u64) -> ByteRange {
    ByteRange { start, end }
}
