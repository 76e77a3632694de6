//! Multivariant playlists read twice: by Sprat and by `m3u8-rs`. Where a playlist is written as that library
//! expects, both must find the same variants and renditions. (What it loses or garbles is told in
//! `tests/playlist.rs`, by our reading alone.)

use m3u8_rs::{AlternativeMediaType, QuotedOrUnquoted};
use sprat::engine::playlist::{Playlist, parse};

const BASE: &str = "https://example.org/hls/master.m3u8";

fn resolve(base: &str, reference: &str) -> Option<String> {
    Some(url::Url::parse(base).ok()?.join(reference).ok()?.into())
}

fn masters() -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    ["www/media/vod/master.m3u8", "www/media/split/master.m3u8"]
        .into_iter()
        .chain(["www/media/files/master.m3u8"])
        .map(|path| std::fs::read_to_string(format!("{root}/{path}")).expect("the file is in the repository"))
        .chain([written()])
        .collect()
}

/// Many variants and groups, written by the library itself.
fn written() -> String {
    let mut playlist = m3u8_rs::MasterPlaylist { version: Some(6), ..Default::default() };
    for i in 1..=40u64 {
        playlist.variants.push(m3u8_rs::VariantStream {
            uri: format!("video/{i}.m3u8?token={i}"),
            bandwidth: i * 100_000,
            average_bandwidth: (i % 2 == 0).then_some(i * 90_000),
            codecs: (i % 3 != 0).then(|| format!("avc1.6400{i:02},mp4a.40.2")),
            resolution: (i % 4 != 0).then_some(m3u8_rs::Resolution { width: 16 * i, height: 9 * i }),
            frame_rate: (i % 5 == 0).then_some(25.0),
            audio: (i % 2 == 1).then(|| "sound, or so".into()),
            ..Default::default()
        });
    }
    for language in ["en", "fr", "uk"] {
        playlist.alternatives.push(m3u8_rs::AlternativeMedia {
            media_type: AlternativeMediaType::Audio,
            uri: Some(format!("audio/{language}.m3u8")),
            group_id: "sound, or so".into(),
            language: Some(language.into()),
            name: format!("The {language} one"),
            default: language == "fr",
            autoselect: language != "uk",
            channels: Some("2".into()),
            ..Default::default()
        });
    }
    let mut text = Vec::new();
    playlist.write_to(&mut text).expect("a vector takes everything");
    String::from_utf8(text).expect("playlists are UTF-8")
}

#[test]
fn both_readings_find_the_same_variants_and_renditions() {
    for text in masters() {
        let Ok(Playlist::Multivariant(ours)) = parse(text.as_bytes(), BASE, resolve) else {
            panic!("ours fails on:\n{text}");
        };
        let theirs = m3u8_rs::parse_master_playlist_res(text.as_bytes()).expect("theirs reads it too");
        let streams: Vec<_> = theirs.variants.iter().filter(|v| !v.is_i_frame).collect();
        assert_eq!(ours.variants.len(), streams.len(), "{text}");
        for (our, their) in ours.variants.iter().zip(streams) {
            assert_eq!(our.url, resolve(BASE, &their.uri).expect("a URL"));
            assert_eq!(our.bitrate.0, their.bandwidth as f64);
            assert_eq!(our.average_bitrate.map(|b| b.0 as u64), their.average_bandwidth);
            assert_eq!(our.codecs, their.codecs.clone().unwrap_or_default());
            let size = their.resolution.map(|r| (r.width as u32, r.height as u32));
            assert_eq!(our.resolution, size);
            assert_eq!(our.frame_rate.is_some(), their.frame_rate.is_some());
            assert!((our.frame_rate.unwrap_or(0.0) - their.frame_rate.unwrap_or(0.0)).abs() < 0.001);
            assert_eq!(our.audio_group, their.audio);
            let range = their.other_attributes.as_ref().and_then(|a| a.get("VIDEO-RANGE"));
            assert_eq!(our.video_range, range.map_or("", QuotedOrUnquoted::as_str));
        }
        let sounds = theirs.alternatives.iter().filter(|a| a.media_type == AlternativeMediaType::Audio);
        let sounds: Vec<_> = sounds.collect();
        assert_eq!(ours.audio.len(), sounds.len(), "{text}");
        for (our, their) in ours.audio.iter().zip(sounds) {
            assert_eq!(our.url, their.uri.as_ref().and_then(|u| resolve(BASE, u)));
            assert_eq!((&our.group, &our.name), (&their.group_id, &their.name));
            assert_eq!(our.language, their.language.clone().unwrap_or_default());
            assert_eq!(our.channels, their.channels.clone().unwrap_or_default());
            assert_eq!((our.default, our.autoselect), (their.default, their.autoselect));
        }
    }
}
