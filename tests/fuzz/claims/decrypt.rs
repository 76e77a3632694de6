//! Encrypted bytes: any cut of a segment opens to the same, and no sample is too odd to open.

use super::Chance;
use sprat::engine::decrypt::{Aes128, Aes256, SampleAes};

const IV: [u8; 16] = [3; 16];

pub(super) fn any_cut_is_the_same(data: &[u8]) {
    let mut chance = Chance::of(data);
    let (mut whole, mut pieces) = (Aes128::new([5; 16], IV), Aes128::new([5; 16], IV));
    let (mut clear, mut joined) = (Vec::new(), Vec::new());
    whole.push(data, &mut clear);
    chance.pieces(data).into_iter().for_each(|piece| pieces.push(piece, &mut joined));
    assert_eq!(whole.finish(&mut clear), pieces.finish(&mut joined));
    assert_eq!(clear, joined);
    // All but padding and what is no block.
    assert!(clear.len() <= data.len() && clear.len() + 32 > data.len());

    let mut long = Aes256::new([5; 32], IV);
    let mut out = Vec::new();
    long.push(data, &mut out);
    let _ = long.finish(&mut out);
    assert!(out.len() <= data.len() && out.len() + 32 > data.len());

    let sample = SampleAes::new([5; 16], IV);
    let mut frame = data.to_vec();
    sample.audio_frame(&mut frame);
    assert_eq!(frame.len(), data.len());
    let mut nal = data.to_vec();
    sample.nal(&mut nal);
    // Emulation prevention goes: a byte in three at the most.
    assert!(nal.len() <= data.len() && nal.len() + nal.len() / 2 + 1 >= data.len());
}
