//! What a page gives, to whom first, and when it has given enough.

use sprat::engine::config::Bitrate;
use sprat::engine::contract::{Orders, Output};
use sprat::engine::id::{BlobId, ByteRange, ConnectionId, RenditionId, SegmentId};
use sprat::engine::payload::Bytes;
use sprat::engine::share::{Find, START_ALLOWANCE, Share};
use sprat::engine::swarm::native::Standing;
use sprat::engine::swarm::wire::native::{Message, PIECE};
use sprat::engine::swarm::wire::v2::Joiner;
use sprat::engine::swarm::wire::{Command, Dialect};
use sprat::engine::time::{Instant, Millis};
use sprat::engine::verify::Shareable;

const SEGMENT: u64 = 400_000;

struct Giver {
    share: Share,
    now: Instant,
    asked: u32,
}

impl Giver {
    fn new(ratio: f64) -> Self {
        let mut share = Share::new(Bitrate(1e9));
        share.set_ratio(ratio);
        Self { share, now: Instant::from_millis(1_000), asked: 0 }
    }

    /// A neighbour asks for a segment; who is sent bytes at once.
    fn asks(&mut self, connection: u32, last: bool) -> Orders<Bytes> {
        let shareable = Some(Shareable { blob: BlobId(1), len: SEGMENT });
        self.asked += 1;
        let mut orders = Orders::new();
        let wanted = (1, u64::from(self.asked), 0, last);
        self.share.wanted(ConnectionId(connection), wanted, Dialect::V2, shareable, self.now, &mut orders);
        orders
    }

    /// Channels drain until nothing more is sent.
    fn drain(&mut self, mut orders: Orders<Bytes>) {
        while !orders.is_empty() {
            self.now = self.now + Millis(10);
            let mut next = Orders::new();
            for connection in given(&orders) {
                self.share.drained(connection, self.now, &mut next);
            }
            orders = next;
        }
    }
}

fn given(orders: &Orders<Bytes>) -> Vec<ConnectionId> {
    let sent = |o: &Output<Bytes>| match o {
        Output::SendBlob { connection, .. } => Some(*connection),
        _ => None,
    };
    orders.iter().filter_map(sent).collect()
}

fn is_refused(orders: &Orders<Bytes>) -> bool {
    orders.iter().any(|o| match o {
        Output::Send { message, .. } => {
            matches!(Joiner::default().push(message), Ok(Some(Command::Absent { .. })))
        }
        _ => false,
    })
}

#[test]
fn bytes_given_stay_below_the_ratio_and_what_was_begun_is_brought_to_its_end() {
    let mut giver = Giver::new(1.5);
    giver.share.brought(1_000_000);
    let mut refused = 0;
    for i in 0..20 {
        let orders = giver.asks(i, false);
        refused += u32::from(is_refused(&orders));
        giver.drain(orders);
    }
    let most = 1_500_000 + START_ALLOWANCE;
    assert!((most - SEGMENT..=most).contains(&giver.share.uploaded_bytes), "{}", giver.share.uploaded_bytes);
    assert_eq!(giver.share.uploaded_bytes % SEGMENT, 0, "whole segments");
    assert_eq!(u64::from(refused), 20 - giver.share.uploaded_bytes / SEGMENT);
    giver.share.brought(1_000_000);
    assert!(!is_refused(&giver.asks(30, false)), "who takes more gives more");
}

#[test]
fn what_was_promised_counts_before_it_was_sent() {
    let mut giver = Giver::new(0.0);
    let refusals: Vec<bool> = (0..4).map(|i| is_refused(&giver.asks(i, false))).collect();
    assert_eq!(refusals, [false, false, true, true], "a megabyte to begin with is two segments of 0.4 MB");
}

