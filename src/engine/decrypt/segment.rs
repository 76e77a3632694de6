//! Whole segments: AES in cipher block chaining with PKCS#7 padding, `METHOD=AES-128` (RFC 8216 §4.3.2.4) and
//! `AES-256`. Bytes go in as they come, in any cut, and clear ones come out at once, but for the last block: it
//! may be padding, which only the end tells.

use super::{Block, DecryptError, chain_blocks};
use aes::cipher::{BlockCipherDecrypt, KeyInit, consts::U16};
use aes::{Aes128Dec, Aes256Dec};

/// A segment of `METHOD=AES-128` on its way from encrypted to clear.
pub type Aes128 = Segment<Aes128Dec>;

/// A segment of `METHOD=AES-256` on its way from encrypted to clear.
pub type Aes256 = Segment<Aes256Dec>;

/// A segment on its way from encrypted to clear; one per segment, with the key and the IV that are in force
/// there ([`iv_of`](super::iv_of), where the playlist gives no IV).
pub struct Segment<C> {
    cipher: C,
    /// The last encrypted block.
    chain: Block,
    /// The beginning of an encrypted block whose rest has not come yet: this many bytes of it.
    begun: (Block, usize),
    /// The last clear block.
    held: Option<Block>,
}

impl Aes128 {
    /// A segment with this key and this initialisation vector.
    #[must_use]
    pub fn new(key: [u8; 16], iv: [u8; 16]) -> Self {
        Self::with(Aes128Dec::new(&key.into()), iv)
    }
}

impl Aes256 {
    /// A segment with this key and this initialisation vector.
    #[must_use]
    pub fn new(key: [u8; 32], iv: [u8; 16]) -> Self {
        Self::with(Aes256Dec::new(&key.into()), iv)
    }
}

impl<C: BlockCipherDecrypt<BlockSize = U16>> Segment<C> {
    fn with(cipher: C, iv: Block) -> Self {
        Self { cipher, chain: iv, begun: ([0; 16], 0), held: None }
    }

    /// Takes the next encrypted bytes and appends what is clear now; one answer for every way of cutting them.
    /// 64 KiB are well under a millisecond's work: a caller that has more gives it in turns.
    pub fn push(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) {
        let (begun, filled) = &mut self.begun;
        if *filled > 0 {
            let taken = bytes.len().min(16 - *filled);
            begun[*filled..*filled + taken].copy_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            *filled += taken;
            if *filled < 16 {
                return;
            }
            let block = *begun;
            self.blocks(&block, out);
        }
        let (whole, rest) = bytes.split_at(bytes.len() & !15);
        self.blocks(whole, out);
        self.begun.0[..rest.len()].copy_from_slice(rest);
        self.begun.1 = rest.len();
    }

    /// The end: appends the last bytes, without their padding.
    ///
    /// # Errors
    /// [`DecryptError`], after all whole blocks have been given out, the last one with whatever it ends in. Players
    /// play such a segment; a caller does well to go on with a warning, unless the container is no container.
    pub fn finish(self, out: &mut Vec<u8>) -> Result<(), DecryptError> {
        let last = self.held.ok_or(DecryptError::Length)?;
        let padding = usize::from(last[15]);
        let padded = (1..=16).contains(&padding) && last[16 - padding..].iter().all(|b| *b == last[15]);
        if self.begun.1 == 0 && padded {
            out.extend_from_slice(&last[..16 - padding]);
            return Ok(());
        }
        out.extend_from_slice(&last);
        Err(if self.begun.1 == 0 { DecryptError::Padding } else { DecryptError::Length })
    }

    /// Whole encrypted blocks: all but the last are given out, after the one that was held.
    fn blocks(&mut self, encrypted: &[u8], out: &mut Vec<u8>) {
        if encrypted.is_empty() {
            return;
        }
        out.extend(self.held.into_iter().flatten());
        let at = out.len();
        out.extend_from_slice(encrypted);
        let blocks = out[at..].as_chunks_mut().0;
        chain_blocks(&self.cipher, &mut self.chain, blocks);
        self.held = blocks.last().copied();
        out.truncate(out.len() - 16);
    }
}
