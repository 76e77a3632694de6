//! From verified bytes to fragments, where the browser does not take the bytes as they are: MPEG-TS and packed audio
//! become fragmented MP4, and what AES-128 locks is opened. One bench per SourceBuffer, one segment at a time, a slice per turn; what is made lies on
//! the shelf until it is placed.

use super::contract::{Orders, Output};
use super::decrypt::{Aes128, DecryptError, SampleAes};
use super::id::{BlobId, Counter, PlayerId, RenditionId, SegmentId, Track};
use super::inits::Inits;
use super::payload::Payload;
use super::time::MediaTime;
use super::transfer::InitId;
use super::transmux::{
    ContainerError, Fitted, Fragment, InitInfo, RemuxOptions, Remuxer, Unplayable, fit_segment,
};
use super::verify::Verified;
use litemap::LiteMap;

/// Bytes in a turn: well below a millisecond of wasm for what is copied, some for what is looked for in it.
const SLICE: usize = 128 << 10;

/// Which SourceBuffer.
type Place = (PlayerId, Track);

/// A segment to be made into a fragment.
pub(crate) struct Task<'a> {
    pub(crate) segment: SegmentId,
    pub(crate) bytes: &'a Verified,
    /// Discontinuity sequence number: timestamps go on within one.
    pub(crate) discontinuity: u64,
    /// Near which time its first timestamp should lie, where that is known.
    pub(crate) expected: Option<MediaTime>,
    pub(crate) options: RemuxOptions,
    /// What opens all of it, or its samples.
    pub(crate) cipher: Option<Box<Aes128>>,
    pub(crate) samples: Option<Box<SampleAes>>,
    /// The initialisation section, where the playlist names one: then it is fragmented MP4 already.
    pub(crate) init: Option<(InitId, Option<&'a InitInfo>)>,
    /// Wanted are the raw frames of its sound, for a SourceBuffer of their own.
    pub(crate) beside: bool,
}

/// A fragment on the shelf.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub(crate) segment: SegmentId,
    pub(crate) init: InitId,
    pub(crate) blob: BlobId,
    /// Where it starts, on the stream's own clock.
    pub(crate) start: MediaTime,
}

/// What came of a task.
pub(crate) struct Report {
    pub(crate) player: PlayerId,
    pub(crate) track: Track,
    pub(crate) segment: SegmentId,
    pub(crate) result: Result<Worth, Unusable>,
}

/// Why nothing came of a segment.
pub(crate) enum Unusable {
    /// It is not what can be played.
    Malformed(ContainerError),
    /// The key does not fit.
    Locked(DecryptError),
}

/// What a segment holds for a viewer.
pub(crate) struct Worth {
    /// There is nothing to show or hear in it.
    pub(crate) is_empty: bool,
    /// Tracks that stay out.
    pub(crate) unplayable: Vec<Unplayable>,
}

struct Bench<P> {
    remuxer: Remuxer,
    rendition: RenditionId,
    options: RemuxOptions,
    beside: bool,
    /// What was made last, and in which discontinuity.
    last: Option<(u64, u64)>,
    work: Work<P>,
}

enum Work<P> {
    None,
    /// The shelf was asked for the bytes.
    Waiting {
        job: Job,
        blob: BlobId,
    },
    Busy {
        job: Job,
        bytes: P,
        at: usize,
    },
    Done(Made),
}

struct Job {
    segment: SegmentId,
    cipher: Option<Box<Aes128>>,
    /// Fragmented MP4, as far as it is clear.
    plain: Option<Plain>,
}

struct Plain {
    init: InitId,
    info: Option<InitInfo>,
    bytes: Vec<u8>,
}

