//! Bytes come in pieces, and the network decides which. Whatever is read piece by piece says the same in any pieces:
//! transport streams and packed audio of every codec, over several segments, tagged, damaged and encrypted. (For
//! playlists `playlist/hostile.rs` shows it, for digest lists `digests.rs`, for captions on pictures
//! `text/hostile.rs`, for whole encrypted segments `decrypt.rs`; WebVTT and TTML are read whole.)
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use sprat::engine::decrypt::{Aes128, SampleAes};
use sprat::engine::time::MediaTime;
use sprat::engine::transmux::{ContainerError, Fragment, RemuxOptions, Remuxer};
use std::fs;

/// Of a transport stream, in bytes.
const PACKET: usize = 188;
const KEY: [u8; 16] = *b"a key of sixteen";
const IV: [u8; 16] = [9; 16];

type Made = Vec<Result<Fragment, ContainerError>>;

#[test]
fn segments_in_a_row_are_the_same_in_any_pieces() {
    for (name, bytes) in clips() {
        let mut fragments = 0;
        for seed in 1..=6 {
            let mut random = Random(seed);
            // Where packets end, and where none does: what one segment begins the next one finishes.
            let unit = if seed % 2 == 0 { PACKET } else { 1 };
            let longest = bytes.len() / 2 / unit;
            let segments = random.pieces_of(&bytes, unit, longest);
            let (whole, pieces) = both(&segments, &mut random, None);
            assert!(whole == pieces, "{name}, seed {seed}");
            fragments += whole.iter().flatten().count();
        }
        assert!(fragments >= 3, "{name}: {fragments} in all");
    }
}

#[test]
fn damage_is_the_same_in_any_pieces() {
    for (name, bytes) in clips() {
        for seed in 1..=12 {
            let mut random = Random(seed);
            let mut damaged = bytes.clone();
            for _ in 0..1 + random.below(20) {
                let at = random.below(damaged.len());
                match random.below(4) {
                    0 => damaged[at] = random.next() as u8,
                    1 => drop(damaged.drain(at..(at + random.below(400)).min(bytes.len() / 2).max(at))),
                    2 => drop(damaged.splice(at..at, *b"G\0\0\x01I")),
                    _ => damaged[at] ^= 1 << random.below(8),
                }
            }
            let segments = random.pieces(&damaged, bytes.len());
            let (whole, pieces) = both(&segments, &mut random, None);
            assert!(whole == pieces, "{name}, seed {seed}");
        }
    }
}

#[test]
fn packed_audio_behind_tags_is_the_same_in_any_pieces() {
    for (name, bytes) in clips().into_iter().filter(|(name, _)| name.starts_with("packed")) {
        for seed in 1..=8 {
            let mut random = Random(seed);
            // Small tags, one of a timestamp, and one longer than is kept.
            let tags = [tag(&[0; 5]), timestamp(900_000), tag(&vec![1; 70_000 * random.below(2)])];
            let tagged = [&tags.concat()[..], &bytes].concat();
            let (whole, pieces) = both(&[&tagged, &bytes], &mut random, None);
            assert!(whole == pieces, "{name}, seed {seed}");
            let start = whole[0].as_ref().unwrap().start();
            assert_eq!(start, MediaTime::from_secs(10.0), "{name}, seed {seed}");
        }
    }
}

#[test]
fn samples_that_a_key_opens_are_the_same_in_any_pieces() {
    for (name, mut bytes) in clips() {
        announce_encryption(&mut bytes);
        for seed in 1..=3 {
            let mut random = Random(seed);
            let segments = random.pieces(&bytes, bytes.len());
            let (whole, pieces) = both(&segments, &mut random, Some(KEY));
            assert!(whole == pieces, "{name}, seed {seed}");
        }
    }
}

#[test]
fn encrypted_segments_are_the_same_as_clear_ones_in_any_pieces() {
    for (name, bytes) in clips() {
        let sealed = sealed(&bytes);
        let clear = {
            let mut remuxer = remuxer();
            remuxer.begin(None, false, None);
            remuxer.push(&bytes);
            remuxer.finish()
        };
        for seed in 1..=6 {
            let mut random = Random(seed);
            let (mut cipher, mut remuxer) = (Aes128::new(KEY, IV), remuxer());
            remuxer.begin(None, false, None);
            for piece in random.pieces(&sealed, 5000) {
                let mut clear = Vec::new();
                cipher.push(piece, &mut clear);
                remuxer.push(&clear);
            }
            let mut rest = Vec::new();
            cipher.finish(&mut rest).unwrap();
            remuxer.push(&rest);
            assert!(remuxer.finish() == clear, "{name}, seed {seed}");
        }
    }
}

