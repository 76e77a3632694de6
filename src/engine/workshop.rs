//! What is being made, for whom, and what becomes of it: one bench per SourceBuffer with one segment on it, and
//! the initialisation sections that have to be opened. Decides what is ordered and what is put away; how it is made
//! is the `bench`'s business, elsewhere.

use super::contract::{Orders, Output};
use super::id::{BlobId, Counter, PlayerId, RenditionId, SegmentId, Track};
use super::inits::Inits;
use super::task::{Lock, Made, Task, Unmade, Unplayable, Work};
use super::text::unpack_riding;
use super::time::MediaTime;
use super::transfer::InitId;
use super::transmux::{Cue, InitInfo, read_init};
use litemap::LiteMap;

/// Which SourceBuffer.
type Place = (PlayerId, Track);

/// A segment that the browser does not take as it lies.
pub(crate) struct Raw {
    pub(crate) segment: SegmentId,
    pub(crate) bytes: BlobId,
    /// Discontinuity sequence number: timestamps go on within one.
    pub(crate) discontinuity: u64,
    /// Near which time its first timestamp should lie, where that is known.
    pub(crate) expected: Option<MediaTime>,
    pub(crate) without_audio: bool,
    pub(crate) aac_sbr: Option<bool>,
    pub(crate) lock: Option<Lock>,
    /// The initialisation section, where the playlist names one: then it is fragmented MP4 already.
    pub(crate) init: Option<(InitId, BlobId)>,
    /// Wanted are the raw frames of its sound, for a SourceBuffer of their own.
    pub(crate) beside: bool,
}

/// A fragment on the shelf.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ready {
    pub(crate) segment: SegmentId,
    pub(crate) init: InitId,
    pub(crate) blob: BlobId,
    /// Where it starts, on the stream's own clock.
    pub(crate) start: MediaTime,
}

/// What came of something.
pub(crate) enum Report {
    Segment {
        player: PlayerId,
        track: Track,
        segment: SegmentId,
        result: Result<Worth, Unmade>,
    },
    /// An initialisation section that was locked.
    Opened {
        init: InitId,
        result: Result<Vec<u8>, Unmade>,
    },
}

/// What a segment holds for a viewer.
pub(crate) struct Worth {
    /// There is nothing to show or hear in it.
    pub(crate) is_empty: bool,
    /// Tracks that stay out.
    pub(crate) unplayable: Vec<Unplayable>,
    /// Captions and metadata that ride on it.
    pub(crate) riding: Vec<Cue>,
    /// Where it ends, on the stream's own clock.
    pub(crate) end: MediaTime,
}

struct Bench {
    rendition: RenditionId,
    /// What was ordered last, and in which discontinuity; none where nothing goes on from it.
    last: Option<(u64, u64)>,
    /// A decoder failed on what was made here.
    wary: bool,
    state: State,
}

enum State {
    Empty,
    UnderWay { segment: SegmentId, into: BlobId, init: Option<InitId> },
    Done(Ready),
}

/// All benches of the page.
#[derive(Default)]
pub(crate) struct Workshop {
    benches: LiteMap<Place, Bench>,
    /// Initialisation sections that are being opened.
    opening: LiteMap<BlobId, InitId>,
    /// A bench was asked for.
    asked: bool,
}

impl Workshop {
    /// There will be work.
    pub(crate) fn expect_work<P>(&mut self, orders: &mut Orders<P>) {
        if !std::mem::replace(&mut self.asked, true) {
            orders.push_back(Output::FetchBench);
        }
    }

    /// Orders a segment, unless it is under way or done. Whatever else was on that bench is dropped.
    pub(crate) fn begin<P>(&mut self, place: Place, raw: Raw, ids: &mut Counter, orders: &mut Orders<P>) {
        if self.has(place, raw.segment) {
            return;
        }
        self.clear(place, orders);
        let Raw { segment, bytes, discontinuity, .. } = raw;
        let known = self.benches.get(&place);
        let wary = known.is_some_and(|b| b.wary);
        let known = known.filter(|b| b.rendition == segment.rendition);
        let (fresh, last) = (known.is_none(), known.and_then(|b| b.last));
        let before = segment.number.checked_sub(1).map(|number| (number, discontinuity));
        let work = Work::Segment {
            fresh,
            wary,
            contiguous: before.is_some() && last == before,
            expected: raw.expected,
            without_audio: raw.without_audio,
            aac_sbr: raw.aac_sbr,
            init: raw.init.map(|(_, blob)| blob),
            beside: raw.beside,
        };
        let into = BlobId(ids.draw());
        let state = State::UnderWay { segment, into, init: raw.init.map(|(id, _)| id) };
        let (rendition, last) = (segment.rendition, Some((segment.number, discontinuity)));
        self.benches.insert(place, Bench { rendition, last, wary, state });
        orders.push_back(Output::Make(Task { bench: Some(place), work, bytes, into, lock: raw.lock }));
    }

