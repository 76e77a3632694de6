//! One conversation with one other viewer: what it holds, what we asked of it, what of that has come.
//!
//! A pure state machine over messages. It tells commands from segment data by their first and last four
//! bytes, and never looks into segment data. It follows the requester's side of p2p-media-loader:
//!
//! ```text
//! idle ──ask──▶ waiting ──data, same request──▶ receiving ──completed, all bytes there──▶ idle
//!                  └────────absent, cancel──────────┴──▶ idle
//! ```
//!
//! One request is outstanding at most: the incumbent drops the running upload when a second one comes. Bytes
//! that arrive while nothing is being received are what is left of a cancelled upload, and are dropped. What
//! the other side asks of us is only reported; to serve it is `share`'s decision. A peer that does not answer
//! is not malicious: the incumbent does not answer for segments it cannot place.
//!
//! In v1 a segment is done with its last byte, and always sent from its first: what we have of it is passed over.
//! Requests have no number there; all are 0.

use super::conduct::Drips;
use super::native::NativeNews;
use super::wire::ids::IdSet;
use super::wire::v2::{self, Joiner, MAX_BODY};
use super::wire::{Command, Dialect, WireError, v1};
use crate::engine::config::Bitrate;
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};
use core::marker::PhantomData;

/// Round trip assumed before the first is measured: between continents, over Wi-Fi.
const ASSUMED_RTT: Millis = Millis(200);
/// The longest segment taken from a peer where the playlist does not tell the length: 20 s at 100 Mbit/s.
const MAX_SEGMENT: u64 = 256 << 20;
/// Bytes before a rate is worth naming: one message of the incumbent, so a single burst does not count.
const MIN_MEASURED: u64 = 65_536;
/// Time that bytes had to flow in after which a rate is worth naming however few came: who sends a byte now and then is
/// never silent, and would be asked again and again.
const MAX_UNMEASURED: Millis = Millis(1_000);
/// Time of flowing bytes after which older ones count half: about two segments of steady transfer.
const RATE_MEMORY: Millis = Millis(4_000);

/// News from the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard<P> {
    /// What it holds or loads has changed.
    Availability,
    /// The next bytes of the outstanding download; in v1 the last of them end it.
    Data {
        /// Which segment.
        segment: u64,
        /// Position of the first byte in the segment.
        at: u64,
        /// The bytes.
        piece: P,
    },
    /// The outstanding download is complete.
    Done {
        /// Which segment.
        segment: u64,
    },
    /// The other side does not have what was asked for; it is no longer listed.
    Absent {
        /// Which segment.
        segment: u64,
    },
    /// The other side asks for a segment; whatever was being sent to it is to stop.
    Wanted {
        /// Which segment.
        segment: u64,
        /// The number to answer under.
        request: u64,
        /// First byte wanted.
        from: u64,
    },
    /// The other side takes a request back.
    Cancelled {
        /// The request.
        request: u64,
    },
    /// The other side broke the protocol: close the connection. Nothing is heard of it any more;
    /// [`Conversation::outstanding`] still tells what it leaves undone.
    Broke(Violation),
    /// Something in our own protocol.
    Native(NativeNews<P>),
}

/// How the protocol was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A command could not be read.
    Malformed(WireError),
    /// The length promised is not that of the segment, or nothing at all.
    WrongLength,
    /// More bytes came than were promised.
    TooManyBytes,
    /// Completion was reported with bytes missing, or of a request that was never made.
    WrongCompletion,
    /// Next to nothing came, and went on coming.
    Dripping,
    /// It asked, took back or told more than any honest viewer does.
    TooMuch,
}

/// The download under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outstanding {
    /// Which segment.
    pub segment: u64,
    /// First byte asked for.
    pub from: u64,
    /// Bytes that came, from there on.
    pub received: u64,
    /// Length of the whole segment, where known.
    pub total: Option<u64>,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When something of it last came; `asked_at` before that.
    pub heard_at: Instant,
}

#[derive(Clone, Debug)]
struct Download {
    request: u64,
    /// Whether the data command has come, and with it `told.total`.
    receiving: bool,
    /// Bytes to pass over before the first that was asked for.
    skip: u64,
    told: Outstanding,
}

/// The state of one conversation.
#[derive(Debug)]
pub struct Conversation<P> {
    dialect: Dialect,
    max_message: usize,
    joiner: Joiner,
    held: IdSet,
    loading: IdSet,
    download: Option<Download>,
    /// Requests made; the number of the latest. The numbers count up, so that an earlier one is known as ours.
    requests: u64,
    rtt: Option<Millis>,
    flow: Flow,
    /// Of all downloads: who drips is not believed anew with each request.
    drips: Drips,
    timeouts: u32,
    broken: bool,
    payload: PhantomData<fn(P)>,
}

impl<P: Payload> Conversation<P> {
    /// A conversation in v2 in which nothing was said; `max_message` bounds what is sent in one message.
    #[must_use]
    pub fn new(max_message: usize) -> Self {
        Self::in_dialect(Dialect::V2, max_message)
    }

