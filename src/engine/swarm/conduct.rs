//! What no honest viewer does, however quick its line, however restless who watches: how much a neighbour may ask, take
//! back and tell, and how many offers a tracker may bring. All limits stand here. Who goes beyond one is left for the
//! life of the page and named for it, so each is many times what a busy neighbour comes to; what such a neighbour costs
//! until then is bounded where it is answered (one upload, eight pieces, sets of ids of fixed size).

use super::native::{Heard as Native, OUTSTANDING};
use super::offence::Offence;
use super::peer::{Heard, Violation};
use super::wire::native::PIECE;
use crate::engine::config::Bitrate;
use crate::engine::time::{Instant, Millis};

/// What may happen at once, and what of it is forgotten in a second.
#[derive(Clone, Copy)]
struct Limit {
    at_once: f64,
    per_second: f64,
}

/// Segments in v1 and v2, pieces in our own protocol. There one asks for no more pieces at once than our hello allows,
/// and for the next when one came: so what we upload in a second is added to this. In v2 one asks again when it was
/// answered, at worst as often as there are segments here that may not be given now (a thousand of them would be more
/// than an hour), and again when they are announced anew.
const REQUESTS: Limit = Limit { at_once: 128.0 * OUTSTANDING as f64, per_second: 64.0 };

/// Requests taken back. A scheduler does so when another was quicker or the viewer goes elsewhere: somebody who drags
/// the playhead about ten times a second, with eight pieces under way, comes to 80 a second for as long as that is fun.
const CANCELS: Limit = Limit { at_once: 512.0, per_second: 64.0 };

/// Segments told of. In v2 all are told whenever one changes: of four hours of 2 s, 7,200, twice a segment, ten segments a
/// second on a line that is quick.
const NEWS: Limit = Limit { at_once: 1_048_576.0, per_second: 144_000.0 };

/// In our own protocol only what changed is told: 2 bytes for a segment at the least.
const BYTES_OF_NEWS: f64 = 2.0;

/// Offers that one tracker brings. We ask for five with each announce. Where each of n viewers sends five to viewers
/// drawn by lot, each gets five an interval; who is there first while a thousand come gets 5 × ln 1000 = 35 of them.
const OFFERS: Limit = Limit { at_once: 256.0, per_second: 1.0 };

/// Answers under way at once for what one swarm offers: of 24 places most are left for who takes our own offers.
pub(super) const ANSWERS_AT_ONCE: usize = 8;

/// Answers of ours that may come to nothing between two announces: who is behind a bad NAT costs a place for 15 s, and
/// so does a name with nobody behind it.
pub(super) const ANSWERS_IN_VAIN: usize = 8;

/// A message shorter than this that is not a segment's last is a drip: browsers take 64 KiB at once, and whoever cuts
/// segments finer does not go below 16.
const DRIP: u64 = 1_024;
/// So many in a row, for so long, at less than this, in bytes a second: a line this slow would send larger messages more
/// seldom.
const DRIPS: u32 = 4;
const DRIPPING: Millis = Millis(1_250);
const DRIPPED: u64 = 2_048;

/// How far something has gone towards its limit.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    amount: f64,
    at: Instant,
}

impl Level {
    /// So much more happened: whether that is too much.
    fn add(&mut self, amount: f64, limit: Limit, now: Instant) -> bool {
        let forgotten = now.since(self.at).as_secs_f64() * limit.per_second;
        self.amount = (self.amount - forgotten).max(0.0) + amount;
        self.at = now;
        self.amount > limit.at_once
    }
}

/// One neighbour's.
#[derive(Debug, Default)]
pub(super) struct Conduct {
    asked: Level,
    taken_back: Level,
    told: Level,
}

impl Conduct {
    /// What a neighbour said in v1 or v2; of so many segments, where it told of any. `upload` is what we give at most.
    pub(super) fn judge<P>(
        &mut self,
        heard: &Heard<P>,
        told: impl FnOnce() -> usize,
        upload: Bitrate,
        now: Instant,
    ) -> Option<Offence> {
        match heard {
            Heard::Wanted { .. } => self.asks(1, upload, now),
            Heard::Cancelled { .. } => self.takes_back(now),
            Heard::Availability => self.tells(told() as f64, now),
            Heard::Broke(Violation::Dripping) => Some(Offence::Dripped),
            Heard::Broke(_)
            | Heard::Data { .. }
            | Heard::Done { .. }
            | Heard::Absent { .. }
            | Heard::Native(_) => None,
        }
    }

    /// The same of our own protocol, where it took a message of so many bytes.
    pub(super) fn judge_native<P>(
        &mut self,
        heard: &Native<P>,
        bytes: usize,
        upload: Bitrate,
        now: Instant,
    ) -> Option<Offence> {
        match heard {
            Native::Wanted { count, .. } => self.asks(*count, upload, now),
            Native::WantedList { .. } => self.asks(1, upload, now),
            Native::TakenBack { .. } => self.takes_back(now),
            Native::Availability => self.tells(bytes as f64 / BYTES_OF_NEWS, now),
            Native::Piece { .. } | Native::Refused | Native::List { .. } | Native::Broke(_) => None,
        }
    }

    fn asks(&mut self, count: u64, upload: Bitrate, now: Instant) -> Option<Offence> {
        let given = upload.0 / 8.0 / PIECE as f64;
        let limit = Limit { per_second: REQUESTS.per_second + given, ..REQUESTS };
        self.asked.add(count as f64, limit, now).then_some(Offence::Demanded)
    }

