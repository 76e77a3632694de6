//! Text that is being read for what it says, and for whom: a reader for each player, on the benches. Whoever hands a
//! task in hears of it later; until then it is under way.

use super::contract::{Orders, Output};
use super::id::{BlobId, Counter, PlayerId, Track};
use super::payload::Payload;
use super::task::{Lock, Made, Task, Unmade, Work};
use super::text::{self, Said, pack, unpack_answer};
use litemap::LiteMap;

/// Whose a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) player: PlayerId,
    /// Index of the subtitles and number of the segment; none for what rides on the media itself.
    pub(crate) segment: Option<(usize, u64)>,
}

/// What came of it, or why nothing did, in a sentence.
pub(crate) struct Report {
    pub(crate) ticket: Ticket,
    pub(crate) said: Result<Said, String>,
}

/// All text of the page that is being read, by the name of the task.
#[derive(Default)]
pub(crate) struct Captions(LiteMap<BlobId, Reading>);

struct Reading {
    ticket: Ticket,
    /// What was laid on the shelf for this alone.
    content: Option<BlobId>,
}

impl Captions {
    /// Orders a text to be read; `lock`, where it is under one.
    pub(crate) fn begin<P: Payload>(
        &mut self,
        ticket: Ticket,
        task: text::Task,
        lock: Option<Lock>,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) {
        let (ask, content) = pack(task);
        let blob = BlobId(ids.draw());
        orders.push_back(Output::Shelve { blob, parts: vec![content.into()] });
        self.order((ticket, Some(blob)), (ask, blob), lock, ids, orders);
    }

    /// Orders a task of [`text::Task::Pictures`] whose bytes lie on the shelf.
    pub(crate) fn borrow<P>(
        &mut self,
        blob: BlobId,
        ticket: Ticket,
        task: text::Task,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) {
        let (ask, _) = pack(task);
        self.order((ticket, None), (ask, blob), None, ids, orders);
    }

    fn order<P>(
        &mut self,
        (ticket, content): (Ticket, Option<BlobId>),
        (ask, bytes): (Vec<u8>, BlobId),
        lock: Option<Lock>,
        ids: &mut Counter,
        orders: &mut Orders<P>,
    ) {
        let into = BlobId(ids.draw());
        self.0.insert(into, Reading { ticket, content });
        let bench = Some((ticket.player, Track::Video));
        orders.push_back(Output::Make(Task { bench, work: Work::Read { ask }, bytes, into, lock }));
    }

    /// Something was made: what was read, if it was that.
    pub(crate) fn made<P>(
        &mut self,
        blob: BlobId,
        outcome: &Result<Made, Unmade>,
        orders: &mut Orders<P>,
    ) -> Option<Report> {
        let Reading { ticket, content } = self.0.remove(&blob)?;
        orders.extend(content.into_iter().chain([blob]).map(|blob| Output::Unshelve { blob }));
        let said = match outcome {
            Ok(made) => unpack_answer(&made.said).unwrap_or_else(|| Err(String::new())),
            Err(Unmade::Unusable(why) | Unmade::NoBench(why)) => Err(why.clone()),
        };
        Some(Report { ticket, said })
    }

    /// A player left.
    pub(crate) fn close<P>(&mut self, player: PlayerId, orders: &mut Orders<P>) {
        let theirs = self.0.iter().filter(|(_, r)| r.ticket.player == player);
        orders.extend(theirs.filter_map(|(_, r)| r.content).map(|blob| Output::Unshelve { blob }));
        self.0.retain(|_, r| r.ticket.player != player);
    }
}
