//! The v1 encoding: what p2p-media-loader 0.x says, and PeerTube up to 7.0.
//!
//! A command is one message of JSON, `{"c":code, …}`; whatever is none is segment data. There are no numbers of
//! requests (here always 0), no first byte, and no word when all was sent: a segment ends with its last byte. A
//! segment is called by its swarm's name, `+`, and its number.

use super::{Command, WireError};
use crate::engine::swarm::rendezvous::{Value, Writer};
use miniserde::de::{Deserialize, Map, Seq, Visitor};
use miniserde::json;

/// The longest command read: the map of a day of 4 s segments.
pub const MAX_COMMAND: usize = 262_144;
/// The longest command written: what every browser's channel takes in one message.
const MAX_WRITTEN: usize = 65_535;
/// The most ids in one map.
pub const MAX_IDS: usize = 32_768;
/// The most runs of 256 in which these may lie, so that a map costs no more to keep than one of v2.
const MAX_BLOCKS: usize = 255;
/// The most names in one map: each stands for a swarm, and only one of them is ours.
const MAX_NAMES: usize = 64;

const DATA: u32 = 0;
const ABSENT: u32 = 1;
const MAP: u32 = 2;
const REQUEST: u32 = 3;
const CANCEL: u32 = 4;

/// Whether a message that begins and ends so may be a command; that it is one shows when it is read.
#[must_use]
pub fn may_be_command(first2: &[u8], last: u8, len: usize) -> bool {
    len >= 3 && first2 == b"{\"" && last == b'}'
}

/// The message that says `command` in the swarm of this name; none for [`Command::Completed`], which goes without
/// saying. Ids that do not fit are left unsaid.
#[must_use]
pub fn encode(command: &Command, name: &str) -> Option<Vec<u8>> {
    let mut out = Writer::default();
    let (code, segment) = match command {
        Command::Announcement { held, loading } => {
            map(&mut out, name, held, loading);
            return Some(out.finish().into_bytes());
        }
        Command::Data { segment, .. } => ("0", segment),
        Command::Absent { segment, .. } => ("1", segment),
        Command::Request { segment, .. } => ("3", segment),
        Command::Cancel { segment, .. } => ("4", segment),
        Command::Completed { .. } => return None,
    };
    out.raw("{\"c\":").raw(code).raw(",").text("i", &[name, "+", &segment.to_string()].concat());
    if let Command::Data { length, .. } = command {
        out.raw(",\"s\":").raw(&length.to_string());
    }
    Some(out.finish().into_bytes())
}

/// Numbers joined by `|`, then for each whether it is loaded (0) or still loading (1).
fn map(out: &mut Writer, name: &str, held: &[u64], loading: &[u64]) {
    out.raw("{\"c\":2,\"m\":{");
    let (mut numbers, mut states) = (String::new(), String::new());
    let room = MAX_WRITTEN.saturating_sub(2 * name.len() + 64);
    for (state, &id) in held.iter().map(|id| ("0", id)).chain(loading.iter().map(|id| ("1", id))) {
        // Twenty digits, a bar, a digit, a comma.
        if numbers.len() + states.len() + 23 > room {
            break;
        }
        if !numbers.is_empty() {
            numbers.push('|');
            states.push(',');
        }
        numbers.push_str(&id.to_string());
        states.push_str(state);
    }
    if !numbers.is_empty() {
        out.raw("\"").escaped(name).raw("\":[\"").raw(&numbers).raw("\",[").raw(&states).raw("]]");
    }
    out.raw("}");
}

/// Reads a message that [may be a command](may_be_command). `None` where it says nothing that anybody here knows, or
/// speaks of another swarm.
///
/// # Errors
/// [`WireError::NotACommand`] is no fault: the message is segment data. The others are the sender's.
pub fn decode(message: &[u8], name: &str) -> Result<Option<Command>, WireError> {
    if message.len() > MAX_COMMAND {
        return Err(WireError::TooLong);
    }
    let text = core::str::from_utf8(message).map_err(|_| WireError::NotACommand)?;
    let said: Message = json::from_str(text).map_err(|_| WireError::NotACommand)?;
    let code = said.code.number();
    if code == Some(MAP) {
        return said.map.read(name).map(Some);
    }
    let Some(code @ (DATA | ABSENT | REQUEST | CANCEL)) = code else {
        return Ok(None);
    };
    let id = said.id.text().ok_or(WireError::MissingField)?;
    let length = if code == DATA { said.size.number().ok_or(WireError::MissingField)? } else { 0 };
    let Some(segment) = id.strip_prefix(name).and_then(|rest| number(rest.strip_prefix('+')?)) else {
        return Ok(None);
    };
    let request = 0;
    Ok(Some(match code {
        DATA => Command::Data { segment, request, length: u64::from(length) },
        ABSENT => Command::Absent { segment, request },
        REQUEST => Command::Request { segment, request, from: 0 },
        _ => Command::Cancel { segment, request },
    }))
}

