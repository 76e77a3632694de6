//! The v2 encoding: byte for byte what p2p-media-loader 1.0.5 and later write, with one exception.
//!
//! A frame is four ASCII bytes, a body, four ASCII bytes: `cstr … cend`. A command longer than a message is
//! cut into `cstr … dend`, any number of `dstr … dend`, `dstr … cend`. A body is a command code and fields; a
//! field is an ASCII name and a typed value.
//!
//! The exception: ids are sent in groups that share all but their low eight bits, and the group's size is
//! written in eight bits, so that the incumbent writes a full group of 256 as 0 and no incumbent can read it.
//! We send at most 255 ids in a group, and read 0 as 256.

use super::{Command, WireError};

/// The longest message the incumbent sends: 64 KiB less one.
pub const MAX_MESSAGE: usize = 65_535;

/// The most ids one command may carry, both sets together: three days of 4 s segments, 512 KiB once decoded.
pub const MAX_IDS: usize = 65_536;

/// The longest joined body: every id in a group of its own that still fits the group count, twice over.
pub const MAX_BODY: usize = 131_072;

/// Ids in one group when sending; see the module's exception.
const MAX_GROUP: usize = 255;
/// Groups in one set: their count is one byte.
const MAX_GROUPS: usize = 255;

const FIRST: &[u8; 4] = b"cstr";
const FURTHER: &[u8; 4] = b"dstr";
const LAST: &[u8; 4] = b"cend";
const TO_BE_CONTINUED: &[u8; 4] = b"dend";

/// Type nibbles of values; the low nibble belongs to the type.
const INTEGER: u8 = 0;
const ID_SET: u8 = 1;
const STRING: u8 = 2;

/// Whether a message of `len` bytes with these first and last four bytes is a command, or part of one;
/// anything else is segment data.
#[must_use]
pub fn is_frame(first4: &[u8], last4: &[u8], len: usize) -> bool {
    len >= 8 && (first4 == FIRST || first4 == FURTHER) && (last4 == LAST || last4 == TO_BE_CONTINUED)
}

/// The messages that say `command`, in order; they must not be interleaved with anything else. Ids beyond
/// what the encoding can carry (255 groups, 32,000 ids in a row) are left unsaid.
#[must_use]
pub fn encode(command: &Command, max_message: usize) -> Vec<Vec<u8>> {
    let body = encode_body(command);
    let max = max_message.max(1);
    let mut parts = 1;
    if body.len() + 8 > max {
        parts = body.len().div_ceil(max);
        if body.len().div_ceil(parts) + 8 > max {
            parts += 1;
        }
    }
    let chunks = body.chunks(body.len().div_ceil(parts));
    let count = chunks.len();
    chunks
        .enumerate()
        .map(|(i, chunk)| {
            let head = if i == 0 { FIRST } else { FURTHER };
            let tail = if i + 1 == count { LAST } else { TO_BE_CONTINUED };
            [head, chunk, tail].concat()
        })
        .collect()
}

fn encode_body(command: &Command) -> Vec<u8> {
    match command {
        Command::Announcement { held, loading } => {
            let mut out = vec![0];
            push_ids(&mut out, b'l', held);
            push_ids(&mut out, b'p', loading);
            out
        }
        Command::Request { segment, request, from } => {
            let mut out = numbers(1, &[(b'i', *segment), (b'r', *request)]);
            if *from > 0 {
                push_field(&mut out, b'b', *from);
            }
            out
        }
        Command::Data { segment, request, length } => {
            numbers(2, &[(b'i', *segment), (b's', *length), (b'r', *request)])
        }
        Command::Completed { segment, request } => numbers(3, &[(b'i', *segment), (b'r', *request)]),
        Command::Absent { segment, request } => numbers(4, &[(b'i', *segment), (b'r', *request)]),
        Command::Cancel { segment, request } => numbers(5, &[(b'i', *segment), (b'r', *request)]),
    }
}

fn numbers(code: u8, fields: &[(u8, u64)]) -> Vec<u8> {
    let mut out = vec![code];
    for &(name, value) in fields {
        push_field(&mut out, name, value);
    }
    out
}

