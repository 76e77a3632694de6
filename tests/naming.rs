//! Swarm names: what the incumbent's own packages compute, we compute.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use serde_json::Value;
use sprat::engine::config::Naming;
use sprat::engine::swarm::naming::{
    AudioAttributes, Identity, InfoHash, PeerId, StreamKind, VariantAttributes, info_hash, stream_swarm_id,
};

#[test]
fn position_names_and_hashes_equal_those_of_2_0_to_2_2() {
    let vectors = vectors();
    for v in list(&vectors["swarm_2_0_to_2_2"]) {
        let position = v["index"].as_u64().unwrap() as usize;
        let (swarm, kind) = (text(&v["swarmId"]), kind(&v["type"]));
        let any = Identity::default();
        assert_eq!(
            stream_swarm_id(Naming::V2Position, swarm, kind, position, &any),
            text(&v["streamSwarmId"])
        );
        assert_eq!(
            info_hash(Naming::V2Position, swarm, kind, position, &any).to_string(),
            text(&v["infoHashAscii"])
        );
    }
}

#[test]
fn identity_hashes_equal_those_of_2_3() {
    let vectors = vectors();
    for v in list(&vectors["streamShortId_2_3"]) {
        assert_eq!(identity(&v["props"]).hash(), text(&v["shortId"]), "{}", v["name"]);
    }
}

#[test]
fn identity_names_and_hashes_equal_those_of_2_3() {
    let vectors = vectors();
    for v in list(&vectors["swarm_2_3"]) {
        let props = list(&vectors["streamShortId_2_3"]).iter().find(|p| p["name"] == v["props"]).unwrap();
        let identity = identity(&props["props"]);
        let (swarm, kind) = (text(&v["swarmId"]), kind(&v["type"]));
        assert_eq!(stream_swarm_id(Naming::V2Identity, swarm, kind, 7, &identity), text(&v["streamSwarmId"]));
        assert_eq!(
            info_hash(Naming::V2Identity, swarm, kind, 7, &identity).to_string(),
            text(&v["infoHashAscii"])
        );
    }
}

#[test]
fn resolution_names_and_hashes_equal_those_of_peertubes_next() {
    for v in list(&vectors()["peertubeDevelopSwarm"]["items"]) {
        let name = text(&v["streamSwarmId"]);
        let version =
            ["v2", "v-2", "v3"].into_iter().find(|v| name.starts_with(&format!("pt-{v}-"))).unwrap();
        let naming = Naming::Resolution(version);
        let uuid = "9c9de5e8-0a1e-484a-b099-e80766180a6d";
        let kind = if name.contains("secondary") { StreamKind::Secondary } else { StreamKind::Main };
        let height = name.rsplit('-').next().unwrap().parse().ok();
        // Upright or not, the shorter side counts.
        for (width, height) in
            [(height.map(|h: u32| h * 16 / 9), height), (height, height.map(|h| h * 16 / 9))]
        {
            let identity = Identity { width, height, ..Identity::default() };
            assert_eq!(stream_swarm_id(naming, uuid, kind, 7, &identity), name);
            assert_eq!(info_hash(naming, uuid, kind, 7, &identity).to_string(), text(&v["infoHashAscii"]));
        }
    }
}

#[test]
fn v1_names_and_hashes_equal_those_of_0_6() {
    let v = &vectors()["v1"];
    let (swarm, position) = text(&v["streamSwarmId"]).split_once("+V").unwrap();
    let (position, any) = (position.parse().unwrap(), Identity::default());
    let name = stream_swarm_id(Naming::V1, swarm, StreamKind::Main, position, &any);
    assert_eq!(name, text(&v["streamSwarmId"]));
    let hash = info_hash(Naming::V1, swarm, StreamKind::Main, position, &any);
    let hex: String = hash.0.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, text(&v["infoHashHex"]));
    assert_eq!(InfoHash::from_text(&hash.to_string()), Some(hash), "a tracker is told bytes, not text");
    assert_eq!(stream_swarm_id(Naming::V1, swarm, StreamKind::Alone, 0, &any), swarm, "without variants");
}

#[test]
fn a_playlists_attributes_lead_to_the_index_that_hls_js_and_the_incumbent_find() {
    let mapping = &vectors()["playlistMapping"];
    let variants = [
        VariantAttributes {
            bitrate: 700_000,
            codecs: "avc1.64001e,mp4a.40.2",
            resolution: Some((640, 360)),
            frame_rate: "30",
            video_range: "",
        },
        VariantAttributes {
            bitrate: 4_521_000,
            codecs: "avc1.640028,mp4a.40.2",
            resolution: Some((1920, 1080)),
            frame_rate: "30",
            video_range: "",
        },
    ];
    for (variant, stream) in variants.iter().zip(list(&mapping["2.3.1"]["vodByteRange"])) {
        assert_eq!(Identity::of_variant(variant).hash(), text(&stream["index"]));
    }
    let audio = AudioAttributes { codecs: variants[0].codecs, name: "Audio", ..Default::default() };
    let split = list(&mapping["2.3.1"]["splitAudio"]);
    assert_eq!(Identity::of_variant(&variants[0]).hash(), text(&split[0]["index"]));
    assert_eq!(Identity::of_audio(&audio).hash(), text(&split[1]["index"]));
    assert_eq!(kind(&split[1]["type"]), StreamKind::Secondary);
}

