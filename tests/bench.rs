//! A bench does with tasks what the modules behind it do with bytes: one answer for every way of cutting a segment,
//! keys that open what they lock, and nothing that one task leaves behind spoils the next.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use sprat::engine::bench::Bench;
use sprat::engine::id::BlobId;
use sprat::engine::task::{Lock, Made, Unmade, Work};
use std::fs;

const LOCK: Lock = Lock { key: *b"sixteen byte key", iv: [7; 16], samples: false };

fn segment(init: Option<BlobId>) -> Work {
    Work::Segment {
        fresh: false,
        contiguous: false,
        wary: false,
        expected: None,
        without_audio: false,
        aac_sbr: None,
        init,
        beside: false,
    }
}

fn clip() -> Vec<u8> {
    fs::read("tests/remux/avc-aac.ts").unwrap()
}

/// Does a task with its bytes in pieces of `cut`.
fn done(
    bench: &mut Bench,
    work: &Work,
    lock: Option<Lock>,
    bytes: &[u8],
    cut: usize,
) -> Result<(Made, Vec<u8>), Unmade> {
    bench.begin(work, lock, None);
    bytes.chunks(cut).for_each(|piece| bench.push(piece));
    bench.finish()
}

/// Cipher block chaining with padding (RFC 8216 §4.3.2.4), the other way round.
fn locked(clear: &[u8], Lock { key, iv, .. }: Lock) -> Vec<u8> {
    let cipher = aes::Aes128Enc::new(&key.into());
    let padding = 16 - clear.len() % 16;
    let padded = [clear, &vec![padding as u8; padding]].concat();
    let mut chain = iv;
    let mut out = Vec::new();
    for block in padded.as_chunks::<16>().0 {
        let mut mixed: [u8; 16] = std::array::from_fn(|i| block[i] ^ chain[i]);
        cipher.encrypt_block((&mut mixed).into());
        chain = mixed;
        out.extend_from_slice(&mixed);
    }
    out
}

#[test]
fn a_segment_becomes_the_same_fragment_however_it_is_cut() {
    let whole = done(&mut Bench::new(|_| true), &segment(None), None, &clip(), usize::MAX).unwrap();
    assert!(whole.0.init.is_some() && !whole.0.is_empty && !whole.1.is_empty());
    for cut in [1, 187, 188, 4096, 100_000] {
        assert_eq!(
            done(&mut Bench::new(|_| true), &segment(None), None, &clip(), cut).unwrap(),
            whole,
            "{cut}"
        );
    }
}

#[test]
fn a_locked_segment_becomes_what_the_clear_one_becomes() {
    let clear = done(&mut Bench::new(|_| true), &segment(None), None, &clip(), 4096).unwrap();
    let locked = locked(&clip(), LOCK);
    assert_eq!(done(&mut Bench::new(|_| true), &segment(None), Some(LOCK), &locked, 5000).unwrap(), clear);
}

#[test]
fn fragmented_mp4_is_opened_and_otherwise_left_as_it_is() {
    let (made, bytes) = done(
        &mut Bench::new(|_| true),
        &segment(Some(BlobId(1))),
        Some(LOCK),
        &locked(b"moof and mdat", LOCK),
        3,
    )
    .unwrap();
    assert_eq!((made.init, bytes), (None, b"moof and mdat".to_vec()));
}

#[test]
fn a_locked_initialisation_section_comes_out_as_one() {
    let (made, bytes) =
        done(&mut Bench::new(|_| true), &Work::Open, Some(LOCK), &locked(b"ftyp and moov", LOCK), 16)
            .unwrap();
    assert_eq!((made.init, bytes), (Some(b"ftyp and moov".to_vec()), Vec::new()));
}

#[test]
fn what_is_no_segment_says_so_and_the_next_one_is_made() {
    let mut bench = Bench::new(|_| true);
    let first = done(&mut bench, &segment(None), None, &clip(), 4096).unwrap();
    for junk in [&b""[..], b"<html>not here</html>", &[0x47; 188]] {
        assert!(
            matches!(done(&mut bench, &segment(None), None, junk, 7), Err(Unmade::Unusable(_))),
            "{junk:?}"
        );
    }
    assert!(matches!(done(&mut bench, &segment(None), Some(LOCK), b"short", 7), Err(Unmade::Unusable(_))));
    let again = done(&mut bench, &segment(None), None, &clip(), 4096).unwrap();
    assert_eq!((again.0.start, again.0.init), (first.0.start, first.0.init));
}

#[test]
fn a_task_that_is_not_finished_leaves_nothing_behind() {
    let mut bench = Bench::new(|_| true);
    bench.begin(&Work::Open, Some(LOCK), None);
    bench.push(b"half of something");
    let made = done(&mut bench, &segment(None), None, &clip(), 4096).unwrap();
    assert_eq!(made.1, done(&mut Bench::new(|_| true), &segment(None), None, &clip(), 4096).unwrap().1);
}
