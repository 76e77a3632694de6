//! What holds for any bytes at all. Each claim takes bytes as a stranger might send them, hands them to a reader of
//! the engine and panics where the reader breaks a promise: an answer that depends on how the input was cut, a
//! fragment that does not read back, a time that runs backwards. That it ends soon and within bounds, whoever calls
//! it measures: `../meter.rs` while fuzzing.
//!
//! `cargo xtask fuzz` looks for bytes that break a claim; `tests/fuzz.rs` replays those found once and some more.

mod captions;
mod decrypt;
mod documents;
mod fmp4;
mod native;
mod playlist;
mod remux;
mod transport;
mod wire;

/// A claim about some bytes.
pub(crate) type Claim = fn(&[u8]);

/// Each by its name, which is also that of its fuzz target and of its folder in `corpus/`.
pub(crate) const ALL: [(&str, Claim); 14] = [
    ("playlist", playlist::reads_in_any_slices),
    ("reload", playlist::reads_on_where_it_was),
    ("remux", remux::any_cut_is_the_same),
    ("transport", transport::any_stream_is_the_same),
    ("fmp4", fmp4::boxes_are_believed_within_bounds),
    ("webvtt", captions::webvtt),
    ("ttml", captions::ttml),
    ("line21", captions::line21),
    ("decrypt", decrypt::any_cut_is_the_same),
    ("documents", documents::no_text_is_more_than_an_error),
    ("wire_v1", wire::v1_commands),
    ("wire_v2", wire::v2_commands),
    ("wire_native", native::neighbours_may_say_anything),
    ("tracker", wire::tracker_messages),
];

/// Chance that only the bytes decide on, so that every finding can be repeated from its file.
pub(crate) struct Chance(u64);

impl Chance {
    /// FNV-1a of the bytes.
    fn of(data: &[u8]) -> Self {
        let hash = data
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
        Self(hash | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 16
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn coin(&mut self) -> bool {
        self.next() & 1 == 1
    }

    /// `data` in pieces, all of them short in some runs and long in others.
    fn pieces<'a>(&mut self, data: &'a [u8]) -> Vec<&'a [u8]> {
        let longest = [1, 16, 188, 1000, 9000][self.below(5)].max(data.len() / 200);
        let (mut rest, mut pieces) = (data, Vec::new());
        while !rest.is_empty() {
            let (piece, more) = rest.split_at((1 + self.below(longest)).min(rest.len()));
            pieces.push(piece);
            rest = more;
        }
        pieces
    }
}