    /// [`Self::new`] in a dialect.
    #[must_use]
    pub fn in_dialect(dialect: Dialect, max_message: usize) -> Self {
        Self {
            dialect,
            max_message,
            joiner: Joiner::default(),
            held: IdSet::default(),
            loading: IdSet::default(),
            download: None,
            requests: 0,
            rtt: None,
            flow: Flow::default(),
            drips: Drips::default(),
            timeouts: 0,
            broken: false,
            payload: PhantomData,
        }
    }

    /// Takes one message of the other side.
    pub fn hear(&mut self, message: &P, now: Instant) -> Option<Heard<P>> {
        if self.broken {
            return None;
        }
        let heard = match self.frame(message).map(|frame| frame.and_then(|frame| self.read(&frame))) {
            None | Some(Err(WireError::NotACommand)) => self.data(message, now),
            Some(Err(error)) => Some(Heard::Broke(Violation::Malformed(error))),
            Some(Ok(command)) => command.and_then(|command| self.command(command, now)),
        };
        self.broken = matches!(heard, Some(Heard::Broke(_)));
        heard
    }

    fn read(&mut self, frame: &[u8]) -> Result<Option<Command>, WireError> {
        match &self.dialect {
            Dialect::V2 => self.joiner.push(frame),
            Dialect::V1(name) => v1::decode(frame, name),
        }
    }

    /// The bytes of a command frame; `None` when the message is segment data.
    fn frame(&self, message: &P) -> Option<Result<Vec<u8>, WireError>> {
        let len = message.len();
        let (mut first, mut last) = ([0; 4], [0; 4]);
        message.read(0, &mut first);
        message.read(len.saturating_sub(4), &mut last);
        let (is, most) = match self.dialect {
            Dialect::V2 => (v2::is_frame(&first, &last, len), MAX_BODY + 8),
            Dialect::V1(_) => {
                (v1::may_be_command(&first[..2], last[len.clamp(1, 4) - 1], len), v1::MAX_COMMAND)
            }
        };
        if !is {
            return None;
        }
        if len > most {
            return Some(Err(WireError::TooLong));
        }
        message.to_vec().map(Ok)
    }

    fn command(&mut self, command: Command, now: Instant) -> Option<Heard<P>> {
        match command {
            Command::Announcement { held, loading } => {
                self.held = IdSet::of(&held);
                self.loading = IdSet::of(&loading);
                Some(Heard::Availability)
            }
            Command::Request { segment, request, from } => Some(Heard::Wanted { segment, request, from }),
            Command::Cancel { request, .. } => Some(Heard::Cancelled { request }),
            Command::Data { segment, request, length } => self.data_begins(segment, request, length, now),
            Command::Completed { segment, request } => self.completed(segment, request),
            Command::Absent { segment, request } => {
                let download = self.download.as_ref()?;
                if download.request != request || download.told.segment != segment {
                    return None;
                }
                self.download = None;
                self.forget(segment);
                Some(Heard::Absent { segment })
            }
        }
    }

    fn data_begins(&mut self, segment: u64, request: u64, length: u64, now: Instant) -> Option<Heard<P>> {
        let is_v1 = self.dialect.is_v1();
        let download = self.download.as_mut()?;
        if is_v1 && download.receiving {
            // What follows are bytes of something else, and the rest of this will not come.
            return Some(Heard::Broke(Violation::WrongCompletion));
        }
        // Of a request taken back, or said twice.
        if download.receiving || download.request != request || download.told.segment != segment {
            return None;
        }
        let first = if is_v1 { 0 } else { download.told.from };
        let total = first.saturating_add(length);
        if length == 0
            || total <= download.told.from
            || download.told.total.map_or(total > MAX_SEGMENT, |known| known != total)
        {
            return Some(Heard::Broke(Violation::WrongLength));
        }
        download.receiving = true;
        download.skip = download.told.from - first;
        download.told.total = Some(total);
        download.told.heard_at = now;
        let sample = now.since(download.told.asked_at);
        // Smoothed as TCP does (RFC 6298 §2): an eighth of each new sample.
        self.rtt = Some(self.rtt.map_or(sample, |rtt| Millis((rtt.0 * 7 + sample.0) / 8)));
        None
    }

    fn data(&mut self, piece: &P, now: Instant) -> Option<Heard<P>> {
        // Nothing is no sign of life either.
        let download = self.download.as_mut().filter(|download| download.receiving && !piece.is_empty())?;
        let passed = download.skip.min(piece.len() as u64);
        download.skip -= passed;
        let told = &mut download.told;
        let at = told.from + told.received;
        let length = piece.len() as u64 - passed;
        if told.total.is_none_or(|total| length > total - at) {
            return Some(Heard::Broke(Violation::TooManyBytes));
        }
        self.flow.add(passed + length, now.since(told.heard_at));
        told.received += length;
        told.heard_at = now;
        let to_come = told.total.is_some_and(|total| at + length < total);
        if to_come && self.drips.add(passed + length, now) {
            return Some(Heard::Broke(Violation::Dripping));
        }
        if length == 0 {
            return None;
        }
        let piece = piece.slice(passed as usize, piece.len());
        let heard = Heard::Data { segment: told.segment, at, piece };
        if self.dialect.is_v1() && told.total == Some(at + length) {
            self.download = None;
            self.timeouts = 0;
        }
        Some(heard)
    }

