//! Our own protocol's encoding (`docs/protocol.md`). A [`Hello`] is an announcement of v2 with more fields than v2 has,
//! which every v2 peer passes over. What follows once both sides have said theirs is one [`Message`] to a message of the
//! channel: its type in the first byte, then numbers of LEB128. Bytes of a piece are a message of their own behind the
//! one that names them, so that they need not be copied. Types, fields behind those known and entries that nobody here
//! knows are passed over.

use super::{Command, WireError, v2};
use crate::engine::payload::Digest;
use crate::engine::swarm::naming::InfoHash;

/// Bytes of a piece; the last one of a segment is what remains.
pub const PIECE: u64 = 64 << 10;
/// Pieces of the longest segment.
pub const MAX_PIECES: u64 = 4_096;
/// The longest message that is not the bytes of a piece: the list of the most pieces fits.
pub const MAX_COMMAND: usize = 192 << 10;
/// Changes in one [`Message::Have`].
pub const MAX_CHANGES: usize = 1_024;
/// The version spoken here.
pub const VERSION: u64 = 1;

/// What both sides say first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Highest version that is spoken.
    pub version: u64,
    /// Pieces that may be asked for at once.
    pub outstanding: u64,
    /// The longest message that is taken, in bytes.
    pub message: u64,
    /// What there is to upload with: 0 nothing, 1 below 1 Mbit/s, 2 below 4, 3 below 16, 4 more.
    pub uplink: u64,
    /// The other side's hello was heard: what comes next on this channel is in our protocol.
    pub heard: bool,
}

/// Pieces `first..first + count` of a segment, by the number that the sender gave its rendition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which rendition.
    pub room: u64,
    /// Which segment.
    pub segment: u64,
    /// The first piece.
    pub first: u64,
    /// How many.
    pub count: u64,
}

/// How much the sender now has of a segment that it can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Has {
    /// Nothing.
    Nothing,
    /// Nothing yet: it is being fetched from the origin.
    Loading,
    /// All bytes.
    Whole {
        /// Their number.
        length: u64,
    },
    /// Some pieces.
    Pieces {
        /// Bytes of the whole.
        length: u64,
        /// A bit for each piece, the first in the lowest bit of the first byte.
        bits: Vec<u8>,
    },
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The sender is in this swarm, and calls it so from now on.
    Join {
        /// The number.
        room: u64,
        /// The swarm.
        info_hash: InfoHash,
    },
    /// The sender left it.
    Leave {
        /// The number.
        room: u64,
    },
    /// What has changed.
    Have {
        /// Of which rendition.
        room: u64,
        /// By segment.
        changes: Vec<(u64, Has)>,
    },
    /// Send me these.
    Want(Run),
    /// No longer wanted.
    Drop(Run),
    /// The next message is this piece; `count` is 1.
    Piece(Run),
    /// Not to be had here.
    Absent(Run),
    /// Nothing is sent until further notice; what was asked for is forgotten.
    Choke,
    /// From now on it is.
    Unchoke,
    /// Send me the digests of this segment's pieces.
    WantList {
        /// Which rendition.
        room: u64,
        /// Which segment.
        segment: u64,
    },
    /// The digests of a segment's pieces; none: not to be had here.
    List {
        /// Which rendition.
        room: u64,
        /// Which segment.
        segment: u64,
        /// In order.
        digests: Vec<Digest>,
    },
    /// How much the sender may give at present: whoever asks for more is choked before long.
    Spare {
        /// In pieces.
        pieces: u64,
    },
}

const JOIN: u8 = 1;
const LEAVE: u8 = 2;
const HAVE: u8 = 3;
const WANT: u8 = 4;
const DROP: u8 = 5;
const PIECE_FOLLOWS: u8 = 6;
const ABSENT: u8 = 7;
const CHOKE: u8 = 8;
const UNCHOKE: u8 = 9;
const WANT_LIST: u8 = 10;
const LIST: u8 = 11;
const SPARE: u8 = 13;

/// Pieces of a segment of so many bytes.
#[must_use]
pub fn pieces_of(length: u64) -> u64 {
    length.div_ceil(PIECE)
}

impl Hello {
    /// The announcement that says it, with nothing in it that v2 would act on.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let nothing = Command::Announcement { held: Vec::new(), loading: Vec::new() };
        let mut frame = v2::encode(&nothing, v2::MAX_MESSAGE).swap_remove(0);
        let end = frame.split_off(frame.len() - 4);
        for (name, value) in [
            (b'v', self.version),
            (b'o', self.outstanding),
            (b'm', self.message),
            (b'u', self.uplink),
            (b'h', u64::from(self.heard)),
        ] {
            v2::push_field(&mut frame, name, value);
        }
        frame.extend(end);
        frame
    }

    /// Reads a frame of v2 that is one; none: it is something else.
    #[must_use]
    pub fn decode(frame: &[u8]) -> Option<Self> {
        let field = v2::announced(frame)?;
        // One who says nothing of pieces or messages takes none.
        let (outstanding, message) = (field(b'o')?, field(b'm')?);
        let version = field(b'v').filter(|&v| v >= VERSION && outstanding > 0 && message >= PIECE)?;
        let uplink = field(b'u').unwrap_or(0);
        Some(Self { version, outstanding, message, uplink, heard: field(b'h') == Some(1) })
    }
}

