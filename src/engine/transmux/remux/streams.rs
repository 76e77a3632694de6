//! From packets of 188 bytes to what their streams carry: PES packets put together, their timestamps unrolled. What is
//! repeated is passed over; what is missing takes with it what it was a part of.

use super::{MediaTime, Remuxer};
use crate::engine::transmux::pes;
use crate::engine::transmux::ts::{self, PACKET, Packet};

/// A larger PES packet is damage: a picture at 100 Mbit/s has less than half of it.
const MAX_PES: usize = 8 << 20;
/// Timestamps wrap here: 33 bits of 90 kHz, a day and two hours.
const WRAP: i64 = 1 << 33;

/// A stream of the programme that is taken.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) pid: u16,
    pub(super) role: Role,
    /// The PES packet so far.
    pub(super) bytes: Vec<u8>,
    /// `continuity_counter` of the last packet.
    pub(super) counter: Option<u8>,
    /// What comes before the next PES packet begins is of no use.
    pub(super) waiting: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Video,
    Audio,
    Id3,
}

impl Remuxer {
    pub(super) fn packet(&mut self, bytes: &[u8; PACKET]) {
        let Some(packet) = ts::read(bytes) else { return };
        match self.streams.iter().position(|s| s.pid == packet.pid) {
            Some(at) => self.stream_packet(at, &packet),
            None => {
                if self.tables.packet(&packet, self.options.aac_sbr) == Some(true) {
                    self.choose();
                }
            }
        }
    }

    fn stream_packet(&mut self, at: usize, packet: &Packet<'_>) {
        let Some(stream) = self.streams.get_mut(at) else { return };
        if let Some(counter) = stream.counter.filter(|_| !packet.discontinuity) {
            if counter == packet.counter {
                // A packet may be sent twice (§2.4.3.3).
                return;
            }
            if (counter + 1) & 15 != packet.counter {
                stream.bytes.clear();
                stream.waiting = true;
                if let (Role::Audio, Some(audio)) = (stream.role, &mut self.audio) {
                    audio.interrupt();
                }
            }
        }
        stream.counter = Some(packet.counter);
        if packet.start {
            self.flush(at);
        }
        let Some(stream) = self.streams.get_mut(at) else { return };
        if packet.start {
            stream.waiting = false;
        }
        if stream.waiting {
            return;
        }
        if stream.bytes.len() > MAX_PES {
            stream.bytes.clear();
            stream.waiting = true;
            return;
        }
        stream.bytes.extend_from_slice(packet.payload);
        if pes::announced_len(&stream.bytes).is_some_and(|len| len <= stream.bytes.len()) {
            stream.waiting = true;
            self.flush(at);
        }
    }

    /// The PES packet of this stream is complete.
    pub(super) fn flush(&mut self, at: usize) {
        let Some(stream) = self.streams.get_mut(at) else { return };
        if stream.bytes.is_empty() {
            return;
        }
        let role = stream.role;
        let mut bytes = core::mem::take(&mut stream.bytes);
        if let Some(pes) = pes::read(&bytes) {
            let time = pes.time.map(|(pts, dts)| {
                let shown = self.unroll(pts);
                (shown, shown - wrapped(pts as i64 - dts as i64))
            });
            match (role, &mut self.video, &mut self.audio) {
                (Role::Video, Some(video), _) => video.packet(time, pes.payload),
                (Role::Audio, _, Some(audio)) => audio.packet(time.map(|(pts, _)| pts), pes.payload),
                (Role::Id3, _, _) => {
                    if let Some((pts, _)) = time {
                        self.cue(MediaTime::from_ticks(pts), pes.payload.to_vec());
                    }
                }
                _ => {}
            }
        }
        // The memory is used again.
        bytes.clear();
        if let Some(stream) = self.streams.get_mut(at) {
            stream.bytes = bytes;
        }
    }

    /// The time nearest to the ones before that has these 33 bits.
    pub(super) fn unroll(&mut self, raw: u64) -> i64 {
        let raw = raw as i64;
        let near = self.near.unwrap_or(raw);
        let mut time = near + wrapped(raw - near);
        if time < 0 {
            // Before the beginning of the clock: one turn later.
            time += WRAP;
        }
        self.near = Some(time);
        time
    }
}

/// The smallest number, negative or not, with the same 33 bits.
fn wrapped(difference: i64) -> i64 {
    (difference + WRAP / 2).rem_euclid(WRAP) - WRAP / 2
}