    fn takes_back(&mut self, now: Instant) -> Option<Offence> {
        self.taken_back.add(1.0, CANCELS, now).then_some(Offence::Wavered)
    }

    fn tells(&mut self, segments: f64, now: Instant) -> Option<Offence> {
        self.told.add(segments, NEWS, now).then_some(Offence::Babbled)
    }
}

/// What one tracker brings.
#[derive(Debug, Default)]
pub(super) struct Offered(Level);

impl Offered {
    /// One more offer: whether that is more than any crowd makes.
    pub(super) fn one_more(&mut self, now: Instant) -> bool {
        self.0.add(1.0, OFFERS, now)
    }
}

/// Messages of a download that were next to nothing, in a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drips {
    count: u32,
    bytes: u64,
    since: Instant,
}

impl Drips {
    /// So many bytes came, and more are to come: whether somebody lets us wait on purpose.
    pub(super) fn add(&mut self, bytes: u64, now: Instant) -> bool {
        if bytes >= DRIP {
            *self = Self::default();
            return false;
        }
        if self.count == 0 {
            self.since = now;
        }
        self.count += 1;
        self.bytes += bytes;
        let lasted = now.since(self.since);
        self.count >= DRIPS && lasted >= DRIPPING && self.bytes * 1_000 < DRIPPED * lasted.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::payload::Bytes;

    const FIVE_MBIT: Bitrate = Bitrate(5_000_000.0);

    fn at(ms: u64) -> Instant {
        Instant::from_millis(ms)
    }

    fn wanted(count: u64) -> Native<Bytes> {
        Native::Wanted { info_hash: super::super::naming::InfoHash([0; 20]), segment: 0, first: 0, count }
    }

    /// What comes of saying this so often, once in so many ms.
    fn says(heard: &Heard<Bytes>, segments: usize, every_ms: u64, times: u64) -> Option<Offence> {
        let mut conduct = Conduct::default();
        (0..times).find_map(|n| conduct.judge(heard, || segments, FIVE_MBIT, at(n * every_ms)))
    }

    #[test]
    fn who_asks_without_waiting_for_answers_is_told_from_who_asks_at_every_answer() {
        let request = Heard::Wanted { segment: 1, request: 1, from: 0 };
        assert_eq!(says(&request, 0, 1, 5_000), Some(Offence::Demanded));
        assert_eq!(says(&request, 0, 20, 100_000), None, "50 a second, half an hour long");
        let mut conduct = Conduct::default();
        let all_absent = (0..900).find_map(|n| conduct.judge(&request, || 0, FIVE_MBIT, at(n)));
        assert_eq!(all_absent, None, "an hour's segments, one after the other, and none may be given");
    }

    #[test]
    fn pieces_are_asked_for_as_fast_as_they_are_given_and_no_faster() {
        let ask = |count: u64, every_ms: u64, times: u64, upload: Bitrate| {
            let mut conduct = Conduct::default();
            (0..times).find_map(|n| conduct.judge_native(&wanted(count), 9, upload, at(n * every_ms)))
        };
        assert_eq!(ask(1, 5, 100_000, Bitrate(100_000_000.0)), None, "100 Mbit/s to one neighbour");
        assert_eq!(ask(OUTSTANDING, 500, 1_000, FIVE_MBIT), None);
        assert_eq!(ask(OUTSTANDING, 5, 1_000, FIVE_MBIT), Some(Offence::Demanded));
        assert_eq!(
            ask(4_096, 1, 1, FIVE_MBIT),
            Some(Offence::Demanded),
            "a whole segment of 256 MiB at once"
        );
    }

    #[test]
    fn who_takes_back_what_it_asks_is_told_from_who_seeks_about() {
        let cancel = Heard::Cancelled { request: 1 };
        assert_eq!(says(&cancel, 0, 1, 5_000), Some(Offence::Wavered));
        let mut conduct = Conduct::default();
        let seeking = (0..200).find_map(|seek| {
            (0..8).find_map(|_| conduct.judge::<Bytes>(&cancel.clone(), || 0, FIVE_MBIT, at(seek * 100)))
        });
        assert_eq!(seeking, None, "twenty seconds of dragging, eight pieces each time");
    }

    #[test]
    fn who_tells_without_end_is_told_from_who_has_a_long_film() {
        let news = Heard::Availability;
        assert_eq!(says(&news, 64_000, 20, 500), Some(Offence::Babbled));
        assert_eq!(says(&news, 7_200, 50, 5_000), None, "four hours of 2 s, told twenty times a second");
    }

    #[test]
    fn a_crowd_that_comes_at_once_is_no_flood() {
        let flooded = |every_ms: u64, times: u64| {
            let mut offered = Offered::default();
            (0..times).any(|n| offered.one_more(at(n * every_ms)))
        };
        assert!(!flooded(200, 150), "five a second for half a minute");
        assert!(!flooded(2_000, 10_000), "one every other second all evening");
        assert!(flooded(20, 500));
    }

    #[test]
    fn drips_are_told_from_a_slow_line() {
        let drips = |bytes: u64, every_ms: u64| {
            let mut drips = Drips::default();
            (1..100).any(|n| drips.add(bytes, at(n * every_ms)))
        };
        assert!(drips(16, 500));
        assert!(drips(1_000, 900));
        assert!(!drips(1_000, 10), "a thousand bytes a message, but quickly");
        assert!(!drips(65_535, 30_000), "17 kbit/s");
        assert!(!drips(16_384, 10_000), "13 kbit/s");
    }
}
