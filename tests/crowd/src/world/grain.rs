//! How finely time is cut. As a rule an engine looks at what follows from every single fact. In a crowd of a hundred
//! thousand it looks ten times a second at most: facts are still taken, and what they alone bring about is still
//! done, at their own microsecond (neighbours are given what they ask for), but the next segment is planned, the next
//! piece asked for and the next news told up to a pause later. The engines, what they say to one another, links, NATs
//! and the tracker are the same.

#[derive(Clone, Copy)]
pub(super) struct Grain {
    /// Between two looks at what follows, in µs.
    pub(super) pause: u64,
    /// How often an element moves on, in µs.
    pub(super) frame: u64,
    /// What a browser hands over at once of a response, in bytes.
    pub(super) chunk: usize,
}

impl Grain {
    pub(super) const EXACT: Self = Self { pause: 0, frame: 100_000, chunk: 64 << 10 };
    /// Half the pause in which engines themselves ask open questions again. A response is handed over whole.
    pub(super) const COARSE: Self = Self { pause: 100_000, frame: 200_000, chunk: 1 << 40 };
}
