//! Text that waits to be read for what it says, and its readers: one for each player, one task per turn. Whoever
//! hands a task in hears of it later; until then it is under way.

use super::contract::{Orders, Output};
use super::id::{BlobId, PlayerId};
use super::payload::Payload;
use super::text::{Reader, Said, Task, TextError};
use litemap::LiteMap;
use std::collections::VecDeque;

/// Blobs that are asked for at once.
const MAX_BORROWING: usize = 8;

/// Whose a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) player: PlayerId,
    /// Index of the subtitles and number of the segment; none for what rides on the media itself.
    pub(crate) segment: Option<(usize, u64)>,
}

/// What came of it.
pub(crate) struct Report {
    pub(crate) ticket: Ticket,
    pub(crate) said: Result<Said, TextError>,
}

/// All text of the page that is to be read.
#[derive(Default)]
pub(crate) struct Captions {
    waiting: VecDeque<(Ticket, Task)>,
    /// Tasks whose bytes the shelf was asked for.
    borrowing: VecDeque<(BlobId, Ticket, Task)>,
    readers: LiteMap<PlayerId, Reader>,
}

impl Captions {
    /// Takes a task.
    pub(crate) fn begin(&mut self, ticket: Ticket, task: Task) {
        self.waiting.push_back((ticket, task));
    }

    /// Takes a task of [`Task::Pictures`] whose bytes lie on the shelf.
    pub(crate) fn borrow<P>(&mut self, blob: BlobId, ticket: Ticket, task: Task, orders: &mut Orders<P>) {
        if self.borrowing.len() == MAX_BORROWING {
            // It left the shelf before it was lent.
            self.borrowing.pop_front();
        }
        self.borrowing.push_back((blob, ticket, task));
        orders.push_back(Output::LendBlob { blob });
    }

    /// The shelf has lent a blob.
    pub(crate) fn lent<P: Payload>(&mut self, lent: BlobId, payload: &P) {
        let Some(at) = self.borrowing.iter().position(|(blob, ..)| *blob == lent) else { return };
        if let Some((_, ticket, mut task)) = self.borrowing.remove(at) {
            if let (Task::Pictures { bytes, .. }, Some(all)) = (&mut task, payload.to_vec()) {
                *bytes = all;
            }
            self.begin(ticket, task);
        }
    }

    /// Whether there is something to do.
    pub(crate) fn is_busy(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Does one task, and says what it came to.
    pub(crate) fn step(&mut self) -> Option<Report> {
        let (ticket, task) = self.waiting.pop_front()?;
        let reader = self.readers.entry(ticket.player).or_default();
        Some(Report { ticket, said: reader.read(task) })
    }

    /// A player left.
    pub(crate) fn close(&mut self, player: PlayerId) {
        self.waiting.retain(|(ticket, _)| ticket.player != player);
        self.borrowing.retain(|(_, ticket, _)| ticket.player != player);
        self.readers.remove(&player);
    }
}
