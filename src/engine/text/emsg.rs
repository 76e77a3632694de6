//! Event messages in fragmented MP4 (ISO/IEC 23009-1 §5.10.3.3): boxes before a `moof`, each with a scheme that says
//! what its bytes mean. Those that hold ID3 (aomedia.org, "Carriage of ID3 Timed Metadata in CMAF") are read as ID3.

use super::super::contract::{Data, Datum};
use super::super::time::MediaTime;
use super::fmp4::boxes;
use super::id3;

/// Schemes whose message is an ID3v2 tag.
const ID3: [&str; 2] = ["https://aomedia.org/emsg/ID3", "https://developer.apple.com/streaming/emsg-id3"];
/// Messages of one segment that are read.
const MAX_MESSAGES: usize = 64;

/// The messages in `head`, of a segment that starts at `at` in the programme.
pub(super) fn read(head: &[u8], at: MediaTime, offset: MediaTime) -> Vec<Datum> {
    let mut data = Vec::new();
    let messages = boxes(head).take_while(|b| b.1 != *b"moof").filter(|b| b.1 == *b"emsg");
    for (_, _, body) in messages.take(MAX_MESSAGES) {
        // One that is cut short says nothing.
        let _ = message(body, (at, offset), &mut data);
    }
    data
}

fn message(body: &[u8], (at, offset): (MediaTime, MediaTime), data: &mut Vec<Datum>) -> Option<()> {
    let (&version, mut rest) = body.split_first()?;
    rest = rest.get(3..)?;
    let (scheme, value, start, ticks, timescale, id);
    if version == 0 {
        scheme = text(&mut rest)?;
        value = text(&mut rest)?;
        timescale = be32(&mut rest)?;
        start = at + MediaTime::from_timescale(u64::from(be32(&mut rest)?), timescale);
        (ticks, id) = (be32(&mut rest)?, be32(&mut rest)?);
    } else {
        timescale = be32(&mut rest)?;
        let time = u64::from(be32(&mut rest)?) << 32 | u64::from(be32(&mut rest)?);
        start = MediaTime::from_timescale(time, timescale) + offset;
        (ticks, id) = (be32(&mut rest)?, be32(&mut rest)?);
        scheme = text(&mut rest)?;
        value = text(&mut rest)?;
    }
    // All ones: nobody knows yet.
    let lasts = (ticks != u32::MAX).then(|| MediaTime::from_timescale(u64::from(ticks), timescale));
    let end = lasts.map(|lasts| start + lasts);
    if ID3.contains(&scheme) {
        id3::read(rest, start, end, data);
    } else {
        let bytes = Data::Bytes(rest.to_vec());
        let (scheme, key) = (scheme.to_owned(), value.to_owned());
        data.push(Datum { scheme, id: id.to_string(), start, end, key, info: String::new(), data: bytes });
    }
    Some(())
}

/// Text up to a zero.
fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let end = rest.iter().position(|b| *b == 0)?;
    let text = std::str::from_utf8(&rest[..end]).ok()?;
    *rest = &rest[end + 1..];
    Some(text)
}

fn be32(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(u32::from_be_bytes(*number))
}