/// Digits only: a sign is no part of a segment's number.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.as_bytes().first().is_some_and(u8::is_ascii_digit))
}

#[derive(Default)]
struct Message {
    code: Value,
    id: Value,
    size: Value,
    map: Listings,
}

/// What is listed, by the name of its swarm.
#[derive(Default)]
struct Listings(Vec<(String, Listing)>);

#[derive(Default)]
struct Listing {
    /// Elements that were read.
    elements: u8,
    numbers: Value,
    states: States,
}

/// A digit for each number.
#[derive(Default)]
struct States(Vec<u8>);

impl Listings {
    fn read(&self, name: &str) -> Result<Command, WireError> {
        let (mut held, mut loading, mut blocks) = (Vec::new(), Vec::new(), Vec::new());
        let listing = self.0.iter().rev().find(|(n, _)| n == name).map(|(_, listing)| listing);
        let numbers = listing.and_then(|l| l.numbers.text()).unwrap_or_default();
        let states = listing.map_or(&[][..], |l| &l.states.0);
        for (at, id) in numbers.split('|').enumerate() {
            if at >= MAX_IDS {
                return Err(WireError::TooManyIds);
            }
            // A number without a state is nowhere.
            let (Some(id), Some(&state)) = (number(id), states.get(at)) else { continue };
            if blocks.last() != Some(&(id >> 8)) && !blocks.contains(&(id >> 8)) {
                if blocks.len() == MAX_BLOCKS {
                    return Err(WireError::TooManyIds);
                }
                blocks.push(id >> 8);
            }
            match state {
                0 => held.push(id),
                1 => loading.push(id),
                _ => {}
            }
        }
        Ok(Command::Announcement { held, loading })
    }
}

impl Deserialize for Message {
    fn begin(out: &mut Option<Self>) -> &mut dyn Visitor {
        out.insert(<Self as Default>::default())
    }
}

impl Visitor for Message {
    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(Fields(self)))
    }
}

struct Fields<'a>(&'a mut Message);

impl Map for Fields<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        Ok(match name {
            "c" => &mut self.0.code,
            "i" => &mut self.0.id,
            "s" => &mut self.0.size,
            "m" => &mut self.0.map,
            _ => <dyn Visitor>::ignore(),
        })
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}

impl Visitor for Listings {
    fn map(&mut self) -> miniserde::Result<Box<dyn Map + '_>> {
        Ok(Box::new(Names(self)))
    }
}

struct Names<'a>(&'a mut Listings);

impl Map for Names<'_> {
    fn key(&mut self, name: &str) -> miniserde::Result<&mut dyn Visitor> {
        let listings = &mut self.0.0;
        if listings.len() == MAX_NAMES {
            return Ok(<dyn Visitor>::ignore());
        }
        listings.push((name.to_owned(), Listing::default()));
        Ok(listings.last_mut().map_or(<dyn Visitor>::ignore(), |(_, listing)| listing))
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}

impl Visitor for Listing {
    fn seq(&mut self) -> miniserde::Result<Box<dyn Seq + '_>> {
        Ok(Box::new(Elements(self)))
    }
}

struct Elements<'a>(&'a mut Listing);

impl Seq for Elements<'_> {
    fn element(&mut self) -> miniserde::Result<&mut dyn Visitor> {
        let listing = &mut *self.0;
        listing.elements = listing.elements.saturating_add(1);
        Ok(match listing.elements {
            1 => &mut listing.numbers,
            2 => &mut listing.states,
            _ => <dyn Visitor>::ignore(),
        })
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}

impl Visitor for States {
    fn nonnegative(&mut self, state: u64) -> miniserde::Result<()> {
        self.0.push(u8::try_from(state).unwrap_or(u8::MAX));
        Ok(())
    }

    fn seq(&mut self) -> miniserde::Result<Box<dyn Seq + '_>> {
        Ok(Box::new(Digits(self)))
    }
}

struct Digits<'a>(&'a mut States);

impl Seq for Digits<'_> {
    fn element(&mut self) -> miniserde::Result<&mut dyn Visitor> {
        Ok(self.0)
    }

    fn finish(&mut self) -> miniserde::Result<()> {
        Ok(())
    }
}
