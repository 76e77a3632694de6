//! What an ID3v2 tag tells (id3.org, ID3v2.3.0 §3.3 and ID3v2.4.0 structure §4): one datum for each frame. Text is
//! read, of private frames the owner; everything else is bytes.

use super::super::contract::{Data, Datum};
use super::super::time::MediaTime;

/// The `scheme` of what is read here: what Safari calls the `type` of such a cue.
pub(super) const SCHEME: &str = "org.id3";
/// Frames of one tag that are read.
const MAX_FRAMES: usize = 64;
/// Says where packed audio lies; players' business, nothing to tell (RFC 8216bis §3.1.3).
const TIMESTAMP: &str = "com.apple.streaming.transportStreamTimestamp";

/// Appends the frames of the tags that `bytes` begin with.
pub(super) fn read(bytes: &[u8], start: MediaTime, end: Option<MediaTime>, data: &mut Vec<Datum>) {
    let Some([b'I', b'D', b'3', version @ 3..=4, _, flags, size @ ..]) = bytes.first_chunk::<10>() else {
        return;
    };
    let all = bytes.get(10..).unwrap_or_default();
    let mut body = all.get(..number(size, 7)).unwrap_or(all).to_vec();
    if flags & 0x80 != 0 && *version == 3 {
        body = synchronised(&body);
    }
    let mut rest = body.as_slice();
    if flags & 0x40 != 0 {
        // An extended header; in version 4 its size counts itself.
        let Some(size) = rest.first_chunk::<4>() else { return };
        let skip = if *version == 4 { number(size, 7) } else { number(size, 8) + 4 };
        rest = rest.get(skip..).unwrap_or_default();
    }
    for _ in 0..MAX_FRAMES {
        let Some([name @ .., s0, s1, s2, s3, _, format]) = rest.first_chunk::<10>() else { return };
        let size = number(&[*s0, *s1, *s2, *s3], if *version == 4 { 7 } else { 8 });
        let Some(frame) = rest.get(10..10 + size).filter(|_| name[0] != 0) else { return };
        rest = &rest[10 + size..];
        let key = String::from_utf8_lossy(name).into_owned();
        let frame = if *version == 4 && format & 2 != 0 { synchronised(frame) } else { frame.to_vec() };
        let (info, content) = content(name, &frame);
        if info != TIMESTAMP {
            data.push(Datum {
                scheme: SCHEME.into(),
                id: String::new(),
                start,
                end,
                key,
                info,
                data: content,
            });
        }
    }
}

/// What a frame says its content is, and the content.
fn content(name: &[u8], frame: &[u8]) -> (String, Data) {
    match name {
        b"PRIV" => {
            let at = frame.iter().position(|b| *b == 0).unwrap_or(frame.len());
            let (owner, rest) = frame.split_at(at);
            (latin(owner), Data::Bytes(rest.get(1..).unwrap_or_default().to_vec()))
        }
        [b'T', ..] => {
            let (encoding, text) = frame.split_first().unwrap_or((&3, &[]));
            let text = decoded(*encoding, text);
            match text.split_once('\0') {
                Some((info, text)) if name == b"TXXX" => (info.into(), Data::Text(ended(text))),
                _ => (String::new(), Data::Text(ended(&text))),
            }
        }
        b"WXXX" => {
            let (encoding, rest) = frame.split_first().unwrap_or((&3, &[]));
            let text = decoded(*encoding, rest);
            let (info, url) = text.split_once('\0').unwrap_or(("", &text));
            (info.into(), Data::Text(ended(url)))
        }
        [b'W', ..] => (String::new(), Data::Text(ended(&latin(frame)))),
        _ => (String::new(), Data::Bytes(frame.to_vec())),
    }
}

/// Up to the first zero: what follows are other values of a list, or nothing.
fn ended(text: &str) -> String {
    text.split('\0').next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned()
}

/// Text in one of the four encodings.
fn decoded(encoding: u8, bytes: &[u8]) -> String {
    match encoding {
        0 => latin(bytes),
        1 | 2 => {
            let little = bytes.starts_with(&[0xff, 0xfe]);
            let pair = |p: &[u8; 2]| if little { u16::from_le_bytes(*p) } else { u16::from_be_bytes(*p) };
            let units: Vec<u16> = bytes.as_chunks().0.iter().map(pair).collect();
            String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

/// Without the zeros that keep 0xff from looking like the beginning of a frame of sound (§5, §6.1).
fn synchronised(bytes: &[u8]) -> Vec<u8> {
    let mut before = 0;
    let keeps = |b: &u8| !(std::mem::replace(&mut before, *b) == 0xff && *b == 0);
    bytes.iter().copied().filter(keeps).collect()
}

/// Big-endian, with this many bits in each byte (seven: "synchsafe").
fn number(bytes: &[u8], bits: u32) -> usize {
    bytes.iter().fold(0, |n, b| n << bits | usize::from(*b) & ((1 << bits) - 1))
}