impl Plain {
    /// What the browser takes of it, with which initialisation section, and what it does not take.
    fn fitted<P: Payload>(
        self,
        beside: bool,
        inits: &mut Inits,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) -> (Fitted, InitId, Vec<Unplayable>) {
        // A payload that shows no bytes (the simulator's) has no tracks to leave out either.
        let Some(info) = self.info else {
            return (Fitted { bytes: self.bytes, start: None }, self.init, Vec::new());
        };
        let init = if beside { inits.made(Vec::new(), InitInfo::default(), ids, orders) } else { self.init };
        (fit_segment(self.bytes, &info, beside), init, info.unplayable())
    }
}

/// All benches of the page.
pub(crate) struct Workshop<P> {
    benches: LiteMap<Place, Bench<P>>,
}

impl<P: Payload> Workshop<P> {
    /// Without a bench.
    pub(crate) fn new() -> Self {
        Self { benches: LiteMap::new() }
    }

    /// Begins a task, unless it is under way or done. Whatever else was on that bench is dropped.
    pub(crate) fn begin(&mut self, place: Place, task: Task<'_>, orders: &mut Orders<P>) {
        let rendition = task.segment.rendition;
        let options = task.options;
        let same = |b: &Bench<P>| {
            b.rendition == rendition
                && b.options.without_audio == options.without_audio
                && b.options.aac_sbr == options.aac_sbr
                && b.beside == task.beside
        };
        if self.benches.get(&place).is_none_or(|b| !same(b)) {
            self.clear(place, orders);
            let new = if task.beside { Remuxer::of_sound_beside } else { Remuxer::new };
            let (remuxer, beside) = (new(options), task.beside);
            let bench = Bench { remuxer, rendition, options, beside, last: None, work: Work::None };
            self.benches.insert(place, bench);
        }
        let Some(bench) = self.benches.get_mut(&place) else { return };
        if bench.work.segment() == Some(task.segment) {
            return;
        }
        bench.drop_work(orders);
        let blob = task.bytes.blob();
        let plain = |(init, info): (InitId, Option<&InitInfo>)| Plain {
            init,
            info: info.cloned(),
            bytes: Vec::new(),
        };
        let job = Job { segment: task.segment, cipher: task.cipher, plain: task.init.map(plain) };
        bench.work = Work::Waiting { job, blob };
        let before = task.segment.number.checked_sub(1).map(|number| (number, task.discontinuity));
        bench.remuxer.begin(task.expected, before.is_some() && bench.last == before, task.samples);
        bench.last = Some((task.segment.number, task.discontinuity));
        orders.push_back(Output::LendBlob { blob });
    }

    /// The shelf has lent a blob.
    pub(crate) fn lent(&mut self, lent: BlobId, bytes: &P) {
        for (_, bench) in self.benches.iter_mut() {
            bench.work = match std::mem::replace(&mut bench.work, Work::None) {
                Work::Waiting { job, blob } if blob == lent => {
                    Work::Busy { job, bytes: bytes.clone(), at: 0 }
                }
                other => other,
            };
        }
    }

    /// Whether there is something to do.
    pub(crate) fn is_busy(&self) -> bool {
        self.benches.values().any(|b| matches!(b.work, Work::Busy { .. }))
    }