#[test]
fn who_does_not_give_is_served_when_nobody_else_waits() {
    let mut giver = Giver::new(f64::INFINITY);
    let first = giver.asks(0, true);
    assert_eq!(given(&first), [ConnectionId(0)], "nobody else asks");
    // Six are served at a time: as many who give, and who does not has to wait.
    for i in 1..=6 {
        giver.now = giver.now + Millis(10);
        let _ = giver.asks(i, false);
    }
    giver.now = giver.now + Millis(10);
    let mut orders = Orders::new();
    giver.share.drained(ConnectionId(0), giver.now, &mut orders);
    assert!(!given(&orders).contains(&ConnectionId(0)), "{orders:?}");
    giver.share.retain(|connection| connection.0 < 6);
    let mut orders = Orders::new();
    giver.share.drained(ConnectionId(0), giver.now, &mut orders);
    assert!(given(&orders).contains(&ConnectionId(0)), "a place is free");
}

/// Pieces anywhere, of whatever segment.
struct Everything;

impl Find for Everything {
    fn piece(&self, _: SegmentId, piece: u64) -> Option<(BlobId, ByteRange)> {
        Some((BlobId(1), ByteRange { start: piece * PIECE, end: (piece + 1) * PIECE }))
    }
}

/// Of those in line, a slot that becomes free goes to who passes on what it has, though it came last.
#[test]
fn of_those_who_wait_who_passes_on_comes_first_and_who_only_takes_last() {
    let mut giver = Giver::new(f64::INFINITY);
    let segment = SegmentId { rendition: RenditionId(0), number: 7 };
    let mut orders: Orders<Bytes> = Orders::new();
    // All slots there are, and three more who ask, the best of them last.
    let wanting: Vec<u32> = (0..40).collect();
    for &connection in &wanting {
        giver.share.wanted_pieces(ConnectionId(connection), (segment, 0), (0, 1), giver.now, &mut orders);
    }
    let choked = said(&orders, &Message::Choke);
    assert!(choked.len() > 3, "there are more than can be given to");
    let (taker, gave, passes_on) = (choked[0], choked[1], choked[choked.len() - 1]);
    let standing = |c: ConnectionId| match c {
        c if c == passes_on => Standing::PassesOn,
        c if c == gave => Standing::Gave,
        _ => Standing::Takes,
    };
    let mut unchoked = Vec::new();
    for _ in 0..200 {
        let mut orders: Orders<Bytes> = Orders::new();
        giver.share.serve(&Everything, standing, giver.now, &mut orders);
        unchoked.extend(said(&orders, &Message::Unchoke));
        giver.now = giver.now + Millis(10);
        for connection in given(&orders) {
            giver.share.drained(connection, giver.now, &mut Orders::<Bytes>::new());
        }
    }
    assert_eq!(unchoked[..2], [passes_on, gave], "{unchoked:?}");
    assert!(unchoked.iter().skip(2).any(|c| *c == taker), "its turn comes, too: {unchoked:?}");
}

/// Whoever gives within a ratio knows how many pieces that are.
#[test]
fn what_may_be_given_shrinks_as_it_is_given_and_grows_with_what_is_brought() {
    let mut giver = Giver::new(1.5);
    assert_eq!(giver.share.spare(), START_ALLOWANCE / PIECE);
    giver.share.brought(4 * PIECE);
    assert_eq!(giver.share.spare(), START_ALLOWANCE / PIECE + 6);
    let orders = giver.asks(1, false);
    giver.drain(orders);
    assert_eq!(giver.share.spare(), (START_ALLOWANCE + 6 * PIECE - SEGMENT) / PIECE);
    assert!(Giver::new(f64::INFINITY).share.spare() > 1 << 40, "without limit there is no end to it");
}

fn said(orders: &Orders<Bytes>, what: &Message) -> Vec<ConnectionId> {
    let is = |o: &Output<Bytes>| match o {
        Output::Send { connection, message } if *message == what.encode() => Some(*connection),
        _ => None,
    };
    orders.iter().filter_map(is).collect()
}
