//! What is inside? Encrypted bytes become clear ones here, in slices, by the two ways in which HLS encrypts
//! without a DRM system: whole segments ([`Aes128`], [`Aes256`]; RFC 8216 §4.3.2.4) and single samples
//! ([`SampleAes`]; Apple, "MPEG-2 Stream Encryption Format for HTTP Live Streaming").
//!
//! A module of mere bytes: where a key comes from and which segment it is for, the playlist says and the session
//! knows. Our own chaining over the `aes` crate's blocks: a few lines, and no second crate.

mod sample;
mod segment;

pub use sample::SampleAes;
pub use segment::{Aes128, Aes256, Segment};

use aes::cipher::consts::U16;
use aes::cipher::{
    BlockCipherDecBackend, BlockCipherDecClosure, BlockCipherDecrypt, BlockSizeUser, ParBlocks,
};
use core::fmt;

/// One block of AES.
type Block = [u8; 16];

/// Why bytes could not be decrypted as they should have been. The stream's fault, or the key's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecryptError {
    /// A segment's length is no multiple of 16 bytes, or it is empty: it was cut short, or is not encrypted.
    Length,
    /// A segment does not end in PKCS#7 padding. Some encoders pad nothing, and then all is well; if the clear
    /// bytes make no sense either, the key is wrong.
    Padding,
}

impl fmt::Display for DecryptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "The encrypted segment is not a whole number of blocks.",
            Self::Padding => "The encrypted segment ends without padding; its key may be wrong.",
        })
    }
}

impl core::error::Error for DecryptError {}

/// The initialisation vector of a key without an `IV` attribute: the segment's media sequence number as a
/// big-endian number of 128 bits (RFC 8216 §5.2).
#[must_use]
pub fn iv_of(media_sequence: u64) -> [u8; 16] {
    u128::from(media_sequence).to_be_bytes()
}

/// Cipher block chaining (NIST SP 800-38A §6.2) over whole blocks, in place; `chain` is the encrypted block
/// before the first one, and then the last one.
fn chain_blocks<C: BlockCipherDecrypt<BlockSize = U16>>(cipher: &C, chain: &mut Block, blocks: &mut [Block]) {
    cipher.decrypt_with_backend(Chained { chain, blocks });
}

/// The work of [`chain_blocks`], which the cipher calls with its way of decrypting several blocks at once. A single
/// block goes that way too: the portable cipher has another for those, as long as the first.
struct Chained<'a> {
    chain: &'a mut Block,
    blocks: &'a mut [Block],
}

impl BlockSizeUser for Chained<'_> {
    type BlockSize = U16;
}

impl BlockCipherDecClosure for Chained<'_> {
    fn call<B: BlockCipherDecBackend<BlockSize = U16>>(self, backend: &B) {
        let mut clear = ParBlocks::<B>::default();
        for blocks in self.blocks.chunks_mut(clear.len()) {
            for (clear, block) in clear.iter_mut().zip(&*blocks) {
                *clear = (*block).into();
            }
            backend.decrypt_par_blocks_inplace(&mut clear);
            for (block, clear) in blocks.iter_mut().zip(&clear) {
                let before = core::mem::replace(self.chain, *block);
                *block = core::array::from_fn(|i| clear[i] ^ before[i]);
            }
        }
    }
}