pub(super) fn push_field(out: &mut Vec<u8>, name: u8, value: u64) {
    out.push(name);
    push_integer(out, value);
}

/// Sign and magnitude, big-endian, in the fewest bytes that leave the sign bit free.
fn push_integer(out: &mut Vec<u8>, value: u64) {
    let bits = 64 - value.leading_zeros();
    let len = bits / 8 + 1;
    out.push(len as u8);
    for i in (0..len).rev() {
        out.push(value.checked_shr(8 * i).unwrap_or(0) as u8);
    }
}

/// An empty set is not written at all. Groups come in the order in which their first id does.
fn push_ids(out: &mut Vec<u8>, name: u8, ids: &[u64]) {
    let mut groups: Vec<(u64, Vec<u8>)> = Vec::new();
    for &id in ids {
        let common = id & !0xff;
        let room = groups.len() < MAX_GROUPS;
        // From the end: ids mostly come in order, and then the first look finds the group.
        match groups.iter_mut().rfind(|(c, low)| *c == common && low.len() < MAX_GROUP) {
            Some((_, low)) => low.push(id as u8),
            None if room => groups.push((common, vec![id as u8])),
            None => {}
        }
    }
    if groups.is_empty() {
        return;
    }
    out.extend([name, ID_SET << 4, groups.len() as u8]);
    for (common, low) in groups {
        push_integer(out, common | low.len() as u64);
        out.extend(low);
    }
}

/// Joins the parts of split commands and reads what they say. Holds at most [`MAX_BODY`] bytes.
#[derive(Debug, Default)]
pub struct Joiner {
    /// The parts so far of a command that is not complete.
    pending: Option<Vec<u8>>,
}

impl Joiner {
    /// Takes one frame. `None` when it completes nothing, or a command that nobody here knows.
    ///
    /// # Errors
    /// [`WireError`]; everything pending is forgotten then, as the incumbent does.
    pub fn push(&mut self, frame: &[u8]) -> Result<Option<Command>, WireError> {
        let pending = self.pending.take();
        let (head, rest) = frame.split_first_chunk::<4>().ok_or(WireError::NotACommand)?;
        let (part, tail) = rest.split_last_chunk::<4>().ok_or(WireError::NotACommand)?;
        if !is_frame(head, tail, frame.len()) {
            return Err(WireError::NotACommand);
        }
        let mut body = match (head == FIRST, pending) {
            (true, None) => Vec::new(),
            (true, Some(_)) => return Err(WireError::Interrupted),
            (false, None) => return Err(WireError::NoFirstPart),
            (false, Some(body)) => body,
        };
        if body.len() + part.len() > MAX_BODY {
            return Err(WireError::TooLong);
        }
        body.extend_from_slice(part);
        if tail == LAST {
            return decode_body(&body);
        }
        self.pending = Some(body);
        Ok(None)
    }
}

/// The fields of a command as they were last given.
#[derive(Default)]
struct Fields {
    segment: Option<i128>,
    request: Option<i128>,
    from: Option<i128>,
    length: Option<i128>,
    held: Vec<u64>,
    loading: Vec<u64>,
}