    fn completed(&mut self, segment: u64, request: u64) -> Option<Heard<P>> {
        let download = self.download.as_ref().filter(|download| download.receiving)?;
        let told = download.told;
        if request != download.request {
            // One of ours from before was taken back while its last message was on its way.
            let ours = (1..=self.requests).contains(&request);
            return (!ours).then_some(Heard::Broke(Violation::WrongCompletion));
        }
        if segment != told.segment || told.total != Some(told.from + told.received) {
            return Some(Heard::Broke(Violation::WrongCompletion));
        }
        self.download = None;
        self.timeouts = 0;
        Some(Heard::Done { segment })
    }

    /// The messages that ask for `segment` from byte `from` on; an earlier request is taken back first.
    /// `expected_total` is the segment's whole length, where the playlist or an earlier download told it.
    pub fn ask(
        &mut self,
        segment: u64,
        from: u64,
        expected_total: Option<u64>,
        now: Instant,
    ) -> Vec<Vec<u8>> {
        let mut messages = self.cancel(now);
        self.requests += u64::from(!self.dialect.is_v1());
        let request = self.requests;
        let told =
            Outstanding { segment, from, received: 0, total: expected_total, asked_at: now, heard_at: now };
        self.download = Some(Download { request, receiving: false, skip: 0, told });
        messages.extend(self.dialect.encode(&Command::Request { segment, request, from }, self.max_message));
        messages
    }

    /// The messages that take the outstanding request back; none when there is none. What came of it is the
    /// caller's to keep.
    pub fn cancel(&mut self, now: Instant) -> Vec<Vec<u8>> {
        let Some(download) = self.download.take() else {
            return Vec::new();
        };
        if download.receiving {
            // The wait since the last bytes was time in which bytes should have come.
            self.flow.add(0, now.since(download.told.heard_at));
        }
        let cancel = Command::Cancel { segment: download.told.segment, request: download.request };
        self.dialect.encode(&cancel, self.max_message)
    }

    /// [`Self::cancel`], because nothing came for too long; counted until a download is complete.
    pub fn time_out(&mut self, now: Instant) -> Vec<Vec<u8>> {
        if self.download.is_some() {
            self.timeouts += 1;
        }
        self.cancel(now)
    }

    /// Requests in a row that ended in silence.
    #[must_use]
    pub fn timeouts(&self) -> u32 {
        self.timeouts
    }

    /// The download under way.
    #[must_use]
    pub fn outstanding(&self) -> Option<Outstanding> {
        self.download.as_ref().map(|download| download.told)
    }

    /// Whether the other side says it holds `segment`.
    #[must_use]
    pub fn holds(&self, segment: u64) -> bool {
        self.held.contains(segment)
    }

    /// Whether the other side says it is fetching `segment` from the origin.
    #[must_use]
    pub fn is_loading(&self, segment: u64) -> bool {
        self.loading.contains(segment)
    }

    /// Segments that the other side says it holds or is fetching.
    pub(super) fn told(&self) -> usize {
        self.held.len() + self.loading.len()
    }

    /// What the other side says it holds, in order.
    pub fn held(&self) -> impl Iterator<Item = u64> + '_ {
        self.held.iter()
    }

    /// Strikes `segment` from what the other side holds: it was absent, or not what it was said to be.
    pub fn forget(&mut self, segment: u64) {
        self.held.remove(segment);
        self.loading.remove(segment);
    }

    /// How fast bytes came while they were coming; none before enough did, or could have.
    #[must_use]
    pub fn rate(&self) -> Option<Bitrate> {
        self.flow.rate()
    }

    /// From asking to the first answer, smoothed.
    #[must_use]
    pub fn rtt(&self) -> Millis {
        self.rtt.unwrap_or(ASSUMED_RTT)
    }
}

/// Bytes and the time in which they flowed, older ones counting less.
#[derive(Debug, Default)]
pub(super) struct Flow {
    bytes: u64,
    millis: u64,
    measured: u64,
}

impl Flow {
    pub(super) fn add(&mut self, bytes: u64, took: Millis) {
        self.bytes += bytes;
        self.millis += took.0;
        self.measured = self.measured.saturating_add(bytes);
        while self.millis > RATE_MEMORY.0 {
            self.bytes /= 2;
            self.millis /= 2;
        }
    }

    pub(super) fn rate(&self) -> Option<Bitrate> {
        // Bytes of one burst may share a millisecond.
        let seconds = self.millis.max(1) as f64 / 1000.0;
        let drips = self.measured > 0 && self.millis >= MAX_UNMEASURED.0;
        (self.measured >= MIN_MEASURED || drips).then(|| Bitrate(self.bytes as f64 * 8.0 / seconds))
    }
}