impl Message {
    /// The message that says it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Join { room, info_hash } => {
                let mut out = numbers(JOIN, &[*room]);
                out.extend(info_hash.0);
                out
            }
            Self::Leave { room } => numbers(LEAVE, &[*room]),
            Self::Have { room, changes } => {
                let mut out = numbers(HAVE, &[*room]);
                for (segment, has) in changes {
                    match has {
                        Has::Nothing => push(&mut out, &[0, *segment]),
                        Has::Loading => push(&mut out, &[1, *segment]),
                        Has::Whole { length } => push(&mut out, &[2, *segment, *length]),
                        Has::Pieces { length, bits } => {
                            push(&mut out, &[3, *segment, *length]);
                            out.extend(bits);
                        }
                    }
                }
                out
            }
            Self::Want(run) => run.encode(WANT),
            Self::Drop(run) => run.encode(DROP),
            Self::Piece(run) => run.encode(PIECE_FOLLOWS),
            Self::Absent(run) => run.encode(ABSENT),
            Self::Choke => vec![CHOKE],
            Self::Unchoke => vec![UNCHOKE],
            Self::WantList { room, segment } => numbers(WANT_LIST, &[*room, *segment]),
            Self::List { room, segment, digests } => {
                let mut out = numbers(LIST, &[*room, *segment]);
                digests.iter().for_each(|d| out.extend(d.0));
                out
            }
            Self::Spare { pieces } => numbers(SPARE, &[*pieces]),
        }
    }

    /// Reads a message. None: of a type that nobody here knows.
    ///
    /// # Errors
    /// [`WireError`]: it is of a known type, but makes no sense.
    pub fn decode(bytes: &[u8]) -> Result<Option<Self>, WireError> {
        let (&kind, rest) = bytes.split_first().ok_or(WireError::Truncated)?;
        let mut rest = Reader(rest);
        Ok(Some(match kind {
            JOIN => {
                let room = rest.number()?;
                let hash = rest.0.first_chunk().ok_or(WireError::Truncated)?;
                Self::Join { room, info_hash: InfoHash(*hash) }
            }
            LEAVE => Self::Leave { room: rest.number()? },
            HAVE => Self::Have { room: rest.number()?, changes: rest.changes()? },
            WANT => Self::Want(rest.run()?),
            DROP => Self::Drop(rest.run()?),
            PIECE_FOLLOWS => Self::Piece(rest.run()?),
            ABSENT => Self::Absent(rest.run()?),
            CHOKE => Self::Choke,
            UNCHOKE => Self::Unchoke,
            WANT_LIST => Self::WantList { room: rest.number()?, segment: rest.number()? },
            LIST => {
                let (room, segment) = (rest.number()?, rest.number()?);
                let (digests, []) = rest.0.as_chunks::<32>() else {
                    return Err(WireError::Truncated);
                };
                if digests.len() as u64 > MAX_PIECES {
                    return Err(WireError::TooLong);
                }
                Self::List { room, segment, digests: digests.iter().map(|&d| Digest(d)).collect() }
            }
            SPARE => Self::Spare { pieces: rest.number()? },
            _ => return Ok(None),
        }))
    }
}

impl Run {
    fn encode(&self, kind: u8) -> Vec<u8> {
        numbers(kind, &[self.room, self.segment, self.first, self.count])
    }
}

fn numbers(kind: u8, values: &[u64]) -> Vec<u8> {
    let mut out = vec![kind];
    push(&mut out, values);
    out
}

/// Seven bits to a byte, the lowest first; the highest bit says that more follow.
fn push(out: &mut Vec<u8>, values: &[u64]) {
    for &value in values {
        let mut rest = value;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Result<u64, WireError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first().ok_or(WireError::Truncated)?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && byte > 1 {
                return Err(WireError::TooLong);
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(WireError::TooLong)
    }

    fn run(&mut self) -> Result<Run, WireError> {
        let run = Run {
            room: self.number()?,
            segment: self.number()?,
            first: self.number()?,
            count: self.number()?,
        };
        let inside = run.first < MAX_PIECES && (1..=MAX_PIECES - run.first).contains(&run.count);
        if inside { Ok(run) } else { Err(WireError::TooManyIds) }
    }

    fn changes(&mut self) -> Result<Vec<(u64, Has)>, WireError> {
        let mut changes = Vec::new();
        while !self.0.is_empty() {
            if changes.len() == MAX_CHANGES {
                return Err(WireError::TooManyIds);
            }
            let (kind, segment) = (self.number()?, self.number()?);
            let has = match kind {
                0 => Has::Nothing,
                1 => Has::Loading,
                2 => Has::Whole { length: self.length()? },
                3 => {
                    let length = self.length()?;
                    let bytes = pieces_of(length).div_ceil(8) as usize;
                    let (bits, rest) = self.0.split_at_checked(bytes).ok_or(WireError::Truncated)?;
                    self.0 = rest;
                    Has::Pieces { length, bits: bits.to_vec() }
                }
                // How long it is nobody here knows, so that nothing behind it can be read.
                _ => break,
            };
            changes.push((segment, has));
        }
        Ok(changes)
    }

    fn length(&mut self) -> Result<u64, WireError> {
        let length = self.number()?;
        if (1..=MAX_PIECES * PIECE).contains(&length) { Ok(length) } else { Err(WireError::TooLong) }
    }
}
