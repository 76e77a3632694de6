//! A transport stream in good order around elementary streams by a stranger: packets, tables and timestamps are right,
//! so that what is tried are pictures, parameter sets, supplemental information and frames of sound. The first byte
//! says what the streams are, the second where the other one begins, the third how long PES packets are.

use super::{Chance, remux};

/// Stream types (ISO/IEC 13818-1 table 2-34), and a descriptor.
const VIDEO: [(u8, &[u8]); 3] = [(0x1b, &[]), (0x24, &[]), (0xdb, &[])];
const AUDIO: [(u8, &[u8]); 8] = [
    (0x0f, &[]),
    (0x03, &[]),
    (0x81, &[]),
    (0x87, &[]),
    (0x06, b"\x05\x04Opus\x7f\x02\x80\x02"),
    (0xcf, &[]),
    (0x15, &[]),
    (0xc2, &[]),
];

pub(super) fn any_stream_is_the_same(data: &[u8]) {
    let [kinds, share, long, streams @ ..] = data else { return };
    let (video, audio) = streams.split_at(streams.len() * usize::from(*share) / 255);
    let mut chance = Chance::of(data);
    let (picture, sound) = (VIDEO[usize::from(*kinds) % 3], AUDIO[usize::from(*kinds / 3) % 8]);
    let mut stream = Stream::default();
    stream.section(0, 0, &[0, 1, 0xe1, 0]);
    let mut map = vec![0xe1, 1, 0xf0, 0];
    for ((kind, descriptor), pid) in [(picture, 1), (sound, 2)] {
        map.extend([kind, 0xe1, pid, 0xf0, descriptor.len() as u8]);
        map.extend(descriptor);
    }
    stream.section(0x100, 2, &map);
    let len = 8 * (1 + usize::from(*long));
    let mut packets = [video.chunks(len), audio.chunks(len)];
    let mut time = 900_000;
    while packets.iter().any(|p| p.len() > 0) {
        let which = chance.below(2);
        if let Some(payload) = packets[which].next() {
            stream.pes(which, chance.coin().then_some(time), payload);
            time += 1800;
        }
    }
    remux::any_cut_is_the_same(&stream.bytes);
}

#[derive(Default)]
struct Stream {
    bytes: Vec<u8>,
    counters: [u8; 2],
}

impl Stream {
    /// A table in one packet; nobody looks at its checksum.
    fn section(&mut self, pid: u16, table: u8, body: &[u8]) {
        let mut packet = vec![0x47, 0x40 | (pid >> 8) as u8, pid as u8, 0x10, 0];
        packet.extend([table, 0xb0, body.len() as u8 + 9, 0, 1, 0xc1, 0, 0]);
        packet.extend(body);
        packet.resize(packet.len() + 4, 0);
        packet.resize(188, 0xff);
        self.bytes.extend(packet);
    }

    fn pes(&mut self, which: usize, time: Option<u64>, payload: &[u8]) {
        let fields = time.map_or(Vec::new(), |t| {
            vec![
                0x21 | (t >> 29) as u8 & 14,
                (t >> 22) as u8,
                (t >> 14) as u8 | 1,
                (t >> 7) as u8,
                (t << 1) as u8 | 1,
            ]
        });
        let flags = if time.is_some() { 0x80 } else { 0 };
        let id = [0xe0, 0xc0][which];
        // Video need not say how long it is.
        let len = if which == 0 { 0 } else { (3 + fields.len() + payload.len()) as u16 };
        let header = [0, 0, 1, id, (len >> 8) as u8, len as u8, 0x80, flags, fields.len() as u8];
        let whole = [&header[..], &fields, payload].concat();
        for (i, part) in whole.chunks(184).enumerate() {
            let counter = &mut self.counters[which];
            *counter = (*counter + 1) & 15;
            let start = if i == 0 { 0x41 } else { 1 };
            let stuffing = 184 - part.len();
            let adapted = if stuffing > 0 { 0x30 } else { 0x10 };
            self.bytes.extend([0x47, start, 1 + which as u8, adapted | *counter]);
            if stuffing > 0 {
                self.bytes.push(stuffing as u8 - 1);
                self.bytes.extend((1..stuffing).map(|i| if i == 1 { 0 } else { 0xff }));
            }
            self.bytes.extend(part);
        }
    }
}
