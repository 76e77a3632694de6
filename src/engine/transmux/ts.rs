//! Transport packets and what they announce (ISO/IEC 13818-1 §2.4.3.2, §2.4.4): where packets begin, which of them
//! carry the tables, and which streams the programme has. Table checksums are not looked at: encoders in use write
//! wrong ones, and players that came before us never minded.

use super::super::task::Why;
use super::frame::AudioCodec;
use super::init::TrackKind;
use super::video::VideoCodec;

/// Bytes of a packet, and what each begins with.
pub(super) const PACKET: usize = 188;
pub(super) const SYNC: u8 = 0x47;
/// Streams of a programme that are looked at; real ones have a dozen.
const MAX_STREAMS: usize = 32;
/// A section is at most this long (§2.4.4.3: 1024 for these tables, 4096 for private ones on their PID).
const MAX_SECTION: usize = 4096;

/// Finds packets in bytes that come in any pieces, with junk between them.
#[derive(Debug, Default)]
pub(super) struct Packets {
    rest: Vec<u8>,
    /// Whether the last packet ended where the bytes go on.
    synced: bool,
}

impl Packets {
    /// A segment begins.
    pub(super) fn begin(&mut self) {
        self.rest.clear();
        self.synced = false;
    }

    /// Hands on each whole packet.
    pub(super) fn push(&mut self, mut bytes: &[u8], to: &mut dyn FnMut(&[u8; PACKET])) {
        while !self.rest.is_empty() && !bytes.is_empty() {
            let mut rest = core::mem::take(&mut self.rest);
            let before = rest.len();
            let (more, later) = bytes.split_at(bytes.len().min(2 * PACKET));
            rest.extend_from_slice(more);
            let used = self.split(&rest, false, to);
            if used >= before {
                // Go on in place.
                bytes = bytes.get(used - before..).unwrap_or(&[]);
            } else {
                rest.drain(..used);
                self.rest = rest;
                bytes = later;
            }
        }
        let used = self.split(bytes, false, to);
        self.rest.extend_from_slice(bytes.get(used..).unwrap_or(&[]));
    }

    /// The segment has ended: what is left needs no successor.
    pub(super) fn finish(&mut self, to: &mut dyn FnMut(&[u8; PACKET])) {
        let rest = core::mem::take(&mut self.rest);
        self.split(&rest, true, to);
    }

    /// How many bytes at the start of `bytes` are dealt with. Out of step, a packet counts only when another follows:
    /// so the answer is the same however the bytes were cut.
    fn split(&mut self, bytes: &[u8], end: bool, to: &mut dyn FnMut(&[u8; PACKET])) -> usize {
        let mut at = 0;
        while let Some(packet) = bytes.get(at..).and_then(|rest| rest.first_chunk::<PACKET>()) {
            if packet[0] != SYNC {
                self.synced = false;
                at += 1;
                continue;
            }
            if !self.synced {
                match bytes.get(at + PACKET) {
                    None if !end => break,
                    Some(&next) if next != SYNC => {
                        at += 1;
                        continue;
                    }
                    _ => self.synced = true,
                }
            }
            to(packet);
            at += PACKET;
        }
        at
    }
}

/// The header of a packet, and what it carries.
pub(super) struct Packet<'a> {
    pub(super) pid: u16,
    /// Whether a PES packet, or a section, begins in it.
    pub(super) start: bool,
    pub(super) counter: u8,
    /// Whether the counter may jump here.
    pub(super) discontinuity: bool,
    pub(super) payload: &'a [u8],
}

/// Reads a packet; none when it says itself that it is damaged, is scrambled, or carries nothing.
pub(super) fn read(packet: &[u8; PACKET]) -> Option<Packet<'_>> {
    let [_, second, third, fourth, length, flags, ..] = *packet;
    if second & 0x80 != 0 || fourth & 0xd0 != 0x10 {
        return None;
    }
    let has_field = fourth & 0x20 != 0;
    let begin = if has_field { 5 + usize::from(length) } else { 4 };
    Some(Packet {
        pid: u16::from_be_bytes([second & 0x1f, third]),
        start: second & 0x40 != 0,
        counter: fourth & 15,
        discontinuity: has_field && length > 0 && flags & 0x80 != 0,
        payload: packet.get(begin..)?,
    })
}

