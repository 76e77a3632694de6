//! How a swarm is called: the names under which strangers who watch the same rendition find one another.
//!
//! A rendition's name is `v2-{swarm}-{main|secondary}-{index}`, where the index is its position in the
//! multivariant playlist (generation A) or a hash of what identifies it (generation B); in generation C it is
//! `pt-{version}-{swarm}-{main|secondary}-default-{resolution}`. Twenty characters of base64 over a hash of that
//! name are its info hash: ASCII, not the binary SHA-1 of BitTorrent, which v1 alone uses, for
//! `{swarm}+V{position}`. The generations never meet; which one to speak is the page owner's choice
//! ([`Naming`]), not a guess of ours: a tracker may punish whoever announces what it does not know.
//! The hashes only name things: nothing here rests on their strength.

use crate::engine::config::Naming;
use core::fmt;
use md5::Md5;
use sha1::{Digest as _, Sha1};
use std::collections::BinaryHeap;

/// What a tracker calls a swarm: 20 bytes, ASCII in all generations but v1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InfoHash(pub [u8; 20]);

/// What a tracker and other viewers call a viewer: 20 ASCII bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerId(pub [u8; 20]);

/// The two kinds of stream that have swarms; subtitles have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamKind {
    /// Variants: video, video with audio, or audio alone.
    Main,
    /// The only rendition of a source that has no multivariant playlist.
    Alone,
    /// Separate audio renditions.
    Secondary,
}

/// What identifies a rendition in generation B, as the playlist writes it; [`Identity::hash`] normalises.
/// [`Identity::of_variant`] and [`Identity::of_audio`] fill it. Renditions that hash alike share a swarm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Peak bits per second; 0 when unknown.
    pub bitrate: u64,
    /// RFC 6381 codecs, separated by commas.
    pub codecs: String,
    /// Pixels, where known.
    pub width: Option<u32>,
    /// Pixels, where known.
    pub height: Option<u32>,
    /// RFC 5646 language tag.
    pub language: String,
    /// `CHANNELS`: a count, perhaps with more after a slash.
    pub channels: String,
    /// `NAME`.
    pub name: String,
    /// Frames per second, a decimal number.
    pub frame_rate: String,
    /// `VIDEO-RANGE`.
    pub video_range: String,
}

/// The attributes of `EXT-X-STREAM-INF` (RFC 8216 §4.3.4.2) that identify a variant, as they were written.
#[derive(Clone, Copy, Debug, Default)]
pub struct VariantAttributes<'a> {
    /// `BANDWIDTH`, or `AVERAGE-BANDWIDTH` where that is missing.
    pub bitrate: u64,
    /// `CODECS`, or nothing.
    pub codecs: &'a str,
    /// `RESOLUTION`.
    pub resolution: Option<(u32, u32)>,
    /// `FRAME-RATE`, or nothing.
    pub frame_rate: &'a str,
    /// `VIDEO-RANGE`, or nothing.
    pub video_range: &'a str,
}

/// The attributes of `EXT-X-MEDIA` (RFC 8216 §4.3.4.1) that identify an audio rendition, as they were written.
#[derive(Clone, Copy, Debug, Default)]
pub struct AudioAttributes<'a> {
    /// `CODECS` of the first variant that refers to the rendition's group.
    pub codecs: &'a str,
    /// `LANGUAGE`, or nothing.
    pub language: &'a str,
    /// `CHANNELS`, or nothing.
    pub channels: &'a str,
    /// `NAME`, or nothing.
    pub name: &'a str,
}

/// The name that is hashed. `position` is zero-based: among the variants whose codecs are playable for
/// [`StreamKind::Main`], among the audio renditions for [`StreamKind::Secondary`].
#[must_use]
pub fn stream_swarm_id(
    naming: Naming,
    swarm: &str,
    kind: StreamKind,
    position: usize,
    identity: &Identity,
) -> String {
    let index = match naming {
        // What is published is one of the others.
        Naming::V2Position | Naming::V1 | Naming::Published => position.to_string(),
        Naming::V2Identity => identity.hash(),
        Naming::Resolution(_) => identity.resolution(),
    };
    let word = match kind {
        StreamKind::Main | StreamKind::Alone => "main",
        StreamKind::Secondary => "secondary",
    };
    match naming {
        Naming::V2Position | Naming::V2Identity | Naming::Published => ["v2", swarm, word, &index].join("-"),
        Naming::Resolution(version) => ["pt", version, swarm, word, "default", &index].join("-"),
        Naming::V1 if kind == StreamKind::Alone => swarm.to_owned(),
        Naming::V1 => [swarm, "+V", &index].concat(),
    }
}