fn decode_body(body: &[u8]) -> Result<Option<Command>, WireError> {
    // An unknown code's fields are not looked at: whoever invented it may have invented types too.
    let Some((&code @ 0..=5, rest)) = body.split_first() else {
        return Ok(None);
    };
    let mut reader = Reader { rest, ids_left: MAX_IDS };
    let mut fields = Fields::default();
    while let Ok(name) = reader.byte() {
        match name {
            b'i' => fields.segment = Some(reader.integer()?),
            b'r' => fields.request = Some(reader.integer()?),
            b'b' if code == 1 => fields.from = Some(reader.integer()?),
            b's' if code == 2 => fields.length = Some(reader.integer()?),
            b'l' if code == 0 => fields.held = reader.ids()?,
            b'p' if code == 0 => fields.loading = reader.ids()?,
            _ => reader.skip()?,
        }
    }
    if code == 0 {
        return Ok(Some(Command::Announcement { held: fields.held, loading: fields.loading }));
    }
    if code == 2 && fields.length.is_none() {
        return Err(WireError::MissingField);
    }
    let segment = fields.segment.ok_or(WireError::MissingField)?;
    let request = fields.request.ok_or(WireError::MissingField)?;
    let numbers = [segment, request, fields.from.unwrap_or(0), fields.length.unwrap_or(0)];
    // Negative numbers and those beyond 64 bits are well-formed, but nothing is called so: ignored.
    let [Ok(segment), Ok(request), Ok(from), Ok(length)] = numbers.map(u64::try_from) else {
        return Ok(None);
    };
    Ok(Some(match code {
        1 => Command::Request { segment, request, from },
        2 => Command::Data { segment, request, length },
        3 => Command::Completed { segment, request },
        4 => Command::Absent { segment, request },
        _ => Command::Cancel { segment, request },
    }))
}

/// The integers of a short announcement that is a frame of its own, by the names of their fields: for what others than
/// the incumbent add to it.
pub(super) fn announced(frame: &[u8]) -> Option<impl Fn(u8) -> Option<u64>> {
    const SHORT: usize = 128;
    let body = frame.strip_prefix(FIRST)?.strip_suffix(LAST)?;
    let mut reader = Reader { rest: body.strip_prefix(&[0])?, ids_left: 0 };
    let mut fields = Vec::new();
    while frame.len() <= SHORT
        && let Ok(name) = reader.byte()
    {
        fields.push((name, u64::try_from(reader.integer().ok()?).ok()?));
    }
    Some(move |name| fields.iter().find(|f| f.0 == name).map(|f| f.1))
}

/// Reads values off the front of a body.
struct Reader<'a> {
    rest: &'a [u8],
    ids_left: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8, WireError> {
        let (&byte, rest) = self.rest.split_first().ok_or(WireError::Truncated)?;
        self.rest = rest;
        Ok(byte)
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], WireError> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or(WireError::Truncated)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// At most 15 bytes of sign and magnitude, which 128 bits hold; no bytes at all are 0.
    fn integer(&mut self) -> Result<i128, WireError> {
        let header = self.byte()?;
        if header >> 4 != INTEGER {
            return Err(WireError::WrongType);
        }
        let Some((&first, rest)) = self.bytes(usize::from(header))?.split_first() else {
            return Ok(0);
        };
        let top = i128::from(first & 0x7f);
        let magnitude = rest.iter().fold(top, |value, &byte| value << 8 | i128::from(byte));
        Ok(if first & 0x80 == 0 { magnitude } else { -magnitude })
    }

    /// Ids that are negative or beyond 64 bits are left out: nothing of ours is called so.
    fn ids(&mut self) -> Result<Vec<u64>, WireError> {
        if self.byte()? >> 4 != ID_SET {
            return Err(WireError::WrongType);
        }
        let mut ids = Vec::new();
        for _ in 0..self.byte()? {
            let group = self.integer()?;
            // A full group, as the incumbent writes it; an empty one is never written.
            let count = if group & 0xff == 0 { 256 } else { (group & 0xff) as usize };
            self.ids_left = self.ids_left.checked_sub(count).ok_or(WireError::TooManyIds)?;
            let low = self.bytes(count)?;
            if let Ok(common) = u64::try_from(group & !0xff) {
                ids.extend(low.iter().map(|&low| common | u64::from(low)));
            }
        }
        Ok(ids)
    }

    /// A value of a field that nobody here knows.
    fn skip(&mut self) -> Result<(), WireError> {
        let header = self.rest.first().copied().ok_or(WireError::Truncated)?;
        match header >> 4 {
            INTEGER => self.integer().map(|_| ()),
            ID_SET => self.ids().map(|_| ()),
            STRING => {
                let length = self.bytes(2)?;
                let length = usize::from(length[0] & 15) << 8 | usize::from(length[1]);
                self.bytes(length).map(|_| ())
            }
            _ => Err(WireError::WrongType),
        }
    }
}
