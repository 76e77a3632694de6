//! What we give, to whom, how fast: one upload per neighbour, a few at once, within a rate cap. Only
//! [`Shareable`] segments can be given; commands never queue behind more than 64 KiB of data, but for peers that
//! speak v1: any command ends what they are being sent, so that a segment goes to them in one go.

mod slots;

use super::config::Bitrate;
use super::contract::{Orders, Output};
use super::id::{BlobId, ByteRange, ConnectionId, SegmentId};
use super::swarm::wire::native::PIECE;
use super::swarm::wire::v2::MAX_MESSAGE;
use super::swarm::wire::{Command, Dialect};
use super::time::{Instant, Millis};
use super::verify::Shareable;
use litemap::LiteMap;
use slots::Slots;
use std::collections::BinaryHeap;

/// Uploads that move at once; the others wait their turn, so that each gets a useful rate.
const SLOTS: usize = 6;
/// The cap is kept over this span: short enough that a viewer's own calls do not suffer.
const BURST: Millis = Millis(250);

/// What may be given before anything was brought: a segment or so, that a swarm can begin.
pub const START_ALLOWANCE: u64 = 1 << 20;

/// The longest segment that goes in one go: browsers close a channel that is to keep 16 MiB for later.
const MAX_AT_ONCE: u64 = 8 << 20;

/// Where pieces lie that may be given.
pub trait Find {
    /// Which bytes of what on the shelf are this piece.
    fn piece(&self, segment: SegmentId, piece: u64) -> Option<(BlobId, ByteRange)>;
}

/// What a neighbour is being sent.
struct Upload {
    dialect: Dialect,
    segment: u64,
    request: u64,
    shareable: Shareable,
    at: u64,
    /// Whether the channel has room.
    room: bool,
    since: Instant,
    /// Its turn comes after all others': it does not give.
    last: bool,
}

/// The page's uploads.
pub struct Share {
    uploads: LiteMap<ConnectionId, Upload>,
    slots: Slots,
    cap: Bitrate,
    /// Bytes that may be sent now, and when that was counted.
    tokens: (f64, Instant),
    allowed: bool,
    /// Bytes given are at most so many times those brought.
    ratio: f64,
    /// Verified media bytes, from wherever they came.
    brought: u64,
    /// Bytes given since the page was opened.
    pub uploaded_bytes: u64,
    /// Of them, those to each neighbour that is here.
    sent: LiteMap<ConnectionId, u64>,
}

impl Share {
    /// Nothing under way, at most `cap`.
    #[must_use]
    pub fn new(cap: Bitrate) -> Self {
        Self {
            uploads: LiteMap::new(),
            slots: Slots::default(),
            cap,
            tokens: (0.0, Instant::ZERO),
            allowed: true,
            ratio: f64::INFINITY,
            brought: 0,
            uploaded_bytes: 0,
            sent: LiteMap::new(),
        }
    }

    /// Changes the cap.
    pub fn set_cap(&mut self, cap: Bitrate) {
        self.cap = cap;
    }

    /// Bytes given are at most `ratio` times those brought; what was begun is brought to its end.
    pub fn set_ratio(&mut self, ratio: f64) {
        self.ratio = ratio;
    }

    /// So many bytes of media were brought and verified.
    pub fn brought(&mut self, bytes: u64) {
        self.brought += bytes;
    }

    /// How many more pieces the ratio allows for.
    #[must_use]
    pub fn spare(&self) -> u64 {
        (self.allowance() / PIECE as f64) as u64
    }

    /// How many more bytes the ratio allows for, those promised already taken into account.
    fn allowance(&self) -> f64 {
        let promised: u64 = self.uploads.values().map(|u| u.shareable.len - u.at).sum();
        let given = (self.uploaded_bytes + promised) as f64;
        // Nothing times without limit is no number.
        self.brought.max(1) as f64 * self.ratio + START_ALLOWANCE as f64 - given
    }

    /// Allows or forbids uploads; what is under way stops.
    pub fn set_allowed(&mut self, allowed: bool) {
        self.allowed = allowed;
        if !allowed {
            self.uploads.clear();
            self.slots.clear();
        }
    }