/// The info hash of a rendition's swarm.
#[must_use]
pub fn info_hash(
    naming: Naming,
    swarm: &str,
    kind: StreamKind,
    position: usize,
    identity: &Identity,
) -> InfoHash {
    let name = stream_swarm_id(naming, swarm, kind, position, identity);
    // Fifteen bytes of each hash become twenty characters: A drops MD5's first byte, B and C keep SHA-1's first 15.
    let text = match naming {
        Naming::V2Position | Naming::Published => base64(&Md5::digest(name.as_bytes())[1..]),
        Naming::V2Identity | Naming::Resolution(_) => base64(&Sha1::digest(name.as_bytes())[..15]),
        // The digit is the incumbent's: its swarms of this time are the second, its encoding the first.
        Naming::V1 => return InfoHash(Sha1::digest(["2", &name].concat().as_bytes()).into()),
    };
    let mut hash = [0; 20];
    hash.copy_from_slice(text.as_bytes());
    InfoHash(hash)
}

impl Identity {
    /// The identity of a variant. As hls.js fills it: the video codecs only, and nothing but the bitrate when
    /// that is unknown.
    #[must_use]
    pub fn of_variant(variant: &VariantAttributes<'_>) -> Self {
        if variant.bitrate == 0 {
            return Self::default();
        }
        Self {
            bitrate: variant.bitrate,
            codecs: only(VIDEO, variant.codecs),
            width: variant.resolution.map(|(width, _)| width),
            height: variant.resolution.map(|(_, height)| height),
            frame_rate: variant.frame_rate.to_owned(),
            video_range: variant.video_range.to_owned(),
            ..Self::default()
        }
    }

    /// The identity of a separate audio rendition. It has no bitrate of its own; a nameless one is called by
    /// its language.
    #[must_use]
    pub fn of_audio(audio: &AudioAttributes<'_>) -> Self {
        let name = if audio.name.is_empty() { audio.language } else { audio.name };
        Self {
            codecs: only(AUDIO, audio.codecs),
            language: audio.language.to_owned(),
            channels: audio.channels.to_owned(),
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// What of it goes into a name.
    #[must_use]
    pub fn for_naming(self, naming: Naming) -> Self {
        match naming {
            Naming::V2Position | Naming::V1 => Self::default(),
            Naming::V2Identity | Naming::Published => self,
            Naming::Resolution(_) => Self { width: self.width, height: self.height, ..Self::default() },
        }
    }

    /// The resolution as PeerTube counts it, the shorter side in pixels; `default` where there is no picture.
    fn resolution(&self) -> String {
        match (self.width, self.height) {
            (Some(width), Some(height)) => width.min(height).to_string(),
            _ => String::from("default"),
        }
    }

    /// 28 characters of base64 (one of them padding) over the SHA-1 of the nine fields, each in its normal
    /// form, joined by `-`.
    #[must_use]
    pub fn hash(&self) -> String {
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let fields = [
            self.bitrate.to_string(),
            normal_codecs(&self.codecs),
            number(self.width),
            number(self.height),
            short_language(&self.language),
            self.channels.split('/').next().unwrap_or_default().to_owned(),
            self.name.trim().chars().map(lower).collect(),
            shortest_decimal(&self.frame_rate),
            self.video_range.trim().to_ascii_uppercase(),
        ];
        base64(&Sha1::digest(joined(&fields, "-").as_bytes()))
    }
}

/// Sample entries that hls.js takes for video, of those that are met in HLS.
const VIDEO: &[&str] = &[
    "av01", "avc1", "avc2", "avc3", "avc4", "avcp", "dav1", "dva1", "dvav", "dvh1", "dvhe", "encv", "hev1",
    "hvc1", "mjp2", "mp4v", "vc-1", "vp08", "vp09",
];
/// Sample entries that hls.js takes for audio, of those that are met in HLS.
const AUDIO: &[&str] = &[
    "ac-3", "ac-4", "alac", "dtsc", "dtse", "dtsh", "ec-3", "enca", "flac", "mha1", "mha2", "mhm1", "mhm2",
    "mlpa", "mp4a", "opus", "samr",
];

/// The codecs of one sort.
fn only(entries: &[&str], codecs: &str) -> String {
    let list: Vec<&str> = codecs
        .split(',')
        .map(str::trim)
        .filter(|codec| {
            codec.get(..4).is_some_and(|start| entries.iter().any(|entry| entry.eq_ignore_ascii_case(start)))
        })
        .collect();
    list.join(",")
}

/// Trimmed, lower-case, decimal AVC profiles in hex, sorted.
fn normal_codecs(codecs: &str) -> String {
    let list: BinaryHeap<String> = codecs
        .split(',')
        .map(|codec| codec.trim().to_ascii_lowercase())
        .map(|codec| hex_avc(&codec).unwrap_or(codec))
        .collect();
    let list = list.into_sorted_vec();
    joined(&list, ",")
}

/// By way of slices, of which other names are joined, too: the code for strings would come besides.
fn joined(strings: &[String], by: &str) -> String {
    let slices: Vec<&str> = strings.iter().map(String::as_str).collect();
    slices.join(by)
}

/// `avc1.66.30`, the decimal form of iOS 3 days, as `avc1.42001e`; `None` for anything else.
fn hex_avc(codec: &str) -> Option<String> {
    let mut parts = codec.split('.');
    let (entry, profile, level) = (parts.next()?, parts.next()?, parts.next()?);
    if !matches!(entry, "avc1" | "avc") || parts.next().is_some() {
        return None;
    }
    let mut hex = String::from("avc1.");
    for byte in [profile.parse::<u8>().ok()?, 0, level.parse::<u8>().ok()?] {
        for nibble in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    Some(hex)
}

/// Lower case in the alphabets of Europe. `char::to_lowercase` knows every alphabet by tables that cost 2.6 KB
/// of brotli; a name in another script with two cases meets fewer viewers, and nothing else happens.
fn lower(c: char) -> char {
    let code = u32::from(c);
    let lower = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => code + 32,
        0x400..=0x40f => code + 80,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e | 0x38f => code + 63,
        0x130 | 0x138 => code,
        0x178 => 0xff,
        // Pairs: Latin with marks, further Cyrillic, Vietnamese. The odd code is the capital in two stretches.
        0x139..=0x148 | 0x179..=0x17e => code + (code & 1),
        0x100..=0x177 | 0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f | 0x1ea0..=0x1eff => code | 1,
        _ => code,
    };
    char::from_u32(lower).unwrap_or(c)
}

/// The first two letters in lower case; nothing for an undetermined language.
fn short_language(language: &str) -> String {
    let language = language.trim().to_ascii_lowercase();
    if language == "und" { String::new() } else { language.chars().take(2).collect() }
}

/// A decimal number without what does not change it: `30.000` is `30`, `29.970` is `29.97`. Text is cut as
/// text, since FRAME-RATE is a decimal-floating-point (RFC 8216 §4.2) and never has an exponent.
fn shortest_decimal(text: &str) -> String {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return String::new();
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { [whole, fraction].join(".") }
}

/// Standard base64 with padding (RFC 4648 §4). Fifteen lines against a dependency for two call sites.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | u32::from(group.get(i).copied().unwrap_or(0)));
        for i in 0..4 {
            let sextet = (bits >> (18 - 6 * i)) as usize & 63;
            text.push(if i > group.len() { '=' } else { char::from(ALPHABET[sextet]) });
        }
    }
    text
}

