//! One conversation with a peer: what it brings is taken in order, and what it does wrong ends it.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail it")]

use sprat::engine::payload::{Bytes, ContentHasher, Digest, Payload, Sha256Hasher};
use sprat::engine::swarm::peer::{Conversation, Heard, Violation};
use sprat::engine::swarm::wire::v2::{self, Joiner, MAX_MESSAGE};
use sprat::engine::swarm::wire::{Command, WireError};
use sprat::engine::time::{Instant, Millis};

#[test]
fn a_segment_comes_in_pieces_and_is_done_when_all_are_there() {
    let mut peer = Peer::new();
    assert_eq!(peer.announces(&[0, 1, 2, 3], &[4]), Some(Heard::Availability));
    assert!(peer.talk.holds(3) && !peer.talk.holds(4) && peer.talk.is_loading(4));

    let request = peer.asked(2, 0, Some(150_000));
    peer.after(30);
    assert_eq!(peer.says(Command::Data { segment: 2, request, length: 150_000 }), None);
    for (at, length) in [(0, 65_535), (65_535, 65_535), (131_070, 18_930)] {
        peer.after(10);
        let piece = bytes(length);
        assert_eq!(peer.sends(length), Some(Heard::Data { segment: 2, at, piece }));
    }
    assert_eq!(peer.says(Command::Completed { segment: 2, request }), Some(Heard::Done { segment: 2 }));
    assert_eq!(peer.talk.outstanding(), None);
    assert_eq!(peer.talk.rtt(), Millis(30));
    assert_eq!(peer.talk.rate().unwrap().0, 150_000.0 * 8.0 / 0.030);
}

#[test]
fn a_download_goes_on_where_an_earlier_one_ended() {
    let mut peer = Peer::new();
    let request = peer.asked(7, 100_000, None);
    peer.says(Command::Data { segment: 7, request, length: 50_000 });
    assert_eq!(peer.talk.outstanding().unwrap().total, Some(150_000), "what is held counts");
    assert_eq!(peer.sends(50_000), Some(Heard::Data { segment: 7, at: 100_000, piece: bytes(50_000) }));
    assert_eq!(peer.says(Command::Completed { segment: 7, request }), Some(Heard::Done { segment: 7 }));
}

#[test]
fn a_wrong_length_breaks_the_conversation() {
    for (from, expected, length) in [
        (0, Some(1_000), 999),
        (0, Some(1_000), 1_001),
        (400, Some(1_000), 1_000),
        (0, None, 0),
        (5, None, 0),
    ] {
        let mut peer = Peer::new();
        let request = peer.asked(1, from, expected);
        let heard = peer.says(Command::Data { segment: 1, request, length });
        assert_eq!(heard, Some(Heard::Broke(Violation::WrongLength)), "{from} {expected:?} {length}");
        assert_eq!(peer.sends(10), None, "nothing is heard of it any more");
        assert_eq!(peer.talk.outstanding().unwrap().segment, 1, "what it leaves undone is known");
    }
}

#[test]
fn a_segment_of_unknown_length_may_not_be_of_any_length() {
    for (from, length) in [(0, (256 << 20) + 1), (1, 256 << 20), (u64::MAX, u64::MAX), (0, u64::MAX)] {
        let mut peer = Peer::new();
        let request = peer.asked(1, from, None);
        let heard = peer.says(Command::Data { segment: 1, request, length });
        assert_eq!(heard, Some(Heard::Broke(Violation::WrongLength)), "{from} {length}");
    }
}

#[test]
fn more_bytes_than_promised_break_the_conversation_and_are_not_passed_on() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 100 });
    assert!(matches!(peer.sends(60), Some(Heard::Data { .. })));
    assert_eq!(peer.sends(41), Some(Heard::Broke(Violation::TooManyBytes)));
}

#[test]
fn a_completion_with_bytes_missing_breaks_the_conversation() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 100 });
    peer.sends(99);
    let heard = peer.says(Command::Completed { segment: 1, request });
    assert_eq!(heard, Some(Heard::Broke(Violation::WrongCompletion)));
}