/// Puts sections together.
#[derive(Debug, Default)]
struct Sections {
    bytes: Vec<u8>,
}

impl Sections {
    fn feed(&mut self, start: bool, payload: &[u8], to: &mut dyn FnMut(&[u8])) {
        let mut payload = payload;
        if start {
            let Some((pointer, rest)) = payload.split_first() else { return };
            let pointer = usize::from(*pointer).min(rest.len());
            let (end, begin) = rest.split_at(pointer);
            if !self.bytes.is_empty() {
                self.bytes.extend_from_slice(end);
                self.take(to);
            }
            self.bytes.clear();
            payload = begin;
        } else if self.bytes.is_empty() || self.bytes.len() > MAX_SECTION {
            return;
        }
        self.bytes.extend_from_slice(payload);
        self.take(to);
    }

    /// Hands on what is complete.
    fn take(&mut self, to: &mut dyn FnMut(&[u8])) {
        // Stuffing follows the last section of a packet.
        while let [table, high, low, ..] = *self.bytes.as_slice() {
            let len = 3 + usize::from(u16::from_be_bytes([high & 15, low]));
            if table == 0xff {
                self.bytes.clear();
            } else if let Some(section) = self.bytes.get(..len) {
                to(section);
                self.bytes.drain(..len);
            } else {
                return;
            }
        }
    }
}

/// What a stream carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carries {
    Video(VideoCodec),
    Audio(AudioCodec),
    Id3,
    /// Something to see or hear that does not come out, by its name.
    Else(TrackKind, &'static str, Why),
}

/// A stream of the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Announced {
    pub(super) pid: u16,
    pub(super) carries: Carries,
    /// Its samples are encrypted (Apple, "MPEG-2 Stream Encryption Format").
    pub(super) locked: bool,
}

/// The tables: the first programme, and its streams.
#[derive(Debug, Default)]
pub(super) struct Tables {
    association: Sections,
    map: Sections,
    /// PID of the programme map.
    map_pid: Option<u16>,
    /// The map as it was last read.
    known: Vec<u8>,
    pub(super) streams: Vec<Announced>,
}

impl Tables {
    /// Whether a programme map was read.
    pub(super) fn known(&self) -> bool {
        !self.known.is_empty()
    }

    /// Takes a packet if it carries a table; whether `streams` are others now. None if it carries something else.
    pub(super) fn packet(&mut self, packet: &Packet<'_>, sbr: Option<bool>) -> Option<bool> {
        let mut changed = false;
        if packet.pid == 0 {
            let mut pid = None;
            self.association.feed(packet.start, packet.payload, &mut |section| {
                pid = pid.or_else(|| map_pid(section));
            });
            if pid.is_some() && pid != self.map_pid {
                self.map_pid = pid;
                self.map.bytes.clear();
            }
        } else if Some(packet.pid) == self.map_pid {
            let (known, streams) = (&mut self.known, &mut self.streams);
            self.map.feed(packet.start, packet.payload, &mut |section| {
                // Table 2, in force now.
                if let [2, _, _, _, _, flags, ..] = section
                    && flags & 1 != 0
                    && section != known.as_slice()
                    && let Some(read) = read_map(section, sbr)
                {
                    *known = section.to_vec();
                    changed |= *streams != read;
                    *streams = read;
                }
            });
        } else {
            return None;
        }
        Some(changed)
    }
}

/// The PID of the first programme's map (§2.4.4.3).
fn map_pid(section: &[u8]) -> Option<u16> {
    let [0, ..] = section else { return None };
    let entries = section.get(8..section.len().checked_sub(4)?)?;
    // Number 0 is the network's own table.
    let programme = entries.chunks_exact(4).find(|e| e[..2] != [0, 0])?;
    Some(u16::from_be_bytes([programme[2] & 0x1f, programme[3]]))
}

