//! Single samples: `METHOD=SAMPLE-AES` in transport streams and packed audio (Apple, "MPEG-2 Stream Encryption
//! Format for HTTP Live Streaming"). The container is clear, and in it a part of every slice and of every frame
//! of sound is encrypted with AES-128 in cipher block chaining, which begins anew with each, without padding.
//!
//! Whoever takes the container apart hands them in one by one. Which streams are encrypted it knows by their
//! types (0xDB H.264, 0xCF AAC, 0xC1 AC-3, 0xC2 EC-3), or, in packed audio, by the playlist alone.

use super::{Block, chain_blocks};
use aes::Aes128Dec;
use aes::cipher::KeyInit;

/// Slices up to this length are clear.
const CLEAR_SLICE: usize = 48;
/// A slice begins with so many clear bytes, its header among them.
const SLICE_LEADER: usize = 32;
/// Of ten blocks of a slice the first is encrypted.
const SLICE_PATTERN: usize = 160;
/// A frame of sound begins with so many clear bytes, an ADTS header not counted.
const SOUND_LEADER: usize = 16;

/// Decrypts samples with one key and one initialisation vector.
pub struct SampleAes {
    cipher: Aes128Dec,
    iv: Block,
}

impl core::fmt::Debug for SampleAes {
    /// A key is not for printing.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SampleAes")
    }
}

impl SampleAes {
    /// With this key and this initialisation vector ([`iv_of`](super::iv_of), where the playlist gives none).
    #[must_use]
    pub fn new(key: [u8; 16], iv: [u8; 16]) -> Self {
        Self { cipher: Aes128Dec::new(&key.into()), iv }
    }

    /// One NAL unit of H.264, from its type byte on, without start code and trailing zero bytes. Only slices
    /// (types 1 and 5) are encrypted, and of those only long ones; any other comes out as it went in.
    ///
    /// An encrypted slice got emulation prevention bytes (ISO/IEC 14496-10 §7.4.1) for what the cipher made of
    /// it, on top of those it had before. The former are taken out here; the latter are then in their places.
    pub fn nal(&self, nal: &mut Vec<u8>) {
        let is_slice = nal.first().is_some_and(|header| matches!(header & 31, 1 | 5));
        if !is_slice || nal.len() <= CLEAR_SLICE {
            return;
        }
        remove_emulation_prevention(nal);
        let mut chain = self.iv;
        let mut at = SLICE_LEADER;
        // A last block with nothing behind it is clear.
        while at + 16 < nal.len() {
            let blocks = nal[at..at + 16].as_chunks_mut().0;
            chain_blocks(&self.cipher, &mut chain, blocks);
            at += SLICE_PATTERN;
        }
    }

    /// One frame of sound: AAC with or without its ADTS header, AC-3 or EC-3 from the sync word on. What is left
    /// over after the last whole block is clear.
    pub fn audio_frame(&self, frame: &mut [u8]) {
        // ISO/IEC 14496-3 §1.A.2.2: a sync word of twelve bits, layer 0; the last bit says that no checksum follows.
        // Bare AAC cannot begin like this: its first three bits would end a frame that has nothing in it.
        let header = match frame {
            [0xff, second, ..] if *second & 0xf6 == 0xf0 => 9 - 2 * usize::from(*second & 1),
            _ => 0,
        };
        if let Some(sound) = frame.get_mut(header + SOUND_LEADER..) {
            let mut chain = self.iv;
            chain_blocks(&self.cipher, &mut chain, sound.as_chunks_mut().0);
        }
    }
}

/// Takes the 3 out of every 0 0 3.
fn remove_emulation_prevention(nal: &mut Vec<u8>) {
    let mut zeros = 0;
    nal.retain(|&byte| {
        let prevents = zeros >= 2 && byte == 3;
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        !prevents
    });
}
