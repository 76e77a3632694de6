//! From encrypted bytes to clear ones. The known answers are NIST's, OpenSSL's, and shaka-packager's, which made
//! the slice and the frames; the encryptor below, the other way round and block by block, makes the rest.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use sprat::engine::decrypt::{Aes128, Aes256, DecryptError, SampleAes, iv_of};

const KEY: [u8; 16] = ascending(0);
const IV: [u8; 16] = ascending(16);

#[test]
fn blocks_are_chained_as_nist_says() {
    // SP 800-38A F.2.2 and F.2.6: the same four clear blocks, which do not end in padding.
    let clear = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
                     30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    let iv = ascending(0);
    let mut out = Vec::new();
    let mut short = Aes128::new(hex("2b7e151628aed2a6abf7158809cf4f3c").try_into().unwrap(), iv);
    let encrypted = hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2\
                         73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7");
    short.push(&encrypted, &mut out);
    assert_eq!(short.finish(&mut out), Err(DecryptError::Padding));
    assert_eq!(out, clear);
    out.clear();
    let key = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    let mut long = Aes256::new(key.try_into().unwrap(), iv);
    let encrypted = hex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d\
                         39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b");
    long.push(&encrypted, &mut out);
    assert_eq!(long.finish(&mut out), Err(DecryptError::Padding));
    assert_eq!(out, clear);
}

