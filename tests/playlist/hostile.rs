//! What no playlist can do to us: panic, take more than linear time, or grow without bound.

use super::{BASE, fixtures, resolve, secs};
use sprat::engine::playlist::{Playlist, PlaylistError, Reading, Segment, parse};
use std::time::{Duration, Instant};

#[test]
fn no_truncation_and_no_altered_byte_is_more_than_an_error() {
    for (file, body) in fixtures() {
        for cut in 0..body.len() {
            check(&body[..cut], &file);
        }
        for at in 0..body.len() {
            let mut altered = body.clone();
            for byte in *b"\r\",=#9\xff" {
                altered[at] = byte;
                check(&altered, &file);
            }
        }
    }
}

#[test]
fn every_way_of_slicing_the_work_gives_one_answer() {
    for (file, body) in fixtures() {
        for budget in [1, 7, 64, 1_000] {
            let mut slices = 0;
            let sliced = Reading::new(body.clone(), BASE, resolve).and_then(|mut reading| {
                loop {
                    slices += 1;
                    if let Some(result) = reading.step(budget) {
                        break result;
                    }
                }
            });
            assert_eq!(sliced, parse(&body, BASE, resolve), "{file} in slices of {budget}");
            assert!(budget > 1 || slices > 1, "{file} was read in one");
        }
    }
}

#[test]
fn hostile_playlists_take_linear_time_and_bounded_memory() {
    let many = |line: &str, n: usize| ["#EXTM3U\n#EXT-X-TARGETDURATION:4\n", &line.repeat(n)].concat();
    let variables = "#EXTM3U\n#EXT-X-DEFINE:NAME=\"a\",VALUE=\"".to_owned() + &"x".repeat(60_000) + "\"\n";
    let texts = [
        many("#EXT-X-DATERANGE:JUNK\n", 50_000),
        (0..50_000).fold(many("", 0), |text, i| text + &format!("#EXT-X-DATERANGE:ID=\"{i}\",X-{i}=1\n")),
        many("#EXTINF:4,\na\n", 1)
            + &(0..50_000).fold(String::new(), |text, i| {
                text + &format!(
                    "#EXT-X-KEY:METHOD=AES-128,URI=\"k\",KEYFORMAT=\"{}\"\n#EXTINF:4,\na\n",
                    i % 40
                )
            }),
        many("#EXT-X-PART:DURATION=1,URI=\"a\",BYTERANGE=\"9\"\n", 50_000),
        many(
            "#EXT-X-RENDITION-REPORT:URI=\"a\",LAST-MSN=9\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"b\"\n",
            25_000,
        ),
        many("#EXT-X-DEFINE:QUERYPARAM=\"session\"\n", 50_000),
        many("#EXT-X-MAP:URI=\"\n", 50_000),
        many(&("#EXT-X-MAP:".to_owned() + &",".repeat(60_000) + "\n"), 40),
        many(&("#EXT-X-KEY:".to_owned() + &"A=\"".repeat(20_000) + "\n"), 40),
        many(&("#EXTINF:".to_owned() + &"9".repeat(60_000) + "\na\n"), 40),
        many("#EXTINF:4,\n#EXT-X-BYTERANGE:18446744073709551615@18446744073709551615\na\n", 50_000),
        many("#EXT-X-DISCONTINUITY\n", 700_000),
        many(&("x".repeat(1 << 20) + "\n"), 4),
        variables.clone() + &many("#EXTINF:4,\n{$a}\n", 90_000)[8..],
        variables.clone() + &many("#EXTINF:4,\n[{$a}\n", 90_000)[8..],
        variables.clone() + &many(&("#EXTINF:4,\n".to_owned() + &"{$".repeat(30_000) + "\n"), 40)[8..],
        variables + &"#EXT-X-STREAM-INF:CODECS=\"{$a}\",AUDIO=\"{$a}\"\n{$a}{$a}\n".repeat(90_000),
        "#EXTM3U\n".to_owned() + &"#EXT-X-STREAM-INF:JUNK\na\n".repeat(90_000),
        "#EXTM3U\n".to_owned()
            + &"#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"\n".repeat(90_000)
            + "#EXT-X-STREAM-INF:\na",
        "\n".repeat(12 << 20) + "#EXTM3U\n#EXTINF:4,\na\n",
    ];
    for (i, text) in texts.iter().enumerate() {
        let began = Instant::now();
        let _ = parse(text.as_bytes(), BASE, resolve);
        // 1 ms for 0.5 KB: a debug build on a busy machine. What is quadratic takes minutes.
        let allowed = Duration::from_millis(1_000 + text.len() as u64 / 512);
        println!("text {i}: {} bytes, {:?} of {allowed:?}", text.len(), began.elapsed());
        assert!(began.elapsed() < allowed, "text {i} took {:?} of {allowed:?}", began.elapsed());
    }
}

#[test]
fn more_than_any_playlist_has_is_refused() {
    let long_base = "https://example.com/".to_owned() + &"b/".repeat(4_000) + "index.m3u8";
    let segments = |n: usize| "#EXTM3U\n".to_owned() + &"#EXTINF:4,\na\n#EXTINF:4,\nb\n".repeat(n / 2);
    let large =
        |text: &str, base: &str| parse(text.as_bytes(), base, resolve) == Err(PlaylistError::TooLarge);
    assert!(!large(&segments(100_000), BASE));
    assert!(large(&segments(100_002), BASE));
    assert!(large(&segments(10_000), &long_base), "a long base URL must not multiply");
    assert!(large(&("#EXTM3U\n".to_owned() + &"\n".repeat(800_000)), BASE));
    assert!(large(&("#EXTM3U\n#".to_owned() + &"x".repeat(16 << 20)), BASE));
}

#[test]
fn a_long_playlist_asks_the_browser_for_one_directory() {
    // The resolver is a plain function, so it counts in a static; no other test uses this one.
    use std::sync::atomic::{AtomicUsize, Ordering};
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    fn counting(base: &str, reference: &str) -> Option<String> {
        CALLS.fetch_add(1, Ordering::Relaxed);
        resolve(base, reference)
    }
    let mut text = String::from("#EXTM3U\n");
    for i in 0..5_000 {
        text += &format!("#EXTINF:4,\nhttps://cdn.example.com/v/{i}.mp4?sig=abc%2F{i}\n");
    }
    let Ok(Playlist::Media(media)) = parse(text.as_bytes(), BASE, counting) else { panic!("no media") };
    assert_eq!(&*media.segments[4_999].url, "https://cdn.example.com/v/4999.mp4?sig=abc%2F4999");
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
}

/// Resolves enough for this, in no time.
fn quick(_: &str, reference: &str) -> Option<String> {
    (!reference.contains('[')).then(|| ["https://example.com/", reference].concat())
}

/// Whatever was read keeps its promises.
fn check(body: &[u8], file: &str) {
    let began = Instant::now();
    match parse(body, BASE, quick) {
        Ok(Playlist::Media(media)) => {
            assert!(media.target_duration >= secs(1.0) && media.target_duration <= secs(86_400.0), "{file}");
            for Segment { url, range, duration, gap, .. } in &media.segments {
                assert!(*duration >= secs(0.001) && *duration <= secs(86_400.0), "{file}");
                assert!(*gap || (!url.is_empty() && range.is_none_or(|r| !r.is_empty())), "{file}");
            }
        }
        Ok(Playlist::Multivariant(m)) => assert!(!m.variants.is_empty(), "{file}"),
        Err(_) => {}
    }
    assert!(began.elapsed() < Duration::from_secs(1), "{file} took {:?}", began.elapsed());
}