#[test]
fn a_completion_of_what_was_never_asked_breaks_a_transfer_and_is_ignored_otherwise() {
    let mut peer = Peer::new();
    assert_eq!(peer.says(Command::Completed { segment: 1, request: 77 }), None);
    let request = peer.asked(1, 0, None);
    assert_eq!(peer.says(Command::Completed { segment: 1, request: 77 }), None);
    peer.says(Command::Data { segment: 1, request, length: 100 });
    let heard = peer.says(Command::Completed { segment: 1, request: 77 });
    assert_eq!(heard, Some(Heard::Broke(Violation::WrongCompletion)));
}

#[test]
fn what_is_left_of_a_cancelled_upload_is_dropped() {
    let mut peer = Peer::new();
    let first = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request: first, length: 100_000 });
    peer.sends(50_000);
    assert_eq!(
        said(&peer.talk.cancel(peer.now)),
        [Command::Cancel { segment: 1, request: first }],
        "the other side is told"
    );
    assert_eq!(peer.sends(50_000), None);
    assert_eq!(peer.says(Command::Completed { segment: 1, request: first }), None);

    let second = peer.asked(2, 0, None);
    assert_ne!(first, second);
    assert_eq!(peer.says(Command::Data { segment: 1, request: first, length: 100_000 }), None);
    assert_eq!(peer.sends(100_000), None, "bytes before the data command of this request");
    assert_eq!(peer.says(Command::Absent { segment: 1, request: first }), None);
    peer.says(Command::Data { segment: 2, request: second, length: 10 });
    assert_eq!(peer.says(Command::Completed { segment: 1, request: first }), None);
    assert_eq!(peer.sends(10), Some(Heard::Data { segment: 2, at: 0, piece: bytes(10) }));
    assert_eq!(
        peer.says(Command::Completed { segment: 2, request: second }),
        Some(Heard::Done { segment: 2 })
    );
}

#[test]
fn asking_again_takes_the_earlier_request_back() {
    let mut peer = Peer::new();
    let first = peer.asked(1, 0, None);
    let messages = peer.talk.ask(2, 5, None, peer.now);
    assert_eq!(
        said(&messages),
        [
            Command::Cancel { segment: 1, request: first },
            Command::Request { segment: 2, request: first + 1, from: 5 }
        ]
    );
    assert!(peer.talk.cancel(peer.now).len() == 1 && peer.talk.cancel(peer.now).is_empty());
}

#[test]
fn data_said_twice_counts_once() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 10 });
    assert_eq!(peer.says(Command::Data { segment: 1, request, length: 20 }), None);
    assert_eq!(peer.talk.outstanding().unwrap().total, Some(10));
}

#[test]
fn an_absent_segment_is_struck_from_the_list() {
    let mut peer = Peer::new();
    peer.announces(&[1, 300], &[]);
    let request = peer.asked(300, 0, None);
    let heard = peer.says(Command::Absent { segment: 300, request });
    assert_eq!(heard, Some(Heard::Absent { segment: 300 }));
    assert_eq!(peer.talk.held().collect::<Vec<_>>(), [1]);
    assert_eq!(peer.talk.outstanding(), None);
    peer.announces(&[1, 300], &[]);
    assert!(peer.talk.holds(300), "until it is announced anew");
}

#[test]
fn an_announcement_replaces_the_one_before() {
    let mut peer = Peer::new();
    peer.announces(&[5, 6, 1_758_000_000], &[7]);
    peer.announces(&[1_758_000_001, 256, 255, 0], &[]);
    assert_eq!(peer.talk.held().collect::<Vec<_>>(), [0, 255, 256, 1_758_000_001]);
    assert!(!peer.talk.holds(5) && !peer.talk.is_loading(7));
}

#[test]
fn announcements_may_come_between_the_pieces() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 20 });
    peer.sends(10);
    assert_eq!(peer.announces(&[9], &[]), Some(Heard::Availability));
    assert_eq!(peer.sends(10), Some(Heard::Data { segment: 1, at: 10, piece: bytes(10) }));
}

#[test]
fn what_the_other_side_wants_is_only_reported() {
    let mut peer = Peer::new();
    let heard = peer.says(Command::Request { segment: 4, request: 731, from: 9 });
    assert_eq!(heard, Some(Heard::Wanted { segment: 4, request: 731, from: 9 }));
    let heard = peer.says(Command::Cancel { segment: 4, request: 731 });
    assert_eq!(heard, Some(Heard::Cancelled { request: 731 }));
}