impl InfoHash {
    /// Reads the "binary string" of tracker messages: 20 characters U+0000–U+00FF, one for each byte.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        bytes_of(text).map(Self)
    }
}

impl PeerId {
    /// Our own id: `-SP`, two digits each of major and minor version, `-`, and 12 alphanumerics drawn from
    /// `seed`. Others decode it as UTF-8, so it stays ASCII.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        let mut id = *b"-SP0001-............";
        id[8..].copy_from_slice(&alphanumerics::<12>(seed));
        Self(id)
    }

    /// Reads the "binary string" of tracker messages.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        bytes_of(text).map(Self)
    }

    /// Whether the other side may be a Sprat: a hint, never a proof.
    #[must_use]
    pub fn looks_like_sprat(&self) -> bool {
        self.0.starts_with(b"-SP")
    }
}

/// `N` characters of `[A-Za-z0-9]` drawn from `seed` (SplitMix64).
#[must_use]
pub fn alphanumerics<const N: usize>(seed: u64) -> [u8; N] {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut state = seed;
    core::array::from_fn(|_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // The high half times 62: every character within 2⁻²⁶ of equally likely.
        ALPHABET[((((z ^ (z >> 31)) >> 32) * 62) >> 32) as usize]
    })
}

fn bytes_of(text: &str) -> Option<[u8; 20]> {
    let mut bytes = [0; 20];
    let mut chars = text.chars();
    for byte in &mut bytes {
        *byte = u8::try_from(chars.next()?).ok()?;
    }
    chars.next().is_none().then_some(bytes)
}

fn write_bytes(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|&b| fmt::Write::write_char(f, char::from(b)))
}

impl fmt::Display for InfoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_bytes(&self.0, f)
    }
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_bytes(&self.0, f)
    }
}