#[test]
fn padding_goes_and_the_sequence_number_is_the_vector() {
    // openssl enc -aes-128-cbc, and -aes-256-cbc.
    let encrypted = hex("ac6e46490dae645f22872d834f8a8194c282ce5f6ebc5363cbea663994bc814d");
    assert_eq!(open(&encrypted, iv_of(42), &[]), (Ok(()), b"Sixteen bytes ok".to_vec()));
    let mut segment = Aes256::new(core::array::from_fn(|i| i as u8), ascending(0));
    let mut out = Vec::new();
    let encrypted = hex("4846f83aa211e239aa62a21f527f089ee9ddbead30ee15d4e79b607a621b97be\
                         5e95ab7900bd21344e31574c21fab8bdd5d8d16c66f99d51acc159762a6c2edf");
    segment.push(&encrypted, &mut out);
    assert_eq!(segment.finish(&mut out), Ok(()));
    assert_eq!(out, b"The quick brown fox jumps over the lazy dog, and on.");
    assert_eq!(iv_of(0x0102_0304_0506_0708)[8..], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(iv_of(u64::MAX)[..8], [0; 8]);
}

#[test]
fn a_segment_of_any_length_in_any_cut_is_the_same() {
    let mut random = Random(1);
    for len in (0..100).chain([1000, 4095, 4096, 70_000]) {
        let clear = random.bytes(len);
        let encrypted = sealed(&clear);
        for _ in 0..8 {
            let cuts: Vec<_> = (0..random.below(9)).map(|_| random.below(encrypted.len() + 1)).collect();
            assert_eq!(open(&encrypted, IV, &cuts), (Ok(()), clear.clone()), "{len} at {cuts:?}");
        }
    }
    let bytewise: Vec<_> = (0..64).collect();
    assert_eq!(open(&sealed(&[7; 60]), IV, &bytewise).1, [7; 60]);
}

#[test]
fn a_segment_without_padding_or_cut_short_is_given_out_and_said_to_be_so() {
    let clear = Random(2).bytes(64);
    let encrypted = sealed(&clear);
    assert_eq!(open(&encrypted[..64], IV, &[]), (Err(DecryptError::Padding), clear.clone()), "unpadded");
    assert_eq!(open(&encrypted[..69], IV, &[]), (Err(DecryptError::Length), clear), "five bytes too many");
    assert_eq!(open(&encrypted[..9], IV, &[]), (Err(DecryptError::Length), Vec::new()));
    assert_eq!(open(&[], IV, &[]), (Err(DecryptError::Length), Vec::new()));
    // A last byte of 0 or 17 is no padding, nor is one that the bytes before it do not repeat.
    for end in [[3, 3, 0], [17, 17, 17], [3, 4, 3]] {
        let mut clear = [9; 32];
        clear[29..].copy_from_slice(&end);
        let encrypted = &sealed(&clear)[..32];
        assert_eq!(open(encrypted, IV, &[]), (Err(DecryptError::Padding), clear.to_vec()), "{end:?}");
    }
}

#[test]
fn a_slice_keeps_the_emulation_prevention_it_had_before() {
    let key = "69eaa802a6763af979e8d1940fb88392";
    let packaged = SampleAes::new(array(key), array("ae9f955b815ab063c609edbdfa48309c"));
    let mut slice = file("slice.h264");
    packaged.nal(&mut slice);
    assert_eq!(slice, file("slice.clear.h264"));
    assert!(slice.windows(3).any(|w| w == [0, 0, 3]), "there is some to keep");
    // Ciphertext full of start codes, and of 3s that look like prevention.
    let mut slice = file("start-codes.h264");
    SampleAes::new(KEY, IV).nal(&mut slice);
    assert_eq!(slice, file("start-codes.clear.h264"));
}

#[test]
fn frames_of_aac_open_behind_their_headers() {
    let key = "69eaa802a6763af979e8d1940fb88392";
    let packaged = SampleAes::new(array(key), array("e6d414ec58a2ffe7a6cf6b57128799ce"));
    let mut frames = file("frames.aac");
    let mut rest = &mut frames[..];
    while rest.len() > 7 {
        let len = usize::from(rest[3] & 3) << 11 | usize::from(rest[4]) << 3 | usize::from(rest[5]) >> 5;
        let (frame, after) = rest.split_at_mut(len);
        packaged.audio_frame(frame);
        rest = after;
    }
    assert_eq!(frames, file("frames.clear.aac"));
}

#[test]
fn every_slice_and_every_frame_comes_back() {
    let sample = SampleAes::new(KEY, IV);
    let mut random = Random(3);
    for len in (1..260).chain([1000, 5000]) {
        for header in [0x65, 0x41, 0x67, 0x06, 0x09] {
            let mut clear = random.bytes(len);
            // Zeros are many in a NAL unit, and it ends in none.
            clear.iter_mut().for_each(|b| *b &= if *b & 64 == 0 { 3 } else { 0xff });
            (clear[0], clear[len - 1]) = (header, 0x80);
            let clear = escaped(&clear);
            let mut nal = seal_nal(&clear);
            sample.nal(&mut nal);
            assert_eq!(nal, clear, "{header:02x}, {len} bytes");
        }
        for (sync, header) in [(&[0xff, 0xf1][..], 7), (&[0xff, 0xf8], 9), (&[0x0b, 0x77], 0), (&[0x21], 0)] {
            let mut clear = random.bytes(len);
            let n = sync.len().min(len);
            clear[..n].copy_from_slice(&sync[..n]);
            let mut frame = clear.clone();
            if let Some(sound) = frame.get_mut(header + 16..) {
                encrypt(&mut sound.as_chunks_mut().0.iter_mut().collect::<Vec<_>>());
            }
            sample.audio_frame(&mut frame);
            assert_eq!(frame[n..], clear[n..], "{sync:02x?}, {len} bytes");
        }
    }
}

#[test]
fn no_bytes_at_all_are_too_odd_to_decrypt() {
    let sample = SampleAes::new(KEY, IV);
    let mut random = Random(4);
    for _ in 0..20_000 {
        let len = random.below(300);
        let mut bytes = random.bytes(len);
        sample.audio_frame(&mut bytes);
        sample.nal(&mut bytes);
        let mut zeros = vec![0; len];
        if let Some(first) = zeros.first_mut() {
            *first = 1;
        }
        zeros.extend(std::iter::repeat_n([0, 0, 3], len % 40).flatten());
        sample.nal(&mut zeros);
    }
}

/// What comes out, given in pieces that end at `cuts`.
fn open(encrypted: &[u8], iv: [u8; 16], cuts: &[usize]) -> (Result<(), DecryptError>, Vec<u8>) {
    let mut segment = Aes128::new(KEY, iv);
    let (mut out, mut from) = (Vec::new(), 0);
    let mut cuts = cuts.to_vec();
    cuts.push(encrypted.len());
    cuts.sort_unstable();
    for to in cuts {
        segment.push(&encrypted[from..to], &mut out);
        from = to;
    }
    (segment.finish(&mut out), out)
}

/// A whole segment, padded.
fn sealed(clear: &[u8]) -> Vec<u8> {
    let padding = 16 - clear.len() % 16;
    let mut bytes = clear.to_vec();
    bytes.resize(clear.len() + padding, padding as u8);
    encrypt(&mut bytes.as_chunks_mut().0.iter_mut().collect::<Vec<_>>());
    bytes
}

/// A NAL unit as the format's `Encrypted_nal_unit` lays it out.
fn seal_nal(clear: &[u8]) -> Vec<u8> {
    if clear.len() <= 48 || !matches!(clear[0] & 31, 1 | 5) {
        return clear.to_vec();
    }
    let mut nal = clear.to_vec();
    let mut blocks = Vec::new();
    let mut rest = &mut nal[32..];
    while !rest.is_empty() {
        if rest.len() > 16 {
            let (block, after) = rest.split_first_chunk_mut::<16>().unwrap();
            blocks.push(block);
            rest = after;
        }
        let len = rest.len().min(144);
        rest = rest.split_at_mut(len).1;
    }
    encrypt(&mut blocks);
    escaped(&nal)
}

fn escaped(nal: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let mut zeros = 0;
    for &byte in nal {
        if zeros == 2 && byte <= 3 {
            out.push(3);
            zeros = 0;
        }
        out.push(byte);
        zeros = if byte == 0 { zeros + 1 } else { 0 };
    }
    out
}

fn encrypt(blocks: &mut [&mut [u8; 16]]) {
    let cipher = aes::Aes128Enc::new(&KEY.into());
    let mut chain = IV;
    for block in blocks {
        block.iter_mut().zip(chain).for_each(|(b, c)| *b ^= c);
        let mut sealed = (**block).into();
        cipher.encrypt_block(&mut sealed);
        **block = sealed.into();
        chain = **block;
    }
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 ^ self.0 >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next() as u8).collect()
    }
}

const fn ascending(from: u8) -> [u8; 16] {
    let mut bytes = [0; 16];
    let mut i = 0;
    while i < 16 {
        bytes[i] = from + i as u8;
        i += 1;
    }
    bytes
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn array(digits: &str) -> [u8; 16] {
    hex(digits).try_into().unwrap()
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/sample-aes/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