/// What comes of these segments in a row, each pushed whole, and each in pieces.
fn both(segments: &[&[u8]], random: &mut Random, key: Option<[u8; 16]>) -> (Made, Made) {
    let key = || key.map(|key| Box::new(SampleAes::new(key, IV)));
    let (mut whole, mut pieces) = (remuxer(), remuxer());
    let made = segments.iter().enumerate().map(|(i, segment)| {
        whole.begin(None, i > 0, key());
        whole.push(segment);
        pieces.begin(None, i > 0, key());
        let longest = [1, 30, 188, 700, 30_000][random.below(5)];
        for piece in random.pieces(segment, longest) {
            pieces.push(piece);
        }
        (whole.finish(), pieces.finish())
    });
    made.unzip()
}

fn remuxer() -> Remuxer {
    Remuxer::new(RemuxOptions { decodes: |_| true, without_audio: false, aac_sbr: None })
}

/// Turns the stream types of a programme map into those of encrypted streams, as far as there are any.
fn announce_encryption(stream: &mut [u8]) {
    for packet in stream.chunks_exact_mut(PACKET) {
        // Table 2 in a packet that begins one: the streams are behind 12 bytes and the programme's descriptors.
        if packet[0] != 0x47 || packet[1] & 0x40 == 0 || packet[4] != 0 || packet[5] != 2 {
            continue;
        }
        let len = usize::from(packet[7]);
        let mut at = 17 + usize::from(packet[16]);
        while at + 5 < (8 + len - 4).min(PACKET) {
            packet[at] = match packet[at] {
                0x1b => 0xdb,
                0x0f => 0xcf,
                0x81 => 0xc1,
                0x87 => 0xc2,
                other => other,
            };
            at += 5 + usize::from(packet[at + 4]);
        }
    }
}

fn sealed(clear: &[u8]) -> Vec<u8> {
    let padding = 16 - clear.len() % 16;
    let mut bytes = clear.to_vec();
    bytes.resize(clear.len() + padding, padding as u8);
    let cipher = aes::Aes128Enc::new(&KEY.into());
    let mut chain = IV;
    for block in bytes.as_chunks_mut::<16>().0 {
        block.iter_mut().zip(chain).for_each(|(b, c)| *b ^= c);
        let mut sealed = (*block).into();
        cipher.encrypt_block(&mut sealed);
        *block = sealed.into();
        chain = *block;
    }
    bytes
}

fn timestamp(ticks: u64) -> Vec<u8> {
    let owner = b"com.apple.streaming.transportStreamTimestamp\0";
    tag(&[&b"PRIV\0\0\0"[..], &[owner.len() as u8 + 8, 0, 0], owner, &ticks.to_be_bytes()].concat())
}

fn tag(body: &[u8]) -> Vec<u8> {
    let size = [21, 14, 7, 0].map(|shift| (body.len() >> shift) as u8 & 0x7f);
    [b"ID3\x04\0\0", &size[..], body].concat()
}

/// All clips of `remux/`, with their names.
fn clips() -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/tests/remux", env!("CARGO_MANIFEST_DIR"));
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let media = ["ts", "aac", "mp3", "ac3", "eac3"];
    let clip = paths.filter(|path| path.extension().is_some_and(|ext| media.iter().any(|m| ext == *m)));
    let mut clips: Vec<_> = clip
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    clips.sort();
    assert!(clips.len() >= 20);
    clips
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// `bytes` in pieces of up to `longest`.
    fn pieces<'a>(&mut self, bytes: &'a [u8], longest: usize) -> Vec<&'a [u8]> {
        self.pieces_of(bytes, 1, longest)
    }

    /// `bytes` in pieces of up to `longest` times so many.
    fn pieces_of<'a>(&mut self, bytes: &'a [u8], unit: usize, longest: usize) -> Vec<&'a [u8]> {
        let (mut rest, mut pieces) = (bytes, Vec::new());
        while !rest.is_empty() {
            let (piece, more) = rest.split_at((unit * (1 + self.below(longest))).min(rest.len()));
            pieces.push(piece);
            rest = more;
        }
        pieces
    }
}