#[test]
fn a_variant_of_unknown_bitrate_is_identified_by_nothing_else() {
    let variant = VariantAttributes { codecs: "avc1.640028", frame_rate: "25", ..Default::default() };
    assert_eq!(Identity::of_variant(&variant), Identity::default());
}

#[test]
fn a_nameless_audio_rendition_is_called_by_its_language() {
    let audio = AudioAttributes { codecs: "mp4a.40.2", language: "EN-gb", ..Default::default() };
    let named = AudioAttributes { name: "en-GB", ..audio };
    assert_eq!(Identity::of_audio(&audio).hash(), Identity::of_audio(&named).hash());
}

#[test]
fn spellings_that_mean_the_same_name_the_same_swarm() {
    let of = |frame_rate: &str, codecs: &str| {
        let variant = VariantAttributes { bitrate: 1, codecs, frame_rate, ..Default::default() };
        Identity::of_variant(&variant).hash()
    };
    assert_eq!(of("30.000", "avc1.66.30"), of("030", "mp4a.40.2, AVC1.42001E"));
    assert_eq!(of("29.970", ""), of("29.97", ""));
    assert_eq!(of("0.5", ""), of(".50", ""));
    for nonsense in ["", "fast", "1.2.3", "-5", "."] {
        assert_eq!(of(nonsense, ""), of("", ""), "{nonsense}");
    }
    assert_ne!(of("0", ""), of("", ""));
}

#[test]
fn a_name_in_capitals_is_the_same_name_in_every_alphabet_of_europe() {
    let of = |name: &str| Identity { name: name.to_owned(), ..Identity::default() }.hash();
    for c in (0..0x530).chain(0x1ea0..0x1f00).filter_map(char::from_u32) {
        let lower: String = c.to_lowercase().collect();
        // Left out: a dotted capital İ, which becomes two letters, and the rarest of phonetics and Coptic.
        let rare = matches!(c, 'İ' | '\u{180}'..='\u{385}' | '\u{3cf}'..='\u{3ff}' | 'Ӏ'..='ӏ');
        assert!(rare || of(&c.to_string()) == of(&lower), "{c} {:x}", u32::from(c));
    }
    assert_eq!(of("ČEŠTINA Українська ΕΛΛΗΝΙΚΆ Tiếng Việt"), of("čeština УКРАЇНСЬКА ελληνικά TIẾNG VIỆT"));
}

#[test]
fn ids_are_twenty_bytes_of_one_character_each() {
    let hash = InfoHash::from_text("\u{0}\u{ff}abcdefghijklmnopqr").unwrap();
    assert_eq!(hash.0[..3], [0, 255, b'a']);
    assert_eq!(hash.to_string(), "\u{0}\u{ff}abcdefghijklmnopqr");
    for wrong in ["", "abcdefghijklmnopqrs", "abcdefghijklmnopqrstu", "\u{100}bcdefghijklmnopqrst"] {
        assert_eq!(InfoHash::from_text(wrong), None);
    }
}

#[test]
fn our_peer_ids_are_ascii_and_differ_by_seed() {
    let id = PeerId::from_seed(1).to_string();
    assert!(id.starts_with("-SP0001-") && id.len() == 20, "{id}");
    assert!(id[8..].bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
    assert_eq!(PeerId::from_text(&id), Some(PeerId::from_seed(1)));
    let distinct: std::collections::BTreeSet<_> = (0..1000).map(PeerId::from_seed).collect();
    assert_eq!(distinct.len(), 1000);
    assert!(PeerId::from_seed(1).looks_like_sprat());
    assert!(!PeerId(*b"-PM0202-0BaURUfVprvF").looks_like_sprat());
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("fixtures/wire/vectors.json")).unwrap()
}

fn list(v: &Value) -> &[Value] {
    v.as_array().unwrap()
}

fn text(v: &Value) -> &str {
    v.as_str().unwrap()
}

fn kind(v: &Value) -> StreamKind {
    match text(v) {
        "main" => StreamKind::Main,
        _ => StreamKind::Secondary,
    }
}

fn identity(props: &Value) -> Identity {
    let field = |name: &str| props[name].as_str().unwrap_or_default().to_owned();
    let pixels = |name: &str| props[name].as_u64().map(|n| n as u32);
    Identity {
        bitrate: props["bitrate"].as_u64().unwrap_or(0),
        codecs: field("codecs"),
        width: pixels("width"),
        height: pixels("height"),
        language: field("language"),
        channels: field("channels"),
        name: field("name"),
        frame_rate: field("frameRate"),
        video_range: field("videoRange"),
    }
}