#[test]
fn a_silent_peer_is_late_but_not_malicious() {
    let mut peer = Peer::new();
    for count in 1..=3 {
        let request = peer.asked(1, 0, None);
        peer.after(2_000);
        assert_eq!(said(&peer.talk.time_out(peer.now)), [Command::Cancel { segment: 1, request }]);
        assert_eq!(peer.talk.timeouts(), count);
    }
    assert!(peer.talk.time_out(peer.now).is_empty());
    assert_eq!(peer.talk.timeouts(), 3, "silence counts where something was asked");
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 1 });
    peer.sends(1);
    peer.says(Command::Completed { segment: 1, request });
    assert_eq!(peer.talk.timeouts(), 0);
}

#[test]
fn an_unknown_command_is_ignored_and_a_malformed_one_is_not() {
    let mut peer = Peer::new();
    assert_eq!(peer.hears(b"cstr\x09i\x01\x01cend".to_vec()), None);
    assert_eq!(peer.announces(&[1], &[]), Some(Heard::Availability));
    let heard = peer.hears(b"cstr\x01i\x30cend".to_vec());
    assert_eq!(heard, Some(Heard::Broke(Violation::Malformed(WireError::WrongType))));
    assert_eq!(peer.announces(&[1], &[]), None);
}

#[test]
fn a_hundred_thousand_ids_end_the_conversation() {
    let mut peer = Peer::new();
    let set = |name: u8, groups: u8| {
        let mut bytes = vec![name, 0x10, groups];
        for group in 0..groups {
            bytes.extend([3, 0, group, 0]);
            bytes.extend(0..=255);
        }
        bytes
    };
    let body = [vec![0], set(b'l', 255), set(b'p', 136)].concat();
    assert_eq!(peer.hears([b"cstr", &body[..60_000], b"dend"].concat()), None);
    let heard = peer.hears([b"dstr", &body[60_000..], b"cend"].concat());
    assert_eq!(heard, Some(Heard::Broke(Violation::Malformed(WireError::TooManyIds))));
}

#[test]
fn a_huge_command_is_refused_without_being_copied() {
    let mut peer = Peer::new();
    let frame = [b"cstr".to_vec(), vec![0; 1 << 20], b"cend".to_vec()].concat();
    assert_eq!(peer.hears(frame), Some(Heard::Broke(Violation::Malformed(WireError::TooLong))));
}

#[test]
fn messages_too_short_to_say_anything_are_data() {
    let mut peer = Peer::new();
    for message in [&b""[..], b"c", b"cstr", b"cstrend"] {
        assert_eq!(peer.hears(message.to_vec()), None);
    }
}

#[test]
fn empty_messages_are_no_sign_of_life() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 10 });
    let heard_at = peer.now;
    peer.after(1_000);
    assert_eq!(peer.sends(0), None);
    assert_eq!(peer.talk.outstanding().unwrap().heard_at, heard_at);
}

#[test]
fn a_trickle_is_measured_as_one() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 1_000_000 });
    assert!(peer.talk.rate().is_none());
    for _ in 0..100 {
        peer.after(100);
        peer.sends(1_000);
    }
    let rate = peer.talk.rate().unwrap().0;
    assert!((70_000.0..90_000.0).contains(&rate), "{rate}: 1,000 bytes each 100 ms are 80 kbit/s");
    peer.after(4_000);
    peer.talk.cancel(peer.now);
    assert!(peer.talk.rate().unwrap().0 < rate * 0.7, "waiting in vain counts");
}

#[test]
fn a_drip_is_measured_however_little_it_brings_and_a_wait_alone_is_not() {
    let mut peer = Peer::new();
    let request = peer.asked(1, 0, None);
    peer.says(Command::Data { segment: 1, request, length: 1_000_000 });
    peer.after(1_900);
    peer.talk.cancel(peer.now);
    assert!(peer.talk.rate().is_none(), "others may have been served first");
    let request = peer.asked(2, 0, None);
    peer.says(Command::Data { segment: 2, request, length: 1_000_000 });
    peer.after(500);
    peer.sends(16);
    assert!(peer.talk.rate().unwrap().0 < 1_000.0, "16 bytes in half a second");
}

#[test]
fn who_drips_is_not_believed_anew_with_each_request() {
    let mut peer = Peer::new();
    let mut broke = false;
    for segment in 1..=4 {
        let request = peer.asked(segment, 0, None);
        peer.says(Command::Data { segment, request, length: 650_000 });
        for _ in 0..2 {
            peer.after(500);
            broke |= matches!(peer.sends(16), Some(Heard::Broke(Violation::Dripping)));
        }
        peer.talk.cancel(peer.now);
    }
    assert!(broke, "a second of each of four requests");
}