    /// Whether anything may be given.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.allowed && self.cap.0 > 0.0
    }

    /// A neighbour asks for a segment from byte `from` on. A new request replaces its last one. Who does not give is
    /// served `last`.
    pub fn wanted<P>(
        &mut self,
        connection: ConnectionId,
        (segment, request, from, last): (u64, u64, u64, bool),
        dialect: Dialect,
        shareable: Option<Shareable>,
        now: Instant,
        orders: &mut Orders<P>,
    ) {
        self.uploads.remove(&connection);
        let allowed = self.is_allowed();
        let most = if dialect.is_v1() { MAX_AT_ONCE } else { u64::MAX };
        let allowance = self.allowance();
        let fits = |s: &Shareable| from < s.len && s.len <= most && (s.len - from) as f64 <= allowance;
        match shareable.filter(|s| allowed && fits(s)) {
            Some(shareable) => {
                let (at, room, since) = (from, true, now);
                let upload = Upload { dialect, segment, request, shareable, at, room, since, last };
                if !upload.dialect.is_v1() {
                    upload.begin(connection, orders);
                }
                self.uploads.insert(connection, upload);
                self.pump(now, orders);
            }
            None => tell(connection, &dialect, &Command::Absent { segment, request }, orders),
        }
    }

    /// A neighbour takes its request back.
    pub fn cancelled(&mut self, connection: ConnectionId, request: u64) {
        if self.uploads.get(&connection).is_some_and(|u| u.request == request) {
            self.uploads.remove(&connection);
        }
    }

    /// A neighbour goes over to another protocol: what was asked for before is void.
    pub fn forget(&mut self, connection: ConnectionId) {
        self.uploads.remove(&connection);
    }

    /// Forgets neighbours that are gone.
    pub fn retain(&mut self, here: impl Fn(ConnectionId) -> bool) {
        self.uploads.retain(|&connection, _| here(connection));
        self.sent.retain(|&connection, _| here(connection));
        self.slots.retain(here);
    }

    /// Bytes given to a neighbour.
    #[must_use]
    pub fn sent(&self, connection: ConnectionId) -> u64 {
        self.sent.get(&connection).copied().unwrap_or(0)
    }

    /// So many bytes go to a neighbour now.
    fn give(&mut self, connection: ConnectionId, bytes: u64) {
        self.tokens.0 -= bytes as f64;
        self.uploaded_bytes += bytes;
        *self.sent.entry(connection).or_insert(0) += bytes;
    }

    /// A channel has room again.
    pub fn drained<P>(&mut self, connection: ConnectionId, now: Instant, orders: &mut Orders<P>) {
        self.slot_drained(connection, now);
        if let Some(upload) = self.uploads.get_mut(&connection) {
            upload.room = true;
            self.pump(now, orders);
        }
    }

    /// Sends what the cap and the channels allow.
    pub fn pump<P>(&mut self, now: Instant, orders: &mut Orders<P>) {
        self.refill(now);
        let by_age: BinaryHeap<_> = self.uploads.iter().map(|(&c, u)| ((u.last, u.since), c)).collect();
        for (_, connection) in by_age.into_sorted_vec().into_iter().take(SLOTS) {
            let mut at_once = false;
            while (at_once || self.tokens.0 > 0.0)
                && let Some(upload) = self.uploads.get_mut(&connection)
                && (at_once || upload.room)
            {
                if !at_once && upload.dialect.is_v1() {
                    upload.begin(connection, orders);
                    at_once = true;
                }
                let end = (upload.at + MAX_MESSAGE as u64).min(upload.shareable.len);
                let range = ByteRange { start: upload.at, end };
                upload.at = end;
                upload.room = false;
                orders.push_back(Output::SendBlob { connection, blob: upload.shareable.blob, range });
                if end == upload.shareable.len {
                    let completed = Command::Completed { segment: upload.segment, request: upload.request };
                    tell(connection, &upload.dialect, &completed, orders);
                    self.uploads.remove(&connection);
                }
                self.give(connection, range.len());
            }
        }
    }

    /// When the cap allows the next message.
    #[must_use]
    pub fn next_wakeup(&self, now: Instant) -> Option<Instant> {
        let waiting = self.uploads.values().any(|u| u.room);
        let bytes_short = (1.0 - self.tokens.0).max(0.0);
        let refilled = now + self.cap.time_for(bytes_short as u64) + Millis(1);
        waiting.then_some(refilled).into_iter().chain(self.slots.next_wakeup(refilled)).min()
    }

    fn refill(&mut self, now: Instant) {
        let (tokens, at) = self.tokens;
        let bytes_per_ms = self.cap.0 / 8_000.0;
        let most = (bytes_per_ms * BURST.0 as f64).max(1.0);
        self.tokens = ((tokens + now.since(at).0 as f64 * bytes_per_ms).min(most), now);
    }
}

impl Upload {
    fn begin<P>(&self, connection: ConnectionId, orders: &mut Orders<P>) {
        let length = self.shareable.len - self.at;
        let data = Command::Data { segment: self.segment, request: self.request, length };
        tell(connection, &self.dialect, &data, orders);
    }
}

fn tell<P>(connection: ConnectionId, dialect: &Dialect, command: &Command, orders: &mut Orders<P>) {
    let frames = dialect.encode(command, MAX_MESSAGE);
    orders.extend(frames.into_iter().map(|message| Output::Send { connection, message }));
}