    /// Orders an initialisation section to be opened.
    pub(crate) fn open<P>(
        &mut self,
        (init, bytes): (InitId, BlobId),
        lock: Lock,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) {
        let into = BlobId(ids.draw());
        self.opening.insert(into, init);
        orders.push_back(Output::Make(Task { bench: None, work: Work::Open, bytes, into, lock: Some(lock) }));
    }

    /// Something was made, or not.
    pub(crate) fn made<P>(
        &mut self,
        blob: BlobId,
        outcome: Result<Made, Unmade>,
        inits: &mut Inits,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) -> Option<Report>
    where
        P: super::payload::Payload,
    {
        if let Some(init) = self.opening.remove(&blob) {
            orders.push_back(Output::Unshelve { blob });
            return Some(Report::Opened { init, result: outcome.map(|m| m.init.unwrap_or_default()) });
        }
        let is_it = |b: &Bench| matches!(b.state, State::UnderWay { into, .. } if into == blob);
        let Some((&(player, track), bench)) = self.benches.iter_mut().find(|(_, b)| is_it(b)) else {
            // Nobody waits for it any more.
            orders.push_back(Output::Unshelve { blob });
            return None;
        };
        let State::UnderWay { segment, init, .. } = std::mem::replace(&mut bench.state, State::Empty) else {
            return None;
        };
        let result = outcome.and_then(|Made { init: made, start, end, is_empty, unplayable, said }| {
            // Raw frames need none.
            let read = |bytes: &[u8]| {
                if bytes.is_empty() { Ok(InitInfo::default()) } else { read_init(bytes) }
            };
            let init = match made.map(|bytes| read(&bytes).map(|info| (bytes, info))) {
                None => init,
                Some(Ok((bytes, info))) => Some(inits.made(bytes, info, ids, orders)),
                Some(Err(e)) => return Err(Unmade::Unusable(e.to_string())),
            };
            if let Some(init) = init.filter(|_| !is_empty) {
                bench.state = State::Done(Ready { segment, init, blob, start });
            }
            Ok(Worth { is_empty, unplayable, riding: unpack_riding(&said), end })
        });
        if !matches!(bench.state, State::Done(_)) {
            orders.push_back(Output::Unshelve { blob });
        }
        Some(Report::Segment { player, track, segment, result })
    }

    /// Whether a segment is under way or made.
    pub(crate) fn has(&self, place: Place, segment: SegmentId) -> bool {
        self.benches.get(&place).is_some_and(|b| match b.state {
            State::Empty => false,
            State::UnderWay { segment: s, .. } | State::Done(Ready { segment: s, .. }) => s == segment,
        })
    }

    /// The fragment of a segment, if it is made.
    pub(crate) fn ready(&self, place: Place, segment: SegmentId) -> Option<Ready> {
        match self.benches.get(&place)?.state {
            State::Done(ready) if ready.segment == segment => Some(ready),
            _ => None,
        }
    }

    /// A fragment was placed, or is not wanted any more: off the shelf with it.
    pub(crate) fn clear<P>(&mut self, place: Place, orders: &mut Orders<P>) {
        if let Some(bench) = self.benches.get_mut(&place)
            && let State::Done(ready) = std::mem::replace(&mut bench.state, State::Empty)
        {
            orders.push_back(Output::Unshelve { blob: ready.blob });
        }
    }

    /// What comes next for a player does not go on from what was made last: nothing of that is buffered any more.
    pub(crate) fn interrupt<P>(&mut self, player: PlayerId, orders: &mut Orders<P>) {
        for track in [Track::Video, Track::Audio] {
            self.clear((player, track), orders);
            if let Some(bench) = self.benches.get_mut(&(player, track)) {
                bench.last = None;
                bench.wary = true;
            }
        }
    }

    /// A player left.
    pub(crate) fn close<P>(&mut self, player: PlayerId, orders: &mut Orders<P>) {
        for track in [Track::Video, Track::Audio] {
            self.clear((player, track), orders);
            self.benches.remove(&(player, track));
        }
        if self.asked {
            orders.push_back(Output::ClearBenches { player });
        }
    }
}