#[test]
fn the_measured_rate_follows_a_peer_that_becomes_slow() {
    let mut peer = Peer::new();
    for (segment, pause) in [(1, 10), (2, 10), (3, 1_000)] {
        let request = peer.asked(segment, 0, None);
        peer.says(Command::Data { segment, request, length: 650_000 });
        for _ in 0..10 {
            peer.after(pause);
            peer.sends(65_000);
        }
        peer.says(Command::Completed { segment, request });
    }
    let rate = peer.talk.rate().unwrap().0;
    assert!(rate < 1_000_000.0, "{rate}: 65,000 bytes a second are 520 kbit/s");
}

#[test]
fn the_same_conversation_works_where_media_has_a_length_but_no_bytes() {
    let mut talk = Conversation::<Length>::new(MAX_MESSAGE);
    let frames = talk.ask(3, 0, Some(70_000), Instant::ZERO);
    let request = request_in(&frames);
    for frame in v2::encode(&Command::Data { segment: 3, request, length: 70_000 }, MAX_MESSAGE) {
        assert_eq!(talk.hear(&Length::Command(frame), Instant::ZERO), None);
    }
    let heard = talk.hear(&Length::Media(70_000), Instant::ZERO);
    assert_eq!(heard, Some(Heard::Data { segment: 3, at: 0, piece: Length::Media(70_000) }));
}

/// The other side, and our end of the conversation with it.
struct Peer {
    talk: Conversation<Bytes>,
    now: Instant,
}

impl Peer {
    fn new() -> Self {
        Self { talk: Conversation::new(MAX_MESSAGE), now: Instant::from_millis(1_000) }
    }

    fn after(&mut self, ms: u64) {
        self.now = self.now + Millis(ms);
    }

    /// We ask; the number of the request.
    fn asked(&mut self, segment: u64, from: u64, total: Option<u64>) -> u64 {
        let messages = self.talk.ask(segment, from, total, self.now);
        request_in(&messages)
    }

    fn announces(&mut self, held: &[u64], loading: &[u64]) -> Option<Heard<Bytes>> {
        self.says(Command::Announcement { held: held.to_vec(), loading: loading.to_vec() })
    }

    fn says(&mut self, command: Command) -> Option<Heard<Bytes>> {
        let mut heard = None;
        for frame in v2::encode(&command, MAX_MESSAGE) {
            heard = self.hears(frame);
        }
        heard
    }

    fn sends(&mut self, length: usize) -> Option<Heard<Bytes>> {
        self.hears(vec![0xda; length])
    }

    fn hears(&mut self, message: Vec<u8>) -> Option<Heard<Bytes>> {
        self.talk.hear(&message.into(), self.now)
    }
}

fn bytes(length: usize) -> Bytes {
    vec![0xda; length].into()
}

fn said(messages: &[Vec<u8>]) -> Vec<Command> {
    let mut joiner = Joiner::default();
    messages.iter().filter_map(|message| joiner.push(message).unwrap()).collect()
}

fn request_in(messages: &[Vec<u8>]) -> u64 {
    match said(messages).last() {
        Some(Command::Request { request, .. }) => *request,
        other => panic!("no request but {other:?}"),
    }
}

/// The simulator's kind of payload: commands have bytes, media does not.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Length {
    Command(Vec<u8>),
    Media(usize),
}

impl From<Vec<u8>> for Length {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Command(bytes)
    }
}

impl Payload for Length {
    type Hasher = NoHasher;

    fn len(&self) -> usize {
        match self {
            Self::Command(bytes) => bytes.len(),
            Self::Media(length) => *length,
        }
    }

    fn slice(&self, from: usize, to: usize) -> Self {
        Self::Media(to.min(self.len()).saturating_sub(from))
    }

    fn read(&self, at: usize, into: &mut [u8]) -> usize {
        match self {
            Self::Command(bytes) => Bytes::from(bytes.clone()).read(at, into),
            Self::Media(_) => 0,
        }
    }
}

#[derive(Clone, Default)]
struct NoHasher;

impl ContentHasher<Length> for NoHasher {
    fn feed(&mut self, _: &Length) {}
    fn finish(self) -> Digest {
        Sha256Hasher::default().digest()
    }
}
