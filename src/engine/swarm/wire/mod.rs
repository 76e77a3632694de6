//! What is said on a data channel, and the only door through which bytes of other viewers become commands.
//!
//! [`v2`] speaks the encoding of p2p-media-loader 1.0.5 and later, [`v1`] that of 0.x; [`Dialect`] is the choice of
//! one. Segment bytes travel unframed between the commands; [`v2::is_frame`] and [`v1::decode`] tell the two apart.
//! [`native`] is our own, which Sprats go over to when both have said so in v2.

mod dialect;
pub(super) mod ids;
pub mod native;
pub mod v1;
pub mod v2;

pub use dialect::Dialect;

/// One thing said. Segments are numbered as [`SegmentId::number`](crate::engine::id::SegmentId) is; requests
/// by the side that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Everything the sender can give now; replaces what it said before.
    Announcement {
        /// Segments it holds.
        held: Vec<u64>,
        /// Segments it is fetching from the origin.
        loading: Vec<u64>,
    },
    /// Send me this segment.
    Request {
        /// Which segment.
        segment: u64,
        /// The number to answer under.
        request: u64,
        /// First byte wanted.
        from: u64,
    },
    /// The next `length` raw bytes are the rest of this segment, from the byte asked for.
    Data {
        /// Which segment.
        segment: u64,
        /// The request it answers.
        request: u64,
        /// Bytes that follow.
        length: u64,
    },
    /// All bytes were sent.
    Completed {
        /// Which segment.
        segment: u64,
        /// The request it answers.
        request: u64,
    },
    /// Not to be had here.
    Absent {
        /// Which segment.
        segment: u64,
        /// The request it answers.
        request: u64,
    },
    /// No longer wanted.
    Cancel {
        /// Which segment.
        segment: u64,
        /// The request it takes back.
        request: u64,
    },
}

/// Why a frame could not be read. The sender is at fault; what to do about it is the caller's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// Not framed as a command.
    NotACommand,
    /// A middle or last part with no first part before it.
    NoFirstPart,
    /// A first part while another command was incomplete.
    Interrupted,
    /// Longer than any command can be.
    TooLong,
    /// More ids than anyone can hold.
    TooManyIds,
    /// A value ends after the message does.
    Truncated,
    /// A value of a type that does not exist, or not of the type its field has.
    WrongType,
    /// A field without which the command says nothing is missing.
    MissingField,
}