    /// Does a slice of work on one bench, and says what a task came to when it is done.
    pub(crate) fn step(
        &mut self,
        inits: &mut Inits,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) -> Option<Report> {
        let (&(player, track), bench) =
            self.benches.iter_mut().find(|(_, b)| matches!(b.work, Work::Busy { .. }))?;
        let Work::Busy { job, bytes, at } = &mut bench.work else { return None };
        let mut slice = vec![0; SLICE.min(bytes.len() - *at)];
        let read = bytes.read(*at, &mut slice);
        *at += read;
        let more = read > 0 && *at < bytes.len();
        job.take(&slice[..read], &mut bench.remuxer);
        if more {
            return None;
        }
        let Work::Busy { mut job, .. } = std::mem::replace(&mut bench.work, Work::None) else { return None };
        let segment = job.segment;
        let report = |result| Some(Report { player, track, segment, result });
        if let Err(e) = job.finish(&mut bench.remuxer) {
            return report(Err(Unusable::Locked(e)));
        }
        if let Some(plain) = job.plain {
            let (fitted, init, unplayable) = plain.fitted(bench.beside, inits, ids, orders);
            let is_empty = fitted.bytes.is_empty();
            if !is_empty {
                let (blob, start) = (BlobId(ids.draw()), fitted.start.unwrap_or_default());
                orders.push_back(Output::Shelve { blob, parts: vec![fitted.bytes.into()] });
                bench.work = Work::Done(Made { segment, init, blob, start });
            }
            return report(Ok(Worth { is_empty, unplayable }));
        }
        let result = bench.remuxer.finish().map_err(Unusable::Malformed).map(|fragment| {
            let start = fragment.start();
            let Fragment { init, info, media, runs, unplayable, .. } = fragment;
            let is_empty = runs.is_empty();
            if !is_empty {
                let init = inits.made(init, info, ids, orders);
                let blob = BlobId(ids.draw());
                orders.push_back(Output::Shelve { blob, parts: vec![media.into()] });
                bench.work = Work::Done(Made { segment, init, blob, start });
            }
            Worth { is_empty, unplayable }
        });
        report(result)
    }

    /// Whether a segment is under way or made.
    pub(crate) fn has(&self, place: Place, segment: SegmentId) -> bool {
        self.benches.get(&place).is_some_and(|b| b.work.segment() == Some(segment))
    }

    /// The fragment of a segment, if it is made.
    pub(crate) fn made(&self, place: Place, segment: SegmentId) -> Option<Made> {
        match self.benches.get(&place)?.work {
            Work::Done(made) if made.segment == segment => Some(made),
            _ => None,
        }
    }

    /// A fragment was placed, or is not wanted any more: off the shelf with it.
    pub(crate) fn clear(&mut self, place: Place, orders: &mut Orders<P>) {
        if let Some(bench) = self.benches.get_mut(&place) {
            bench.drop_work(orders);
        }
    }

    /// A player left.
    pub(crate) fn close(&mut self, player: PlayerId, orders: &mut Orders<P>) {
        for track in [Track::Video, Track::Audio] {
            self.clear((player, track), orders);
            self.benches.remove(&(player, track));
        }
    }
}

impl<P> Bench<P> {
    fn drop_work(&mut self, orders: &mut Orders<P>) {
        if let Work::Done(made) = std::mem::replace(&mut self.work, Work::None) {
            orders.push_back(Output::Unshelve { blob: made.blob });
        }
    }
}

impl Job {
    /// Takes the next bytes as they lie on the shelf.
    fn take(&mut self, bytes: &[u8], remuxer: &mut Remuxer) {
        match &mut self.cipher {
            None => self.pass(bytes, remuxer),
            Some(cipher) => {
                let mut clear = Vec::with_capacity(bytes.len() + 16);
                cipher.push(bytes, &mut clear);
                self.pass(&clear, remuxer);
            }
        }
    }

    /// There are no more.
    fn finish(&mut self, remuxer: &mut Remuxer) -> Result<(), DecryptError> {
        let Some(cipher) = self.cipher.take() else {
            return Ok(());
        };
        let mut clear = Vec::new();
        let finished = cipher.finish(&mut clear);
        self.pass(&clear, remuxer);
        match finished {
            // Some encoders pad nothing; whether the key is right will show.
            Ok(()) | Err(DecryptError::Padding) => Ok(()),
            Err(DecryptError::Length) => finished,
        }
    }

    fn pass(&mut self, clear: &[u8], remuxer: &mut Remuxer) {
        match &mut self.plain {
            Some(plain) => plain.bytes.extend_from_slice(clear),
            None => remuxer.push(clear),
        }
    }
}

impl<P> Work<P> {
    fn segment(&self) -> Option<SegmentId> {
        match self {
            Self::None => None,
            Self::Waiting { job, .. } | Self::Busy { job, .. } => Some(job.segment),
            Self::Done(made) => Some(made.segment),
        }
    }
}