/// The streams of a programme map (§2.4.4.8).
fn read_map(section: &[u8], sbr: Option<bool>) -> Option<Vec<Announced>> {
    let body = section.get(..section.len().checked_sub(4)?)?;
    let length = |at: usize| Some(usize::from(u16::from_be_bytes([body.get(at)? & 15, *body.get(at + 1)?])));
    let mut at = 12 + length(10)?;
    let mut streams = Vec::new();
    while let Some([kind, high, low]) = body.get(at..at + 3) {
        let Some(len) = length(at + 3) else { break };
        let descriptors = body.get(at + 5..).unwrap_or(&[]);
        let descriptors = descriptors.get(..len).unwrap_or(descriptors);
        if let Some(carries) = carries(*kind, descriptors, sbr).filter(|_| streams.len() < MAX_STREAMS) {
            let locked = matches!(kind, 0xc1 | 0xc2 | 0xcf | 0xdb);
            streams.push(Announced { pid: u16::from_be_bytes([high & 0x1f, *low]), carries, locked });
        }
        at += 5 + len;
    }
    Some(streams)
}

/// What a stream of this type carries (§2.4.4.9 table 2-34, ATSC A/53, ETSI EN 300 468, and Apple's "MPEG-2 Stream
/// Encryption Format" for 0xc1 to 0xdb); none for what is neither seen nor heard.
fn carries(kind: u8, descriptors: &[u8], sbr: Option<bool>) -> Option<Carries> {
    use TrackKind::{Audio, Video};
    let other = |kind, name| Some(Carries::Else(kind, name, Why::Unsupported));
    match kind {
        0x1b | 0xdb => Some(Carries::Video(VideoCodec::H264)),
        0x24 => Some(Carries::Video(VideoCodec::Hevc)),
        0x0f | 0xcf => Some(Carries::Audio(AudioCodec::Aac { sbr })),
        0x03 | 0x04 => Some(Carries::Audio(AudioCodec::Mpeg)),
        0x81 | 0xc1 => Some(Carries::Audio(AudioCodec::Ac3)),
        0x87 | 0xc2 => Some(Carries::Audio(AudioCodec::Eac3)),
        0x15 => Some(Carries::Id3),
        0x06 => private(descriptors),
        0x01 | 0x02 => other(Video, "MPEG-2 video"),
        0x10 => other(Video, "MPEG-4 Visual"),
        0x33 => other(Video, "VVC"),
        0xea => other(Video, "VC-1"),
        0x11 => other(Audio, "AAC in LATM"),
        0x82 | 0x85 | 0x8a => other(Audio, "DTS"),
        0x83 => other(Audio, "TrueHD"),
        _ => None,
    }
}

/// What a stream of private data carries, by its descriptors.
fn private(descriptors: &[u8]) -> Option<Carries> {
    let (mut rest, mut found, mut channels) = (descriptors, None, 2);
    while let [tag, len, more @ ..] = rest {
        let body = more.get(..usize::from(*len)).unwrap_or(more);
        match (tag, body) {
            (0x6a, _) | (0x05, [b'A', b'C', b'-', b'3', ..]) => found = Some(AudioCodec::Ac3),
            (0x7a, _) | (0x05, [b'E', b'A', b'C', b'3', ..]) => found = Some(AudioCodec::Eac3),
            (0x05, [b'O', b'p', b'u', b's', ..]) => found = Some(AudioCodec::Opus { channels }),
            (0x05, [b'H', b'E', b'V', b'C', ..]) => return Some(Carries::Video(VideoCodec::Hevc)),
            (0x05, [b'I', b'D', b'3', ..]) => return Some(Carries::Id3),
            // An extension: `channel_config_code`.
            (0x7f, [0x80, code, ..]) => channels = *code,
            _ => {}
        }
        rest = more.get(body.len()..).unwrap_or(&[]);
    }
    match found {
        Some(AudioCodec::Opus { .. }) => Some(Carries::Audio(AudioCodec::Opus { channels })),
        found => found.map(Carries::Audio),
    }
}
